"""How often were suggestions accepted by raters who saw them, and did their probabilities come true?

People only, closed batches only. Where raters saw suggestions, what they said is not independent of them; so what
came of suggestions that raters did not see stands beside it: that tells whether the probabilities are honest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from iqf.analysis.suggest.trusting import Bin, expected_calibration_error, reliability
from iqf.mapping import queries
from iqf.mapping.batch_states import READ
from iqf.mapping.models import PERSON, RATE, Batch, Judgement, Suggestion, SuggestionRun
from iqf.mapping.suggested import TOUCHED


@dataclass(frozen=True)
class Came:
    """What came of some suggestions: how many pairs of a verdict and its suggestion, how many of those that said
    *reached* were answered so, and those that said *not*; whether probabilities came true.

    `same`: the verdict itself was the suggested one. `error`: expected calibration error (0: as said).
    """

    pairs: int
    said: int
    said_accepted: int
    denied: int
    denied_accepted: int
    same: int
    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class CameTrueAnswer:
    """Of one batch or of all: what came of suggestions that raters saw, and of those that they did not see."""

    batch: str
    seen: Came | None
    unseen: Came | None
    versions: tuple[str, ...]


Pair = tuple[float, int, int]
"""A probability, the verdict that was suggested, the verdict that was given."""


def came_true(key: str = "") -> CameTrueAnswer:
    """What came of the suggestions of the closed batch called `key`, or of all. Raises NotFoundError."""
    batches = Batch.objects.filter(state__in=READ)
    if key:
        batches = batches.filter(pk=queries.batch_called(key).pk)
    runs = {run.batch_id: run.pk for run in SuggestionRun.objects.filter(batch__in=batches)}
    seen: list[Pair] = []
    unseen: list[Pair] = []
    used: set[int] = set()
    for batch, latest in runs.items():
        given = _given(batch)
        shown = {run for run, *_ in given if run}
        suggested = _suggested(shown | {latest})
        for run, unit, statement, verdict in given:
            found = suggested.get((run or latest, unit, statement))
            if found:
                (seen if run else unseen).append((*found, verdict))
                used.add(run or latest)
    versions = SuggestionRun.objects.filter(pk__in=used).values_list("version", flat=True).distinct().order_by("pk")
    return CameTrueAnswer(key, _came(seen), _came(unseen), tuple(dict.fromkeys(versions)))


def _given(batch: int) -> list[tuple[int | None, int, int, int]]:
    """What people said of what the units of a batch teach: the suggestions they saw, unit, statement, verdict."""
    rows: QuerySet[Judgement] = Judgement.objects.filter(
        given__unit__batch=batch,
        given__task=RATE,
        given__done_at__isnull=False,
        given__rater__kind=PERSON,
        verb="teaches",
    )
    return list(rows.values_list("given__shown", "given__unit", "statement", "verdict"))


def _suggested(runs: Iterable[int]) -> dict[tuple[int, int, int], tuple[float, int]]:
    rows = Suggestion.objects.filter(run__in=runs)
    names = ("run", "unit", "statement", "probability", "verdict")
    return {
        (run, unit, one): (probability, verdict) for run, unit, one, probability, verdict in rows.values_list(*names)
    }


def _came(pairs: list[Pair]) -> Came | None:
    if not pairs:
        return None
    probability, suggested, given = (np.array(column) for column in zip(*pairs, strict=True))
    said, touched = probability >= TOUCHED, given > 0
    share = touched.astype(float)
    return Came(
        pairs=len(pairs),
        said=int(said.sum()),
        said_accepted=int((said & touched).sum()),
        denied=int((~said).sum()),
        denied_accepted=int((~said & ~touched).sum()),
        same=int((suggested == given).sum()),
        error=expected_calibration_error(probability, share),
        bins=tuple(reliability(probability, share)),
    )
