"""What is this qualification, what is it made of, what has a holder met, where does it lead, and who asks for it?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from iqf.accounts.prepared import Prepared
from iqf.analysis.coverage import Reach, UnitLink, holder_view
from iqf.analysis.partial_dates import PartialDate, partial
from iqf.analysis.rule_words import words as rule_words
from iqf.analysis.rules import Group
from iqf.analysis.status import Answer, Availability, Window, can_certificate, can_start, counted
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find
from iqf.codes import level_rank
from iqf.mapping.claims import claims_for, framework_statements, judged_units
from iqf.register.queries import of_number
from iqf.reports.asked import STRENGTH_ORDER, listed_strength
from iqf.reports.comparisons import Comparisons, comparisons_of
from iqf.reports.inclusion import Included, why_included
from iqf.reports.official import ListsDisagree, Official, as_shown, lists_disagree, official_rows_of
from iqf.reports.official_words import list_place
from iqf.reports.one_entry import JoinedHere, joined_here
from iqf.reports.opinions import NOBODY, Views, said_in, views_on
from iqf.reports.recognition import Recognised, recognition_of
from iqf.reports.role import Allowed, BodyPart
from iqf.reports.rulesets import Listed, Rules, rules_of
from iqf.reports.things import Disagreement, Fact, Facts, Ref, Said, facts_of, ref, said, shown_level, sources_of

SIMILAR_FROM = 0.8
"""Two qualifications of different owners are shown as like awards when they share this much of the larger one."""

ONLY_WHERE_SAID = ("old_level", "stands_for", "area", "country", "assessor", "level_basis", "credit_years")
"""Facts that most qualifications rightly lack: left out where there is nothing, not shown as unknown."""


@dataclass(frozen=True)
class RuleNode:
    """One node of the rule of combination, in words, with its units and parts."""

    id: str
    title: str
    kind: str
    words: str
    list_complete: bool
    structure_known: bool
    note: str
    said: Said
    units: tuple[Listed, ...]
    parts: tuple["RuleNode", ...]


@dataclass(frozen=True)
class Reached:
    """One framework statement: what every holder has met of it, what some have."""

    framework: str
    code: str
    title: str
    reach: Reach


@dataclass(frozen=True)
class Leads:
    """A stated progression to or from another qualification."""

    qualification: Ref
    note: str
    said: Said


@dataclass(frozen=True)
class AskedFor:
    """A role that asks for the qualification."""

    role: Ref
    strength: str
    basis: str
    choice_group: str
    note: str
    said: Said
    views: Views

    @property
    def strength_words(self) -> str:
        """How strongly, and whether anybody disputes it."""
        return listed_strength(self.strength, self.views)


@dataclass(frozen=True)
class Counts:
    """An official list counts the qualification at a level when it was started in a window."""

    recogniser: str
    reference: str
    level: str | None
    started_from: PartialDate | None
    started_to: PartialDate | None
    condition: str
    said: Said


@dataclass(frozen=True)
class Similar:
    """A like award of another owner: how many units are shared, of how many."""

    qualification: Ref
    shared: int
    of: int


@dataclass(frozen=True)
class QualificationAnswer:
    """Everything the qualification page says."""

    qualification: Ref
    as_of: date
    retired: str
    included: Included | None
    owner: Ref | None
    facts: tuple[Fact, ...]
    level_views: Views
    status: tuple[Answer, ...]
    rule: RuleNode | None
    units: int
    reached: tuple[Reached, ...]
    leads_to: tuple[Leads, ...]
    comes_from: tuple[Leads, ...]
    comparisons: Comparisons
    asked_for: tuple[AskedFor, ...]
    allowed: tuple[Allowed, ...]
    bodies: tuple[BodyPart, ...]
    recognition: Recognised
    counts: tuple[Counts, ...]
    official: tuple[Official, ...]
    same_number: tuple[Official, ...]
    lists_disagree: tuple[ListsDisagree, ...]
    similar: tuple[Similar, ...]
    disagreements: tuple[Disagreement, ...]
    joined: tuple[JoinedHere, ...]
    sources: tuple[Said, ...]

    def fact(self, name: str) -> Fact:
        """One of the facts by its name."""
        return next(f for f in self.facts if f.name == name)


def qualification(text: str, as_of: date, begun: str = "") -> QualificationAnswer:
    """The qualification called `text`; `begun` (2009, 2009-09, 2009-09-01) also asks whether it counted then.

    Raises NotFoundError or AmbiguousError; PartialDateError where `begun` is no date.
    """
    thing = _whole(find(text, ("qualification",)).pk)[0]
    facts = facts_of(thing)
    stated = _facts(thing, facts)
    rules = rules_of(thing)
    leads_to, comes_from = _leads(thing)
    asked_for, compared = _asked_for(thing), comparisons_of(thing)
    counts, bodies = _counts(thing), _bodies(thing)
    official = official_rows_of(thing)
    everything = [f.said for f in stated] + [x.said for x in (*leads_to, *comes_from)]
    everything += (
        [x.said for x in asked_for] + [c.said for c in counts] + (list(rules.said.values()) if rules else [])
    )
    everything += [c.said for c in compared.each] + [row.said for row in official] + [b.said for b in bodies]
    level_views = views_on("qualification", [thing.pk]).get(thing.pk, NOBODY)
    everything += said_in([level_views, *(a.views for a in asked_for)])
    return QualificationAnswer(
        qualification=ref(thing),
        as_of=as_of,
        retired=thing.retired_because,
        included=why_included(thing),
        owner=ref(thing.owner) if thing.owner else None,
        facts=stated,
        level_views=level_views,
        status=status_of(thing, counts, as_of, begun),
        rule=_node(rules.ruleset.root, rules) if rules else None,
        units=len(rules.units) if rules else 0,
        reached=_reached(rules) if rules else (),
        leads_to=leads_to,
        comes_from=comes_from,
        comparisons=compared,
        asked_for=asked_for,
        allowed=_allowed(thing),
        bodies=bodies,
        recognition=recognition_of(thing, bodies, bool(counts)),
        counts=counts,
        official=official,
        same_number=same_number(thing.number, official),
        lists_disagree=lists_disagree(official),
        similar=_similar(thing, rules) if rules else (),
        disagreements=tuple(facts.disagreements.values()),
        joined=joined_here(thing),
        sources=sources_of(everything),
    )


_whole = Prepared(
    lambda thing: (
        m.Qualification.objects.filter(pk=thing)
        .select_related(*CITED, "owner", "cluster", "area")
        .prefetch_related("aliases", "owner__aliases")
    )
)


def _facts(thing: m.Qualification, facts: Facts) -> tuple[Fact, ...]:
    number = next((a.value for a in thing.aliases.all() if a.scheme == "qan"), None)
    every = (
        facts.fact("number", "Qualification number", number),
        facts.fact("kind", "Kind", thing.kind),
        facts.fact("award_type", "Type", thing.award_type or None),
        facts.fact("owner", "Owner", thing.owner.title if thing.owner else None),
        facts.fact("level", "Level", shown_level(thing.level)),
        facts.fact("old_level", "Level before it was revised", _old_level(thing)),
        facts.fact("credit", "Credit", thing.credit),
        facts.fact("glh", "Guided learning hours", thing.glh),
        facts.fact("tqt", "Total qualification time (hours)", thing.tqt),
        facts.fact("credit_years", "Years for which credit counts", thing.credit_years),
        facts.fact("age_focus", "Ages of the children it is about", thing.age_focus or None),
        facts.fact("assesses", "Mainly assesses", thing.assesses or None),
        facts.fact("stands_for", "Stands for", thing.stands_for or None),
        facts.fact("area", "Offered only in", thing.area.name if thing.area else None),
        facts.fact("cluster", "Cluster", thing.cluster.title if thing.cluster else None),
        facts.fact("country", "Awarded in", thing.country or None),
        facts.fact("assessor", "Assessed by", thing.assessor or None),
        facts.fact("level_basis", "What its level rests on", thing.level_basis or None),
        facts.fact("operational_start", "Operational start", _date(thing.operational_start)),
        facts.fact("operational_end", "Operational end", _date(thing.operational_end)),
        facts.fact("certification_end", "Certification end", _date(thing.certification_end)),
        facts.fact("last_new_start", "Last new start", _date(thing.last_new_start)),
        facts.fact("stated_status", "Status stated by its source", thing.stated_status or None),
    )
    return tuple(f for f in every if f.value is not None or f.name not in ONLY_WHERE_SAID)


def _old_level(thing: m.Qualification) -> str | None:
    if not thing.old_level:
        return None
    return f"{thing.old_level} ({thing.old_framework})" if thing.old_framework else thing.old_level


def _date(text: str) -> str | None:
    when = partial(text)
    return when.words if when else None


def status_of(thing: m.Qualification, counts: tuple[Counts, ...], as_of: date, begun: str = "") -> tuple[Answer, ...]:
    """Can it be started, can it be certificated, and did it count for somebody who began it at a date?"""
    availability = Availability(
        partial(thing.operational_start),
        partial(thing.operational_end),
        partial(thing.certification_end),
        partial(thing.last_new_start),
        thing.stated_status,
    )
    answers = [can_start(availability, as_of), can_certificate(availability, as_of)]
    if begun:
        windows = [Window(c.recogniser, c.level, c.started_from, c.started_to, c.condition) for c in counts]
        answers.append(counted(availability, windows, PartialDate.parse(begun)))
    return tuple(answers)


def _node(group: Group, rules: Rules) -> RuleNode:
    return RuleNode(
        group.id,
        group.title,
        group.kind,
        rule_words(group, rules.titles),
        group.list_complete,
        group.structure_known,
        group.note,
        rules.said[group.id],
        rules.listed[group.id],
        tuple(_node(part, rules) for part in group.children),
    )


def _reached(rules: Rules) -> tuple[Reached, ...]:
    """For every framework for which any of the units was judged."""
    mandatory = _mandatory(rules.ruleset.root)
    links = [UnitLink(rules.ruleset.target, code, code in mandatory) for code in rules.units]
    found = []
    for framework in _judging(rules.units):
        areas = framework_statements(framework)
        reach = holder_view(
            links, claims_for(framework, rules.units), judged_units(framework), [a.code for a in areas]
        )
        found += [Reached(framework.key, a.code, a.title, r) for a, r in zip(areas, reach, strict=True)]
    return tuple(found)


_judging = Prepared(lambda codes: m.Framework.objects.filter(LIVE, judged__unit__code__in=codes).distinct())


def _mandatory(group: Group) -> set[str]:
    """The units that every holder has: those of `all` groups reached from the root through `all` groups only."""
    if group.kind != "all":
        return set()
    return set(group.units).union(*(_mandatory(part) for part in group.children))


def _leads(thing: m.Qualification) -> tuple[tuple[Leads, ...], tuple[Leads, ...]]:
    return (
        _ordered(Leads(ref(r.after), r.note, said(r.citation)) for r in _after(thing.pk)),
        _ordered(Leads(ref(r.before), r.note, said(r.citation)) for r in _before(thing.pk)),
    )


_after = Prepared(
    lambda thing: (
        m.Progression.objects.filter(LIVE, before=thing, after__retired_on__isnull=True)
        .select_related(*CITED, "after__owner")
        .prefetch_related("after__aliases")
    )
)
_before = Prepared(
    lambda thing: (
        m.Progression.objects.filter(LIVE, after=thing, before__retired_on__isnull=True)
        .select_related(*CITED, "before__owner")
        .prefetch_related("before__aliases")
    )
)


def _ordered(found: Iterable[Leads]) -> tuple[Leads, ...]:
    return tuple(sorted(found, key=lambda x: (level_rank(x.qualification.level or ""), x.qualification.title)))


_asking = Prepared(
    lambda thing: (
        m.Requirement.objects.filter(LIVE, qualification=thing, role__retired_on__isnull=True)
        .select_related(*CITED, "role")
        .prefetch_related("role__aliases")
    )
)


def _asked_for(thing: m.Qualification) -> tuple[AskedFor, ...]:
    rows = _asking(thing.pk)
    views = views_on("requirement", [r.pk for r in rows])
    found = [
        AskedFor(ref(r.role), r.strength, r.basis, r.choice_group, r.note, said(r.citation), views.get(r.pk, NOBODY))
        for r in rows
    ]
    return tuple(sorted(found, key=lambda x: (STRENGTH_ORDER[x.strength], x.role.title)))


def _allowed(thing: m.Qualification) -> tuple[Allowed, ...]:
    return tuple(Allowed(ref(thing), r.kind, r.text, r.basis, said(r.citation)) for r in _permits(thing.pk))


_permits = Prepared(
    lambda thing: (
        m.Permission.objects.filter(LIVE, qualification=thing).select_related(*CITED).order_by("kind", "text")
    )
)


def _bodies(thing: m.Qualification) -> tuple[BodyPart, ...]:
    return tuple(BodyPart(ref(r.organisation), r.part, r.note, said(r.citation), r.on) for r in _with_part(thing.pk))


_with_part = Prepared(
    lambda thing: (
        m.QualificationBody.objects.filter(LIVE, qualification=thing)
        .select_related(*CITED, "organisation")
        .prefetch_related("organisation__aliases")
    )
)


def recognition(thing: m.Qualification) -> Recognised:
    """The recognition of a qualification that no regulator has on its register, alone."""
    return recognition_of(thing, _bodies(thing), bool(_counts(thing)))


def _counts(thing: m.Qualification) -> tuple[Counts, ...]:
    return tuple(
        Counts(
            r.recogniser,
            r.reference,
            shown_level(r.level),
            partial(r.started_from),
            partial(r.started_to),
            r.condition,
            said(r.citation),
        )
        for r in _recognitions(thing.pk)
    )


_recognitions = Prepared(lambda thing: m.Recognition.objects.filter(LIVE, qualification=thing).select_related(*CITED))


_numbered = Prepared(lambda number: of_number(number).order_by("reference"))


def same_number(number: str, but: Iterable[Official] = ()) -> tuple[Official, ...]:
    """What other lists print under a qualification number, as stored: approvals, components, rows not tied to it."""
    shown = {(o.register, o.reference) for o in but}
    rows = _numbered(number) if number else ()
    others = [r for r in rows if (r.register, r.reference) not in shown]
    return tuple(as_shown(sorted(others, key=lambda r: list_place(r.register))))


def _listed(level: str, **of: Any) -> QuerySet[m.GroupUnit]:
    """Where units stand in rules of qualifications at a level."""
    rows = m.GroupUnit.objects.filter(LIVE, group__retired_on__isnull=True, group__qualification__level=level, **of)
    return rows.order_by()


_sharing: Prepared[tuple[int, int]] = Prepared(
    lambda level, codes: _listed(level, unit__code__in=codes).values_list("group__qualification_id", "unit_id")
)
_sizes: Prepared[tuple[int, int]] = Prepared(
    lambda level, qualifications: (
        _listed(level, group__qualification__in=qualifications)
        .values_list("group__qualification_id")
        .annotate(n=Count("unit", distinct=True))
    )
)
_alike = Prepared(
    lambda qualifications: (
        m.Qualification.objects.filter(LIVE, pk__in=qualifications)
        .select_related("owner")
        .prefetch_related("aliases")
    )
)


def _similar(thing: m.Qualification, rules: Rules) -> tuple[Similar, ...]:
    """Awards of other owners that share most of their units with this one: the same award from another body."""
    shared: dict[int, set[int]] = defaultdict(set)
    for pk, unit in _sharing(thing.level, rules.units):
        shared[pk].add(unit)
    mine = set().union(*shared.values())
    enough = {pk for pk, units in shared.items() if pk != thing.pk and len(units) >= SIMILAR_FROM * len(mine)}
    sizes = dict(_sizes(thing.level, enough))
    alike = {pk: len(shared[pk]) for pk in enough if len(shared[pk]) >= SIMILAR_FROM * sizes[pk]}
    things = [q for q in _alike(alike) if q.owner_id != thing.owner_id]
    found = [Similar(ref(q), alike[q.pk], len(mine)) for q in things]
    return tuple(sorted(found, key=lambda s: (-s.shared, s.qualification.title)))
