"""Ratios of many areas by how many were expected, inside the limits of chance: which of them lie outside?

Limits are those of `analysis.funnel`: 95 % and 99.8 %, widened by what areas vary anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

from iqf.analysis import funnel
from iqf.exchange.formats.charts.drawing import GREY, INK, WIDTH, altair, drawn
from iqf.exchange.formats.charts.labels import Label, Spot, placed

CONFIDENCES: Final = (0.95, 0.998)
STEPS: Final = 60
WIDE, HIGH = WIDTH - 60, 340
"""Width and height of the plot in units of the drawing."""
MARGIN: Final = 0.04
"""Room beyond the outermost marks, as a share of what the axis spans."""


@dataclass(frozen=True)
class Dot:
    """One area: how many were expected, the ratio of what was seen to that, and whether it stands out."""

    name: str
    expected: float
    ratio: float
    stands_out: bool


@dataclass(frozen=True)
class _Frame:
    """What the axes span, so that it is known where on the drawing a mark lies."""

    least: float
    most: float
    low: float
    high: float

    def spot(self, dot: Dot) -> Spot:
        across = (log(dot.expected) - log(self.least)) / (log(self.most) - log(self.least))
        down = (self.high - dot.ratio) / (self.high - self.low)
        return Spot(dot.name, across * WIDE, down * HIGH)


def funnel_chart(
    dots: Sequence[Dot],
    title: str,
    about: str,
    tau2: float = 0.0,
    whom: str = "learners",
    of: float | None = None,
) -> str:
    """A funnel plot as SVG: filled marks for the areas that stand out, named where a name has room; hollow ones for
    the rest. `of`: how many there are in all, where limits are those of a share of them (see `funnel.error_of`).
    """
    alt = altair()
    curves = _curves(dots, tau2, of)
    frame = _frame(dots, curves)
    rows = [{"name": d.name, "expected": d.expected, "ratio": d.ratio, "out": d.stands_out} for d in dots]
    across = alt.Scale(type="log", domain=[frame.least, frame.most], nice=False)
    x = alt.X("expected:Q", title=f"{whom} expected", scale=across, axis=alt.Axis(format=",.0f", labelOverlap=True))
    up = alt.Scale(domain=[frame.low, frame.high], nice=False, zero=False)
    y = alt.Y("ratio:Q", title=f"{whom} seen ÷ expected", scale=up)
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    rest = base.mark_point(stroke=INK, fill="white", opacity=1, size=45).transform_filter("!datum.out")
    out = base.mark_point(stroke=INK, fill=INK, opacity=1, size=60, shape="diamond").transform_filter("datum.out")
    layers = [*_limits(alt, curves, x, y), rest, out, *_names(alt, dots, frame)]
    return drawn(alt.layer(*layers).properties(width=WIDE, height=HIGH), title, about)


Curve = tuple[int, list[tuple[float, float]]]


def _curves(dots: Sequence[Dot], tau2: float, of: float | None) -> list[Curve]:
    """The limits over the range of what was expected: the number of the confidence, and the points of each curve."""
    lowest, highest = min(d.expected for d in dots), max(d.expected for d in dots)
    grow = (highest / lowest) ** (1 / STEPS)
    places = [lowest * grow**step for step in range(STEPS + 1)]
    found = []
    for number, confidence in enumerate(CONFIDENCES):
        limits = [(e, funnel.limits_at(funnel.error_of(e, of), confidence, tau2)) for e in places]
        found += [(number, [(e, getattr(each, side)) for e, each in limits]) for side in ("low", "high")]
    return found


def _frame(dots: Sequence[Dot], curves: Sequence[Curve]) -> _Frame:
    expected = [d.expected for d in dots]
    ratios = [d.ratio for d in dots] + [ratio for _, points in curves for _, ratio in points]
    grow = max((max(expected) / min(expected)) ** MARGIN, 1.02)
    room = max(0.02, MARGIN * (max(ratios) - min(ratios)))
    return _Frame(min(expected) / grow, max(expected) * grow, max(0.0, min(ratios) - room), max(ratios) + room)


def _limits(alt: Any, curves: Sequence[Curve], x: Any, y: Any) -> list[Any]:
    """The curves of the limits and the line of no difference."""
    layers = []
    for number, points in curves:
        values = [{"expected": e, "ratio": ratio} for e, ratio in points]
        dash = ([1, 0], [5, 3])[number]
        line = alt.Chart(alt.Data(values=values)).mark_line(color=GREY, strokeDash=dash, strokeWidth=1.2)
        layers.append(line.encode(x=x, y=y))
    middle = alt.Chart(alt.Data(values=[{"ratio": 1}])).mark_rule(color=INK, strokeWidth=0.8).encode(y=y)
    return [middle, *layers]


def _names(alt: Any, dots: Sequence[Dot], frame: _Frame) -> list[Any]:
    """Names of what stands out, furthest off first, each where it hides no mark and no other name."""
    spots = {dot.name: frame.spot(dot) for dot in dots}
    out = sorted((d for d in dots if d.stands_out), key=lambda d: -abs(d.ratio - 1))
    labels = placed([spots[d.name] for d in out], list(spots.values()), WIDE, HIGH)
    return [_name(alt, label) for label in labels]


def _name(alt: Any, label: Label) -> Any:
    text = alt.Chart(alt.Data(values=[{}])).mark_text(align=label.align, baseline="middle", fontSize=11)
    return text.encode(x=alt.value(label.x), y=alt.value(label.y), text=alt.value(label.name))
