"""How far can two holders of one qualification differ?"""

import functools
from dataclasses import dataclass

from iqf.accounts.queries import data_version
from iqf.analysis.rule_difference import HolderDifference
from iqf.analysis.rule_difference import difference as reckon
from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.reports.rulesets import Rules, rules_of
from iqf.reports.things import Ref, ref

SECONDS = 10.0
"""How long the solver may look; past it the answer is a bound, and says so."""


@dataclass(frozen=True)
class DifferenceAnswer:
    """What every holder has, the least that two can share, the most that only one has, and a pair that shows it.

    `status`: exact, bound (a list is incomplete or a credit not known), impossible, or not on record.
    """

    qualification: Ref
    status: str
    words: str
    always: tuple[Ref, ...]
    fewest_common_units: int
    most_different_units: int
    only_first: tuple[Ref, ...]
    only_second: tuple[Ref, ...]
    both: tuple[Ref, ...]


def difference(text: str) -> DifferenceAnswer:
    """How far two holders of the qualification called `text` can differ. Raises NotFoundError or AmbiguousError."""
    found = find(text, ("qualification",))
    thing = m.Qualification.objects.select_related("owner").prefetch_related("aliases").get(pk=found.pk)
    rules = rules_of(thing)
    if rules is None:
        words = "Which units it is made of is not on record, so this cannot be said."
        return DifferenceAnswer(ref(thing), "not on record", words, (), 0, 0, (), (), ())
    return _answer(ref(thing), rules, _reckoned(thing.code, data_version()))


@functools.lru_cache(maxsize=512)
def _reckoned(code: str, version: str) -> HolderDifference:
    """The solver's answer, kept for as long as the data stay as they are."""
    rules = rules_of(m.Qualification.objects.get(code=code))
    if rules is None:
        raise LookupError(code)
    return reckon(rules.ruleset, rules.units, seconds=SECONDS)


def _answer(thing: Ref, rules: Rules, found: HolderDifference) -> DifferenceAnswer:
    units = {listed.unit.code: listed.unit for rows in rules.listed.values() for listed in rows}
    first = set(found.furthest.first) if found.furthest else set()
    second = set(found.furthest.second) if found.furthest else set()

    def named(codes: set[str]) -> tuple[Ref, ...]:
        return tuple(sorted((units[c] for c in codes if c in units), key=lambda u: u.title))

    return DifferenceAnswer(
        qualification=thing,
        status=found.status,
        words=found.words,
        always=tuple(units[c] for c in found.always if c in units),
        fewest_common_units=found.fewest_common_units,
        most_different_units=found.most_different_units,
        only_first=named(first - second),
        only_second=named(second - first),
        both=named((first & second) - set(found.always)),
    )
