"""What is this role, what does it ask for and on whose authority, and what do people do next?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from iqf.accounts.kept import Kept
from iqf.accounts.prepared import Prepared
from iqf.analysis.partial_dates import partial
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find
from iqf.evidence.models import Finding
from iqf.reports.asked import Asked, asked_by, binding
from iqf.reports.entry_criteria import Employers, employers_of_role
from iqf.reports.official import Official, official_rows_of
from iqf.reports.one_entry import JoinedHere, joined_here
from iqf.reports.opinions import NOBODY, Views, said_in, views_on
from iqf.reports.profile import OfficialCode, Profile, Standard, codes_of, profile_of, standards_of
from iqf.reports.things import Disagreement, Fact, Facts, Ref, Said, facts_of, ref, said, sources_of


@dataclass(frozen=True)
class Position:
    """What is asked at entry, or that nothing is set."""

    entry: str
    basis: str
    note: str
    said: Said


@dataclass(frozen=True)
class Placed:
    """A cluster in which a role stands: whether it is its main place in the scheme, and who disputes it."""

    key: str
    title: str
    primary: bool
    said: Said
    views: Views


@dataclass(frozen=True)
class PlaceInScheme:
    """Where a role stands in one way of dividing the workforce."""

    scheme: str
    scheme_title: str
    clusters: tuple[Placed, ...]


@dataclass(frozen=True)
class Step:
    """Somewhere people in this role go next: through which qualification, to which roles."""

    through: Ref
    to: Ref
    roles: tuple[Ref, ...]
    note: str
    said: Said


@dataclass(frozen=True)
class Need:
    """A statement that the role requires."""

    framework: str
    code: str
    title: str
    strength: str
    note: str
    said: Said
    views: Views


@dataclass(frozen=True)
class BodyPart:
    """A body's part in a role or programme: lead body, regulator, register, …; since when, where that is known."""

    organisation: Ref
    part: str
    note: str
    said: Said
    on: str = ""


@dataclass(frozen=True)
class Duty:
    """A job function that the role carries, and the other roles that carry it as their main work."""

    key: str
    title: str
    description: str
    part: str
    shared_with: tuple[Ref, ...]
    said: Said


@dataclass(frozen=True)
class Allowed:
    """What a qualification of this role lets its holder do, or where that stops."""

    qualification: Ref
    kind: str
    text: str
    basis: str
    said: Said


@dataclass(frozen=True)
class Known:
    """A finding of the knowledge bank that speaks of the role."""

    key: str
    statement: str
    strength: str
    period: str
    said: Said


@dataclass(frozen=True)
class RoleAnswer:
    """Everything the role page says."""

    role: Ref
    as_of: date
    retired: str
    status: str
    successor: Ref | None
    predecessors: tuple[Ref, ...]
    titles: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    entry: tuple[Position, ...]
    employers: Employers
    asks: tuple[Asked, ...]
    bodies: tuple[BodyPart, ...]
    places: tuple[PlaceInScheme, ...]
    duties: tuple[Duty, ...]
    needs: tuple[Need, ...]
    needs_are_default: bool
    allowed: tuple[Allowed, ...]
    next_steps: tuple[Step, ...]
    findings: tuple[Known, ...]
    profile: Profile | None
    official_codes: tuple[OfficialCode, ...]
    standards: tuple[Standard, ...]
    official: tuple[Official, ...]
    disagreements: tuple[Disagreement, ...]
    joined: tuple[JoinedHere, ...]
    sources: tuple[Said, ...]

    def fact(self, name: str) -> Fact:
        """One of the facts by its name."""
        return next(f for f in self.facts if f.name == name)

    @property
    def choices(self) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
        """The mandatory requirements: each alone, or a group of which one is enough."""
        grouped: dict[str, list[Asked]] = defaultdict(list)
        for n, asked in enumerate(a for a in self.asks if a.strength == "mandatory"):
            grouped[asked.choice_group or f"#{n}"].append(asked)
        return tuple((key if not key.startswith("#") else "", tuple(rows)) for key, rows in grouped.items())


def role(text: str, as_of: date) -> RoleAnswer:
    """The role called `text`. Raises NotFoundError or AmbiguousError."""
    thing = find(text, ("role",))
    return _answer(_whole(thing.pk)[0], as_of)


