"""Take-up and supply in sentences: what a table or a chart shows, said so that it says no more than is known."""

from collections import Counter
from typing import Final

from iqf.indicators.standard import TIME
from iqf.indicators.words import period_words
from iqf.reports.supply import DOCUMENTS, SupplyAnswer, SupplyRow
from iqf.reports.takeup import TakeUpAnswer, TakeUpRow

SAID: Final = {
    "c": "confidential",
    "x": "not available",
    "z": "not applicable",
    "k": "rounds to 0",
    "low": "rounds to 0",
    "u": "unreliable",
    "NA": "no number",
}


def number(value: float | None, unit: str = "") -> str:
    """A number as people read it: whole where it is whole, one decimal else; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return f"{text} %" if unit == "%" else text


def cell(row: TakeUpRow) -> str:
    """The value of a row, or what its symbol says, with bounds where they are known."""
    if row.value is not None:
        return number(row.value, row.unit)
    said = SAID.get(row.symbol, "no number")
    marked = f"{row.symbol}: {said}" if row.symbol else said
    return f"{marked}{_bounds(row)}"


def _bounds(row: TakeUpRow) -> str:
    if not row.at_least and row.at_most is None:
        return ""
    if row.at_most is None:
        return f" ({number(row.at_least)} or more)"
    return f" ({number(row.at_least)} to {number(row.at_most)})"


def takeup_finding(answer: TakeUpAnswer) -> str:
    """What the table shows, in a sentence: the group with most of the first indicator, or that nothing is known."""
    if not answer.rows:
        return f"{answer.title}: no row answers this."
    first = [row for row in answer.rows if row.indicator == answer.rows[0].indicator]
    known = [row for row in first if row.value is not None]
    if not known:
        return f"{first[0].label}: no number is published for this."
    if len(first) == 1:
        return f"{first[0].label}: {cell(first[0])}{_of(answer)}."
    most = max(known, key=lambda row: row.value or 0)
    return (
        f"{most.label}{_of(answer)}: most in {group(most)}, {cell(most)}; {len(known)} of {len(first)} groups known."
    )


def _of(answer: TakeUpAnswer) -> str:
    return f" in {period_words(answer.period)}" if answer.period else ""


def group(row: TakeUpRow) -> str:
    """The group of a row in words: its names, without the codes that stand beside them."""
    return ", ".join(shown(k, v) for k, v in row.by.items() if not k.endswith("_code") and v) or "all"


def shown(column: str, value: str) -> str:
    """A value of a column as it is read: periods as people write them."""
    return period_words(value) if column == TIME[0] else value


def supply_finding(answer: SupplyAnswer) -> str:
    """What the comparison shows, in a sentence that claims no more than its grades."""
    grades = Counter(row.found.grade for row in answer.rows)
    short = [r.name for r in answer.rows if r.found.grade in ("under-supplied", "low take-up, cause unknown")]
    if short and answer.assumed is not None:
        return (
            f"If England had {answer.assumed:,.0f} learners, {', '.join(short)} would have fewer than chance allows."
        )
    if short:
        return f"Fewer learners than their share, beyond chance: {', '.join(short)}. Why is a question of its own."
    if grades["not assessable"] == len(answer.rows):
        return "No area can be assessed: " + (_why(answer.rows) if answer.rows else "there is no row.")
    return "No area has fewer learners than its share by more than chance and what areas vary anyway."


def _why(rows: tuple[SupplyRow, ...]) -> str:
    reason = next((row.found.reason for row in rows if row.found.quotient), rows[0].found.reason)
    return reason[:1].lower() + reason[1:]


def ratio(row: SupplyRow) -> str:
    """A region's ratio with its limits, or without them where no number of learners is known."""
    best = row.found.standardised or row.found.quotient
    if best is None:
        return "–"
    return f"{best.value:.3f}" + (f" ({best.limits.low:.2f} to {best.limits.high:.2f})" if best.limits else "")


def share(value: float | None) -> str:
    """A share in percent, with one decimal."""
    return "–" if value is None else f"{100 * value:.1f} %"


def shortfall(row: SupplyRow) -> str:
    """How many people an area is short of its share, or nothing where it is not short."""
    short = row.found.shortfall
    return "" if short is None else f"{short.reallocated:,.0f} moved or {short.added:,.0f} more"


def courses(answer: SupplyAnswer) -> str:
    """How many listed courses had any learner, in a sentence; blank where nothing is known of them."""
    found = answer.courses
    if found is None:
        return ""
    limits = f"{share(found.limits.low)} to {share(found.limits.high)}"
    printed = f" The document prints {found.printed:.0%}." if found.printed is not None else ""
    return (
        f"{found.with_learners:,} of about {found.listed:,} listed courses had any learner in 2003-04: "
        f"{share(found.share)} ({limits}).{printed} Which ones is not printed: the list behind the number would say."
    )


def basis(answer: SupplyAnswer) -> str:
    """What is compared with what."""
    if answer.basis == DOCUMENTS:
        return "Shares of funded learning beside shares of population in 2003-04, as Short Report 5 prints them."
    return (
        f"{answer.indicator} of {answer.basis} {answer.version}, {period_words(answer.period)}, "
        f"beside {answer.denominator_words}."
    )
