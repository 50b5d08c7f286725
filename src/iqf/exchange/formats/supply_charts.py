"""Take-up and supply as charts: lines where time is cut by, else ranked bars; a tile map and a funnel of areas."""

from collections.abc import Callable
from math import isfinite

from iqf.analysis.supply import FEWEST_EXPECTED, Ratio
from iqf.exchange.formats import supply_words as say
from iqf.exchange.formats.charts.bars import Bar, bar_chart
from iqf.exchange.formats.charts.blocks import block_map
from iqf.exchange.formats.charts.funnels import Dot, funnel_chart
from iqf.exchange.formats.charts.lines import Point, line_chart
from iqf.exchange.formats.charts.tiles import Tile, tile_map
from iqf.reports.supply import SupplyAnswer, SupplyRow
from iqf.reports.takeup import TakeUpAnswer, TakeUpRow


def takeup_chart(answer: TakeUpAnswer, period: str = "time_period") -> str:
    """The first indicator of a cut as SVG: a line for each group over periods, or a bar for each group."""
    rows = [row for row in answer.rows if row.indicator == answer.rows[0].indicator] if answer.rows else []
    title = say.takeup_finding(answer)
    about = f"{answer.title}, version {answer.version}. What is counted: {answer.counting_words}."
    unit = rows[0].label if rows else ""
    if rows and period in rows[0].by and len({row.by[period] for row in rows}) > 1:
        return line_chart([_point(row, period) for row in rows], title, about, unit)
    return bar_chart([Bar(say.group(row), row.value, say.cell(row)) for row in rows], title, about, unit)


def _point(row: TakeUpRow, period: str) -> Point:
    others = {k: v for k, v in row.by.items() if k != period and not k.endswith("_code") and v}
    return Point(", ".join(others.values()) or row.label, say.shown(period, row.by[period]), row.value)


def supply_drawings(answer: SupplyAnswer) -> dict[str, Callable[[SupplyAnswer], str]]:
    """The drawings that show something, by name: none without a ratio, a map where it is known where areas lie."""
    known = [row for row in answer.rows if _best(row)]
    placed = known and (answer.by == "region" or any(row.region[0] for row in answer.rows))
    counted = sum(row.found.quotient is not None and row.found.area.learners is not None for row in known) > 1
    drawn = {"svg": (known, supply_chart), "map": (placed, supply_map), "funnel": (counted, supply_funnel)}
    return {name: draw for name, (shows, draw) in drawn.items() if shows}


def supply_chart(answer: SupplyAnswer) -> str:
    """Areas ranked by their ratio, with its limits, beside 1, the share that they would have."""
    bars = [_bar(row) for row in answer.rows]
    about = f"{say.basis(answer)} A ratio of 1 is the share of people; lines are 95 % limits."
    return bar_chart(bars, say.supply_finding(answer), about, _axis(answer), 1.0)


def _axis(answer: SupplyAnswer) -> str:
    return (
        f"{answer.whom} ÷ expected by age" if answer.standardised_by else f"share of {answer.whom} ÷ share of people"
    )


def _bar(row: SupplyRow) -> Bar:
    best = _best(row)
    if best is None:
        return Bar(row.name, None, "not assessable")
    low, high = (best.limits.low, best.limits.high) if best.limits else (None, None)
    return Bar(row.name, best.value, say.ratio(row), low, high)


def _best(row: SupplyRow) -> Ratio | None:
    return row.found.standardised or row.found.quotient


def supply_map(answer: SupplyAnswer) -> str:
    """Regions as tiles, or authorities within theirs; the darkest have fewer than their share beyond chance."""
    if answer.by != "region":
        return authority_map(answer)
    tiles = [Tile(row.code, row.name, _tile_words(row), _shade(row)) for row in answer.rows]
    about = f"{say.basis(answer)} Dark: low beyond chance. Grey: below 1. Dashed: no ratio is known."
    return tile_map(tiles, say.supply_finding(answer), about)


def authority_map(answer: SupplyAnswer) -> str:
    """The authorities of each region as tiles, shaded as the regions are."""
    blocks: dict[str, tuple[str, list[Tile]]] = {}
    for row in answer.rows:
        code, name = row.region
        if code:
            best = _best(row)
            tile = Tile(row.code, row.name, f"{best.value:.2f}" if best else "–", _shade(row))
            blocks.setdefault(code, (name, []))[1].append(tile)
    left_out = sum(not row.region[0] for row in answer.rows)
    lost = f" Not drawn: {left_out} whose region is not held." if left_out else ""
    about = f"{say.basis(answer)} Dark: low beyond chance. Grey: below 1. Dashed: no ratio is known.{lost}"
    return block_map(blocks, say.supply_finding(answer), about)


def _tile_words(row: SupplyRow) -> str:
    words = say.ratio(row).replace(" (", "|").replace(")", "")
    return "not assessable" if words == "–" else words


def _shade(row: SupplyRow) -> int | None:
    best = _best(row)
    if best is None:
        return None
    if row.found.grade in say.GRADES_LOW:
        return 2
    return 1 if best.value < 1 else 0


def supply_funnel(answer: SupplyAnswer) -> str:
    """Areas by how many learners they would have had at their share of people, inside the limits of chance."""
    whole = answer.whole.learners if answer.whole else None
    dots = [dot for row in answer.rows if (dot := _dot(row, whole))]
    widened = f" Widened by what {answer.spread.areas} areas vary anyway." if answer.spread else ""
    named = "Filled: beyond them, though so many are compared; named where there is room."
    about = f"{say.basis(answer)} Limits of chance: 95 % (line) and 99.8 % (dashes).{widened} {named}"
    tau2 = answer.spread.tau2 if answer.spread else 0.0
    of = None if answer.standardised_by else whole
    return funnel_chart(dots, say.supply_finding(answer), about, tau2, answer.whom, of)


def _dot(row: SupplyRow, whole: float | None) -> Dot | None:
    """An area as it was compared: its expected learners are a share of the whole that was, never of what is shown."""
    found = row.found
    if found.quotient is None or found.base_share is None or found.area.learners is None or whole is None:
        return None
    expected = found.area.expected or found.base_share * whole
    if expected < FEWEST_EXPECTED or not isfinite(expected):
        return None
    return Dot(row.name, expected, found.area.learners / expected, found.stands_out)
