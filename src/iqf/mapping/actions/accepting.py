"""A closed batch accepted: what its raters agreed on, or a third settled, becomes alignments of the catalogue."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.analysis.verdicts import Settled
from iqf.catalogue.actions.editing import Behind, CannotApply, apply_changes
from iqf.catalogue.actions.judged import JudgedBy, hold_judged
from iqf.catalogue.editable.changes import CHANGE, CREATE, RETIRE, Change
from iqf.catalogue.models import Alignment, Statement, Unit
from iqf.evidence.models import Source
from iqf.mapping.actions.batches import locked
from iqf.mapping.batch_states import after
from iqf.mapping.models import MACHINE, PERSON, RATE, Assignment, Batch, BatchUnit
from iqf.mapping.queries import Place, settled
from iqf.mapping.trouble import CannotMap

STRENGTH = {1: "partly", 2: "fully"}
WORDS = {
    "single": "Judged by one {rater}.",
    "agreed": "Two {rater}s judged alike without seeing each other.",
    "adjudicated": "Two {rater}s differed; a third rater settled it.",
}
"""How a verdict came about, as the alignment says it; of persons and machines apart."""


@dataclass(frozen=True)
class Became:
    """What accepting a batch did to the catalogue: alignments made, changed, retired, left as they were.

    `open`: verdicts that nobody settled. `kept`: those of people that a batch of machines does not overrule.
    """

    made: int
    changed: int
    retired: int
    unchanged: int
    open: int
    kept: int


@transaction.atomic
def accept(*, by: str, batch: Batch, reason: str) -> Became:
    """Accept a closed batch: its settled verdicts become alignments, each unit is marked as judged.

    A verdict of *none* retires an alignment that says otherwise. Machines never overrule people. Raises CannotMap.
    """
    held = locked(batch)
    state = after(held.state, "accept")
    if not reason.strip():
        raise CannotMap("Say why the batch is accepted.")
    units = {place.pk: place.unit for place in BatchUnit.objects.filter(batch=held).select_related("unit")}
    standing = {pk: unit for pk, unit in units.items() if unit.retired_on is None}
    machine = not _has_person(held)
    found = {place: verdict for place, verdict in settled(held).items() if place[0] in standing}
    changes, became = _changes(held, found, standing, machine)
    kind = MACHINE if machine else PERSON
    behind = Behind(_source(held), held.title[:300], "machine" if machine else "judged", reason, f"batch:{held.key}")
    try:
        apply_changes(by=by, changes=changes, behind=behind)
    except CannotApply as error:
        raise CannotMap(f"The batch cannot be accepted: {error}") from None
    raters = _raters(held)
    hold_judged(
        by=by,
        framework=held.framework,
        units={standing[pk].pk: JudgedBy(raters[pk], kind) for pk in raters if pk in standing},
        behind=behind,
    )
    held.state, held.version, held.ended_at = state, held.version + 1, timezone.now()
    held.save(update_fields=["state", "version", "ended_at"])
    said = {"state": state, **vars(became)}
    audit(by=by, action="accept batch", subject=f"batch:{held.key}", before={}, after=said, reason=reason)
    return became


def _has_person(held: Batch) -> bool:
    return Assignment.objects.filter(unit__batch=held, rater__kind=PERSON, done_at__isnull=False).exists()


def _raters(held: Batch) -> Mapping[int, int]:
    """How many raters judged each unit of the batch."""
    found: dict[int, int] = defaultdict(int)
    rows = Assignment.objects.filter(unit__batch=held, task=RATE, done_at__isnull=False)
    for unit in rows.values_list("unit", flat=True):
        found[unit] += 1
    return found


def _source(held: Batch) -> Source:
    return Source(key=f"batch-{held.key}"[:60], title=f"Judgements: {held.title}"[:400], kind="judgements")


def _changes(
    held: Batch, found: Mapping[Place, Settled], units: Mapping[int, Unit], machine: bool
) -> tuple[list[Change], Became]:
    """What has to change so that the catalogue says what was settled."""
    codes = {row.pk: row for row in Statement.objects.filter(framework=held.framework)}
    rows = Alignment.objects.filter(statement__framework=held.framework, unit__in=list(units.values()))
    now = {(row.unit_id, row.statement_id, row.verb): row for row in rows.select_related("citation")}
    changes: list[Change] = []
    acts: dict[str, int] = defaultdict(int)
    for (place, statement, verb), verdict in sorted(found.items()):
        unit = units[place]
        row = now.get((unit.pk, statement, verb))
        if verdict.verdict is None:
            acts["open"] += 1
        elif machine and row and not row.is_retired and row.citation.certainty == "judged":
            acts["kept"] += 1
        elif change := _change(
            _key(held, unit, codes[statement], verb), verdict, row, MACHINE if machine else PERSON
        ):
            acts[change.act] += 1
            changes.append(change)
        else:
            acts["unchanged"] += 1
    became = Became(acts[CREATE], acts[CHANGE], acts[RETIRE], acts["unchanged"], acts["open"], acts["kept"])
    return changes, became


def _key(held: Batch, unit: Unit, statement: Statement, verb: str) -> dict[str, str]:
    return {"unit": unit.code, "statement": f"{held.framework.key}/{statement.code}", "verb": verb}


def _change(key: Mapping[str, str], verdict: Settled, row: Alignment | None, kind: str) -> Change | None:
    """The change that makes the catalogue say this; None where it does."""
    stands = row is not None and not row.is_retired
    if not verdict.verdict:
        return Change("unit alignment", RETIRE, key) if stands else None
    both = {True: "yes", False: "no", None: ""}
    agree = None if verdict.how == "single" else verdict.strict > 0
    note = WORDS[verdict.how].format(rater=kind)
    if (
        row is not None
        and stands
        and (row.strength, row.raters_agree, row.note)
        == (
            STRENGTH[verdict.verdict],
            agree,
            note,
        )
    ):
        return None
    wanted = {"strength": STRENGTH[verdict.verdict], "raters_agree": both[agree], "note": note}
    return Change("unit alignment", CHANGE if stands else CREATE, key, wanted)
