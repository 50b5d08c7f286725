"""How much of a framework do the units reach, by which cut and under which counting rule?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iqf.analysis.coverage import Claim, Coverage, CoverageRow, Rule, UnitLink
from iqf.analysis.coverage import coverage as reckon
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.codes import level_rank, level_words
from iqf.reports.lists import DEFAULT_SCHEME, qualifications_in_clusters, schemes
from iqf.reports.things import Ref, ref, shown_level

RULES: dict[str, str] = {
    "any": "Any unit: everything that somebody who takes the qualification could be taught.",
    "mandatory": "Mandatory units only: what every holder is sure to have been taught.",
}
NO_LEVEL_KNOWN = "not known"
MOST_AREAS = 60
"""Coverage is counted for frameworks with at most so many statements at the top: no table has more columns."""


@dataclass(frozen=True)
class Area:
    """A statement that coverage is counted for."""

    code: str
    title: str


@dataclass(frozen=True)
class Labelled:
    """A row of coverage with its name; `thing` where the row is a thing of the catalogue."""

    label: str
    thing: Ref | None
    counts: CoverageRow


@dataclass(frozen=True)
class CoverageAnswer:
    """Coverage under one rule, with the same under the others beside it, and who judged."""

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
    raters: tuple[tuple[str, int], ...]


def framework_statements(framework: m.Framework) -> tuple[Area, ...]:
    """The statements that coverage counts: the areas at the top of the framework, else all its top statements."""
    rows = m.Statement.objects.filter(LIVE, framework=framework, parent=None)
    return tuple(Area(s.code, s.title) for s in rows)


def claims_for(framework: m.Framework) -> tuple[Claim, ...]:
    """Accepted alignments of units with the framework, carried up to the top statement they stand under."""
    top = _tops(framework)
    rows = m.Alignment.objects.filter(
        LIVE, statement__framework=framework, unit__isnull=False, unit__retired_on__isnull=True
    ).select_related("unit")
    return tuple(
        Claim(r.unit.code, top[r.statement_id], r.strength, r.raters_agree)  # type: ignore[union-attr, arg-type]
        for r in rows
    )


def _tops(framework: m.Framework) -> dict[int, str]:
    """The code of the top statement that each statement stands under, however deep; its own where it is one."""
    rows = m.Statement.objects.filter(framework=framework).values_list("pk", "parent_id", "code")
    above = {pk: parent for pk, parent, _ in rows}
    codes = {pk: code for pk, _, code in rows}

    def top(pk: int) -> int:
        parent = above[pk]
        return pk if parent is None else top(parent)

    return {pk: codes[top(pk)] for pk in above}


def judged_units(framework: m.Framework) -> frozenset[str]:
    """The units that were put to raters for the framework."""
    return frozenset(
        m.JudgedUnit.objects.filter(LIVE, framework=framework, unit__retired_on__isnull=True).values_list(
            "unit__code", flat=True
        )
    )


@dataclass(frozen=True)
class Member:
    """A unit in a qualification: whether every holder of it has the unit."""

    qualification: m.Qualification
    unit: m.Unit
    mandatory: bool


def members() -> tuple[Member, ...]:
    """Every unit in every standing qualification. Mandatory: in a group that all holders meet in full."""
    rows = m.GroupUnit.objects.filter(
        LIVE,
        group__retired_on__isnull=True,
        group__qualification__retired_on__isnull=True,
        unit__retired_on__isnull=True,
    ).select_related("unit", "group__parent", "group__qualification__owner", "group__qualification__cluster__scheme")
    return tuple(
        Member(
            r.group.qualification,
            r.unit,
            r.group.kind == "all" and (r.group.parent is None or r.group.parent.kind == "all"),
        )
        for r in rows.order_by("group__qualification_id", "group__position", "position")
    )


def coverage(
    text: str, *, by: str = "qualification", rule: str = "any", scheme: str = DEFAULT_SCHEME
) -> CoverageAnswer:
    """Coverage of the framework called `text`, under a scheme where it is by cluster.

    Raises NotFoundError (also for an unknown scheme, and for a framework with too many areas), or AmbiguousError.
    """
    thing = find(text, ("framework",))
    framework = m.Framework.objects.get(pk=thing.pk)
    areas = framework_statements(framework)
    if len(areas) > MOST_AREAS:
        raise NotFoundError(
            f"{framework.title} has {len(areas)} statements at its top, too many for a table of coverage; "
            f"coverage is counted for up to {MOST_AREAS}."
        )
    codes = [a.code for a in areas]
    claims, judged, held = claims_for(framework), judged_units(framework), members()
    links, labels = _links(by, held, scheme)
    asked: Rule = "mandatory" if rule == "mandatory" else "any"
    found = reckon(links, claims, judged, codes, asked)
    everything = [UnitLink("all", code, True) for code in _all_units()]
    return CoverageAnswer(
        framework=ref(framework),
        by=by,
        rule=asked,
        rule_words=RULES[asked],
        statements=areas,
        rows=_labelled(found, labels),
        areas_reached=tuple(found.areas_reached.items()),
        not_judged=found.not_judged,
        totals=reckon(everything, claims, judged, codes).rows[0] if everything else _empty(codes),
        other_rules=tuple(
            (other, words, tuple(reckon(links, claims, judged, codes, other).areas_reached.items()))  # type: ignore[arg-type]
            for other, words in RULES.items()
            if other != asked
        ),
        raters=_raters(framework),
    )


def _empty(codes: Sequence[str]) -> CoverageRow:
    nothing = dict.fromkeys(codes, 0)
    return CoverageRow("all", 0, 0, nothing, nothing, nothing, nothing, 0)


def _all_units() -> list[str]:
    return list(m.Unit.objects.filter(LIVE).order_by("code").values_list("code", flat=True))


def _raters(framework: m.Framework) -> tuple[tuple[str, int], ...]:
    kinds: dict[str, int] = {}
    for kind, raters in m.JudgedUnit.objects.filter(LIVE, framework=framework).values_list("rater_kind", "raters"):
        kinds[kind] = max(raters, kinds.get(kind, 0))
    return tuple(kinds.items())


Labels = dict[str, tuple[str, Ref | None]]


def _links(by: str, held: Iterable[Member], scheme: str) -> tuple[list[UnitLink], Labels]:
    """The links of one cut, in the order its rows are shown, and what each row is called."""
    cut = {
        "qualification": _by_qualification,
        "unit": _by_unit,
        "level": _by_level,
        "role": _by_role,
    }.get(by)
    return cut(tuple(held)) if cut else _by_cluster(tuple(held), scheme)


def _by_qualification(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    things = {
        q.code: q for q in m.Qualification.objects.filter(LIVE).select_related("owner").prefetch_related("aliases")
    }
    with_units = {h.qualification.code for h in held}
    ordered = sorted((q for c, q in things.items() if c in with_units), key=lambda q: (level_rank(q.level), q.title))
    order = {q.code: n for n, q in enumerate(ordered)}
    links = [UnitLink(h.qualification.code, h.unit.code, h.mandatory) for h in held]
    return sorted(links, key=lambda x: order[x.holder]), {q.code: (q.title, ref(q)) for q in ordered}


def _by_unit(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    units = m.Unit.objects.filter(LIVE).select_related("owner").prefetch_related("aliases").order_by("title")
    labels: Labels = {u.code: (u.title, ref(u)) for u in units}
    return [UnitLink(code, code, True) for code in labels], labels


def _by_level(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    """By the unit's own level; under the mandatory rule, units that are mandatory somewhere."""
    mandatory = {h.unit.code for h in held if h.mandatory}
    units = sorted(m.Unit.objects.filter(LIVE), key=lambda u: (level_rank(u.level), u.code))
    labels: Labels = {(shown_level(u.level) or NO_LEVEL_KNOWN): (level_words(u.level), None) for u in units}
    return [UnitLink(shown_level(u.level) or NO_LEVEL_KNOWN, u.code, u.code in mandatory) for u in units], labels


