"""The workforce in sentences and as charts: sizes that never stand bare, rates with what they are divided by."""

from typing import Final

from iqf.exchange.formats.charts.bars import Bar, bar_chart
from iqf.exchange.formats.charts.lines import Point, line_chart
from iqf.exchange.formats.supply_words import SAID, number
from iqf.reports.salaries import Pay, SalariesAnswer
from iqf.reports.workforce import AreaAnswer, Estimate, Rate, SizesAnswer

FTE: Final = " (full-time equivalent)"


def sizes_finding(answer: SizesAnswer) -> str:
    """The totals beside each other: how many there are, and that they differ."""
    if not answer.totals:
        return "No estimate of the size of the workforce is held."
    totals = ", ".join(f"{number(t.value)} ({t.reliability})" for t in answer.totals)
    return f"The documents give {len(answer.totals)} sizes of the whole workforce: {totals}. None stands alone."


def estimate(one: Estimate) -> str:
    """A number with its qualifier: never without."""
    return f"{one.qualifier} {number(one.value)}".strip()


def value(rate: Rate, shown: float | None) -> str:
    """One number of a rate, or a dash."""
    return number(shown, rate.unit)


def own(rate: Rate) -> str:
    """The area's own number, or what its symbol says."""
    if rate.value is not None:
        return number(rate.value, rate.unit)
    return f"{rate.symbol}: {SAID.get(rate.symbol, 'no number')}" if rate.symbol else "no number"


def like(rate: Rate) -> str:
    """How it stands beside like areas, or why it is not compared."""
    if rate.unfit:
        return rate.unfit
    if rate.like is None:
        return ""
    middle = number(rate.like.middle, rate.unit)
    return f"of {rate.like.known} like authorities half are below {middle}, and {rate.like.below} below this one"


def area_finding(answer: AreaAnswer) -> str:
    """The first rates of an area in a sentence."""
    labels = [rate.label.lower() for rate in answer.rates]
    same = all(label.endswith(FTE) for label in labels)
    parts = [f"{label.removesuffix(FTE)} {own(r)}" for label, r in zip(labels, answer.rates, strict=True)]
    return f"{answer.name} in {answer.period}: {', '.join(parts)}{', in full-time equivalents' if same else ''}."


def area_chart(answer: AreaAnswer, indicator: str = "turnover_rate_fte") -> str:
    """One rate of an area over its years, as SVG. Raises ValueError for an indicator that is not shown."""
    rate = next((r for r in answer.rates if r.indicator == indicator), None)
    if rate is None:
        raise ValueError(f"{indicator} is not shown here.")
    known = [(p, v) for p, v, _ in rate.years if v is not None]
    title = f"{rate.label} in {answer.name}: not published in any year"
    if known:
        (first, before), (last, now) = known[0], known[-1]
        then, today = number(before, rate.unit), number(now, rate.unit)
        title = f"{rate.label} in {answer.name}: {then} in {first}, {today} in {last}"
    points = [Point(answer.name, period, v) for period, v, _ in rate.years]
    return line_chart(points, title, f"{rate.denominator}; {answer.dataset} {answer.version}.", rate.unit or "people")


def pounds(amount: float | None) -> str:
    """Pounds a year."""
    return "not said" if amount is None else f"£{amount:,.0f}"


def percent(share: float | None) -> str:
    """A difference as a share, with its sign."""
    return "" if share is None else f"{100 * share:+.0f} %"


def salaries_finding(answer: SalariesAnswer) -> str:
    """The range of pay at the start."""
    paid = [p for p in answer.rows if p.starter is not None]
    if not paid:
        return (
            "No role here has an official job profile that says what it pays; read the profiles in with iqf ingest."
        )
    most, least = paid[0], paid[-1]
    return (
        f"Pay at the start runs from {pounds(least.starter)} ({least.role.title}) to {pounds(most.starter)} "
        f"({most.role.title}); half of {len(paid)} roles start below {pounds(answer.middle)}."
    )


def salaries_chart(answer: SalariesAnswer) -> str:
    """Roles ranked by pay at the start; the line reaches to pay with experience."""
    return bar_chart(
        [_bar(pay) for pay in answer.rows],
        salaries_finding(answer),
        "Official job profiles. Bar: pay at the start. Line: up to pay with experience. Dashed: the middle role.",
        "pounds a year",
        answer.middle,
    )


def _bar(pay: Pay) -> Bar:
    both = pay.starter is not None and pay.experienced is not None
    words = pounds(pay.starter) + (f" to {pounds(pay.experienced)}" if pay.experienced else "")
    low, high = (pay.starter, pay.experienced) if both else (None, None)
    return Bar(pay.role.title, pay.starter, words, low, high)
