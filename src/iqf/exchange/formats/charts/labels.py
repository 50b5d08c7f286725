"""Names beside marks: each where it hides no mark, no other name and no edge; one without room is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Align = Literal["left", "right", "center"]
LETTER, LINE = 6.1, 13.0
"""Width of a letter and height of a line at 11 points, in units of the drawing."""
MARK: Final = 5.0
"""How far a mark reaches from its middle."""
AWAY: Final = 8.0
"""How far from the middle of its mark a name begins."""


@dataclass(frozen=True)
class Spot:
    """A mark with its name, in units of the drawing from the top left."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """A name and where it is written: its side or its middle, and the middle of its line."""

    name: str
    x: float
    y: float
    align: Align


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def placed(wanted: Sequence[Spot], marks: Sequence[Spot], width: float, height: float) -> tuple[Label, ...]:
    """A label for each spot that has room, the first served first: right of its mark, else left, above, below."""
    taken = [_of_mark(mark) for mark in marks]
    found: list[Label] = []
    for spot in wanted:
        others = [box for box in taken if box != _of_mark(spot)]
        for label in _tried(spot):
            box = box_of(label)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_meet(box, other) for other in others):
                found.append(label)
                taken.append(box)
                break
    return tuple(found)


def _tried(spot: Spot) -> Iterator[Label]:
    yield Label(spot.name, spot.x + AWAY, spot.y, "left")
    yield Label(spot.name, spot.x - AWAY, spot.y, "right")
    yield Label(spot.name, spot.x, spot.y - AWAY - LINE / 2 + 2, "center")
    yield Label(spot.name, spot.x, spot.y + AWAY + LINE / 2 - 2, "center")


def box_of(label: Label) -> Box:
    """The room that a label takes."""
    wide = LETTER * len(label.name)
    left = {"left": label.x, "right": label.x - wide, "center": label.x - wide / 2}[label.align]
    return left, label.y - LINE / 2, left + wide, label.y + LINE / 2


def _of_mark(spot: Spot) -> Box:
    return spot.x - MARK, spot.y - MARK, spot.x + MARK, spot.y + MARK


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
