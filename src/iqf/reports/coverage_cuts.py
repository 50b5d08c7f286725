"""How units are gathered for coverage, by qualification, level, role…, and which of them each rule counts."""

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects

from iqf.accounts.queries import data_version
from iqf.analysis.coverage import UnitLink
from iqf.analysis.rule_best import BestChoice, best_choice
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.codes import level_rank, level_words
from iqf.reports.claims import claims_for
from iqf.reports.crosswalks import brought
from iqf.reports.lists import qualifications_in_clusters, schemes
from iqf.reports.rulesets import load_rules
from iqf.reports.things import Ref, ref, shown_level

NO_LEVEL_KNOWN = "not known"


@dataclass(frozen=True)
class Member:
    """A unit in a qualification: whether every holder has it, and whether it is in the choice that reaches most."""

    qualification: m.Qualification
    unit: m.Unit
    mandatory: bool
    best: bool = True


def members(of: Collection[m.Qualification] | None = None) -> tuple[Member, ...]:
    """Every unit in every standing qualification, or in these. Mandatory: in a group that all meet in full."""
    rows = m.GroupUnit.objects.filter(
        LIVE,
        group__retired_on__isnull=True,
        group__qualification__retired_on__isnull=True,
        unit__retired_on__isnull=True,
        **({} if of is None else {"group__qualification__in": of}),
    ).select_related("unit", "group__parent", "group__qualification__owner", "group__qualification__cluster__scheme")
    return tuple(
        Member(
            r.group.qualification,
            r.unit,
            r.group.kind == "all" and (r.group.parent is None or r.group.parent.kind == "all"),
        )
        for r in rows.order_by("group__qualification_id", "group__position", "position")
    )


def in_best_choice(held: Iterable[Member], choices: Mapping[str, BestChoice]) -> tuple[Member, ...]:
    """The same, each marked by whether the best choice of its qualification has it: what is mandatory is in any.

    Without a choice all units are.
    """

    def chosen(x: Member) -> bool:
        choice = choices.get(x.qualification.code)
        return choice is None or x.mandatory or x.unit.code in choice.units

    return tuple(replace(x, best=chosen(x)) for x in held)


def best_choices(framework: m.Framework, through: Sequence[m.Framework] = ()) -> Mapping[str, BestChoice]:
    """The choice of units that reaches most of the framework, by qualification; without those that none meets.

    `through`: by the judgements of another framework, along crosswalks.
    """
    return _best_choices(framework.pk, tuple(each.pk for each in through), data_version())


@functools.lru_cache(maxsize=16)
def _best_choices(framework: int, through: tuple[int, ...], version: str) -> Mapping[str, BestChoice]:
    """The solver's answers, kept for as long as the data stay as they are."""
    touches: dict[str, set[str]] = {}
    fully: dict[str, set[str]] = {}
    held = m.Framework.objects.in_bulk([framework, *through])
    own, others = held[framework], [held[each] for each in through]
    for claim in brought(own, others).claims if others else claims_for(own):
        if claim.strength:
            touches.setdefault(claim.unit, set()).add(claim.statement)
        if claim.strength == "fully":
            fully.setdefault(claim.unit, set()).add(claim.statement)
    found = {code: best_choice(r.ruleset, r.units, touches, fully) for code, r in load_rules().items()}
    return {code: choice for code, choice in found.items() if choice.status != "impossible"}


def credits() -> dict[str, int]:
    """The credit of each unit whose credit is known, by code."""
    rows = m.Unit.objects.filter(LIVE, credit_low__isnull=False).values_list("code", "credit_low", "credit_high")
    return {code: low for code, low, high in rows if low is not None and low == high}


Labels = dict[str, tuple[str, Ref | None]]


def links(by: str, held: Collection[Member], scheme: str) -> tuple[list[UnitLink], Labels]:
    """The links of one cut, in the order its rows are shown, and what each row is called."""
    cut = CUTS.get(by)
    return cut(tuple(held)) if cut else _by_cluster(tuple(held), scheme)


