"""How things stood earlier: the present taken back, change by change, and what the record of changes cannot tell.

Rows are text cells under a name that never changes. Nothing is guessed: where the record and the present do not meet,
what the record says is taken and the gap is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One row: its cells by column, and whether it stands or was retired."""

    cells: Cells
    stands: bool


@dataclass(frozen=True)
class Step:
    """One recorded change of one row: its number, the row by name, the cells that it changed before and after.

    `made`: the row came to be by it. `ended`: there was no row of that name any more; then `before` is all it said.
    `stood` and `stands`: before and after it; None where it did not touch that.
    """

    number: int
    row: str
    before: Cells = field(default_factory=dict)
    after: Cells = field(default_factory=dict)
    made: bool = False
    ended: bool = False
    stood: bool | None = None
    stands: bool | None = None


@dataclass(frozen=True)
class Gap:
    """What the record does not explain: of which row, in which column (blank: the row), and between which values."""

    row: str
    column: str
    recorded: str
    found: str


@dataclass(frozen=True)
class State:
    """The rows as they stood after a change, by name, and what the record does not tell of them."""

    rows: Mapping[str, Row]
    gaps: tuple[Gap, ...] = ()


def state_after(now: Mapping[str, Row], steps: Iterable[Step], number: int) -> State:
    """How things stood once change `number` was made. `steps` come newest first; those after it are taken back."""
    ((_, state),) = states_after(now, steps, (number,))
    return state


def states_after(
    now: Mapping[str, Row], steps: Iterable[Step], numbers: Iterable[int]
) -> Iterator[tuple[int, State]]:
    """How things stood after each of these changes, newest first, in one walk. `steps` come newest first."""
    rows, gaps = dict(now), list[Gap]()
    left = iter(steps)
    step = next(left, None)
    for number in sorted(set(numbers), reverse=True):
        while step is not None and step.number > number:
            _take_back(rows, gaps, step)
            step = next(left, None)
        yield number, State(dict(rows), tuple(gaps))


def _take_back(rows: dict[str, Row], gaps: list[Gap], step: Step) -> None:
    row = rows.get(step.row)
    if step.ended:
        rows[step.row] = Row(step.before, bool(step.stood))
        return
    if row is None:
        gaps.append(Gap(step.row, "", "is spoken of", "is not held"))
        return
    gaps.extend(
        Gap(step.row, n, text, row.cells.get(n, "")) for n, text in step.after.items() if row.cells.get(n, "") != text
    )
    if step.stands is not None and step.stands != row.stands:
        gaps.append(Gap(step.row, "", _standing(step.stands), _standing(row.stands)))
    if step.made:
        del rows[step.row]
        return
    stood = row.stands if step.stood is None else step.stood
    rows[step.row] = replace(row, cells={**row.cells, **step.before}, stands=stood)


def _standing(stands: bool) -> str:
    return "stands" if stands else "is retired"
