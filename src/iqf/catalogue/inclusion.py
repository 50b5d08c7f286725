"""What the rule of inclusion says of every official row as the register and the catalogue stand now.

One number is judged once, however many lists hold it: by the row of the list that comes first in `PRECEDENCE`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import NamedTuple

from django.db.models import QuerySet

from iqf.analysis.inclusion import BORDERLINE, IN, OUT, Choice, Row, Rule, Verdict, judge, read_rule, rule_of
from iqf.catalogue import models as m
from iqf.catalogue.joined import codes_now
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.codes import parse_qan
from iqf.register.models import OfficialRow

COLLECTION = "inclusion"
"""The collection under which admitted qualifications are cited: no other collection's are touched by the rule."""
PRECEDENCE = ("ofqual-register", "approved-qualifications", "early-years")
"""Which list is believed where several hold a number: the register itself, then what is funded, then what counts."""
ENTERS, STAYS, LEAVES, HELD, NONE = "enters", "stays", "leaves", "held", ""
SHIPPED = "The rule as it comes with the product."

NUMBERLESS = Verdict(OUT, "nobody", "It carries no qualification number: only a reviewer's choice admits it.")
"""Nothing shows that a row without a number is not held already under another name, so no clause admits it."""

_FIELDS = ("pk", "register", "reference", "number", "title", "owner", "level")
_FACTS = ("facts__subject_area", "facts__type")


@dataclass(frozen=True)
class RuleInForce:
    """The rule that was applied last, by whom, when and why; version 0 is the one shipped, never applied here."""

    rule: Rule
    version: int
    by: str
    reason: str
    since: datetime | None


@dataclass(frozen=True)
class Candidate:
    """What is judged once: a number, or a row without one; the row that speaks for it, and the lists that hold it."""

    subject: str
    pk: int
    register: str
    reference: str
    registers: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class Judged:
    """The verdict on a candidate, and what it changes: it enters, stays, leaves, or nothing.

    `held`: another collection brought it, and the rule does not speak of it; `held_by` is its code there. `code` is
    the qualification that was once admitted from it.
    """

    candidate: Candidate
    verdict: Verdict
    change: str
    code: str
    held_by: str


def shipped_rule() -> Rule:
    """The rule as it comes with the product."""
    return read_rule((files("iqf") / "handbook" / "inclusion.toml").read_text(encoding="utf-8"))


def rule_in_force() -> RuleInForce:
    """The rule applied last; before the first time, the shipped one as version 0."""
    last = m.InclusionRule.objects.first()
    if last is None:
        return RuleInForce(shipped_rule(), 0, "", SHIPPED, None)
    return RuleInForce(rule_of(last.clauses), last.version, last.by, last.reason, last.in_force_from)


def choices() -> dict[str, m.InclusionChoice]:
    """What reviewers decided and did not undo, by subject."""
    return {c.subject: c for c in m.InclusionChoice.objects.filter(LIVE)}


def subject_of(register: str, reference: str, number: str) -> str:
    """What a row is judged under: its qualification number, else its list and reference."""
    return number or f"{register}:{reference}"


def candidates(numberless: Collection[str], of: Collection[str] | None = None) -> list[Candidate]:
    """Every standing row that describes a qualification, each number once; of those without a number only these.

    `of`: only these subjects. A subject area or type that the first list does not print is taken from the next one
    that does.
    """
    found: dict[str, list[_Listed]] = defaultdict(list)
    for rows in _rows_of(of):
        for row in rows.values_list(*_FIELDS, *_FACTS):
            listed = _Listed(*row)
            subject = subject_of(listed.register, listed.reference, listed.number)
            if (listed.number or subject in numberless) and (of is None or subject in of):
                found[subject].append(listed)
    return [_candidate(subject, found[subject]) for subject in sorted(found)]


def _rows_of(of: Collection[str] | None) -> Iterator[QuerySet[OfficialRow]]:
    """The rows to look at: all, or those with the numbers and those without one, a few hundred at a time."""
    rows = OfficialRow.objects.filter(kind="qualification", retired=False)
    if of is None:
        yield rows
        return
    numbers = sorted(subject for subject in of if ":" not in subject)
    references = sorted({subject.partition(":")[2] for subject in of if ":" in subject})
    yield from (rows.filter(number__in=chunk) for chunk in batched(numbers))
    yield from (rows.filter(number="", reference__in=chunk) for chunk in batched(references))


def batched(values: list[str], size: int = 500) -> Iterator[list[str]]:
    """A list in pieces that a database takes as parameters of one question."""
    yield from (values[start : start + size] for start in range(0, len(values), size))


class _Listed(NamedTuple):
    pk: int
    register: str
    reference: str
    number: str
    title: str
    owner: str
    level: str
    area: str | None
    kind: str | None


def _candidate(subject: str, several: list[_Listed]) -> Candidate:
    ranked = sorted(several, key=_precedes) if len(several) > 1 else several
    first = ranked[0]
    area = next((listed.area for listed in ranked if listed.area), "")
    kind = next((listed.kind for listed in ranked if listed.kind), "")
    registers = tuple(dict.fromkeys(listed.register for listed in ranked))
    row = Row(first.title, area, first.level, first.owner, first.number, kind)
    return Candidate(subject, first.pk, first.register, first.reference, registers, row)


def _precedes(listed: _Listed) -> tuple[int, str, str]:
    return _rank(listed.register), listed.register, listed.reference


def _rank(register: str) -> int:
    return PRECEDENCE.index(register) if register in PRECEDENCE else len(PRECEDENCE)


