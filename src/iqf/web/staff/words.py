"""The words that staff pages use for the doubts of imports and for the changes in the audit trail."""

from datetime import datetime
from typing import Any, Final

from django.utils.timezone import localtime

from iqf.catalogue.actions.admission import Admitted
from iqf.reports.official_words import list_name

TROUBLES: Final = {
    "code-shape": "A code that is not shaped like the others of its list.",
    "conflict": "The file and the framework disagree. Both values are kept until somebody decides.",
    "dates-order": "It ends before it begins. Loaded as printed.",
    "level-missing": "The level is blank. Loaded as not known.",
    "level-title": "The title names one level, the level column another. The column was loaded.",
    "number-check": "A qualification number that fails its check character. Loaded all the same.",
    "number-shape": "Not shaped like a qualification number. Kept, but matched with nothing.",
    "number-shared": "One qualification number stands under several references. This can be right.",
    "older-content": "The file is older than what is held. What the later file says was kept.",
    "repeated-row": "The same row stands in the file more than once. Loaded once.",
    "unit-reference": "A unit reference that fails its check letter. Loaded all the same.",
    "unknown-column": "A column that is not part of the layout. It was not read.",
}
KINDS_OF_WORK: Final = {
    "conflict": "Sources disagree",
    "duplicate": "Possible duplicates",
    "inclusion": "Borderline rows",
    "match": "Proposed matches",
    "similar": "Only similar",
}
THINGS_OF: Final = {"O": "Organisations", "Q": "Qualifications", "R": "Roles", "U": "Units"}
PAST: Final = {
    "accept": "Accepted",
    "apply": "Applied",
    "change": "Changed",
    "create": "Created",
    "decide": "Decided",
    "deactivate": "Closed account of",
    "decline": "Declined",
    "join": "Joined",
    "leave": "Left",
    "make": "Made",
    "mirror": "Mirrored",
    "name": "Named",
    "propose": "Proposed",
    "reactivate": "Opened account of",
    "record": "Recorded",
    "renew": "Renewed",
    "reopen": "Reopened",
    "retire": "Retired",
    "see": "Looked at",
    "set": "Set",
    "tie": "Tied",
    "untie": "Untied",
    "undo": "Took back",
    "withdraw": "Withdrew",
}
FIELDS: Final = {
    "assesses": "What it assesses",
    "body": "Organisation",
    "cluster_id": "Cluster",
    "credit_high": "Credit, at most",
    "credit_low": "Credit, at least",
    "file": "Hash of the file",
    "floor_credit": "Least credit at a level",
    "credit_years": "Years for which credit counts",
    "floor_level": "The level of that credit",
    "glh": "Guided learning hours",
    "is_active": "Account open",
    "is_staff": "Platform staff",
    "old_framework": "Framework of the old level",
    "overtaken": "Left as a later file made them",
    "qan": "Qualification number",
    "rater_kind": "Judged by",
    "retired_because": "Retired because",
    "retired_on": "Retired on",
    "tqt": "Total qualification time",
}
ALL_OF_THEM: Final = "mirror"


def trouble_words(key: str) -> str:
    """What a kind of trouble is, in a sentence; the name of one without words of its own."""
    return TROUBLES.get(key, key.replace("-", " ").capitalize() + ".")


def done(action: str) -> str:
    """What was done, told afterwards: `create group unit` is "Created group unit"."""
    if action == ALL_OF_THEM:
        return "Mirrored an official list"
    verb, _, what = action.partition(" ")
    return " ".join(filter(None, (PAST.get(verb, verb.capitalize()), what)))


def field_words(name: str) -> str:
    """A field as a reader sees it: `min_credit` is "Min credit", unless it has words of its own."""
    return FIELDS.get(name) or name.replace("_", " ").replace("-", " ").capitalize()


def alike_words(kind: str, alike: str) -> str:
    """What things of a kind that wait have in common, as a reader sees it."""
    if kind == "conflict":
        return field_words(alike)
    if kind == "match":
        return list_name(alike)
    return THINGS_OF.get(alike, alike) if kind in ("duplicate", "similar") else alike


def shown(value: Any) -> str:
    """A value of the trail as a reader sees it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(shown(v) for v in value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def moment(at: datetime) -> str:
    """A moment to the minute, in local time: `21 November 2026, 23:58`."""
    here = localtime(at)
    return f"{here.day} {here:%B %Y, %H:%M}"


def after_admission(done: Admitted) -> str:
    """What a change by the rule of inclusion did, in a sentence."""
    if not done.writes:
        return "Nothing was changed: the framework is in step with the rule."
    counted = {"entered": len(done.entered), "left": len(done.left), "changed": len({c.code for c in done.changes})}
    said = ", ".join(f"{number} {what}" for what, number in counted.items() if number)
    return f"Done: {said}." if said else "Done. No qualification entered or left by it."
