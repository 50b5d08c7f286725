"""The list's rows tied to the catalogue by qualification number, with citations; and where the two disagree."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.actions import official
from iqf.catalogue.actions.accepted import RECOGNISERS, accepted_ties
from iqf.catalogue.actions.citing import cite_rows
from iqf.catalogue.actions.official import Disagreement, OfficialClaim
from iqf.catalogue.actions.upsert import Batch
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners
from iqf.codes import level_words
from iqf.evidence.models import Retrieval, Source
from iqf.register.models import OfficialRow
from iqf.register.queries import numbered

REGISTER = "early-years"
RECOGNISER = RECOGNISERS[REGISTER]


@dataclass(frozen=True)
class Tied:
    """What tying did: how many rows it wrote, the conflicts that wait for a decision, who is counted."""

    writes: int
    conflicts: list[dict[str, Any]]
    claims: list[OfficialClaim]


def tie(*, by: str, source: Source, retrieval: Retrieval) -> Tied:
    """Bring links, recognitions and conflicts in step with the whole register and the catalogue as they stand.

    The whole register, not only the rows of one file: a qualification that came into the catalogue since is found.
    """
    claims = list(_claims())
    cited, writes = cite_rows(REGISTER, {c.row.pk: c.row for c in claims}.values(), source, retrieval)
    batch = Batch(by=by, collection=REGISTER, citations=cited, reason=f"ingest {REGISTER}")
    official.hold_claims(batch, REGISTER, RECOGNISER, claims)
    waiting = official.hold_disagreements(batch, _disagreements(claims))
    batch.flush()
    shown = [{"code": c.subject, "field": c.field, "shown": c.value_shown, "other": c.value_other} for c in waiting]
    return Tied(writes + batch.writes, shown, claims)


def _claims() -> Iterator[OfficialClaim]:
    rows = list(numbered(REGISTER))
    by_number: dict[str, list[m.Qualification]] = defaultdict(list)
    held = m.Qualification.objects.filter(LIVE, number__in={r.number for r in rows})
    for qualification in held.select_related("owner", "citation").order_by("code"):
        by_number[qualification.number].append(qualification)
    for row in rows:
        for qualification in by_number[row.number]:
            yield _claim(qualification, row, f"{official.BY_NUMBER} ({row.facts['number']})")
    for accepted in accepted_ties(REGISTER):
        yield _claim(*accepted)


def _claim(qualification: m.Qualification, row: OfficialRow, because: str) -> OfficialClaim:
    return OfficialClaim(
        qualification=qualification,
        row=row,
        because=because,
        level=row.level,
        started_from=row.facts["started_from"],
        started_to=row.facts["started_to"],
        condition=row.facts["condition"],
    )


def _disagreements(claims: Sequence[OfficialClaim]) -> Iterator[Disagreement]:
    owners = Owners()
    for claim in claims:
        held, row = claim.qualification, claim.row
        if held.level and row.level and held.level != row.level:
            yield Disagreement(held, row, "level", held.level, row.level)
        names = [row.owner, row.facts["owner_now"]]
        if row.owner and held.owner and not held.stands_for and not owners.same(names, held.owner):
            yield Disagreement(held, row, "owner", held.owner.title, row.owner)


def in_words(conflict: dict[str, Any]) -> str:
    """A conflict in a sentence."""
    shown, other = conflict["shown"], conflict["other"]
    if conflict["field"] == "level":
        shown, other = level_words(shown), level_words(other)
    what = f"{conflict['code']}, {conflict['field']}"
    return f"{what}: the catalogue says {shown}, the list {other}; both are kept until somebody decides."