def _by_qualification(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    things = {
        q.code: q for q in m.Qualification.objects.filter(LIVE).select_related("owner").prefetch_related("aliases")
    }
    with_units = {h.qualification.code for h in held}
    ordered = sorted((q for c, q in things.items() if c in with_units), key=lambda q: (level_rank(q.level), q.title))
    order = {q.code: n for n, q in enumerate(ordered)}
    links = [UnitLink(h.qualification.code, h.unit.code, h.mandatory, h.best) for h in held]
    return sorted(links, key=lambda x: order[x.holder]), {q.code: (q.title, ref(q)) for q in ordered}


def _by_unit(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    units = m.Unit.objects.filter(LIVE).select_related("owner").prefetch_related("aliases").order_by("title")
    labels: Labels = {u.code: (u.title, ref(u)) for u in units}
    return [UnitLink(code, code, True) for code in labels], labels


def _by_level(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    """By the unit's own level; under the other rules, units that are mandatory, or in a best choice, somewhere."""
    mandatory = {h.unit.code for h in held if h.mandatory}
    best = {h.unit.code for h in held if h.best}
    units = sorted(m.Unit.objects.filter(LIVE), key=lambda u: (level_rank(u.level), u.code))
    labels: Labels = {(shown_level(u.level) or NO_LEVEL_KNOWN): (level_words(u.level), None) for u in units}
    return [
        UnitLink(shown_level(u.level) or NO_LEVEL_KNOWN, u.code, u.code in mandatory, u.code in best) for u in units
    ], labels


def _by_role(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    """By role: the units of every qualification that the role asks for, however strongly."""
    serving: dict[int, list[m.Role]] = {}
    rows = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).select_related("role")
    for row in rows.prefetch_related("role__aliases"):
        serving.setdefault(row.qualification_id, []).append(row.role)
    links = [
        UnitLink(role.code, h.unit.code, h.mandatory, h.best)
        for h in held
        for role in serving.get(h.qualification.pk, ())
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
        UnitLink(key, h.unit.code, h.mandatory, h.best)
        for h in held
        for key in sorted(placed.get(h.qualification.pk, ()))
    ]
    titles = dict(m.Cluster.objects.filter(LIVE, scheme__key=scheme).values_list("key", "title"))
    order = {key: n for n, key in enumerate(titles)}
    return sorted(links, key=lambda x: order[x.holder]), {k: (t, None) for k, t in titles.items()}


def _by_owner(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    """By awarding organisation: the units of its qualifications."""
    owned = [
        (h, h.qualification.owner) for h in held if h.qualification.owner and not h.qualification.owner.is_retired
    ]
    owners = {owner.code: owner for _, owner in owned}
    order = {o.code: n for n, o in enumerate(sorted(owners.values(), key=lambda o: o.title))}
    found = [UnitLink(owner.code, h.unit.code, h.mandatory, h.best) for h, owner in owned]
    prefetch_related_objects(list(owners.values()), "aliases")
    return sorted(found, key=lambda x: order[x.holder]), {c: (o.title, ref(o)) for c, o in owners.items()}


def _by_kind(held: tuple[Member, ...]) -> tuple[list[UnitLink], Labels]:
    """By kind of qualification: the units of those of that kind."""
    found = [UnitLink(h.qualification.kind, h.unit.code, h.mandatory, h.best) for h in held]
    return sorted(found, key=lambda x: x.holder), {h.qualification.kind: (h.qualification.kind, None) for h in held}


Cut = Callable[[tuple[Member, ...]], tuple[list[UnitLink], Labels]]
CUTS: Mapping[str, Cut] = {
    "qualification": _by_qualification,
    "unit": _by_unit,
    "level": _by_level,
    "role": _by_role,
    "owner": _by_owner,
    "kind": _by_kind,
}
"""Every cut but that by cluster, which needs a scheme."""
