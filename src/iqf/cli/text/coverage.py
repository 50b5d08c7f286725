"""Coverage as a person reads it at a terminal: a table, and what stands behind one of its numbers."""

from iqf.cli.text.lines import joined, marked, named, section
from iqf.exchange.formats.coverage_words import STATES, judges
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.coverage_cell import ORDER, CellAnswer, UnitBehind


def coverage(answer: CoverageAnswer) -> str:
    """Coverage as a table: units that touch each area, and fully in brackets, of those judged."""
    codes = [s.code for s in answer.statements]
    t = answer.totals
    counted = "credits of judged units" if answer.rule == "credit" else "judged units"
    lines = [
        f"{answer.framework.title}: coverage by {answer.by}",
        answer.rule_words,
        f"{t.units_judged} of {t.units_total} units were judged; {t.none} of them reach no area. "
        + (" ".join(f"Judged by {n} raters of kind {kind}." for kind, n in answer.raters)),
        f"Each cell: {counted} that touch the area, and in brackets those that teach it fully.",
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
    lines += ["", "The same under each rule: rows with a judged unit that touch the area; of credit, the share of it"]
    for line in answer.side_by_side:
        shares = "".join(f"{'-' if share is None else f'{share:.0%}':>9}" for share in line.shares.values())
        lines.append(f"  {line.rule:<14}{line.words.partition(':')[0]:<61}{shares}")
    if answer.best_unproven:
        lines.append(f"The units of {answer.best_unproven} qualifications are not all known; more may be possible.")
    return joined(lines)


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
        title = "A rater gave it, nobody accepted it" if state == "unsure" else STATES[state].capitalize()
        lines += section(f"{title} ({len(units)})" if units else "", _units(units))
    return joined(lines)


def _units(units: list[UnitBehind]) -> list[str]:
    lines = []
    for u in units:
        lines.append(f"{named(u.unit)}{', mandatory' if u.mandatory else ''}")
        lines += [f"    {a.statement} {a.strength}{marked(a.said.certainty)} {a.note}".rstrip() for a in u.accepted]
        for r in u.reasons:
            words = f' "{r.quotation}"' if r.quotation else ""
            lines.append(f"    {r.statement} {r.verdict}, by a {r.kind}{words} {r.rationale}".rstrip())
    return lines
