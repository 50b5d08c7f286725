"""What is the least that takes a holding to a role, a qualification or a set of statements, and is that proven?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iqf.analysis.credit_age import Aged
from iqf.analysis.rule_words import listing
from iqf.analysis.topup.answering import SECONDS, top_up
from iqf.analysis.topup.records import COSTS, Amount, Answer, Cost, Cover, Question, Total, Unmet
from iqf.analysis.topup.records import TopUp as Found
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import find_each
from iqf.catalogue.rulesets import Countable, Pairs, load_pairs
from iqf.reports.asked import Asked
from iqf.reports.holdings import CreditedStatement, Holdings, age_notes, comparison_notes, holdings_of
from iqf.reports.takeable import Takeable, takeable
from iqf.reports.targets import Target, Wanted, target_called
from iqf.reports.things import Ref, ref, refs

MOST_ALTERNATIVES = 10


@dataclass(frozen=True)
class Covered:
    """What an item is there for: a place in a qualification's rule, or a statement and how far it is reached."""

    kind: str
    thing: Ref | None
    framework: str
    statement: str
    title: str
    part: str
    as_unit: Ref | None


@dataclass(frozen=True)
class ToTake:
    """One thing to take, what it costs, what it covers and why it is there."""

    thing: Ref
    credit: Amount
    hours: Amount
    pounds: Amount
    covers: tuple[Covered, ...]
    because: str


@dataclass(frozen=True)
class Way:
    """A set to take: what it costs, and how much cheaper another could be at most (None: no bound is known)."""

    items: tuple[ToTake, ...]
    status: str
    gap: int | None
    cost: Mapping[Cost, Total]
    through: tuple[Ref, ...]


@dataclass(frozen=True)
class Hindrance:
    """What cannot be met, why, and what would make it possible."""

    kind: str
    thing: Ref | None
    statement: str
    title: str
    why: str
    possible_if: str
    missing: tuple[Ref, ...]


@dataclass(frozen=True)
class TopUpAnswer:
    """The least that takes what is held to the target, the next best different ways, or why there is none.

    `cost` is the one that was kept least. `shown`: what a role asks for less strongly, which does not bind.
    """

    target: Ref
    held: tuple[Ref, ...]
    cost: Cost
    fully: bool
    status: str
    words: str
    best: Way | None
    alternatives: tuple[Way, ...]
    unmet: tuple[Hindrance, ...]
    wanted: tuple[Wanted, ...]
    shown: tuple[Asked, ...]
    notes: tuple[str, ...]
    without: tuple[Ref, ...]
    as_of: date
    credited: tuple[CreditedStatement, ...] = ()

    @property
    def met_already(self) -> bool:
        """Whether nothing more is needed."""
        return self.best is not None and not self.best.items and self.status == "optimal"


@dataclass(frozen=True)
class Read:
    """A question as it was read: the records that are reckoned with, and what is needed to say the answer."""

    question: Question
    goal: Target
    holdings: Holdings
    offer: Takeable
    left_out: tuple[Thing, ...]


def question_of(
    held: Sequence[str], target: str, on: date, *, fully: bool = False, without: Sequence[str] = ()
) -> Read:
    """What is held, aimed for and could be taken, read from the data. Raises NotFoundError or AmbiguousError."""
    left_out = tuple(find_each(without, ("unit", "qualification")).values())
    pairs = load_pairs()
    return _question(holdings_of(held, pairs), target, on, pairs, fully, left_out)


def _question(
    holdings: Holdings, target: str, on: date, pairs: Pairs, fully: bool = False, left_out: tuple[Thing, ...] = ()
) -> Read:
    goal = target_called(target, on, pairs)
    needs = holdings.left(goal.needs(fully))
    offer = takeable(goal, needs, on, pairs, {t.code for t in left_out})
    question = Question(
        target=goal.ref.code,
        holding=holdings.holding,
        choices=goal.choices,
        needs=needs,
        candidates=offer.candidates,
        facts=offer.facts,
        reach=offer.reach,
        equivalents=offer.equivalents,
        barred=offer.barred,
        counting={code: holdings.counting(goal.years(code), on).holding.units for code in goal.rules},
    )
    return Read(question, goal, holdings, offer, left_out)


def topup(
    held: Sequence[str],
    target: str,
    on: date,
    *,
    cost: Cost = "credit",
    alternatives: int = 3,
    fully: bool = False,
    without: Sequence[str] = (),
    seconds: float = SECONDS,
) -> TopUpAnswer:
    """The top-up from what is held to a target, on a day. Everything may be given by any alias.

    `fully`: statements are to be reached in full, not just partly. `without`: units and qualifications that are not
    to be taken. `seconds`: limit for each search. Raises NotFoundError or AmbiguousError.
    """
    read = question_of(held, target, on, fully=fully, without=without)
    return _answered(read, top_up(read.question, cost, alternatives, seconds), on, fully)


def topup_alone(holdings: Holdings, target: str, on: date, pairs: Pairs) -> TopUpAnswer:
    """The same, without other ways, for what was read already of a holder who asks about several targets."""
    read = _question(holdings, target, on, pairs)
    return _answered(read, top_up(read.question, "credit", 0), on)


def _answered(read: Read, found: Found, on: date, fully: bool = False) -> TopUpAnswer:
    things = read.holdings.things
    answer = _answer(read.goal, found, things, read.left_out, on, fully)
    about = (
        *_about_holding(read.question, things, found, read.offer),
        *_about_age(read.goal, read.holdings, read.offer, on),
    )
    compared = comparison_notes(read.holdings, read.goal.ref.code)
    notes = (*answer.notes, *about, *compared)
    return replace(answer, notes=notes, credited=read.holdings.statements)


