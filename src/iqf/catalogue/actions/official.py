"""Tie what official lists say to the catalogue: links, recognitions, and conflicts where the two disagree.

An official list adds to what the catalogue says and never overwrites it: where they disagree, both values stand side
by side until somebody decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from iqf.catalogue import models as m
from iqf.catalogue.actions.remembering import DECIDED_BEFORE, conflicts_of, settle
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.catalogue.models.things import LIVE
from iqf.register.models import OfficialRow

BY_NUMBER = "Same qualification number"
SHOWN_UNDECIDED = "The catalogue's own value is shown until somebody decides."
NUMBER_DIFFERS = "The numbers are no longer the same."


@dataclass(frozen=True)
class OfficialTie:
    """An official row describes a qualification, and why we think so."""

    qualification: m.Qualification
    row: OfficialRow
    because: str

    @property
    def subject(self) -> str:
        """The natural key of the tie."""
        return f"{self.row.reference}>{self.qualification.code}"


@dataclass(frozen=True)
class OfficialClaim(OfficialTie):
    """An official row counts a qualification, at a level, when it was started in this window; and why we tie them."""

    level: str
    started_from: str
    started_to: str
    condition: str


@dataclass(frozen=True)
class Disagreement:
    """An official row says otherwise than the catalogue about one field of one qualification."""

    qualification: m.Qualification
    row: OfficialRow
    field: str
    shown: str
    other: str


def hold_claims(batch: Batch, register: str, recogniser: str, claims: Sequence[OfficialClaim]) -> None:
    """Make the links and recognitions of one official list be exactly these.

    Citations are found in the batch under the rows' references. Links that a person made stand as they are.
    """
    hold_links(batch, register, claims)
    made = upsert(batch, m.Recognition, [_recognition(c, recogniser) for c in claims])
    of_retired = m.Recognition.objects.filter(~Q(qualification__retired_on=None), recogniser=recogniser)
    retire_missing(batch, m.Recognition, [*made.values(), *of_retired])


def hold_links(batch: Batch, register: str, ties: Sequence[OfficialTie]) -> None:
    """Make the links by number of one official list be exactly these. Links that a person made stand as they are."""
    links = upsert(batch, m.OfficialLink, [_link(tie) for tie in ties])
    _untie(batch, register, {link.pk for link in links.values()})


def _link(claim: OfficialTie) -> Draft:
    key = {"qualification": claim.qualification, "official_row": claim.row}
    return Draft(claim.subject, key, {"because": claim.because}, cited_as=claim.row.reference)


def _untie(batch: Batch, register: str, keep: set[int]) -> None:
    """Retire links by number that no longer hold."""
    made_by_number = m.OfficialLink.objects.filter(
        LIVE, official_row__register=register, because__startswith=BY_NUMBER, qualification__retired_on=None
    )
    for link in made_by_number.select_related("qualification", "official_row"):
        if link.pk not in keep:
            link.retired_on, link.retired_because = timezone.localdate(), NUMBER_DIFFERS
            link.save(update_fields=["retired_on", "retired_because"])
            before = {"official_row": link.official_row.reference, "because": link.because}
            batch.note("untie official row", link.qualification.code, before, {"retired_because": NUMBER_DIFFERS})
            batch.writes += 1


def _recognition(claim: OfficialClaim, recogniser: str) -> Draft:
    reference = claim.row.reference
    return Draft(
        claim.subject,
        {"qualification": claim.qualification, "recogniser": recogniser, "reference": reference},
        {
            "level": claim.level,
            "started_from": claim.started_from,
            "started_to": claim.started_to,
            "condition": claim.condition,
        },
        cited_as=reference,
    )


def hold_disagreements(batch: Batch, found: Iterable[Disagreement]) -> list[m.FieldConflict]:
    """Make the undecided conflicts that this collection raised be exactly these. Returns those that wait.

    A decision is remembered: a value that was known when the field was decided raises nothing. A conflict that
    another collection raised is left as it is while it stands.
    """
    known = conflicts_of(batch)
    wanted = {
        (d.qualification.code, d.field, d.other): d
        for d in reversed(list(found))
        if not ((decision := known.decision(d.qualification.code, d.field)) and decision.knows(d.other))
    }
    ours = [key for key in wanted if key not in known.by_key or _waits_on(known.by_key[key], batch)]
    drafts = [_conflict(batch, wanted[key]) for key in sorted(ours)]
    made = upsert(batch, m.FieldConflict, drafts, held=known.by_key)
    for conflict in made.values():
        known.add(conflict)
    _settle(batch, {c.pk for c in made.values()})
    return list(made.values())


def _waits_on(conflict: m.FieldConflict, batch: Batch) -> bool:
    """Undecided, and this collection's: because it raised it, or because the one that did no longer does."""
    ours = conflict.citation_other.collection == batch.collection or conflict.is_retired
    return ours and not conflict.is_decided


def _conflict(batch: Batch, found: Disagreement) -> Draft:
    code = found.qualification.code
    decision = conflicts_of(batch).decision(code, found.field)
    return Draft(
        f"{code}:{found.field}:{found.other}"[:150],
        {"subject": code, "field": found.field, "value_other": found.other},
        {
            "value_shown": found.shown,
            "citation_shown": decision.citation if decision else found.qualification.citation,
            "citation_other": batch.citations[found.row.reference],
            "reason": DECIDED_BEFORE if decision else SHOWN_UNDECIDED,
            "retired_on": None,
            "retired_because": "",
        },
    )


def _settle(batch: Batch, keep: set[int]) -> None:
    """Retire the undecided conflicts of this collection that hold no more."""
    waiting = m.FieldConflict.objects.filter(LIVE, decision=None, citation_other__collection=batch.collection)
    for conflict in waiting:
        if conflict.pk not in keep:
            settle(batch, conflict)
