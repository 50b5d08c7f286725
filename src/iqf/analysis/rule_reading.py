"""Two definite readings of a rule that is only partly known: the worst case and the best case.

Promise: more credit, a higher level, one more unit held or listed never makes a rule harder to meet
(barred units and maximums only say what counts). So a rule is met under *every* reading of what is not
known exactly when it is met in the worst one, and under *some* reading exactly when it is met in the
best one. Worst: no possible unit is held, every credit is at its lower bound, an unknown level is below
every floor, an incomplete list hides a required unit that is not held, and where the split between
mandatory and optional was not read every unit is mandatory. Best: the opposite; the part of a list that
is missing is filled with ghosts, units that give whatever is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from iqf.analysis.rule_tree import LEVEL_RANKS, Group, Holding, Kind, Ruleset, UnitFact, level_bounds

Case = Literal["worst", "best"]
GHOST = "?"
"""First character of the codes and ids of what is not listed; no code of ours begins with it."""


@dataclass(frozen=True)
class Node:
    """One group in a definite reading. ``whole``: everything in it is mandatory and listed, so its
    minimums are published totals and not conditions. ``loose``: which units are mandatory is not known, so
    the minimums may be reached or everything held, whichever is easier. ``floors``: (level rank, credits)."""

    id: str
    parent: int
    kind: Kind
    units: tuple[str, ...]
    children: tuple[int, ...]
    min_units: int
    max_units: int | None
    min_credit: int
    max_credit: int | None
    min_children: int
    max_children: int | None
    floors: tuple[tuple[int, int], ...]
    whole: bool = False
    loose: bool = False


@dataclass(frozen=True)
class Reading:
    """A definite rule and holding. ``nodes`` parents first, ``nodes[0]`` the root. ``item``: unit → the
    name of its class of equivalents; ``held`` and ``bars`` are sets of such names."""

    nodes: tuple[Node, ...]
    credit: Mapping[str, int]
    rank: Mapping[str, int]
    item: Mapping[str, str]
    held: frozenset[str]
    bars: tuple[frozenset[str], ...]


def item_names(ruleset: Ruleset, codes: Iterable[str]) -> dict[str, str]:
    """The class each unit belongs to, named by its first code; overlapping classes are one class."""
    named = {code: min(members) for members in joined(ruleset.equivalents) for code in members}
    return named | {code: code for code in codes if code not in named}


def joined(classes: Iterable[Iterable[str]]) -> list[set[str]]:
    """Classes of things that stand for each other, those that share one made one; in the time of one pass."""
    of: dict[str, set[str]] = {}
    for members in classes:
        whole = set(members)
        for other in {id(of[code]): of[code] for code in whole if code in of}.values():
            small, large = sorted((whole, other), key=len)
            large |= small
            whole = large
        of.update(dict.fromkeys(whole, whole))
    return list({id(members): members for members in of.values()}.values())


def reading(ruleset: Ruleset, units: Mapping[str, UnitFact], holding: Holding, case: Case) -> Reading:
    """The worst or the best definite reading of a rule for one holding.

    A listed unit without a fact in ``units`` is a unit of which nothing is known.
    """
    reader = _Reader(ruleset, units, case)
    reader.add(ruleset.root, parent=-1, asked=0)
    codes = set(holding.units) | (set(holding.possible_units) if case == "best" else set())
    named = item_names(ruleset, codes | set(reader.credit) | {c for bar in ruleset.barred for c in bar})
    bars = (frozenset(named[code] for code in bar) for bar in ruleset.barred)
    return Reading(
        nodes=tuple(reader.nodes),
        credit=reader.credit,
        rank=reader.rank,
        item=named,
        held=frozenset(named[code] for code in codes) | frozenset(reader.ghosts_held),
        bars=tuple(bar for bar in bars if len(bar) > 1),
    )


def plenty(root: Group) -> int:
    """A number of credits that reaches any minimum of the tree: stands for "no upper bound"."""
    asked = [part.min_credit or 0 for part in root.walk()]
    asked += [floor.at_least for part in root.walk() for floor in part.credit_at_level]
    return 1 + max(asked)


class _Reader:
    """Builds the nodes of one reading, parents first."""

    def __init__(self, ruleset: Ruleset, units: Mapping[str, UnitFact], case: Case) -> None:
        self.best = case == "best"
        self.root = ruleset.root
        self.plenty = plenty(ruleset.root)
        self.facts = units
        self.named = item_names(ruleset, (code for part in ruleset.root.walk() for code in part.units))
        self.nodes: list[Node] = []
        self.credit: dict[str, int] = {}
        self.rank: dict[str, int] = {}
        self.ghosts_held: list[str] = []

    def add(self, group: Group, parent: int, asked: int) -> int:
        """Add a group and what is below it; ``asked`` = the most units any group above asks for."""
        index = len(self.nodes)
        self.nodes.append(_PLACEHOLDER)
        asked = max(asked, group.min_units or 0)
        kind = self._kind(group)
        short = self._short(group)
        units = tuple(dict.fromkeys(group.units))
        for code in units:
            self._learn(code)
        children = tuple(self.add(child, index, asked) for child in group.children)
        if short and kind == "all" and not self.best:
            units += self._ghosts(group, 1, held=False)
        if short and self.best and kind == "choose":
            units += self._ghosts(group, max(1, asked), held=True)
        elif short and self.best:
            children += (self._ghost_group(group, index, max(1, asked)),)
        whole = kind == "all" and not short and all(self.nodes[child].whole for child in children)
        self.nodes[index] = self._node(group, parent, kind, units, children, short, whole)
        return index

    def _kind(self, group: Group) -> Kind:
        if group.structure_known:
            return group.kind
        return "choose" if self.best else "all"

    def _node(
        self,
        group: Group,
        parent: int,
        kind: Kind,
        units: tuple[str, ...],
        children: tuple[int, ...],
        short: bool,
        whole: bool,
    ) -> Node:
        loose = self.best and not group.structure_known
        min_units = group.min_units or 0
        if loose and not short and not _asks_anything(group):
            min_units = 1
        most = group.max_credit if loose and group.max_credit is not None else self.plenty
        return Node(
            id=group.id,
            parent=parent,
            kind=kind,
            units=units,
            children=children,
            min_units=min_units,
            max_units=None if loose else group.max_units,
            min_credit=min(group.min_credit or 0, most),
            max_credit=self._cap(group) if whole and not children else group.max_credit,
            min_children=(1 if kind == "pathway" else 0) if group.min_children is None else group.min_children,
            max_children=None if loose or kind == "all" else group.max_children,
            floors=tuple((rank, min(credit, most)) for rank, credit in _floors(group)),
            whole=whole,
            loose=loose,
        )

    def _cap(self, group: Group) -> int | None:
        """A list that is mandatory in full is worth its published total, unless its units are known to give more."""
        if not group.min_credit:
            return group.max_credit
        known = sum(self.facts.get(code, UnitFact(code)).credit_low or 0 for code in dict.fromkeys(group.units))
        total = max(known, group.min_credit)
        return total if group.max_credit is None else min(total, group.max_credit)

    def _learn(self, code: str) -> None:
        fact = self.facts.get(code, UnitFact(code))
        low, high = level_bounds(fact.level)
        if self.best:
            self.credit[code] = self.plenty if fact.credit_high is None else fact.credit_high
            self.rank[code] = high
        else:
            self.credit[code] = fact.credit_low or 0
            self.rank[code] = low

    def _ghosts(self, group: Group, number: int, held: bool) -> tuple[str, ...]:
        codes = tuple(f"{GHOST}{group.id}#{n}" for n in range(number))
        for code in codes:
            self.credit[code] = self.plenty if held else 0
            self.rank[code] = max(LEVEL_RANKS.values()) if held else 0
        if held:
            self.ghosts_held += codes
        return codes

    def _ghost_group(self, group: Group, parent: int, number: int) -> int:
        index = len(self.nodes)
        units = self._ghosts(group, number, held=True)
        self.nodes.append(Node(f"{GHOST}{group.id}", parent, "choose", units, (), 0, None, 0, None, 0, None, ()))
        return index

    def _short(self, group: Group) -> bool:
        """Whether units are missing from the list: said so, or plain from the published totals."""
        empty = not any(part.units for part in group.walk())
        if not group.list_complete or (empty and (group is self.root or not group.structure_known)):
            return True
        if not self._all_mandatory(group):
            return False
        listed = {self.named[code] for part in group.walk() for code in part.units}
        asked = [(0, group.min_credit or 0), *_floors(group)]
        most = [(self._most_credit(group, rank), credit) for rank, credit in asked]
        too_little = any(found is not None and found < credit for found, credit in most)
        return len(listed) < (group.min_units or 0) or too_little

    def _all_mandatory(self, group: Group) -> bool:
        mandatory = group.kind == "all" or not group.structure_known
        return mandatory and all(self._all_mandatory(child) and not self._short(child) for child in group.children)

    def _most_credit(self, group: Group, rank: int) -> int | None:
        """The most credit that the listed units can give at a level rank or above; ``None`` = not known."""
        facts = [self.facts.get(code, UnitFact(code)) for code in dict.fromkeys(group.units)]
        parts = [fact.credit_high for fact in facts if level_bounds(fact.level)[1] >= rank]
        for child in group.children:
            bounds = [b for b in (self._most_credit(child, rank), child.max_credit) if b is not None]
            parts.append(min(bounds, default=None))
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


def _floors(group: Group) -> tuple[tuple[int, int], ...]:
    return tuple((level_bounds(f.level)[0], f.at_least) for f in group.credit_at_level if f.at_least)


def _asks_anything(group: Group) -> bool:
    return bool(group.min_units or group.min_credit or group.min_children or group.credit_at_level)


_PLACEHOLDER = Node("", -1, "all", (), (), 0, None, 0, None, 0, None, ())
