"""A thing as a person reads it at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from iqf.cli.text.coverage import coverage
from iqf.cli.text.lines import (
    allowed_lines,
    asks_words,
    body_lines,
    credits_words,
    employer_lines,
    fact_lines,
    heading,
    joined,
    marked,
    named,
    recognition_lines,
    section,
    source_lines,
    view_lines,
)
from iqf.cli.text.official import disagreement_lines, official_lines, profile_lines, row_lines
from iqf.reports.framework import FrameworkAnswer
from iqf.reports.organisation import OrganisationAnswer
from iqf.reports.qualification import QualificationAnswer
from iqf.reports.register_row import RowAnswer
from iqf.reports.role import RoleAnswer
from iqf.reports.unit import UnitAnswer, credit_words

if TYPE_CHECKING:
    from iqf.reports.framework import StatementNode
    from iqf.reports.qualification import RuleNode


def show(answer: Any) -> str:
    """One thing, whatever it is."""
    for kind, words in SHOWN.items():
        if isinstance(answer, kind):
            return words(answer)
    raise TypeError(f"nothing shows a {type(answer).__name__}")


def role(answer: RoleAnswer) -> str:
    """A role."""
    lines = heading(answer.role) + fact_lines(answer.facts)
    lines += section("Also called", [title for title, _ in answer.titles])
    lines += section(
        "To enter it",
        [f"{p.entry} ({p.basis or 'basis not stated'}): {p.note}{marked(p.said.certainty)}" for p in answer.entry]
        or ["nothing is recorded"],
    )
    lines += section("What single employers ask", employer_lines(answer.employers))
    asks = []
    for strength in ("mandatory", "significant", "relevant"):
        for a in answer.asks:
            if a.strength == strength:
                choice = f" (one of: {a.choice_group})" if a.choice_group else ""
                level = f"level {a.qualification.level}" if a.qualification.level else "level not known"
                asks.append(
                    f"{a.strength_words}: {named(a.qualification)}, {level}{choice}{marked(a.said.certainty)}"
                )
                asks += view_lines(a.views)
    lines += section("Asks for", asks or ["no qualification is recorded"])
    lines += section(
        "What people do next",
        [
            f"{named(s.through)} leads to {named(s.to)}"
            + (f"; that serves {', '.join(r.title for r in s.roles)}" if s.roles else "")
            for s in answer.next_steps
        ],
    )
    lines += section("What it is allowed to do, and where that stops", allowed_lines(answer.allowed))
    lines += section("Bodies with a part in it", body_lines(answer.bodies))
    lines += profile_lines(answer)
    lines += section("Job functions", [f"{d.title} ({d.part})" for d in answer.duties])
    lines += section("Clusters", _places(answer))
    default = " (a default, not a decision about this role)" if answer.needs_are_default else ""
    needs = [[f"{n.code} {n.title}, {n.strength}", *view_lines(n.views)] for n in answer.needs]
    lines += section(f"Statements it requires{default}", [line for one in needs for line in one])
    return joined(lines + one_entry_lines(answer) + source_lines(answer.sources))


def _places(answer: RoleAnswer) -> list[str]:
    lines = []
    for place in answer.places:
        lines.append(f"{place.scheme_title}: {', '.join(c.title for c in place.clusters)}")
        for cluster in place.clusters:
            lines += [f"  {cluster.title}: {line.strip()}" for line in view_lines(cluster.views)]
    return lines


def qualification(answer: QualificationAnswer) -> str:
    """A qualification."""
    lines = heading(answer.qualification)
    lines += [f"{a.question} {a.verdict.capitalize()}. {a.because}" for a in answer.status] + [""]
    lines += fact_lines(answer.facts)
    lines += section("Views of its level", view_lines(answer.level_views, ""))
    lines += section("What recognition it has", recognition_lines(answer.recognition))
    if answer.included:
        gone = "" if answer.included.on_a_list else " No official list that was read prints it any more."
        lines += ["", f"Why it is in this framework: {answer.included.because}{gone}"]
    if answer.rule:
        lines += ["", f"Rule of combination ({answer.units} units)", *_rule(answer.rule, 1)]
    if answer.reached:
        lines += ["", "What holders have met (machine-made judgements where marked so; * not every unit was judged)"]
        for r in answer.reached:
            star = "*" if r.reach.unjudged_mandatory or r.reach.unjudged_optional else ""
            lines.append(f"  {r.code} {r.title}: every holder {r.reach.every}, some {r.reach.some}{star}")
    lines += section("Leads to", [named(x.qualification) + marked(x.said.certainty) for x in answer.leads_to])
    lines += section("Comes from", [named(x.qualification) + marked(x.said.certainty) for x in answer.comes_from])
    lines += section("Compares with", _compared(answer))
    asked = [
        [f"{x.role.title}: {x.strength_words}{marked(x.said.certainty)}", *view_lines(x.views)]
        for x in answer.asked_for
    ]
    lines += section("Asked for by", [line for one in asked for line in one])
    lines += section("What it allows, and where that stops", allowed_lines(answer.allowed))
    lines += section("Bodies with a part in it", body_lines(answer.bodies))
    lines += official_lines(answer.official) + disagreement_lines(answer.lists_disagree)
    lines += section(
        "Like awards of other owners",
        [f"{named(s.qualification)}: {s.shared} of {s.of} units" for s in answer.similar],
    )
    return joined(lines + one_entry_lines(answer) + source_lines(answer.sources))


EXTENTS = {"whole": "the whole of", "part": "part of", "level": "something of the same level as"}


def _compared(answer: QualificationAnswer) -> list[str]:
    here = [f"counts as {EXTENTS[c.extent]} {named(c.qualification)}" for c in answer.comparisons.here]
    there = [f"{named(c.qualification)} counts as {EXTENTS[c.extent]} this" for c in answer.comparisons.elsewhere]
    marks = [marked(c.said.certainty) for c in answer.comparisons.each]
    return [line + mark for line, mark in zip(here + there, marks, strict=True)]


def one_entry_lines(answer: RoleAnswer | QualificationAnswer | UnitAnswer | OrganisationAnswer) -> list[str]:
    """The entries that turned out to be this one."""
    told = [f"{j.code} {j.title}, joined on {j.on}, because: {j.reason}" for j in answer.joined]
    return section("Found to be the same", told)


def _rule(node: RuleNode, depth: int) -> list[str]:
    pad = "  " * depth
    lines = [f"{pad}{node.title}: {node.words}"]
    for u in node.units:
        lines.append(f"{pad}  {named(u.unit)}, {credits_words(credit_words(u.credit_low, u.credit_high))}")
    for part in node.parts:
        lines += _rule(part, depth + 1)
    return lines


def unit(answer: UnitAnswer) -> str:
    """A unit."""
    lines = heading(answer.unit) + fact_lines(answer.facts)
    lines += section("Views of its level", view_lines(answer.level_views, ""))
    taught = [
        [f"{t.framework} {t.code} {t.title}, {t.strength}{marked(t.said.certainty)}", *view_lines(t.views)]
        for t in answer.teaches
    ]
    lines += section("Outcomes, in our words", answer.outcomes)
    lines += section(
        "Teaches",
        [line for one in taught for line in one]
        or [f"judged for {j.framework_title}: nothing found" for j in answer.judged]
        or ["not yet judged for any framework"],
    )
    lines += section(
        "Stands in",
        [f"{named(u.qualification)}: {u.group}{', mandatory' if u.mandatory else ''}" for u in answer.uses]
        or ["no qualification held here"],
    )
    return joined(lines + one_entry_lines(answer) + source_lines(answer.sources))


def organisation(answer: OrganisationAnswer) -> str:
    """An organisation."""
    lines = heading(answer.organisation) + fact_lines(answer.facts)
    lines += section("Other names", [f"{n.name} ({n.kind}{f', {n.since}' if n.since else ''})" for n in answer.names])
    lines += official_lines(answer.official)
    lines += section("Qualifications", [named(q) for q in answer.qualifications])
    lines += section("Units", [named(u) for u in answer.units])
    lines += section("Parts", [f"{p.part}: {p.thing.title}" for p in answer.parts])
    lines += section("What it asks of people who start", [f"{a.role.title}{asks_words(a)}" for a in answer.asks])
    held = [f"{h.view.stance}: {h.claim.words}{_since(h.view.on)}: {h.view.reason}" for h in answer.views]
    lines += section("What it agrees with and disputes", held)
    return joined(lines + one_entry_lines(answer) + source_lines(answer.sources))


def _since(day: str) -> str:
    return f" ({day})" if day else ""


def register_row(answer: RowAnswer) -> str:
    """A row of an official list."""
    return joined(row_lines(answer) + source_lines(answer.sources))


def framework(answer: FrameworkAnswer) -> str:
    """A framework."""
    lines = heading(answer.framework)
    if not answer.adopted:
        lines += ["Proposed text, never adopted.", ""]
    for node in answer.statements:
        lines += _statement(node, 1)
    if answer.part and answer.part.found > len(answer.statements):
        more = answer.part.found - len(answer.statements)
        lines += [
            f"  and {more} more; {answer.total} statements in all. Find one with: iqf search TEXT --type statement"
        ]
    if answer.coverage:
        lines += ["", coverage(answer.coverage).rstrip()]
    return joined(lines + source_lines(answer.sources))


def _statement(node: StatementNode, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}{node.code}  {node.title}"]
    for part in node.parts:
        lines += _statement(part, depth + 1)
    return lines


SHOWN: dict[type, Callable[[Any], str]] = {
    RoleAnswer: role,
    QualificationAnswer: qualification,
    UnitAnswer: unit,
    OrganisationAnswer: organisation,
    FrameworkAnswer: framework,
    RowAnswer: register_row,
}
