"""What a rater does: keeps a draft, hands a unit in, takes it back; and what a third does where two differ."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.mapping.actions.batches import locked
from iqf.mapping.batch_states import after
from iqf.mapping.drafts import Entered, Given, drafted
from iqf.mapping.models import (
    ADJUDICATE,
    RATE,
    VERBS,
    VERDICT_WORDS,
    VERDICTS,
    Assignment,
    BatchUnit,
    Judgement,
    Rater,
    SuggestionRun,
)
from iqf.mapping.queries import MOST_JUDGED, Place, statements_judged, unsettled
from iqf.mapping.trouble import CannotMap

LONGEST = 2000
"""So many characters a rationale or a quotation may have."""


@transaction.atomic
def keep(
    *,
    assignment: int,
    user: str,
    entered: Entered,
    doubt: bool,
    rationale: str,
    seen: int,
    shown: int | None = None,
) -> int:
    """Keep what a rater has entered so far, so that nothing is lost. It is no judgement and not in the trail.

    `seen`: the version of the draft that the rater's page shows; `shown`: the suggestions on it, if there were any: a
    rater who once saw some has seen them. Returns the new version. Raises CannotMap where the unit is not theirs, is
    handed in, or was kept from another window meanwhile.
    """
    held = _own(assignment, user)
    if held.done_at:
        raise CannotMap("You have handed this unit in. Take it back to change it.")
    if held.draft_version != seen:
        raise CannotMap("This unit was changed in another window. Load it again to see what it says there.")
    rows = [{"statement": code, "verb": verb, **asdict(_checked(given))} for (code, verb), given in entered.items()]
    _known(held, entered)
    held.draft = {"verdicts": rows}
    held.doubt, held.rationale = doubt, rationale[:LONGEST]
    held.shown = _shown(held, shown)
    held.draft_version += 1
    held.save(update_fields=["draft", "draft_version", "doubt", "rationale", "shown"])
    return held.draft_version


def _shown(held: Assignment, number: int | None) -> SuggestionRun | None:
    """The suggestions that this rater has seen of this unit. Raises CannotMap for those of another batch."""
    if number is None:
        return held.shown
    found = SuggestionRun.objects.filter(pk=number, batch=held.unit.batch_id, batch__suggests=True).first()
    if found is None:
        raise CannotMap("These suggestions are not of this batch. Load the page again.")
    return found


@transaction.atomic
def hand_in(*, assignment: int, user: str) -> int:
    """Make judgements of a rater's draft; what was left alone is *none*, unless the framework is too large for it.

    Returns the number of judgements. Handed in already: nothing is done. Raises CannotMap.
    """
    held = _own(assignment, user)
    if held.done_at:
        return 0
    after(locked(held.unit.batch).state, "judge")
    entered = drafted(held)
    judged = {row.code: row.pk for row in statements_judged(held.unit.batch)}
    whole = {(code, "teaches"): Given(0) for code in judged} if len(judged) <= MOST_JUDGED else {}
    said = {**whole, **entered}
    rows = [
        Judgement(given=held, statement_id=judged[code], verb=verb, **asdict(given))
        for (code, verb), given in said.items()
        if code in judged
    ]
    if not rows:
        raise CannotMap("Give at least one verdict before you hand the unit in.")
    Judgement.objects.bulk_create(rows, batch_size=1000)
    held.done_at, held.draft = timezone.now(), {}
    held.save(update_fields=["done_at", "draft"])
    seen = {"suggestions seen": held.shown.version} if held.shown else {}
    _audit("judge", held.rater.user or held.rater.name, held, {}, _told(entered) | seen)
    return len(rows)


@transaction.atomic
def take_back(*, assignment: int, user: str) -> None:
    """Make a rater's handed-in unit a draft again. Raises CannotMap once the batch is closed or it was settled."""
    held = _own(assignment, user)
    if held.done_at is None:
        return
    after(locked(held.unit.batch).state, "judge")
    if held.unit.assignments.filter(task=ADJUDICATE).exists():
        raise CannotMap("Somebody has already settled what you and the other rater differed on.")
    rows = held.judgements.select_related("statement").order_by("id")
    entered = {(row.statement.code, row.verb): _given(row) for row in rows}
    rows.delete()
    held.done_at = None
    held.draft = {"verdicts": [{"statement": c, "verb": v, **asdict(g)} for (c, v), g in entered.items() if _said(g)]}
    held.draft_version += 1
    held.save(update_fields=["done_at", "draft", "draft_version"])
    _audit("take judgement back", held.rater.user or held.rater.name, held, _told(entered), {})


