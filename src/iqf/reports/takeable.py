"""What could be taken to reach a target: units and qualifications, what they cost and which statements they reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iqf.analysis.rules import UnitFact, all_units, sure_units
from iqf.analysis.topup.presolve import whole_allowed
from iqf.analysis.topup.records import Amount, Candidate, Need, Strength
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.rulesets import Pairs, unit_fact
from iqf.reports.rulesets import Rules, load_rules
from iqf.reports.targets import Target, closed_because, key

Reach = dict[str, dict[str, Strength]]


@dataclass(frozen=True)
class Takeable:
    """What could be taken, what is known of units, what reaches which statement, what bars or stands for what.

    `not_now`: units that only stand in qualifications which nobody can begin on the day. `by_machine`: whether a
    machine judged what any of it reaches.
    """

    candidates: tuple[Candidate, ...]
    facts: Mapping[str, UnitFact]
    reach: Mapping[str, Mapping[str, Strength]]
    equivalents: tuple[frozenset[str], ...]
    barred: tuple[frozenset[str], ...]
    not_now: frozenset[str]
    by_machine: bool


def takeable(
    target: Target, needs: Collection[Need], on: date, pairs: Pairs, without: Collection[str] = ()
) -> Takeable:
    """What could be taken for a target on a day, but for what is in `without` (codes)."""
    reach, by_machine = reach_of(needs)
    codes = {u for rules in target.rules.values() for u in all_units(rules.ruleset.root)} | set(reach)
    equivalents, barred = pairs.about(sorted(codes))
    codes |= {u for same in equivalents for u in same}
    units = {u.code: u for u in m.Unit.objects.filter(code__in=codes)}
    standing = {code for code, unit in units.items() if not unit.is_retired}
    not_now = only_in_closed(standing, on)
    offered = standing - not_now - set(without)
    whole = _wholes(target, set(reach) - set(units), on, pairs, without)
    return Takeable(
        candidates=(*(unit_candidate(units[code]) for code in sorted(offered)), *whole),
        facts={code: unit_fact(unit) for code, unit in units.items()},
        reach=reach,
        equivalents=equivalents,
        barred=barred,
        not_now=not_now,
        by_machine=by_machine,
    )


def unit_candidate(unit: m.Unit) -> Candidate:
    """A unit as something that could be taken, with what it costs as far as that is known."""
    return Candidate(
        code=unit.code,
        title=unit.title,
        kind="unit",
        credit=Amount(unit.credit_low or 0, unit.credit_high),
        hours=_known(unit.glh),
        brings=frozenset({unit.code}),
    )


def _known(amount: int | None) -> Amount:
    return Amount() if amount is None else Amount(amount, amount)


def _wholes(
    target: Target, reaching: Collection[str], on: date, pairs: Pairs, without: Collection[str]
) -> Iterable[Candidate]:
    """The qualifications of the target, and those that reach a statement themselves and have no units on record."""
    codes = {*target.options, *reaching} - set(without)
    things = list(m.Qualification.objects.filter(LIVE, code__in=codes))
    others = load_rules((q.pk for q in things if q.code not in target.options), pairs)
    for thing in things:
        rules = target.rules.get(thing.code)
        if closed_because(thing, on) or thing.code in others:
            continue
        if rules is None or whole_allowed(rules.ruleset, rules.units):
            yield _whole(thing, rules)


def _whole(thing: m.Qualification, rules: Rules | None) -> Candidate:
    return Candidate(
        code=thing.code,
        title=thing.title,
        kind="qualification",
        credit=_known(thing.credit),
        hours=_known(thing.glh),
        brings=frozenset(sure_units(rules.ruleset, rules.units)) if rules else frozenset(),
    )


def only_in_closed(units: Collection[str], on: date) -> frozenset[str]:
    """Units that stand in qualifications, none of which anybody can begin. A unit that stands alone can be taken."""
    rows = m.GroupUnit.objects.filter(
        LIVE, unit__code__in=units, group__retired_on__isnull=True, group__qualification__retired_on__isnull=True
    ).values_list("unit__code", "group__qualification")
    inside: dict[str, set[int]] = defaultdict(set)
    for code, qualification in rows:
        inside[code].add(qualification)
    things = m.Qualification.objects.filter(pk__in={pk for some in inside.values() for pk in some})
    closed = {thing.pk for thing in things if closed_because(thing, on)}
    return frozenset(code for code, some in inside.items() if some <= closed)


def reach_of(needs: Collection[Need]) -> tuple[Reach, bool]:
    """How far every unit and qualification reaches each needed statement, and whether a machine judged any of it.

    What is said of a part of a statement counts towards the statement, partly: one part is not the whole.
    """
    wanted = {need.code for need in needs}
    rows = m.Statement.objects.filter(LIVE, framework__key__in={code.partition(":")[0] for code in wanted})
    above = {
        pk: (parent, key(k, code))
        for pk, parent, k, code in rows.values_list("pk", "parent", "framework__key", "code")
    }
    under = {pk: {code for code in _line(pk, above) if code in wanted} for pk in above}
    claims = m.Alignment.objects.filter(
        LIVE, verb__in=("teaches", "assesses"), statement__in=[pk for pk, codes in under.items() if codes], role=None
    ).values_list("unit__code", "qualification__code", "statement", "strength", "citation__certainty")
    found: Reach = defaultdict(dict)
    sure = set()
    for unit, qualification, statement, strength, certainty in claims:
        sure.add(certainty)
        for code in under[statement]:
            far: Strength = "fully" if strength == "fully" and above[statement][1] == code else "partly"
            known = found[unit or qualification]
            known[code] = "fully" if "fully" in (far, known.get(code)) else "partly"
    return dict(found), "machine" in sure


def _line(pk: int, above: Mapping[int, tuple[int | None, str]]) -> Iterable[str]:
    """The statement and those above it."""
    at: int | None = pk
    while at is not None and at in above:
        at, code = above[at]
        yield code
