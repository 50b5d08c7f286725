"""What waits for a decision, and what does each affect? One list, whatever the kind of work, a page at a time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from iqf.catalogue import models as m
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models.things import LIVE
from iqf.codes import shown_qan
from iqf.reports.private.affected import (
    COLUMNS,
    CONFLICT,
    DUPLICATE,
    INCLUSION,
    MATCH,
    SIMILAR,
    borderlines,
    conflicts,
    pairs,
    rows,
    similar,
)
from iqf.reports.things import refs
from iqf.review.models import BorderlineRow, ProposedMatch
from iqf.review.queries import waiting_matches

KINDS = (CONFLICT, DUPLICATE, INCLUSION, MATCH)
"""The kinds of work that wait. Among equals the list has them in this order, which is that of their names."""
EVERY = (*KINDS, SIMILAR)
"""Those and what may be looked at besides: pairs that are only similar stand in no list but their own."""
PARTS = {CONFLICT: conflicts, DUPLICATE: pairs, INCLUSION: borderlines, MATCH: rows, SIMILAR: similar}
FIRST = ("-roles", "-qualifications", "kind", "-weight", "key")


@dataclass(frozen=True)
class Wanted:
    """Which of what waits: of one kind, and those alike (by the field, the list, the kind of thing, the clause that
    asks); blank: all.
    """

    kind: str = ""
    alike: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that waits: of which kind, under which key, about what; how many roles and qualifications it affects.

    `asks` says in a few words what is to be decided: a field, the reference of a row, the clause that asks. `values`:
    those that a field may have; or the row's title, then those of the things that it may be; or why it waits.
    `weight`: how likely a yes is, from 0 to 1. `alike`: what it has in common with others of its kind.
    """

    kind: str
    key: str
    code: str
    title: str
    asks: str
    values: tuple[str, ...]
    roles: int
    qualifications: int
    weight: float
    alike: str

    @property
    def place(self) -> str:
        """Its kind and key together: what a form ticks."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class InboxAnswer:
    """A page of what waits, that with the greatest effect first, and how many there are of each kind."""

    items: tuple[Item, ...]
    counts: dict[str, int]


def inbox(wanted: Wanted = Wanted(), *, limit: int | None = None, offset: int = 0) -> InboxAnswer:
    """What waits, or what waits of one kind: first what affects most roles, then most qualifications, then the
    likeliest. `limit` items from `offset` on; no more than those are read. An official row with several candidates is
    one item.
    """
    return InboxAnswer(
        items(wanted, limit=limit, offset=offset), counts(KINDS if wanted.kind in ("", *KINDS) else EVERY)
    )


def items(wanted: Wanted = Wanted(), *, limit: int | None = None, offset: int = 0) -> tuple[Item, ...]:
    """The items of `inbox` alone."""
    return _filled(_placed(_parts(wanted))[offset : None if limit is None else offset + limit])


def counts(kinds: Iterable[str] = KINDS) -> dict[str, int]:
    """How many items wait of each of these kinds."""
    return {kind: PARTS[kind]().count() for kind in kinds}


def counts_alike(kind: str) -> dict[str, int]:
    """How many items of a kind wait that are alike: most first."""
    if kind not in PARTS:
        return {}
    found = Counter(alike for alike, _ in PARTS[kind]().values_list("alike", "key"))
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def these(places: Iterable[str]) -> tuple[Item, ...]:
    """The items of these places (`kind:key`) that still wait, in the order of the list."""
    keys: dict[str, list[str]] = {}
    for place in places:
        kind, _, key = place.partition(":")
        keys.setdefault(kind, []).append(key)
    parts = [PARTS[kind]().filter(key__in=keys[kind]) for kind in EVERY if kind in keys]
    return _filled(_placed(parts)) if parts else ()


@dataclass(frozen=True)
class Around:
    """The items before and after one in the list: none before the first; after the last comes the first again."""

    previous: Item | None
    next: Item | None


def around(kind: str, key: str, only: Wanted = Wanted()) -> Around:
    """The neighbours of an item in the list, or in what is wanted of it; of one that is not in it, the first is next.

    The order is read whole, once: 20,000 things take a quarter of a second.
    """
    here = (kind, _first_of(key) if kind == MATCH else key)
    order = list(_placed(_parts(only)))
    at = next((n for n, place in enumerate(order) if tuple(place[:2]) == here), -1)
    turned = [*order[at + 1 : at + 2], *order[:1]][:1]
    wanted = [place for place in (*turned, *order[max(at - 1, 0) : max(at, 0)]) if tuple(place[:2]) != here]
    found = {(item.kind, item.key): item for item in _filled(wanted)}
    before = found.get(tuple(order[at - 1][:2])) if at > 0 else None
    return Around(before, found.get(tuple(turned[0][:2])) if turned else None)


def following(kind: str, key: str, only: Wanted = Wanted()) -> Item | None:
    """The item after this one in the list, or in what is wanted of it; the first other where it is the last."""
    return around(kind, key, only).next


def _first_of(number: str) -> str:
    """The number under which a row's candidates are one item: the lowest of them."""
    held = ProposedMatch.objects.filter(pk=int(number)).first()
    if held is None or not held.register:
        return number
    same = waiting_matches().filter(register=held.register, reference=held.reference)
    return str(min(same.values_list("pk", flat=True), default=held.pk))


