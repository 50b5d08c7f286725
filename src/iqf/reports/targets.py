"""What a target asks for: a role, a qualification, a framework or single statements; what binds, what is shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iqf.analysis.partial_dates import partial
from iqf.analysis.status import Availability, can_start
from iqf.analysis.topup.records import Choice, Need, Option
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find, statement
from iqf.catalogue.rulesets import Countable, Pairs, countable
from iqf.reports.asked import Asked, Bound, asked_by
from iqf.reports.things import Ref, ref

TARGETS = ("role", "qualification", "framework")


@dataclass(frozen=True)
class Wanted:
    """A statement that is asked for."""

    framework: str
    code: str
    title: str
    strength: str
    default: bool


@dataclass(frozen=True)
class Target:
    """What a target asks for. `choices`: the qualifications that bind, one of each; `wanted`: statements.

    `options`: the qualifications of the choices by code, with `rules` where their units are on record. `shown`: what
    a role asks for less strongly. `notes`: what a reader should know of it.
    """

    ref: Ref
    choices: tuple[Choice, ...]
    wanted: tuple[Wanted, ...]
    options: Mapping[str, Ref]
    rules: Mapping[str, Countable]
    shown: tuple[Asked, ...] = ()
    notes: tuple[str, ...] = ()
    open_to_all: bool = False

    def years(self, option: str) -> int | None:
        """For how many years credit counts towards one of its qualifications; None: without limit."""
        return self.rules[option].credit_years if option in self.rules else None

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing is on record that it asks for."""
        return not self.choices and not self.wanted

    def needs(self, fully: bool) -> tuple[Need, ...]:
        """Its statements as needs; `fully`: each is to be reached in full."""
        return tuple(Need(key(w.framework, w.code), w.title, fully, w.code) for w in self.wanted)


def key(framework: str, code: str) -> str:
    """One name for a statement of a framework: codes are the framework's own, and two may share one."""
    return f"{framework}:{code}"


OFFERED = ("operational_start", "operational_end", "certification_end", "last_new_start", "stated_status")
"""The columns of a qualification that say when it is on offer."""


def offered(start: str, end: str, certification_end: str, last_new_start: str, stated: str) -> Availability:
    """When a qualification is on offer, by its `OFFERED` columns."""
    return Availability(partial(start), partial(end), partial(certification_end), partial(last_new_start), stated)


def closed_because(thing: m.Qualification, on: date) -> str:
    """Why nobody can begin a qualification on a day; blank where somebody can, or where that is not known."""
    if thing.is_retired:
        return "It is no longer in the framework."
    answer = can_start(offered(*(getattr(thing, name) for name in OFFERED)), on)
    return answer.because if answer.verdict == "no" else ""


def target_called(text: str, on: date, pairs: Pairs | None = None) -> Target:
    """The target called `text`: a role, a qualification, a framework, or statements with commas between them.

    A statement is its framework's code (`CC1`), or `FRAMEWORK:CODE` where several frameworks have it. Raises
    NotFoundError or AmbiguousError.
    """
    try:
        thing = find(text, TARGETS)
    except NotFoundError:
        return _statements(text)
    if isinstance(thing, m.Role):
        return _role(thing, on, pairs)
    if isinstance(thing, m.Qualification):
        return _qualification(thing, on, pairs)
    rows = m.Statement.objects.filter(LIVE, framework__code=thing.code, parent=None).select_related("framework")
    return Target(ref(thing), (), tuple(_wanted(row) for row in rows), {}, {})


def _wanted(row: m.Statement, strength: str = "", default: bool = False) -> Wanted:
    return Wanted(row.framework.key, row.code, row.title, strength, default)


def _statements(text: str) -> Target:
    rows = [_statement(part.strip()) for part in text.split(",") if part.strip()]
    wanted = tuple(dict.fromkeys(_wanted(row) for row in rows))
    codes = ", ".join(w.code for w in wanted)
    named = Ref(codes, (), "; ".join(w.title for w in wanted), "statements")
    return Target(named, (), wanted, {}, {})


def _statement(text: str) -> m.Statement:
    framework, _, code = text.rpartition(":")
    if framework:
        return statement(_framework(framework), code)
    rows = list(m.Statement.objects.filter(LIVE, code__iexact=text).select_related("framework"))
    mapped = [row for row in rows if row.framework.judged.filter(LIVE).exists()] if len(rows) > 1 else rows
    if len(mapped) == 1:
        return mapped[0]
    if rows:
        named = ", ".join(f"{row.framework.key}:{row.code}" for row in rows[:6])
        raise NotFoundError(f'"{text}" is a statement of several frameworks; write which: {named}.')
    raise NotFoundError(
        f'There is no role, qualification, framework or statement called "{text}"; look for it with: '
        f'iqf search "{text}".'
    )


def _framework(text: str) -> m.Framework:
    found = find(text, ("framework",))
    if not isinstance(found, m.Framework):
        raise TypeError("only frameworks were looked for")
    return found


def _qualification(thing: m.Qualification, on: date, pairs: Pairs | None) -> Target:
    named = ref(thing)
    rules = countable([thing.pk], pairs)
    choice = Choice(thing.code, thing.title, (option_of(thing, rules, on),))
    return Target(named, (choice,), (), {thing.code: named}, rules)


