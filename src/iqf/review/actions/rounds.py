"""Consultation rounds by their organisers: begun, written, sent out, opened, closed, opened again, withdrawn."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.analysis.states import NotNowError
from iqf.review.drafted import Drafted
from iqf.review.models import InvitedBody, Round, RoundLine
from iqf.review.round_queries import hash_of
from iqf.review.round_states import CLOSED, OPEN, after

MOST_LINES, MOST_INVITED = 400, 500
LAST = 1_000_000
WHOLE = "Anything that is missing from this list, or that you want to say about all of it"
CHANGED = "Somebody changed this consultation since you opened it. Look at it again."
BY_DATE = "closing day"
MOMENT = timedelta(microseconds=1)


class CannotConsult(Exception):
    """What cannot be done with a consultation, in one plain sentence. Nothing was written."""


@dataclass(frozen=True)
class Plan:
    """What a round is about: its title, what is asked, who consults (code, if any, and name), the last day."""

    title: str
    asked: str
    body_name: str
    closes_on: date | None = None
    body: str = ""


@transaction.atomic
def begin_round(*, by: str, plan: Plan) -> Round:
    """A draft that nobody is asked about yet. Its last line asks what is missing. Raises CannotConsult."""
    made = Round(by=by)
    _make_plan(made, plan)
    made.save(force_insert=True)
    RoundLine.objects.create(round=made, position=LAST, text=WHOLE)
    _note(made, by, "begin", {}, {"title": made.title})
    return made


@transaction.atomic
def revise_round(*, by: str, number: int, version: int, plan: Plan) -> Round:
    """Write a draft again: title, what is asked, by when. Raises CannotConsult."""
    held = _act(number, version, by, "revise")
    before = {"title": held.title, "asked": held.asked, "closes_on": str(held.closes_on or "")}
    _make_plan(held, plan)
    _save(held)
    now = {"title": held.title, "asked": held.asked, "closes_on": str(held.closes_on or "")}
    _note(held, by, "revise", before, now)
    return held


@transaction.atomic
def add_lines(*, by: str, number: int, version: int, lines: Sequence[Drafted]) -> int:
    """Add lines to a draft, but for those that it has already. Returns how many were added. Raises CannotConsult."""
    held = _act(number, version, by, "revise")
    known = set(held.lines.values_list("text", flat=True))
    fresh = [line for line in dict.fromkeys(map(_fit, lines)) if line.text and line.text not in known]
    if len(known) + len(fresh) > MOST_LINES:
        raise CannotConsult(
            f"That would make {len(known) + len(fresh)} lines; nobody answers more than {MOST_LINES}. "
            "Make several rounds, or choose less."
        )
    last = held.lines.exclude(position=LAST).aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    RoundLine.objects.bulk_create(
        RoundLine(round=held, position=first + n, **vars(line)) for n, line in enumerate(fresh)
    )
    if fresh:
        _save(held)
        _note(held, by, "revise", {}, {"lines added": len(fresh)})
    return len(fresh)


@transaction.atomic
def rewrite_lines(*, by: str, number: int, version: int, texts: Mapping[int, str]) -> Round:
    """Write lines of a draft again, by their position; a blank one is taken out. Raises CannotConsult."""
    held = _act(number, version, by, "revise")
    before, now = {}, {}
    for line in held.lines.filter(position__in=list(texts)):
        text = _fit(Drafted(texts[line.position])).text
        if text == line.text:
            continue
        before[f"line {line.position}"], now[f"line {line.position}"] = line.text, text
        if text:
            line.text = text
            line.save(update_fields=["text"])
        else:
            line.delete()
    if now:
        _save(held)
        _note(held, by, "revise", before, now)
    return held


@transaction.atomic
def invite(*, by: str, number: int, version: int, bodies: Iterable[tuple[str, str]]) -> int:
    """Ask bodies, each by its code (blank: none) and name; those asked already are left as they are.

    Returns how many are asked now who were not. Raises CannotConsult.
    """
    held = _act(number, version, by, "invite")
    known = {one.name.casefold(): one for one in held.invited.all()}
    codes = {one.body for one in known.values() if one.body}
    fresh: list[str] = []
    for code, name in bodies:
        name = " ".join(name.split())
        if not name or len(name) > 200:
            raise CannotConsult("Name each organisation, in at most 200 characters.")
        fresh += _ask(held, by, code, name, known.get(name.casefold()), codes)
    if held.invited.filter(withdrawn_at=None).count() > MOST_INVITED:
        raise CannotConsult(f"At most {MOST_INVITED} organisations can be asked in one round.")
    if fresh:
        _save(held)
        _note(held, by, "invite", {}, {"asked": fresh})
    return len(fresh)


def _ask(held: Round, by: str, code: str, name: str, known: InvitedBody | None, codes: set[str]) -> Iterable[str]:
    """Ask one body; the name of one that was not asked, or not any more."""
    if known is not None and known.withdrawn_at is None:
        return
    if known is not None:
        known.withdrawn_at = None
        known.save(update_fields=["withdrawn_at"])
    elif code and code in codes:
        return
    else:
        InvitedBody.objects.create(round=held, body=code, name=name, by=by)
        codes.add(code)
    yield name


@transaction.atomic
def uninvite(*, by: str, number: int, version: int, invited: int) -> InvitedBody:
    """Ask a body no longer; its link works no more. One that has answered is heard. Raises CannotConsult."""
    held = _act(number, version, by, "invite")
    one = _invited(held, invited)
    if one.answered_at is not None:
        raise CannotConsult(f"{one.name} has answered already; what it said stays.")
    one.withdrawn_at, one.token_hash, one.link_made_at = timezone.now(), None, None
    one.save()
    _save(held)
    _note(held, by, "invite", {"asked": [one.name]}, {"asked": []})
    return one


@transaction.atomic
def make_link(*, by: str, number: int, version: int, invited: int) -> tuple[InvitedBody, str]:
    """A link by which a body answers without an account until the close; one made before works no more.

    The body, and the token of its link, which is not kept. Raises CannotConsult.
    """
    held = _act(number, version, by, "invite")
    one = _invited(held, invited)
    token = secrets.token_urlsafe(32)
    one.token_hash, one.link_made_at = hash_of(token), timezone.now()
    one.save(update_fields=["token_hash", "link_made_at"])
    audit(by=by, action="make consultation link", subject=_subject(held), before={}, after={"for": one.name})
    return one, token


@transaction.atomic
def open_round(*, by: str, number: int, version: int) -> Round:
    """Open a draft for comments: it needs lines, bodies to ask, and a last day that is still to come."""
    held = locked(number, version)
    if not held.lines.exclude(position=LAST).exists():
        raise CannotConsult("There is nothing to comment on yet: choose what to circulate.")
    if not held.invited.filter(withdrawn_at=None).exists():
        raise CannotConsult("Nobody is asked yet: say which organisations.")
    _last_day(held.closes_on)
    held.opened_at = timezone.now()
    return _move(held, by, "open")


@transaction.atomic
def extend_round(*, by: str, number: int, version: int, closes_on: date | None) -> Round:
    """Give an open round another last day. Raises CannotConsult."""
    held = _act(number, version, by, "extend")
    before = str(held.closes_on)
    held.closes_on = _last_day(closes_on)
    _save(held)
    _note(held, by, "extend", {"closes_on": before}, {"closes_on": str(held.closes_on)})
    return held


@transaction.atomic
def close_round(*, by: str, number: int, version: int) -> Round:
    """Close an open round before its last day is over. Raises CannotConsult."""
    held = locked(number, version)
    held.closed_at = timezone.now()
    return _move(held, by, "close")


@transaction.atomic
def reopen_round(*, by: str, number: int, version: int, closes_on: date | None) -> Round:
    """Open a closed round again, until another last day. What was said in it stays. Raises CannotConsult."""
    held = locked(number, version)
    held.closes_on, held.closed_at = _last_day(closes_on), None
    return _move(held, by, "reopen")


@transaction.atomic
def withdraw_round(*, by: str, number: int, version: int, reason: str) -> Round:
    """Give a round up, with a reason that the invited read. Raises CannotConsult."""
    held = locked(number, version)
    if not reason.strip():
        raise CannotConsult("Say why it is withdrawn; whoever was asked reads it.")
    held.outcome, held.ended_at = reason.strip(), timezone.now()
    return _move(held, by, "withdraw", reason.strip())


def locked(number: int, version: int | None = None) -> Round:
    """A round, held until the transaction ends; closed from the end of its last day on.

    `version`: as its reader saw it. Raises CannotConsult where it is another by now, or there is no such round.
    """
    held = Round.objects.select_for_update().filter(pk=number).first()
    if held is None:
        raise CannotConsult(f"There is no consultation {number}.")
    if version is not None and held.version != version:
        raise CannotConsult(CHANGED)
    if held.state == OPEN and held.state_at(timezone.now()) == CLOSED:
        held.closed_at = held.ends_at - MOMENT if held.ends_at else None
        _move(held, BY_DATE, "close")
    return held


def may_now(held: Round, act: str) -> None:
    """Whether something can be done with a round in its state. Raises CannotConsult."""
    try:
        after(held.state, act)
    except NotNowError as error:
        raise CannotConsult(str(error)) from None


def _act(number: int, version: int, by: str, act: str) -> Round:
    held = locked(number, version)
    may_now(held, act)
    return held


def _move(held: Round, by: str, act: str, reason: str = "") -> Round:
    before = held.state
    may_now(held, act)
    held.state = after(held.state, act)
    _save(held)
    _note(held, by, act, {"state": before}, {"state": held.state}, reason)
    return held


def end(held: Round, by: str, outcome: str) -> Round:
    """The outcome of a round is published. Called by the action that publishes it."""
    held.outcome, held.ended_at = outcome, timezone.now()
    return _move(held, by, "publish")


def _make_plan(held: Round, plan: Plan) -> None:
    title, name, asked = " ".join(plan.title.split()), " ".join(plan.body_name.split()), plan.asked.strip()
    for text, most, sentence in (
        (title, 200, "Give the consultation a title, in at most 200 characters."),
        (name, 200, "Say who consults, in at most 200 characters."),
        (asked, 6000, "Say what you ask, in at most 6,000 characters; the invited read it first."),
    ):
        if not text or len(text) > most:
            raise CannotConsult(sentence)
    held.title, held.body_name, held.asked = title, name, asked
    held.body, held.closes_on = plan.body, plan.closes_on


def _last_day(day: date | None) -> date:
    if day is None or day < timezone.localdate():
        raise CannotConsult("Give the last day for comments; it must not be over.")
    return day


def _fit(line: Drafted) -> Drafted:
    text = " ".join(line.text.split())
    return Drafted(text if len(text) <= 700 else f"{text[:699]}…", line.entity, line.code)


def _invited(held: Round, number: int) -> InvitedBody:
    one = held.invited.select_for_update().filter(pk=number, withdrawn_at=None).first()
    if one is None:
        raise CannotConsult("This consultation does not ask that organisation.")
    return one


def _save(held: Round) -> None:
    held.version += 1
    held.save()


def _subject(held: Round) -> str:
    return f"consultation:{held.pk}"


def _note(
    held: Round, by: str, act: str, before: Mapping[str, Any], now: Mapping[str, Any], reason: str = ""
) -> None:
    action = f"{act} consultation"
    audit(by=by, action=action, subject=_subject(held), before=before, after=now, reason=reason)
