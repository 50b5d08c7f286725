"""Small tables held through the actions, for tests of whatever asks them."""

import csv
import hashlib
import io

import pyarrow as pa
import pyarrow.parquet as pq

from iqf.evidence.actions import hold_sources
from iqf.evidence.models import Source
from iqf.indicators.actions import Arrived, DatasetFacts, hold_release
from iqf.indicators.queries import HeldColumn

TIME = ("time_period", "time_identifier")
PLACE = (
    *("geographic_level", "country_code", "country_name", "region_code", "region_name"),
    *("new_la_code", "la_name", "lad_code", "lad_name"),
)


def held(tmp_path, printed, *, code="small", indicators=("posts",), dry_run=False, columns=None, **facts):
    """Hold a table printed as CSV text. Columns are of time and place by their names; `indicators` are numbers."""
    rows = list(csv.reader(io.StringIO(printed.strip())))
    header, cells = rows[0], rows[1:]
    path = tmp_path / "arrived.parquet"
    pq.write_table(
        pa.table({name: pa.array([row[i] or None for row in cells], pa.string()) for i, name in enumerate(header)}),
        path,
    )
    kinds = {name: "time" if name in TIME else "place" if name in PLACE else "filter" for name in header}
    kinds |= dict.fromkeys(indicators, "indicator")
    arrived = Arrived(
        cells=path,
        columns=columns or tuple(_column(name, kinds[name], {r[i] for r in cells}) for i, name in enumerate(header)),
        rows=len(cells),
        sha256=hashlib.sha256(printed.encode()).hexdigest(),
        file_name=f"{code}.csv",
    )
    source = hold_sources([Source(key=f"statistics:{code}", title="A small table")]).rows[f"statistics:{code}"]
    known = {"title": "A small table", "counting": "workers", "location_basis": "workplace", **facts}
    return hold_release(
        by="tests", source=source, facts=DatasetFacts(code=code, **known), arrived=arrived, dry_run=dry_run
    )


def _column(name, kind, values):
    total = "Total" if kind == "filter" and "Total" in values else ""
    return HeldColumn(name, kind, name.replace("_", " "), total=total)
