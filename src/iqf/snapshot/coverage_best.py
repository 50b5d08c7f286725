"""The best choices of all qualifications for a framework, each reckoned once for as long as what it rests on stays.

What was chosen is kept with the generation under a hash of the rule, its units and what they reach; the next
generation, and the next framework, take it from there.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.rule_best import best_choice
from iqf.analysis.rules import Ruleset, UnitFact
from iqf.catalogue.rulesets import every_ruleset

FILE: Final = "best.json"
Reach = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choices:
    """The links that no best choice has, and how many choices are of the units known, their lists not being whole."""

    left_out: NDArray[Any] = field(default_factory=lambda: np.empty(0, np.int64))
    unproven: int = 0


@dataclass(frozen=True)
class _Rule:
    """One qualification's rule, what is known of its units, both as bytes, and the links of its optional units."""

    ruleset: Ruleset
    units: Mapping[str, UnitFact]
    said: bytes
    optional: Mapping[str, int]


_reckoned: dict[str, list[str]] = {}
"""What this process has reckoned itself, by the same hash."""


class Best:
    """The best choices of one generation, upon those that the generation in the folder `before` holds.

    `qualifications`: their ids by place; `units`: their codes by place; `members`: the links, sorted, as places of
    qualifications and units, and whether every holder has the unit.
    """

    def __init__(
        self, before: Path, qualifications: Sequence[int], units: Sequence[str], members: Sequence[NDArray[Any]]
    ) -> None:
        self._places = {pk: place for place, pk in enumerate(qualifications)}
        self._units, self._members = units, members
        self._before = _read(before / FILE)
        self._now: dict[str, list[str]] = {}

    def choices(self, areas: Sequence[str], claims: Sequence[NDArray[Any]]) -> Choices:
        """For a framework's areas and claims: places of units, of areas, and strengths (0: nobody accepted it)."""
        touches, fully = self._reach(areas, claims, 1), self._reach(areas, claims, 2)
        left_out: list[int] = []
        unproven = 0
        for rule in self._rules:
            status, *units = self._choice(rule, touches, fully)
            unproven += status == "bound"
            chosen = set(units)
            if status != "impossible":
                left_out += [link for unit, link in rule.optional.items() if unit not in chosen]
        return Choices(np.array(sorted(left_out), np.int64), unproven)

    def keep(self, folder: Path) -> None:
        """Write down what was chosen, for the next generation. Raises OSError."""
        (folder / FILE).write_text(json.dumps(self._now), encoding="utf-8")

    def _choice(self, rule: _Rule, touches: Reach, fully: Reach) -> list[str]:
        """Whether it is proven, and its units."""
        reached = [(unit, touches[unit], fully.get(unit, ())) for unit in rule.units if unit in touches]
        name = blake2b(rule.said + repr(reached).encode(), digest_size=12).hexdigest()
        found = self._now.get(name) or self._before.get(name) or _reckoned.get(name)
        if found is None:
            choice = best_choice(rule.ruleset, rule.units, touches, fully)
            found = _reckoned[name] = [choice.status, *choice.units]
        self._now[name] = found
        return found

    def _reach(self, areas: Sequence[str], claims: Sequence[NDArray[Any]], least: int) -> dict[str, list[str]]:
        """The areas that each unit (its code) reaches at least so strongly, in the order of the areas."""
        unit, area, strength, _ = claims
        kept = strength >= least
        found: dict[str, list[str]] = defaultdict(list)
        for pair in np.unique(np.stack([unit[kept], area[kept]], axis=1), axis=0).tolist():
            found[self._units[pair[0]]].append(areas[pair[1]])
        return dict(found)

    @cached_property
    def _rules(self) -> list[_Rule]:
        """Every rule of a qualification that has units."""
        holder, unit, mandatory = self._members
        found = []
        for pk, ruleset, units in every_ruleset():
            begin, end = np.searchsorted(holder, [self._places[pk], self._places[pk] + 1]).tolist()
            optional = {self._units[unit[link]]: link for link in range(begin, end) if not mandatory[link]}
            if begin < end:
                found.append(_Rule(ruleset, units, _said(ruleset, units), optional))
        return found


def _said(ruleset: Ruleset, units: Mapping[str, UnitFact]) -> bytes:
    """Everything that a choice rests on besides what units reach; equal where nothing of it changed."""
    pairs = (sorted(map(sorted, ruleset.barred)), sorted(map(sorted, ruleset.equivalents)))
    facts = [(fact.code, fact.level, fact.credit_low, fact.credit_high) for fact in units.values()]
    return repr((ruleset.root, pairs, facts)).encode()


def _read(path: Path) -> dict[str, list[str]]:
    """What a generation kept; nothing where it kept none or that is damaged: then all is reckoned anew."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}