def option_of(thing: m.Qualification, rules: Mapping[str, Countable], on: date) -> Option:
    """A qualification as one way to meet a requirement."""
    held = rules.get(thing.code)
    return Option(thing.code, thing.title, held.ruleset if held else None, closed_because(thing, on))


def _role(thing: m.Role, on: date, pairs: Pairs | None) -> Target:
    asked = asked_by([thing.pk])[thing.pk]
    binding = [a for a in asked if a.strength == "mandatory"]
    goals = {q.code: q for q in m.Qualification.objects.filter(code__in=[a.qualification.code for a in binding])}
    rules = countable([q.pk for q in goals.values()], pairs)
    entries = [row.entry for row in thing.entry_positions.filter(LIVE)]
    choices = choices_of((Bound(a.qualification.code, a.choice_group) for a in binding), goals, rules, on)
    wanted = wanted_by([thing.pk])[thing.pk]
    return Target(
        ref=ref(thing),
        choices=choices,
        wanted=wanted,
        options={a.qualification.code: a.qualification for a in binding},
        rules=rules,
        shown=tuple(a for a in asked if a.strength != "mandatory"),
        notes=(*_doubts(binding), *_about_entry(entries, bool(choices)), *_about(wanted)),
        open_to_all="none" in entries,
    )


def choices_of(
    binding: Iterable[Bound], goals: Mapping[str, m.Qualification], rules: Mapping[str, Countable], on: date
) -> tuple[Choice, ...]:
    """The requirements that bind a role: each alone, or a group of which one is enough. `goals`: them by code."""
    groups: dict[str, list[Bound]] = {}
    for n, row in enumerate(binding):
        groups.setdefault(row.choice_group or f"#{n + 1}", []).append(row)
    return tuple(_choice(name, rows, goals, rules, on) for name, rows in groups.items())


def _choice(
    name: str, rows: list[Bound], goals: Mapping[str, m.Qualification], rules: Mapping[str, Countable], on: date
) -> Choice:
    options = tuple(option_of(goals[row.qualification], rules, on) for row in rows)
    title = options[0].title if len(options) == 1 else f"One of: {'; '.join(o.title for o in options)}"
    return Choice(name, title, options)


def wanted_by(roles: Collection[int]) -> dict[int, tuple[Wanted, ...]]:
    """The statements that each of these roles needs, by its primary key."""
    rows = (
        m.Alignment.objects.filter(LIVE, role__in=roles, verb="requires", statement__retired_on__isnull=True)
        .select_related("statement__framework", "citation")
        .order_by("statement__framework__key", "statement__position")
    )
    found: dict[int, tuple[Wanted, ...]] = dict.fromkeys(roles, ())
    for row in rows:
        default = row.citation.certainty == "default"
        if row.role_id is not None:
            found[row.role_id] += (_wanted(row.statement, row.strength, default),)
    return found


@dataclass(frozen=True)
class OnRecord:
    """Roles of which it is not on record, or not wholly, what they ask for; by their codes.

    `silent`: nothing at all. `open`: nothing is required, which is on record. `uncounted`: something stands at entry,
    but which qualification that means does not, so no sum has it. `entries`: what stands at entry.
    """

    silent: frozenset[str]
    open: frozenset[str]
    uncounted: frozenset[str]
    entries: Mapping[str, tuple[str, ...]]


def on_record(codes: Collection[str]) -> OnRecord:
    """Which of these roles ask for nothing that is on record, and what stands at the entry of each."""
    standing = m.Requirement.objects.filter(LIVE, strength="mandatory", qualification__retired_on__isnull=True)
    binds = set(standing.filter(role__code__in=codes).values_list("role__code", flat=True))
    needs = m.Alignment.objects.filter(LIVE, verb="requires", statement__retired_on__isnull=True)
    wants = set(needs.filter(role__code__in=codes).values_list("role__code", flat=True))
    entries: dict[str, tuple[str, ...]] = {}
    rows = m.EntryPosition.objects.filter(LIVE, role__code__in=codes).order_by("pk")
    for code, entry in rows.values_list("role__code", "entry"):
        entries[code] = (*entries.get(code, ()), entry)
    roles = m.Role.objects.filter(code__in=codes).values_list("code", flat=True)
    nothing = frozenset(roles) - binds - wants
    open_to_all = frozenset(code for code in nothing if "none" in entries.get(code, ()))
    named = frozenset(code for code, at in entries.items() if any(each != "none" for each in at))
    return OnRecord(nothing - open_to_all, open_to_all, named - binds, entries)


def _doubts(binding: Iterable[Asked]) -> Iterable[str]:
    for row in binding:
        if row.area:
            yield f"{row.qualification.title} is asked for in {row.area} only; it is counted as asked for here."
        if row.views.contested:
            yield f"That {row.qualification.title} is required is disputed; it is counted as required here."


def _about_entry(entries: Iterable[str], asks: bool) -> Iterable[str]:
    named = [entry for entry in entries if entry != "none"]
    if named and not asks:
        yield (
            f"On record at entry: {'; '.join(named)}. Which qualification that means is not on record, so it is "
            "not in the sum."
        )


def _about(wanted: tuple[Wanted, ...]) -> Iterable[str]:
    if wanted and all(w.default for w in wanted):
        yield (
            "The statements that this role needs are only the default for every core role; nobody has yet said what "
            "it needs in particular."
        )
