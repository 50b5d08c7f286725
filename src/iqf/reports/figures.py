"""What does a statistical table say? Its figures as published, what they count and where, in which release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from iqf.indicators import queries
from iqf.indicators.asking import MOST, Figure, Wanted
from iqf.indicators.asking import figures as ask
from iqf.indicators.queries import HeldTable
from iqf.indicators.words import BLANK, COUNTING, LOCATIONS, PROFILES, SYMBOLS


@dataclass(frozen=True)
class Definitions:
    """What the figures are: in words, what is counted and where, each indicator, each marker that stands in them."""

    words: str
    counting: str
    counting_words: str
    location_basis: str
    location_words: str
    profile: str
    indicators: Mapping[str, Mapping[str, str]]
    symbols: Mapping[str, str]


@dataclass(frozen=True)
class FiguresAnswer:
    """Figures of one release of a data set. `address` is the permanent one of this very question."""

    table: HeldTable
    definitions: Definitions
    by: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]
    total: int
    offset: int
    rows: tuple[Figure, ...]
    address: str
    citation: str


def datasets() -> tuple[HeldTable, ...]:
    """Every data set that is held, in its current release."""
    return queries.datasets()


def figures(
    dataset: str,
    version: str | None = None,
    *,
    by: Sequence[str] = (),
    where: Sequence[tuple[str, str]] = (),
    indicators: Sequence[str] = (),
    limit: int = MOST,
    offset: int = 0,
) -> FiguresAnswer:
    """The figures of a data set that fit. Raises NotFoundError in one sentence."""
    table = queries.dataset(dataset, version)
    wanted = Wanted(tuple(by), tuple(where), tuple(indicators), limit, offset)
    found = ask(table, wanted)
    return FiguresAnswer(
        table,
        definitions(table),
        wanted.by,
        wanted.where,
        wanted.indicators,
        found.total,
        offset,
        found.rows,
        address(table, wanted),
        citation(table),
    )


def definitions(table: HeldTable) -> Definitions:
    """What the figures of a table are."""
    return Definitions(
        words=table.definition,
        counting=table.counting,
        counting_words=COUNTING[table.counting],
        location_basis=table.location_basis,
        location_words=LOCATIONS[table.location_basis],
        profile=PROFILES[table.profile],
        indicators={
            c.name: {"label": c.label, "unit": c.unit, "counting": c.counting or table.counting}
            for c in table.indicators
        },
        symbols={**SYMBOLS, "": BLANK},
    )


def address(table: HeldTable, wanted: Wanted) -> str:
    """The permanent address of a question to one release: it answers the same for good."""
    asked = [("by", name) for name in wanted.by]
    asked += [("where", f"{name}={value}") for name, value in wanted.where]
    asked += [("indicator", name) for name in wanted.indicators]
    query = "&".join(f"{quote(key)}={quote(value, safe='')}" for key, value in asked)
    return f"/figures/{quote(table.dataset)}/{table.version}{'?' + query if query else ''}"


def citation(table: HeldTable) -> str:
    """How to cite a release, without the address."""
    who = f"{table.publisher}. " if table.publisher else ""
    return (
        f"{who}{table.title} ({table.dataset}), version {table.version}, "
        f"read in on {table.ingested_on}; SHA-256 {table.sha256[:12]}."
    )
