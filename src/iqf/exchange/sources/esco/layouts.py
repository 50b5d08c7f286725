"""The files of the classification that are read, known by their columns."""

from collections.abc import Iterable
from dataclasses import dataclass

from iqf.exchange.sources.notations import squeeze
from iqf.exchange.sources.pattern import Row

SKILL = "http://data.europa.eu/esco/skill"
OCCUPATION = "http://data.europa.eu/esco/occupation"
ISCO = "http://data.europa.eu/esco/isco"
LEVELS = ("Level 0", "Level 1", "Level 2", "Level 3")


@dataclass(frozen=True)
class Layout:
    """One kind of file: its name, the columns that tell it, its column of addresses, and whose number is known.

    `starts` is how the addresses of one kind begin, where two kinds of file have the same columns.
    """

    name: str
    columns: tuple[str, ...]
    key: str
    counts: str = ""
    starts: tuple[str, ...] = ()


CONCEPT = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "description")
SKILLS = Layout("skills", (*CONCEPT, "skillType", "status"), "conceptUri", SKILL)
COLLECTION = Layout("transversal skills", (*CONCEPT, "skillType", "broaderConceptUri"), "conceptUri")
HIERARCHY = Layout(
    "skills hierarchy",
    (*(f"{level} {what}" for level in LEVELS for what in ("URI", "preferred term")), "Description", "Scope note"),
    "Level 0 URI",
)
BROADER = Layout(
    "broader relations of skills", ("conceptType", "conceptUri", "broaderType", "broaderUri"), "conceptUri"
)
OCCUPATIONS = Layout("occupations", (*CONCEPT, "iscoGroup"), "conceptUri", OCCUPATION)
ISCO_GROUPS = Layout("ISCO groups", (*CONCEPT, "code"), "conceptUri")
RUNNING_SKILLS = Layout("skills in running text", ("id", "description"), "id", SKILL, (SKILL,))
RUNNING_OCCUPATIONS = Layout(
    "occupations in running text", ("id", "description"), "id", OCCUPATION, (OCCUPATION, ISCO)
)
LAYOUTS = (SKILLS, COLLECTION, HIERARCHY, BROADER, OCCUPATIONS, ISCO_GROUPS, RUNNING_SKILLS, RUNNING_OCCUPATIONS)


def layout_of(header: Iterable[str], first: str = "") -> Layout | None:
    """The layout whose columns a header has all; `first` is the first cell under it. None where none has."""
    columns = set(header)
    for layout in LAYOUTS:
        if columns.issuperset(layout.columns) and (not layout.starts or first.startswith(layout.starts)):
            return layout
    return None


def address(row: Row, layout: Layout) -> str:
    """The concept's permanent address."""
    return squeeze(row[layout.key])


def last_part(uri: str) -> str:
    """What tells a concept from all others of its kind: the last part of its address."""
    return uri.rstrip("/").rpartition("/")[2]


def lines(cell: str) -> list[str]:
    """The other titles in a cell, one a line, or divided by strokes."""
    return [part for line in cell.splitlines() for part in (squeeze(p) for p in line.split(" | ")) if part]