@transaction.atomic
def adjudicate(*, unit: int, rater: Rater, by: str, entered: Mapping[Place, Given]) -> int:
    """Settle what the raters of a unit differ on, as a third. Returns how many verdicts were given.

    `entered`: by the unit of the batch, statement and verb. Raises CannotMap where the third rated the unit, anything
    is settled that nobody differs on, a verdict is missing, or one has no reason.
    """
    place = BatchUnit.objects.select_related("batch", "unit").get(pk=unit)
    after(locked(place.batch).state, "adjudicate")
    if place.assignments.filter(rater=rater, task=RATE).exists():
        raise CannotMap("You rated this unit yourself; somebody else must settle it.")
    differing = {(unit, statement, verb) for statement, verb in unsettled(place.batch, unit).get(unit, ())}
    if not differing:
        raise CannotMap("There is nothing to settle about this unit any more.")
    if set(entered) != differing:
        raise CannotMap("Give a verdict on every statement that the raters differ on, and on no other.")
    if any(not given.rationale.strip() for given in entered.values()):
        raise CannotMap("Say why for each verdict; both raters will read it.")
    held = Assignment.objects.create(unit=place, rater=rater, task=ADJUDICATE, done_at=timezone.now())
    rows = [
        Judgement(given=held, statement_id=statement, verb=verb, **asdict(_checked(given)))
        for (_, statement, verb), given in entered.items()
    ]
    Judgement.objects.bulk_create(rows)
    names = {row.pk: row.code for row in statements_judged(place.batch)}
    told = {(names[statement], verb): given for (_, statement, verb), given in entered.items()}
    _audit("adjudicate", by, held, {}, _told(told))
    return len(rows)


def _own(assignment: int, user: str) -> Assignment:
    """An assignment of this person, held until the transaction ends. Raises CannotMap for anybody else's."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "rater", "shown", "unit__batch__framework"
    )
    held = rows.filter(pk=assignment, task=RATE).first()
    if held is None or not user or held.rater.user != user:
        raise CannotMap("This unit is not given to you.")
    after(held.unit.batch.state, "judge")
    return held


def _checked(given: Given) -> Given:
    if given.verdict not in VERDICTS:
        raise CannotMap(f"A verdict is {', '.join(VERDICT_WORDS)}.")
    if max(len(given.rationale), len(given.quotation)) > LONGEST:
        raise CannotMap(f"A reason or a quotation has at most {LONGEST:,} characters.")
    return given


def _known(held: Assignment, entered: Entered) -> None:
    """Raises CannotMap for a verb or statement that this batch does not judge."""
    known = set(statements_judged(held.unit.batch).values_list("code", flat=True))
    for code, verb in entered:
        if code not in known or verb not in VERBS:
            raise CannotMap(f'This batch does not judge "{code}" ({verb}) of {held.unit.batch.framework.title}.')


def _given(row: Judgement) -> Given:
    return Given(row.verdict, row.doubt, row.rationale, row.quotation, row.quoted_from, row.quoted_at)


def _said(given: Given) -> bool:
    """Whether anything but *none* was said."""
    return given != Given(0)


def _told(entered: Entered) -> dict[str, Any]:
    return {
        f"{code} {verb}": VERDICT_WORDS[given.verdict] + (f": {given.rationale}" if given.rationale else "")
        for (code, verb), given in entered.items()
        if _said(given)
    }


def _audit(action: str, by: str, held: Assignment, before: dict[str, Any], now: dict[str, Any]) -> None:
    audit(by=by, action=action, subject=f"judgement:{held.pk}", before=before, after=now)
