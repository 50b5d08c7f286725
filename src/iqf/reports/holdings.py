"""What somebody holds, as it was written: units and qualifications, perhaps with a date; statements credited."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from iqf.analysis.credit_age import Aged, counting
from iqf.analysis.partial_dates import PartialDate, PartialDateError
from iqf.analysis.rule_words import listing, number
from iqf.analysis.rules import Holding, all_units, sure_units
from iqf.analysis.topup.records import Need
from iqf.catalogue import models as m
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import NotFoundError, find, statement
from iqf.catalogue.rulesets import Pairs
from iqf.reports.comparisons import counting_as
from iqf.reports.rulesets import load_rules
from iqf.reports.targets import key

WHEN = re.compile(r"^(.*\S)\s*@\s*(\d[\d-]*)$", re.DOTALL)
KINDS = ("unit", "qualification")
CREDITED = re.compile(r"^\s*([\w-]+):(\S+)\s*$", re.ASCII)


@dataclass(frozen=True)
class Held:
    """A unit or qualification that is held, and when it was achieved, as far as that was said."""

    thing: Thing
    achieved: PartialDate | None = None


@dataclass(frozen=True)
class CreditedStatement:
    """A statement, by its framework, that is held as credited by an assessor: nothing more is asked for it."""

    framework: str
    code: str
    title: str


@dataclass(frozen=True)
class Holdings:
    """What holding these things amounts to. `achieved`: when each unit was, as far as that was said.

    `counted_as`: what is held from abroad or from an earlier time, and what it was decided to count as here.
    `credited`: statements that an assessor credited for what was learned outside units.
    """

    held: tuple[Held, ...]
    holding: Holding
    achieved: Mapping[str, PartialDate] = field(default_factory=dict)
    counted_as: tuple[tuple[Held, Held], ...] = ()
    credited: tuple[m.Statement, ...] = ()

    def left(self, needs: Iterable[Need]) -> tuple[Need, ...]:
        """The needs that no assessor credited to the holder."""
        reached = {key(s.framework.key, s.code) for s in self.credited}
        return tuple(need for need in needs if need.code not in reached)

    @property
    def things(self) -> tuple[Thing, ...]:
        """The things that are held."""
        return tuple(each.thing for each in self.held)

    @property
    def statements(self) -> tuple[CreditedStatement, ...]:
        """The statements that are held, as answers list them."""
        return tuple(CreditedStatement(s.framework.key, s.code, s.title) for s in self.credited)

    def counting(self, years: int | None, on: date) -> Aged:
        """What of it counts towards a qualification for which credit counts for so many years."""
        return counting(self.holding, self.achieved, years, on)


def held_called(text: str) -> Held:
    """A unit or qualification by any name, perhaps with a date after it: `U-SHC31 @ 2015-06`.

    Raises NotFoundError or AmbiguousError, each with one plain sentence.
    """
    match = WHEN.match(text.strip())
    if not match:
        return Held(find(text, KINDS))
    try:
        return Held(find(match[1], KINDS), PartialDate.parse(match[2]))
    except PartialDateError as error:
        raise NotFoundError(f"{str(error).rstrip('.')}; it stands after {match[1]} @.") from None


def credited_called(text: str) -> m.Statement | None:
    """The statement that was credited, as `FRAMEWORK:CODE`; None where the text is not written so.

    Raises NotFoundError or AmbiguousError.
    """
    match = CREDITED.match(text)
    framework = find(match[1], ("framework",)) if match else None
    return statement(framework, match[2]) if match and isinstance(framework, m.Framework) else None


def holdings_of(texts: Iterable[str], pairs: Pairs | None = None) -> Holdings:
    """What holding these amounts to: units for sure, and those that an optional choice may have brought."""
    read = [(credited_called(text), text) for text in texts]
    held = tuple(held_called(text) for found, text in read if found is None)
    credited = tuple(dict.fromkeys(found for found, _ in read if found is not None))
    counted_as = _counted_as(held)
    every = (*held, *(there for _, there in counted_as))
    qualifications = {h.thing.code: h for h in reversed(every) if isinstance(h.thing, m.Qualification)}
    units = {h.thing.code for h in held if isinstance(h.thing, m.Unit)}
    dated = [(h.thing.code, h.achieved) for h in held if h.achieved and h.thing.code in units]
    sure, possible = set(units), set()
    for code, rules in load_rules([h.thing.pk for h in qualifications.values()], pairs).items():
        listed, when = all_units(rules.ruleset.root), qualifications[code].achieved
        sure |= set(sure_units(rules.ruleset, rules.units))
        possible |= set(listed)
        dated += [(unit, when) for unit in listed if when]
    holding = Holding(frozenset(sure), frozenset(possible - sure), frozenset(qualifications))
    return Holdings(held, holding, _latest(dated), counted_as, credited)


def _counted_as(held: Iterable[Held]) -> tuple[tuple[Held, Held], ...]:
    whole = {h.thing.pk: h for h in held if isinstance(h.thing, m.Qualification)}
    return tuple(
        (whole[pk], Held(there, whole[pk].achieved)) for pk, found in counting_as(whole).items() for there in found
    )


def comparison_notes(holdings: Holdings, asked: str = "") -> list[str]:
    """What qualifications from abroad or an earlier time were counted as, and those of which nobody decided that.

    `asked`: the code of the target; one that is asked for by itself needs no counterpart.
    """
    counted = {here.thing.code for here, _ in holdings.counted_as}
    told = [f"{here.thing.title} counts as {there.thing.title} here." for here, there in holdings.counted_as]
    for each in holdings.held:
        thing = each.thing
        if (
            isinstance(thing, m.Qualification)
            and thing.kind == "international"
            and thing.code not in {*counted, asked}
        ):
            told.append(f"What {thing.title} counts as here is not decided, so it was counted as itself alone.")
    return told


def _latest(dated: Iterable[tuple[str, PartialDate]]) -> dict[str, PartialDate]:
    """The latest date of each unit: achieved again, it is as young as that."""
    found: dict[str, PartialDate] = {}
    for unit, when in dated:
        if unit not in found or found[unit].latest < when.latest:
            found[unit] = when
    return found


def age_notes(aged: Aged, years: int | None, title: str, titles: Mapping[str, str]) -> Sequence[str]:
    """What a reader should know of credit that is too old, or of unknown age, for a qualification."""

    def named(units: Iterable[str]) -> str:
        return listing([f"“{titles.get(unit, unit)}”" for unit in sorted(units)])

    limit = f"Credit counts towards {title} for {number(years or 0, 'year')}"
    said = []
    if aged.too_old:
        said.append(f"{limit}: {named(aged.too_old)} was achieved too long ago and does not count.")
    if aged.unsure:
        said.append(
            f"{limit}: whether {named(aged.unsure)} still counts cannot be said without when it was achieved; write "
            "it after the code, such as @ 2015-06."
        )
    return said
