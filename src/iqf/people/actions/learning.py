"""Evidence of learning: recorded, revised while nobody assesses it, removed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find, statement
from iqf.people import queries
from iqf.people.actions.writing import MOST_ROWS, needed, own, past_date, tell, words
from iqf.people.claim_states import CREDITED, OPEN
from iqf.people.models import EvidenceOfLearning, ShownThing
from iqf.people.models.portfolios import EVIDENCE_KINDS
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold

MOST_SHOWN = 50
MOST_HOURS = 20_000


@dataclass(frozen=True)
class Learning:
    """Evidence as it was entered. `shows`: units by any code, statements as FRAMEWORK:CODE."""

    kind: str
    title: str
    date: str = ""
    provider: str = ""
    hours: str = ""
    text: str = ""
    shows: tuple[str, ...] = ()


@transaction.atomic
def record(scope: Scope, learning: Learning) -> EvidenceOfLearning:
    """Put evidence into one's own portfolio. Raises CannotHold."""
    portfolio = own(scope)
    if portfolio.evidence.count() >= MOST_ROWS:
        raise CannotHold(f"A portfolio holds {MOST_ROWS} pieces of evidence at most; remove one first.")
    made = EvidenceOfLearning(portfolio=portfolio)
    _say(made, learning)
    tell(scope, "record evidence", portfolio)
    return made


@transaction.atomic
def revise(scope: Scope, number: int, learning: Learning) -> EvidenceOfLearning:
    """Say otherwise what a piece of evidence is. What an assessor has, or has credited, stays as they saw it.

    Raises CannotHold, NotFoundError.
    """
    portfolio = own(scope)
    held = queries.one_evidence(scope, number)
    if held.claims.filter(state__in=(*OPEN, CREDITED)).exists():
        raise CannotHold("An assessor has this evidence or has credited it, so it stays as they saw it.")
    _say(held, learning)
    tell(scope, "revise evidence", portfolio)
    return held


@transaction.atomic
def remove_evidence(scope: Scope, number: int) -> None:
    """Take evidence out of one's own portfolio, with its claims and what they were credited. Raises NotFoundError."""
    portfolio = own(scope)
    queries.one_evidence(scope, number).delete()
    tell(scope, "remove evidence", portfolio)


def _say(held: EvidenceOfLearning, said: Learning) -> None:
    if said.kind not in EVIDENCE_KINDS:
        raise CannotHold("Choose what kind of learning it was.", "kind")
    held.kind = said.kind
    held.title = needed(said.title, "title", "The title", "Say in a few words what it was.")
    held.date = past_date(said.date, "date")
    held.provider = words(said.provider, "provider", "The provider", 200)
    held.hours = _hours(said.hours)
    held.text = words(said.text, "text", "The account")
    shown = things_shown(said.shows)
    held.save()
    ShownThing.objects.filter(evidence=held).delete()
    ShownThing.objects.bulk_create(
        ShownThing(
            evidence=held,
            unit=thing if isinstance(thing, m.Unit) else None,
            statement=thing if isinstance(thing, m.Statement) else None,
        )
        for thing in shown
    )


def _hours(text: str) -> int | None:
    text = text.replace("\x00", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= MOST_HOURS:
        raise CannotHold(f"“{text[:20]}” is not a number of hours; write a whole number, such as 12.", "hours")
    return int(text)


def things_shown(texts: Iterable[str]) -> list[m.Unit | m.Statement]:
    """The units and statements that evidence is said to show, each once. Raises CannotHold."""
    found = list(dict.fromkeys(_shown(text) for text in texts if text.strip()))
    if len(found) > MOST_SHOWN:
        raise CannotHold(f"One piece of evidence shows {MOST_SHOWN} things at most; divide it.", "shows")
    return found


def _shown(text: str) -> m.Unit | m.Statement:
    framework, _, code = text.strip().rpartition(":")
    try:
        thing = _statement(framework, code) if framework else find(text, ("unit",))
    except AmbiguousError as error:
        raise CannotHold(str(error), "shows") from None
    except NotFoundError:
        raise CannotHold(
            f"“{text.strip()[:80]}” is no unit and no statement; write a unit's code, or a statement as "
            "common-core-2010:CC1.",
            "shows",
        ) from None
    if not isinstance(thing, m.Unit | m.Statement):
        raise TypeError("only units and statements were looked for")
    return thing


def _statement(framework: str, code: str) -> m.Statement:
    found = find(framework.strip(), ("framework",))
    return statement(m.Framework.objects.get(LIVE, pk=found.pk), code.strip())
