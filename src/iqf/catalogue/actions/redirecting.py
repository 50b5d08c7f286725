"""Drafts that speak of a thing that was joined into another: which row of which thing each of them is about now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from iqf.catalogue.joined import Joined, place_of

if TYPE_CHECKING:
    from iqf.catalogue.actions.upsert import Draft

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Resolved:
    """A draft with its key as it is now, and the row that stands there.

    `speaks` is false where another row says it: nothing is written, `old` (or what was made under `key`) stands in.
    """

    draft: Draft
    key: Key
    old: Model | None
    speaks: bool = True


def resolved(
    joined: Joined, model: type[Model], drafts: Sequence[Draft], held: Mapping[Key, Model]
) -> Iterator[Resolved]:
    """Each draft with the row that it is about. Where nothing was joined that is the row of its key.

    Two drafts that have become one are told once: by the one that speaks of the standing thing itself.
    """
    if not joined:
        for draft in drafts:
            key = key_of(draft.key)
            yield Resolved(draft, key, held.get(key))
        return
    by_pk = {row.pk: row for row in held.values()}
    taken = {key for d in drafts if (key := key_of(d.key)) == key_of(_now(joined, model, d.key))}
    for draft in drafts:
        yield from _one(joined, model, draft, held, taken, by_pk)


def _one(
    joined: Joined,
    model: type[Model],
    draft: Draft,
    held: Mapping[Key, Model],
    taken: set[Key],
    by_pk: Mapping[Any, Model],
) -> Iterator[Resolved]:
    own = key_of(draft.key)
    old = held.get(own)
    if old is not None and place_of(old) in joined.stayed:
        twin = by_pk.get(joined.twin_of(old))
        yield _stand_in(draft, own, old, twin)
        return
    moved = _now(joined, model, draft.key)
    key = key_of(moved)
    if key == own:
        yield Resolved(draft, key, old)
    elif _leads_to_itself(draft.key, moved):
        return
    elif key in taken:
        yield Resolved(draft, key, held.get(key), speaks=False)
    else:
        taken.add(key)
        yield Resolved(replace(draft, key=moved), key, held.get(key))


def _stand_in(draft: Draft, key: Key, old: Model, twin: Model | None) -> Resolved:
    """A row that stayed with a joined thing is left alone; what stands in for it is in step with the row it was."""
    if twin is None:
        return Resolved(draft, key, old, speaks=False)
    cited = getattr(twin, "citation_id", None)
    return Resolved(draft, key, twin, speaks=cited is not None and cited == getattr(old, "citation_id", None))


def key_of(key: Mapping[str, Any]) -> Key:
    """A natural key as rows are found by it: ids for rows."""
    return tuple(v.pk if isinstance(v, Model) else v for v in key.values())


def _now(joined: Joined, model: type[Model], key: Mapping[str, Any]) -> dict[str, Any]:
    """The key with every thing as it is now; but a list that was kept apart stays with its own thing."""
    label = model._meta.label_lower
    return {n: v if (label, getattr(v, "code", "")) in joined.apart else joined.now(v) for n, v in key.items()}


def _leads_to_itself(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    was, now = ([(type(v), v.pk) for v in key.values() if isinstance(v, Model)] for key in (before, after))
    return len(set(now)) < len(set(was))


def things_now(joined: Joined, values: Mapping[str, Any], of: Model | None = None) -> dict[str, Any]:
    """The values of a draft with every thing as it is now; never the thing itself, where it was another before."""
    if not joined:
        return dict(values)
    found = {name: joined.now(value) for name, value in values.items()}
    return {n: None if of is not None and v is not values[n] and v == of else v for n, v in found.items()}
