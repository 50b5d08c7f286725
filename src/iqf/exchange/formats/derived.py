"""Take-up and supply as tables in the standard format: data, meta file and descriptor, which pass our own screening.

Only what the format can say is written so: numbers by period, place and filters, with a marker where there is none.
Grades and reasons are words; they are in the CSV and the JSON.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from iqf.exchange.formats.figures import lines, meta_csv, printed, resources
from iqf.exchange.formats.sheets import neutral
from iqf.exchange.formats.supply import supply_cells
from iqf.indicators.queries import HeldColumn
from iqf.indicators.standard import LEVEL_COLUMNS, MANDATORY, TIME
from iqf.reports.supply import SupplyAnswer
from iqf.reports.takeup import TakeUpAnswer, TakeUpRow

ENGLAND: Final = ("E92000001", "England")
NOT_APPLICABLE: Final = "z"
NOT_AVAILABLE: Final = "x"
RATIOS: Final = {
    "learners": "Counted",
    "share": "Share of those counted",
    "base": "People",
    "base_share": "Share of people",
    "lq": "Location quotient",
    "lq_low": "Location quotient, lower 95 % limit",
    "lq_high": "Location quotient, upper 95 % limit",
    "spr": "Standardised participation ratio",
    "spr_low": "Standardised participation ratio, lower 95 % limit",
    "spr_high": "Standardised participation ratio, upper 95 % limit",
    "shortfall_reallocated": "Short of its share, the total fixed",
    "shortfall_added": "Short of its share, if others stay",
}
"""The numbers of a comparison, and what each is called."""
PARTS: Final = {
    "at_least": "at least",
    "at_most": "at most",
    "share": "share",
    "share_low": "share, lower 95 % limit",
    "share_high": "share, upper 95 % limit",
}


@dataclass(frozen=True)
class Derived:
    """A table in the standard format, made here: its columns, its printed cells, and what it rests on."""

    name: str
    title: str
    address: str
    description: str
    citations: tuple[str, ...]
    columns: tuple[HeldColumn, ...]
    rows: tuple[Mapping[str, str], ...]


def package(table: Derived) -> bytes:
    """The table as a zip: NAME.csv, NAME.meta.csv and datapackage.json."""
    out = io.BytesIO()
    names = [c.name for c in table.columns]
    cells = [[str(neutral(row.get(name, ""))) for name in names] for row in table.rows]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{table.name}.csv", lines([names, *cells]))
        archive.writestr(f"{table.name}.meta.csv", meta_csv(table.columns))
        archive.writestr("datapackage.json", json.dumps(descriptor(table), ensure_ascii=False, indent=2) + "\n")
    return out.getvalue()


def descriptor(table: Derived) -> dict[str, Any]:
    """What the table is, for programs (Frictionless Data, data package 1.0)."""
    return {
        "profile": "tabular-data-package",
        "name": table.name,
        "id": table.address,
        "title": table.title,
        "description": table.description,
        "sources": [{"title": cited} for cited in table.citations],
        "resources": resources(table.name, table.columns),
    }


def of_supply(answer: SupplyAnswer) -> Derived | None:
    """Areas compared, as a table; None where the period or the place cannot be said in the standard format."""
    if not answer.period or not answer.time_identifier:
        return None
    level = _level([row.code for row in answer.rows], answer.by)
    code, name = LEVEL_COLUMNS[level]
    head = _head(answer.period, answer.time_identifier, level)
    rows = []
    for row in answer.rows:
        cells = supply_cells(row)
        rows.append(head | {code: row.code, name: row.name} | {n: _cell(cells[n]) for n in RATIOS})
    return Derived(
        name=_named(f"supply_{answer.basis}"),
        title=f"{answer.indicator} beside {answer.denominator_words}, by {answer.by}",
        address=answer.address,
        description=" ".join(answer.notes),
        citations=answer.citations,
        columns=(*_standard(level), *(HeldColumn(n, "indicator", label) for n, label in RATIOS.items())),
        rows=tuple(rows),
    )


def of_takeup(answer: TakeUpAnswer) -> Derived | None:
    """A table cut, as a table: each indicator with its bounds and its share; None as above."""
    periods = TIME[0] in answer.by
    if not answer.level or not answer.time_identifier or not (answer.period or periods):
        return None
    places = LEVEL_COLUMNS[answer.level]
    own = [c for c in answer.by if c not in (TIME[0], *places)]
    filters = {c: _named(c).lower() for c in own}
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in answer.rows:
        head = _head(row.by.get(TIME[0]) or answer.period, answer.time_identifier, answer.level)
        line = found.setdefault(
            tuple(row.by.values()),
            head | {c: row.by[c] for c in places if c in row.by} | {filters[c]: row.by[c] or "Total" for c in own},
        )
        line |= _measured(row)
    return Derived(
        name=_named(f"takeup_{answer.dataset}"),
        title=f"{answer.title}: take-up",
        address=answer.address,
        description=" ".join((answer.definition, *answer.notes)),
        citations=(answer.citation,),
        columns=(
            *_standard(answer.level),
            *(HeldColumn(filters[c], "filter", answer.labels[c][:80]) for c in own),
            *_indicators(answer.rows),
        ),
        rows=tuple(found.values()),
    )


def _parts(row: TakeUpRow) -> dict[str, float | None]:
    limits = (row.limits.low, row.limits.high) if row.limits else (None, None)
    return dict(zip(PARTS, (row.at_least, row.at_most, row.share, *limits), strict=True))


def _measured(row: TakeUpRow) -> dict[str, str]:
    """The number or its marker, and beside it what bounds or shares there are."""
    value = row.symbol or NOT_AVAILABLE if row.value is None else printed(row.value)
    return {row.indicator: value} | {f"{row.indicator}_{part}": _cell(n) for part, n in _parts(row).items()}


def _indicators(rows: Sequence[TakeUpRow]) -> list[HeldColumn]:
    """The columns of numbers: each indicator, and of its bounds and shares those that any row has."""
    labels = {row.indicator: (row.label, row.unit) for row in rows}
    used = {(row.indicator, part) for row in rows for part, number in _parts(row).items() if number is not None}
    found = []
    for name, (label, unit) in labels.items():
        found.append(HeldColumn(name, "indicator", label, unit=unit))
        parts = [(part, words) for part, words in PARTS.items() if (name, part) in used]
        found += [HeldColumn(f"{name}_{part}", "indicator", f"{label}, {words}") for part, words in parts]
    return found


def _level(codes: Sequence[str], by: str) -> str:
    if by == "region":
        return "Regional"
    return "Local authority district" if any(code.startswith("E07") for code in codes) else "Local authority"


def _standard(level: str) -> tuple[HeldColumn, ...]:
    places = LEVEL_COLUMNS[level]
    names = (*MANDATORY, *(c for c in places if c not in MANDATORY))
    return tuple(HeldColumn(n, "time" if n in TIME else "place", n.replace("_", " ").capitalize()) for n in names)


def _head(period: str, identifier: str, level: str) -> dict[str, str]:
    return dict(zip(MANDATORY, (period, identifier, level, *ENGLAND), strict=True))


def _cell(number: float | None) -> str:
    return NOT_APPLICABLE if number is None else printed(number)


def _named(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.]+", "_", text).strip("_")
