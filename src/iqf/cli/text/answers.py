"""Answers as a person reads them at a terminal: the definite answer first, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iqf.cli.text.lines import asks_words, held_lines, joined, named, section

if TYPE_CHECKING:
    from iqf.analysis.rules import CreditRange
    from iqf.exchange.sources.looking import Looked
    from iqf.reports.difference import DifferenceAnswer
    from iqf.reports.duplicates import DuplicatesAnswer
    from iqf.reports.overlap import OverlapAnswer
    from iqf.reports.quality import QualityAnswer
    from iqf.reports.requirements import RequirementsAnswer
    from iqf.reports.rules import RulesAnswer
    from iqf.reports.search import SearchAnswer


def overlap(answer: OverlapAnswer) -> str:
    """Two qualifications, differences first."""
    lines = [f"A  {named(answer.a)}", f"B  {named(answer.b)}", "", "Different"]
    lines += [
        f"  {f.label}: A {f.a if f.a is not None else 'not known'}; B {f.b if f.b is not None else 'not known'}"
        for f in answer.facts
        if not f.same
    ]
    lines += ["", f"{len(answer.shared_units)} units are shared (A has {answer.units_a}, B has {answer.units_b})"]
    lines += [f"  {named(u.unit)}" for u in answer.shared_units]
    lines += section("Equivalent units", [f"{named(x)} = {named(y)}" for x, y in answer.equivalent_units])
    lines += section(
        "Different units with like titles",
        [f"{named(p.a)} ~ {named(p.b)} ({p.score:.2f})" for p in answer.alike_units],
    )
    lines += section("Only in A", [named(u.unit) for u in answer.only_a])
    lines += section("Only in B", [named(u.unit) for u in answer.only_b])
    lines += section("Statements that both touch", answer.statements_both)
    return joined(lines)


def rules(answer: RulesAnswer) -> str:
    """The verdict, then node by node what is missing."""
    lines = [f"{answer.verdict.capitalize()}: {named(answer.target)}", answer.because, *answer.notes]
    lines += section("Held", held_lines(answer.held, answer.credited))
    lines.append("")
    for n in answer.nodes:
        pad = "  " * (n.depth + 1)
        counted = _credit(n.credit_met)
        needed = f" of {n.credit_needed}" if n.credit_needed is not None else ""
        lines.append(f"{pad}[{n.verdict}] {n.title or n.id}: {n.words}; counted {counted}{needed} credits")
        if n.verdict != "met":
            lines.append(f"{pad}    {n.because}")
            lines += [f"{pad}    missing: {named(u)}" for u in n.missing[:12]]
            if len(n.missing) > 12:
                lines.append(f"{pad}    and {len(n.missing) - 12} more missing; --json lists them all")
    lines += section(
        "What single employers ask besides",
        [f"[{e.verdict}] {e.asks.employer.title}{asks_words(e.asks)}. {e.because}" for e in answer.employers],
    )
    return joined(lines)


def difference(answer: DifferenceAnswer) -> str:
    """How far two holders can differ, with a pair that shows it."""
    lines = [named(answer.qualification), answer.words]
    lines += section("Every holder has", [named(u) for u in answer.always])
    lines += section("One holder alone may have", [named(u) for u in answer.only_first])
    lines += section("while another alone has", [named(u) for u in answer.only_second])
    return joined(lines)


def _credit(counted: CreditRange) -> str:
    if counted.high == counted.known_low:
        return str(counted.known_low)
    return f"{counted.known_low} or more" if counted.high is None else f"{counted.known_low} to {counted.high}"


def search(answer: SearchAnswer) -> str:
    """What was found, best first, and why it matched; where nothing was, which filter to drop."""
    lines = [f'{answer.total} found for "{answer.query}"' if answer.query else f"{answer.total} things"]
    for r in answer.results:
        place = "" if r.in_framework else f"  (official list only, not in this framework: {r.kind})"
        level = f"level {r.level}" if r.level else ""
        lines.append(f"  {r.type:<13} {r.title}{place}")
        lines.append(f"  {'':<13} {'  '.join(x for x in (r.code, *r.aliases[:1], level, r.owner, r.because) if x)}")
    if answer.suggestion:
        lines.append(f"Did you mean: {answer.suggestion}?")
    if not answer.results and answer.help:
        lines.append(answer.help)
        lines += [f"  without --{_flag(w.name)}: {w.total}" for w in answer.without if w.total]
    return joined(lines)


ORDER = ("fail", "pass", "not applicable")


def _flag(name: str) -> str:
    return "available-on" if name == "available" else name.replace("_", "-")


def looked(done: Looked) -> str:
    """What looking for duplicates came to."""
    here = f"{done.waiting:,} wait for a decision: iqf inbox --kind duplicate"
    only = f"; {done.similar:,} that are only similar too: iqf inbox --kind similar" if done.similar else ""
    return f"{done.found:,} pairs of {done.looked_at:,} {done.of} look like one thing; {here}{only}\n"


def duplicates(answer: DuplicatesAnswer) -> str:
    """Pairs that may be one thing, best first, with the reason."""
    what = {"qualifications": "qualifications", "units": "units", "register": "rows of official lists"}[answer.of]
    kind = "are the same by what they are called" if answer.verdict == "same" else "may be the same, or are similar"
    shown = "" if answer.total == len(answer.pairs) else f"; the best {len(answer.pairs)} are shown"
    lines = [f"{answer.total:,} pairs of {answer.looked_at:,} {what} {kind}{shown}. Nothing was merged."]
    for pair in answer.pairs:
        lines += ["", f"[{pair.verdict}] {pair.score:.2f}  {pair.why}"]
        lines += [f"  {r.code}  {named(r)}{f', {r.owner}' if r.owner else ''}" for r in (pair.a, pair.b)]
    lines += section("Too common to look into", [f"{c.block} ({c.records:,} records)" for c in answer.capped[:10]])
    return joined(lines)


def quality(answer: QualityAnswer) -> str:
    """Every check with its outcome and first examples, those that found something first."""
    lines = []
    for c in sorted(answer.checks, key=lambda check: ORDER.index(check.outcome)):
        lines.append(f"[{c.outcome}] {c.wording} {c.reason or f'{c.count} of {c.of}.'}")
        lines += [f"    {' '.join(x for x in (e.code, e.title) if x)}: {e.matter}" for e in c.examples[:5]]
    return joined(lines)


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
    return joined(lines)