_whole = Prepared(
    lambda role: m.Role.objects.filter(pk=role).select_related(*CITED, "successor").prefetch_related("aliases")
)
_before = Prepared(lambda role: m.Role.objects.filter(LIVE, successor=role).prefetch_related("aliases"))
_titles = Prepared(lambda role: m.RoleTitle.objects.filter(LIVE, role=role))


def _answer(thing: m.Role, as_of: date) -> RoleAnswer:
    facts = facts_of(thing)
    asks = asked_by([thing.pk])[thing.pk]
    needs = _needs(thing)
    stated = _facts(thing, facts)
    duties = _duties(thing)
    places = _places(thing)
    steps = _next_steps(thing, asks)
    entry = _entry(thing)
    employers = employers_of_role(thing.pk, binding(asks, (p.entry for p in entry)))
    official = official_rows_of(thing)
    everything = [f.said for f in stated] + [a.said for a in asks] + [p.said for p in entry] + [s.said for s in steps]
    everything += [row.said for row in official] + [row.said for row in employers.asks]
    everything += said_in([*(a.views for a in asks), *(n.views for n in needs)])
    everything += said_in(c.views for p in places for c in p.clusters)
    return RoleAnswer(
        role=ref(thing),
        as_of=as_of,
        retired=thing.retired_because,
        status=thing.status,
        successor=ref(thing.successor) if thing.successor else None,
        predecessors=tuple(map(ref, _before(thing.pk))),
        titles=tuple((t.title, t.kind) for t in _titles(thing.pk)),
        facts=stated,
        entry=entry,
        employers=employers,
        asks=asks,
        bodies=_bodies(thing),
        places=places,
        duties=duties,
        needs=needs,
        needs_are_default=bool(needs) and all(n.said.certainty == "default" for n in needs),
        allowed=_allowed(asks),
        next_steps=steps,
        findings=_findings(thing),
        profile=profile_of(official),
        official_codes=codes_of(official),
        standards=standards_of(official, as_of),
        official=official,
        disagreements=tuple(facts.disagreements.values()),
        joined=joined_here(thing),
        sources=sources_of(everything),
    )


def _facts(thing: m.Role, facts: Facts) -> tuple[Fact, ...]:
    when = partial(thing.status_from)
    since = (facts.fact("status_from", "Status since", when.words),) if when else ()
    return (
        facts.fact("description", "What it is", thing.description),
        facts.fact("explanation", "For somebody from another profession", thing.explanation),
        facts.fact(
            "constituency",
            "Constituency",
            thing.constituency,
            certainty="inferred" if thing.constituency_basis == "inferred" else "",
        ),
        facts.fact("contact", "Contact with children", thing.contact or None),
        facts.fact(
            "tier",
            "Tier of service",
            thing.tier or None,
            certainty="inferred" if thing.tier_basis == "inferred" else "",
        ),
        facts.fact("status", "Status", thing.status, certainty=""),
        *since,
    )


def _entry(thing: m.Role) -> tuple[Position, ...]:
    return tuple(Position(r.entry, r.basis, r.note, said(r.citation)) for r in _positions(thing.pk))


_positions = Prepared(lambda role: m.EntryPosition.objects.filter(LIVE, role=role).select_related(*CITED))


def _bodies(thing: m.Role) -> tuple[BodyPart, ...]:
    return tuple(BodyPart(ref(r.organisation), r.part, r.note, said(r.citation)) for r in _with_part(thing.pk))


_with_part = Prepared(
    lambda role: (
        m.RoleBody.objects.filter(LIVE, role=role)
        .select_related(*CITED, "organisation")
        .prefetch_related("organisation__aliases")
    )
)
_placed = Prepared(
    lambda role: (
        m.RoleCluster.objects.filter(LIVE, role=role)
        .select_related(*CITED, "cluster__scheme")
        .order_by("cluster__scheme__position", "-primary", "cluster__position")
    )
)


def _places(thing: m.Role) -> tuple[PlaceInScheme, ...]:
    rows = _placed(thing.pk)
    views = views_on("place", [row.pk for row in rows])
    schemes: dict[str, tuple[str, list[Placed]]] = {}
    for row in rows:
        scheme, held = row.cluster.scheme, views.get(row.pk, NOBODY)
        entry = Placed(row.cluster.key, row.cluster.title, row.primary, said(row.citation), held)
        schemes.setdefault(scheme.key, (scheme.title, []))[1].append(entry)
    return tuple(PlaceInScheme(key, title, tuple(clusters)) for key, (title, clusters) in schemes.items())


