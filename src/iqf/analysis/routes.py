"""Which ways lead from here to there, what does each take in all, and are those the best?

Promise: a route is paid for once: its cost is that of the least set that reaches every place on it, given what is
held (`analysis.topup`), so units that several steps share count once. No route costs less than its dearest place
alone: routes are looked at in the order of that bound, solved exactly, and the search ends when the next bound is no
better than the worst of the best routes found. That is a proof; where time runs out first, the bound is said instead.
(METHODS, *Routes, top-ups, composition*: plain shortest path is a bound, not the answer.)

Steps follow stated links. The goal by top-up alone, along no link, is always one of the routes.
"""

import heapq
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from iqf.analysis.topup.answering import SECONDS, top_up
from iqf.analysis.topup.narrowing import Narrowing
from iqf.analysis.topup.prices import Prices
from iqf.analysis.topup.records import Answer, Candidate, Choice, Cost, Need, Question

Links = Mapping[str, tuple[str, ...]]
Found = tuple[int, int, tuple[str, ...], Answer]
"""A route: its price, how many steps, the places, the least set for all of them."""
Waiting = tuple[int, int, tuple[str, ...]]
"""The beginning of a route: a bound, how many places, the places."""
MOST_STEPS = 4


@dataclass(frozen=True)
class Place:
    """A role or qualification that a route may come by: what it asks for. `choices` and `needs` all bind."""

    code: str
    choices: tuple[Choice, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a route: the place it comes to, the codes of what is taken for it, and whether a link states it."""

    place: str
    takes: tuple[str, ...]
    stated: bool


@dataclass(frozen=True)
class Route:
    """A way to the goal: its steps, and the least set for all of them together."""

    steps: tuple[Step, ...]
    answer: Answer


@dataclass(frozen=True)
class Routes:
    """The best routes, least cost first, then fewest steps. `proven`: no other is better than the last of them.

    `bound`: twice the half-way price below which no other route lies, where that is not proven (None: no other).
    `stops`: places on stated routes that cannot be reached, each with the first reason.
    """

    routes: tuple[Route, ...]
    proven: bool
    bound: int | None
    stops: Mapping[str, str]


@dataclass
class _Search:
    question: Question
    places: Mapping[str, Place]
    links: Links
    goal: str
    most_steps: int
    cost: Cost
    seconds: float
    solved: dict[frozenset[str], tuple[int, Answer] | None] = field(default_factory=dict)
    stops: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.narrowing = Narrowing(self.question)
        self.plenty = Prices(self.question.candidates, self.cost).plenty
        self.left = distances(self.links, self.goal)
        self.until = time.monotonic() + self.seconds

    def joint(self, codes: Iterable[str]) -> tuple[int, Answer] | None:
        """The least for all these places together, at half-way prices, with its answer; None where there is none."""
        key = frozenset(codes)
        if key not in self.solved:
            places = [self.places[code] for code in sorted(key)]
            left = max(0.1, self.until - time.monotonic())
            found = top_up(self.narrowing.asking(*together(places)), self.cost, 0, left, self.plenty)
            if found.best is None and len(key) == 1:
                self.stops[places[0].code] = found.unmet[0].why if found.unmet else found.words
            self.solved[key] = None if found.best is None else (self.value(found.best), found.best)
        return self.solved[key]

    def least(self, code: str) -> int | None:
        """What a place alone costs at least; where the solver was stopped, that is less than what it found."""
        alone = self.joint({code})
        return None if alone is None else _at_least(*alone)

    def value(self, answer: Answer) -> int:
        """What a set costs at half-way prices, twice over; the same scale for every set of places."""
        taken = [item.candidate for item in answer.items]
        prices = Prices(taken, self.cost, self.plenty)
        return sum(prices.middle(c.code) for c in taken)

    def bound(self, path: tuple[str, ...]) -> int | None:
        """No route that begins so costs less; None where it cannot be walked."""
        values = [least for code in (*path, self.goal) if (least := self.least(code)) is not None]
        return max(values) if len(values) == len(path) + 1 else None

    def onward(self, path: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """The path with one more stated step, where the goal can still be reached in time."""
        for code in self.links.get(path[-1], ()):
            room = self.most_steps - len(path)
            if code not in path and code in self.places and self.left.get(code, room + 1) < room + 1:
                yield (*path, code)


def best_routes(
    question: Question,
    places: Mapping[str, Place],
    links: Links,
    start: str,
    goal: str,
    *,
    best: int = 5,
    most_steps: int = MOST_STEPS,
    cost: Cost = "credit",
    seconds: float = SECONDS,
) -> Routes:
    """The best routes from `start` to `goal`, a place each, with at most so many steps (the goal is the last one).

    `question`: what is held, what could be taken and what is known; its own choices and needs are not asked.
    `places`: by code, those of the links that may be come by. `links`: what is stated to lead on to what.
    """
    search = _Search(question, places, links, goal, most_steps, cost, seconds)
    direct = search.joint({goal})
    if direct is None:
        return Routes((), True, None, search.stops)
    found: list[Found] = [(direct[0], 1, (goal,), direct[1])]
    waiting: list[Waiting] = []
    _push(search, waiting, (start,))
    while waiting and not _done(found, waiting, best) and time.monotonic() < search.until:
        _, _, path = heapq.heappop(waiting)
        for longer in search.onward(path):
            if longer[-1] == goal:
                _collect(search, found, longer[1:])
            else:
                _push(search, waiting, longer)
    found.sort(key=lambda each: each[:3])
    open_still = [] if not waiting or _done(found, waiting, best) else [waiting[0][0]]
    open_still += [_at_least(value, answer) for value, _, _, answer in found if answer.timed_out]
    routes = tuple(_route(search, start, path, answer) for _, _, path, answer in found[:best])
    return Routes(routes, not open_still, min(open_still, default=None), search.stops)


def _at_least(value: int, answer: Answer) -> int:
    """What a set costs at least, by the price of the answer found: less only where the solver was stopped."""
    if not answer.timed_out:
        return value
    return 0 if answer.gap is None else max(0, value - 2 * answer.gap)


def distances(links: Links, goal: str) -> dict[str, int]:
    """In how many stated steps each place can come to the goal at best."""
    return steps_along(backwards(links), goal)


def backwards(links: Links) -> dict[str, tuple[str, ...]]:
    """What each place is come to from."""
    back: dict[str, list[str]] = {}
    for before, after in links.items():
        for code in after:
            back.setdefault(code, []).append(before)
    return {code: tuple(before) for code, before in back.items()}


def steps_along(links: Links, start: str, most: int | None = None) -> dict[str, int]:
    """In how many steps along the links each place is come to from `start` at best; no further than `most`."""
    found, waiting = {start: 0}, deque([start])
    while waiting:
        at = waiting.popleft()
        if most is not None and found[at] >= most:
            break
        for code in links.get(at, ()):
            if code not in found:
                found[code] = found[at] + 1
                waiting.append(code)
    return found


def asking(question: Question, places: Iterable[Place]) -> Question:
    """The question for all these places together."""
    choices, needs = together(places)
    return replace(question, choices=choices, needs=needs)


def together(places: Iterable[Place]) -> tuple[tuple[Choice, ...], tuple[Need, ...]]:
    """What these places ask for together: what several ask for stands once."""
    listed = list(places)
    choices = {(choice.title, tuple(o.code for o in choice.options)): choice for p in listed for choice in p.choices}
    named = tuple(replace(choice, id=f"{n}") for n, choice in enumerate(choices.values()))
    needs: dict[str, Need] = {}
    for place in listed:
        for need in place.needs:
            if need.code not in needs or need.fully:
                needs[need.code] = need
    return named, tuple(needs.values())


def _push(search: _Search, waiting: list[Waiting], path: tuple[str, ...]) -> None:
    bound = search.bound(path[1:])
    if bound is not None:
        heapq.heappush(waiting, (bound, len(path), path))


def _collect(search: _Search, found: list[Found], path: tuple[str, ...]) -> None:
    """A whole route, with the least for all of it; the direct one is there already, and now a link states it."""
    solved = search.joint(path)
    if solved is not None and len(path) > 1:
        found.append((solved[0], len(path), path, solved[1]))


def _done(found: list[Found], waiting: list[Waiting], best: int) -> bool:
    """Whether nothing that waits can be better than the last of the best."""
    if len(found) < best:
        return False
    last = sorted(found, key=lambda each: each[:3])[best - 1]
    return waiting[0][:2] >= last[:2] if waiting else True


def _route(search: _Search, start: str, path: tuple[str, ...], answer: Answer) -> Route:
    """The route with what is taken at each step: what that place needs of the whole, given all before it."""
    steps = []
    rest = {item.candidate.code: item.candidate for item in answer.items}
    question = search.question
    before = start
    for code in path:
        takes = tuple(rest) if code == path[-1] else _for_step(search, question, code, rest)
        steps.append(Step(code, takes, code in search.links.get(before, ())))
        taken = [rest.pop(each) for each in takes]
        question = _after(question, taken)
        before = code
    return Route(tuple(steps), answer)


def _for_step(search: _Search, question: Question, code: str, rest: Mapping[str, Candidate]) -> tuple[str, ...]:
    asked = search.narrowing.asking(*together([search.places[code]]))
    own = tuple(c for c in asked.candidates if c.code in rest)
    held = replace(asked, candidates=own, holding=question.holding, counting=question.counting)
    found = top_up(held, search.cost, 0, 1.0)
    return tuple(item.candidate.code for item in found.best.items) if found.best else ()


def _after(question: Question, taken: Iterable[Candidate]) -> Question:
    """The question once these were taken."""
    listed = list(taken)
    brought = frozenset(unit for c in listed for unit in c.brings)
    whole = frozenset(c.code for c in listed if c.kind == "qualification")
    held = question.holding
    return replace(
        question,
        holding=replace(held, units=held.units | brought, qualifications=held.qualifications | whole),
        counting={code: units | brought for code, units in question.counting.items()},
    )
