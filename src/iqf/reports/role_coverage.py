"""What does a role require of a framework, and which of the qualifications that serve it teach that?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from iqf.analysis.coverage import Claim, Strength, UnitLink
from iqf.analysis.role_coverage import Met, Serving, Verdict, role_coverage
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError, find
from iqf.reports.asked import STRENGTH_ORDER
from iqf.reports.coverage import raters_of_units
from iqf.reports.coverage_cuts import members
from iqf.reports.things import Ref, Said, ref, said

COUNTED = ("mandatory", "significant")
"""How strongly a role asks for the qualifications that are counted; where it asks for none so, all are."""


@dataclass(frozen=True)
class Taught:
    """One statement that the role requires, and how each qualification meets it."""

    code: str
    title: str
    wanted: str
    verdict: Verdict
    by: tuple[Met, ...]
    said: Said


@dataclass(frozen=True)
class RoleCoverage:
    """A role's required statements of one framework beside the qualifications that serve it.

    `qualifications` are those counted, strongest first, each with how strongly it is asked for. `only_relevant`: the
    role asks for none more strongly than as relevant. `raters`: who judged, by kind.
    """

    role: Ref
    framework: Ref
    qualifications: tuple[tuple[Ref, str], ...]
    only_relevant: bool
    needs: tuple[Taught, ...]
    raters: tuple[tuple[str, int], ...]

    def ref_of(self, code: str) -> Ref:
        """One of the qualifications by its code."""
        return next(q for q, _ in self.qualifications if q.code == code)


def of_role(text: str) -> tuple[RoleCoverage, ...]:
    """For every framework of which the role called `text` requires a statement and of which units were judged.

    Raises NotFoundError or AmbiguousError.
    """
    role = m.Role.objects.prefetch_related("aliases").get(pk=find(text, ("role",)).pk)
    rows = role.alignments.filter(LIVE, verb="requires").select_related(*CITED, "statement__framework")
    by_framework: dict[m.Framework, list[m.Alignment]] = defaultdict(list)
    for row in rows.order_by("statement__framework__title", "statement__position"):
        by_framework[row.statement.framework].append(row)
    judged = [f for f in by_framework if m.JudgedUnit.objects.filter(LIVE, framework=f).exists()]
    return tuple(_covered(role, framework, by_framework[framework]) for framework in judged)


def in_framework(text: str, framework: str) -> RoleCoverage:
    """The same for one framework. Raises NotFoundError also where nothing is required of it, or nobody judged."""
    wanted = find(framework, ("framework",))
    found = next((each for each in of_role(text) if each.framework.code == wanted.code), None)
    if found is None:
        role = find(text, ("role",))
        raise NotFoundError(
            f"{role.title} requires nothing of {wanted.title}, or no unit has been judged against it."
        )
    return found


def _covered(role: m.Role, framework: m.Framework, rows: list[m.Alignment]) -> RoleCoverage:
    asked, only_relevant = _asked(role)
    needs: dict[str, Strength] = {r.statement.code: "fully" if r.strength == "fully" else "partly" for r in rows}
    serving = _serving([q for q, _ in asked])
    units = {x.unit for each in serving for x in each.links}
    found = role_coverage(needs, serving, _claims(framework, units, list(needs)), _judged(framework, units))
    return RoleCoverage(
        role=ref(role),
        framework=ref(framework),
        qualifications=tuple((ref(q), strength) for q, strength in asked),
        only_relevant=only_relevant,
        needs=tuple(
            Taught(r.statement.code, r.statement.title, met.wanted, met.verdict, met.by, said(r.citation))
            for r, met in zip(rows, found, strict=True)
        ),
        raters=raters_of_units(framework),
    )


def _asked(role: m.Role) -> tuple[list[tuple[m.Qualification, str]], bool]:
    """The qualifications that count for the role, strongest first; whether these are only relevant ones."""
    rows = m.Requirement.objects.filter(LIVE, role=role, qualification__retired_on__isnull=True)
    strongest: dict[m.Qualification, str] = {}
    for row in rows.select_related("qualification__owner").prefetch_related("qualification__aliases"):
        before = strongest.get(row.qualification)
        if before is None or STRENGTH_ORDER[row.strength] < STRENGTH_ORDER[before]:
            strongest[row.qualification] = row.strength
    counted = {q: strength for q, strength in strongest.items() if strength in COUNTED}
    chosen = counted or strongest
    order = sorted(chosen.items(), key=lambda x: (STRENGTH_ORDER[x[1]], x[0].title))
    return order, bool(chosen) and not counted


def _serving(qualifications: list[m.Qualification]) -> list[Serving]:
    open_lists = set(
        m.RuleGroup.objects.filter(LIVE, qualification__in=qualifications, list_complete=False).values_list(
            "qualification_id", flat=True
        )
    )
    links: dict[int, list[UnitLink]] = defaultdict(list)
    for h in members(qualifications):
        links[h.qualification.pk].append(UnitLink(h.qualification.code, h.unit.code, h.mandatory))
    return [Serving(q.code, tuple(links[q.pk]), q.pk not in open_lists) for q in qualifications]


def _judged(framework: m.Framework, units: Iterable[str]) -> frozenset[str]:
    rows = m.JudgedUnit.objects.filter(LIVE, framework=framework, unit__code__in=list(units))
    return frozenset(rows.values_list("unit__code", flat=True))


def _claims(framework: m.Framework, units: Iterable[str], wanted: list[str]) -> list[Claim]:
    """What these units are accepted to teach of the required statements: at them, or at statements below them."""
    rows = m.Statement.objects.filter(LIVE, framework=framework).values_list("pk", "parent_id", "code")
    codes = {pk: code for pk, _, code in rows}
    above = {pk: parent for pk, parent, _ in rows}
    taught = m.Alignment.objects.filter(
        LIVE, verb="teaches", statement__framework=framework, unit__code__in=list(units)
    ).values_list("unit__code", "statement_id", "strength")
    found = []
    for unit, pk, strength in taught:
        at: int | None = pk
        while at is not None and at in codes:
            if codes[at] in wanted:
                found.append(Claim(unit, codes[at], "fully" if strength == "fully" else "partly"))
            at = above[at]
    return found
