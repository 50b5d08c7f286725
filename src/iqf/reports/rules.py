"""Does a holding meet the rules of a qualification, or what a role requires? Node by node, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.timezone import localdate

from iqf.analysis.entry_criteria import National
from iqf.analysis.rules import CreditRange, RuleAnswer, evaluate
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.codes import LEVELS, level_rank, parse_level
from iqf.reports.asked import asked_by, binding
from iqf.reports.entry_criteria import EmployerAsks, employers_of_role
from iqf.reports.holdings import CreditedStatement, Holdings, age_notes, comparison_notes, holdings_of
from iqf.reports.rulesets import Rules, load_rules
from iqf.reports.things import Ref, ref


@dataclass(frozen=True)
class Node:
    """One node of the answer. `missing`: required units not held; `could_add`: listed ones that would help."""

    id: str
    title: str
    words: str
    verdict: str
    credit_met: CreditRange
    credit_needed: int | None
    units_met: int
    units_needed: int | None
    credit_short: int
    units_short: int
    missing: tuple[Ref, ...]
    could_add: tuple[Ref, ...]
    because: str
    depth: int


@dataclass(frozen=True)
class EmployerVerdict:
    """Whether one thing that a single employer asks for is met by what is held, and why; what it asks."""

    asks: EmployerAsks
    verdict: str
    because: str


@dataclass(frozen=True)
class RulesAnswer:
    """The verdict for a target and what it rests on.

    `employers`: what single employers ask in a role besides. The verdict is about what binds them all.
    """

    target: Ref
    held: tuple[Ref, ...]
    verdict: str
    because: str
    nodes: tuple[Node, ...]
    notes: tuple[str, ...]
    employers: tuple[EmployerVerdict, ...] = ()
    credited: tuple[CreditedStatement, ...] = ()


def rules(held: Sequence[str], target: str, on: date | None = None) -> RulesAnswer:
    """Whether a holder of these units and qualifications meets the target (a qualification or a role) on a day.

    Each may be given by any alias, with a date after it (`U-SHC31 @ 2015-06`) where credit may be too old. Raises
    NotFoundError or AmbiguousError.
    """
    goal = find(target, ("qualification", "role"))
    holder = _Holder(holdings_of(held), on or localdate())
    refs = tuple(ref(t) for t in holder.holdings.things)
    if isinstance(goal, m.Role):
        answer = _for_role(goal, holder, refs)
    else:
        said, found = _for_qualification(goal, holder)
        answer = RulesAnswer(ref(goal), refs, said.verdict, said.because, _nodes(said, found), said.notes)
    notes = (*answer.notes, *comparison_notes(holder.holdings, goal.code))
    return replace(answer, notes=notes, credited=holder.holdings.statements)


@dataclass(frozen=True)
class _Holder:
    """What is held, and the day it is asked about."""

    holdings: Holdings
    on: date

    def evaluated(self, found: Rules, title: str) -> RuleAnswer:
        """The verdict for one qualification, of the credit that is not too old for it."""
        aged = self.holdings.counting(found.credit_years, self.on)
        answer = evaluate(found.ruleset, found.units, aged.holding)
        listed = frozenset(found.units)
        worth = replace(aged, too_old=aged.too_old & listed, unsure=aged.unsure & listed)
        notes = age_notes(worth, found.credit_years, title, found.titles)
        return replace(answer, notes=(*answer.notes, *notes))


def _for_qualification(
    goal: object, holder: _Holder, loaded: Mapping[str, Rules] | None = None
) -> tuple[RuleAnswer, Rules | None]:
    if not isinstance(goal, m.Qualification):
        raise TypeError("the target is a qualification")
    found = (load_rules([goal.pk]) if loaded is None else loaded).get(goal.code)
    if found:
        return holder.evaluated(found, goal.title), found
    holding = holder.holdings.holding
    if goal.code in holding.qualifications:
        return RuleAnswer(goal.code, "met", "This qualification is held.", ()), None
    if not holding.units and not holding.possible_units:
        return RuleAnswer(goal.code, "not met", "It is not held.", ()), None
    return RuleAnswer(goal.code, "cannot say", "Which units it is made of is not on record.", ()), None


def _nodes(answer: RuleAnswer, found: Rules | None) -> tuple[Node, ...]:
    if not found:
        return ()
    refs = {unit.unit.code: unit.unit for rows in found.listed.values() for unit in rows}
    return tuple(
        Node(
            id=n.id,
            title=n.title,
            words=n.words,
            verdict=n.verdict,
            credit_met=n.credit_met,
            credit_needed=n.credit_needed,
            units_met=n.units_met,
            units_needed=n.units_needed,
            credit_short=n.credit_short,
            units_short=n.units_short,
            missing=tuple(refs[c] for c in n.missing if c in refs),
            could_add=tuple(refs[c] for c in n.could_add if c in refs),
            because=n.because,
            depth=n.depth,
        )
        for n in answer.nodes
    )


def _for_role(goal: m.Role, holder: _Holder, held: tuple[Ref, ...]) -> RulesAnswer:
    """A role is met when each of its mandatory requirements is, one per choice group."""
    asked_for = asked_by([goal.pk])[goal.pk]
    entry = list(goal.entry_positions.filter(LIVE).values_list("entry", flat=True))
    employers = _for_employers(goal, holder, held, binding(asked_for, entry))
    asks = [a for a in asked_for if a.strength == "mandatory"]
    choices: dict[str, list[Ref]] = {}
    for n, asked in enumerate(asks):
        choices.setdefault(asked.choice_group or f"{n + 1}", []).append(asked.qualification)
    goals = {q.code: q for q in m.Qualification.objects.filter(code__in=[a.qualification.code for a in asks])}
    loaded = load_rules([q.pk for q in goals.values()]) if goals else {}
    nodes = tuple(_choice(key, options, holder, goals, loaded) for key, options in choices.items())
    if not nodes:
        return RulesAnswer(ref(goal), held, *_nothing_mandatory(entry), (), (), employers)
    verdicts = {n.verdict for n in nodes}
    verdict = "not met" if "not met" in verdicts else "cannot say" if "cannot say" in verdicts else "met"
    short = [n.title for n in nodes if n.verdict != "met"]
    because = "Every mandatory requirement is met." if verdict == "met" else f"Open: {'; '.join(short)}."
    return RulesAnswer(ref(goal), held, verdict, because, nodes, (), employers)


def _for_employers(
    goal: m.Role, holder: _Holder, held: tuple[Ref, ...], national: National
) -> tuple[EmployerVerdict, ...]:
    """What each employer on record asks in a role, beside what is held. A level alone says nothing of the field."""
    asks = employers_of_role(goal.pk, national).asks
    named = {a.qualification.code for a in asks if a.qualification}
    goals = {q.code: q for q in m.Qualification.objects.filter(code__in=named)}
    loaded = load_rules([q.pk for q in goals.values()]) if goals else {}
    return tuple(EmployerVerdict(a, *_employer(a, holder, held, goals, loaded)) for a in asks)


def _employer(
    asks: EmployerAsks,
    holder: _Holder,
    held: tuple[Ref, ...],
    goals: Mapping[str, m.Qualification],
    loaded: Mapping[str, Rules],
) -> tuple[str, str]:
    if asks.kind == "nothing":
        return "met", "It asks for nothing formal."
    if asks.qualification:
        answer, _ = _for_qualification(goals[asks.qualification.code], holder, loaded)
        return answer.verdict, answer.because
    if not asks.least_level:
        return "cannot say", f"Whether this is met cannot be told from qualifications and units ({asks.kind})."
    least = level_rank(asks.least_level)
    levels = [(r, parse_level(r.level or "")) for r in held if r.kind == "qualification"]
    high = next((r for r, level in levels if level in LEVELS and level_rank(level) >= least), None)
    if high is None:
        return "not met", f"No qualification that is held is at level {asks.least_level} or above."
    return "met", f"{high.title} is at level {high.level}; whether it is in the right field is for the employer."


def _nothing_mandatory(entry: Sequence[str]) -> tuple[str, str]:
    if "none" in entry:
        return "met", "Nothing is required: the role is on record as having no entry requirement."
    return "cannot say", "No mandatory requirement is on record for this role, and none is ruled out."


def _choice(
    key: str,
    options: list[Ref],
    holder: _Holder,
    goals: Mapping[str, m.Qualification],
    loaded: Mapping[str, Rules],
) -> Node:
    answers = {o.code: _for_qualification(goals[o.code], holder, loaded)[0] for o in options}
    order = ("met", "cannot say", "not met")
    best = min(options, key=lambda o: order.index(answers[o.code].verdict))
    answer = answers[best.code]
    words = options[0].title if len(options) == 1 else f"One of: {'; '.join(o.title for o in options)}"
    nothing = CreditRange(0, 0)
    root = answer.nodes[0] if answer.nodes else None
    missing = () if answer.verdict == "met" else tuple(options)
    return Node(
        id=key,
        title=best.title if len(options) == 1 else f"one of {len(options)} qualifications",
        words=words,
        verdict=answer.verdict,
        credit_met=root.credit_met if root else nothing,
        credit_needed=root.credit_needed if root else None,
        units_met=root.units_met if root else 0,
        units_needed=root.units_needed if root else None,
        credit_short=0,
        units_short=0,
        missing=missing,
        could_add=(),
        because=" ".join((answer.because, *answer.notes)),
        depth=0,
    )
