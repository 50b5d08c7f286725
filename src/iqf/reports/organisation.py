"""What is this organisation called, what does it own, and which part does it have in roles and programmes?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iqf.analysis.partial_dates import partial
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find
from iqf.codes import level_rank
from iqf.reports.entry_criteria import EmployerAsks, asked_by_employer
from iqf.reports.official import Official, official_rows_of
from iqf.reports.one_entry import JoinedHere, joined_here
from iqf.reports.opinions import Held, views_held
from iqf.reports.things import Disagreement, Fact, Ref, Said, facts_of, ref, said, sources_of

RECOGNISED = "ofqual-organisations"


@dataclass(frozen=True)
class Name:
    """Another name, or the organisation it merged into or was followed by."""

    name: str
    kind: str
    since: str
    note: str
    said: Said
    organisation: Ref | None


@dataclass(frozen=True)
class Part:
    """A part in a role or a programme: leads, regulates, registers, accredits, approves, owns standards."""

    thing: Ref
    part: str
    note: str
    said: Said


@dataclass(frozen=True)
class OrganisationAnswer:
    """Everything the organisation page says."""

    organisation: Ref
    as_of: date
    retired: str
    facts: tuple[Fact, ...]
    names: tuple[Name, ...]
    qualifications: tuple[Ref, ...]
    units: tuple[Ref, ...]
    parts: tuple[Part, ...]
    asks: tuple[EmployerAsks, ...]
    views: tuple[Held, ...]
    official: tuple[Official, ...]
    disagreements: tuple[Disagreement, ...]
    joined: tuple[JoinedHere, ...]
    sources: tuple[Said, ...]


def organisation(text: str, as_of: date) -> OrganisationAnswer:
    """The organisation called `text`. Raises NotFoundError or AmbiguousError."""
    found = find(text, ("organisation",))
    thing = m.Organisation.objects.select_related(*CITED).prefetch_related("aliases").get(pk=found.pk)
    facts = facts_of(thing)
    number = next((a.value for a in thing.aliases.all() if a.scheme == "recognition-number"), None)
    official = official_rows_of(thing)
    stated = (
        facts.fact("kind", "Kind", thing.kind),
        *_recognised(official, facts.fact("recognition_number", "Recognition number", number)),
        facts.fact("website", "Website", thing.website or None),
    )
    names = _names(thing)
    parts = _parts(thing)
    asks = asked_by_employer(thing.pk)
    views = views_held(thing)
    return OrganisationAnswer(
        organisation=ref(thing),
        as_of=as_of,
        retired=thing.retired_because,
        facts=stated,
        names=names,
        qualifications=_owned_qualifications(thing),
        units=tuple(
            ref(u)
            for u in thing.units.filter(LIVE).select_related("owner").prefetch_related("aliases").order_by("title")
        ),
        parts=parts,
        asks=asks,
        views=views,
        official=official,
        disagreements=tuple(facts.disagreements.values()),
        joined=joined_here(thing),
        sources=sources_of(
            [
                *(f.said for f in stated),
                *(n.said for n in names),
                *(p.said for p in parts),
                *(a.said for a in asks),
                *(held.view.said for held in views),
                *(o.said for o in official),
            ]
        ),
    )


def _recognised(official: Iterable[Official], number: Fact) -> tuple[Fact, ...]:
    """The recognition number, and its status where the regulator's list has it: then the list itself says so."""
    row = next((o for o in official if o.register == RECOGNISED and o.standing), None)
    if row is None or row.reference != number.value:
        return (number,)
    since, until = partial(row.fact("recognised_from") or ""), partial(row.fact("recognised_to") or "")
    window = [f"from {since.words}"] if since else []
    window += [f"to {until.words}"] if until else []
    status = f"{row.fact('status') or 'not said'}{', ' + ' '.join(window) if window else ''}"
    return (
        Fact(number.name, number.label, number.value, row.said, row.said.certainty),
        Fact("recognition_status", "Recognition", status, row.said, row.said.certainty),
    )


def _owned_qualifications(thing: m.Organisation) -> tuple[Ref, ...]:
    rows = thing.qualifications.filter(LIVE).select_related("owner").prefetch_related("aliases")
    return tuple(ref(q) for q in sorted(rows, key=lambda q: (level_rank(q.level), q.title)))


def _names(thing: m.Organisation) -> tuple[Name, ...]:
    rows = list(thing.names.filter(LIVE).select_related(*CITED))
    others = {
        o.title: ref(o)
        for o in m.Organisation.objects.filter(title__in=[r.other_name for r in rows]).prefetch_related("aliases")
    }
    return tuple(
        Name(r.other_name, r.kind, r.since, r.note, said(r.citation), others.get(r.other_name)) for r in rows
    )


def _parts(thing: m.Organisation) -> tuple[Part, ...]:
    found = []
    for name, rows in (("role", thing.roles), ("qualification", thing.programmes)):
        for row in rows.filter(LIVE).select_related(*CITED, name).prefetch_related(f"{name}__aliases"):
            found.append(Part(ref(getattr(row, name)), row.part, row.note, said(row.citation)))
    return tuple(sorted(found, key=lambda p: (p.part, p.thing.kind, p.thing.title)))
