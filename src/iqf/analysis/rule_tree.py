"""The records of a rule of combination: units, groups, rulesets, holdings.

Promise: plain frozen records, checked when a ruleset is made, with no arithmetic in them. Unknown is
never zero: a credit that is not known has no bounds, a level that is not known is ``None``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["all", "choose", "pathway"]
Verdict = Literal["met", "not met", "cannot say"]

LEVEL_RANKS = {"E1": 1, "E2": 2, "E3": 3, **{str(n): n + 3 for n in range(1, 9)}}
"""Order of the levels of the English framework: Entry 1 to 3, then 1 to 8 (Ofqual level descriptors)."""


class RuleError(ValueError):
    """A rule of combination, or a unit in it, that cannot be read as one."""


@dataclass(frozen=True)
class UnitFact:
    """What is known of one unit. Credits are whole credits (10 notional hours each); ``None`` = not known.

    ``credit_low`` and ``credit_high`` are equal when the credit is known; either may be missing alone.
    ``level`` is "E1"…"E3", "Entry" (which of the three is not known), "1"…"8", "none" or ``None``.
    """

    code: str
    title: str = ""
    level: str | None = None
    credit_low: int | None = None
    credit_high: int | None = None
    glh: int | None = None

    def __post_init__(self) -> None:
        """Refuse bounds the wrong way round and levels that do not exist."""
        level_bounds(self.level)
        low = self.credit_low or 0
        if low < 0 or (self.credit_high is not None and self.credit_high < low):
            raise RuleError(
                f"Unit {self.code} has credit bounds {self.credit_low} to {self.credit_high}; "
                "the lower must not be negative or above the upper."
            )

    @property
    def credit_known(self) -> bool:
        """Whether the credit is one known number."""
        return self.credit_low is not None and self.credit_low == self.credit_high


@dataclass(frozen=True)
class LevelFloor:
    """At least ``at_least`` credits from units at ``level`` or above."""

    level: str
    at_least: int


@dataclass(frozen=True)
class Group:
    """One node of a rule of combination.

    ``kind`` says how it is met: *all* = every unit and every child group; *choose* = its minimums, from
    its units and its children's units; *pathway* = ``min_children`` (1 if not given) to ``max_children``
    of its child groups, each met in full. A minimum of ``None`` means that there is none; a minimum that
    exists but is not known is said with ``structure_known=False``. Maximums say how much counts.
    ``list_complete=False``: units (or pathways) are known to be missing from the list.
    """

    id: str
    title: str = ""
    kind: Kind = "all"
    units: tuple[str, ...] = ()
    children: tuple["Group", ...] = ()
    min_units: int | None = None
    max_units: int | None = None
    min_credit: int | None = None
    max_credit: int | None = None
    min_children: int | None = None
    max_children: int | None = None
    credit_at_level: tuple[LevelFloor, ...] = ()
    list_complete: bool = True
    structure_known: bool = True
    note: str = ""

    def walk(self) -> Iterator["Group"]:
        """This group and every group below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Ruleset:
    """The rules of combination of one qualification (``target``).

    ``barred``: sets of units of which only one counts. ``equivalents``: classes of units; holding one
    satisfies any, and a class counts once. Raises RuleError when the tree cannot be one.
    """

    target: str
    root: Group
    barred: tuple[frozenset[str], ...] = ()
    equivalents: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        """Check ids, kinds and numbers once, so that nothing below has to."""
        seen: set[str] = set()
        for group in self.root.walk():
            if group.id in seen:
                raise RuleError(f"Two groups of {self.target} have the id {group.id}; ids must differ.")
            seen.add(group.id)
            _check_group(group)


@dataclass(frozen=True)
class Holding:
    """What one person holds, as codes.

    ``possible_units`` may or may not be held (optional units of a qualification held): they can turn
    "not met" into "cannot say", never into "met".
    """

    units: frozenset[str] = frozenset()
    possible_units: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CreditRange:
    """Credit counted: surely ``known_low``, at most ``high`` (``None`` = no upper bound is known)."""

    known_low: int
    high: int | None
    unknown_items: int = 0


@dataclass(frozen=True)
class NodeAnswer:
    """The answer for one group of the tree; credits in credits, units as codes.

    ``missing``: required units not held. ``could_add``: listed units of a choice that is not surely met,
    not yet held. ``credit_short``/``units_short``: how far the sure part is from the minimum.
    """

    id: str
    title: str
    words: str
    verdict: Verdict
    credit_met: CreditRange
    credit_needed: int | None
    units_met: int
    units_needed: int | None
    missing: tuple[str, ...]
    could_add: tuple[str, ...]
    credit_short: int
    units_short: int
    because: str
    depth: int = 0
    children: tuple["NodeAnswer", ...] = ()


@dataclass(frozen=True)
class CountedUnit:
    """Where a unit counts: in group ``group``, thanks to holding ``held`` (itself or an equivalent)."""

    unit: str
    group: str
    held: str


@dataclass(frozen=True)
class RuleAnswer:
    """Whether the rules of ``target`` are met. ``nodes``: every group, parents first; ``nodes[0]`` = root."""

    target: str
    verdict: Verdict
    because: str
    nodes: tuple[NodeAnswer, ...]
    counted: tuple[CountedUnit, ...] = field(default=())
    notes: tuple[str, ...] = ()


def level_bounds(level: str | None) -> tuple[int, int]:
    """Lowest and highest rank a level can have: unknown spans everything, "none" is below every level.

    Raises RuleError on a word that is no level.
    """
    if level is None or level == "":
        return 0, max(LEVEL_RANKS.values())
    if level.lower() == "none":
        return 0, 0
    if level.lower() == "entry":
        return LEVEL_RANKS["E1"], LEVEL_RANKS["E3"]
    if level not in LEVEL_RANKS:
        raise RuleError(f"“{level}” is not a level; use E1, E2, E3, Entry, 1 to 8 or none.")
    return LEVEL_RANKS[level], LEVEL_RANKS[level]


def all_units(group: Group) -> tuple[str, ...]:
    """Every unit listed in the group and below, once each, in the order of the tree."""
    return tuple(dict.fromkeys(code for part in group.walk() for code in part.units))


def _check_group(group: Group) -> None:
    if group.kind not in ("all", "choose", "pathway"):
        raise RuleError(f"Group {group.id} has the kind “{group.kind}”; use all, choose or pathway.")
    if group.kind == "pathway" and group.units:
        raise RuleError(
            f"Group {group.id} is a choice of pathways and holds groups only; put its units in a child group."
        )
    numbers = ("min_units", "max_units", "min_credit", "max_credit", "min_children", "max_children")
    for name in numbers:
        value = getattr(group, name)
        if value is not None and value < 0:
            raise RuleError(f"Group {group.id} has {name} = {value}; it must not be negative.")
    for floor in group.credit_at_level:
        if level_bounds(floor.level)[0] == 0:
            raise RuleError(f"Group {group.id} asks for credit at level “{floor.level}”; name a level.")
