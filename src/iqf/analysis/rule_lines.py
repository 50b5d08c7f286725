"""A rule of combination as lines, one for each group; and two of them side by side: what came, went and changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from iqf.analysis.rule_tree import Group
from iqf.analysis.rule_words import words

State = Literal["same", "changed", "gone", "new"]


@dataclass(frozen=True)
class RuleLine:
    """One group: its name in the rule, how deep it stands (the whole rule: 0), title, words, and units by code."""

    key: str
    depth: int
    title: str
    words: str
    note: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class LinePair:
    """One group in two rules, None where it is not in one of them; the units that went from it and came to it."""

    before: RuleLine | None
    after: RuleLine | None
    went: tuple[str, ...]
    came: tuple[str, ...]

    @property
    def state(self) -> State:
        """How the group differs: in its words, title, place or units."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "same" if self.before == self.after else "changed"

    @property
    def line(self) -> RuleLine:
        """The group as it is after, else as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a pair has at least one line")
        return found


def lines(root: Group | None, titles: Mapping[str, str]) -> tuple[RuleLine, ...]:
    """The groups of a rule, each before its parts; none for no rule. `titles`: of units, by code."""
    return tuple(_lines(root, titles, 0)) if root else ()


def _lines(group: Group, titles: Mapping[str, str], depth: int) -> Iterator[RuleLine]:
    yield RuleLine(group.id, depth, group.title, words(group, titles), group.note, group.units)
    for part in group.children:
        yield from _lines(part, titles, depth + 1)


def side_by_side(before: Sequence[RuleLine], after: Sequence[RuleLine]) -> tuple[LinePair, ...]:
    """Every group of either rule once, in the order of the second; what is gone stands where it stood."""
    one, two = {line.key: line for line in before}, {line.key: line for line in after}
    keys: list[str] = []
    old, new = list(one), list(two)
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        keys += [key for key in old[a:b] if key not in two] + new[c:d]
    return tuple(_pair(one.get(key), two.get(key)) for key in keys)


def _pair(before: RuleLine | None, after: RuleLine | None) -> LinePair:
    was, now = (before.units if before else ()), (after.units if after else ())
    went = tuple(unit for unit in was if unit not in now)
    came = tuple(unit for unit in now if unit not in was)
    return LinePair(before, after, went, came)
