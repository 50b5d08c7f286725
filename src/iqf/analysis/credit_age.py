"""Does credit of an age still count towards a qualification that limits it?

Promise: a unit counts where it surely is young enough, does not where it surely is too old, and may or may not where
the day on which it was achieved is not known well enough: then the rule is answered *cannot say*, never *met*. (Rules
of combination may limit the age of credit: Ofqual/08/3726, section 2.)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from iqf.analysis.partial_dates import PartialDate
from iqf.analysis.rules import Holding


@dataclass(frozen=True)
class Aged:
    """What counts of a holding: `holding` itself narrowed, the units that are too old, and those of unknown age."""

    holding: Holding
    too_old: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def counting(holding: Holding, achieved: Mapping[str, PartialDate], years: int | None, on: date) -> Aged:
    """What of a holding counts on a day where credit counts for `years` years (None: without limit).

    `achieved`: when each unit was, as far as it is known. A unit counts until the day of that date `years` later.
    """
    if years is None:
        return Aged(holding)
    first = _years_before(on, years)
    known = {unit: achieved[unit] for unit in holding.units if unit in achieved}
    too_old = frozenset(unit for unit, when in known.items() if when.latest < first)
    sure = frozenset(unit for unit, when in known.items() if when.earliest >= first)
    unsure = holding.units - too_old - sure
    possible = frozenset(u for u in holding.possible_units if u not in achieved or achieved[u].latest >= first)
    return Aged(replace(holding, units=sure, possible_units=possible | unsure), too_old, unsure)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=max(1, day.year - years))
    except ValueError:  # 29 February, in a year without one
        return date(day.year - years, 3, 1)
