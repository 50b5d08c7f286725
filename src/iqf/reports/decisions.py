"""What has been decided by default, why, and what would follow from deciding otherwise?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from iqf.catalogue.queries import NotFoundError
from iqf.reports.disagreements import DECIDED, OPEN, Wanted, disagreements
from iqf.reports.inclusion import ChoiceSaid, latest_choices
from iqf.reports.one_entry import JoinedHere, joinings
from iqf.reports.things import Disagreement, Ref

LATEST = 50
FIRST = 10
"""So many disagreements stand on the page of decisions; all of them are a list of their own."""
FOLDER = files("iqf") / "handbook" / "decisions"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_FIELD = re.compile(r"^(Requirement|Status|Shown on|Date): (.*)$")


@dataclass(frozen=True)
class Block:
    """A paragraph (one item) or a list (an item for each point), as plain text."""

    kind: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A heading of a record and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class DecisionRecord:
    """One decision record: its file name without the ending, and what it says."""

    slug: str
    title: str
    requirement: str
    status: str
    sections: tuple[Section, ...]

    @property
    def is_open(self) -> bool:
        """True for a question that the framework owner may still decide otherwise."""
        return self.slug.startswith("open-")


@dataclass(frozen=True)
class DecisionsAnswer:
    """Every decision record; some of what sources still disagree about and of the disagreements that were settled,
    with how many there are; the latest entries that were found to be one, and the latest choices about official rows.
    """

    decisions: tuple[DecisionRecord, ...]
    disagreements: tuple[tuple[Ref, Disagreement], ...]
    settled: tuple[tuple[Ref, Disagreement], ...]
    joined: tuple[tuple[Ref, JoinedHere], ...]
    choices: tuple[ChoiceSaid, ...]
    counts: dict[str, int]


def decisions() -> DecisionsAnswer:
    """All decision records in the order of their names, and the first of the disagreements between sources."""
    names = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".md") and f.name != "README.md")
    records = tuple(_read(name.removesuffix(".md")) for name in names)
    waiting, settled = (disagreements(Wanted(state), limit=FIRST) for state in (OPEN, DECIDED))
    counts = {OPEN: waiting.found, DECIDED: settled.found}
    return DecisionsAnswer(records, waiting.rows, settled.rows, joinings(LATEST), latest_choices(LATEST), counts)


def decision(slug: str) -> DecisionRecord:
    """One decision record. Raises NotFoundError."""
    if slug == "README" or not re.fullmatch(r"[A-Za-z0-9-]+", slug) or not (FOLDER / f"{slug}.md").is_file():
        raise NotFoundError(f'There is no decision "{slug}".')
    return _read(slug)


def _read(slug: str) -> DecisionRecord:
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    fields = {match[1]: match[2].strip() for line in head.splitlines() if (match := _FIELD.match(line))}
    title = next((line[2:].strip() for line in head.splitlines() if line.startswith("# ")), slug)
    sections = tuple(_section(part) for part in parts)
    return DecisionRecord(slug, title, fields.get("Requirement", ""), fields.get("Status", ""), sections)


def _section(text: str) -> Section:
    title, _, body = text.partition("\n")
    return Section(title.strip(), tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    """Paragraphs and lists of a section, parted by blank lines; links and emphasis become their words."""
    for part in re.split(r"\n\s*\n", body.strip()):
        lines = [_plain(line) for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            yield Block("list", tuple(line[2:] for line in lines))
        elif lines:
            yield Block("paragraph", (" ".join(lines),))


def _plain(line: str) -> str:
    return _LINK.sub(r"\1", line.strip()).replace("**", "").replace("`", "")
