"""What recognition does a qualification have that no regulator has on its register: by whom, since when, and why?"""

from collections.abc import Sequence
from dataclasses import dataclass

from iqf.catalogue import models as m
from iqf.reports.role import BodyPart

UNREGULATED = ("endorsed training", "unaccredited training", "international", "historic")
RECOGNISING = ("places", "endorses", "accredits", "approves")


@dataclass(frozen=True)
class Recognised:
    """What recognition it has. `asked`: it is of a kind of which that has to be asked at all.

    `by`: the bodies that placed, endorsed, accredited or approved it. `counted`: official lists count it. `said`: its
    kind says that it is endorsed, whoever did it. `level`: the level at which it stands here, and what that rests on.
    """

    asked: bool
    by: tuple[BodyPart, ...]
    counted: bool
    said: bool
    level: str
    level_basis: str

    @property
    def verdict(self) -> str:
        """`recognised`, `not yet`, or blank where it is not asked."""
        if self.by or self.counted or self.said:
            return "recognised"
        return "not yet" if self.asked else ""


def recognition_of(thing: m.Qualification, bodies: Sequence[BodyPart], counted: bool) -> Recognised:
    """The recognition of a qualification, out of the parts that bodies have in it. A number of the regulator's own
    register is recognition enough: then nothing else is asked.
    """
    by = sorted((b for b in bodies if b.part in RECOGNISING), key=lambda b: RECOGNISING.index(b.part))
    return Recognised(
        asked=thing.kind in UNREGULATED and not thing.number,
        by=tuple(by),
        counted=counted,
        said=thing.kind == "endorsed training",
        level=thing.level,
        level_basis=thing.level_basis,
    )
