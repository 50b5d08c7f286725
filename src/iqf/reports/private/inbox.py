"""What waits for a decision, and what does each affect? One list, whatever the kind of work, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from iqf.catalogue import models as m
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models.things import LIVE
from iqf.reports.private.affected import COLUMNS, after, conflicts, pairs, rows
from iqf.reports.things import refs
from iqf.review.models import ProposedMatch
from iqf.review.queries import waiting_matches

CONFLICT, MATCH = "conflict", "match"
KINDS = (CONFLICT, MATCH)
"""The kinds of work that wait. Among equals the list has them in this order, which is that of their names."""


@dataclass(frozen=True)
class Item:
    """One thing that waits: of which kind, under which key, about what; how many roles and qualifications it affects.

    `asks` says in a few words what is to be decided: a field, or the reference of a row. `values`: those that a field
    may have; or the row's title, then those of the things that it may be. `weight`: how likely a yes is, from 0 to 1.
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


@dataclass(frozen=True)
class InboxAnswer:
    """A page of what waits, that with the greatest effect first, and how many there are of each kind."""

    items: tuple[Item, ...]
    counts: dict[str, int]


def inbox(kind: str = "", *, limit: int | None = None, offset: int = 0) -> InboxAnswer:
    """What waits, or what waits of one kind: first what affects most roles, then most qualifications, then the
    likeliest. `limit` items from `offset` on; no more than those are read. An official row with several candidates is
    one item.
    """
    return InboxAnswer(items(kind, limit=limit, offset=offset), counts())


def items(kind: str = "", *, limit: int | None = None, offset: int = 0) -> tuple[Item, ...]:
    """The items of `inbox` alone."""
    return _filled(_placed(_parts(kind))[offset : None if limit is None else offset + limit])


def counts() -> dict[str, int]:
    """How many items wait of each kind."""
    return {kind: sum(part.count() for part in _parts(kind)) for kind in KINDS}


def following(kind: str, key: str, only: str = "") -> Item | None:
    """The item after this one in the list, or in that of the kind `only`; the first other where it is the last."""
    key = _first_of(key) if kind == MATCH else key
    here = next((place for part in _parts(kind) for place in part.filter(key=key).values_list(*COLUMNS)), None)
    found = [*_filled(_placed(_parts(only, here))[:1])] if here else []
    found += [item for item in items(only, limit=2) if (item.kind, item.key) != (kind, key)]
    return found[0] if found else None


def _first_of(number: str) -> str:
    """The number under which a row's candidates are one item: the lowest of them."""
    held = ProposedMatch.objects.filter(pk=int(number)).first()
    if held is None or not held.register:
        return number
    same = waiting_matches().filter(register=held.register, reference=held.reference)
    return str(min(same.values_list("pk", flat=True), default=held.pk))


def _parts(kind: str, here: Sequence[Any] | None = None) -> list[QuerySet[Any, Any]]:
    """What waits as queries of one shape: of one kind or of all, whole or what comes after a place in the list."""
    made = {CONFLICT: (conflicts(),), MATCH: (rows(), pairs())}
    return [
        part.filter(after(name, here)) if here else part
        for name, parts in made.items()
        if kind in ("", name)
        for part in parts
    ]


def _placed(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *rest = (part.values_list(*COLUMNS) for part in parts)
    return first.union(*rest, all=True).order_by("-roles", "-qualifications", "kind", "-weight", "key")


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
    fields = [key.partition(":")[::2] for kind, key, *_ in page if kind == CONFLICT]
    known = Conflicts(code for code, _ in fields)
    matches = _matches(int(key) for kind, key, *_ in page if kind == MATCH)
    titles = refs({code for code, _ in fields})
    made = []
    for kind, key, roles, qualifications, weight in page:
        if kind == CONFLICT:
            code, field = key.split(":", 1)
            waiting = known.waiting(code, field)
            values = tuple(dict.fromkeys([waiting[0].value_shown, *(row.value_other for row in waiting)]))
            said = (code, titles[code].title if code in titles else code, field, values)
        else:
            best = matches[int(key)][0]
            values = (best.title, *(match.matched_title for match in matches[int(key)]))
            said = (best.code, best.matched_title, best.reference, values)
        made.append(Item(kind, key, *said, roles, qualifications, weight))
    return tuple(made)


def _matches(numbers: Iterable[int]) -> dict[int, list[ProposedMatch]]:
    """The candidates of these items, most alike first, by the number of the item."""
    heads = ProposedMatch.objects.in_bulk(list(numbers))
    rows = {(head.register, head.reference): pk for pk, head in heads.items() if head.register}
    found: dict[int, list[ProposedMatch]] = {pk: [head] for pk, head in heads.items() if not head.register}
    for match in waiting_matches().filter(reference__in=[reference for _, reference in rows]):
        if pk := rows.get((match.register, match.reference)):
            found.setdefault(pk, []).append(match)
    return found
