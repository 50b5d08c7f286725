"""Which existing units together cover what is needed, for least credit and with least overlap, and is that proven?

Promise: exact, by mixed-integer programming (HiGHS through scipy), in this order: most statements reached; of the
sets that do so, least credit; of those, least overlap (a statement that a second unit reaches again is one repeat);
of those, fewest units. No two units of a barred set, none that is barred by what is held, and no more credit than
allowed, where a limit is given: a unit of unknown credit then counts at its most. Reduced first: units that cannot be
in the best set never reach the solver. (A weighted set cover; METHODS, *Routes, top-ups, composition*.)

Amounts not known are bounds: sets are compared half-way between them, and *optimal* is said only where no other set
that reaches as many statements can cost less, whatever the amounts turn out to be (the argument is that of
`analysis.topup.proving`: one more programme finds the greatest lead that any other set can have).

    from iqf.analysis.compose import Brief, compose
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, inf

from iqf.analysis.rule_programme import Programme, Solved, SolverError, Terms
from iqf.analysis.rule_reading import item_names
from iqf.analysis.rule_words import number
from iqf.analysis.rules import Group, Ruleset
from iqf.analysis.topup.presolve import reaches
from iqf.analysis.topup.prices import Prices
from iqf.analysis.topup.records import Candidate, Need, Status, Strength, Total, total

SECONDS = 10.0
"""How long each programme may take before its best set so far is given, with the gap."""
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Brief:
    """What is to be covered, by which units, within which limits.

    `candidates`: units with what is known of their credit. `reach`: for units, the statements they reach and how far.
    `held`: units that are held already, whose statements need no unit. `most_credit`: the limit, if there is one.
    """

    needs: tuple[Need, ...]
    candidates: tuple[Candidate, ...]
    reach: Mapping[str, Mapping[str, Strength]]
    equivalents: tuple[frozenset[str], ...] = ()
    barred: tuple[frozenset[str], ...] = ()
    held: frozenset[str] = frozenset()
    most_credit: int | None = None


@dataclass(frozen=True)
class NotCovered:
    """A statement that the composition does not reach: `why`, and whether no unit at all would (`gap`)."""

    need: Need
    gap: bool
    why: str


@dataclass(frozen=True)
class Composition:
    """The set of units. `gap`: how much cheaper another that reaches as much may be (None: no bound is known).

    `status` is *impossible* where not everything is reached: the set is then the best there is for the rest.
    `by_held`: statements that what is held reaches. `reached`: by unit, the statements that were asked for.
    `repeats`: how many times a statement is reached again. `spare`: units left out that reach a statement asked for.
    """

    chosen: tuple[Candidate, ...]
    reached: Mapping[str, tuple[str, ...]]
    by_held: tuple[str, ...]
    missing: tuple[NotCovered, ...]
    status: Status
    gap: int | None
    words: str
    credit: Total
    hours: Total
    repeats: int
    spare: tuple[str, ...]
    timed_out: bool = False


def compose(brief: Brief, seconds: float = SECONDS) -> Composition:
    """The composition for a brief. Raises SolverError where the solver fails."""
    world = _World(brief)
    search = _Search(world, seconds)
    chosen = search.best()
    gap, better, timed_out = search.proof(chosen)
    covered = {need for code in chosen for need in world.reached[code]}
    missing = tuple(_missing(world, need) for need in world.asked if need.code not in covered)
    taken = tuple(c for c in brief.candidates if c.code in chosen)
    status: Status = "impossible" if missing else "optimal" if gap == 0 and not better else "feasible"
    return Composition(
        chosen=taken,
        reached={c.code: tuple(n.code for n in world.asked if n.code in world.reached[c.code]) for c in taken},
        by_held=world.by_held,
        missing=missing,
        status=status,
        gap=gap,
        words=_words(world, len(taken), missing, gap, better, timed_out),
        credit=total(c.credit for c in taken),
        hours=total(c.hours for c in taken),
        repeats=sum(len(world.reached[code]) for code in chosen) - len(covered),
        spare=tuple(sorted(code for code, by in world.reached.items() if by and code not in chosen)),
        timed_out=timed_out,
    )


def _only_of_unknown_credit(brief: Brief, need: Need) -> str:
    """Why a limit keeps out everything that reaches a statement: nobody knows how large it is. Else blank."""
    able = [c for c in brief.candidates if reaches(brief.reach.get(c.code, {}).get(need.code), need)]
    if brief.most_credit is None or not able or any(c.credit.high is not None for c in able):
        return ""
    most = number(brief.most_credit, "credit")
    return f"The credit of the units that reach it is not known, so whether they fit into {most} cannot be said."


def _missing(world: "_World", need: Need) -> NotCovered:
    if unsized := _only_of_unknown_credit(world.brief, need):
        return NotCovered(need, False, unsized)
    if any(need.code in by for by in world.reached.values()):
        if world.brief.most_credit is not None:
            most = number(world.brief.most_credit, "credit")
            return NotCovered(need, False, f"It does not fit into {most} beside the rest.")
        return NotCovered(need, False, "The units that reach it may not be combined with others that are needed.")
    if any(reaches(far.get(need.code), need) for far in world.brief.reach.values()):
        return NotCovered(need, False, "Units reach it, but none that may be used here.")
    partly = need.fully and any(need.code in far for far in world.brief.reach.values())
    said = "No unit reaches it fully; some reach it partly." if partly else "No unit reaches it."
    return NotCovered(need, True, said)


def _words(
    world: "_World", size: int, missing: Sequence[NotCovered], gap: int | None, better: bool, timed_out: bool
) -> str:
    if not world.asked:
        return "Nothing is asked for that is not reached already."
    if not size:
        return "No unit that may be used reaches any of what is asked for."
    these = "this unit" if size == 1 else f"these {size} units"
    all_of = "all of it" if not missing else f"as many statements ({len(world.asked) - len(missing)})"
    if timed_out:
        how = "by an amount without bound" if gap is None else f"by at most {number(gap, 'credit')}"
        return f"The search was stopped at its time limit: another set may be better, {how}."
    if better:
        return "What some units take in credit is not known: if it is less than feared, more may fit into the limit."
    if gap == 0:
        return f"No set of units that reaches {all_of} takes less credit than {these}."
    if gap is None:
        return f"What {these} take is not known and has no upper bound, so another set may take less credit."
    return (
        f"Of some units it is not known what credit they take: another set that reaches {all_of} may take less, "
        f"by at most {number(gap, 'credit')}."
    )


@dataclass
class _World:
    """A brief made ready: classes of equivalents, what each candidate reaches, what is still asked for."""

    brief: Brief
    item: dict[str, str] = field(default_factory=dict)
    asked: tuple[Need, ...] = ()
    by_held: tuple[str, ...] = ()
    reached: dict[str, frozenset[str]] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        brief = self.brief
        everywhere = Ruleset("", Group("statements"), equivalents=brief.equivalents)
        self.item = item_names(everywhere, {*brief.reach, *brief.held, *(u for bar in brief.barred for u in bar)})
        by_need = {n.code: self._reaching(n) for n in brief.needs}
        held = {self._name(code) for code in brief.held}
        self.by_held = tuple(n.code for n in brief.needs if by_need[n.code] & held)
        self.asked = tuple(n for n in brief.needs if n.code not in self.by_held)
        self.bars = [bar for bar in ({self._name(u) for u in b} for b in brief.barred) if len(bar) > 1]
        allowed = [c for c in brief.candidates if self._allowed(c, held)]
        self.reached = {
            c.code: frozenset(n.code for n in self.asked if self._name(c.code) in by_need[n.code]) for c in allowed
        }
        self.candidates = self._not_outdone([c for c in allowed if self.reached[c.code]])

    def _name(self, code: str) -> str:
        return self.item.get(code, code)

    def _reaching(self, need: Need) -> frozenset[str]:
        found = (code for code, far in self.brief.reach.items() if reaches(far.get(need.code), need))
        return frozenset(self._name(code) for code in found)

    def _allowed(self, candidate: Candidate, held: set[str]) -> bool:
        """Whether it may stand beside what is held, and fits into the limit at its most."""
        name, most = self._name(candidate.code), self.brief.most_credit
        barred = any(name in bar and (bar - {name}) & held for bar in self.bars)
        fits = most is None or (candidate.credit.high is not None and candidate.credit.high <= most)
        return fits and not barred and name not in held

    def barred_together(self) -> Iterable[list[str]]:
        """For each barred set, the candidates of which one may stand in the set."""
        for bar in self.bars:
            yield [c.code for c in self.candidates if self._name(c.code) in bar]

    def _not_outdone(self, candidates: list[Candidate]) -> tuple[Candidate, ...]:
        """Without those for which another one surely does: it reaches the same for no more, or more for less."""
        contested = {name for bar in self.bars for name in bar}
        kept: list[Candidate] = []
        for candidate in sorted(candidates, key=_dearness):
            free = self._name(candidate.code) not in contested
            if not free or not any(self._outdoes(other, candidate, contested) for other in kept):
                kept.append(candidate)
        return tuple(sorted(kept, key=lambda c: c.code))

    def _outdoes(self, other: Candidate, candidate: Candidate, contested: set[str]) -> bool:
        theirs, own = self.reached[other.code], self.reached[candidate.code]
        high, low = other.credit.high, candidate.credit.low
        if high is None or self._name(other.code) in contested:
            return False
        return (own == theirs and high <= low) or (own <= theirs and high < low)


def _dearness(candidate: Candidate) -> tuple[bool, int, int, str]:
    amount = candidate.credit
    return amount.high is None, amount.high or 0, amount.low, candidate.code


class _Search:
    """The programme: take[c] = the unit is in the set; covers[n] = the statement is reached by one that is."""

    def __init__(self, world: _World, seconds: float) -> None:
        self.world, self.seconds = world, seconds
        self.prices = Prices(world.candidates, "credit")
        self.timed_out = False

    def best(self) -> frozenset[str]:
        """The best set in all its orders, each order solved among the best of the one before."""
        known = self._solve(most=True, order=[])
        if known is None:
            return self._stopped()
        reach = {n for code in known for n in self.world.reached[code]}
        repeats = {c.code: float(len(self.world.reached[c.code])) for c in self.world.candidates}
        amount = {c.code: float(self.prices.middle(c.code)) for c in self.world.candidates}
        order: list[tuple[dict[str, float], float]] = []
        for cost in (amount, repeats, dict.fromkeys(repeats, 1.0)):
            found = self._solve(cost, order, least=len(reach))
            if found is None:
                break
            known = found
            order.append((cost, sum(cost[code] for code in known)))
        return known

    def proof(self, chosen: frozenset[str]) -> tuple[int | None, bool, bool]:
        """The greatest lead of another set (None: no bound); whether one may reach more; whether time ran out."""
        reach = {n for code in chosen for n in self.world.reached[code]}
        if not chosen:
            return 0, False, self.timed_out
        if self.prices.known and not self.timed_out:
            return 0, False, False
        worst = {
            c.code: float((self.prices.high if c.code in chosen else self.prices.low)(c.code))
            for c in self.world.candidates
        }
        solved, take = self._solved(worst, [], least=len(reach), lowest=True)
        spent = sum(self.prices.high(code) for code in chosen)
        gap = spent if solved.bound == -inf else max(0, spent - ceil(solved.bound - _ROUNDING))
        open_ended = self.prices.unbounded & chosen
        if solved.proven and solved.values is not None:
            open_ended -= {code for code, variable in take.items() if solved.values[variable] > 0.5}
        better = self.world.brief.most_credit is not None and self._may_reach_more(len(reach))
        return (None if gap and open_ended else gap), better, self.timed_out or not solved.proven

    def _may_reach_more(self, than: int) -> bool:
        """Whether, with every amount at its least, a set within the limit reaches more statements."""
        if than == len(self.world.asked):
            return False
        return self._solved({}, [], least=than + 1, lowest=True)[0].values is not None

    def _solve(
        self,
        cost: Mapping[str, float] | None = None,
        order: Sequence[tuple[Mapping[str, float], float]] = (),
        least: int = 0,
        most: bool = False,
    ) -> frozenset[str] | None:
        solved, take = self._solved(cost or {}, order, least, most=most)
        self.timed_out |= not solved.proven
        if solved.values is None:
            return None
        return frozenset(code for code, variable in take.items() if solved.values[variable] > 0.5)

    def _solved(
        self,
        cost: Mapping[str, float],
        order: Sequence[tuple[Mapping[str, float], float]],
        least: int,
        lowest: bool = False,
        most: bool = False,
    ) -> tuple[Solved, dict[str, int]]:
        """One programme. `order`: sums that may not be exceeded. `least`: so many statements at least are reached.

        `lowest`: credit counts at its least against the limit. `most`: as many statements as can be.
        """
        world, programme = self.world, Programme()
        take = {c.code: programme.variable() for c in world.candidates}
        covers = {n.code: programme.variable() for n in world.asked}
        for need, variable in covers.items():
            by: Terms = {take[code]: -1 for code in take if need in world.reached[code]}
            programme.row({**by, variable: 1}, high=0)
        if covers:
            programme.row(dict.fromkeys(covers.values(), 1), low=least)
        for together in world.barred_together():
            programme.row({take[code]: 1 for code in together}, high=1)
        if world.brief.most_credit is not None and take:
            at = self.prices.low if lowest else self.prices.high
            programme.row({v: at(code) for code, v in take.items()}, high=world.brief.most_credit)
        for sums, limit in order:
            programme.row({take[code]: amount for code, amount in sums.items()}, high=limit + _ROUNDING)
        if not take:
            return Solved([], True, 0.0), take
        aim: Terms = dict.fromkeys(covers.values(), -1.0) if most else {take[c]: a for c, a in cost.items()}
        return programme.solve(aim, self.seconds), take

    def _stopped(self) -> frozenset[str]:
        """Where the solver was stopped without any set: what reaches most of the rest, one after the other."""
        if self.world.brief.barred or self.world.brief.most_credit is not None:
            raise SolverError("The solver stopped at its time limit without a set of units; allow it more time.")
        left, chosen = {n.code for n in self.world.asked}, set()
        while gains := [c for c in self.world.candidates if self.world.reached[c.code] & left]:
            best = max(gains, key=lambda c: (len(self.world.reached[c.code] & left), -self.prices.middle(c.code)))
            chosen.add(best.code)
            left -= self.world.reached[best.code]
        return frozenset(chosen)
