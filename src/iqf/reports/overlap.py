"""What do two qualifications, or two roles, have in common, and what does each add?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iqf.analysis.overlap import overlap as reckon
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find
from iqf.catalogue.rulesets import equivalent_classes, unit_fact
from iqf.codes import level_words
from iqf.reports.asked import STRENGTH_ORDER, asked_by
from iqf.reports.things import Fact, Facts, Ref, facts_of, ref


@dataclass(frozen=True)
class Compared:
    """One fact of both, side by side, each with the mark it must carry. None: not known."""

    label: str
    a: Any
    b: Any
    mark_a: str = ""
    mark_b: str = ""

    @property
    def same(self) -> bool:
        """Whether the two are the same."""
        return bool(self.a == self.b)


@dataclass(frozen=True)
class AlikeUnits:
    """Two different units with like titles."""

    a: Ref
    b: Ref
    score: float


@dataclass(frozen=True)
class UnitRow:
    """A unit with its size, as the comparison lists it."""

    unit: Ref
    credit_low: int | None
    credit_high: int | None


@dataclass(frozen=True)
class OverlapAnswer:
    """Two qualifications compared: facts, then units, then statements of each framework that both were judged for."""

    a: Ref
    b: Ref
    facts: tuple[Compared, ...]
    shared_units: tuple[UnitRow, ...]
    equivalent_units: tuple[tuple[Ref, Ref], ...]
    alike_units: tuple[AlikeUnits, ...]
    only_a: tuple[UnitRow, ...]
    only_b: tuple[UnitRow, ...]
    statements_both: tuple[str, ...]
    statements_only_a: tuple[str, ...]
    statements_only_b: tuple[str, ...]
    units_a: int
    units_b: int


def overlap(a: str, b: str) -> OverlapAnswer:
    """Compare two qualifications, each called by any alias. Raises NotFoundError or AmbiguousError."""
    first, second = _whole(find(a, ("qualification",)).pk), _whole(find(b, ("qualification",)).pk)
    units_a, units_b = _units(first), _units(second)
    everything = {u.code: u for u in (*units_a, *units_b)}
    found = reckon(
        [unit_fact(u) for u in units_a],
        [unit_fact(u) for u in units_b],
        equivalent_classes(),
        _reaches(everything.values()),
    )

    def row(code: str) -> UnitRow:
        unit = everything[code]
        return UnitRow(ref(unit), unit.credit_low, unit.credit_high)

    return OverlapAnswer(
        a=ref(first),
        b=ref(second),
        facts=_facts(first, second),
        shared_units=tuple(row(c) for c in found.shared),
        equivalent_units=tuple((ref(everything[x]), ref(everything[y])) for x, y in found.equivalent),
        alike_units=tuple(AlikeUnits(ref(everything[p.a]), ref(everything[p.b]), p.score) for p in found.alike),
        only_a=tuple(row(c) for c in found.only_a),
        only_b=tuple(row(c) for c in found.only_b),
        statements_both=found.statements_both,
        statements_only_a=found.statements_only_a,
        statements_only_b=found.statements_only_b,
        units_a=len(units_a),
        units_b=len(units_b),
    )


def _whole(pk: int) -> m.Qualification:
    things = m.Qualification.objects.select_related(*CITED, "owner", "cluster")
    return things.prefetch_related("aliases").get(pk=pk)


def _units(qualification: m.Qualification) -> list[m.Unit]:
    rows = (
        m.GroupUnit.objects.filter(
            LIVE, group__qualification=qualification, group__retired_on__isnull=True, unit__retired_on__isnull=True
        )
        .select_related("unit__owner")
        .prefetch_related("unit__aliases")
        .order_by("group__position", "position")
    )
    return list({r.unit.pk: r.unit for r in rows}.values())


def _reaches(units: Iterable[m.Unit]) -> dict[str, frozenset[str]]:
    """The statements that each unit touches: framework and code."""
    found: dict[str, set[str]] = {}
    rows = m.Alignment.objects.filter(LIVE, unit__in=list(units)).select_related("unit", "statement__framework")
    for row in rows:
        if row.unit:
            found.setdefault(row.unit.code, set()).add(f"{row.statement.framework.key}:{row.statement.code}")
    return {code: frozenset(s) for code, s in found.items()}


def _facts(a: m.Qualification, b: m.Qualification) -> tuple[Compared, ...]:
    facts_a, facts_b = facts_of(a), facts_of(b)

    def both(name: str, label: str, read: Any) -> Compared:
        return _compared(facts_a.fact(name, label, read(a)), facts_b.fact(name, label, read(b)))

    return (
        both("number", "Number", lambda q: next((x.value for x in q.aliases.all() if x.scheme == "qan"), None)),
        both("kind", "Kind", lambda q: q.kind),
        both("owner", "Owner", lambda q: q.owner.title if q.owner else None),
        both("level", "Level", lambda q: level_words(q.level)),
        both("credit", "Credit", lambda q: q.credit),
        both("glh", "Guided learning hours", lambda q: q.glh),
        both("tqt", "Total qualification time (hours)", lambda q: q.tqt),
        both("age_focus", "Age focus", lambda q: q.age_focus or None),
        both("assesses", "Mainly assesses", lambda q: q.assesses or None),
        both("cluster", "Cluster", lambda q: q.cluster.title if q.cluster else None),
        both("operational_start", "Operational start", lambda q: q.operational_start or None),
        both("operational_end", "Operational end", lambda q: q.operational_end or None),
        both("certification_end", "Certification end", lambda q: q.certification_end or None),
        both("stated_status", "Status stated", lambda q: q.stated_status or None),
    )


def _compared(a: Fact, b: Fact) -> Compared:
    """Two facts side by side; what is not known carries no mark."""
    mark_a, mark_b = (f.mark if f.value is not None else "" for f in (a, b))
    return Compared(a.label, a.value, b.value, mark_a, mark_b)


@dataclass(frozen=True)
class RolesCompared:
    """Two roles compared: facts, what both ask for, job functions of both and of each."""

    a: Ref
    b: Ref
    facts: tuple[Compared, ...]
    asked_by_both: tuple[tuple[Ref, str, str], ...]
    asked_only_a: tuple[tuple[Ref, str], ...]
    asked_only_b: tuple[tuple[Ref, str], ...]
    functions_both: tuple[str, ...]
    functions_only_a: tuple[str, ...]
    functions_only_b: tuple[str, ...]


def compare_roles(a: str, b: str) -> RolesCompared:
    """Compare two roles, each called by any alias. Raises NotFoundError or AmbiguousError."""
    found = [find(text, ("role",)).pk for text in (a, b)]
    roles = [m.Role.objects.select_related(*CITED).prefetch_related("aliases").get(pk=pk) for pk in found]
    asks = asked_by(found)
    first, second = ({x.qualification.code: x for x in asks[pk]} for pk in found)
    duties_a, duties_b = (set(r.functions.filter(LIVE).values_list("function__title", flat=True)) for r in roles)
    order = sorted(first.keys() & second.keys(), key=lambda c: STRENGTH_ORDER[first[c].strength])
    return RolesCompared(
        a=ref(roles[0]),
        b=ref(roles[1]),
        facts=_role_facts(*roles),
        asked_by_both=tuple(
            (first[c].qualification, first[c].strength_words, second[c].strength_words) for c in order
        ),
        asked_only_a=tuple((x.qualification, x.strength_words) for c, x in first.items() if c not in second),
        asked_only_b=tuple((x.qualification, x.strength_words) for c, x in second.items() if c not in first),
        functions_both=tuple(sorted(duties_a & duties_b)),
        functions_only_a=tuple(sorted(duties_a - duties_b)),
        functions_only_b=tuple(sorted(duties_b - duties_a)),
    )


def _role_facts(a: m.Role, b: m.Role) -> tuple[Compared, ...]:
    facts_a, facts_b = facts_of(a), facts_of(b)

    def both(name: str, label: str) -> Compared:
        return _compared(_role_fact(facts_a, a, name, label), _role_fact(facts_b, b, name, label))

    return (
        both("constituency", "Constituency"),
        both("contact", "Contact with children"),
        both("tier", "Tier of service"),
        both("status", "Status"),
    )


def _role_fact(facts: Facts, role: m.Role, name: str, label: str) -> Fact:
    inferred = getattr(role, f"{name}_basis", "") == "inferred"
    return facts.fact(name, label, getattr(role, name) or None, certainty="inferred" if inferred else "")