def judged(rule: Rule, of: Collection[str] | None = None) -> Iterator[Judged]:
    """Every candidate under a rule, or only those of some subjects, with what applying the rule would change."""
    chosen, asked = choices(), _asked_for()
    ours, others = _admitted(), held_by_others()
    for candidate in candidates(chosen.keys() | ours.keys(), of):
        choice = chosen.get(candidate.subject)
        said = Choice(choice.outcome, choice.reason) if choice else None
        number = candidate.row.number
        verdict = judge(rule, candidate.row, asked.get(number, ""), said) if number or said else NUMBERLESS
        own, other = ours.get(candidate.subject, ("", False)), others.get(candidate.subject, "")
        yield Judged(candidate, verdict, _change(verdict, own[1], bool(other)), own[0], other)


@dataclass(frozen=True)
class Waiting:
    """What a rule leaves to people: how many rows would enter once it is applied, and those that it asks about."""

    entering: int
    borderline: tuple[Judged, ...]


def waiting(rule: Rule, of: Collection[str] | None = None) -> Waiting:
    """The rows of `judged` that would enter or are put to a reviewer, found without judging all the others.

    `of`: only among these subjects.
    """
    entering, borderline = 0, []
    for found in judged(rule, _spoken_of(rule) if of is None else of):
        entering += found.change == ENTERS
        if found.verdict.standing == BORDERLINE and found.change != HELD:
            borderline.append(found)
    return Waiting(entering, tuple(borderline))


def _spoken_of(rule: Rule) -> set[str] | None:
    """The subjects that may enter or be asked about; None: all of them."""
    if rule.admits_unread or rule.asks_unread:
        return None
    rows = OfficialRow.objects.filter(kind="qualification", retired=False)
    listed = rows.values_list("register", "reference", "number", "title").iterator(chunk_size=5000)
    said = {subject_of(*row[:3]) for row in listed if rule.may_admit(row[3]) or rule.may_ask(row[3])}
    return said | choices().keys() | _asked_for().keys()


def _change(verdict: Verdict, stands: bool, held: bool) -> str:
    if held:
        return LEAVES if stands else HELD
    if verdict.standing == IN:
        return STAYS if stands else ENTERS
    return LEAVES if stands else NONE


def _asked_for() -> dict[str, str]:
    """The first role that asks for each number."""
    rows = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).exclude(qualification__number="")
    found: dict[str, str] = {}
    for number, title in rows.order_by("role__title").values_list("qualification__number", "role__title"):
        found.setdefault(number, title)
    return found


def _admitted() -> dict[str, tuple[str, bool]]:
    """Every qualification ever admitted, by its subject: its code, and whether it stands."""
    rows = m.Admission.objects.values_list("subject", "qualification__code", "qualification__retired_on")
    return {subject: (code, retired is None) for subject, code, retired in rows}


def held_by_others() -> dict[str, str]:
    """Subjects that stand in the catalogue by another collection: numbers, and rows tied to it; the code of each."""
    rows = m.Qualification.objects.filter(LIVE).exclude(citation__collection=COLLECTION).order_by("-code")
    tied = rows.filter(official_links__retired_on__isnull=True, official_links__official_row__number="")
    named = tied.values_list(
        "official_links__official_row__register", "official_links__official_row__reference", "code"
    )
    numbered = dict(rows.exclude(number="").values_list("number", "code"))
    return _joined() | {subject_of(register, reference, ""): code for register, reference, code in named} | numbered


def _joined() -> dict[str, str]:
    """Subjects of entries that were joined into others, which stand for them: the code of each."""
    were = m.Qualification.objects.filter(joined_into__isnull=False)
    codes = codes_now(were.values_list("code", flat=True))
    numbered = {number: codes[code] for number, code in were.exclude(number="").values_list("number", "code")}
    admitted = {subject: codes[code] for subject, code in were.values_list("admission__subject", "code") if subject}
    own = dict(
        m.Admission.objects.filter(qualification__retired_on=None).values_list("subject", "qualification__code")
    )
    return {subject: code for subject, code in (numbered | admitted).items() if own.get(subject) != code}


def gone() -> list[m.Admission]:
    """Standing admissions of which no list holds a row any more. They stay; their page says so."""
    standing = m.Admission.objects.filter(qualification__retired_on__isnull=True).select_related("qualification")
    rows = OfficialRow.objects.filter(kind="qualification", retired=False)
    held = {subject_of(*row) for row in rows.values_list("register", "reference", "number")}
    held |= {subject_of(register, reference, "") for register, reference in rows.values_list("register", "reference")}
    return [a for a in standing.order_by("qualification__title") if a.subject not in held]


def named(text: str) -> tuple[str, str]:
    """The subject and title that a number in any notation, or `list:reference`, stands for. Raises NotFoundError."""
    rows = OfficialRow.objects.filter(kind="qualification", retired=False)
    register, _, reference = text.strip().partition(":")
    number = parse_qan(text)
    if number is not None:
        rows = rows.filter(number=number.stored)
    else:
        rows = rows.filter(register=register.strip().lower(), reference=reference.strip().upper())
    found = sorted(rows, key=lambda r: (_rank(r.register), r.register, r.reference))
    if not found:
        what = "a qualification number such as 603/5829/4, or a list and its reference such as early-years:EYQ-018"
        raise NotFoundError(f'No official list that was read holds "{text}"; give {what}.')
    return subject_of(found[0].register, found[0].reference, found[0].number), found[0].title
