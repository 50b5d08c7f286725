"""What could be taken to reach a target: units and qualifications, what they cost and which statements they reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iqf.analysis.rules import UnitFact, all_units, sure_units
from iqf.analysis.start_days import start_days
from iqf.analysis.topup.presolve import whole_allowed
from iqf.analysis.topup.records import Amount, Candidate, Need, Strength
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.rulesets import Countable, Pairs, countable, unit_facts
from iqf.reports.targets import OFFERED, Target, closed_because, key, offered

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
    units, standing = unit_facts(codes)
    not_now = only_in_closed(standing, on)
    offered = standing - not_now - set(without)
    whole = _wholes(target, set(reach) - set(units), on, pairs, without)
    return Takeable(
        candidates=(*(unit_candidate(units[code]) for code in sorted(offered)), *whole),
        facts=units,
        reach=reach,
        equivalents=equivalents,
        barred=barred,
        not_now=not_now,
        by_machine=by_machine,
    )


def unit_candidate(unit: UnitFact) -> Candidate:
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
    others = countable((q.pk for q in things if q.code not in target.options), pairs)
    for thing in things:
        rules = target.rules.get(thing.code)
        if closed_because(thing, on) or thing.code in others:
            continue
        if rules is None or whole_allowed(rules.ruleset, rules.units):
            yield _whole(thing, rules)


def _whole(thing: m.Qualification, rules: Countable | None) -> Candidate:
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
    ).order_by()
    inside: dict[str, set[int]] = defaultdict(set)
    when: dict[int, list[str]] = {}
    days = (f"group__qualification__{name}" for name in OFFERED)
    for code, qualification, *on_offer in rows.values_list("unit__code", "group__qualification_id", *days):
        inside[code].add(qualification)
        when[qualification] = on_offer
    closed = {pk for pk, on_offer in when.items() if start_days(offered(*on_offer)).verdict(on) == "no"}
    return frozenset(code for code, some in inside.items() if some <= closed)


def reach_of(needs: Collection[Need]) -> tuple[Reach, bool]:
    """How far every unit and qualification reaches each needed statement, and whether a machine judged any of it.

    What is said of a part of a statement counts towards the statement, partly: one part is not the whole.
    """
    own, under = _statements_under({need.code for need in needs})
    claims = m.Alignment.objects.filter(LIVE, statement__in=under, verb__in=("teaches", "assesses"))
    found: Reach = defaultdict(dict)
    sure: set[str] = set()
    rows = claims.values_list(
        "unit__code", "qualification__code", "role_id", "statement_id", "strength", "citation__certainty"
    )
    for unit, qualification, role, statement, strength, certainty in rows:
        if role is not None:
            continue  # asked of the database, this makes it read the claims of all that is no role
        sure.add(certainty)
        for code in under[statement]:
            far: Strength = "fully" if strength == "fully" and own[statement] == code else "partly"
            known = found[unit or qualification]
            known[code] = "fully" if "fully" in (far, known.get(code)) else "partly"
    return dict(found), "machine" in sure


def _statements_under(wanted: Collection[str]) -> tuple[dict[int, str], dict[int, frozenset[str]]]:
    """The names of these statements and of every part of them; and which of the wanted each is, or is a part of."""
    frameworks, codes = {w.partition(":")[0] for w in wanted}, {w.partition(":")[2] for w in wanted}
    standing = m.Statement.objects.filter(LIVE).order_by()
    named = standing.filter(framework__key__in=frameworks)
    level = named.filter(code__in=codes).values_list("pk", "parent", "framework__key", "code")
    own: dict[int, str] = {}
    under: dict[int, frozenset[str]] = {}
    fresh = [(pk, parent, key(k, code)) for pk, parent, k, code in level if key(k, code) in wanted]
    while fresh:
        for pk, parent, name in fresh:
            own[pk] = name
            under[pk] = under.get(pk, frozenset()) | under.get(parent or 0, frozenset()) | ({name} & set(wanted))
        below = named.filter(parent__in=[pk for pk, _, _ in fresh])
        fresh = [(pk, up, key(k, c)) for pk, up, k, c in below.values_list("pk", "parent", "framework__key", "code")]
    return own, under
