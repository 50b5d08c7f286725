"""Answers as a person reads them at a terminal: the definite answer first, then what it rests on."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from iqf.analysis.rules import CreditRange
from iqf.evidence.models import CERTAINTIES
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.difference import DifferenceAnswer
from iqf.reports.framework import FrameworkAnswer, StatementNode
from iqf.reports.organisation import OrganisationAnswer
from iqf.reports.overlap import OverlapAnswer
from iqf.reports.qualification import QualificationAnswer, RuleNode
from iqf.reports.quality import QualityAnswer
from iqf.reports.requirements import RequirementsAnswer
from iqf.reports.role import Allowed, BodyPart, RoleAnswer
from iqf.reports.rules import RulesAnswer
from iqf.reports.search import SearchAnswer
from iqf.reports.things import Fact, Ref, Said
from iqf.reports.unit import UnitAnswer, credit_words

MARKS = {
    "unverified": "not checked",
    "inferred": "our reading",
    "machine": "machine-made",
    "default": "default",
    "conflict": "sources disagree",
}


def _mark(certainty: str) -> str:
    return f" [{MARKS[certainty]}]" if certainty in MARKS else ""


def _head(ref: Ref) -> list[str]:
    return [ref.title, "  ".join([ref.code, *ref.aliases]), ""]


def _facts(facts: Iterable[Fact]) -> list[str]:
    shown = [f for f in facts if f.value not in (None, "")]
    width = max((len(f.label) for f in shown), default=0)
    lines = []
    for f in shown:
        lines.append(f"  {f.label:<{width}}  {f.value}{_mark(f.mark)}")
        if f.disagreement and not f.disagreement.decided:
            lines.append(f"  {'':<{width}}  another source says {f.disagreement.other}: {f.disagreement.reason}")
    missing = [f.label.lower() for f in facts if f.value is None]
    return lines + ([f"  Not known: {', '.join(missing)}."] if missing else [])


def _named(ref: Ref) -> str:
    return f"{ref.title} ({ref.aliases[0] if ref.aliases else ref.code})"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _sources(sources: Sequence[Said]) -> list[str]:
    shown = [
        f"{s.title}{f', {s.locator}' if s.locator else ''}{' (copy held elsewhere)' if s.held_elsewhere else ''}"
        f"{'' if s.verified else f' [{CERTAINTIES[s.certainty].lower()}]'}"
        for s in sources[:8]
    ]
    return _section(
        "Sources", shown + ([f"and {len(sources) - 8} more; --json lists them all"] if len(sources) > 8 else [])
    )


def _allowed(rows: Iterable[Allowed]) -> list[str]:
    return [f"{a.kind}: {a.text}{_mark(a.said.certainty)}" for a in rows]


def _bodies(rows: Iterable[BodyPart]) -> list[str]:
    return [f"{b.organisation.title}: {b.part}{_mark(b.said.certainty)}" for b in rows]


def _credits(words: str | None) -> str:
    if not words:
        return "credit not known"
    return f"{words} credit" if words == "1" else f"{words} credits"


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def show(answer: Any) -> str:
    """One thing, whatever it is."""
    for kind, words in SHOWN.items():
        if isinstance(answer, kind):
            return words(answer)
    raise TypeError(f"nothing shows a {type(answer).__name__}")


def role(answer: RoleAnswer) -> str:
    """A role."""
    lines = _head(answer.role) + _facts(answer.facts)
    lines += _section("Also called", [title for title, _ in answer.titles])
    lines += _section(
        "To enter it",
        [f"{p.entry} ({p.basis or 'basis not stated'}): {p.note}{_mark(p.said.certainty)}" for p in answer.entry]
        or ["nothing is recorded"],
    )
    asks = []
    for strength in ("mandatory", "significant", "relevant"):
        for a in answer.asks:
            if a.strength == strength:
                choice = f" (one of: {a.choice_group})" if a.choice_group else ""
                level = f"level {a.qualification.level}" if a.qualification.level else "level not known"
                asks.append(f"{strength}: {_named(a.qualification)}, {level}{choice}{_mark(a.said.certainty)}")
    lines += _section("Asks for", asks or ["no qualification is recorded"])
    lines += _section(
        "What people do next",
        [
            f"{_named(s.through)} leads to {_named(s.to)}"
            + (f"; that serves {', '.join(r.title for r in s.roles)}" if s.roles else "")
            for s in answer.next_steps
        ],
    )
    lines += _section("What it is allowed to do, and where that stops", _allowed(answer.allowed))
    lines += _section("Bodies with a part in it", _bodies(answer.bodies))
    lines += _section("Job functions", [f"{d.title} ({d.part})" for d in answer.duties])
    lines += _section(
        "Clusters", [f"{p.scheme_title}: {', '.join(title for _, title, _, _ in p.clusters)}" for p in answer.places]
    )
    default = " (a default, not a decision about this role)" if answer.needs_are_default else ""
    lines += _section(f"Statements it requires{default}", [f"{n.code} {n.title}, {n.strength}" for n in answer.needs])
    return _join(lines + _sources(answer.sources))


def qualification(answer: QualificationAnswer) -> str:
    """A qualification."""
    lines = _head(answer.qualification)
    lines += [f"{a.question} {a.verdict.capitalize()}. {a.because}" for a in answer.status] + [""]
    lines += _facts(answer.facts)
    if answer.rule:
        lines += ["", f"Rule of combination ({answer.units} units)", *_rule(answer.rule, 1)]
    if answer.reached:
        lines += ["", "What holders have met (machine-made judgements where marked so; * not every unit was judged)"]
        for r in answer.reached:
            star = "*" if r.reach.unjudged_mandatory or r.reach.unjudged_optional else ""
            lines.append(f"  {r.code} {r.title}: every holder {r.reach.every}, some {r.reach.some}{star}")
    lines += _section("Leads to", [_named(x.qualification) + _mark(x.said.certainty) for x in answer.leads_to])
    lines += _section("Comes from", [_named(x.qualification) + _mark(x.said.certainty) for x in answer.comes_from])
    lines += _section(
        "Asked for by", [f"{x.role.title}: {x.strength}{_mark(x.said.certainty)}" for x in answer.asked_for]
    )
    lines += _section("What it allows, and where that stops", _allowed(answer.allowed))
    lines += _section("Bodies with a part in it", _bodies(answer.bodies))
    lines += _section(
        "Like awards of other owners",
        [f"{_named(s.qualification)}: {s.shared} of {s.of} units" for s in answer.similar],
    )
    return _join(lines + _sources(answer.sources))


def _rule(node: RuleNode, depth: int) -> list[str]:
    pad = "  " * depth
    lines = [f"{pad}{node.title}: {node.words}"]
    for u in node.units:
        lines.append(f"{pad}  {_named(u.unit)}, {_credits(credit_words(u.credit_low, u.credit_high))}")
    for part in node.parts:
        lines += _rule(part, depth + 1)
    return lines


def unit(answer: UnitAnswer) -> str:
    """A unit."""
    lines = _head(answer.unit) + _facts(answer.facts)
    lines += _section("Outcomes, in our words", answer.outcomes)
    lines += _section(
        "Teaches",
        [f"{t.framework} {t.code} {t.title}, {t.strength}{_mark(t.said.certainty)}" for t in answer.teaches]
        or [f"judged for {j.framework_title}: nothing found" for j in answer.judged]
        or ["not yet judged for any framework"],
    )
    lines += _section(
        "Stands in",
        [f"{_named(u.qualification)}: {u.group}{', mandatory' if u.mandatory else ''}" for u in answer.uses]
        or ["no qualification held here"],
    )
    return _join(lines + _sources(answer.sources))


def organisation(answer: OrganisationAnswer) -> str:
    """An organisation."""
    lines = _head(answer.organisation) + _facts(answer.facts)
    lines += _section(
        "Other names", [f"{n.name} ({n.kind}{f', {n.since}' if n.since else ''})" for n in answer.names]
    )
    lines += _section("Qualifications", [_named(q) for q in answer.qualifications])
    lines += _section("Units", [_named(u) for u in answer.units])
    lines += _section("Parts", [f"{p.part}: {p.thing.title}" for p in answer.parts])
    return _join(lines + _sources(answer.sources))


def framework(answer: FrameworkAnswer) -> str:
    """A framework."""
    lines = _head(answer.framework)
    if not answer.adopted:
        lines += ["Proposed text, never adopted.", ""]
    for node in answer.statements:
        lines += _statement(node, 1)
    if answer.coverage:
        lines += ["", coverage(answer.coverage).rstrip()]
    return _join(lines + _sources(answer.sources))


def _statement(node: StatementNode, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}{node.code}  {node.title}"]
    for part in node.parts:
        lines += _statement(part, depth + 1)
    return lines


def coverage(answer: CoverageAnswer) -> str:
    """Coverage as a table: units that touch each area, and fully in brackets, of those judged."""
    codes = [s.code for s in answer.statements]
    t = answer.totals
    lines = [
        f"{answer.framework.title}: coverage by {answer.by}",
        answer.rule_words,
        f"{t.units_judged} of {t.units_total} units were judged; {t.none} of them reach no area. "
        + (" ".join(f"Judged by {n} raters of kind {kind}." for kind, n in answer.raters)),
        "Each cell: judged units that touch the area, and in brackets those that teach it fully.",
        "",
        f"{'':<56}{'units':>7}{'judged':>8}{'none':>6}  " + "".join(f"{code:>9}" for code in codes),
    ]
    for row in answer.rows:
        c = row.counts
        cells = "".join(f"{c.touches[s]:>4} ({c.fully[s]:>2})" if c.units_judged else f"{'-':>9}" for s in codes)
        lines.append(f"{row.label[:55]:<56}{c.units_total:>7}{c.units_judged:>8}{c.none:>6}  {cells}")
    reached = ", ".join(f"{n} reach {k}" for k, n in answer.areas_reached)
    lines += [
        "",
        f"Of {len(answer.rows) - answer.not_judged} rows with a judged unit: {reached}.",
        f"{answer.not_judged} rows have no unit judged yet.",
    ]
    for _, words, other in answer.other_rules:
        lines.append(
            f"Under the other rule ({words.partition(':')[0].lower()}): "
            + ", ".join(f"{n} reach {k}" for k, n in other)
            + "."
        )
    return _join(lines)


def overlap(answer: OverlapAnswer) -> str:
    """Two qualifications, differences first."""
    lines = [f"A  {_named(answer.a)}", f"B  {_named(answer.b)}", "", "Different"]
    lines += [
        f"  {f.label}: A {f.a if f.a is not None else 'not known'}; B {f.b if f.b is not None else 'not known'}"
        for f in answer.facts
        if not f.same
    ]
    lines += ["", f"{len(answer.shared_units)} units are shared (A has {answer.units_a}, B has {answer.units_b})"]
    lines += [f"  {_named(u.unit)}" for u in answer.shared_units]
    lines += _section("Equivalent units", [f"{_named(x)} = {_named(y)}" for x, y in answer.equivalent_units])
    lines += _section(
        "Different units with like titles",
        [f"{_named(p.a)} ~ {_named(p.b)} ({p.score:.2f})" for p in answer.alike_units],
    )
    lines += _section("Only in A", [_named(u.unit) for u in answer.only_a])
    lines += _section("Only in B", [_named(u.unit) for u in answer.only_b])
    lines += _section("Statements that both touch", answer.statements_both)
    return _join(lines)


def rules(answer: RulesAnswer) -> str:
    """The verdict, then node by node what is missing."""
    lines = [f"{answer.verdict.capitalize()}: {_named(answer.target)}", answer.because, *answer.notes]
    lines += _section("Held", [_named(h) for h in answer.held])
    lines.append("")
    for n in answer.nodes:
        pad = "  " * (n.depth + 1)
        counted = _credit(n.credit_met)
        needed = f" of {n.credit_needed}" if n.credit_needed is not None else ""
        lines.append(f"{pad}[{n.verdict}] {n.title or n.id}: {n.words}; counted {counted}{needed} credits")
        if n.verdict != "met":
            lines.append(f"{pad}    {n.because}")
            lines += [f"{pad}    missing: {_named(u)}" for u in n.missing[:12]]
            if len(n.missing) > 12:
                lines.append(f"{pad}    and {len(n.missing) - 12} more missing; --json lists them all")
    return _join(lines)


def difference(answer: DifferenceAnswer) -> str:
    """How far two holders can differ, with a pair that shows it."""
    lines = [_named(answer.qualification), answer.words]
    lines += _section("Every holder has", [_named(u) for u in answer.always])
    lines += _section("One holder alone may have", [_named(u) for u in answer.only_first])
    lines += _section("while another alone has", [_named(u) for u in answer.only_second])
    return _join(lines)


def _credit(counted: CreditRange) -> str:
    if counted.high == counted.known_low:
        return str(counted.known_low)
    return f"{counted.known_low} or more" if counted.high is None else f"{counted.known_low} to {counted.high}"


def search(answer: SearchAnswer) -> str:
    """What was found, best first, and why it matched."""
    lines = [f'{answer.total} found for "{answer.query}"' if answer.query else f"{answer.total} things"]
    for r in answer.results:
        place = "" if r.in_framework else "  (official list only, not in this framework)"
        level = f"level {r.level}" if r.level else ""
        lines.append(f"  {r.type:<13} {r.title}{place}")
        lines.append(f"  {'':<13} {'  '.join(x for x in (r.code, *r.aliases[:1], level, r.owner, r.because) if x)}")
    if answer.suggestion:
        lines.append(f"Did you mean: {answer.suggestion}?")
    if not answer.results and answer.help:
        lines.append(answer.help)
    return _join(lines)


def quality(answer: QualityAnswer) -> str:
    """Every check with its outcome and first examples."""
    lines = []
    for c in answer.checks:
        lines.append(f"[{c.outcome}] {c.wording} {c.count} of {c.of}.")
        lines += [f"    {' '.join(x for x in (e.code, e.title) if x)}: {e.matter}" for e in c.examples[:5]]
    return _join(lines)


def requirements(answer: RequirementsAnswer) -> str:
    """Every requirement with where it shows."""
    lines = [", ".join(f"{n} {state}" for state, n in answer.states), ""]
    for r in answer.requirements:
        lines.append(f"{r.id} [{r.state}] {r.requirement}")
        shown = [
            f"{name}: {value}"
            for name, value in (("page", r.page), ("command", r.command), ("test", r.test))
            if value
        ]
        lines += [f"    {s}" for s in shown] + ([f"    {r.note}"] if r.note else [])
    return _join(lines)


SHOWN: dict[type, Callable[[Any], str]] = {
    RoleAnswer: role,
    QualificationAnswer: qualification,
    UnitAnswer: unit,
    OrganisationAnswer: organisation,
    FrameworkAnswer: framework,
}
