"""What does the rule of inclusion say, and what would it change: what enters, what leaves, what waits?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localtime

from iqf.accounts.prepared import Prepared
from iqf.analysis.inclusion import BORDERLINE, DEEDS, IN, Clause, Rule, plain
from iqf.catalogue import models as m
from iqf.catalogue.inclusion import ENTERS, HELD, LEAVES, STAYS, Judged, gone, judged, rule_in_force
from iqf.catalogue.models.things import LIVE
from iqf.codes import level_words
from iqf.reports.things import Ref, ref

NO_AREA = "not stated"
CHANGES = {ENTERS: "enters", LEAVES: "leaves", STAYS: "stays", HELD: "held already"}
COLUMNS = ("change", "number", "title", "owner", "level", "subject_area", "lists", "code", "because")


@dataclass(frozen=True)
class Line:
    """One official row, once however many lists hold it: what happens to it, and why."""

    change: str
    subject: str
    number: str
    title: str
    owner: str
    level: str
    subject_area: str
    lists: tuple[str, ...]
    code: str
    because: str
    clauses: tuple[str, ...] = ()

    @property
    def level_words(self) -> str:
        """The level as a person reads it."""
        return level_words(self.level) if "/" not in self.level else f"Level {self.level}"


@dataclass(frozen=True)
class ClauseCount:
    """A clause in words: for how many rows it decides, and for how many of them no other clause does."""

    name: str
    deed: str
    words: str
    rows: int
    alone: int


@dataclass(frozen=True)
class AreaCount:
    """A subject area as the lists print it: rows, how many are in, how many wait for a reviewer."""

    area: str
    rows: int
    admitted: int
    borderline: int


@dataclass(frozen=True)
class InclusionAnswer:
    """A rule, and its effect on the register as it stands. `draft`: it is not the rule in force.

    `version` 0: no rule was ever applied. `held`: rows that stand in the framework by another collection, of which
    the rule does not speak. `gone`: admitted ones that no list holds any more; they stay.
    """

    version: int
    draft: bool
    by: str
    reason: str
    since: datetime | None
    clauses: tuple[ClauseCount, ...]
    rows: int
    enters: tuple[Line, ...]
    leaves: tuple[Line, ...]
    stays: tuple[Line, ...]
    borderline: tuple[Line, ...]
    refused: int
    held: int
    gone: tuple[Ref, ...]
    areas: tuple[AreaCount, ...]

    @property
    def changes_nothing(self) -> bool:
        """True where applying the rule would neither admit nor let go."""
        return not self.enters and not self.leaves


def inclusion(rule: Rule | None = None) -> InclusionAnswer:
    """The effect of a rule, or without one of the rule in force, on the register as it stands. Nothing is written."""
    now = rule_in_force()
    found = list(judged(rule or now.rule))
    lines = {change: tuple(_line(j) for j in found if j.change == change) for change in (ENTERS, LEAVES, STAYS)}
    waiting = [j for j in found if j.verdict.standing == BORDERLINE and j.change != HELD]
    return InclusionAnswer(
        version=now.version,
        draft=rule is not None and rule != now.rule,
        by=now.by,
        reason=now.reason,
        since=now.since,
        clauses=tuple(_clauses(rule or now.rule, found)),
        rows=len(found),
        enters=lines[ENTERS],
        leaves=lines[LEAVES],
        stays=lines[STAYS],
        borderline=tuple(sorted(map(_line, waiting), key=lambda x: (x.clauses, x.subject_area, x.title))),
        refused=sum(j.verdict.by == "reviewer" and j.verdict.standing != IN for j in found),
        held=sum(j.change == HELD for j in found),
        gone=tuple(ref(a.qualification) for a in gone()),
        areas=_areas(found),
    )


def _line(found: Judged) -> Line:
    candidate, row = found.candidate, found.candidate.row
    number = f"{row.number[:3]}/{row.number[3:7]}/{row.number[7:]}" if row.number else ""
    change = CHANGES.get(found.change, "waits" if found.verdict.standing == BORDERLINE else "out")
    because = f"It stands in the framework as {found.held_by}." if found.held_by else found.verdict.because
    return Line(
        change,
        candidate.subject,
        number,
        row.title,
        row.owner,
        row.level,
        row.area,
        candidate.registers,
        found.held_by or found.code,
        because,
        found.verdict.clauses,
    )


def _clauses(rule: Rule, found: Iterable[Judged]) -> Iterable[ClauseCount]:
    speaking = [j.verdict.clauses for j in found]
    rows = Counter(name for names in speaking for name in names)
    alone = Counter(names[0] for names in speaking if len(names) == 1)
    for clause in sorted(rule.clauses, key=lambda c: DEEDS.index(c.deed)):
        yield ClauseCount(clause.name, clause.deed, clause.words, rows[clause.name], alone[clause.name])


def _areas(found: Iterable[Judged]) -> tuple[AreaCount, ...]:
    """Areas with at least one row that is in or waits, fullest first, each under the spelling met most often."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    rows: Counter[str] = Counter()
    admitted: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for j in found:
        said = j.candidate.row.area or NO_AREA
        area = plain(said)
        spelt[area][said] += 1
        rows[area] += 1
        admitted[area] += j.verdict.standing == IN
        waiting[area] += j.verdict.standing == BORDERLINE
    counted = (
        AreaCount(spelt[a].most_common(1)[0][0], n, admitted[a], waiting[a])
        for a, n in rows.items()
        if admitted[a] or waiting[a]
    )
    return tuple(sorted(counted, key=lambda c: (-c.admitted, -c.borderline, c.area)))