def _by_role(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    """By role: the units of every qualification that the role asks for, however strongly."""
    serving: dict[int, list[m.Role]] = {}
    rows = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).select_related("role")
    for row in rows.prefetch_related("role__aliases"):
        serving.setdefault(row.qualification_id, []).append(row.role)
    links = [
        UnitLink(role.code, h.unit.code, h.mandatory) for h in held for role in serving.get(h.qualification.pk, ())
    ]
    roles = {role.code: role for several in serving.values() for role in several}
    order = {r.code: n for n, r in enumerate(sorted(roles.values(), key=lambda r: r.title))}
    return sorted(links, key=lambda x: order[x.holder]), {c: (r.title, ref(r)) for c, r in roles.items()}


def _by_cluster(held: tuple[Member, ...], scheme: str) -> tuple[list[UnitLink], Labels]:
    """By cluster: the units of the qualifications that stand in it. Raises NotFoundError for an unknown scheme."""
    known = [s.key for s in schemes()]
    if scheme not in known:
        raise NotFoundError(f'There is no scheme "{scheme}"; the schemes are: {", ".join(known)}.')
    placed = qualifications_in_clusters(scheme)
    links = [
        UnitLink(key, h.unit.code, h.mandatory) for h in held for key in sorted(placed.get(h.qualification.pk, ()))
    ]
    titles = dict(m.Cluster.objects.filter(LIVE, scheme__key=scheme).values_list("key", "title"))
    order = {key: n for n, key in enumerate(titles)}
    return sorted(links, key=lambda x: order[x.holder]), {k: (t, None) for k, t in titles.items()}


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
