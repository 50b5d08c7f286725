"""What was replaced leads to something that stands, and never back to itself."""

from collections.abc import Iterator, Mapping

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE, Thing
from iqf.codes import alias_key
from iqf.reports.quality.finding import Example, Found, found

REPLACED = ("renamed", "merged", "replaced")
FOLLOWED = ("merged into", "successor")


def check() -> Found:
    """Standing roles that were replaced or name a successor, frameworks that replace another, and organisations
    followed by another: each followed to its end.
    """
    cases: list[Example] = []
    looked = 0
    for things, next_of, replaced in (_roles(), _frameworks(), _organisations()):
        starts = [pk for pk, thing in things.items() if pk in replaced and not thing.is_retired]
        looked += len(starts)
        cases += [Example(things[pk].code, things[pk].title, w) for pk in starts for w in _wrong(pk, things, next_of)]
    return found(cases, looked, "Nothing that was replaced is held.")


Followed = tuple[Mapping[int, Thing], Mapping[int, int], set[int]]
"""Things by id, who follows whom, and which were replaced."""


def _wrong(start: int, things: Mapping[int, Thing], next_of: Mapping[int, int]) -> Iterator[str]:
    seen, at = [start], next_of.get(start)
    if at is None:
        yield "it was replaced, and nothing is named in its place"
    while at is not None:
        if at in seen:
            if at == start:
                yield f"it is replaced in a circle of {len(seen)}: {', '.join(things[pk].title for pk in seen)}"
            return
        seen.append(at)
        last, at = at, next_of.get(at)
        if at is None and things[last].is_retired:
            yield f"what replaced it, {things[last].title}, was retired and nothing is named in its place"


def _roles() -> Followed:
    things = {r.pk: r for r in m.Role.objects.all()}
    next_of = {r.pk: r.successor_id for r in things.values() if r.successor_id}
    return things, next_of, {*next_of, *(r.pk for r in things.values() if r.status in REPLACED)}


def _frameworks() -> Followed:
    things = {f.pk: f for f in m.Framework.objects.all()}
    next_of = {f.replaces_id: f.pk for f in things.values() if f.replaces_id and not f.is_retired}
    return things, next_of, set(next_of)


def _organisations() -> Followed:
    """By the names under which they were followed. A follower that is not held itself is no fault: its name is."""
    things = {o.pk: o for o in m.Organisation.objects.all()}
    called = {alias_key(o.title): pk for pk, o in things.items()}
    names = m.OrganisationName.objects.filter(LIVE, kind__in=FOLLOWED).values_list("organisation_id", "other_name")
    next_of = {pk: called[alias_key(name)] for pk, name in names if alias_key(name) in called}
    return things, next_of, set(next_of)
