"""Which entries turned out to be one with another: when that was decided, and why?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from iqf.accounts.models import AuditEvent
from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS
from iqf.reports.things import Ref, refs


@dataclass(frozen=True)
class JoinedHere:
    """An entry that was joined into another: its code and title, when, and the reason. Never by whom."""

    code: str
    title: str
    on: date
    reason: str


def joined_here(thing: Thing) -> tuple[JoinedHere, ...]:
    """The entries that were found to be one with a thing and joined into it, latest first."""
    return tuple(joined for _, joined in _told(_into(thing.code)))


COLUMNS = ("kept", "gone", "reason", "decision")
_into = Prepared(lambda code: m.Joining.objects.filter(kept=code).order_by("-decision").values_list(*COLUMNS))


def joinings(most: int) -> tuple[tuple[Ref, JoinedHere], ...]:
    """The latest entries that were joined into others, at most so many, each with the thing that stands."""
    found = _told(m.Joining.objects.order_by("-decision").values_list(*COLUMNS)[:most])
    standing = refs({code for code, _ in found})
    return tuple((standing[code], joined) for code, joined in found if code in standing)


def _told(rows: Iterable[tuple[str, str, str, int]]) -> list[tuple[str, JoinedHere]]:
    held = list(rows)
    if not held:
        return []
    on = dict(AuditEvent.objects.filter(pk__in=[row[3] for row in held]).values_list("pk", "at"))
    titles = _titles([row[1] for row in held])
    return [
        (kept, JoinedHere(gone, titles.get(gone, ""), localtime(on[decision]).date(), reason))
        for kept, gone, reason, decision in held
    ]


def _titles(codes: list[str]) -> dict[str, str]:
    """The titles that entries had, by their codes."""
    found: dict[str, str] = {}
    for model in THINGS.values() if codes else ():
        found |= dict(model._default_manager.filter(code__in=codes).values_list("code", "title"))
    return found
