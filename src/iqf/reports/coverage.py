"""How much of a framework do the units reach, by which cut and under which counting rule?"""

from collections.abc import Sequence
from dataclasses import dataclass

from iqf.analysis.coverage import RULES as EVERY_RULE
from iqf.analysis.coverage import Claim, Coverage, CoverageRow, Rule, UnitLink
from iqf.analysis.coverage import coverage as reckon
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.reports.claims import Area, claims_for, framework_statements, judged_units
from iqf.reports.coverage_cuts import Labels, best_choices, credits, in_best_choice, links, members
from iqf.reports.crosswalks import Path, brought, frameworks_called
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.things import Ref, ref

RULES: dict[Rule, str] = {
    "any": "Any unit: everything that somebody who takes the qualification could be taught.",
    "mandatory": "Mandatory units only: what every holder is sure to have been taught.",
    "best-option": "Best choice: the most that a holder could have been taught under the rules of combination.",
    "credit": "Credit: how much of the credit of the judged units touches each area.",
}
MOST_AREAS = 60
"""Coverage is counted for frameworks with at most so many statements at the top: no table has more columns."""


@dataclass(frozen=True)
class Labelled:
    """A row of coverage with its name; `thing` where the row is a thing of the catalogue."""

    label: str
    thing: Ref | None
    counts: CoverageRow


@dataclass(frozen=True)
class RuleLine:
    """What one counting rule says of every area: the share (0 to 1) of `rows` that touch it; of credit, the share of
    the credit of judged units. None where nothing was judged.
    """

    rule: str
    words: str
    rows: int
    shares: dict[str, float | None]


@dataclass(frozen=True)
class CoverageAnswer:
    """Coverage under one rule, with the same under the others beside it, and who judged.

    `path`: how what is known came from the judgements of another framework, where it did.
    `best_unproven`: qualifications whose lists are not whole, so that their best choice is of the units known.
    """

    framework: Ref
    by: str
    rule: str
    rule_words: str
    statements: tuple[Area, ...]
    rows: tuple[Labelled, ...]
    areas_reached: tuple[tuple[int, int], ...]
    not_judged: int
    totals: CoverageRow
    other_rules: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]
    side_by_side: tuple[RuleLine, ...]
    best_unproven: int
    raters: tuple[tuple[str, int], ...]
    path: Path | None = None


def coverage(
    text: str,
    *,
    by: str = "qualification",
    rule: str = "any",
    scheme: str = DEFAULT_SCHEME,
    through: Sequence[str] = (),
) -> CoverageAnswer:
    """Coverage of the framework called `text`, under a scheme where it is by cluster.

    `through`: not by its own judgements, but by those of another framework (the first), along crosswalks, by way of
    the rest. Raises NotFoundError (also for an unknown scheme, a framework with too many areas, and frameworks that
    are not related), or AmbiguousError.
    """
    thing = find(text, ("framework",))
    framework = m.Framework.objects.get(pk=thing.pk)
    others = frameworks_called(through)
    areas = framework_statements(framework)
    if len(areas) > MOST_AREAS:
        raise NotFoundError(
            f"{framework.title} has {len(areas)} statements at its top, too many for a table of coverage; "
            f"coverage is counted for up to {MOST_AREAS}."
        )
    counted: Rule = next((known for known in EVERY_RULE if known == rule), "any")
    codes = [a.code for a in areas]
    weights = credits()
    claims, judged, path = known(framework, others)
    still_open = [a.code for a in (*path.without, *path.at_least)] if path else []
    choices = best_choices(framework, others) if judged else {}
    held, labels = links(by, in_best_choice(members(), choices), scheme)
    found = {each: reckon(held, claims, judged, codes, each, weights, still_open) for each in EVERY_RULE}
    everything = [UnitLink("all", code, True) for code in _all_units()]
    totals = reckon(
        everything, claims, judged, codes, "credit" if counted == "credit" else "any", weights, still_open
    )
    return CoverageAnswer(
        framework=ref(framework),
        by=by,
        rule=counted,
        rule_words=RULES[counted],
        statements=areas,
        rows=_labelled(found[counted], labels),
        areas_reached=tuple(found[counted].areas_reached.items()),
        not_judged=found[counted].not_judged,
        totals=totals.rows[0] if totals.rows else _empty(codes),
        other_rules=tuple(
            (each, RULES[each], tuple(found[each].areas_reached.items())) for each in EVERY_RULE if each != counted
        ),
        side_by_side=tuple(_shares(each, found[each], codes, path) for each in EVERY_RULE),
        best_unproven=sum(choice.status == "bound" for choice in choices.values()),
        raters=raters_of_units(others[0] if others else framework),
        path=path,
    )


def known(
    framework: m.Framework, others: Sequence[m.Framework]
) -> tuple[tuple[Claim, ...], frozenset[str], Path | None]:
    """The claims and the judged units of a framework: its own, or what is brought from others, and by which path."""
    if not others:
        return claims_for(framework), judged_units(framework), None
    found = brought(framework, others)
    return found.claims, found.judged, found.path


def _shares(rule: Rule, found: Coverage, codes: Sequence[str], path: Path | None) -> RuleLine:
    """One rule's line: the share of rows with a judged unit that touch each area; under *credit*, of their credit.

    None for an area to which no path leads.
    """
    seen = [row for row in found.rows if row.units_judged]
    unknown = {a.code for a in path.without} if path else set()
    whole = sum(row.amount for row in seen) if rule == "credit" else len(seen)
    counts = {
        code: sum(row.touches[code] if rule == "credit" else row.touches[code] > 0 for row in seen) for code in codes
    }
    shares = {c: n / whole if whole and c not in unknown else None for c, n in counts.items()}
    return RuleLine(rule, RULES[rule], len(seen), shares)


def _empty(codes: Sequence[str]) -> CoverageRow:
    nothing = dict.fromkeys(codes, 0)
    return CoverageRow("all", 0, 0, nothing, nothing, nothing, nothing, 0)


def _all_units() -> list[str]:
    return list(m.Unit.objects.filter(LIVE).order_by("code").values_list("code", flat=True))


def raters_of_units(framework: m.Framework) -> tuple[tuple[str, int], ...]:
    """Who judged units for a framework: each kind of rater, and how many of it judged a unit at most."""
    kinds: dict[str, int] = {}
    for kind, raters in m.JudgedUnit.objects.filter(LIVE, framework=framework).values_list("rater_kind", "raters"):
        kinds[kind] = max(raters, kinds.get(kind, 0))
    return tuple(kinds.items())


def _labelled(found: Coverage, labels: Labels) -> tuple[Labelled, ...]:
    return tuple(Labelled(*labels[row.key], row) for row in found.rows)


def table(answer: CoverageAnswer) -> tuple[list[str], list[list[object]]]:
    """The answer as a table: columns and rows, touches and fully apart, with their range."""
    codes = [a.code for a in answer.statements]
    columns = ["code", "label", "units_total", "units_judged"]
    for part in ("touches", "fully", "touches_low", "touches_high"):
        columns += [f"{part}_{code}" for code in codes]
    columns.append("none")
    rows: list[list[object]] = []
    for row in answer.rows:
        c = row.counts
        cells: list[object] = [c.key, row.label, c.units_total, c.units_judged]
        for counts in (c.touches, c.fully, c.touches_low, c.touches_high):
            cells += [counts[code] for code in codes]
        rows.append([*cells, c.none])
    return columns, rows
