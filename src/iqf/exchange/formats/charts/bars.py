"""Groups ranked by a number: a bar for each, its limits as a line over it, its value in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from iqf.exchange.formats.charts.drawing import GREY, INK, PALE, WIDTH, altair, drawn

ROW: Final = 26
PLOT: Final = WIDTH - 320


@dataclass(frozen=True)
class Bar:
    """One group. `value` None: not known, and `words` say why. `low` and `high`: its limits where it has any."""

    name: str
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None


def bar_chart(bars: Sequence[Bar], title: str, about: str, unit: str, compared_with: float | None = None) -> str:
    """Ranked bars as SVG, those not known last; a dashed line at what they are `compared_with`, such as 1."""
    alt = altair()
    ranked = sorted(bars, key=lambda b: (b.value is None, -(b.value or 0)))
    names = [b.name for b in ranked]
    rows = [_row(b) for b in ranked]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False))
    )
    bar = base.mark_bar(color=PALE, stroke=INK, strokeWidth=0.8, height=14).encode(
        x=alt.X("value:Q", title=unit, scale=alt.Scale(zero=True))
    )
    limits = base.mark_rule(color=INK, strokeWidth=1.6).encode(x=alt.X("low:Q", title=unit), x2="high:Q")
    ends = [base.mark_tick(color=INK, thickness=1.6, size=9).encode(x=alt.X(f"{e}:Q")) for e in ("low", "high")]
    words = base.mark_text(align="left").encode(x=alt.value(PLOT + 10), text="words:N")
    layers: list[Any] = [bar, limits, *ends, words]
    if compared_with is not None:
        at = alt.Chart(alt.Data(values=[{"at": compared_with}]))
        layers.append(at.mark_rule(color=GREY, strokeDash=[5, 3], strokeWidth=1.4).encode(x="at:Q"))
    return drawn(alt.layer(*layers).properties(width=PLOT, height=ROW * len(rows)), title, about)


def _row(bar: Bar) -> dict[str, Any]:
    return {"name": bar.name, "value": bar.value, "low": bar.low, "high": bar.high, "words": bar.words}
