"""Who judged which unit against which statement of a framework, and what did each say? Closed batches only."""

from dataclasses import dataclass

from iqf.accounts.queries import data_version
from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.mapping.batch_states import READ
from iqf.mapping.models import RATE, Judgement
from iqf.reports.things import Ref, ref


@dataclass(frozen=True)
class Said:
    """One judgement with its author and everything that was said beside it."""

    batch: str
    unit: Ref
    statement: str
    statement_title: str
    verb: str
    rater: str
    rater_kind: str
    task: str
    verdict: int
    doubt: bool
    rationale: str
    quotation: str
    quoted_from: str
    quoted_at: int | None
    confidence: float | None
    unit_doubt: bool
    unit_rationale: str


@dataclass(frozen=True)
class JudgementsAnswer:
    """Every judgement of the closed batches of a framework: by batch, unit and rater."""

    framework: Ref
    key: str
    data_version: str
    judgements: tuple[Said, ...]


def judgements(text: str, *, rater: str = "") -> JudgementsAnswer:
    """The judgements against the framework called `text`, all or those of one rater, blind ones and third ones.

    Raises NotFoundError or AmbiguousError.
    """
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    rows = Judgement.objects.filter(
        given__unit__batch__framework=framework, given__unit__batch__state__in=READ, given__done_at__isnull=False
    ).select_related("given__rater", "given__unit__unit", "given__unit__batch", "statement")
    if rater:
        rows = rows.filter(given__rater__name=rater, given__task=RATE)
    order = (
        "given__unit__batch_id",
        "given__unit__position",
        "given_id",
        "statement__position",
        "statement_id",
        "verb",
    )
    refs: dict[int, Ref] = {}
    said = []
    for row in rows.order_by(*order).prefetch_related("given__unit__unit__aliases"):
        place = row.given.unit
        unit = refs.setdefault(place.unit_id, ref(place.unit))
        said.append(_said(row, unit))
    return JudgementsAnswer(ref(framework), framework.key, data_version(), tuple(said))


def _said(row: Judgement, unit: Ref) -> Said:
    given = row.given
    return Said(
        given.unit.batch.key,
        unit,
        row.statement.code,
        row.statement.title,
        row.verb,
        given.rater.name,
        given.rater.kind,
        given.task,
        row.verdict,
        row.doubt,
        row.rationale,
        row.quotation,
        row.quoted_from,
        row.quoted_at,
        row.confidence,
        given.doubt,
        given.rationale,
    )
