"""Suggestions kept for a batch, as they were made at one time; and whether a rater wants to see any."""

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.mapping.actions.batches import locked
from iqf.mapping.batch_states import after
from iqf.mapping.models import Batch, BatchUnit, Rater, Suggestion, SuggestionRun
from iqf.mapping.queries import latest_run, statements_judged
from iqf.mapping.suggested import Suggestions, verdict
from iqf.mapping.trouble import CannotMap

AT_ONCE = 2000


@transaction.atomic
def hold_suggestions(*, by: str, batch: Batch, made: Suggestions) -> SuggestionRun:
    """Keep suggestions for the units of a batch that is prepared or open. From now on they are the ones shown.

    Made from the same as the latest: nothing is written. Raises CannotMap where one is of another unit or statement.
    """
    held = locked(batch)
    after(held.state, "suggest")
    latest = latest_run(held)
    if latest and latest.version == made.version:
        return latest
    run = SuggestionRun.objects.create(
        batch=held, version=made.version, encoder=made.encoder[:80], trained_on=made.trained_on, by=by
    )
    Suggestion.objects.bulk_create(_rows(run, made), batch_size=AT_ONCE)
    said = {"version": made.version, "encoder": made.encoder or "none", "trained on": made.trained_on}
    said |= {"suggestions": len(made.rows)}
    audit(by=by, action="suggest for batch", subject=f"batch:{held.key}", before={}, after=said)
    return run


def _rows(run: SuggestionRun, made: Suggestions) -> list[Suggestion]:
    units = dict(BatchUnit.objects.filter(batch=run.batch).values_list("unit__code", "pk"))
    statements = {row.code: row.pk for row in statements_judged(run.batch)}
    strange = next((o for o in made.rows if o.unit not in units or o.statement not in statements), None)
    if strange:
        raise CannotMap(f'This batch does not judge {strange.unit} against "{strange.statement}".')
    return [
        Suggestion(
            run=run,
            unit_id=units[one.unit],
            statement_id=statements[one.statement],
            probability=one.probability,
            verdict=verdict(one.probability, learned=bool(made.trained_on)),
            rank=one.rank,
            words=one.words,
        )
        for one in made.rows
    ]


@transaction.atomic
def want_suggestions(*, user: str, wanted: bool) -> None:
    """A rater with an account says whether to be shown suggestions at the desk. Raises CannotMap for no rater."""
    held = Rater.objects.select_for_update().filter(user=user).first()
    if held is None or not user:
        raise CannotMap("You are no rater yet.")
    if held.wants_suggestions == wanted:
        return
    held.wants_suggestions = wanted
    held.save(update_fields=["wants_suggestions"])
    said = [{"wants suggestions": "yes" if each else "no"} for each in (not wanted, wanted)]
    audit(by=user, action="choose suggestions", subject=f"rater:{held.pk}", before=said[0], after=said[1])
