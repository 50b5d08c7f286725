"""The workforce as a person reads it at a terminal: sizes with how sure they are, an area's rates, pay of roles."""

from iqf.cli.text.lines import joined, section
from iqf.cli.text.supply import cited
from iqf.exchange.formats import workforce_words as say
from iqf.exchange.formats.supply_words import ratio
from iqf.reports.salaries import SalariesAnswer
from iqf.reports.workforce import Estimate, PrintedRate, SizesAnswer
from iqf.reports.workforce_area import AreaAnswer, Rate, in_post_beside_children


def sizes(answer: SizesAnswer) -> str:
    """Every estimate with its year, how it was come by and how sure that makes it."""
    lines = [say.sizes_finding(answer), ""]
    for sector, estimates in (*answer.sectors, ("All sectors", answer.totals)):
        lines.append(f"  {sector}")
        lines += [f"    {_line(one)}" for one in estimates]
    for title, rates in answer.rates:
        lines += ["", f"  {title}, by role"]
        lines += [f"    {_rate_line(one)}" for one in rates]
    disagreements = [f"{c.statement_a}; but: {c.statement_b}. {c.handling}" for c in answer.contradictions]
    return joined(lines + section("The documents disagree", disagreements))


def _line(one: Estimate) -> str:
    note = f" {one.note}." if one.note else ""
    rests_on = f", from: {one.rests_on}" if one.rests_on else ""
    return (
        f"{say.estimate(one)}, {one.period}; reliability {one.reliability}: {one.method}{rests_on}. "
        f"{one.said.source}, {one.said.locator}.{note}"
    )


def _rate_line(one: PrintedRate) -> str:
    note = f" {one.note}." if one.note else ""
    said = f"{one.label}, {one.area}, {one.period}: {say.printed_rate(one)}; reliability {one.reliability}."
    return f"{said} {one.said.source}, {one.said.locator}.{note}"


def area(answer: AreaAnswer) -> str:
    """An area's numbers beside its region, England and like authorities."""
    lines = [say.area_finding(answer), *say.turned(answer), *filter(None, (say.recoded(answer),)), ""]
    for rate in answer.rates:
        lines.append(f"  {rate.label}: {_own(rate)} ({rate.denominator})")
        region = f"{answer.region_name} {say.value(rate, rate.region)}, " if answer.region else ""
        england = f"England {say.value(rate, rate.england)}" if answer.kind != "country" else ""
        like = f"like authorities: {said}" if (said := say.like(rate)) and not rate.unfit else rate.unfit
        beside = "; ".join(filter(None, (f"{region}{england}", like)))
        lines += [f"    {beside}"] if beside else []
        years = (
            f"{period} {say.value(rate, value) if value is not None else mark}" for period, value, mark in rate.years
        )
        lines.append(f"    {', '.join(years)}")
    lines += _supply(answer)
    if answer.like:
        lines += section(f"Like {answer.name}: {answer.rule}", [", ".join(one.name for one in answer.like)])
    return joined([*lines, "", *cited(answer.address, answer.citations)])


def _own(rate: Rate) -> str:
    limits = say.limits(rate)
    against = f"; {said[:1].lower()}{said[1:]}" if (said := say.beside_england(rate)) else ""
    return f"{say.own(rate)}{f' [{limits}]' if limits else ''}{against}"


def _supply(answer: AreaAnswer) -> list[str]:
    compared = in_post_beside_children(answer)
    if compared is None:
        return []
    row = compared.row
    return ["", f"  In post beside children: {ratio(row)}, {row.found.grade}. {row.found.reason}"]


def salaries(answer: SalariesAnswer) -> str:
    """Roles by pay at the start."""
    lines = [say.salaries_finding(answer), ""]
    width = max((len(p.role.title) for p in answer.rows), default=0)
    for pay in answer.rows:
        more = f"  to {say.pounds(pay.experienced)} ({say.percent(pay.rise)})" if pay.experienced else ""
        lines.append(f"  {pay.role.title:<{width}}  {say.pounds(pay.starter):>9}{more}")
    if answer.without:
        lines += ["", f"{answer.without} roles have no official job profile, so nothing is said of their pay."]
    return joined([*lines, "", *cited(answer.cited.address, answer.cited.citations)])
