"""Units that were put to raters for a framework, so that *judged and empty* is told apart from *not yet judged*."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.catalogue.actions.editing import Behind
from iqf.catalogue.models import Framework, JudgedUnit
from iqf.evidence.actions import Cite, cite_anew, hold_sources


@dataclass(frozen=True)
class JudgedBy:
    """How many raters judged a unit, and of which kind: person or machine."""

    raters: int
    kind: str


@transaction.atomic
def hold_judged(*, by: str, framework: Framework, units: Mapping[int, JudgedBy], behind: Behind) -> int:
    """Mark units (by primary key) as judged. Machines do not take the mark of people away. Returns rows written."""
    held = {row.unit_id: row for row in JudgedUnit.objects.filter(framework=framework, unit__in=list(units))}
    wanted = {pk: who for pk, who in units.items() if not _stands(held.get(pk), who)}
    if not wanted:
        return 0
    source = hold_sources([behind.source]).rows[behind.source.key]
    said = Cite("judged", source, behind.certainty, locator=behind.locator, note=behind.reason)
    citation = cite_anew(behind.origin, said)
    fresh: list[JudgedUnit] = []
    other: list[JudgedUnit] = []
    for pk, who in wanted.items():
        row = held.get(pk) or JudgedUnit(unit_id=pk, framework=framework)
        row.raters, row.rater_kind, row.citation = who.raters, who.kind, citation
        row.retired_on, row.retired_because = None, ""
        (other if pk in held else fresh).append(row)
    JudgedUnit.objects.bulk_create(fresh, batch_size=1000)
    fields = ["raters", "rater_kind", "citation", "retired_on", "retired_because"]
    JudgedUnit.objects.bulk_update(other, fields, batch_size=500)
    audit(
        by=by,
        action="mark units as judged",
        subject=f"framework:{framework.key}",
        before={},
        after={"new": len(fresh), "changed": len(other)},
        reason=behind.reason,
        origin=behind.origin,
    )
    return len(wanted)


def _stands(row: JudgedUnit | None, who: JudgedBy) -> bool:
    """Whether the mark says that much, or more, already."""
    if row is None or row.retired_on:
        return False
    if row.rater_kind == who.kind:
        return row.raters >= who.raters
    return row.rater_kind == "person"
