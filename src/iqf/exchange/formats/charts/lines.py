"""Numbers over time: one line for each series, told apart by dash, shape and a name at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from iqf.exchange.formats.charts.drawing import DASHES, INK, SHAPES, WIDTH, altair, drawn


@dataclass(frozen=True)
class Point:
    """One number of a series; `value` None leaves a gap."""

    series: str
    period: str
    value: float | None


def line_chart(points: Sequence[Point], title: str, about: str, unit: str) -> str:
    """The series of some points over their periods as SVG. The order of the series is that of their first points."""
    alt = altair()
    names = list(dict.fromkeys(p.series for p in points))
    rows = [{"series": p.series, "period": p.period, "value": p.value} for p in points]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=True)),
    )
    dash, shape = _marks(names)
    line = base.mark_line(color=INK, invalid="break-paths-show-domains").encode(
        strokeDash=alt.StrokeDash("series:N", scale=alt.Scale(domain=names, range=dash), legend=None)
    )
    marks = base.mark_point(color=INK, filled=True, size=45).encode(
        shape=alt.Shape("series:N", scale=alt.Scale(domain=names, range=shape), legend=None)
    )
    return drawn(
        alt.layer(line, marks, _ends(alt, rows, names)).properties(width=WIDTH - 190, height=300), title, about
    )


def _marks(names: Sequence[str]) -> tuple[list[list[int]], list[str]]:
    dashes, shapes = cycle(DASHES), cycle(SHAPES)
    return [list(next(dashes)) for _ in names], [next(shapes) for _ in names]


def _ends(alt: Any, rows: Sequence[dict[str, Any]], names: Sequence[str]) -> Any:
    """The name of each series and its last number, at the end of its line."""
    last = {row["series"]: row for row in rows if row["value"] is not None}
    ends = [{**last[name], "words": f"{name} {last[name]['value']:,g}"} for name in names if name in last]
    text = alt.Chart(alt.Data(values=_apart(ends, max((row["value"] or 0 for row in rows), default=0)))).mark_text(
        align="left", dx=8, limit=180
    )
    return text.encode(x="period:O", y=alt.Y("at:Q"), text="words:N")


def _apart(ends: Sequence[dict[str, Any]], highest: float) -> list[dict[str, Any]]:
    """Names far enough from each other to be read: moved up where two lines end at nearly the same height.

    `highest`: of all numbers drawn, as the axis reaches there.
    """
    step = 0.055 * (highest or 1)
    placed, least = [], float("-inf")
    for end in sorted(ends, key=lambda e: e["value"]):
        at = max(end["value"], least)
        placed.append({**end, "at": at})
        least = at + step
    return placed
