"""What has become of a thing: every change of it and of what joins it to others, newest first, by day and origin."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.utils.timezone import localdate

from iqf.accounts.queries import history as events_of
from iqf.analysis.earlier import State
from iqf.analysis.rule_cells import rule_of
from iqf.analysis.rule_lines import LinePair, RuleLine, side_by_side
from iqf.analysis.rule_lines import lines as rule_lines
from iqf.catalogue.earlier import Present, entity_of_name, itself, present, states
from iqf.catalogue.models import Unit
from iqf.catalogue.models.things import Thing
from iqf.reports.changes import INGEST, Authors, Behind, ChangeLine, kind_done, lines, why_of
from iqf.reports.things import Ref, ref

PER_PAGE: Final = 20
SHOWN: Final = 100
"""So many changes of one group are shown at once; there may be thousands."""
RULES: Final = ("rule group", "rule unit")


@dataclass(frozen=True)
class RuleThen:
    """The rule of a qualification before and after, group by group; unit titles by code."""

    pairs: tuple[LinePair, ...]
    titles: dict[str, str]

    @property
    def was(self) -> bool:
        """True where there was a rule before."""
        return any(pair.before for pair in self.pairs)


@dataclass(frozen=True)
class Group:
    """Changes made together: on one day by one import, one proposal, or one person for one reason.

    `number`: that of the latest of them, by which the state after them is found; `first`: that of the earliest.
    `counts`: how many of what. `changes`: some of the `total`, from `offset` on. `rule`: where rule rows changed.
    """

    number: int
    first: int
    on: date
    at: datetime
    who: str
    why: str
    source: Behind | None
    total: int
    counts: tuple[tuple[str, int], ...]
    offset: int
    changes: tuple[ChangeLine, ...]
    rule: RuleThen | None = None


@dataclass(frozen=True)
class HistoryAnswer:
    """The history of a thing: a page of groups out of `groups_total`, newest first; and how many changes in all."""

    thing: Ref
    retired: str
    total: int
    groups_total: int
    page: int
    pages: int
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class _Event:
    """What of a change tells which group it is of."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    origin: str
    reason: str


def history(
    text: str, *, page: int = 1, of: int | None = None, shown: int | None = SHOWN, named: bool = False
) -> HistoryAnswer:
    """The history of a thing, by any of its names. `of`: the number of one group; then `page` is of its changes.

    `shown`: so many changes of a group at once; None: everything on one page. `named`: with the names of people, for
    staff. Raises NotFoundError or AmbiguousError.
    """
    thing = itself(text)
    authors = Authors(named)
    groups = _groups(thing.code, authors)
    total = sum(map(len, groups))
    if of is not None:
        groups = [group for group in groups if group[0].number == of]
        pages = _pages(sum(map(len, groups)), shown)
        page = min(max(page, 1), pages)
        found = [_group(thing, g, authors, (page - 1) * (shown or 0), shown) for g in groups]
        return HistoryAnswer(ref(thing), thing.retired_because, total, len(groups), page, pages, tuple(found))
    per = None if shown is None else PER_PAGE
    pages = _pages(len(groups), per)
    page = min(max(page, 1), pages)
    on_page = groups if per is None else groups[(page - 1) * per : page * per]
    found = [_group(thing, g, authors, 0, shown) for g in on_page]
    return HistoryAnswer(
        ref(thing), thing.retired_because, total, len(groups), page, pages, tuple(_with_rules(thing, found))
    )


def _pages(count: int, per: int | None) -> int:
    return max(1, -(-count // per)) if per else 1


def _groups(code: str, authors: Authors) -> list[list[_Event]]:
    """The changes of a thing in groups, newest first."""
    rows = events_of(code).values_list("pk", "at", "actor", "action", "subject", "origin", "reason")
    found = (_Event(*row) for row in rows.iterator(chunk_size=2000))
    return [list(group) for _, group in groupby(found, key=lambda event: _together(event, authors))]


def _together(event: _Event, authors: Authors) -> tuple[object, ...]:
    """What changes of one group have in common."""
    on = localdate(event.at)
    if event.origin:
        return on, event.origin
    if event.reason.startswith(INGEST):
        read = authors.reading(event.at)
        return on, "import", read[1] if read else event.reason
    return on, event.actor, event.reason


def _group(thing: Thing, group: Sequence[_Event], authors: Authors, offset: int, shown: int | None) -> Group:
    last = group[0]
    part = group[offset:] if shown is None else group[offset : offset + shown]
    by = authors.of(last.at, last.actor, last.origin, last.reason)
    wanted = events_of(thing.code).filter(pk__lte=part[0].number, pk__gte=part[-1].number) if part else ()
    numbers = {event.number for event in part}
    counts = Counter(kind_done(event.action, event.subject) for event in group)
    return Group(
        number=last.number,
        first=group[-1].number,
        on=localdate(last.at),
        at=last.at,
        who=by.who,
        why=why_of(last.reason),
        source=by.source,
        total=len(group),
        counts=tuple(counts.most_common()),
        offset=offset,
        changes=lines((event for event in wanted if event.pk in numbers), thing.code),
    )


def _with_rules(thing: Thing, groups: Sequence[Group]) -> list[Group]:
    """The groups in which rows of the thing's own rule changed, with the rule before and after."""
    ruled = [g for g in groups if any(line.kind in RULES for line in g.changes)]
    if not ruled or thing._meta.model_name != "qualification":
        return list(groups)
    now = present(thing)
    numbers = {number for g in ruled for number in (g.number, g.first - 1)}
    at = {number: rule_then(now, state) for number, state in states(now, numbers)}
    titles = unit_titles(line for found in at.values() for line in found)
    rules = {g.number: RuleThen(side_by_side(at[g.first - 1], at[g.number]), titles) for g in ruled}
    return [Group(**{**vars(g), "rule": rules.get(g.number)}) for g in groups]


def rule_then(now: Present, state: State) -> tuple[RuleLine, ...]:
    """The rule of a qualification as it stood, as lines."""
    rows = {
        kind: [row.cells for name, row in state.rows.items() if row.stands and entity_of_name(name).kind == kind]
        for kind in RULES
    }
    titles = dict(
        Unit.objects.filter(code__in={row["unit"] for row in rows["rule unit"]}).values_list("code", "title")
    )
    return rule_lines(rule_of(now.thing.code, rows["rule group"], rows["rule unit"]).root, titles)


def unit_titles(found: Iterable[RuleLine]) -> dict[str, str]:
    """The titles of the units in lines of rules, by code."""
    codes = {code for line in found for code in line.units}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "title"))
