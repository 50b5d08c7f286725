"""How crowded is a group of qualifications: what is one award from several bodies, what is shared, what repeats?

Promise: sharing one unit is told apart from another unit that says the same; the first is what a shared bank of units
is for, the second is duplication. Nothing is merged: that two entries are one award is a finding with its reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from iqf.analysis.titles import Parts, read

SAME_UNITS: Final = 0.8
"""Entries of two owners, of one level and size, that share this much of the larger one's units are one award."""
Why = Literal["called the same", "made of the same units", "alone"]


@dataclass(frozen=True)
class Entry:
    """A qualification: title, level (as the catalogue holds it), owner, every plain name of that, and its units."""

    code: str
    title: str
    level: str
    owner: str = ""
    owner_names: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Award:
    """Entries that are one award, the level they stand at, their different owners, and why they are taken for one."""

    entries: tuple[str, ...]
    owners: tuple[str, ...]
    level: str
    why: Why


@dataclass(frozen=True)
class SharedUnit:
    """One unit in several entries: which, and in how many different awards."""

    unit: str
    entries: tuple[str, ...]
    awards: int


@dataclass(frozen=True)
class Repeated:
    """Two units that say the same and are not one: how like, why, which entries have the one and not the other."""

    a: str
    b: str
    score: float
    why: str
    in_a: tuple[str, ...]
    in_b: tuple[str, ...]


@dataclass(frozen=True)
class Crowding:
    """Awards by level, most offered first; shared units, most shared first; repeated ones, most alike first."""

    awards: tuple[Award, ...]
    shared: tuple[SharedUnit, ...]
    repeated: tuple[Repeated, ...]


def crowding(
    entries: Sequence[Entry],
    alike: Iterable[tuple[str, str, float, str]] = (),
    equivalent: Iterable[frozenset[str]] = (),
) -> Crowding:
    """What a group of entries has twice. `alike`: pairs of units that look like one, with score and reason.

    Units that count as one another (`equivalent`) do not repeat each other: that is said once and known.
    """
    found = awards(entries)
    return Crowding(found, _shared(entries, found), _repeated(entries, alike, tuple(equivalent)))


def awards(entries: Sequence[Entry]) -> tuple[Award, ...]:
    """The different awards among entries: at one level, called the same but for the owner, or of the same units."""
    above = {e.code: e.code for e in entries}
    named = set()

    def top(code: str) -> str:
        while above[code] != code:
            code = above[code]
        return code

    for first, second, why in _pairs(entries):
        one, other = top(first.code), top(second.code)
        if one != other:
            above[other] = one
        if why == "called the same":
            named |= {first.code, second.code}
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[top(entry.code)].append(entry)
    made = [_award(group, named) for group in groups.values()]
    return tuple(sorted(made, key=lambda a: (-len(a.owners), -len(a.entries), a.entries[0])))


def _award(group: Sequence[Entry], named: set[str]) -> Award:
    codes = tuple(e.code for e in group)
    owners = tuple(sorted({e.owner for e in group if e.owner}))
    why: Why = (
        "alone" if len(group) == 1 else "called the same" if named.issuperset(codes) else "made of the same units"
    )
    return Award(codes, owners, group[0].level, why)


def _pairs(entries: Sequence[Entry]) -> list[tuple[Entry, Entry, Why]]:
    found: list[tuple[Entry, Entry, Why]] = []
    by_name: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        key = called(entry)
        if key in by_name:
            found.append((by_name[key], entry, "called the same"))
        elif key[-2]:
            by_name[key] = entry
    sharing: dict[str, list[Entry]] = defaultdict(list)
    for second in entries:
        before = {id(first): first for unit in second.units for first in sharing[unit]}
        found += [(first, second, "made of the same units") for first in before.values() if _one(first, second)]
        for unit in second.units:
            sharing[unit].append(second)
    return found


def _one(a: Entry, b: Entry) -> bool:
    """Whether two entries of different owners, of one level and size, are made of the same units."""
    if a.level != b.level or not a.owner or not b.owner or a.owner == b.owner or not _same_units(a.units, b.units):
        return False
    return called(a)[1:3] == called(b)[1:3]


def called(entry: Entry) -> tuple[object, ...]:
    """What an entry is called but for its owner, country and version: level, award, size, style, what it is about."""
    parts: Parts = read(entry.title, entry.owner_names)
    level = entry.level or parts.level
    return (level, parts.award, parts.size, parts.style, parts.numerals, parts.subject, parts.options)


def _same_units(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and len(a & b) / max(len(a), len(b)) >= SAME_UNITS


def _shared(entries: Sequence[Entry], found: Sequence[Award]) -> tuple[SharedUnit, ...]:
    award_of = {code: n for n, award in enumerate(found) for code in award.entries}
    holding = _holding(entries)
    shared = [
        SharedUnit(unit, codes, len({award_of[code] for code in codes}))
        for unit, codes in holding.items()
        if len(codes) > 1
    ]
    return tuple(sorted(shared, key=lambda s: (-s.awards, -len(s.entries), s.unit)))


def _holding(entries: Sequence[Entry]) -> Mapping[str, tuple[str, ...]]:
    """The entries that have each unit."""
    holding: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for unit in sorted(entry.units):
            holding[unit].append(entry.code)
    return {unit: tuple(codes) for unit, codes in holding.items()}


def _repeated(
    entries: Sequence[Entry], alike: Iterable[tuple[str, str, float, str]], equivalent: Sequence[frozenset[str]]
) -> tuple[Repeated, ...]:
    """Pairs of like units, of which one entry has the one and another entry the other."""
    holding = _holding(entries)
    found = []
    for a, b, score, why in alike:
        known = any(a in each and b in each for each in equivalent)
        if known or a not in holding or b not in holding:
            continue
        in_a, in_b = (tuple(c for c in holding[x] if c not in holding[y]) for x, y in ((a, b), (b, a)))
        if in_a and in_b:
            found.append(Repeated(a, b, score, why, in_a, in_b))
    return tuple(sorted(found, key=lambda r: (-r.score, r.a, r.b)))