_carried = Prepared(lambda role: m.RoleFunction.objects.filter(LIVE, role=role).select_related(*CITED, "function"))
_also_carried = Prepared(
    lambda functions, role: (
        m.RoleFunction.objects.filter(LIVE, function__in=functions, role__retired_on__isnull=True)
        .exclude(role=role)
        .select_related("role")
        .prefetch_related("role__aliases")
    )
)


def _duties(thing: m.Role) -> tuple[Duty, ...]:
    rows = _carried(thing.pk)
    sharing: dict[int, list[Ref]] = defaultdict(list)
    for other in _also_carried([r.function_id for r in rows], thing.pk):
        sharing[other.function_id].append(ref(other.role))
    return tuple(
        Duty(
            r.function.key,
            r.function.title,
            r.function.description,
            r.part,
            tuple(sharing[r.function_id]),
            said(r.citation),
        )
        for r in sorted(rows, key=lambda r: (r.part != "main", r.function.title))
    )


_required = Prepared(
    lambda role: (
        m.Alignment.objects.filter(LIVE, role=role)
        .select_related(*CITED, "statement__framework")
        .order_by("statement__position")
    )
)


def _needs(thing: m.Role) -> tuple[Need, ...]:
    rows = _required(thing.pk)
    views = views_on("alignment", [r.pk for r in rows])
    return tuple(
        Need(
            r.statement.framework.key,
            r.statement.code,
            r.statement.title,
            r.strength,
            r.note,
            said(r.citation),
            views.get(r.pk, NOBODY),
        )
        for r in rows
    )


def _allowed(asks: tuple[Asked, ...]) -> tuple[Allowed, ...]:
    by_code = {a.qualification.code: a.qualification for a in asks}
    found = [
        Allowed(by_code[r.qualification.code], r.kind, r.text, r.basis, said(r.citation)) for r in _permits(by_code)
    ]
    return tuple(sorted(found, key=lambda a: (a.kind, a.qualification.title)))


_permits = Prepared(
    lambda codes: m.Permission.objects.filter(LIVE, qualification__code__in=codes).select_related(
        *CITED, "qualification"
    )
)
_onward = Prepared(
    lambda held: (
        m.Progression.objects.filter(LIVE, before__code__in=held, after__retired_on__isnull=True)
        .exclude(after__code__in=held)
        .select_related(*CITED, "before__owner", "after__owner")
        .prefetch_related("before__aliases", "after__aliases")
    )
)
_served = Prepared(
    lambda qualifications, role: (
        m.Requirement.objects.filter(LIVE, qualification__in=qualifications, role__retired_on__isnull=True)
        .exclude(role=role)
        .select_related("role")
        .prefetch_related("role__aliases")
    )
)


def _next_steps(thing: m.Role, asks: tuple[Asked, ...]) -> tuple[Step, ...]:
    """Stated progressions from the qualifications of this role, with the other roles that those serve."""
    held = {a.qualification.code for a in asks}
    rows = _onward(held)
    serving: dict[int, list[Ref]] = defaultdict(list)
    for row in _served([r.after_id for r in rows], thing.pk):
        serving[row.qualification_id].append(ref(row.role))
    steps = [Step(ref(r.before), ref(r.after), tuple(serving[r.after_id]), r.note, said(r.citation)) for r in rows]
    return tuple(sorted(steps, key=lambda s: (s.to.title, s.through.title)))


def _findings(thing: m.Role) -> tuple[Known, ...]:
    about = _findings_about()
    wanted = {pk for alias in thing.aliases.all() for pk in about.get(alias.value, ())}
    return tuple(Known(f.key, f.statement, f.strength, f.period, said(f.citation)) for f in _known(wanted))


_known = Prepared(lambda findings: Finding.objects.filter(pk__in=findings).select_related(*CITED))


def _findings_by_role() -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pk, roles in Finding.objects.exclude(roles=[]).values_list("pk", "roles"):
        for name in roles:
            found[name].append(pk)
    return dict(found)


_findings_about = Kept(_findings_by_role)
"""The findings that name a role, by the name that they use."""
