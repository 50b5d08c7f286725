"""The files in which a person takes away what is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.utils import timezone

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.private import credentials
from iqf.exchange.private.everything import everything
from iqf.people.scope import Scope
from iqf.reports.private.portfolio import PortfolioAnswer, portfolio

T = TypeVar("T")


@dataclass(frozen=True)
class Form:
    """One form of file: its name, its media type, what it is for in words, and how it is made."""

    file: str
    media_type: str
    title: str
    words: str
    made: Callable[[Scope, PortfolioAnswer], dict[str, Any]]


def _everything(scope: Scope, answer: PortfolioAnswer) -> dict[str, Any]:
    return envelope("portfolio", answer.as_of, everything(scope, answer))


def _record(scope: Scope, answer: PortfolioAnswer) -> dict[str, Any]:
    if not answer.items and not answer.credited:
        raise NotFoundError("A learner record needs something in it: nothing is held, and nothing is credited yet.")
    return credentials.record(answer, timezone.now())


FORMS: Final = {
    "json": Form(
        "portfolio.json",
        "application/json",
        "Everything, as plain JSON",
        "All that is kept of you here: what you hold, evidence, claims, links, self-assessments, also your teams'.",
        _everything,
    ),
    "clr": Form(
        "learner-record.json",
        "application/ld+json",
        "A learner record (CLR 2.0)",
        "What you hold and what was credited, signed, for software that reads Comprehensive Learner Records. What "
        "stands in it on your word alone says so.",
        _record,
    ),
}


def taken_away(scope: Scope, kind: str) -> str:
    """A file of what is one's own, as text. Raises NotFoundError for a form that is none, or nothing to put in."""
    if kind not in FORMS:
        raise NotFoundError(f"There is no such file; there are: {', '.join(FORMS)}.")
    return dumps(FORMS[kind].made(scope, portfolio(scope))) + "\n"


def badge(scope: Scope, number: int) -> str:
    """One credit as an Open Badge (3.0), signed, as text. Raises NotFoundError."""
    return dumps(_found(credentials.badge(portfolio(scope), number, timezone.now()))) + "\n"


def badge_token(scope: Scope, number: int) -> str:
    """The same as a token (VC-JWT), which carries its proof. Raises NotFoundError."""
    return _found(credentials.badge_token(portfolio(scope), number))


def _found(made: T | None) -> T:
    if made is None:
        raise NotFoundError("Nothing of that number was credited to you.")
    return made
