"""Which roles lack minimum entry requirements, and for which is nothing known?"""

from dataclasses import dataclass

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.reports.entry_criteria import employers_counted
from iqf.reports.role import Position
from iqf.reports.things import Ref, ref, said


@dataclass(frozen=True)
class EntryRow:
    """A role with what stands at its entry, how many mandatory requirements it has, and how many single employers
    are on record with criteria of their own."""

    role: Ref
    positions: tuple[Position, ...]
    mandatory: int
    employers: int = 0


@dataclass(frozen=True)
class EntryAnswer:
    """Roles apart: something is set, nothing is set (stated), nothing is known."""

    set: tuple[EntryRow, ...]
    nothing_set: tuple[EntryRow, ...]
    not_known: tuple[EntryRow, ...]


def entry() -> EntryAnswer:
    """Every role under one of three heads. A role with a mandatory requirement has something set."""
    roles = _roles()
    employers = employers_counted([r.pk for r in roles])
    rows = [_row(r, employers.get(r.pk, 0)) for r in roles]
    has = [r for r in rows if r.mandatory or any(p.entry != "none" for p in r.positions)]
    without = [r for r in rows if r not in has and any(p.entry == "none" for p in r.positions)]
    unknown = [r for r in rows if r not in has and r not in without]
    return EntryAnswer(tuple(has), tuple(without), tuple(unknown))


def _roles() -> list[m.Role]:
    return list(
        m.Role.objects.filter(LIVE)
        .prefetch_related("aliases", "requirements", *(f"entry_positions__{c}" for c in CITED))
        .order_by("title")
    )


def _row(role: m.Role, employers: int) -> EntryRow:
    positions = tuple(
        Position(p.entry, p.basis, p.note, said(p.citation)) for p in role.entry_positions.all() if not p.is_retired
    )
    mandatory = sum(r.strength == "mandatory" and not r.is_retired for r in role.requirements.all())
    return EntryRow(ref(role), positions, mandatory, employers)
