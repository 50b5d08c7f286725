"""The workforce in sentences and as charts: sizes that never stand bare, rates with what they are divided by."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from iqf.exchange.formats.charts.bars import Bar, bar_chart
from iqf.exchange.formats.charts.lines import Point, line_chart
from iqf.exchange.formats.supply_words import SAID, number
from iqf.reports.salaries import Pay, SalariesAnswer
from iqf.reports.workforce import Estimate, PrintedRate, SizesAnswer
from iqf.reports.workforce_area import AreaAnswer, Rate

MANY: Final = 1000
FTE: Final = " (full-time equivalent)"
AGAINST: Final = {
    "above": "Above England by more than chance",
    "about": "Not told apart from England: chance alone may make the difference",
    "below": "Below England by more than chance",
}


def sizes_finding(answer: SizesAnswer) -> str:
    """The totals beside each other: how many there are, and that they differ."""
    if not answer.totals:
        return "No estimate of the size of the workforce is held."
    totals = ", ".join(f"{number(t.value)} ({t.period}, {t.reliability})" for t in answer.totals)
    return f"The documents give {len(answer.totals)} sizes of the whole workforce: {totals}. None stands alone."


def estimate(one: Estimate) -> str:
    """A number with its qualifier: never without."""
    return f"{one.qualifier} {number(one.value)}".strip()


def printed_rate(one: PrintedRate) -> str:
    """A rate of a role with its qualifier, if it has one, and with no more decimals than are printed."""
    return f"{one.qualifier} {one.value:g} %".strip()


def rates_line(rates: Sequence[PrintedRate]) -> str:
    """All rates of one kind of one role: place and year each once where they are the same for several."""
    several = len({rate.label for rate in rates}) > 1
    said = []
    for rate in rates:
        of = f"{rate.label}, " if several else ""
        said.append(f"{printed_rate(rate)} ({of}{rate.area}, {rate.period})")
    return "; ".join(dict.fromkeys(said))


def value(rate: Rate, shown: float | None) -> str:
    """One number of a rate, or a dash."""
    return number(shown, rate.unit)


def own(rate: Rate) -> str:
    """The area's own number, or what its symbol says."""
    if rate.value is not None:
        return number(rate.value, rate.unit)
    return f"{rate.symbol}: {SAID.get(rate.symbol, 'no number')}" if rate.symbol else "no number"


def limits(rate: Rate) -> str:
    """The limits of a rate in words; what is wrong with it; or blank where there are none."""
    if rate.limits is None:
        return rate.doubt
    return f"{rate.limits.low:.1f} to {rate.limits.high:.1f} %"


def beside_england(rate: Rate) -> str:
    """What a rate is beside England, as far as chance lets that be said; blank where it cannot be."""
    return AGAINST.get(rate.against, "")


def like(rate: Rate) -> str:
    """How it stands beside like areas, or why it is not compared."""
    if rate.unfit:
        return rate.unfit
    if rate.like is None:
        return ""
    return f"{number(rate.like.middle, rate.unit)}; {rate.like.below} of {rate.like.known} are lower"


def area_finding(answer: AreaAnswer) -> str:
    """An area's rates in a sentence, those first that differ from England's by more than chance."""
    if all(rate.value is None for rate in answer.rates):
        known = [period for rate in answer.rates for period, number, _ in rate.years if number is not None]
        last = f" The last numbers are of {max(known)}." if known else ""
        return f"Nothing is published of {answer.name} in {answer.period} ({own(answer.rates[0])}).{last}"
    ranked = sorted(answer.rates, key=lambda rate: rate.against not in ("above", "below"))
    parts = [f"{short_label(rate).lower()} {own(rate)}{_than(rate)}" for rate in ranked]
    fte = ", in full-time equivalents" if in_fte(answer) else ""
    return f"{answer.name} in {answer.period}: {', '.join(parts)}{fte}."


def short_label(rate: Rate) -> str:
    """What a rate is called where it is said once for all that they are of full-time equivalents."""
    return rate.label.removesuffix(FTE)


def in_fte(answer: AreaAnswer) -> bool:
    """Whether every number is of full-time equivalents."""
    return all(rate.label.endswith(FTE) for rate in answer.rates)


def measured(shown: float) -> str:
    """A measure of likeness as people read it: a large number whole, a small one with a decimal."""
    return f"{shown:,.0f}" if shown >= MANY else f"{shown:,.1f}"


def _than(rate: Rate) -> str:
    if not rate.against:
        return ""
    how = {"above": "above", "below": "below", "about": "not told apart from"}[rate.against]
    return f" ({how} England’s {number(rate.england, rate.unit)})"


def turned(answer: AreaAnswer) -> tuple[str, ...]:
    """What came of an area and what it came from, and that nothing is carried over."""
    mine = set(answer.codes)
    became = [t for t in answer.turns if t.old[0] in mine]
    came = [t for t in answer.turns if t.new[0] in mine]
    said = []
    if answer.ended:
        said.append(f"The figures of {answer.name} end in {answer.period}.")
    if became:
        said.append(f"On {_day(became[0].on)} its area went to {_and([t.new[1] for t in became])}.")
    if came:
        said.append(f"Its area came from {_and([t.old[1] for t in came])} on {_day(came[0].on)}.")
    if became or came:
        said.append("Nothing is carried over from one to the other.")
    return tuple(said)


def recoded(answer: AreaAnswer) -> str:
    """That an area only got another code; blank where it did not."""
    if len(answer.codes) < 2:
        return ""
    return f"Its code was {_and(answer.codes[1:])} before, and its figures go on under {answer.code}."


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def area_chart(answer: AreaAnswer, indicator: str = "turnover_rate_fte") -> str:
    """One rate of an area over its years beside its region and England, as SVG. Raises ValueError for an indicator
    that is not shown.
    """
    rate = next((r for r in answer.rates if r.indicator == indicator), None)
    if rate is None:
        raise ValueError(f"{indicator} is not shown here.")
    known = [(p, v) for p, v, _ in rate.years if v is not None]
    title = f"{rate.label} in {answer.name}: not published in any year"
    if known:
        (first, before), (last, now) = known[0], known[-1]
        then, today = number(before, rate.unit), number(now, rate.unit)
        title = f"{rate.label} in {answer.name}: {then} in {first}, {today} in {last}"
    wider = [(answer.region_name, rate.region_years), ("England", rate.england_years)] if rate.unit else []
    every = [(answer.name, rate.years), *wider]
    points = [Point(name, period, v) for name, years in every for period, v, _ in years]
    return line_chart(
        points,
        title,
        f"{rate.denominator}; {answer.dataset} {answer.version}.",
        rate.unit or ("full-time equivalents" if in_fte(answer) else "people"),
    )


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
