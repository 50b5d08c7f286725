"""Ways to a target as a person reads them at a terminal: what to take, why, what it costs, what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from iqf.cli.text.lines import held_lines, joined, named, section
from iqf.reports.reach import SORTS

if TYPE_CHECKING:
    from iqf.analysis.topup.records import Amount, Cost, Total
    from iqf.reports.deadends import DeadEndsAnswer, End
    from iqf.reports.leadership import LeadershipAnswer
    from iqf.reports.reach import ArriveAnswer, ReachAnswer
    from iqf.reports.routes import RoutesAnswer, RouteStep
    from iqf.reports.routes import Way as RouteWay
    from iqf.reports.topup import TopUpAnswer, ToTake, Way

SORT_WORDS = {
    "strengthen": "In this role: what it asks for",
    "next": "Next, as it is stated",
    "enhanced": "Up, in the same field",
    "across": "Across, to other roles",
}
COST_WORDS: dict[Cost, str] = {"credit": "credits", "hours": "guided learning hours"}


def topup(answer: TopUpAnswer) -> str:
    """The definite answer, the set to take with why, the next best, what stands in the way."""
    lines = [f"{answer.status.capitalize()}: {answer.target.title or answer.target.code}", answer.words]
    if answer.best and answer.best.items:
        lines += ["", *_way(answer.best)]
    for number, way in enumerate(answer.alternatives, start=1):
        lines += section(f"Another way, number {number} ({way.status})", _way(way))
    for u in answer.unmet:
        lines += section(f"Cannot be met: {u.statement or u.title}", [u.title] if u.statement else [])
        lines += [f"  {u.why}", f"  It would be possible with: {u.possible_if}."]
    asked = [f"{a.strength_words}: {named(a.qualification)}" for a in answer.shown[:12]]
    lines += section("Also asked for, which does not bind", asked)
    if len(answer.shown) > 12:
        lines.append(f"  and {len(answer.shown) - 12} more; --json lists them all")
    return joined(lines + section("Note", answer.notes) + section("Held", held_lines(answer.held, answer.credited)))


def _way(way: Way) -> list[str]:
    lines = [line for item in way.items for line in _item(item)]
    gap = "not known" if way.gap is None else f"at most {way.gap}"
    return [*lines, f"Together: {_sums(way.cost)}" + ("" if way.status == "optimal" else f". Gap: {gap}")]


def _item(item: ToTake) -> list[str]:
    costs = f"{credits_words(item.credit)}, {amount_words(item.hours)} guided learning hours"
    return [f"{named(item.thing)}: {costs}", f"    {item.because}"]


def credits_words(amount: Amount) -> str:
    """An amount of credit: `3 credits`, `3 to 5 credits`."""
    said = amount_words(amount)
    return f"{said} credit{'' if said == '1' else 's'}"


def amount_words(amount: Amount) -> str:
    """A number, a range, or that it is unknown."""
    if amount.known:
        return str(amount.low)
    if amount.high is None:
        return f"{amount.low} or more" if amount.low else "unknown"
    return f"{amount.low} to {amount.high}"


def total_words(total: Total, many: str = "credits") -> str:
    """A sum with its unit, as far as it is known."""
    if not total.unknown_items:
        return f"{total.known} {many.removesuffix('s') if total.known == 1 else many}"
    if total.high is not None:
        return f"{total.low} to {total.high} {many}"
    if not total.low:
        return f"{many} not known"
    return f"at least {total.low} {many} ({total.unknown_items} not known)"


def routes(answer: RoutesAnswer) -> str:
    """The best ways, step by step, with what each takes; what stands in the way of others."""
    lines = [f"From {answer.start.title} to {answer.goal.title}", answer.words]
    if paid := _pay(answer.salary).removeprefix(", "):
        lines.append(f"Now: {paid}")
    for number, way in enumerate(answer.routes, start=1):
        years = f"; about {way.years:g} years part-time" if way.years else ""
        proof = "" if way.status == "optimal" or way.silent else "; not proven the least"
        lines += ["", f"{number}. {_taken(way)}{years}{proof}"]
        lines += [line for step in way.steps for line in _step(step)]
    lines += section("Cannot be come by", [f"{named(place)}: {why}" for place, why in answer.stops])
    return joined(lines + section("Note", answer.notes) + section("Held", held_lines(answer.held, answer.credited)))


def _taken(way: RouteWay) -> str:
    """What a way takes, as far as it can be said."""
    if not any(step.takes for step in way.steps) and (way.silent or way.steps[-1].open):
        return "what it takes cannot be said" if way.silent else "nothing is required"
    return _sums(way.cost) + (", and what is not on record" if way.silent else "")


def _pay(salary: tuple[int | None, int | None] | None) -> str:
    return f", pay {salary[0]:,} to {salary[1]:,} pounds a year" if salary and salary[0] and salary[1] else ""


def _step(step: RouteStep) -> list[str]:
    stated = "" if step.stated else " [no stated route]"
    entry = [each for each in step.entry if each != "none"]
    pay = _pay(step.salary) + (f"; at entry: {', '.join(entry)}" if entry else "")
    way = f" ({', '.join(filter(None, (step.direction, 'into another group' if step.crosses else '')))})"
    lines = [f"   -> {named(step.thing)}{way if way != ' ()' else ''}{stated}{pay}"]
    if step.silent:
        lines.append("        nothing is on record that it asks for")
    if step.open:
        lines.append("        nothing is required: it is on record as having no entry requirement")
    if step.uncounted:
        lines.append("        which qualification its entry means is not on record, so it is not in the sum")
    return lines + [f"        take {named(t.thing)}: {credits_words(t.credit)}" for t in step.takes]


def _sums(cost: Mapping[Cost, Total]) -> str:
    return "; ".join(total_words(cost[name], words) for name, words in COST_WORDS.items())


def reach(answer: ReachAnswer) -> str:
    """Everything that one can get to: in the role one is in, up, across; least effort first."""
    lines = [f"From {answer.start.title}, least effort first"]
    for sort in SORTS:
        said = []
        for r in answer.of(sort):
            steps = f"{r.stated_steps} stated steps" if r.stated_steps is not None else "no stated route"
            effort = _sums(r.cost) if r.cost is not None else f"{r.status}: {r.why}"
            effort = f"nothing is required: {r.why}" if r.open else effort
            said.append(f"{r.thing.title}: {effort} ({', '.join(filter(None, (r.direction, steps)))})")
        lines += section(SORT_WORDS[sort], said)
    return joined(lines + section("Held", held_lines(answer.held, answer.credited)))


def arrive(answer: ArriveAnswer) -> str:
    """What leads to a role by stated steps, nearest first."""
    lines = [f"How people come to {answer.goal.title}: within {answer.most_steps} stated steps", ""]
    for o in answer.origins:
        by = f", by {named(o.by[0])}" if o.by else ""
        lines.append(f"  {o.steps}  {o.thing.kind:<13} {named(o.thing)}{by}")
    return joined(lines)


def deadends(answer: DeadEndsAnswer) -> str:
    """What leads nowhere up, and what only a full degree leads on from."""
    lines = [f"{answer.looked_at} qualifications and roles were looked at. {answer.rule}"]
    lines += section(f"No way up: {len(answer.dead)}", _ends(answer.dead))
    lines += section(f"Only a full degree leads on: {len(answer.only_a_degree)}", _ends(answer.only_a_degree))
    return joined(lines)


def leadership(answer: LeadershipAnswer) -> str:
    """Qualifications for leaders, lowest level first, with the sectors whose roles ask for them."""
    crossing = sum(x.crosses for x in answer.found)
    lines = [f"{len(answer.found)} qualifications for leaders; {crossing} across professional lines. {answer.rule}"]
    for x in answer.found:
        sectors = "; ".join(x.sectors or [r.title for r in x.roles]) or "no role on record asks for it"
        mark = "crosses" if x.crosses else ""
        lines.append(
            f"  level {x.qualification.level or 'not known':<9} {mark:<8} {named(x.qualification)}: {sectors}"
        )
    return joined(lines)


def _ends(ends: Sequence[End]) -> list[str]:
    return [f"{e.thing.kind:<13} level {e.thing.level or 'not known'}  {named(e.thing)}" for e in ends]
