"""What was changed, by whom, when and why? The audit trail as people read it, newest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Replace

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.queries import THINGS, AmbiguousError, NotFoundError, find
from iqf.codes import alias_key
from iqf.evidence.models import Retrieval
from iqf.reports.things import ALIAS_ORDER, Ref

BY_IMPORT = Q(action="mirror") | Q(reason__startswith="ingest ")
"""The changes that imports make. One import runs at a time, so the time of a change tells which one made it."""

ALIASES: dict[str, Any] = {
    "role": m.RoleAlias,
    "qualification": m.QualificationAlias,
    "unit": m.UnitAlias,
    "organisation": m.OrganisationAlias,
}
_SEPARATORS = re.compile(r">|:(?! )")


@dataclass(frozen=True)
class Asked:
    """Which changes: of one thing (any of its names, or a subject of the trail), by one person, of one kind, or made
    by one import (its number). Blank or None: all.
    """

    thing: str = ""
    actor: str = ""
    action: str = ""
    of_import: int | None = None


@dataclass(frozen=True)
class Difference:
    """One field before and after. A code of ours stands as the thing itself; None is nothing."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One entry of the trail. `about`: the things it speaks of, and the words of its subject that are no things.

    `has_before` is false where something new was made.
    """

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    about: tuple[Ref | str, ...]
    differences: tuple[Difference, ...]
    reason: str
    has_before: bool


class Trail:
    """The changes that were asked for, newest first: `len` counts them, a slice reads them."""

    def __init__(self, events: QuerySet[AuditEvent]) -> None:
        self._events = events

    def __len__(self) -> int:
        return self._events.count()

    def __iter__(self) -> Iterator[Change]:
        return iter(self[0 : len(self)])

    def __getitem__(self, part: slice) -> tuple[Change, ...]:
        events = list(self._events[part])
        words = {word for event in events for word in (*_words(event.subject), *_codes(event))}
        known = things_called(words)
        return tuple(_change(event, known) for event in events)


def trail(asked: Asked) -> Trail:
    """The changes that were asked for."""
    events = AuditEvent.objects.order_by("-id")
    if asked.thing:
        events = events.filter(pk__in=_speaks_of(asked.thing).values("pk"))
    if asked.actor:
        events = events.filter(actor=asked.actor)
    if asked.action:
        events = events.filter(action=asked.action)
    if asked.of_import is not None:
        events = events.filter(made_by(asked.of_import))
    return Trail(events)


def actors() -> list[str]:
    """Everybody who ever changed anything, and every source that did."""
    return list(AuditEvent.objects.order_by("actor").values_list("actor", flat=True).distinct())


def actions() -> list[str]:
    """Everything that was ever done, under its name in the trail."""
    return list(AuditEvent.objects.order_by("action").values_list("action", flat=True).distinct())


def made_by(number: int) -> Q:
    """Selects the changes that one import made: those from when it began until the next one did."""
    begun = list(Retrieval.objects.filter(pk__gte=number).order_by("pk").values_list("pk", "retrieved_at")[:2])
    if not begun or begun[0][0] != number:
        return Q(pk__in=())
    within = Q(at__gte=begun[0][1])
    return BY_IMPORT & (within & Q(at__lt=begun[1][1]) if len(begun) > 1 else within)


def things_called(words: Iterable[str]) -> dict[str, Ref]:
    """The things that go by these codes and aliases. A word that is the name of several is left out."""
    by_key = {alias_key(word): word for word in words if word}
    found: dict[str, dict[str, Ref]] = {}
    for key, thing in (*_by_code(set(by_key.values())), *_by_alias(by_key)):
        found.setdefault(key, {})[thing.code] = thing
    return {word: next(iter(things.values())) for word, things in found.items() if len(things) == 1}


def _by_code(words: set[str]) -> Iterator[tuple[str, Ref]]:
    for kind, model in THINGS.items():
        if model is m.Framework:
            rows = m.Framework.objects.filter(Q(code__in=words) | Q(key__in=words))
            for code, title, key in rows.values_list("code", "title", "key"):
                yield from ((name, Ref(code, (key,), title, kind)) for name in {code, key} & words)
            continue
        held = model._default_manager.filter(code__in=words).values_list("code", "title")
        yield from ((code, Ref(code, (), title, kind)) for code, title in held)


def _by_alias(by_key: dict[str, str]) -> Iterator[tuple[str, Ref]]:
    for kind, aliases in ALIASES.items():
        rows = aliases._default_manager.filter(key__in=by_key).values_list("key", "thing__code", "thing__title")
        yield from ((by_key[key], Ref(code, (), title, kind)) for key, code, title in rows)


def _speaks_of(thing: str) -> QuerySet[AuditEvent]:
    """Events whose subject is the thing or names it in its natural key by code or alias, or is the text itself."""
    joined = Concat(Value(">"), Replace("subject", Value(":"), Value(">")), Value(">"))
    named = Q(subject=thing)
    for code, names in _names(thing):
        named |= Q(subject=code)
        for name in names:
            part = Q(joined__contains=f">{name.replace(':', '>')}>")
            named |= Q(subject__contains=name) & part  # the first is the quicker no
    return AuditEvent.objects.alias(joined=joined).filter(named)


def _names(text: str) -> Iterator[tuple[str, set[str]]]:
    """The code of each thing called `text`, and the names that natural keys know it by: never an official number."""
    try:
        found = [find(text)]
    except NotFoundError:
        return
    except AmbiguousError as error:
        found = error.found
    for thing in found:
        aliases = getattr(thing, "aliases", None)
        other = (
            aliases.exclude(scheme__in=ALIAS_ORDER).values_list("value", flat=True)
            if aliases
            else [getattr(thing, "key", thing.code)]
        )
        yield thing.code, {thing.code, *other}


def _words(subject: str) -> list[str]:
    """The parts of a subject that name something: after its kind and table, split where its key is joined."""
    parts = subject.split(":", 2)
    return [word for word in _SEPARATORS.split(parts[-1]) if word not in ("", "*")]


def _codes(event: AuditEvent) -> Iterator[str]:
    values = (*event.before.values(), *event.after.values())
    return (value for value in values if isinstance(value, str) and value.startswith("IQF-"))


def _change(event: AuditEvent, known: dict[str, Ref]) -> Change:
    about: list[Ref | str] = [known.get(word, word) for word in _words(event.subject)]
    return Change(
        number=event.pk,
        at=event.at,
        actor=event.actor,
        action=event.action,
        subject=event.subject,
        about=tuple(dict.fromkeys(about)),
        differences=tuple(_differences(event, known)),
        reason=event.reason,
        has_before=bool(event.before),
    )


def _differences(event: AuditEvent, known: dict[str, Ref]) -> Iterator[Difference]:
    """Field by field; fields that are blank before and after say nothing and are left out."""
    for field in {**event.before, **event.after}:
        before, after = (_value(side.get(field), known) for side in (event.before, event.after))
        if before is not None or after is not None:
            yield Difference(field, before, after)


def _value(value: Any, known: dict[str, Ref]) -> Any:
    if value in (None, "", [], {}):
        return None
    return known.get(value, value) if isinstance(value, str) and value.startswith("IQF-") else value
