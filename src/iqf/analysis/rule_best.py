"""Which choice of units lets a holder of a qualification meet most of a framework?

Promise: exact, by counting through where the rule is plain, else by one mixed-integer programme over it (HiGHS): of
all holders who take nothing to spare, one who reaches most statements; among those, most of them fully; among those,
with fewest units. Where lists or the split are not fully known the rule is read in the holder's favour and the answer
says *bound*. (METHODS, *Coverage*: best optional choice.)
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from iqf.analysis.rule_best_plain import plain_choice
from iqf.analysis.rule_holder import all_known, nothing_spare, only_what_counts
from iqf.analysis.rule_programme import Encoding, Programme, Terms
from iqf.analysis.rule_reading import GHOST, Reading, reading
from iqf.analysis.rules import Holding, Ruleset, UnitFact

SECONDS = 10.0
"""How long the programme may take before its best answer so far is given, as a bound."""


@dataclass(frozen=True)
class BestChoice:
    """Units (codes) of a holder who meets most, the statements that those reach, and whether that is proven.

    *bound*: the list of units, or how they are split, is not fully known, or time ran out; *impossible*: no choice of
    the listed units meets the rule.
    """

    target: str
    status: Literal["exact", "bound", "impossible"]
    units: tuple[str, ...]
    statements: tuple[str, ...]


def best_choice(
    ruleset: Ruleset,
    units: Mapping[str, UnitFact],
    touches: Mapping[str, Collection[str]],
    fully: Mapping[str, Collection[str]],
    seconds: float = SECONDS,
) -> BestChoice:
    """The choice that reaches most. ``touches``, ``fully``: statements by unit code, as judged. Raises RuleError."""
    read = reading(ruleset, units, Holding(), "best")
    plain = plain_choice(read, touches, fully)
    if plain is not None:
        return _answer(ruleset, units, read, touches, tuple(sorted(plain)), proven=True)
    return _solved(ruleset, units, read, touches, fully, seconds)


def _solved(
    ruleset: Ruleset,
    units: Mapping[str, UnitFact],
    read: Reading,
    touches: Mapping[str, Collection[str]],
    fully: Mapping[str, Collection[str]],
    seconds: float,
) -> BestChoice:
    """The same by the programme, for any rule."""
    programme = Programme()
    holder = Encoding(programme, read, free=True)
    programme.row({holder.met[0]: 1}, low=1)
    only_what_counts(programme, read, holder)
    nothing_spare(programme, read, holder)
    reached = _reached(programme, read, holder, touches)
    whole = _reached(programme, read, holder, fully)
    many = float(len(holder.kept) + 1)
    cost: Terms = dict.fromkeys(holder.kept.values(), 1.0)
    cost |= dict.fromkeys(whole.values(), -many)
    cost |= dict.fromkeys(reached.values(), -many * (len(whole) + 1))
    values, proven = programme.minimise(cost, seconds)
    if values is None:
        return BestChoice(ruleset.target, "impossible", (), ())
    return _answer(ruleset, units, read, touches, _held(read, holder, values), proven)


def _answer(
    ruleset: Ruleset,
    units: Mapping[str, UnitFact],
    read: Reading,
    touches: Mapping[str, Collection[str]],
    held: tuple[str, ...],
    proven: bool,
) -> BestChoice:
    status: Literal["exact", "bound"] = "exact" if proven and all_known(ruleset, units, read) else "bound"
    found = {statement for unit in held for statement in touches.get(unit, ())}
    return BestChoice(ruleset.target, status, held, tuple(sorted(found)))


def _reached(
    programme: Programme, read: Reading, holder: Encoding, reach: Mapping[str, Collection[str]]
) -> dict[str, int]:
    """A variable for each statement that can be 1 only where a unit that counts reaches it."""
    by_statement: dict[str, Terms] = {}
    for (_, unit), variable in holder.counted[0].items():
        for statement in reach.get(unit, ()):
            by_statement.setdefault(statement, {})[variable] = -1.0
    found = {statement: programme.variable() for statement in sorted(by_statement)}
    for statement, variable in found.items():
        programme.row({variable: 1, **by_statement[statement]}, high=0)
    return found


def _held(read: Reading, holder: Encoding, values: Any) -> tuple[str, ...]:
    counted = (unit for (_, unit), variable in holder.counted[0].items() if values[variable] > 0.5)
    return tuple(sorted(unit for unit in counted if not unit.startswith(GHOST)))
