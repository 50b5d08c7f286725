"""Ratios of many areas by how many were expected, inside the limits of chance: which of them lie outside?

Limits are those of `analysis.funnel`: 95 % and 99.8 %, widened by what areas vary anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from iqf.analysis import funnel
from iqf.exchange.formats.charts.drawing import GREY, INK, WIDTH, altair, drawn

CONFIDENCES: Final = (0.95, 0.998)
STEPS: Final = 60


@dataclass(frozen=True)
class Dot:
    """One area: how many were expected, the ratio of what was seen to that, and whether it stands out."""

    name: str
    expected: float
    ratio: float
    stands_out: bool


def funnel_chart(dots: Sequence[Dot], title: str, about: str, tau2: float = 0.0, whom: str = "learners") -> str:
    """A funnel plot as SVG: filled marks and names for the areas that stand out, hollow ones for the rest."""
    alt = altair()
    rows = [{"name": d.name, "expected": d.expected, "ratio": d.ratio, "out": d.stands_out} for d in dots]
    x = alt.X("expected:Q", title=f"{whom} expected", scale=alt.Scale(zero=False, nice=False, type="log"))
    y = alt.Y("ratio:Q", title=f"{whom} seen ÷ expected")
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    rest = base.mark_point(stroke=INK, fill="white", size=45).transform_filter("!datum.out")
    out = base.mark_point(stroke=INK, fill=INK, size=60, shape="diamond").transform_filter("datum.out")
    names = base.mark_text(align="left", dx=8).encode(text="name:N").transform_filter("datum.out")
    layers = [*_limits(alt, dots, tau2, x), rest, out, names]
    return drawn(alt.layer(*layers).properties(width=WIDTH - 110, height=340), title, about)


def _limits(alt: Any, dots: Sequence[Dot], tau2: float, x: Any) -> list[Any]:
    """The curves of the limits and the line of no difference, over the range of what was expected."""
    lowest, highest = min(d.expected for d in dots), max(d.expected for d in dots)
    grow = (highest / lowest) ** (1 / STEPS)
    places = [lowest * grow**step for step in range(STEPS + 1)]
    layers = []
    for confidence, dash in zip(CONFIDENCES, ([1, 0], [5, 3]), strict=True):
        for side in ("low", "high"):
            points = [
                {"expected": e, "ratio": getattr(funnel.limits_at(1 / sqrt(e), confidence, tau2), side)}
                for e in places
            ]
            line = alt.Chart(alt.Data(values=points)).mark_line(color=GREY, strokeDash=dash, strokeWidth=1.2)
            layers.append(line.encode(x=x, y="ratio:Q"))
    middle = alt.Chart(alt.Data(values=[{"ratio": 1}])).mark_rule(color=INK, strokeWidth=0.8).encode(y="ratio:Q")
    return [middle, *layers]
