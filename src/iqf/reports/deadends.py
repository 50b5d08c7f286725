"""Which qualifications and roles have no way up, and from which does only a full degree lead on?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import LEVELS, level_rank
from iqf.reports.targets import closed_because
from iqf.reports.things import Ref, refs

HIGHEST = max(LEVELS, key=level_rank)
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
    open_now = {code for code, thing in things.items() if not closed_because(thing, on)}
    onward = _onward()
    below = set(LEVELS) - {HIGHEST}
    up = {code: _above(code, things, onward) & open_now for code, thing in things.items() if thing.level in below}
    roles = _roles(up, things)
    looked = {code: up[code] for code in up if code in open_now} | roles
    named = refs({*looked, *(c for codes in looked.values() for c in codes)}, ("qualification", "role"))
    degrees = {code for code, thing in things.items() if "degree" in thing.award_type.lower().split()}
    ends = [End(named[code], _named(codes, named)) for code, codes in looked.items()]
    ends.sort(key=lambda e: (e.thing.kind, level_rank(e.thing.level or ""), e.thing.title))
    only = tuple(e for e in ends if e.to and {t.code for t in e.to} <= degrees)
    return DeadEndsAnswer(tuple(e for e in ends if not e.to), only, len(looked), RULE, on)


def _named(codes: Iterable[str], named: Mapping[str, Ref]) -> tuple[Ref, ...]:
    return tuple(sorted((named[c] for c in codes), key=lambda thing: thing.title))


def _onward() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for before, after in m.Progression.objects.filter(LIVE).values_list("before__code", "after__code"):
        found.setdefault(before, set()).add(after)
    return found


def _above(code: str, things: Mapping[str, m.Qualification], onward: Mapping[str, set[str]]) -> set[str]:
    """The qualifications of a higher level that stated progressions lead to, over any number of steps."""
    seen, waiting = {code}, [code]
    while waiting:
        for after in onward.get(waiting.pop(), set()) - seen:
            seen.add(after)
            waiting.append(after)
    least = level_rank(things[code].level)
    return {c for c in seen if c in things and things[c].level in LEVELS and level_rank(things[c].level) > least}


def _roles(up: Mapping[str, set[str]], things: Mapping[str, m.Qualification]) -> dict[str, set[str]]:
    """By role: the qualifications above any that it asks for. Roles that ask for none looked at are left out."""
    asked = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).values_list(
        "role__code", "qualification__code"
    )
    found: dict[str, set[str]] = {}
    for role, qualification in asked:
        if qualification in up and qualification in things:
            found.setdefault(role, set()).update(up[qualification])
    return found
