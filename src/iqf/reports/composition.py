"""What is a composition of units like: what it repeats, reaches beside, resembles, and how much is assessed?"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from iqf.analysis.compose import Brief
from iqf.analysis.composed import alike
from iqf.analysis.rule_reading import item_names
from iqf.analysis.rules import Group, Ruleset, UnitFact
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.rulesets import analysis_level
from iqf.reports.targets import Wanted
from iqf.reports.things import Ref, refs

MOST_EXISTING = 8


@dataclass(frozen=True)
class Repeat:
    """A statement that several of the units reach."""

    statement: Wanted
    units: tuple[Ref, ...]


@dataclass(frozen=True)
class FrameworkReached:
    """How many areas of a framework the units reach, fully and at all, of how many; `judged`: units judged for it."""

    key: str
    title: str
    areas: int
    reached: int
    fully: int
    judged: int
    codes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Existing:
    """A qualification that is like the composition: units in common of all of both, and of the composition's."""

    qualification: Ref
    score: float
    inside: float
    near: bool


@dataclass(frozen=True)
class Assessed:
    """How much is to be assessed: units, and the outcomes on record; `without`: units of which none is on record."""

    units: int
    outcomes: int
    without: int


def instead_of(
    chosen: Sequence[str], spare: Collection[str], brief: Brief, named: Mapping[str, Ref]
) -> tuple[tuple[Ref, tuple[Ref, ...]], ...]:
    """For each unit chosen, those left out that are its equivalent or have its very title."""
    rows = list(m.Unit.objects.filter(code__in=[*chosen, *spare]).values_list("code", "title"))
    titles = {code: title.casefold().strip() for code, title in rows}
    item = _item(brief.equivalents, titles)
    other = refs(
        {s for s in spare if any(item.get(s, s) == item.get(c, c) or titles.get(s) == titles.get(c) for c in chosen)},
        ("unit",),
    )
    found = []
    for code in chosen:
        same = [
            other[s]
            for s in sorted(other)
            if item.get(s, s) == item.get(code, code) or titles.get(s) == titles.get(code)
        ]
        if same:
            found.append((named[code], tuple(same)))
    return tuple(found)


def _item(equivalents: tuple[frozenset[str], ...], codes: Collection[str]) -> dict[str, str]:
    return item_names(Ruleset("", Group("units"), equivalents=equivalents), codes)


def frameworks_reached(units: Collection[str]) -> tuple[FrameworkReached, ...]:
    """For every framework against which units were judged: the areas that these reach."""
    judged = dict(
        m.JudgedUnit.objects.filter(LIVE, unit__code__in=units)
        .values_list("framework__key")
        .annotate(n=Count("unit", distinct=True))
    )
    tops: dict[str, list[m.Statement]] = defaultdict(list)
    above: dict[int, int | None] = {}
    rows = m.Statement.objects.filter(LIVE, framework__key__in=judged).select_related("framework")
    for row in rows.order_by("framework__title", "position"):
        above[row.pk] = row.parent_id
        if row.parent_id is None:
            tops[row.framework.key].append(row)
    far = _far(units, above)
    return tuple(_reached(key, areas, far, judged[key]) for key, areas in tops.items())


def _reached(key: str, areas: list[m.Statement], far: Mapping[int, str], judged: int) -> FrameworkReached:
    codes = tuple((a.code, a.title, far.get(a.pk, "")) for a in areas)
    reached = [how for _, _, how in codes if how]
    return FrameworkReached(
        key, areas[0].framework.title, len(areas), len(reached), reached.count("fully"), judged, codes
    )


def _far(units: Collection[str], above: Mapping[int, int | None]) -> dict[int, str]:
    """How far these units reach each area: what they reach of a part of it, partly."""
    found: dict[int, str] = {}
    claims = m.Alignment.objects.filter(
        LIVE, unit__code__in=units, verb__in=("teaches", "assesses"), statement__in=above
    ).values_list("statement", "strength")
    for pk, strength in claims:
        top, own = pk, True
        while (parent := above.get(top)) is not None:
            top, own = parent, False
        fully = own and strength == "fully"
        found[top] = "fully" if fully or found.get(top) == "fully" else "partly"
    return found


def existing_like(chosen: Sequence[str], equivalents: tuple[frozenset[str], ...]) -> tuple[Existing, ...]:
    """The standing qualifications that have most units in common with these, nearly the same ones first."""
    rows = m.Unit.objects.filter(code__in=chosen).values_list("title", flat=True)
    same = Q(unit__code__in={*chosen, *(u for e in equivalents if e & set(chosen) for u in e)})
    for title in rows:
        same |= Q(unit__title__iexact=title)
    inside = m.GroupUnit.objects.filter(LIVE, group__retired_on=None, group__qualification__retired_on=None)
    near = set(inside.filter(same).values_list("group__qualification", flat=True)) if chosen else set()
    units: dict[str, set[str]] = defaultdict(set)
    facts: dict[str, UnitFact] = {}
    listed = inside.filter(group__qualification__in=near).values_list(
        "group__qualification__code", "unit__code", "unit__title", "unit__level"
    )
    own = m.Unit.objects.filter(code__in=chosen).values_list("code", "title", "level")
    for qualification, code, title, level in (*listed, *(("", *row) for row in own)):
        facts[code] = UnitFact(code, title, analysis_level(level))
        if qualification:
            units[qualification].add(code)
    found = alike(chosen, units, facts, _item(equivalents, facts))[:MOST_EXISTING]
    named = refs({like.code for like in found}, ("qualification",))
    return tuple(Existing(named[like.code], like.score, like.inside, like.near) for like in found)


def assessed(units: Collection[str]) -> Assessed:
    """How much a learner is assessed in: every unit by itself, and the outcomes that are on record."""
    outcomes = dict(
        m.UnitOutcome.objects.filter(LIVE, unit__code__in=units).values_list("unit__code").annotate(n=Count("pk"))
    )
    return Assessed(len(units), sum(outcomes.values()), len(set(units) - set(outcomes)))
