"""Tie an official row to a thing because somebody said so; and untie it again."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from iqf.catalogue import models as m
from iqf.catalogue.actions.citing import cite_rows
from iqf.catalogue.actions.upsert import Batch, Draft, upsert
from iqf.catalogue.joined import code_now
from iqf.catalogue.models.official import TIED_KINDS
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import kind_of
from iqf.evidence.models import Retrieval
from iqf.register.models import OfficialRow

ACCEPTED = "Accepted by the framework's editors"
UNDONE = "The decision to accept it was undone."
RECOGNISERS = {"early-years": "Department for Education early years qualifications list"}
"""The official lists that count qualifications: whose rows are recognitions of what they are tied to."""


class CannotTie(Exception):
    """The two cannot be tied, in one plain sentence. Nothing was written."""


@transaction.atomic
def tie_accepted(*, by: str, thing: Thing, row: OfficialRow, decision: int, reason: str) -> None:
    """Tie a thing to an official row that somebody accepted as describing it; `decision` is its number in the trail.

    Where the list counts qualifications, the row's recognition comes with it, cited to the row. No import takes
    either back. Raises CannotTie where rows cannot describe things of this kind, or the file of the row is not known.
    """
    kind = kind_of(thing)
    if kind not in TIED_KINDS:
        raise CannotTie(f"An official row cannot be tied to a {kind}.")
    batch = Batch(by=by, collection=row.register, citations=_cited(row), reason=reason)
    because = f"{ACCEPTED} (decision {decision}): {reason}"[:200]
    link, made = m.OfficialLink.objects.get_or_create(**_ends(thing, row), defaults={"because": because})
    if not made:
        link.rule, link.because, link.retired_on, link.retired_because = "", because, None, ""
        link.save()
    batch.note("tie official row", thing.code, {}, {"official_row": row.reference, "because": because})
    if row.register in RECOGNISERS and isinstance(thing, m.Qualification):
        upsert(batch, m.Recognition, [_recognition(thing, row)])
    batch.flush()


def _ends(thing: Thing, row: OfficialRow) -> dict[str, Any]:
    return {kind_of(thing): thing, "official_row": row}


def _cited(row: OfficialRow) -> dict[str, Any]:
    read = Retrieval.objects.filter(sha256=row.retrieval).select_related("source").order_by("pk").first()
    if read is None:
        raise CannotTie(f"The file that printed {row.reference} is not on record; read it in again first.")
    return cite_rows(row.register, [row], read.source, read)[0]


def _recognition(thing: m.Qualification, row: OfficialRow) -> Draft:
    said = {name: row.facts.get(name, "") for name in ("started_from", "started_to", "condition")}
    key = {"qualification": thing, "recogniser": RECOGNISERS[row.register], "reference": row.reference}
    return Draft(f"{row.reference}>{thing.code}", key, {"level": row.level, **said}, cited_as=row.reference)


@transaction.atomic
def untie_accepted(*, by: str, code: str, register: str, reference: str, reason: str) -> None:
    """Take back what `tie_accepted` tied. What is not tied stays so. A joined thing is what it is now."""
    day, code = timezone.localdate(), code_now(code)
    links = m.OfficialLink.objects.filter(
        LIVE, because__startswith=ACCEPTED, official_row__register=register, official_row__reference=reference
    )
    batch = Batch(by=by, collection=register, citations={}, reason=reason)
    for link in links.select_related(*TIED_KINDS):
        if link.thing.code == code:
            link.retired_on, link.retired_because = day, UNDONE
            link.save(update_fields=["retired_on", "retired_because"])
            batch.note("untie official row", code, {"official_row": reference}, {"retired_because": UNDONE})
    counted = m.Recognition.objects.filter(LIVE, recogniser=RECOGNISERS.get(register, ""), reference=reference)
    for recognition in counted.filter(qualification__code=code):
        recognition.retired_on, recognition.retired_because = day, UNDONE
        recognition.save(update_fields=["retired_on", "retired_because"])
        batch.note("retire recognition", code, {"reference": reference}, {"retired_because": UNDONE})
    batch.flush()


def accepted_ties(register: str) -> Iterator[tuple[m.Qualification, OfficialRow, str]]:
    """What somebody tied to the standing rows of a list: qualification, row, and why."""
    links = m.OfficialLink.objects.filter(
        LIVE,
        because__startswith=ACCEPTED,
        official_row__register=register,
        official_row__retired=False,
        qualification__isnull=False,
        qualification__retired_on=None,
    )
    whole = links.select_related("qualification__owner", "qualification__citation", "official_row")
    for link in whole.order_by("pk"):
        if link.qualification:
            yield link.qualification, link.official_row, link.because
