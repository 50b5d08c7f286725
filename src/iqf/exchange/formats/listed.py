"""What is listed here as a package of data that other software reads: one table, and a descriptor that cites it."""

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from iqf.exchange.formats.sheets import csv_text
from iqf.reports.as_cited import AsCited

CHANGED = (
    "What is listed here, or how it is tied to what is counted, has changed since this address was made. What stands "
    "here is of today and is not what was cited; whoever cited it has that in the file that was downloaded with it."
)


def package(name: str, title: str, cited: AsCited, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A table as a zip: NAME.csv and datapackage.json (Frictionless Data, data package 1.0)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.csv", csv_text(columns, rows))
        described = descriptor(name, title, cited, columns, rows)
        archive.writestr("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    return out.getvalue()


def descriptor(
    name: str, title: str, cited: AsCited, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """What the table is, for programs: its address, what it rests on, and the type of each column."""
    fields = [{"name": column, "type": _type([row[at] for row in rows])} for at, column in enumerate(columns)]
    return {
        "profile": "tabular-data-package",
        "name": name,
        "id": cited.address,
        "title": title,
        "version": cited.mark,
        "sources": [{"title": each} for each in cited.citations],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        ],
    }


def _type(cells: Sequence[Any]) -> str:
    known = [cell for cell in cells if cell not in (None, "")]
    if known and all(isinstance(cell, int) and not isinstance(cell, bool) for cell in known):
        return "integer"
    return "string"
