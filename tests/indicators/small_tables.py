"""Small statistical tables written by hand, and what they come to, reckoned row by row in plain Python."""

from collections import defaultdict

import pyarrow as pa
import pyarrow.parquet as pq

BY_SYMBOL = {"c": (0, 4), "k": (0, 5), "low": (0, 5), "x": (0, None), "u": (0, None)}
"""What symbols stand for where counts below 5 are suppressed and the rest rounded to tens."""

STARTS = [
    ("2024", "E12000001", "Youth", "30", "40"),
    ("2024", "E12000001", "Care", "20", "50"),
    ("2024", "E12000002", "Youth", "c", "10"),
    ("2024", "E12000002", "Care", "70", "100"),
    ("2024", "E12000003", "Youth", "low", "60"),
    ("2024", "E12000003", "Care", "x", "20"),
    ("2024", "E12000004", "Youth", "z", "z"),
    ("2024", "E12000004", "Care", "10", "0"),
    ("2025", "E12000001", "Youth", "35", "45"),
    ("2025", "E12000004", "Youth", "z", "u"),
]
"""Year, region, cluster, starts and people: a number, or the symbol that stands instead of it."""

AIMS = [
    ("ann", "E12000001", "Youth", "2"),
    ("ann", "E12000001", "Youth", "2"),
    ("ann", "E12000001", "Youth", "3"),
    ("ben", "E12000001", "Youth", "2"),
    ("cat", "E12000002", "Care", "2"),
]
"""Person, region, cluster, level: one row for each aim."""


def starts(folder):
    """The table of starts as a release is kept."""
    years, regions, clusters, *numbers = zip(*STARTS, strict=True)
    columns = {"time_period": years, "region_code": regions, "cluster": clusters}
    for name, texts in zip(("starts", "people"), numbers, strict=True):
        columns[name] = pa.array([float(t) if t.isdigit() else None for t in texts], pa.float64())
        columns[f"{name}__symbol"] = pa.array([None if t.isdigit() else t for t in texts], pa.string())
    return _written(folder / "starts.parquet", columns)


def aims(folder):
    """The table of learner rows."""
    names = ("learner", "region_code", "cluster", "level")
    return _written(folder / "aims.parquet", dict(zip(names, zip(*AIMS, strict=True), strict=True)))


def _written(path, columns):
    pq.write_table(pa.table(columns), path)
    return path


def added_by_hand(indicator, *by):
    """What `added` answers, row by row: cells, missing, symbol, total, at least, at most."""
    names = ("time_period", "region_code", "cluster", "starts", "people")
    groups = defaultdict(list)
    for row in STARTS:
        cells = dict(zip(names, row, strict=True))
        groups[tuple(cells[b] for b in by)].append(cells[indicator])
    return {key: _sum(texts) for key, texts in groups.items()}


def _sum(texts):
    applying = [t for t in texts if t != "z"]
    if not applying:
        return (0, 0, "z", None, None, None)
    numbers = [float(t) for t in applying if t.isdigit()]
    hidden = [BY_SYMBOL[t] for t in applying if not t.isdigit()]
    least = sum(numbers) + sum(low for low, _ in hidden)
    bounded = all(high is not None for _, high in hidden)
    most = sum(numbers) + sum(high for _, high in hidden) if bounded else None
    marks = sorted((t for t in applying if not t.isdigit()), key=lambda t: (t != "c", t))
    return (len(applying), len(hidden), marks[0] if marks else None, None if hidden else least, least, most)
