"""Figures as JSON and CSV, and a whole release as its publisher would give it: data, meta file and descriptor."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.sheets import csv_text, neutral
from iqf.indicators.asking import Figure
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import META, PLACE, TIME
from iqf.indicators.words import SYMBOLS
from iqf.reports.figures import citation

if TYPE_CHECKING:
    from iqf.reports.figures import FiguresAnswer

BATCH = 20_000
OPEN_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def figures_json(answer: FiguresAnswer) -> dict[str, Any]:
    """Figures in the shape `figures`: a row has a `value`, or the `symbol` that stands in its place."""
    table = answer.table
    return {
        "dataset": table.dataset,
        "version": table.version,
        "title": table.title,
        "definitions": plain(answer.definitions),
        "address": answer.address,
        "citation": answer.citation,
        "total": answer.total,
        "offset": answer.offset,
        "rows": [row_json(row) for row in answer.rows],
    }


def row_json(row: Figure) -> dict[str, Any]:
    """One figure: the file's own columns, then place, time, indicator, and the number or its marker."""
    found: dict[str, Any] = {
        **row.cells,
        "area": row.area,
        "area_code": row.area_code,
        "geographic_level": row.level,
        "period": row.period,
        "time_identifier": row.identifier,
        "indicator": row.indicator,
    }
    return {**found, "symbol": row.symbol} if row.symbol else {**found, "value": row.value}


def datasets_json(tables: tuple[HeldTable, ...]) -> dict[str, Any]:
    """Every data set: what it counts, where, its columns, version and source."""
    names = ("dataset", "title", "counting", "location_basis", "version", "versions", "rows", "publisher", "licence")
    return {
        "datasets": [
            {n: plain(getattr(t, n)) for n in names}
            | {"columns": [{"name": c.name, "kind": c.kind, "label": c.label, "unit": c.unit} for c in t.columns]}
            for t in tables
        ]
    }


def figures_csv(answer: FiguresAnswer) -> str:
    """Figures as a table, one on a line; a marker stands in its own column."""
    return csv_text(*figures_csv_rows(answer))


def figures_csv_rows(answer: FiguresAnswer) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """The columns and the lines of that table."""
    own = list(answer.rows[0].cells) if answer.rows else []
    columns = (*own, "area", "area_code", "geographic_level", "period", "time_identifier")
    rows = (
        (
            *r.cells.values(),
            *(r.area, r.area_code, r.level, r.period, r.identifier, r.indicator),
            printed(r.value),
            r.symbol,
        )
        for r in answer.rows
    )
    return (*columns, "indicator", "value", "symbol"), rows


def printed(value: float | None) -> str:
    """A number as it is printed: unrounded, and without a point where it is whole."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def package(table: HeldTable) -> bytes:
    """A release as a zip: NAME.csv and NAME.meta.csv in the standard format, and datapackage.json.

    Columns and cells are the release's own, but for text that a spreadsheet would take for a formula. It passes the
    screening that the release passed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(f"{table.dataset}.csv", "w", force_zip64=True) as file:
            for piece in data_csv(table):
                file.write(piece.encode())
        archive.writestr(f"{table.dataset}.meta.csv", meta_csv(table.columns))
        archive.writestr("datapackage.json", json.dumps(descriptor(table), ensure_ascii=False, indent=2) + "\n")
    return out.getvalue()


def data_csv(table: HeldTable) -> Iterator[str]:
    """The cells of a release as CSV, piece by piece: a marker stands where the number would."""
    import pyarrow.parquet as pq  # loaded here: every answer as JSON passes this module, few are tables

    names = [c.name for c in table.columns]
    yield lines([names])
    for batch in pq.ParquetFile(table.path).iter_batches(BATCH):
        cells = [_printed(batch, column) for column in table.columns]
        yield lines([list(row) for row in zip(*cells, strict=True)])


def _printed(batch: Any, column: HeldColumn) -> list[str]:
    values = batch.column(column.name).to_pylist()
    if column.kind != "indicator":
        return [str(neutral(value or "")) for value in values]
    symbols = batch.column(column.symbols).to_pylist()
    return [symbol or printed(value) for value, symbol in zip(values, symbols, strict=True)]


def lines(rows: list[list[str]]) -> str:
    """Rows as the lines of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def meta_csv(columns: Sequence[HeldColumn]) -> str:
    """The meta file of a table with these columns, in the standard format."""
    rows = [[*META, "filter_default"]]
    for c in columns:
        if c.kind == "indicator":
            decimals = "" if c.decimals is None else str(c.decimals)
            rows.append([c.name, "Indicator", c.label, c.group, c.unit, decimals, "", "", ""])
        elif c.kind == "filter" or not _standard(c):
            rows.append([c.name, "Filter", c.label, "", "", "", c.hint, c.group, c.total])
    return lines(rows)


def _standard(column: HeldColumn) -> bool:
    return column.name in (*TIME, *PLACE)


def descriptor(table: HeldTable) -> dict[str, Any]:
    """What a release is, for programs (Frictionless Data, data package 1.0)."""
    return {
        "profile": "tabular-data-package",
        "name": table.dataset,
        "id": f"/figures/{table.dataset}/{table.version}",
        "title": table.title,
        "description": table.definition,
        "version": table.version,
        "licenses": [{"title": table.licence, "path": OPEN_LICENCE}] if "Government" in table.licence else [],
        "contributors": [{"title": table.publisher, "role": "publisher"}] if table.publisher else [],
        "sources": [{"title": table.source_title or table.title}],
        "iqf": {
            "counting": table.counting,
            "location_basis": table.location_basis,
            "named_by": table.named_by,
            "complete_for": table.complete_for,
            "citation": citation(table),
            **({} if table.protection else {"sha256_of_what_was_read": table.sha256}),
            "profile": table.profile,
            "protection": table.protection.as_json() if table.protection else None,
            "changes": list(table.changes),
        },
        "resources": resources(table.dataset, table.columns),
    }


def resources(name: str, columns: Sequence[HeldColumn]) -> list[dict[str, Any]]:
    """The two files of a table, NAME.csv and NAME.meta.csv, as a descriptor names them."""
    fields = [_field(c) for c in columns]
    return [
        {
            "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()),
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": fields, "missingValues": ["", *SYMBOLS]},
        },
        {
            "name": "meta",
            "path": f"{name}.meta.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
        },
    ]


def _field(column: HeldColumn) -> dict[str, Any]:
    kind = "number" if column.kind == "indicator" else "string"
    return {
        "name": column.name,
        "type": kind,
        "title": column.label,
        **({"unit": column.unit} if column.unit else {}),
    }
