"""A table in the standard format, out of a file's own columns: what it is, its columns, its printed cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from iqf.exchange.sources.pattern import Doubt, Fault, Refused
from iqf.exchange.sources.statistics.columns import Meta, agreed, assumed, inferred, label_of, with_totals
from iqf.exchange.sources.statistics.documents import DOCUMENTS_ABOUT
from iqf.exchange.sources.statistics.layouts import Layout, layout_of, nearest
from iqf.exchange.sources.statistics.notations import part_named, year_named
from iqf.exchange.sources.statistics.reading import ROW, Printed
from iqf.indicators.actions import DatasetFacts
from iqf.indicators.queries import HeldColumn
from iqf.indicators.standard import LEVEL_COLUMNS, MANDATORY, PLACE, TIME
from iqf.indicators.store import asked, quoted, text

LEVELS_OWN: Final = frozenset(
    column for level, pair in LEVEL_COLUMNS.items() if level != "National" for column in pair
)
"""The columns of places below the country: of those a table has no more than it needs."""


@dataclass(frozen=True)
class Shaped:
    """A table in the standard format, not yet screened. `cells` holds text columns and `__row`.

    `described`: what its columns are is known, and was not guessed. `theirs`: for columns that the file has not, the
    one of its own that says the same. `coarser`: how its source is asked for fewer counts.
    """

    facts: DatasetFacts
    publisher: str
    licence: str
    columns: tuple[HeldColumn, ...]
    cells: Path
    file: str
    rows: int
    doubts: tuple[Doubt, ...] = ()
    tolerates: Mapping[str, str] = field(default_factory=dict)
    meta: Meta | None = None
    described: bool = False
    theirs: Mapping[str, str] = field(default_factory=dict)
    coarser: str = ""

    def of_kind(self, *kinds: str) -> tuple[HeldColumn, ...]:
        """Its columns of these kinds, in order."""
        return tuple(c for c in self.columns if c.kind in kinds)

    def names(self, *kinds: str) -> tuple[str, ...]:
        """The names of its columns of these kinds."""
        return tuple(c.name for c in self.of_kind(*kinds))


@dataclass(frozen=True)
class Said:
    """What the reader said of the table, or what a descriptor beside it says; blank where nothing is."""

    code: str = ""
    title: str = ""
    definition: str = ""
    counting: str = ""
    location_basis: str = ""
    named_by: str = ""
    complete_for: str = ""
    publisher: str = ""
    licence: str = ""
    part: str = ""


_CODED: Final = re.compile("code|ukprn", re.IGNORECASE)


def code_of(stem: str) -> str:
    """The code of a data set: the stem of its file, with only signs that an address and a folder may have."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", stem).strip("-.") or "table"


def shape(printed: Printed, stem: str, meta: Meta | None, said: Said, work: Path) -> Shaped:
    """The table of a file, by its meta file, by what is known of such files, or as its cells look. Raises Refused."""
    known = layout_of(printed.header)
    layout = known if meta is None else None
    if said.part and (layout is None or "time_identifier" not in layout.adds):
        raise Refused([Fault("its rows say their own time_identifier; leave out --part.", printed.file)])
    if layout is None and not set(MANDATORY) <= set(printed.header):
        raise Refused(_not_a_table(printed))
    doubts: tuple[Doubt, ...] = ()
    if meta is not None:
        columns, cells = tuple(_known(c, known) if known else c for c in agreed(printed, meta)), printed.cells
    elif layout is None or not layout.adds:
        columns = inferred(printed)
        columns, cells = tuple(_known(c, layout) if layout else c for c in columns), printed.cells
        doubts = () if layout else (assumed(printed, columns),)
    else:
        columns, cells = _added(printed, _of_time(layout, stem, said.part, printed.file), work)
    return Shaped(
        facts=_facts(code_of(said.code or stem), layout, said, columns),
        publisher=said.publisher or (layout.publisher if layout else ""),
        licence=said.licence or (layout.licence if layout else ""),
        columns=with_totals(cells, columns),
        cells=cells,
        file=printed.file,
        rows=printed.rows,
        doubts=doubts,
        tolerates=known.tolerates if known else {},
        meta=meta,
        described=meta is not None or bool(layout and layout.indicators),
        theirs=_theirs(layout, printed.header) if layout else {},
    )


def _not_a_table(printed: Printed) -> list[Fault]:
    """Why a file is no table in the standard format, and what it was perhaps meant to be."""
    near = nearest(printed.header)
    wanted, what = (near[1], f'"{near[0].title}"') if near else ((), "")
    if not wanted:
        wanted = tuple(c for c in MANDATORY if c not in printed.header)
        what = "a statistical table in the standard format (Explore Education Statistics)"
    spare = [n for n in printed.header if not near or n not in (*near[0].needs, *near[0].labels)]
    if len(wanted) > 1 and not any(_renamed(c, spare) for c in wanted):
        names = ", ".join(f'"{c}"' for c in wanted)
        return [Fault(f"the columns {names} of {what} are missing.", printed.file, 1)]
    return [
        Fault(
            f'the column "{c}" of {what} is missing{_renamed(c, spare) or (_unknown(c, spare) if near else "")}.',
            printed.file,
            1,
            c,
            "",
            "a column of this name",
        )
        for c in wanted
    ]


def _renamed(column: str, spare: list[str]) -> str:
    by_name = {name.casefold().strip(): name for name in spare}
    near = get_close_matches(column.casefold(), list(by_name), n=1, cutoff=0.6)
    return f'; is it "{by_name[near[0]]}"? Name it "{column}"' if near else ""


