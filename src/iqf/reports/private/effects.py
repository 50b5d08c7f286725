"""What would follow from a proposal? The catalogue as it would stand, checked, and compared with what stands now."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from iqf.analysis.likeness import Pair, Titled, between
from iqf.analysis.naming import Breach, Named, check
from iqf.analysis.rule_cells import rule_of
from iqf.analysis.rule_lines import LinePair, RuleLine, lines, side_by_side
from iqf.catalogue import models as m
from iqf.catalogue.editable.entities import CODE, ENTITIES
from iqf.catalogue.editable.holds import ThingOf
from iqf.catalogue.editable.rows import cells_of, standing
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.titled import titled_qualifications, titled_units
from iqf.reports.quality import quality_of
from iqf.reports.quality.finding import Example
from iqf.reports.things import Ref
from iqf.reports.trail import things_called
from iqf.review.models import Proposal, ProposedChange
from iqf.review.trial import as_it_would_be

RULES: Final = ("rule group", "rule unit")
NAMED: Final = ("qualification", "unit")
LIKENESS: Final = frozenset(
    ("title", "level", "owner", "number", "reference", "kind", "stands_for", "operational_start", "operational_end")
)
"""Columns that likeness looks at."""
NAMES: Final = "names-follow-protocol"


@dataclass(frozen=True)
class RuleEffect:
    """The rule of one qualification now and as it would be, group by group; unit titles by code; what is wrong."""

    qualification: Ref | str
    pairs: tuple[LinePair, ...]
    titles: Mapping[str, str]
    faults: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """True where any group does."""
        return any(pair.state != "same" for pair in self.pairs)


@dataclass(frozen=True)
class CheckEffect:
    """One quality check that would find more, or fewer, cases: its id, its public wording, and which cases."""

    id: str
    wording: str
    more: tuple[Example, ...]
    fewer: tuple[Example, ...]


@dataclass(frozen=True)
class NameEffect:
    """A rule of the naming protocol that a thing would not keep, or (`mended`) would keep again."""

    code: str
    title: str
    breach: Breach
    mended: bool


@dataclass(frozen=True)
class LikeEffect:
    """Two things that would look alike (`gone`: no longer would): how like, `same` or `similar`, and why."""

    a: Ref | str
    b: Ref | str
    score: float
    verdict: str
    why: str
    gone: bool


@dataclass(frozen=True)
class FaultShown:
    """Why one change cannot be made: its place (from 0), the column (blank: the row), a sentence; what it is now."""

    change: int
    column: str
    message: str
    now: str | None


@dataclass(frozen=True)
class Effects:
    """What would follow. `faults`: why it cannot be accepted as it is. `tried`: false where nothing could be made, so
    that nothing is known of what would follow.
    """

    faults: tuple[FaultShown, ...]
    tried: bool
    rules: tuple[RuleEffect, ...] = ()
    checks: tuple[CheckEffect, ...] = ()
    names: tuple[NameEffect, ...] = ()
    likes: tuple[LikeEffect, ...] = ()


@dataclass
class _Standing:
    """What the checks say of the things concerned, now or as it would be."""

    rules: dict[str, tuple[tuple[RuleLine, ...], tuple[str, ...]]] = field(default_factory=dict)
    cases: dict[str, set[Example]] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    names: set[tuple[str, str, Breach]] = field(default_factory=set)
    likes: dict[tuple[str, str], Pair] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    known: dict[str, Ref] = field(default_factory=dict)


def effects(proposal: Proposal, edits: Mapping[int, Mapping[str, str]] | None = None) -> Effects:
    """What would follow from a proposal that has not ended. `edits`, by position: what a reviewer would make of a
    change. Nothing is written: the changes are tried and taken back.
    """
    changes = list(proposal.changes.all())
    concerned = _Concerned(changes)
    before = _look(concerned, concerned.codes)
    with as_it_would_be(proposal, edits) as tried:
        faults = tuple(FaultShown(f.change, f.column, f.message, f.now) for f in tried.faults)
        if tried.codes is None:
            return Effects(faults, tried=False)
        after = _look(concerned, concerned.codes | set(tried.codes.values()), tried.codes)
    return _compared(before, after, faults, set(tried.codes.values()))


class _Concerned:
    """The things that changes speak of, and those that lean on them."""

    def __init__(self, changes: Sequence[ProposedChange]) -> None:
        known = things_called({text for change in changes for text in _names(change)})
        self._known = {text: ref.code for text, ref in known.items()}
        own = [c for c in changes if c.entity in ENTITIES and ENTITIES[c.entity].is_thing]
        changed = {self.code(c.key.get(CODE, "")) for c in own}
        self.codes = frozenset({*self._known.values(), *_leaning(changed)})
        self.ruled = {c.key.get("qualification", "") for c in changes if c.entity in RULES}
        self.named = {c.key.get(CODE, "") for c in own if c.entity in NAMED and c.act != "retire"}
        self.liked = {
            kind: {c.key.get(CODE, "") for c in own if c.entity == kind and (c.act != "change" or _says_who(c))}
            for kind in NAMED
        }

    def code(self, text: str, new: Mapping[str, str] | None = None) -> str:
        """The permanent code behind a name in a cell."""
        return (new or {}).get(text) or self._known.get(text, text)


def _names(change: ProposedChange) -> Iterator[str]:
    """The names of things in the cells of a change."""
    entity = ENTITIES.get(change.entity)
    if entity is None:
        return
    columns = [column.name for column in entity.columns if isinstance(column.holds, ThingOf)]
    for cells in (change.key, change.base, change.wanted, change.accepted or {}):
        yield from (cells[name] for name in (CODE, *columns) if cells.get(name))


def _says_who(change: ProposedChange) -> bool:
    return bool(LIKENESS & {*change.wanted, *(change.accepted or {})})


def _leaning(changed: Collection[str]) -> Iterator[str]:
    """Qualifications made of changed units; roles that ask for changed qualifications, and units in these."""
    places = m.GroupUnit.objects.filter(LIVE, group__retired_on__isnull=True)
    yield from places.filter(unit__code__in=changed).values_list("group__qualification__code", flat=True)
    yield from places.filter(group__qualification__code__in=changed).values_list("unit__code", flat=True)
    asked = m.Requirement.objects.filter(LIVE, qualification__code__in=changed)
    yield from asked.values_list("role__code", flat=True)


def _look(concerned: _Concerned, codes: Collection[str], new: Mapping[str, str] | None = None) -> _Standing:
    seen = _Standing()
    for code in sorted({concerned.code(text, new) for text in concerned.ruled}):
        titles, found, faults = _rule(code)
        seen.rules[code] = found, faults
        seen.titles |= titles
    for checked in quality_of(codes):
        if checked.id != NAMES:
            seen.cases[checked.id] = set(checked.examples)
            seen.wordings[checked.id] = checked.wording
    seen.names = set(_breaches({concerned.code(text, new) for text in concerned.named}))
    for kind, records in (("qualification", titled_qualifications), ("unit", titled_units)):
        if liked := {concerned.code(text, new) for text in concerned.liked[kind]}:
            seen.likes |= _alike(liked, list(records()), kind)
    seen.known = things_called({*seen.rules, *(code for ends in seen.likes for code in ends)})
    return seen


def _rule(code: str) -> tuple[dict[str, str], tuple[RuleLine, ...], tuple[str, ...]]:
    """The titles of the units in the rule of a qualification, its lines, and what is wrong with it."""
    rows = {
        kind: [
            cells_of(ENTITIES[kind], row)
            for row in standing(ENTITIES[kind]).filter(**{f"{path}__code": code})
            if kind == "rule group" or not (row.unit.is_retired or row.group.is_retired)
        ]
        for kind, path in (("rule group", "qualification"), ("rule unit", "group__qualification"))
    }
    read = rule_of(code, rows["rule group"], rows["rule unit"])
    units = m.Unit.objects.filter(code__in={row["unit"] for row in rows["rule unit"]})
    titles = dict(units.values_list("code", "title"))
    return titles, lines(read.root, titles), read.faults


def _breaches(codes: Collection[str]) -> Iterator[tuple[str, str, Breach]]:
    for q in m.Qualification.objects.filter(LIVE, code__in=codes).select_related("owner"):
        owner = q.owner.title if q.owner else ""
        for breach in check(Named(q.title, q.level, owner, q.number, q.age_focus, q.award_type)):
            yield q.code, q.title, breach
    for u in m.Unit.objects.filter(LIVE, code__in=codes).select_related("owner"):
        for breach in check(Named(u.title, u.level, u.owner.title if u.owner else "")):
            yield u.code, u.title, breach


def _alike(codes: Collection[str], every: Sequence[Titled], kind: str) -> dict[tuple[str, str], Pair]:
    """The pairs of one of these and any other, by their codes in order."""
    found = between([r for r in every if r.key in codes], every)
    known: set[tuple[str, str]] = set()
    if kind == "unit":
        stated = m.Equivalence.objects.filter(LIVE).values_list("first__code", "second__code")
        known = {(min(pair), max(pair)) for pair in stated}
    pairs = {(min(p.a, p.b), max(p.a, p.b)): p for p in found.pairs if p.a != p.b}
    return {ends: pair for ends, pair in pairs.items() if ends not in known}


def _compared(before: _Standing, after: _Standing, faults: tuple[FaultShown, ...], fresh: set[str]) -> Effects:
    likes = [(before.likes[k], True) for k in before.likes.keys() - after.likes.keys()]
    likes += [(after.likes[k], False) for k in after.likes.keys() - before.likes.keys()]
    known: dict[str, Ref | str] = {**before.known, **after.known}
    known |= {code: f"{after.known[code].title} (new)" for code in fresh & after.known.keys()}
    return Effects(
        faults=faults,
        tried=True,
        rules=tuple(_rules(before, after, known)),
        checks=tuple(_checks(before, after, fresh)),
        names=tuple(_names_compared(before, after, fresh)),
        likes=tuple(_like(pair, gone, known) for pair, gone in sorted(likes, key=_best_first)),
    )


def _best_first(like: tuple[Pair, bool]) -> tuple[Any, ...]:
    pair, gone = like
    return (gone, pair.verdict != "same", -pair.score, pair.a, pair.b)


def _like(pair: Pair, gone: bool, known: Mapping[str, Ref | str]) -> LikeEffect:
    return LikeEffect(known[pair.a], known[pair.b], pair.score, pair.verdict, pair.why, gone)


def _rules(before: _Standing, after: _Standing, known: Mapping[str, Ref | str]) -> Iterator[RuleEffect]:
    titles = {**before.titles, **after.titles}
    for code, (now, faults) in after.rules.items():
        was, _ = before.rules.get(code, ((), ()))
        yield RuleEffect(known.get(code, code), side_by_side(was, now), titles, faults)


def _checks(before: _Standing, after: _Standing, fresh: set[str]) -> Iterator[CheckEffect]:
    for key, wording in after.wordings.items():
        more, fewer = after.cases[key] - before.cases[key], before.cases[key] - after.cases[key]
        if more or fewer:
            yield CheckEffect(key, wording, _ordered(more, fresh), _ordered(fewer, fresh))


def _ordered(cases: Iterable[Example], fresh: set[str]) -> tuple[Example, ...]:
    """Cases by title; a thing that does not stand yet has no code to show."""
    shown = (Example("" if case.code in fresh else case.code, case.title, case.matter) for case in cases)
    return tuple(sorted(shown, key=lambda case: (case.title, case.code, case.matter)))


def _names_compared(before: _Standing, after: _Standing, fresh: set[str]) -> Iterator[NameEffect]:
    for mended, found in ((False, after.names - before.names), (True, before.names - after.names)):
        for code, title, breach in sorted(found, key=lambda b: (b[0], b[2].field, b[2].sentence)):
            yield NameEffect("" if code in fresh else code, title, breach, mended)
