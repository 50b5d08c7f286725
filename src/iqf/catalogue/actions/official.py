"""Tie what official lists say to the catalogue: links, recognitions, and conflicts where the two disagree.

An official list adds to what the catalogue says and never overwrites it: where they disagree, both values stand side
by side until somebody decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from iqf.catalogue import models as m
from iqf.catalogue.actions.remembering import DECIDED_BEFORE, conflicts_of, settle
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.catalogue.models.official import TIED_KINDS
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import kind_of
from iqf.register.models import OfficialRow

BY_NUMBER = "Same qualification number"
SHOWN_UNDECIDED = "The catalogue's own value is shown until somebody decides."
NO_LONGER = "The list and the catalogue no longer say so."


@dataclass(frozen=True)
class OfficialTie:
    """An official row describes a thing; why we think so, and by which rule (one of models.official.RULES)."""

    thing: Thing
    row: OfficialRow
    because: str
    rule: str = "number"

    @property
    def subject(self) -> str:
        """The natural key of the tie."""
        return f"{self.row.reference}>{self.thing.code}"


@dataclass(frozen=True, kw_only=True)
class OfficialClaim(OfficialTie):
    """An official row counts a qualification, at a level, when it was started in this window; and why we tie them."""

    thing: m.Qualification
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


@dataclass(frozen=True)
class OtherOfficialName:
    """Another name of an organisation, as an official row gives it; of which kind (models NAME_KINDS)."""

    organisation: m.Organisation
    row: OfficialRow
    name: str
    kind: str


def hold_names(batch: Batch, names: Iterable[OtherOfficialName]) -> None:
    """Make the other names of organisations that this collection brought be exactly these."""
    once = {(n.organisation.pk, n.name, n.kind): n for n in names}
    made = upsert(batch, m.OrganisationName, [_name(n) for n in once.values()])
    retire_missing(batch, m.OrganisationName, made.values())


def _name(said: OtherOfficialName) -> Draft:
    key = {"organisation": said.organisation, "other_name": said.name, "kind": said.kind}
    subject = f"{said.row.reference}>{said.organisation.code}:{said.kind}:{said.name}"
    return Draft(subject, key, {"since": "", "note": ""}, cited_as=said.row.reference)


def hold_claims(batch: Batch, register: str, recogniser: str, claims: Sequence[OfficialClaim]) -> None:
    """Make the links and recognitions of one official list be exactly these.

    Citations are found in the batch under the rows' references. Links that a person made stand as they are.
    """
    hold_links(batch, register, claims)
    made = upsert(batch, m.Recognition, [_recognition(c, recogniser) for c in claims])
    of_retired = m.Recognition.objects.filter(~Q(qualification__retired_on=None), recogniser=recogniser)
    retire_missing(batch, m.Recognition, [*made.values(), *of_retired])


def hold_links(batch: Batch, register: str, ties: Sequence[OfficialTie]) -> None:
    """Make the links of one official list that a rule makes be exactly these.

    A link that a person made stands as it is.
    """
    drafts: dict[str, list[Draft]] = defaultdict(list)
    by_hand = {
        _ends(link)
        for link in m.OfficialLink.objects.filter(LIVE, official_row__register=register, rule="").select_related(
            *TIED_KINDS
        )
    }
    for tie in ties:
        if (kind_of(tie.thing), tie.thing.pk, tie.row.pk) not in by_hand:
            drafts[kind_of(tie.thing)].append(_link(tie))
    kept = {link.pk for group in drafts.values() for link in upsert(batch, m.OfficialLink, group).values()}
    _untie(batch, register, kept)


def _ends(link: m.OfficialLink) -> tuple[str, int, int]:
    return kind_of(link.thing), link.thing.pk, link.official_row_id


def _link(tie: OfficialTie) -> Draft:
    key = {kind_of(tie.thing): tie.thing, "official_row": tie.row}
    return Draft(tie.subject, key, {"because": tie.because, "rule": tie.rule}, cited_as=tie.row.reference)


def _untie(batch: Batch, register: str, keep: set[int]) -> None:
    """Retire links by rule that no longer hold. Those of retired things stay: they say what was described."""
    by_rule = m.OfficialLink.objects.filter(LIVE, official_row__register=register).exclude(rule="")
    for link in by_rule.select_related(*TIED_KINDS, "official_row"):
        if link.pk not in keep and not link.thing.is_retired:
            link.retired_on, link.retired_because = timezone.localdate(), NO_LONGER
            link.save(update_fields=["retired_on", "retired_because"])
            before = {"official_row": link.official_row.reference, "because": link.because}
            batch.note("untie official row", link.thing.code, before, {"retired_because": NO_LONGER})
            batch.writes += 1


def _recognition(claim: OfficialClaim, recogniser: str) -> Draft:
    reference = claim.row.reference
    return Draft(
        claim.subject,
        {"qualification": claim.thing, "recogniser": recogniser, "reference": reference},
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
