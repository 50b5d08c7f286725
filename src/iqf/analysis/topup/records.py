"""The records of a top-up: amounts that may be known or bounded, what could be taken, what is asked, the answer.

Promise: plain frozen records, checked where they are made. Unknown is never zero: an amount that is not known has
bounds, and where no upper bound is known it is None.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from iqf.analysis.rules import Holding, Ruleset, UnitFact

Cost = Literal["credit", "hours", "pounds"]
COSTS: tuple[Cost, ...] = ("credit", "hours", "pounds")
Status = Literal["optimal", "feasible", "impossible"]
Strength = Literal["partly", "fully"]


class TopUpError(ValueError):
    """A question about a top-up that cannot be read as one."""


@dataclass(frozen=True)
class Amount:
    """Credits, guided learning hours or pounds: at least `low`, at most `high` (None: no upper bound is known)."""

    low: int = 0
    high: int | None = None

    def __post_init__(self) -> None:
        """Refuse bounds the wrong way round."""
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise TopUpError(f"An amount from {self.low} to {self.high} has its bounds the wrong way round.")

    @property
    def known(self) -> bool:
        """Whether it is one known number."""
        return self.low == self.high


@dataclass(frozen=True)
class Candidate:
    """Something that could be taken: a unit, or a qualification taken whole.

    `brings`: units that whoever took it has for sure (a unit brings itself).
    """

    code: str
    title: str = ""
    kind: Literal["unit", "qualification"] = "unit"
    credit: Amount = Amount()
    hours: Amount = Amount()
    pounds: Amount = Amount()
    brings: frozenset[str] = frozenset()

    def price(self, cost: Cost) -> Amount:
        """What it costs in credits, hours or pounds."""
        return {"credit": self.credit, "hours": self.hours, "pounds": self.pounds}[cost]


@dataclass(frozen=True)
class Option:
    """A qualification that meets a requirement. `rules`: None where its units are not on record.

    `closed`: why nobody can take it now; blank where somebody can.
    """

    code: str
    title: str
    rules: Ruleset | None = None
    closed: str = ""


@dataclass(frozen=True)
class Choice:
    """A requirement that one of these qualifications meets."""

    id: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Need:
    """A statement that is to be reached: at least partly, or fully. `shown`: its code as people write it."""

    code: str
    title: str = ""
    fully: bool = False
    shown: str = ""

    @property
    def name(self) -> str:
        """Its code as people write it."""
        return self.shown or self.code


@dataclass(frozen=True)
class Question:
    """What somebody holds, what the target asks for, and what could be taken.

    `choices` and `needs` all bind. `reach`: for a unit or qualification, the statements it reaches and how far.
    `facts`: what is known of units by code. `equivalents`: classes of units of which one stands for any;
    `barred`: sets of units of which only one counts, anywhere (those of one qualification stand in its rules).
    `counting`: by qualification, the units held that count towards it, where not all do.
    """

    target: str
    holding: Holding
    choices: tuple[Choice, ...] = ()
    needs: tuple[Need, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    facts: Mapping[str, UnitFact] = field(default_factory=dict)
    reach: Mapping[str, Mapping[str, Strength]] = field(default_factory=dict)
    equivalents: tuple[frozenset[str], ...] = ()
    barred: tuple[frozenset[str], ...] = ()
    counting: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def held_for(self, option: str) -> frozenset[str]:
        """The units held that surely count towards a qualification (for some, credit may be too old)."""
        return self.counting.get(option, self.holding.units)

    def __post_init__(self) -> None:
        """Refuse what is named twice."""
        _once("candidate", (c.code for c in self.candidates))
        _once("requirement", (c.id for c in self.choices))
        _once("statement", (n.code for n in self.needs))


@dataclass(frozen=True)
class Cover:
    """What an item is there for: a place in a rule (`kind` *rule*) or a statement (*statement*).

    `code`, `title`: the qualification or statement. `part`: the group of the rule, or how far it is reached.
    `unit`: the unit as which it counts. `name`: the code as people write it.
    """

    kind: Literal["rule", "statement"]
    code: str
    title: str
    part: str = ""
    unit: str = ""
    name: str = ""


@dataclass(frozen=True)
class Item:
    """Something to take, what it covers and why it is there."""

    candidate: Candidate
    covers: tuple[Cover, ...]
    because: str


@dataclass(frozen=True)
class Total:
    """A sum: `known` is that of the items with a known amount, `low` to `high` (None: no bound) that of all."""

    known: int
    low: int
    high: int | None
    unknown_items: int


@dataclass(frozen=True)
class Answer:
    """A set to take. `gap`: how much cheaper another could be at most, in the cost asked about; None: no bound.

    `timed_out`: the solver stopped at its time limit. `via`: for each requirement that was not met, the code of the
    qualification that meets it.
    """

    items: tuple[Item, ...]
    status: Status
    gap: int | None
    cost: Mapping[Cost, Total]
    via: Mapping[str, str] = field(default_factory=dict)
    timed_out: bool = False


@dataclass(frozen=True)
class Unmet:
    """A requirement or statement that cannot be met: why, and what would make it possible."""

    kind: Literal["rule", "statement", "together"]
    code: str
    title: str
    why: str
    possible_if: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class TopUp:
    """The least that takes a holding to the target, and the next best different answers.

    `best` is None where it is impossible; then `unmet` says why. `met_already`: nothing is needed.
    """

    target: str
    cost: Cost
    status: Status
    words: str
    best: Answer | None
    alternatives: tuple[Answer, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    @property
    def met_already(self) -> bool:
        """Whether what is held is enough."""
        return self.best is not None and not self.best.items


def total(amounts: Iterable[Amount]) -> Total:
    """The sum of amounts: what is known of it, and between which bounds it lies."""
    listed = list(amounts)
    highs = [a.high for a in listed]
    return Total(
        known=sum(a.low for a in listed if a.known),
        low=sum(a.low for a in listed),
        high=None if None in highs else sum(h for h in highs if h is not None),
        unknown_items=sum(not a.known for a in listed),
    )


def _once(what: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise TopUpError(f"The {what} {code} is named twice.")
        seen.add(code)