def _answer(
    goal: Target, found: Found, things: Sequence[Thing], left_out: Sequence[Thing], on: date, fully: bool
) -> TopUpAnswer:
    named = _named(goal, found)
    best = _way(found.best, named) if found.best else None
    answer = TopUpAnswer(
        target=goal.ref,
        held=tuple(ref(t) for t in things),
        cost=found.cost,
        fully=fully,
        status=found.status,
        words=found.words,
        best=best,
        alternatives=tuple(_way(way, named) for way in found.alternatives),
        unmet=tuple(_hindrance(u, named) for u in found.unmet),
        wanted=goal.wanted,
        shown=goal.shown,
        notes=(*goal.notes, *_partly_is_enough(goal, fully)),
        without=tuple(ref(t) for t in left_out),
        as_of=on,
    )
    return _nothing_on_record(answer, goal) if goal.asks_nothing else answer


def _nothing_on_record(answer: TopUpAnswer, goal: Target) -> TopUpAnswer:
    """A target of which nothing is on record is not one that is met: only an entry of *none* says so."""
    if goal.open_to_all:
        return replace(answer, words="Nothing is required: it is on record as having no entry requirement.")
    said = (
        "Nothing is on record that it asks for, so nothing can be counted; that does not mean that nothing is asked."
    )
    nothing = replace(answer.best, status="feasible", gap=None) if answer.best else None
    return replace(answer, status="feasible", best=nothing, words=said)


def _partly_is_enough(goal: Target, fully: bool) -> tuple[str, ...]:
    if fully or not any(w.strength == "fully" for w in goal.wanted):
        return ()
    return ("Its statements are on record as needed fully; here it is enough to reach each partly.",)


def _about_holding(question: Question, things: Sequence[Thing], found: Found, offer: Takeable) -> list[str]:
    """What a reader should know about what is held: what is retired, and what may be held without anybody knowing."""
    said = [
        f"{t.title} is no longer in the framework ({t.retired_because.rstrip('.')}); it still counts as held."
        for t in things
        if t.is_retired
    ]
    taken = [i.candidate for i in found.best.items] if found.best else []
    perhaps = [c.title for c in taken if c.code in question.holding.possible_units]
    if perhaps:
        said.append(
            f"{listing(perhaps)} may have been taken already, as an option of a qualification held; what is surely "
            "held was counted."
        )
    if question.needs and offer.by_machine:
        said.append("Which statements units reach was judged by machine; no person has checked all of it.")
    if found.cost == "pounds" and taken:
        said.append("No prices are on record yet, so pounds cannot tell one way from another.")
    if found.status == "impossible" and offer.not_now:
        said.append(
            f"Units that stand only in qualifications closed on this day were not considered: {len(offer.not_now)}."
        )
    return said


def _about_age(goal: Target, holdings: Holdings, offer: Takeable, on: date) -> list[str]:
    """What is held that is too old, or of unknown age, for what the target asks for."""
    titles = {code: fact.title for code, fact in offer.facts.items()}
    return [
        note
        for code, rules in goal.rules.items()
        for note in age_notes(
            _listed_only(holdings.counting(rules.credit_years, on), rules),
            rules.credit_years,
            goal.options[code].title,
            titles,
        )
    ]


def _listed_only(aged: Aged, rules: Countable) -> Aged:
    """Only what the qualification lists is worth a word."""
    listed = frozenset(rules.units)
    return replace(aged, too_old=aged.too_old & listed, unsure=aged.unsure & listed)


def _named(goal: Target, found: Found) -> dict[str, Ref]:
    """Everything that the answer names, by code."""
    ways = [*([found.best] if found.best else []), *found.alternatives]
    codes = {i.candidate.code for way in ways for i in way.items} | {c for u in found.unmet for c in u.missing}
    codes |= {c.unit for way in ways for i in way.items for c in i.covers if c.unit}
    return {**refs(codes - set(goal.options), ("unit", "qualification")), **goal.options}


def _way(way: Answer, named: Mapping[str, Ref]) -> Way:
    items = tuple(
        ToTake(
            thing=named[i.candidate.code],
            credit=i.candidate.credit,
            hours=i.candidate.hours,
            pounds=i.candidate.pounds,
            covers=tuple(_covered(c, named) for c in i.covers),
            because=i.because,
        )
        for i in way.items
    )
    through = tuple(dict.fromkeys(named[code] for code in way.via.values()))
    return Way(items, way.status, way.gap, {name: way.cost[name] for name in COSTS}, through)


def _covered(cover: Cover, named: Mapping[str, Ref]) -> Covered:
    framework, _, code = cover.code.partition(":") if cover.kind == "statement" else ("", "", "")
    return Covered(
        kind=cover.kind,
        thing=named.get(cover.code),
        framework=framework,
        statement=code,
        title=cover.title,
        part=cover.part,
        as_unit=named.get(cover.unit),
    )


def _hindrance(unmet: Unmet, named: Mapping[str, Ref]) -> Hindrance:
    statement = unmet.code.partition(":")[2] if unmet.kind == "statement" else ""
    return Hindrance(
        kind=unmet.kind,
        thing=named.get(unmet.code),
        statement=statement,
        title=unmet.title,
        why=unmet.why,
        possible_if=unmet.possible_if,
        missing=tuple(named[code] for code in unmet.missing if code in named),
    )
