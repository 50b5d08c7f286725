"""A table in the standard format, out of a file's own columns: what it is, its columns, its printed cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from iqf.exchange.sources.pattern import Doubt, Fault, Refused
from iqf.exchange.sources.statistics.columns import Meta, agreed, assumed, inferred, label_of, with_totals
from iqf.exchange.sources.statistics.documents import DOCUMENTS_ABOUT
from iqf.exchange.sources.statistics.layouts import Layout, layout_of, nearest, part_named
from iqf.exchange.sources.statistics.reading import ROW, Printed
from iqf.indicators.actions import DatasetFacts
from iqf.indicators.queries import HeldColumn
from iqf.indicators.standard import MANDATORY, PLACE, TIME
from iqf.indicators.store import asked, quoted, text


@dataclass(frozen=True)
class Shaped:
    """A table in the standard format, not yet screened. `cells` holds text columns and `__row`.

    `described`: what its columns are is known, and was not guessed.
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


def code_of(stem: str) -> str:
    """The code of a data set: the stem of its file, with only signs that an address and a folder may have."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", stem).strip("-.") or "table"


def shape(printed: Printed, stem: str, meta: Meta | None, said: Said, work: Path) -> Shaped:
    """The table of a file, by its meta file, by what is known of such files, or as its cells look. Raises Refused."""
    known = layout_of(printed.header)
    layout = known if meta is None else None
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
        columns, cells = _added(printed, _of_part(layout, stem), work)
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
    )


def _not_a_table(printed: Printed) -> list[Fault]:
    """Why a file is no table in the standard format, and what it was perhaps meant to be."""
    near = nearest(printed.header)
    wanted, what = (near[1], f'"{near[0].title}"') if near else ((), "")
    if not wanted:
        wanted = tuple(c for c in MANDATORY if c not in printed.header)
        what = "a statistical table in the standard format (Explore Education Statistics)"
    spare = [n for n in printed.header if not near or n not in near[0].needs]
    if len(wanted) > 1 and not any(_renamed(c, spare) for c in wanted):
        names = ", ".join(f'"{c}"' for c in wanted)
        return [Fault(f"the columns {names} of {what} are missing.", printed.file, 1)]
    return [
        Fault(
            f'the column "{c}" of {what} is missing{_renamed(c, spare)}.',
            printed.file,
            1,
            c,
            "",
            "a column of this name",
        )
        for c in wanted
    ]


def _renamed(column: str, spare: list[str]) -> str:
    near = get_close_matches(column, spare, n=1, cutoff=0.6)
    return f'; is it "{near[0]}"? Name it "{column}"' if near else ""


def _of_part(layout: Layout, stem: str) -> Layout:
    """The layout; of a part of a year where the file's name says so."""
    part = part_named(stem)
    return replace(layout, adds={**layout.adds, "time_identifier": text(part)}) if part else layout


def _added(printed: Printed, layout: Layout, work: Path) -> tuple[tuple[HeldColumn, ...], Path]:
    """The columns of the standard first, then the file's own; those of the standard that it has are made anew."""
    own = {c.name: c for c in inferred(printed, layout.indicators)}
    standard = [n for n in (*TIME, *PLACE) if n in layout.adds or n in own]
    kept = [n for n in printed.header if n not in standard]
    columns = [_standard(n) for n in standard] + [_known(own[n], layout) for n in kept]
    selected = [f"{layout.adds.get(n, quoted(n))} AS {quoted(n)}" for n in standard] + [quoted(n) for n in kept]
    cells = work / "shaped.parquet"
    with asked() as db:
        db.execute(
            f"COPY (SELECT {ROW}, {', '.join(selected)} FROM read_parquet({text(printed.cells)})) "  # noqa: S608
            f"TO {text(cells)} (FORMAT parquet)"
        )
    return tuple(columns), cells


def _standard(name: str) -> HeldColumn:
    return HeldColumn(name, "time" if name in TIME else "place", name.replace("_", " ").capitalize())


def _known(column: HeldColumn, layout: Layout) -> HeldColumn:
    return replace(
        column,
        kind=layout.kinds.get(column.name, column.kind),
        label=layout.labels.get(column.name, column.label) if column.label == label_of(column.name) else column.label,
        counting=layout.counts.get(column.name, column.counting),
    )


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
