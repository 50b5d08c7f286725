"""The workforce as a person reads it at a terminal: sizes with how sure they are, an area's rates, pay of roles."""

from iqf.cli.text.lines import joined, section
from iqf.exchange.formats import workforce_words as say
from iqf.reports.salaries import SalariesAnswer
from iqf.reports.workforce import AreaAnswer, Estimate, SizesAnswer


def sizes(answer: SizesAnswer) -> str:
    """Every estimate with its year, how it was come by and how sure that makes it."""
    lines = [say.sizes_finding(answer), ""]
    for sector, estimates in (*answer.sectors, ("All sectors", answer.totals)):
        lines.append(f"  {sector}")
        lines += [f"    {_line(one)}" for one in estimates]
    disagreements = [f"{c.statement_a}; but: {c.statement_b}. {c.handling}" for c in answer.contradictions]
    return joined(lines + section("The documents disagree", disagreements))


def _line(one: Estimate) -> str:
    note = f" {one.note}." if one.note else ""
    rests_on = f", from: {one.rests_on}" if one.rests_on else ""
    return (
        f"{say.estimate(one)}, {one.period}; reliability {one.reliability}: {one.method}{rests_on}. "
        f"{one.said.source}, {one.said.locator}.{note}"
    )


def area(answer: AreaAnswer) -> str:
    """An area's numbers beside its region, England and like authorities."""
    lines = [say.area_finding(answer), "", f"From {answer.dataset}, version {answer.version}.", ""]
    for rate in answer.rates:
        lines.append(f"  {rate.label}: {say.own(rate)} ({rate.denominator})")
        wider = f"region {say.value(rate, rate.region)}, England {say.value(rate, rate.england)}"
        lines.append(f"    {wider}{'; ' if say.like(rate) else ''}{say.like(rate)}")
        years = (
            f"{period} {say.value(rate, value) if value is not None else mark}" for period, value, mark in rate.years
        )
        lines.append(f"    {', '.join(years)}")
    if answer.like:
        lines += section(f"Like {answer.name}: {answer.rule}", [", ".join(name for _, name in answer.like)])
    return joined(lines)


def salaries(answer: SalariesAnswer) -> str:
    """Roles by pay at the start."""
    lines = [say.salaries_finding(answer), ""]
    width = max((len(p.role.title) for p in answer.rows), default=0)
    for pay in answer.rows:
        more = f"  to {say.pounds(pay.experienced)} ({say.percent(pay.rise)})" if pay.experienced else ""
        lines.append(f"  {pay.role.title:<{width}}  {say.pounds(pay.starter):>9}{more}")
    if answer.without:
        lines += ["", f"{answer.without} roles have no official job profile, so nothing is said of their pay."]
    return joined(lines)
