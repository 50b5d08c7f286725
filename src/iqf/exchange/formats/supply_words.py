"""Take-up and supply in sentences: what a table or a chart shows, said so that it says no more than is known."""

from collections import Counter
from typing import Final

from iqf.analysis.funnel import FEWEST_AREAS
from iqf.indicators.standard import TIME, period_words
from iqf.reports.supply import DOCUMENTS, SupplyAnswer, SupplyRow
from iqf.reports.takeup import SUMMED, TakeUpAnswer, TakeUpRow

GRADES_LOW: Final = ("under-supplied", "low take-up, cause unknown")
MOST_NAMED: Final = 9
"""So many areas are named in a sentence."""
FEW: Final = 4
"""So many groups are each told in a sentence."""
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
    """A number as people read it: whole where it is whole, else and in percent one decimal; a dash for none."""
    if value is None:
        return "–"
    if unit == "%":
        return f"{value:,.1f} %"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def cell(row: TakeUpRow) -> str:
    """The value of a row, or what its symbol says, with bounds where they are known."""
    if row.value is not None:
        return number(row.value, row.unit)
    said = SAID.get(row.symbol, "no number")
    if row.symbol and row.at_most is not None:
        return f"{row.symbol}{_bounds(row)}"
    return f"{f'{row.symbol}: {said}' if row.symbol else said}{_bounds(row)}"


def _bounds(row: TakeUpRow) -> str:
    if not row.at_least and row.at_most is None:
        return ""
    if row.at_most is None:
        return f" ({number(row.at_least)} or more)"
    return f" ({number(row.at_least)} to {number(row.at_most)})"


def takeup_finding(answer: TakeUpAnswer) -> str:
    """What the table shows, in a sentence: the group with most of the first indicator, or that nothing is known."""
    if answer.not_assessable:
        settles = answer.would_settle_it
        return f"Not assessable: {answer.not_assessable} What would settle it: {settles}"
    if not answer.rows:
        return f"{answer.title}: no row answers this."
    first = [row for row in answer.rows if row.indicator == answer.rows[0].indicator]
    known = [row for row in first if row.value is not None]
    if not known:
        return f"{first[0].label}: no number is published for this."
    if len(first) == 1:
        return f"{first[0].label}: {cell(first[0])}{_of(answer)}."
    unknown = len(first) - len(known)
    if first[0].counting in SUMMED and not has_parts(answer) and not unknown and len(first) <= FEW:
        each = "; ".join(f"{group(row)}, {cell(row)}" for row in first)
        return f"{first[0].label}{_of(answer)}: {each}."
    most = max(known, key=lambda row: row.value or 0)
    rest = f"; no number is published for {unknown} of {len(first)}" if unknown else ""
    if most.counting in SUMMED:
        return f"{most.label}{_of(answer)}: most in {group(most)}, {cell(most)}{rest}."
    least = min(known, key=lambda row: row.value or 0)
    span = f"from {cell(least)} ({group(least)}) to {cell(most)} ({group(most)})"
    return f"{most.label}{_of(answer)}: {span}{rest}."


def has_parts(answer: TakeUpAnswer) -> bool:
    """Whether some group is a part of a whole: what is never added up has wholes of its own, and no share tells."""
    return any(row.share is not None and row.share < 1 for row in answer.rows)


def _of(answer: TakeUpAnswer) -> str:
    return narrowed(answer) + (f" in {period_words(answer.period)}" if answer.period else "")


def narrowed(answer: TakeUpAnswer | SupplyAnswer) -> str:
    """What only counts, in words that follow the name of a number; blank where all does."""
    return f" ({', '.join(value for _, value in answer.narrowed_to)})" if answer.narrowed_to else ""


def group(row: TakeUpRow) -> str:
    """The group of a row in words: its names, without the codes that stand beside them."""
    return ", ".join(shown(k, v) for k, v in row.by.items() if not k.endswith("_code") and v) or "all"


def shown(column: str, value: str) -> str:
    """A value of a column as it is read: periods as people write them."""
    return period_words(value) if column == TIME[0] else value


def supply_finding(answer: SupplyAnswer) -> str:
    """What the comparison shows, in a sentence that claims no more than its grades."""
    grades = Counter(row.found.grade for row in answer.rows)
    short = [r.name for r in answer.rows if r.found.grade in GRADES_LOW]
    if short and answer.assumed is not None:
        return (
            f"If England had {answer.assumed:,.0f} learners, {', '.join(short)} would have fewer than chance allows."
        )
    if short:
        return _short_of(answer)
    if grades["not assessable"] == len(answer.rows):
        return "No area can be assessed: " + (_why(answer.rows) if answer.rows else "there is no row.")
    return f"No area has fewer {answer.whom} than its share by more than chance and what areas vary anyway."


def _short_of(answer: SupplyAnswer) -> str:
    """The areas that are short beyond chance: under-supplied ones first, as they are the ones with evidence."""
    under, low = ([r.name for r in answer.rows if r.found.grade == g] for g in GRADES_LOW)
    said = [f"Under-supplied: {_names(under)}."] if under else []
    if low:
        said.append(f"Fewer {answer.whom} than their share, beyond chance: {_names(low)}.")
        said.append("Why is a question of its own.")
    return " ".join(said)


def _names(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


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
    """How many people an area is short of its share, or nothing where it is not short beyond chance."""
    short = row.found.shortfall if row.found.grade in GRADES_LOW else None
    return "" if short is None else f"{short.reallocated:,.0f} moved or {short.added:,.0f} more"


def plain_ratio(row: SupplyRow) -> str:
    """The location quotient beside a ratio that allows for age: without that; blank where there is only one."""
    both = row.found.standardised and row.found.quotient
    return f"{row.found.quotient.value:.3f} without" if both and row.found.quotient else ""


def method(answer: SupplyAnswer) -> tuple[str, ...]:
    """How the ratios were come by, in sentences: ages that are allowed for, and how far areas vary anyway."""
    if answer.basis == DOCUMENTS:
        return ()
    said = []
    if answer.whole and answer.whole.learners and answer.whole.base:
        whole = f"{number(answer.whole.learners)} {answer.whom} beside {number(answer.whole.base)} people"
        said.append(f"Shares are of {whole}.")
    if answer.standardised_by:
        groups = ", ".join(answer.standardised_by)
        said.append(
            f"Ratios allow for age ({groups}): {answer.whom} seen ÷ expected if each age took part as often as in "
            "the whole (SPR, Byar's limits)."
        )
    if answer.spread:
        said.append(
            f"How far areas vary anyway is reckoned from {answer.spread.areas} areas (φ = {answer.spread.phi:.1f}, "
            f"τ = {answer.spread.tau2**0.5:.2f}) and widens what counts as beyond chance."
        )
        if answer.spread.areas > len(answer.rows):
            said.append(
                "Those are smaller areas than the ones compared, and small areas vary more: so this errs on the side "
                "of saying nothing."
            )
    elif any(row.found.quotient for row in answer.rows):
        said.append(
            f"{len(answer.rows)} areas are too few to reckon how far areas vary anyway ({FEWEST_AREAS} are needed), "
            "so only chance is allowed for."
        )
    return tuple(said)


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
        f"{answer.indicator}{narrowed(answer)} in {period_words(answer.period)} "
        f"({answer.title}, version {answer.version}), "
        f"beside {answer.denominator_words}."
    )
