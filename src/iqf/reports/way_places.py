"""What routes and transitions are reckoned from: places, stated links, what is held and what could be taken."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iqf.accounts.kept import Kept
from iqf.analysis.routes import Place, backwards, steps_along
from iqf.analysis.rules import Holding
from iqf.analysis.topup.records import Choice, Need, Question
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import find
from iqf.catalogue.rulesets import Countable, Pairs, countable, load_pairs
from iqf.reports.asked import bound_by
from iqf.reports.holdings import Holdings, holdings_of
from iqf.reports.takeable import takeable
from iqf.reports.targets import Target, choices_of, key, option_of, wanted_by
from iqf.reports.things import Ref


@dataclass(frozen=True)
class World:
    """Where a route begins (a role, or a qualification), what is held there, and every stated link.

    `asked_here`: the qualifications that the role one begins in asks for.
    """

    start: Thing
    holdings: Holdings
    links: Mapping[str, tuple[str, ...]]
    stated: "Stated"
    pairs: Pairs
    on: date
    asked_here: frozenset[str] = frozenset()

    def question(self, codes: Collection[str]) -> tuple[Question, dict[str, Place], Mapping[str, Countable]]:
        """What is held and could be taken for these roles and qualifications; what each asks for; their rules."""
        roles = list(m.Role.objects.filter(LIVE, code__in=codes))
        binding = bound_by([r.pk for r in roles])
        wanted = {*codes, *(bound.qualification for rows in binding.values() for bound in rows)}
        goals = {q.code: q for q in m.Qualification.objects.filter(LIVE, code__in=wanted)}
        rules = countable([q.pk for q in goals.values()], self.pairs)
        needs = wanted_by([r.pk for r in roles])
        places = {
            r.code: Place(
                r.code,
                choices_of(binding[r.pk], goals, rules, self.on),
                self.holdings.left(Need(key(w.framework, w.code), w.title, shown=w.code) for w in needs[r.pk]),
            )
            for r in roles
        }
        for code in set(codes) & set(goals):
            thing = goals[code]
            places[code] = Place(code, (Choice(code, thing.title, (option_of(thing, rules, self.on),)),))
        every = {need.code: need for place in places.values() for need in place.needs}
        options = {code: Ref(code, (), thing.title, "qualification") for code, thing in goals.items()}
        target = Target(Ref("", (), "", "role"), (), (), options, rules)
        offer = takeable(target, list(every.values()), self.on, self.pairs)
        question = Question(
            target="",
            holding=Holding(),
            candidates=offer.candidates,
            facts=offer.facts,
            reach=offer.reach,
            equivalents=offer.equivalents,
            barred=offer.barred,
        )
        return self.held_in(question, self.holdings, rules), places, rules

    def held_in(self, question: Question, holdings: Holdings, rules: Mapping[str, Countable]) -> Question:
        """The question for somebody who holds this. `rules`: of the qualifications that places ask for."""
        years = {code: rules_of.credit_years for code, rules_of in rules.items()}
        counting = {code: holdings.counting(limit, self.on).holding.units for code, limit in years.items()}
        return replace(question, holding=holdings.holding, counting=counting)


def world_at(start: str, on: date, held: Sequence[str]) -> World:
    """The world for somebody in a role, or with a qualification, on a day; `held` in place of what that brings.

    Raises NotFoundError or AmbiguousError.
    """
    thing = find(start, ("role", "qualification"))
    pairs = load_pairs()
    own = surely_held(thing) if isinstance(thing, m.Role) else [thing.code]
    holdings = holdings_of(held or own, pairs)
    stated = stated_links()
    links = dict(stated.onward)
    asked = frozenset(links.get(thing.code, ())) if isinstance(thing, m.Role) else frozenset()
    further = (c for code in sorted(holdings.holding.qualifications) for c in links.get(code, ()))
    links[thing.code] = tuple(dict.fromkeys((*links.get(thing.code, ()), *further)))
    return World(thing, holdings, links, stated, pairs, on, asked)


@dataclass
class Everybody:
    """What everybody in a role holds, as far as it is on record, wherever they work: codes of qualifications.

    `outright`: what it requires and gives no choice about. `choices`: of each of these, one.
    """

    outright: list[str] = field(default_factory=list)
    choices: list[list[str]] = field(default_factory=list)


def everybody_in(role_ids: Collection[int]) -> dict[int, Everybody]:
    """What everybody in each of these roles holds, in one question."""
    rows = m.Requirement.objects.filter(
        LIVE, role__in=role_ids, strength="mandatory", qualification__retired_on=None
    ).values_list("role_id", "choice_group", "area_id", "qualification__code")
    found = {pk: Everybody() for pk in role_ids}
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    everywhere: set[tuple[int, str]] = set()
    for role, group, area, code in rows:
        if group:
            groups[role, group].append(code)
            everywhere |= {(role, group)} if area is None else set()
        elif area is None:
            found[role].outright.append(code)
    for role, group in groups:
        if (role, group) in everywhere:
            found[role].choices.append(groups[role, group])
    return found


def surely_held(role: m.Role) -> list[str]:
    """What everybody in a role holds, as far as it is on record: what it requires and gives no choice about."""
    return everybody_in([role.pk])[role.pk].outright


@dataclass(frozen=True)
class Stated:
    """What leads on to what, and what each place is come to from."""

    onward: Mapping[str, tuple[str, ...]]
    back: Mapping[str, tuple[str, ...]]


def _stated() -> Stated:
    """What leads on to what: a role to the qualifications it asks for, those to the roles that ask for them, and a
    qualification to those that it is stated to lead to. Read once for each state of the data.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    asked = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True, qualification__retired_on__isnull=True)
    for role, qualification in asked.order_by("pk").values_list("role__code", "qualification__code"):
        found[role][qualification] = None
        found[qualification][role] = None
    stated = m.Progression.objects.filter(LIVE, before__retired_on__isnull=True, after__retired_on__isnull=True)
    for before, after in stated.order_by("pk").values_list("before__code", "after__code"):
        found[before][after] = None
    onward = {code: tuple(after) for code, after in found.items()}
    return Stated(onward, backwards(onward))


stated_links = Kept(_stated)


def near(world: World, goal: str, most: int) -> set[str]:
    """The places that lie on some stated way to the goal, of so many steps at most."""
    to_goal = steps_along(world.stated.back, goal, most)
    from_start = steps_along(world.links, world.start.code, most)
    return {c for c, n in from_start.items() if n and n + to_goal.get(c, most + 1) <= most}
