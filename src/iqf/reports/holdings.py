"""What somebody holds, as it was written: units and qualifications, perhaps with a date; statements credited."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iqf.analysis.credit_age import Aged, counting
from iqf.analysis.partial_dates import PartialDate, PartialDateError, partial
from iqf.analysis.rule_words import listing, number
from iqf.analysis.rules import Holding, all_units, sure_units
from iqf.analysis.topup.records import Need
from iqf.catalogue import models as m
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import NotFoundError, find, find_each, statement
from iqf.catalogue.rulesets import Countable, Pairs, countable
from iqf.reports.comparisons import counting_as
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
    return held_each([text])[0]


def held_each(texts: Sequence[str]) -> tuple[Held, ...]:
    """The same of several, asked of the database at once."""
    read = [(match[1], match[2]) if (match := WHEN.match(text.strip())) else (text, "") for text in texts]
    found = find_each([name for name, _ in read], KINDS)
    return tuple(Held(found[name], _achieved(name, when)) for name, when in read)


def _achieved(name: str, when: str) -> PartialDate | None:
    try:
        return partial(when)
    except PartialDateError as error:
        raise NotFoundError(f"{str(error).rstrip('.')}; it stands after {name} @.") from None


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
    held = held_each([text for found, text in read if found is None])
    credited = tuple(dict.fromkeys(found for found, _ in read if found is not None))
    return replace(holdings_each([held], pairs)[0], credited=credited)


def holdings_each(several: Sequence[tuple[Held, ...]], pairs: Pairs | None = None) -> list[Holdings]:
    """What holding each of these amounts to: for any number of holders in as many questions as for one."""
    whole = {h.thing.pk for held in several for h in held if isinstance(h.thing, m.Qualification)}
    counted = counting_as(whole)
    whole |= {there.pk for found in counted.values() for there in found}
    rules = countable(whole, pairs)
    return [_holdings(held, counted, rules) for held in several]


def _holdings(
    held: tuple[Held, ...], counted: Mapping[int, Sequence[m.Qualification]], rules: Mapping[str, Countable]
) -> Holdings:
    counted_as = _counted_as(held, counted)
    every = (*held, *(there for _, there in counted_as))
    qualifications = {h.thing.code: h for h in reversed(every) if isinstance(h.thing, m.Qualification)}
    units = {h.thing.code for h in held if isinstance(h.thing, m.Unit)}
    dated = [(h.thing.code, h.achieved) for h in held if h.achieved and h.thing.code in units]
    sure, possible = set(units), set()
    for code, whole in qualifications.items():
        if code in rules:
            listed = all_units(rules[code].ruleset.root)
            sure |= set(sure_units(rules[code].ruleset, rules[code].units))
            possible |= set(listed)
            dated += [(unit, whole.achieved) for unit in listed if whole.achieved]
    holding = Holding(frozenset(sure), frozenset(possible - sure), frozenset(qualifications))
    return Holdings(held, holding, _latest(dated), counted_as)


def _counted_as(
    held: Iterable[Held], counted: Mapping[int, Sequence[m.Qualification]]
) -> tuple[tuple[Held, Held], ...]:
    whole = {h.thing.pk: h for h in held if isinstance(h.thing, m.Qualification)}
    return tuple(
        (whole[pk], Held(there, whole[pk].achieved))
        for pk, found in counted.items()
        for there in found
        if pk in whole
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
