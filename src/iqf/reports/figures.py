"""What does a statistical table say? Its figures as published, what they count and where, in which release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from iqf.indicators import queries
from iqf.indicators.asking import MOST, Figure, Wanted, distinct
from iqf.indicators.asking import figures as ask
from iqf.indicators.protection import Protection
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import PLACE
from iqf.indicators.words import BLANK, COUNTING, LOCATIONS, PROFILES, SYMBOLS

FEW = 60
"""A column with more values than these is searched by typing."""


@dataclass(frozen=True)
class Definitions:
    """What the figures are: in words, what is counted and where, each indicator, each marker that stands in them."""

    words: str
    counting: str
    counting_words: str
    location_basis: str
    location_words: str
    profile: str
    protection: Protection | None
    protection_words: tuple[str, ...]
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


def table(dataset: str, version: str | None = None) -> HeldTable:
    """What is known of a data set. Raises NotFoundError in one sentence."""
    return queries.dataset(dataset, version)


def offered(of: HeldTable) -> list[tuple[HeldColumn, tuple[str, ...] | None]]:
    """The columns by which rows may be chosen, each with its values; None where there are too many to list.

    Codes of places, and columns of one value, are not offered.
    """
    names = [c for c in of.columns if c.kind in ("time", "place", "filter") and not _code(c.name)]
    listed = distinct(of, [c.name for c in names], FEW)
    return [(c, listed[c.name]) for c in names if listed[c.name] is None or len(listed[c.name] or ()) > 1]


def _code(name: str) -> bool:
    return name in PLACE and name.endswith(("_code", "_id", "_urn", "_ukprn"))


def definitions(table: HeldTable) -> Definitions:
    """What the figures of a table are."""
    return Definitions(
        words=table.definition,
        counting=table.counting,
        counting_words=COUNTING[table.counting],
        location_basis=table.location_basis,
        location_words=LOCATIONS[table.location_basis],
        profile=PROFILES[table.profile],
        protection=table.protection,
        protection_words=table.protection.sentences if table.protection else (),
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
    return asked_at(f"/figures/{quote(table.dataset)}/{table.version}", asked)


def asked_at(path: str, asked: Sequence[tuple[str, str]]) -> str:
    """The address of a question: a path, and what is asked there; blanks are left out."""
    query = "&".join(f"{quote(key)}={quote(value, safe='@:')}" for key, value in asked if value)
    return f"{path}?{query}" if query else path


def citation(table: HeldTable) -> str:
    """How to cite a release, without the address."""
    who = f"{table.publisher}. " if table.publisher else ""
    # Of a protected table the hash of what was read is not told: see iqf.indicators.private.
    mark = f"fingerprint {table.sha256[:12]}" if table.protection else f"SHA-256 {table.sha256[:12]}"
    return f"{who}{table.title} ({table.dataset}), version {table.version}, read in on {table.ingested_on}; {mark}."