def _parts(wanted: Wanted) -> list[QuerySet[Any, Any]]:
    """What is wanted, kind by kind, as queries of one shape."""
    parts = [PARTS[kind]() for kind in ([wanted.kind] if wanted.kind else KINDS)]
    return [part.filter(alike=wanted.alike) if wanted.alike else part for part in parts]


def _placed(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *rest = (part.values_list(*COLUMNS) for part in parts)
    return first.union(*rest, all=True).order_by(*FIRST)


def roles_asking(codes: Iterable[str]) -> dict[str, int]:
    """How many roles ask for each of these qualifications."""
    found = (
        m.Requirement.objects.filter(LIVE, role__retired_on=None, qualification__code__in=list(codes))
        .values_list("qualification__code")
        .annotate(n=Count("role", distinct=True))
    )
    return dict(found)


def conflict_key(code: str, field: str) -> str:
    """The key of what waits about one field of a thing."""
    return f"{code}:{field}"


def _filled(places: Iterable[Sequence[Any]]) -> tuple[Item, ...]:
    """The items of a page with what they say: read for these alone."""
    page = list(places)
    keys = {kind: [place[1] for place in page if place[0] == kind] for kind in EVERY}
    said = _of_fields(keys[CONFLICT]) | _of_rows(keys[INCLUSION])
    for kind in (MATCH, DUPLICATE, SIMILAR):
        said |= _of_matches(keys[kind], kind)
    return tuple(_item(place, said[place[0], place[1]]) for place in page if (place[0], place[1]) in said)


def _item(place: Sequence[Any], said: tuple[Any, ...]) -> Item:
    kind, key, roles, qualifications, weight = place
    code, title, asks, values, alike = said
    return Item(kind, key, code, title, asks, values, roles, qualifications, weight, alike)


Said = dict[tuple[str, str], tuple[Any, ...]]
"""By kind and key: code, title, asks, values, alike."""


def _of_fields(keys: Sequence[str]) -> Said:
    known = Conflicts(key.partition(":")[0] for key in keys)
    titles = refs({key.partition(":")[0] for key in keys})
    said: Said = {}
    for key in keys:
        code, field = key.split(":", 1)
        waiting = known.waiting(code, field)
        values = tuple(dict.fromkeys([waiting[0].value_shown, *(row.value_other for row in waiting)]))
        said[CONFLICT, key] = (code, titles[code].title if code in titles else code, field, values, field)
    return said


def _of_matches(keys: Sequence[str], kind: str) -> Said:
    said: Said = {}
    for number, (best, *rest) in candidates_of(map(int, keys)).items():
        values = (best.title, *(match.matched_title for match in (best, *rest)))
        alike = best.register if kind == MATCH else best.code[4:5]
        said[kind, str(number)] = (best.code, best.matched_title, best.reference, values, alike)
    return said


def _of_rows(keys: Sequence[str]) -> Said:
    rows = BorderlineRow.objects.filter(subject__in=list(keys))
    return {
        (INCLUSION, row.subject): (_shown(row.subject), row.title, row.clause, (row.because, row.owner), row.clause)
        for row in rows
    }


def _shown(subject: str) -> str:
    """What a row is judged under, as people write it: a number with its strokes."""
    return subject if ":" in subject else shown_qan(subject)


def candidates_of(numbers: Iterable[int]) -> dict[int, list[ProposedMatch]]:
    """The candidates of these items, most alike first, by the number of the item."""
    heads = ProposedMatch.objects.in_bulk(list(numbers))
    rows = {(head.register, head.reference): pk for pk, head in heads.items() if head.register}
    found: dict[int, list[ProposedMatch]] = {pk: [head] for pk, head in heads.items() if not head.register}
    for match in waiting_matches().filter(reference__in=[reference for _, reference in rows]):
        if pk := rows.get((match.register, match.reference)):
            found.setdefault(pk, []).append(match)
    return found
