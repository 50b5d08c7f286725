"""Which of many qualifications or units may be one thing, by title, owner, level, kind and number?

Promise: pairs with a score, a verdict (same or similar) and the reason, best first; nothing is merged. Large lists
are looked through by their rare words (`likeness_blocks`), and what was too large to look into is told.
"""

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iqf.analysis.likeness_blocks import Capped, Key, candidates
from iqf.analysis.likeness_score import (
    SAME_AT,
    SIMILAR_AT,
    Pair,
    Reading,
    Titled,
    Verdict,
    compare,
    content_likeness,
    judge,
    reading,
)

__all__ = ["Capped", "Likeness", "Pair", "Titled", "Verdict", "between", "compare", "within"]

MOST_IN_BLOCK = 3_000
"""A word among the rarest of more distinct titles than this makes no block."""
MOST_PAIRS = 40_000
"""Of two groups of records with the same words, more pairs than this are looked at only where the owner agrees."""
MOST_KEPT = 500_000
"""The best so many pairs are kept; how many there were is told."""
FLOORS = {"same": SAME_AT, "similar": SIMILAR_AT}


@dataclass(frozen=True)
class Likeness:
    """The pairs found, best first; how many there are in all; and the blocks that were too large."""

    pairs: tuple[Pair, ...]
    total: int
    capped: tuple[Capped, ...]


@dataclass(frozen=True)
class _Group:
    """Records whose titles hold the same words and may be of the same levels."""

    key: Key
    members: tuple[Reading, ...]


def within(records: Iterable[Titled], least: Verdict = "similar", most_in_block: int = MOST_IN_BLOCK) -> Likeness:
    """The pairs in one list whose verdict is at least `least`: same, or similar too. Keys must differ."""
    groups = _groups(records)
    capped: list[Capped] = []
    found = candidates([g.key for g in groups], None, FLOORS[least], most_in_block, capped)
    alone = ((n, n) for n in range(len(groups)))
    pairs = _judged(groups, groups, (*alone, *found), capped)
    numbered = _by_number((r for g in groups for r in g.members), None)
    return _answer(itertools.chain(pairs, numbered), least, capped)


def between(
    left: Iterable[Titled],
    right: Iterable[Titled],
    least: Verdict = "similar",
    most_in_block: int = MOST_IN_BLOCK,
) -> Likeness:
    """The pairs of one record of each list, `a` from the left, whose verdict is at least `least`."""
    ours, theirs = _groups(left), _groups(right)
    capped: list[Capped] = []
    found = candidates([g.key for g in ours], [g.key for g in theirs], FLOORS[least], most_in_block, capped)
    pairs = _judged(ours, theirs, found, capped)
    numbered = _by_number((r for g in ours for r in g.members), [r for g in theirs for r in g.members])
    return _answer(itertools.chain(pairs, numbered), least, capped)


def _answer(pairs: Iterable[Pair], least: Verdict, capped: Iterable[Capped]) -> Likeness:
    wanted = ("same",) if least == "same" else ("same", "similar")
    counted = itertools.count()
    chosen = (pair for pair in pairs if pair.verdict in wanted and next(counted) >= 0)
    best = heapq.nsmallest(MOST_KEPT, chosen, key=lambda p: (p.verdict != "same", -p.score, p.a, p.b))
    return Likeness(tuple(best), next(counted), tuple(capped))


def _groups(records: Iterable[Titled]) -> list[_Group]:
    grouped: dict[Key, list[Reading]] = defaultdict(list)
    for record in records:
        read = reading(record)
        grouped[read.content, read.levels].append(read)
    return [_Group(key, tuple(members)) for key, members in grouped.items()]


def _judged(
    left: Sequence[_Group], right: Sequence[_Group], found: Iterable[tuple[int, int]], capped: list[Capped]
) -> Iterator[Pair]:
    for n, other in found:
        ours, theirs = left[n], right[other]
        content = content_likeness(ours.key[0], theirs.key[0])
        if content.score < SIMILAR_AT or content.apart:
            continue
        for a, b in _crossed(ours, theirs, capped):
            if not a.number or a.number != b.number:
                yield judge(a, b, content)


def _crossed(ours: _Group, theirs: _Group, capped: list[Capped]) -> Iterator[tuple[Reading, Reading]]:
    """Every pair of members; of one owner only where there are too many."""
    many = len(ours.members) * len(theirs.members) > MOST_PAIRS
    if many:
        capped.append(Capped(" ".join(sorted(ours.key[0] | ours.key[1])), len(ours.members) + len(theirs.members)))
    if not many:
        yield from _pairs(ours.members, theirs.members, ours is theirs)
        return
    mine, others = _by_owner(ours.members), _by_owner(theirs.members)
    for owner in mine.keys() & others.keys():
        yield from _pairs(mine[owner][:50], others[owner][:50], ours is theirs)


def _pairs(ours: Sequence[Reading], theirs: Sequence[Reading], within_one: bool) -> Iterator[tuple[Reading, Reading]]:
    for n, a in enumerate(ours):
        yield from ((a, b) for b in (theirs[n + 1 :] if within_one else theirs))


def _by_owner(members: Iterable[Reading]) -> dict[frozenset[str], list[Reading]]:
    found: dict[frozenset[str], list[Reading]] = defaultdict(list)
    for member in members:
        found[member.owners].append(member)
    return found


def _by_number(left: Iterable[Reading], right: Sequence[Reading] | None) -> Iterator[Pair]:
    """Pairs that carry the same number, whatever they are called."""
    ours = [r for r in left if r.number]
    held: dict[str, list[Reading]] = defaultdict(list)
    for member in ours if right is None else right:
        held[member.number].append(member)
    for a in ours:
        for b in held.get(a.number, ()):
            if right is not None or a.titled.key < b.titled.key:
                yield judge(a, b, content_likeness(a.content, b.content))
