"""What routes and transitions are reckoned from: places, stated links, what is held and what could be taken."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from iqf.accounts.queries import data_version
from iqf.analysis.routes import Place, backwards, steps_along
from iqf.analysis.rules import Holding
from iqf.analysis.topup.records import Choice, Need, Question
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import find
from iqf.catalogue.rulesets import Pairs, load_pairs
from iqf.reports.asked import asked_by
from iqf.reports.holdings import Holdings, holdings_of
from iqf.reports.rulesets import Rules, load_rules
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

    def question(self, codes: Collection[str]) -> tuple[Question, dict[str, Place], Mapping[str, Rules]]:
        """What is held and could be taken for these roles and qualifications; what each asks for; their rules."""
        roles = list(m.Role.objects.filter(LIVE, code__in=codes))
        asked = asked_by([r.pk for r in roles])
        binding = {r.pk: [a for a in asked[r.pk] if a.strength == "mandatory"] for r in roles}
        wanted = {*codes, *(a.qualification.code for rows in binding.values() for a in rows)}
        goals = {q.code: q for q in m.Qualification.objects.filter(LIVE, code__in=wanted)}
        rules = load_rules([q.pk for q in goals.values()], self.pairs)
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

    def held_in(self, question: Question, holdings: Holdings, rules: Mapping[str, Rules]) -> Question:
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


def surely_held(role: m.Role) -> list[str]:
    """What everybody in a role holds, as far as it is on record: what it requires and gives no choice about."""
    asked = role.requirements.filter(LIVE, strength="mandatory", choice_group="", area=None)
    return list(asked.filter(qualification__retired_on=None).values_list("qualification__code", flat=True))


@dataclass(frozen=True)
class Stated:
    """What leads on to what, and what each place is come to from."""

    onward: Mapping[str, tuple[str, ...]]
    back: Mapping[str, tuple[str, ...]]


def stated_links() -> Stated:
    """What leads on to what: a role to the qualifications it asks for, those to the roles that ask for them, and a
    qualification to those that it is stated to lead to. Read once for each state of the data.
    """
    return _read_links(data_version())


@lru_cache(maxsize=1)
def _read_links(version: str) -> Stated:
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


def forget_links() -> None:
    """Read the links anew at the next question."""
    _read_links.cache_clear()


def near(world: World, goal: str, most: int) -> set[str]:
    """The places that lie on some stated way to the goal, of so many steps at most."""
    to_goal = steps_along(world.stated.back, goal, most)
    from_start = steps_along(world.links, world.start.code, most)
    return {c for c, n in from_start.items() if n and n + to_goal.get(c, most + 1) <= most}
