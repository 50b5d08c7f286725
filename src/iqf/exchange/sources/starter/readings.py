"""What the layout's notes say of a rule group, read as structure.

The layout keeps two things in words: pathways ("choose ONE pathway") and lists that are not whole ("part listed",
"from memory"). A `list_complete` column, where there is one, decides instead. Lists of optional units are partial
in the documents, so one that carries a note counts as whole only where the note says so; one without a note is taken
at its word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

CHOOSE_ONE = re.compile(r"choose one", re.IGNORECASE)
PART_TITLE = re.compile(r"\(part\)|\bseen\b|part listed|not separated", re.IGNORECASE)
PART_NOTE = re.compile(
    r"not complete|not found|not identified|titles listed|part of the unit titles|list from memory",
    re.IGNORECASE,
)
WHOLE_NOTE = re.compile(r"are listed|list complete", re.IGNORECASE)
SPLIT_UNKNOWN = re.compile(
    r"not separated|split not read|which group was not read|structure was not found|rest not found", re.IGNORECASE
)
TOTAL = re.compile(r"\btotal up to\b|\bmore from\b", re.IGNORECASE)
ROOT_FLOOR = re.compile(r"(\d+) of \d+ credits at level (\d)", re.IGNORECASE)
GROUP_FLOOR = re.compile(r"at least (\d+) credits at level (\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """One row of unit_groups.csv, its numbers read, with the credits of the units listed under it (None: unknown)."""

    key: str
    title: str
    mandatory: bool
    min_units: int | None
    max_units: int | None
    min_credit: int | None
    max_credit: int | None
    note: str
    said_complete: bool | None
    credits: Sequence[int | None]


@dataclass(frozen=True)
class Reading:
    """One node of a rule of combination as the catalogue holds it. `parent` is another reading's key, or blank."""

    key: str
    parent: str
    title: str
    kind: str
    min_units: int | None = None
    max_units: int | None = None
    min_credit: int | None = None
    max_credit: int | None = None
    min_parts: int | None = None
    max_parts: int | None = None
    floor_level: str = ""
    floor_credit: int | None = None
    list_complete: bool = True
    structure_known: bool = True
    note: str = ""


ROOT, PATHWAYS = "root", "pathways"


def is_pathway(group: Listed, siblings: Iterable[Listed]) -> bool:
    """True for an optional group that is one of several pathways, by its own note or its siblings'."""
    if group.mandatory:
        return False
    if CHOOSE_ONE.search(group.note):
        return True
    return "pathway" in group.title.lower() and any(CHOOSE_ONE.search(s.note) for s in siblings)


def list_is_short(group: Listed) -> bool:
    """True where the listed units cannot be all there are: fewer than the rule asks, or too little credit."""
    if group.min_units is not None and len(group.credits) < group.min_units:
        return True
    known = [c for c in group.credits if c is not None]
    return group.min_credit is not None and len(known) == len(group.credits) and sum(known) < group.min_credit


def list_is_complete(group: Listed) -> bool:
    """Whether every unit of the group is listed, as far as the row says."""
    if group.said_complete is not None:
        return group.said_complete and not list_is_short(group)
    if list_is_short(group) or PART_TITLE.search(group.title):
        return False
    if not group.note:
        return True
    if group.mandatory:
        return not PART_NOTE.search(group.note)
    if CHOOSE_ONE.search(group.note):
        return "memory" not in group.note.lower()
    return bool(WHOLE_NOTE.search(group.note))


def structure_is_known(group: Listed) -> bool:
    """Whether it was read which units are mandatory and how many optional ones are needed."""
    if SPLIT_UNKNOWN.search(group.title) or SPLIT_UNKNOWN.search(group.note):
        return False
    floors = (group.min_units, group.min_credit)
    has_floor = any(f is not None for f in floors) or GROUP_FLOOR.search(group.note)
    return bool(group.mandatory or has_floor or not group.note)


def _group(group: Listed, parent: str, pathway: bool) -> Reading:
    floor = GROUP_FLOOR.search(group.note)
    everything = group.mandatory or pathway
    return Reading(
        key=group.key,
        parent=parent,
        title=group.title,
        kind="all" if everything else "choose",
        min_units=group.min_units,
        max_units=group.max_units,
        min_credit=group.min_credit,
        max_credit=group.max_credit,
        floor_level=floor[2] if floor else "",
        floor_credit=int(floor[1]) if floor else None,
        list_complete=list_is_complete(group),
        structure_known=pathway or structure_is_known(group),
        note=group.note,
    )


def read_rule(groups: Sequence[Listed], total_credit: int | None) -> list[Reading]:
    """The rule of combination that a qualification's rows say, root first, parents before their parts.

    The qualification's own credit becomes a floor of the root where the parts leave it open: where there are
    pathways of different size, or a note says that optional units make up the total.
    """
    pathways = [g for g in groups if is_pathway(g, groups)]
    notes = " ".join(g.note for g in groups)
    root = Reading(ROOT, "", "Rule of combination", "all")
    if pathways or TOTAL.search(notes):
        root = replace(root, min_credit=total_credit)
    if floor := ROOT_FLOOR.search(notes):
        root = replace(root, floor_level=floor[2], floor_credit=int(floor[1]))
    readings = [root]
    for group in groups:
        pathway = group in pathways
        if pathway and group is pathways[0]:
            readings.append(Reading(PATHWAYS, ROOT, "Pathways", "pathway", min_parts=1, max_parts=1))
        readings.append(_group(group, PATHWAYS if pathway else ROOT, pathway))
    return readings
