"""What does a person hold, what have they learned, what was credited, and what do they take to the calculators?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from iqf.analysis.partial_dates import partial
from iqf.catalogue import models as m
from iqf.catalogue.joined import standing
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import areas, find
from iqf.people import claim_states, queries
from iqf.people.models import Claim, ClaimedThing, EvidenceOfLearning, HeldItem, ShownThing
from iqf.people.scope import Scope
from iqf.reports.qualification import recognition
from iqf.reports.recognition import UNREGULATED
from iqf.reports.things import Ref, ref
from iqf.snapshot.coverage_filling import MOST_AREAS

CANNOT_SAY = "cannot say"


@dataclass(frozen=True)
class ShownHere:
    """A unit or statement that evidence shows or a claim asks for. `called`: how forms and addresses write it.

    `number` and `credited` where it belongs to a claim: None is not decided.
    """

    kind: str
    thing: Ref
    code: str
    title: str
    called: str
    number: int = 0
    credited: bool | None = None


@dataclass(frozen=True)
class ClaimSeen:
    """What became of a piece of evidence that was put to an assessor."""

    number: int
    state: str
    words: str
    assessor: str
    asked_on: date
    message: str
    how: str
    reason: str
    decided_on: date | None
    things: tuple[ShownHere, ...]
    may_withdraw: bool


@dataclass(frozen=True)
class EvidenceSeen:
    """A piece of evidence with what it is said to show and its claims, latest first."""

    number: int
    kind: str
    title: str
    date: str
    date_words: str
    provider: str
    hours: int | None
    text: str
    shows: tuple[ShownHere, ...]
    claims: tuple[ClaimSeen, ...]

    @property
    def fixed(self) -> bool:
        """Whether an assessor has it or has credited it, so that it stays as they saw it."""
        return any(c.state in (*claim_states.OPEN, claim_states.CREDITED) for c in self.claims)


@dataclass(frozen=True)
class ItemSeen:
    """Something held. `verdict` and `counts`: whether anybody has recorded what it counts for, and what."""

    number: int
    kind: str
    thing: Ref | None
    title: str
    achieved: str
    achieved_words: str
    awarded_by: str
    country: str
    note: str
    verdict: str
    counts: str


@dataclass(frozen=True)
class Credited:
    """A unit or statement that an assessor credited: for which evidence, who, why, and when."""

    what: ShownHere
    evidence: str
    kind: str
    assessor: str
    reason: str
    on: date


@dataclass(frozen=True)
class RoleSeen:
    """A role that the owner works in now."""

    number: int
    role: Ref


@dataclass(frozen=True)
class PortfolioAnswer:
    """Everything in a portfolio. `holding`: the lines that the calculators read, credited units among them.

    `number` is 0 where nothing has been put in it yet.
    """

    number: int
    name: str
    roles: tuple[RoleSeen, ...]
    items: tuple[ItemSeen, ...]
    evidence: tuple[EvidenceSeen, ...]
    credited: tuple[Credited, ...]
    holding: tuple[str, ...]
    as_of: date

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.roles and not self.items and not self.evidence


def portfolio(scope: Scope) -> PortfolioAnswer:
    """The portfolio in scope, one's own or the one that a link shows; an empty one where there is none yet."""
    held = queries.portfolios(scope).first()
    items = tuple(_item(row) for row in queries.items(scope))
    given = tuple(_credited(row) for row in queries.credited(scope))
    return PortfolioAnswer(
        number=held.pk if held else 0,
        name=held.shown_name if held else scope.who,
        roles=roles(scope),
        items=items,
        evidence=tuple(evidence_seen(row) for row in queries.evidence(scope)),
        credited=given,
        holding=_holding(items, given),
        as_of=localdate(),
    )


def roles(scope: Scope) -> tuple[RoleSeen, ...]:
    """The roles that the owner works in now; one into which another was joined stands once."""
    seen: dict[str, RoleSeen] = {}
    for row in queries.roles(scope):
        role = ref(standing(row.role))
        seen.setdefault(role.code, RoleSeen(row.pk, role))
    return tuple(seen.values())


def one_evidence(scope: Scope, number: int) -> EvidenceSeen:
    """One piece of evidence. Raises NotFoundError."""
    return evidence_seen(queries.one_evidence(scope, number))


def one_item(scope: Scope, number: int) -> ItemSeen:
    """One thing that is held. Raises NotFoundError."""
    return _item(queries.item(scope, number))


def _holding(items: Iterable[ItemSeen], given: Iterable[Credited]) -> tuple[str, ...]:
    """What is held as the calculators read it, one thing on a line; what is only claimed is not held."""
    lines = {i.thing.code: _line(i.thing.code, i.achieved) for i in items if i.thing}
    for row in given:
        if row.what.kind == "unit":
            lines.setdefault(row.what.thing.code, _line(row.what.thing.code, row.on.isoformat()))
        else:
            line = f"{row.what.thing.code}:{row.what.code}"
            lines.setdefault(line, line)
    return tuple(lines.values())


def _line(code: str, when: str) -> str:
    return f"{code} @ {when}" if when else code


