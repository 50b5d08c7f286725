"""What waits for a decision, and what does each affect? One list, whatever the kind of work."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from iqf.catalogue import models as m
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models.things import LIVE
from iqf.reports.things import Ref
from iqf.reports.trail import things_called
from iqf.review.queries import waiting_matches

CONFLICT, MATCH = "conflict", "match"
KINDS = (CONFLICT, MATCH)
"""The kinds of work that wait. A new kind is one more word here and one more function that lists it."""


@dataclass(frozen=True)
class Item:
    """One thing that waits: of which kind, under which key, about what; and how many roles ask for that.

    `asks` says in a few words what is to be decided. `weight`: from 0 to 1, how likely a yes is, where that is known.
    """

    kind: str
    key: str
    code: str
    title: str
    asks: str
    values: tuple[str, ...]
    roles: int
    weight: float = 0.0


@dataclass(frozen=True)
class InboxAnswer:
    """What waits, that with the greatest effect first, and how many there are of each kind."""

    items: tuple[Item, ...]
    counts: dict[str, int]


def inbox(kind: str = "") -> InboxAnswer:
    """Everything that waits, or what waits of one kind: first what most roles ask for, then the likeliest."""
    items = [*_conflicts(), *_matches()]
    asked = roles_asking({item.code for item in items})
    known = things_called({item.code for item in items})
    items = [_filled(item, asked, known) for item in items]
    counts = Counter(item.kind for item in items)
    shown = sorted(
        (item for item in items if kind in ("", item.kind)),
        key=lambda item: (-item.roles, KINDS.index(item.kind), -item.weight, item.title, item.key),
    )
    return InboxAnswer(tuple(shown), {kind: counts[kind] for kind in KINDS})


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


def _conflicts() -> list[Item]:
    """One item for each field that waits, however many values there are."""
    known = Conflicts()
    fields = {(c.subject, c.field): None for c in known.by_key.values() if not c.is_decided and not c.is_retired}
    found = []
    for code, field in fields:
        rows = known.waiting(code, field)
        values = tuple(dict.fromkeys([rows[0].value_shown, *(row.value_other for row in rows)]))
        found.append(Item(CONFLICT, conflict_key(code, field), code, "", field, values, 0))
    return found


def _matches() -> list[Item]:
    return [
        Item(MATCH, str(row.pk), row.code, row.matched_title, row.reference, (row.title,), 0, row.score)
        for row in waiting_matches()
    ]


def _filled(item: Item, asked: dict[str, int], known: dict[str, Ref]) -> Item:
    title = known[item.code].title if item.code in known else item.title
    return Item(**{**vars(item), "title": title, "roles": asked.get(item.code, 0)})