def _unknown(column: str, spare: list[str]) -> str:
    """The columns of a file that are not known, among which may be the one that it lacks."""
    if len(spare) == 1:
        return f'; is it "{spare[0]}", which is not known here? Name it "{column}"'
    others = " or ".join(f'"{n}"' for n in spare[:3])
    return f'; is it {others}, which are not known here? Name the right one "{column}"' if spare else ""


def _of_time(layout: Layout, stem: str, part: str, file: str) -> Layout:
    """The layout, of the year and the part of a year that only the file's name or the reader says. Raises Refused."""
    adds = dict(layout.adds)
    if layout.year_in_name:
        year = year_named(stem)
        if not year:
            message = "the file does not say of which year it is; keep ILR and the year in its name, such as ILR21."
            raise Refused([Fault(message, file)])
        adds["time_period"] = text(year)
    if part := part or part_named(stem):
        adds["time_identifier"] = text(part)
    return replace(layout, adds=adds)


def _added(printed: Printed, layout: Layout, work: Path) -> tuple[tuple[HeldColumn, ...], Path]:
    """The columns of the standard first, then the file's own; those of the standard that it has are made anew."""
    own = {c.name: c for c in inferred(printed, layout.indicators)}
    made = _filled(printed, {n: _made(n, layout, own) for n in (*TIME, *PLACE) if n in layout.adds or n in own}, own)
    kept = [n for n in printed.header if n not in made]
    columns = [_standard(n) for n in made] + [_known(own[n], layout) for n in kept]
    selected = [f"{sql} AS {quoted(n)}" for n, sql in made.items()] + [quoted(n) for n in kept]
    cells = work / "shaped.parquet"
    with asked() as db:
        db.execute(
            f"COPY (SELECT {ROW}, {', '.join(selected)} FROM read_parquet({text(printed.cells)})) "  # noqa: S608
            f"TO {text(cells)} (FORMAT parquet)"
        )
    return tuple(columns), cells


def _made(name: str, layout: Layout, own: Mapping[str, HeldColumn]) -> str:
    """SQL: a column of the standard; a place of the file's own stands where nothing else is known."""
    sql = layout.adds.get(name, quoted(name))
    return f"coalesce({sql}, {quoted(name)})" if name in own and name in LEVELS_OWN and name in layout.adds else sql


def _filled(printed: Printed, made: Mapping[str, str], own: Mapping[str, HeldColumn]) -> dict[str, str]:
    """The columns of the standard without those places that no row has, except where the file has the column."""
    perhaps = [n for n in made if n in LEVELS_OWN and n not in own]
    if not perhaps:
        return dict(made)
    with asked() as db:
        counts = ", ".join(f"count({made[n]})" for n in perhaps)
        row = db.execute(f"SELECT {counts} FROM read_parquet({text(printed.cells)})").fetchone()  # noqa: S608
    empty = {n for n, count in zip(perhaps, row, strict=True) if not count}
    return {n: sql for n, sql in made.items() if n not in empty}


def _standard(name: str) -> HeldColumn:
    return HeldColumn(name, "time" if name in TIME else "place", name.replace("_", " ").capitalize())


def _known(column: HeldColumn, layout: Layout) -> HeldColumn:
    return replace(
        column,
        kind=layout.kinds.get(column.name, column.kind),
        label=layout.labels.get(column.name, column.label) if column.label == label_of(column.name) else column.label,
        counting=layout.counts.get(column.name, column.counting),
        total=layout.totals.get(column.name, column.total),
        group=layout.groups.get(column.name, column.group),
    )


def _theirs(layout: Layout, header: Sequence[str]) -> dict[str, str]:
    """For each column of the standard that the file has not, its own column that says the same."""
    time = next((n for n, kind in layout.kinds.items() if kind == "time"), "")
    places = [n for n, kind in layout.kinds.items() if kind == "place"]
    name = next((n for n in places if not _CODED.search(n)), "")
    code = next((n for n in places if _CODED.search(n)), name)
    said = {n: name if n.endswith("_name") else code for n in PLACE} | dict.fromkeys(TIME, time)
    return {n: said[n] for n in layout.adds if n not in header and said[n]}


def _facts(code: str, layout: Layout | None, said: Said, columns: tuple[HeldColumn, ...]) -> DatasetFacts:
    title = layout.title if layout else ""
    if layout and layout.titled_by_file:
        about = code.removeprefix("figures_")
        title = DOCUMENTS_ABOUT.get(about) or f"{title}: {about.replace('_', ' ')}"
    return DatasetFacts(
        code=code,
        title=said.title or title or code.replace("_", " "),
        counting=said.counting or (layout.counting if layout else _counting(columns)),
        location_basis=said.location_basis or (layout.location_basis if layout else "not stated"),
        definition=said.definition or (layout.definition if layout else ""),
        named_by=said.named_by or (layout.named_by if layout else ""),
        rounded_to=layout.rounded_to if layout else None,
        low_below=layout.low_below if layout else None,
        complete_for=said.complete_for or (layout.complete_for if layout else ""),
    )


def _counting(columns: tuple[HeldColumn, ...]) -> str:
    """What a table counts whose columns do not differ in it."""
    counted = {c.counting for c in columns if c.kind == "indicator" and c.counting}
    return counted.pop() if len(counted) == 1 else ("several" if counted else "not stated")