def _item(row: HeldItem) -> ItemSeen:
    held = row.qualification or row.unit
    thing = standing(held) if held else None
    verdict, counts = _counts(row, thing)
    when = partial(row.achieved)
    return ItemSeen(
        number=row.pk,
        kind=row.kind,
        thing=ref(thing) if thing else None,
        title=thing.title if thing else row.title,
        achieved=row.achieved,
        achieved_words=when.words if when else "",
        awarded_by=row.awarded_by,
        country=row.country,
        note=row.note,
        verdict=verdict,
        counts=counts,
    )


def _counts(row: HeldItem, thing: m.Qualification | m.Unit | None) -> tuple[str, str]:
    """What something counts for, which is what is recorded here, and never what its title makes one think."""
    if isinstance(thing, m.Unit):
        return "counts", "A unit of the framework: it counts in every rule that lists it."
    if thing is None:
        return CANNOT_SAY, _in_words(row)
    if thing.kind not in UNREGULATED or thing.number:
        return "counts", "It counts by the rules and requirements that name it."
    found = recognition(thing)
    if found.verdict != "recognised":
        return CANNOT_SAY, "Nobody has recorded yet what it counts for."
    by = ", ".join(dict.fromkeys(part.organisation.title for part in found.by))
    at = f" at level {found.level}" if found.level and found.level != "none" else ""
    return "counts", f"It is recognised{at}{f' by {by}' if by else ''}, as its page says."


def _in_words(row: HeldItem) -> str:
    """Something in a person's own words: what it counts for is a decision, and it may be here under that title."""
    try:
        here = find(row.title, ("qualification", "unit"))
    except LookupError:
        return "Nobody has recorded here what it counts for, so no calculation counts it."
    return (
        f"{here.title} is listed here as {here.code}. If that is what you hold, change this to it; until then no "
        "calculation counts it."
    )


def evidence_seen(row: EvidenceOfLearning) -> EvidenceSeen:
    """A piece of evidence as everybody sees it who may."""
    when = partial(row.date)
    return EvidenceSeen(
        number=row.pk,
        kind=row.kind,
        title=row.title,
        date=row.date,
        date_words=when.words if when else "",
        provider=row.provider,
        hours=row.hours,
        text=row.text,
        shows=tuple(shown_here(thing) for thing in row.shows.all()),
        claims=tuple(claim_seen(claim) for claim in row.claims.all()),
    )


def claim_seen(row: Claim) -> ClaimSeen:
    """A claim as the person and the assessor see it."""
    return ClaimSeen(
        number=row.pk,
        state=row.state,
        words=claim_states.WORDS[row.state],
        assessor=row.assessor.username,
        asked_on=localdate(row.asked_at),
        message=row.message,
        how=row.how,
        reason=row.reason,
        decided_on=_day(row.decided_at),
        things=tuple(shown_here(thing) for thing in row.things.all()),
        may_withdraw="withdraw" in claim_states.acts_in(row.state),
    )


def shown_here(row: ShownThing | ClaimedThing) -> ShownHere:
    """A unit or statement that is shown or claimed."""
    number, credited = (row.pk, row.credited) if isinstance(row, ClaimedThing) else (0, None)
    if row.unit is not None:
        thing = ref(standing(row.unit))
        return ShownHere("unit", thing, thing.code, thing.title, thing.code, number, credited)
    if row.statement is None:
        raise TypeError("a shown thing is a unit or a statement")
    framework, code = row.statement.framework, row.statement.code
    called = f"{framework.key}:{code}"
    return ShownHere("statement", ref(framework), code, row.statement.title, called, number, credited)


def _credited(row: ClaimedThing) -> Credited:
    claim = row.claim
    return Credited(
        what=shown_here(row),
        evidence=claim.evidence.title,
        kind=claim.evidence.kind,
        assessor=claim.assessor.username,
        reason=claim.reason,
        on=localdate(claim.decided_at),
    )


def _day(at: datetime | None) -> date | None:
    return localdate(at) if at else None


def core_frameworks() -> tuple[Ref, ...]:
    """The frameworks in whose terms a portfolio can be read: those that units were judged by, and the later editions
    of them. Nothing here is private.
    """
    judged = _judged()
    later = m.Framework.objects.filter(LIVE, adopted=True, replaces__in=judged).exclude(pk__in=[f.pk for f in judged])
    return tuple(ref(framework) for framework in (*later.order_by("title"), *judged))


def _judged() -> list[m.Framework]:
    rows = m.JudgedUnit.objects.filter(LIVE).order_by().values("framework")
    found = m.Framework.objects.filter(LIVE, pk__in=rows, adopted=True).order_by("title")
    return [f for f in found if 0 < areas(f).count() <= MOST_AREAS]


def core_areas() -> list[tuple[str, str]]:
    """What can be ticked as shown by evidence: the areas of the frameworks that units were judged by, which is what
    roles ask for, as FRAMEWORK:CODE and title.
    """
    return [(f"{f.key}:{area.code}", area.title) for f in _judged() for area in areas(f)]
