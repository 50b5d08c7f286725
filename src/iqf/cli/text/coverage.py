"""Coverage as a person reads it at a terminal: a table, and what stands behind one of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iqf.analysis.role_coverage import HOW
from iqf.cli.text.lines import joined, marked, named, section
from iqf.exchange.formats.coverage_words import RELATION_WORDS, STATES, hop_words, judges, way
from iqf.reports.coverage_cell import ORDER

if TYPE_CHECKING:
    from iqf.analysis.coverage import CoverageRow
    from iqf.reports.coverage import CoverageAnswer
    from iqf.reports.coverage_cell import Accepted, CellAnswer, UnitBehind
    from iqf.reports.private.carrying import CarryAnswer
    from iqf.reports.private.editions import Count, DraftCoverage, NextEdition
    from iqf.reports.role_coverage import RoleCoverage, Taught


def coverage(answer: CoverageAnswer) -> str:
    """Coverage as a table: units that touch each area, and fully in brackets, of those judged."""
    codes = [s.code for s in answer.statements]
    t = answer.totals
    reach = "are known to reach" if answer.path else "reach"
    counted = "credits of judged units" if answer.rule == "credit" else "judged units"
    lines = [
        f"{answer.framework.title}: coverage by {answer.by}",
        answer.rule_words,
        *(way(answer.path) if answer.path else ()),
        f"{t.units_judged} of {t.units_total} units were judged; {t.none} of them {reach} no area. "
        + (" ".join(f"Judged by {n} raters of kind {kind}." for kind, n in answer.raters)),
        f"Each cell: {counted} that touch the area, and in brackets those that teach it fully.",
        "",
        f"{'':<56}{'units':>7}{'judged':>8}{'none':>6}  " + "".join(f"{code:>9}" for code in codes),
    ]
    unknown = {area.code for area in answer.path.without} if answer.path else set()
    for row in answer.rows:
        c = row.counts
        cells = "".join(_count(c, s, known=s not in unknown) for s in codes)
        lines.append(f"{row.label[:55]:<56}{c.units_total:>7}{c.units_judged:>8}{c.none:>6}  {cells}")
    reached = ", ".join(f"{n} reach {k}" for k, n in answer.areas_reached)
    lines += [
        "",
        f"Of {len(answer.rows) - answer.not_judged} rows with a judged unit: {reached}.",
        f"{answer.not_judged} rows have no unit judged yet.",
    ]
    lines += ["", "The same under each rule: rows with a judged unit that touch the area; of credit, the share of it"]
    for line in answer.side_by_side:
        shares = "".join(f"{'-' if share is None else f'{share:.0%}':>9}" for share in line.shares.values())
        lines.append(f"  {line.rule:<14}{line.words.partition(':')[0]:<61}{shares}")
    if answer.path:
        for leg in answer.path.legs:
            lines += section(f"{leg.start.title} to {leg.end.title}", [hop_words(r) for r in leg.relations])
    if answer.best_unproven:
        lines.append(f"The units of {answer.best_unproven} qualifications are not all known; more may be possible.")
    return joined(lines)


def _count(counts: CoverageRow, area: str, *, known: bool) -> str:
    if not known:
        return f"{'?':>9}"
    return f"{counts.touches[area]:>4} ({counts.fully[area]:>2})" if counts.units_judged else f"{'-':>9}"


def cell(answer: CellAnswer) -> str:
    """What stands behind one number: the count, then unit by unit the verdicts and the words that they rest on."""
    c, code = answer.counts, answer.area.code
    lines = [
        f"{answer.label or 'All units'}: {answer.area.title} ({code}) of {answer.framework.title}",
        answer.rule_words,
        f"{c.units_judged} of {c.units_total} units were judged. {judges(answer)}",
    ]
    for state in ORDER:
        units = [u for u in answer.units if u.state == state]
        unsure = "What is known does not decide" if answer.path else "A rater gave it, nobody accepted it"
        title = unsure if state == "unsure" else STATES[state].capitalize()
        lines += section(f"{title} ({len(units)})" if units else "", _units(units))
    return joined(lines)


def _units(units: list[UnitBehind]) -> list[str]:
    lines = []
    for u in units:
        lines.append(f"{named(u.unit)}{', mandatory' if u.mandatory else ''}")
        lines += [f"    {_accepted(a)}" for a in u.accepted]
        for r in u.reasons:
            words = f' "{r.quotation}"' if r.quotation else ""
            lines.append(f"    {r.statement} {r.verdict}, by a {r.kind}{words} {r.rationale}".rstrip())
    return lines


def _accepted(claim: Accepted) -> str:
    path = "".join(f"; {hop.first} {RELATION_WORDS[hop.relation]} {hop.second}" for hop in claim.path)
    return f"{claim.statement} {claim.strength}{marked(claim.said.certainty)}{path} {claim.note}".rstrip()


ROLE_VERDICTS = {
    "met": "taught to every holder of at least one",
    "in part": "taught to every holder of at least one, but only in part",
    "by choice": "only through units that a holder may leave out",
    "cannot say": "cannot say: units are not judged, or not all listed",
    "none": "judged, and taught by none",
    "nothing serves": "no qualification is on record",
}


def of_role(answer: RoleCoverage) -> str:
    """What a role requires of a framework, and the qualifications that teach it, statement by statement."""
    count = len(answer.qualifications)
    kind = "that are relevant to it" if answer.only_relevant else "that it asks for as mandatory or significant"
    lines = [
        f"{answer.role.title}: what it requires of {answer.framework.title}",
        f"{count} qualification{'' if count == 1 else 's'} {kind} {'is' if count == 1 else 'are'} counted.",
        judges(answer),
    ]
    for need in answer.needs:
        title = f"{need.code} {need.title}, required {need.wanted}{marked(need.said.certainty)}"
        lines += ["", title, f"  {ROLE_VERDICTS[need.verdict]}", *_ways(answer, need)]
    return joined(lines)


def _ways(answer: RoleCoverage, need: Taught) -> list[str]:
    lines = []
    for how in HOW:
        met = [each for each in need.by if each.how == how]
        if met:
            names = "; ".join(
                f"{answer.ref_of(x.qualification).title}{f' ({x.strength})' if x.strength else ''}" for x in met
            )
            lines.append(f"    {how} ({len(met)}): {names}")
    return lines


def draft(answer: DraftCoverage) -> str:
    """How much of a drafted framework would be taught, beside the edition before, area by area."""
    if answer.faults:
        return joined(["This cannot be tried as things stand now:", *answer.faults])
    if not answer.areas:
        return joined(
            [f"{answer.title}: nothing is known; no unit was judged against it, nor against the one before."]
        )
    lines = [
        f"{answer.title} ({answer.key}), a draft: {answer.units_judged} judged units tell something of it.",
        *(way(answer.path) if answer.path else ()),
        "Units that touch it, fully in brackets; qualifications with such a unit; then the same of the last edition.",
        "",
    ]
    for area in answer.areas:
        now = "?" if area.state == "nothing known" else _counted(area.now)
        before = _counted(area.before) if area.before else "-"
        lines.append(f"{f'{area.code} {area.title}'[:59]:<60}{now:>16}{before:>16}  {area.state}")
    return joined(lines)


def _counted(count: Count) -> str:
    return f"{count.touches} ({count.fully}) {count.qualifications}"


def edition(answer: NextEdition, proposal: int | None) -> str:
    """What the next edition of a framework begins with, and what can be done with the draft."""
    lines = [f"{answer.title} ({answer.key}), to replace {answer.old.title}: {answer.statements} statements as now."]
    if proposal is None:
        return joined([*lines, "Nothing was drafted."])
    lines += [
        f"It is draft {proposal}, which you alone see: change it at /staff/proposals/{proposal} and send it.",
        f"How much of it would be taught: iqf coverage --draft {proposal}",
    ]
    return joined(lines)


def carried(answer: CarryAnswer, proposals: list[int]) -> str:
    """What is carried over from one edition to the next, what is weakened, and what is lost and why."""
    lines = [
        f"{answer.old.title} to {answer.new.title}: {len(answer.carried)} alignments can be carried over, "
        f"{answer.weakened} of them less strongly than they were.",
        f"{answer.already} stand there already, or were withdrawn there. {len(answer.lost)} are not carried over.",
    ]
    lines += section("By these relations", [hop_words(related) for related in answer.relations])
    lines += section("Nothing leads to", [f"{a.code} {a.title}" for a in answer.unrelated])
    lines += section("Not carried over", [f"{x.title}: {x.before} {x.was}, {x.why}" for x in answer.lost[:20]])
    if len(answer.lost) > 20:
        lines.append(f"  and {len(answer.lost) - 20} more; --json lists them all")
    if proposals:
        named_ = " and ".join(map(str, proposals))
        lines += ["", f"Proposal {named_} waits for a reviewer; nothing is changed until one accepts it."]
    else:
        lines += ["", "Nothing was proposed."]
    return joined(lines)
