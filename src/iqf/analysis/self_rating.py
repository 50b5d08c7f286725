"""What does a self-assessment come to: strengths and gaps, beside last time and beside what a role requires?

Promise: a line that was left open is open, not zero; a need is compared with the lowest of the lines under it, since
a whole is met when its weakest part is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from iqf.analysis.coverage import Strength

NEEDED: Mapping[Strength, int] = {"partly": 1, "fully": 2}
"""The grade that a need asks for: *partly* with help, *fully* on one's own. 3, showing others, is never asked."""
STRONG = 2
Verdict = Literal["open", "strength", "gap", "meets", "short"]
Change = Literal["", "new", "up", "down", "same"]


@dataclass(frozen=True)
class Line:
    """One line to rate: a statement, in a matrix in one `row`. `under`: the codes it counts for, its own too."""

    code: str
    row: str
    title: str
    under: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What a grade is kept under."""
        return self.code, self.row


@dataclass(frozen=True)
class Placed:
    """A line with its grade now and last time (None: left open), and the grade that is needed (None: not asked)."""

    line: Line
    grade: int | None
    before: int | None
    needed: int | None

    @property
    def verdict(self) -> Verdict:
        """Against what is needed; where nothing is asked, strong from 2 on."""
        if self.grade is None:
            return "open"
        if self.needed is not None:
            return "meets" if self.grade >= self.needed else "short"
        return "strength" if self.grade >= STRONG else "gap"

    @property
    def change(self) -> Change:
        """Since last time; blank where it is open now."""
        if self.grade is None:
            return ""
        if self.before is None:
            return "new"
        return "same" if self.grade == self.before else "up" if self.grade > self.before else "down"

    @property
    def is_gap(self) -> bool:
        """Whether it falls short of what is asked, or of *on my own* where nothing is asked."""
        return self.verdict in ("gap", "short")


@dataclass(frozen=True)
class Need:
    """A statement that a role requires, how far; the lowest grade rated under it; how many lines are open."""

    code: str
    strength: Strength
    lowest: int | None
    open: int

    @property
    def met(self) -> bool | None:
        """None where nothing under it is rated, or what is open may yet be the weakest."""
        if self.lowest is not None and self.lowest < NEEDED[self.strength]:
            return False
        return None if self.lowest is None or self.open else True


@dataclass(frozen=True)
class Picture:
    """A self-assessment as a whole. `gaps` and `strengths` are lines, weakest and strongest first."""

    lines: tuple[Placed, ...]
    needs: tuple[Need, ...]

    @property
    def gaps(self) -> tuple[Placed, ...]:
        """What falls short, weakest first."""
        return tuple(sorted((x for x in self.lines if x.is_gap), key=lambda x: x.grade or 0))

    @property
    def strengths(self) -> tuple[Placed, ...]:
        """What is strong, strongest first."""
        found = [x for x in self.lines if x.grade is not None and x.grade >= STRONG]
        return tuple(sorted(found, key=lambda x: -(x.grade or 0)))


Grades = Mapping[tuple[str, str], int]


def picture(lines: Iterable[Line], now: Grades, before: Grades, needs: Mapping[str, Strength]) -> Picture:
    """The picture of a sitting. `before`: the sitting before it; `needs`: what a role requires, by statement."""
    placed = tuple(Placed(x, now.get(x.key), before.get(x.key), _needed(x, needs)) for x in lines)
    return Picture(placed, tuple(_need(code, strength, placed) for code, strength in needs.items()))


def _needed(line: Line, needs: Mapping[str, Strength]) -> int | None:
    asked = [NEEDED[needs[code]] for code in line.under if code in needs]
    return max(asked, default=None)


def _need(code: str, strength: Strength, placed: Sequence[Placed]) -> Need:
    under = [x.grade for x in placed if code in x.line.under]
    rated = [grade for grade in under if grade is not None]
    return Need(code, strength, min(rated, default=None), len(under) - len(rated))
