"""Which qualifications and roles have no way up, and from which does only a full degree lead on?"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import LEVELS, level_rank
from iqf.reports.targets import closed_because
from iqf.reports.things import Ref, refs

HIGHEST = max(LEVELS, key=level_rank)
NONE = -1
"""The rank of no level."""
RULE = (
    "A way up is a line of stated progressions to a qualification of a higher level that somebody can begin; a role "
    "has one where a qualification it asks for has. What has no level that is known is not looked at, nor what is at "
    "the highest, above which there is none."
)


@dataclass(frozen=True)
class End:
    """A qualification or role, and the higher qualifications that it leads to."""

    thing: Ref
    to: tuple[Ref, ...]


@dataclass(frozen=True)
class DeadEndsAnswer:
    """What leads nowhere up, and what only full degrees lead on from, lowest level first."""

    dead: tuple[End, ...]
    only_a_degree: tuple[End, ...]
    looked_at: int
    rule: str
    as_of: date


def deadends(on: date) -> DeadEndsAnswer:
    """Dead ends among the qualifications that somebody can begin on a day, and among roles that ask for any."""
    things = {q.code: q for q in m.Qualification.objects.filter(LIVE)}
    ranks = {code: level_rank(thing.level) for code, thing in things.items() if thing.level in LEVELS}
    open_now = {code for code in ranks if not closed_because(things[code], on)}
    degrees = {code for code in open_now if "degree" in things[code].award_type.lower().split()}
    onward = _onward()
    highest = _highest_above(onward, {code: ranks[code] for code in open_now})
    highest_but_degrees = _highest_above(onward, {code: ranks[code] for code in open_now - degrees})
    below = {code for code, thing in things.items() if thing.level in LEVELS and thing.level != HIGHEST}
    stops = {code for code in below if highest.get(code, NONE) <= ranks[code]}
    narrows = stops | {code for code in below if highest_but_degrees.get(code, NONE) <= ranks[code]}
    looked: dict[str, list[str]] = {code: [code] for code in below & open_now} | _asked(below)
    dead = {code for code, through in looked.items() if stops.issuperset(through)}
    only = {code for code, through in looked.items() if narrows.issuperset(through)} - dead
    to = {code: set().union(*(_above(q, ranks, onward) & open_now for q in looked[code])) for code in only}
    named = refs({*dead, *only, *(c for codes in to.values() for c in codes)}, ("qualification", "role"))
    return DeadEndsAnswer(_ends(dict.fromkeys(dead, ()), named), _ends(to, named), len(looked), RULE, on)


def _ends(to: Mapping[str, Iterable[str]], named: Mapping[str, Ref]) -> tuple[End, ...]:
    ends = (End(named[code], _named(codes, named)) for code, codes in to.items())
    return tuple(sorted(ends, key=lambda e: (e.thing.kind, level_rank(e.thing.level or ""), e.thing.title)))


def _highest_above(onward: Mapping[str, set[str]], ranks: Mapping[str, int]) -> dict[str, int]:
    """By qualification: the highest rank of these that progressions lead to from it, itself counted.

    From the highest downwards, each is told to all that lead to it and have been told of nothing higher: every
    progression is walked once, however many ways there are. What leads to none of these is left out.
    """
    before: dict[str, list[str]] = {}
    for code, afters in onward.items():
        for after in afters:
            before.setdefault(after, []).append(code)
    told: dict[str, int] = {}
    for code in sorted(ranks, key=lambda code: (-ranks[code], code)):
        waiting = [code]
        while waiting:
            here = waiting.pop()
            if here not in told:
                told[here] = ranks[code]
                waiting += before.get(here, ())
    return told


def _named(codes: Iterable[str], named: Mapping[str, Ref]) -> tuple[Ref, ...]:
    return tuple(sorted((named[c] for c in codes), key=lambda thing: thing.title))


def _onward() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for before, after in m.Progression.objects.filter(LIVE).values_list("before__code", "after__code"):
        found.setdefault(before, set()).add(after)
    return found


def _above(code: str, ranks: Mapping[str, int], onward: Mapping[str, set[str]]) -> set[str]:
    """The qualifications of a higher level that stated progressions lead to, over any number of steps."""
    seen, waiting = {code}, [code]
    while waiting:
        for after in onward.get(waiting.pop(), set()) - seen:
            seen.add(after)
            waiting.append(after)
    return {c for c in seen if ranks.get(c, NONE) > ranks[code]}


def _asked(among: Container[str]) -> dict[str, list[str]]:
    """By role: the qualifications of these that it asks for. Roles that ask for none of them are left out."""
    asked = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).values_list(
        "role__code", "qualification__code"
    )
    found: dict[str, list[str]] = {}
    for role, qualification in asked:
        if qualification in among:
            found.setdefault(role, []).append(qualification)
    return found
