"""Where do sources disagree about a field, and where was that decided? A list that the database filters and pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from iqf.catalogue import models as m
from iqf.catalogue.decided import SAYS_NOTHING, Conflicts
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import THINGS
from iqf.codes import CODE_PREFIXES
from iqf.reports.things import Disagreement, Ref, disagreement, refs

OPEN, DECIDED = "open", "decided"
MOST = 5000
"""So many can be had at once, as a file."""
FILLED = Q(decision__isnull=False, value_shown__in=SAYS_NOTHING, value_decided=F("value_other"))
"""Where one of two entries that were joined said nothing: there was nothing to disagree about."""
STATES = {OPEN: Q(decision__isnull=True), DECIDED: Q(decision__isnull=False)}


@dataclass(frozen=True)
class Wanted:
    """Which disagreements: `open` or `decided`, about one field, about one kind of thing. Blank: all."""

    state: str = ""
    field: str = ""
    kind: str = ""


@dataclass(frozen=True)
class DisagreementsAnswer:
    """Some of the disagreements that were wanted, of how many; and for each filter the values there are, counted.

    What is open comes first, oldest first; then what was decided, latest first.
    """

    rows: tuple[tuple[Ref, Disagreement], ...]
    found: int
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]


def disagreements(wanted: Wanted = Wanted(), *, limit: int = MOST, offset: int = 0) -> DisagreementsAnswer:
    """`limit` of the disagreements that are wanted, from `offset` on; no more than those are read."""
    everything = _standing()
    found = _kept(everything, wanted)
    held = found.order_by(F("decision").desc(nulls_first=True), "pk")[offset : offset + limit]
    return DisagreementsAnswer(_told(list(held)), found.count(), everything.count(), _facets(everything, wanted))


def _standing() -> QuerySet[m.FieldConflict]:
    """The disagreements about things that stand."""
    stands = Q()
    for model in THINGS.values():
        stands |= Q(Exists(model._default_manager.filter(LIVE, code=OuterRef("subject"))))
    return m.FieldConflict.objects.filter(LIVE, ~FILLED, stands)


def _kept(rows: QuerySet[m.FieldConflict], wanted: Wanted, but: str = "") -> QuerySet[m.FieldConflict]:
    """Those that every filter keeps, but for one that is lifted. A value that no filter has keeps none."""
    if wanted.state and but != "state":
        rows = rows.filter(STATES[wanted.state]) if wanted.state in STATES else rows.none()
    if wanted.field and but != "field":
        rows = rows.filter(field=wanted.field)
    if wanted.kind and but != "kind":
        rows = rows.filter(_of(wanted.kind)) if wanted.kind in THINGS else rows.none()
    return rows


def _of(kind: str) -> Q:
    return Q(subject__startswith=f"IQF-{CODE_PREFIXES[kind]}-")


def _facets(rows: QuerySet[m.FieldConflict], wanted: Wanted) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each filter, how many there would be of each of its values if it alone were lifted."""
    fields = _kept(rows, wanted, but="field").order_by("field").values_list("field").annotate(n=Count("pk"))
    return {
        "state": _counts(_kept(rows, wanted, but="state"), STATES),
        "kind": _counts(_kept(rows, wanted, but="kind"), {kind: _of(kind) for kind in THINGS}),
        "field": tuple(fields),
    }


def _counts(rows: QuerySet[m.FieldConflict], parts: dict[str, Q]) -> tuple[tuple[str, int], ...]:
    found: dict[str, Any] = rows.aggregate(**{name: Count("pk", filter=which) for name, which in parts.items()})
    return tuple((name, n) for name, n in found.items() if n)


def _told(rows: Iterable[m.FieldConflict]) -> tuple[tuple[Ref, Disagreement], ...]:
    """With their things and the decisions that stand: what is read is read for these alone."""
    held = list(rows)
    known, things = Conflicts({row.subject for row in held}), refs({row.subject for row in held})
    whole = {row.pk: row for row in known.by_key.values()}
    return tuple(
        (things[row.subject], disagreement(whole[row.pk], known.decision(row.subject, row.field))) for row in held
    )