def table(lines: Iterable[Line]) -> tuple[Sequence[str], list[list[object]]]:
    """Rows as a table, for a spreadsheet."""
    return COLUMNS, [
        [x.change, x.number, x.title, x.owner, x.level, x.subject_area, ", ".join(x.lists), x.code, x.because]
        for x in lines
    ]


@dataclass(frozen=True)
class Stated:
    """The rule in words, since when it holds, and what stands by it: for anyone to read."""

    version: int
    since: datetime | None
    reason: str
    clauses: tuple[Clause, ...]
    admitted: tuple[tuple[str, int], ...] = field(default=())

    @property
    def total(self) -> int:
        """How many qualifications were admitted and stand."""
        return sum(n for _, n in self.admitted)


BY = {"rule": "by the rule", "role": "because a role asks for them", "reviewer": "because a reviewer chose them"}


def stated() -> Stated:
    """The rule in force, and how many qualifications stand by it, by a role's asking and by a reviewer's choice."""
    now = rule_in_force()
    by = m.Admission.objects.filter(qualification__retired_on__isnull=True).values_list("by", flat=True)
    counts = Counter(by)
    ordered = tuple(sorted(now.rule.clauses, key=lambda c: DEEDS.index(c.deed)))
    return Stated(now.version, now.since, now.reason, ordered, tuple((BY[k], counts[k]) for k in BY if counts[k]))


@dataclass(frozen=True)
class ChoiceSaid:
    """What a reviewer decided about an official row (`chosen` or `refused`), when, and why. Never who."""

    subject: str
    title: str
    outcome: str
    reason: str
    on: date


def choice_about(subject: str) -> ChoiceSaid | None:
    """The choice that stands about an official row, under what it is judged by; None where there is none."""
    return next(iter(_said(m.InclusionChoice.objects.filter(LIVE, subject=subject))), None)


def latest_choices(most: int) -> tuple[ChoiceSaid, ...]:
    """The choices that stand, latest first, at most so many."""
    return tuple(_said(m.InclusionChoice.objects.filter(LIVE).order_by("-id")[:most]))


def _said(rows: Iterable[m.InclusionChoice]) -> Iterable[ChoiceSaid]:
    return (ChoiceSaid(c.subject, c.title, c.outcome, c.reason, localtime(c.decided_at).date()) for c in rows)


@dataclass(frozen=True)
class Included:
    """Why a qualification admitted from an official list stands; `on_a_list`: one still prints it."""

    by: str
    because: str
    on_a_list: bool


_admission = Prepared(
    lambda qualification: m.Admission.objects.filter(qualification=qualification).order_by("pk")[:1]
)


def why_included(qualification: m.Qualification) -> Included | None:
    """Why it was admitted; None for what another collection brought."""
    admission = _admission.first(qualification.pk)
    if admission is None:
        return None
    links = qualification.official_links.filter(LIVE, official_row__retired=False)
    return Included(admission.by, admission.because, links.exists())
