"""What stands behind one number of coverage: which units, with which verdicts, by whom, on which words?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iqf.analysis.coverage import RULES, CellState, Claim, CoverageRow, Rule, UnitLink, counts_under
from iqf.analysis.coverage import coverage as reckon
from iqf.analysis.crosswalks import Hop
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError, find
from iqf.mapping.batch_states import READ
from iqf.mapping.models import VERDICT_WORDS, Judgement
from iqf.reports.claims import Area, above, framework_statements
from iqf.reports.coverage import RULES as RULE_WORDS
from iqf.reports.coverage import known, raters_of_units
from iqf.reports.coverage_cuts import best_choices, credits, in_best_choice, links, members
from iqf.reports.crosswalks import Path, frameworks_called, leading_to
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.things import Ref, Said, ref, said

ORDER: Sequence[CellState] = ("fully", "touches", "unsure", "none", "unjudged")
"""In which order units are shown. Of a unit, `unsure` says that a rater gave it and nobody accepted it."""

WITHOUT_HOLDERS = ("unit", "level")


@dataclass(frozen=True)
class Reason:
    """One rater's verdict on a unit and statement, with the words it rests on. A rater is told by kind, not name."""

    statement: str
    kind: str
    verdict: str
    quotation: str
    quoted_from: str
    rationale: str
    doubt: bool


