"""What does a qualification from abroad or from an earlier time compare with here, how far, and who says so?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.reports.things import Ref, Said, ref, said

WHOLE = "whole"
EXTENT_ORDER = {WHOLE: 0, "part": 1, "level": 2}


@dataclass(frozen=True)
class Compared:
    """The other qualification of a comparison. `extent`: whole, part or level (see `Comparison`)."""

    qualification: Ref
    extent: str
    note: str
    said: Said


@dataclass(frozen=True)
class Comparisons:
    """`here`: what it compares with. `elsewhere`: what was found to compare with it."""

    here: tuple[Compared, ...]
    elsewhere: tuple[Compared, ...]

    @property
    def each(self) -> tuple[Compared, ...]:
        """Both ways round."""
        return self.here + self.elsewhere


def comparisons_of(thing: m.Qualification) -> Comparisons:
    """The standing comparisons of a qualification, the closest first."""
    return Comparisons(_other(thing, "counterpart"), _other(thing, "qualification"))


ENDS = {"counterpart": "qualification", "qualification": "counterpart"}


def _standing(own: str) -> Prepared[m.Comparison]:
    other = ENDS[own]
    return Prepared(
        lambda thing: (
            m.Comparison.objects.filter(LIVE, **{own: thing, f"{other}__retired_on__isnull": True})
            .select_related(*CITED, f"{other}__owner")
            .prefetch_related(f"{other}__aliases")
        )
    )


_STANDING = {own: _standing(own) for own in ENDS}


def _other(thing: m.Qualification, end: str) -> tuple[Compared, ...]:
    own = ENDS[end]
    found = [
        Compared(ref(getattr(row, end)), row.extent, row.note, said(row.citation)) for row in _STANDING[own](thing.pk)
    ]
    return tuple(sorted(found, key=lambda c: (EXTENT_ORDER[c.extent], c.qualification.title)))


def counting_as(qualification_ids: Collection[int]) -> Mapping[int, tuple[m.Qualification, ...]]:
    """The qualifications that holders of these count as holding: compared with the whole of them, and nothing less.

    Not carried further: what compares with one that compares with a third was compared with the third by nobody.
    """
    found: dict[int, tuple[m.Qualification, ...]] = {}
    if qualification_ids:
        rows = m.Comparison.objects.filter(LIVE, qualification__in=qualification_ids, extent=WHOLE)
        for row in rows.select_related("counterpart").order_by("counterpart__code"):
            found[row.qualification_id] = (*found.get(row.qualification_id, ()), row.counterpart)
    return found
