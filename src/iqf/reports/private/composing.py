"""A composition as a proposal for a new qualification: the changes that would bring it, its units and its rule."""

from collections.abc import Iterator

from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.entities import CODE
from iqf.codes import LEVELS
from iqf.reports.compose import ComposeAnswer

NEW, GROUP = "new-1", "R"
KIND = "unaccredited training"
"""What it is until a regulator has it on its register."""
NOTE = "Composed here from existing units; nobody awards it yet."
MOST_TITLE = 200


def title_of(answer: ComposeAnswer) -> str:
    """What the qualification is called until somebody gives it a better name."""
    size = answer.sizes[0] if len(answer.sizes) == 1 else "qualification"
    level = answer.levels[0].key if len(answer.levels) == 1 and answer.levels[0].key in LEVELS else ""
    named = " ".join(filter(None, (f"Level {level}" if level else "", size)))
    return f"Proposed {named}: {answer.target.title}"[:MOST_TITLE]


def changes_for(answer: ComposeAnswer, title: str = "") -> list[Change]:
    """The qualification, one group that requires every unit, and the units in it. Empty where there are no units."""
    return list(_changes(answer, title or title_of(answer))) if answer.parts else []


def _changes(answer: ComposeAnswer, title: str) -> Iterator[Change]:
    known = answer.credit.low if not answer.credit.unknown_items else None
    hours = answer.hours.low if not answer.hours.unknown_items else None
    levels = [share.key for share in answer.levels]
    about = {
        "title": title,
        "kind": KIND,
        "award_type": answer.sizes[0].capitalize() if len(answer.sizes) == 1 else "",
        "level": levels[0] if len(levels) == 1 and levels[0] in LEVELS else "",
        "credit": str(known or ""),
        "glh": str(hours or ""),
        "note": NOTE,
    }
    yield Change("qualification", CREATE, {CODE: NEW}, {name: text for name, text in about.items() if text})
    group = {"title": "Required units", "kind": "all", "list_complete": "yes", "structure_known": "yes"}
    yield Change("rule group", CREATE, {"qualification": NEW, "key": GROUP}, group)
    for place, part in enumerate(answer.parts, start=1):
        key = {"qualification": NEW, "group": GROUP, "unit": part.unit.code}
        yield Change("rule unit", CREATE, key, {"position": str(place)})