@dataclass(frozen=True)
class Accepted:
    """What is accepted: the statement itself, which may stand below the area, how strongly, and who says so.

    `path`: the way from a statement of another framework to this one.
    """

    statement: str
    title: str
    strength: str
    raters_agree: bool | None
    note: str
    said: Said
    path: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class UnitBehind:
    """A unit of the row: how far it reaches the area, whether every holder has it, and on what that rests.

    `mandatory` is said only where the row is of qualifications, which have holders.
    """

    unit: Ref
    state: CellState
    mandatory: bool
    credit: int | None
    accepted: tuple[Accepted, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class CellAnswer:
    """One row and area of coverage: the count that the table shows, and every unit behind it.

    `row` and `label` are blank where all units are meant.
    """

    framework: Ref
    by: str
    rule: str
    rule_words: str
    row: str
    label: str
    thing: Ref | None
    area: Area
    counts: CoverageRow
    units: tuple[UnitBehind, ...]
    raters: tuple[tuple[str, int], ...]
    path: Path | None = None


def cell(
    text: str,
    area: str,
    *,
    row: str = "",
    by: str = "qualification",
    rule: str = "any",
    scheme: str = DEFAULT_SCHEME,
    through: Sequence[str] = (),
) -> CellAnswer:
    """What is behind the number of one `row` (its key in the table) and one `area` (its code); all units without row.

    Raises NotFoundError for a framework, area or row that is not there, and for all units under *mandatory*; or
    AmbiguousError.
    """
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    wanted = next((a for a in framework_statements(framework) if a.code.casefold() == area.casefold()), None)
    if wanted is None:
        raise NotFoundError(f'{framework.title} has no area "{area}" that coverage is counted for.')
    counted: Rule = next((known for known in RULES if known == rule), "any")
    others = frameworks_called(through)
    held, label, thing = _row(framework, others, row, by, scheme)
    everything, judged, path = known(framework, others)
    claims = tuple(c for c in everything if c.statement == wanted.code)
    judged |= {c.unit for c in everything if c.strength}
    behind = _Behind(others[0], leading_to(wanted.code, framework, others)) if others else _own(framework, wanted)
    if not row and counted == "mandatory":
        raise NotFoundError("Whether a unit is mandatory depends on the qualification: choose a row of the table.")
    still_open = [a.code for a in (*path.without, *path.at_least)] if path else []
    found = reckon(held, claims, judged, [wanted.code], counted, credits(), still_open)
    return CellAnswer(
        framework=ref(framework),
        by=by,
        rule=counted,
        rule_words=RULE_WORDS[counted],
        row=row,
        label=label,
        thing=thing,
        area=wanted,
        counts=found.rows[0],
        units=_units(behind, by, [x for x in held if counts_under(x, counted)], claims, judged),
        raters=raters_of_units(behind.framework),
        path=path,
    )


@dataclass(frozen=True)
class _Behind:
    """The statements on which verdicts were given that count for an area, each with the way from it to there."""

    framework: m.Framework
    statements: Mapping[str, tuple[Hop, ...]]


def _own(framework: m.Framework, area: Area) -> _Behind:
    """The area and every statement under it, however deep."""
    parents = above(framework)
    under: dict[str, list[str]] = defaultdict(list)
    for code, parent in parents.items():
        under[parent].append(code)
    found = [area.code]
    for code in found:
        found += under[code]
    return _Behind(framework, dict.fromkeys(found, ()))


def _row(
    framework: m.Framework, others: Sequence[m.Framework], row: str, by: str, scheme: str
) -> tuple[list[UnitLink], str, Ref | None]:
    """The units that one row stands for, and what it is called."""
    if not row:
        codes = m.Unit.objects.filter(LIVE).order_by("code").values_list("code", flat=True)
        return [UnitLink("all", code) for code in codes], "", None
    held, labels = links(by, in_best_choice(members(), best_choices(framework, others)), scheme)
    own = [x for x in held if x.holder == row]
    if not own or row not in labels:
        raise NotFoundError(f'Coverage by {by} has no row "{row}".')
    return own, *labels[row]


def _units(
    behind: _Behind,
    by: str,
    held: Iterable[UnitLink],
    claims: Iterable[Claim],
    judged: frozenset[str],
) -> tuple[UnitBehind, ...]:
    mandatory: dict[str, bool] = {}
    for link in held:
        mandatory[link.unit] = link.mandatory or mandatory.get(link.unit, False)
    units = m.Unit.objects.filter(LIVE, code__in=mandatory).select_related("owner").prefetch_related("aliases")
    accepted, reasons, credit = _accepted(behind), _reasons(behind), credits()
    given: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        given[claim.unit].append(claim)
    found = [
        UnitBehind(
            ref(unit),
            _state(given.get(unit.code, ()), unit.code in judged),
            mandatory[unit.code] and by not in WITHOUT_HOLDERS,
            credit.get(unit.code),
            tuple(accepted.get(unit.pk, ())),
            tuple(reasons.get(unit.pk, ())),
        )
        for unit in units
    ]
    return tuple(sorted(found, key=lambda u: (ORDER.index(u.state), not u.mandatory, u.unit.title)))


def _state(claims: Sequence[Claim], judged: bool) -> CellState:
    strengths = {claim.strength for claim in claims}
    if "fully" in strengths:
        return "fully"
    if "partly" in strengths:
        return "touches"
    if not judged:
        return "unjudged"
    return "unsure" if strengths else "none"


def _accepted(behind: _Behind) -> dict[int, list[Accepted]]:
    rows = m.Alignment.objects.filter(
        LIVE,
        statement__framework=behind.framework,
        statement__code__in=behind.statements,
        unit__isnull=False,
        verb="teaches",
    )
    found: dict[int, list[Accepted]] = defaultdict(list)
    for row in rows.select_related(*CITED, "statement").order_by("statement__position", "statement_id"):
        s = row.statement
        way = behind.statements[s.code]
        claim = Accepted(s.code, s.title, row.strength, row.raters_agree, row.note, said(row.citation), way)
        found[row.unit_id or 0].append(claim)
    return found


def _reasons(behind: _Behind) -> dict[int, list[Reason]]:
    """What raters of closed batches gave, by unit. Nobody is named here: the kind of rater is what a reader needs."""
    rows = Judgement.objects.filter(
        statement__framework=behind.framework,
        statement__code__in=behind.statements,
        verb="teaches",
        given__done_at__isnull=False,
        given__unit__batch__framework=behind.framework,
        given__unit__batch__state__in=READ,
    ).select_related("statement", "given__rater", "given__unit")
    found: dict[int, list[Reason]] = defaultdict(list)
    for row in rows.order_by("statement__position", "statement_id", "pk"):
        found[row.given.unit.unit_id].append(
            Reason(
                row.statement.code,
                row.given.rater.kind,
                VERDICT_WORDS[row.verdict],
                row.quotation,
                row.quoted_from,
                row.rationale or row.given.rationale,
                row.doubt or row.given.doubt,
            )
        )
    return found
