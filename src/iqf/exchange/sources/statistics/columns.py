"""What the columns of a table are: time, place, filters and indicators, from its meta file, or from their cells."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from iqf.exchange.sources.opening import decode
from iqf.exchange.sources.pattern import Doubt, Fault, Refused
from iqf.exchange.sources.statistics.reading import Printed
from iqf.indicators.cells import is_number, symbol, trimmed
from iqf.indicators.queries import HeldColumn
from iqf.indicators.standard import META, META_OPTIONAL, PLACE, TIME, UNITS
from iqf.indicators.store import asked, quoted, text

LOOKS_LIKE_NUMBER: Final = r"[-+£]?[\d,]*\.?\d+([eE][-+]?\d+)?\s*%?"
"""A number, or what somebody meant as one: it makes a column an indicator, and may still be refused."""
_NEVER_NUMBERS = re.compile(
    r"(^|_| )(age|year|date|code|id|urn|ukprn|uprn|level|band|laestab|postcode)$", re.IGNORECASE
)
_COUNTS: Final = (
    ("starts", r"(^|_)starts?(_|$)|take_?up"),
    ("achievements", r"achiev|(^|_)ach(_|$)"),
    ("learners", r"particip|learner|^p_|apprentices"),
    ("enrolments", r"enrol"),
    ("aims", r"(^|_)aims?(_|$)"),
    ("full-time equivalents", r"(^|_)fte(_|$)"),
    ("workers", r"workforce|headcount|(^|_)posts?(_|$)|vacanc|social_worker"),
    ("people", r"population|people|children"),
)
_RATE = re.compile(
    r"rate|percent|(^|_)pct?|(^|_)pc[A-Z]|share|proportion|average|mean|median|index|per_\d|caseload|(^|_)(days|hours)(_|$)"
)


LONGEST: Final = 300
"""Signs of a label, or of a value that stands for all; the screening warns long before."""


@dataclass(frozen=True)
class Meta:
    """The columns that a meta file describes, by name, in its order."""

    file: str
    sha256: str
    columns: Mapping[str, HeldColumn]


def meta_beside(path: Path) -> Path | None:
    """The meta file of a data file, where it stands beside it."""
    found = path.with_name(f"{path.stem}.meta.csv")
    return found if found.is_file() else None


def read_meta(path: Path, sha256: str) -> Meta:
    """A meta file. Raises Refused with one fault for each thing wrong in it."""
    rows = list(csv.reader(io.StringIO(decode(path.read_bytes(), path.name))))
    header = [cell.strip() for cell in rows[0]] if rows else []
    if not any(header):
        message = "the meta file is empty; describe the columns there, or take it away to have them guessed."
        raise Refused([Fault(message, path.name)])
    for sign, what in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            message = f"its cells are divided by {what}; save it as CSV with commas between them (CSV UTF-8)."
            raise Refused([Fault(message, path.name, 1)])
    missing = [c for c in META[:3] if c not in header]
    unknown = [c for c in header if c not in (*META, *META_OPTIONAL)]
    faults = [Fault(f'the column "{c}" is missing.', path.name, 1, c) for c in missing]
    faults += [Fault(f'"{c}" is not a column of a meta file.', path.name, 1, c) for c in unknown]
    if faults:
        raise Refused(faults)
    columns: dict[str, HeldColumn] = {}
    for number, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            said = {n: c.strip() for n, c in zip(header, cells, strict=False)}
            faults += _faults(said, columns, path.name, number)
            columns[said["col_name"]] = _described(said)
    if faults:
        raise Refused(faults)
    return Meta(path.name, sha256, columns)


def _faults(said: Mapping[str, str], before: Mapping[str, Any], file: str, row: int) -> list[Fault]:
    name, decimals = said["col_name"], said.get("indicator_dp", "")
    wrong = [
        (not name, "col_name", "the column has no name."),
        (name in before, "col_name", f'"{name}" is described twice.'),
        (name in (*TIME, *PLACE), "col_name", f'"{name}" is a column of time or place; it needs no row here.'),
        (said["col_type"] not in ("Filter", "Indicator"), "col_type", "write Filter or Indicator."),
        (not said["label"], "label", "the column has no label; write what it is, for people."),
        (len(said["label"]) > LONGEST, "label", f"the label is longer than {LONGEST} signs."),
        (len(said.get("filter_default", "")) > LONGEST, "filter_default", f"it is longer than {LONGEST} signs."),
        (said.get("indicator_unit", "") not in UNITS, "indicator_unit", f"known units are {', '.join(UNITS[1:])}."),
        (bool(decimals) and not decimals.isdigit(), "indicator_dp", "write a whole number of decimal places."),
    ]
    return [Fault(message, file, row, column, said.get(column, "")) for bad, column, message in wrong if bad]


def _described(said: Mapping[str, str]) -> HeldColumn:
    name, kind = said["col_name"], said["col_type"].lower()
    decimals = said.get("indicator_dp", "")
    return HeldColumn(
        name=name,
        kind=kind if kind in ("filter", "indicator") else "filter",
        label=said["label"],
        unit=said.get("indicator_unit", ""),
        decimals=int(decimals) if decimals.isdigit() else None,
        counting=counted(name) if kind == "indicator" else "",
        group=said.get("indicator_grouping", "") or said.get("filter_grouping_column", ""),
        hint=said.get("filter_hint", ""),
        total=said.get("filter_default", ""),
    )


def counted(name: str) -> str:
    """What an indicator counts, by its name; blank where that does not say it, and for rates, averages and lengths of
    time, which are no counts.
    """
    if _RATE.search(name):
        return ""
    return next((what for what, words in _COUNTS if re.search(words, name.lower())), "")


def label_of(name: str) -> str:
    """A column's name as words."""
    words = re.sub(r"[_\s]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def inferred(printed: Printed, indicators: Sequence[str] | None = None) -> tuple[HeldColumn, ...]:
    """The columns of a table without a meta file: an indicator is a column most of whose cells look like numbers.

    `indicators`: which they are, where that is known of this file.
    """
    names = printed.header
    open_to_it = [n for n in names if n not in (*TIME, *PLACE)] if indicators is None else list(indicators)
    seen = _seen(printed, open_to_it)
    kinds = {n: "indicator" for n in open_to_it if indicators is not None or _numeric(n, seen[n])}
    return tuple(_inferred(n, kinds.get(n, ""), seen.get(n)) for n in names)


@dataclass(frozen=True)
class _Seen:
    numbers: int
    others: int
    decimals: int


def _seen(printed: Printed, names: Sequence[str]) -> dict[str, _Seen]:
    """How many cells of each column look like numbers, how many hold neither that nor a marker; the decimals."""
    if not names:
        return {}
    asks = []
    for n in names:
        cell = trimmed(n)
        like = f"regexp_full_match({cell}, {text(LOOKS_LIKE_NUMBER)})"
        asks.append(f"count(*) FILTER (WHERE {like})")
        asks.append(f"count(*) FILTER (WHERE NOT {like} AND {cell} <> '' AND ({symbol(n)}) IS NULL)")
        asks.append(
            f"max(CASE WHEN {is_number(n)} AND contains({cell}, '.') THEN length({cell}) - instr({cell}, '.') END)"
        )
    with asked() as db:
        row = db.execute(f"SELECT {', '.join(asks)} FROM read_parquet({text(printed.cells)})").fetchone()  # noqa: S608
    return {n: _Seen(row[3 * i], row[3 * i + 1], row[3 * i + 2] or 0) for i, n in enumerate(names)}


def _numeric(name: str, seen: _Seen) -> bool:
    return seen.numbers > seen.others and not _NEVER_NUMBERS.search(name)


def _inferred(name: str, kind: str, seen: _Seen | None) -> HeldColumn:
    if name in TIME:
        return HeldColumn(name, "time", label_of(name))
    if name in PLACE:
        return HeldColumn(name, "place", label_of(name))
    if kind != "indicator":
        return HeldColumn(name, "filter", label_of(name))
    unit = "%" if re.search(r"(^|_)(rate|percent|pct?|share)(_|$)", name) and "per_" not in name else ""
    decimals = min(seen.decimals, 6) if seen else None
    return HeldColumn(name, "indicator", label_of(name), unit=unit, decimals=decimals, counting=counted(name))


def agreed(printed: Printed, meta: Meta) -> tuple[HeldColumn, ...]:
    """The columns of a table as its meta file describes them. Raises Refused where the two do not agree."""
    own = [n for n in printed.header if n not in (*TIME, *PLACE)]
    both = [n for n in own if n in meta.columns]
    if len(both) * 2 < min(len(own), len(meta.columns)):
        others = ", ".join(f'"{n}"' for n in [n for n in meta.columns if n not in own][:3])
        message = (
            f"{meta.file} describes {len(both)} of its {len(own)} columns, and others ({others}); it is of another "
            "table: put this table's own in its place, or take it away."
        )
        raise Refused([Fault(message, printed.file)])
    faults = [
        Fault(f'the column "{n}" has no row in the meta file {meta.file}; describe it there.', printed.file, 1, n)
        for n in own
        if n not in meta.columns
    ]
    faults += [
        Fault(f'"{n}" is described, but the data have no such column.', meta.file, None, "col_name", n)
        for n in meta.columns
        if n not in own
    ]
    if faults:
        raise Refused(faults)
    placed = {n: _inferred(n, "", None) for n in printed.header if n in (*TIME, *PLACE)}
    return tuple(placed.get(n) or meta.columns[n] for n in printed.header)


def with_totals(cells: Path, columns: Sequence[HeldColumn]) -> tuple[HeldColumn, ...]:
    """The same columns, each filter with the value that stands for all its others, where there is one."""
    filters = [c.name for c in columns if c.kind == "filter" and not c.total]
    if not filters:
        return tuple(columns)
    asks = ", ".join(
        f"min({quoted(n)}) FILTER (WHERE regexp_matches({trimmed(n)}, '^(total|all)\\b', 'i') "
        f"AND length({trimmed(n)}) < 60)"
        for n in filters
    )
    exact = ", ".join(f"bool_or({trimmed(n)} = 'Total')" for n in filters)
    with asked() as db:
        row = db.execute(f"SELECT {asks}, {exact} FROM read_parquet({text(cells)})").fetchone()  # noqa: S608
    found = {n: "Total" if row[len(filters) + i] else (row[i] or "") for i, n in enumerate(filters)}
    return tuple(replace(c, total=found.get(c.name, c.total)) for c in columns)


def assumed(printed: Printed, columns: Sequence[HeldColumn]) -> Doubt:
    """What is said of a table whose columns had to be guessed."""
    numbers = ", ".join(c.name for c in columns if c.kind == "indicator") or "none"
    filters = ", ".join(c.name for c in columns if c.kind == "filter") or "none"
    message = f"no meta file stands beside it; taken as indicators: {numbers}; as filters: {filters}."
    return Doubt("meta-inferred", message, printed.file)
