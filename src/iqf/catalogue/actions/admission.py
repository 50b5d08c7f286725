"""Admit official rows into the catalogue and let them leave again: by the rule of inclusion, by role, by a reviewer.

Qualifications that other collections brought are never touched. What leaves is retired with its reason; what enters
again stands again under the code it had. Applying a rule twice writes nothing the second time.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.analysis.inclusion import Rule, records_of
from iqf.catalogue import models as m
from iqf.catalogue.actions.admitted_owners import owners_of
from iqf.catalogue.actions.admitted_values import clipped, values_of
from iqf.catalogue.actions.citing import cite_under
from iqf.catalogue.actions.decisions import CannotDecide, one_reason
from iqf.catalogue.actions.upsert import Batch, Draft, FieldChange, name_things, upsert
from iqf.catalogue.inclusion import COLLECTION, ENTERS, LEAVES, STAYS, Judged, held_by_others, judged, rule_in_force
from iqf.catalogue.inclusion import choices as choices_now
from iqf.catalogue.models.inclusion import OUTCOMES
from iqf.register.models import OfficialRow

__all__ = ["Admitted", "ChosenRow", "apply_rule", "choose", "follow", "undo"]

FROM_THIS_ROW = "Admitted from this row, which carries no number"


@dataclass(frozen=True)
class Admitted:
    """What a change did: codes that entered and left, fields that changed in those that stayed, and rows written."""

    version: int
    entered: tuple[str, ...]
    left: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    writes: int


@dataclass(frozen=True)
class ChosenRow:
    """What a reviewer decides about one subject: a number as stored, or `list:reference` for a row without one."""

    subject: str
    title: str


@transaction.atomic
def apply_rule(*, by: str, rule: Rule | None = None, reason: str = "") -> Admitted:
    """Put a rule in force (without one: that in force, or the shipped one) and bring the catalogue in step with it.

    A rule that says other than the one in force becomes a new version, with its reason. Raises CannotDecide where
    there is none.
    """
    now, reason = rule_in_force(), " ".join(reason.split())
    rule = rule or now.rule
    batch = Batch(by=by, collection=COLLECTION, citations={}, reason=reason or now.reason)
    version = now.version
    if not version or rule != now.rule:
        version = _new_version(batch, rule, reason or (now.reason if rule == now.rule else ""), version + 1)
    return _bring_in_step(batch, version, list(judged(rule)))


def _new_version(batch: Batch, rule: Rule, reason: str, version: int) -> int:
    reason = one_reason(reason)
    made = m.InclusionRule.objects.create(version=version, clauses=records_of(rule), by=batch.by, reason=reason)
    after = {"version": version, "clauses": [c.name for c in rule.clauses]}
    batch.note("apply rule", f"inclusionrule:{made.version}", {"version": version - 1}, after)
    batch.writes += 1
    return version


@transaction.atomic
def choose(*, by: str, rows: Sequence[ChosenRow], outcome: str, reason: str, origin: str = "") -> Admitted:
    """Record a reviewer's choice (`chosen` or `refused`) about rows, with one reason, and do at once what it says.

    `origin`: what brought it, where that was a proposal. Raises CannotDecide: without a reason, for another outcome,
    or to refuse what stands by another collection.
    """
    reason = one_reason(reason)
    if outcome not in OUTCOMES:
        raise CannotDecide(f'"{outcome}" is no choice; a row is {" or ".join(OUTCOMES)}.')
    batch = Batch(by=by, collection=COLLECTION, citations={}, reason=reason)
    _none_held(rows)
    held = choices_now()
    for decision in rows:
        _record(batch, decision, outcome, held.get(decision.subject), origin)
    return _for_these(batch, [d.subject for d in rows])


def _none_held(rows: Sequence[ChosenRow]) -> None:
    """What another collection brought stands by that collection: there is nothing to decide."""
    others = held_by_others()
    for decision in rows:
        if code := others.get(decision.subject):
            message = f"{decision.title} stands in the framework as {code}, which another collection brought; "
            raise CannotDecide(message + "the rule of inclusion neither admits nor retires it.")


def _record(batch: Batch, decision: ChosenRow, outcome: str, held: m.InclusionChoice | None, origin: str) -> None:
    before = {}
    if held is not None:
        if (held.outcome, held.reason) == (outcome, batch.reason):
            return
        before = {"outcome": held.outcome, "reason": held.reason}
        _retire(held, "Decided again.")
        batch.writes += 1
    event = audit(
        by=batch.by,
        action="decide inclusion",
        subject=f"inclusion:{decision.subject}",
        before=before,
        after={"outcome": outcome},
        reason=batch.reason,
        origin=origin,
    )
    m.InclusionChoice.objects.create(
        subject=decision.subject,
        title=decision.title,
        outcome=outcome,
        reason=batch.reason,
        by=batch.by,
        decision=event.pk,
    )
    batch.writes += 1


@transaction.atomic
def undo(*, by: str, subjects: Collection[str], reason: str = "") -> Admitted:
    """Take choices back: the rule alone says again where these rows stand. Raises CannotDecide."""
    held = choices_now()
    if missing := [s for s in subjects if s not in held]:
        raise CannotDecide(f"Nothing was decided about {missing[0]}.")
    reason = one_reason(reason or "Taken back.")
    batch = Batch(by=by, collection=COLLECTION, citations={}, reason=reason)
    for subject in subjects:
        before = {"outcome": held[subject].outcome, "reason": held[subject].reason}
        _retire(held[subject], reason)
        batch.note("undo inclusion", f"inclusion:{subject}", before, {})
        batch.writes += 1
    return _for_these(batch, subjects)


def _retire(choice: m.InclusionChoice, because: str) -> None:
    choice.retired_on, choice.retired_because = timezone.localdate(), clipped(because, 300)
    choice.save(update_fields=["retired_on", "retired_because"])


def _for_these(batch: Batch, subjects: Collection[str]) -> Admitted:
    now = rule_in_force()
    return _bring_in_step(batch, now.version, list(judged(now.rule, set(subjects))))


@transaction.atomic
def follow(*, by: str, reason: str) -> Admitted:
    """Bring what stands by admission in step with its official rows, field by field. Admits and retires nothing."""
    now = rule_in_force()
    batch = Batch(by=by, collection=COLLECTION, citations={}, reason=reason)
    standing = m.Admission.objects.filter(qualification__retired_on__isnull=True)
    if not standing.exists():
        return Admitted(now.version, (), (), (), 0)
    kept = set(standing.values_list("subject", flat=True))
    return _bring_in_step(batch, now.version, list(judged(now.rule, kept)), only=True)


def _bring_in_step(batch: Batch, version: int, found: Sequence[Judged], *, only: bool = False) -> Admitted:
    """`only`: rows are followed, nothing enters or leaves, and the reason for which each stands is left as it is."""
    stand = found if only else [j for j in found if j.change in (ENTERS, STAYS)]
    leave = [] if only else [j for j in found if j.change == LEAVES]
    _admit(batch, stand, keep_reasons=only)
    _let_go(batch, version, leave)
    entered = [j.candidate.subject for j in stand if j.change == ENTERS]
    codes = m.Admission.objects.filter(subject__in=entered).values_list("qualification__code", flat=True)
    writes = batch.writes
    batch.flush()
    left = tuple(sorted(j.code for j in leave))
    return Admitted(version, () if only else tuple(sorted(codes)), left, tuple(batch.changes), writes)


def _admit(batch: Batch, stand: Sequence[Judged], *, keep_reasons: bool) -> None:
    if not stand:
        return
    rows = OfficialRow.objects.in_bulk([j.candidate.pk for j in stand])
    by_subject = {j.candidate.subject: rows[j.candidate.pk] for j in stand}
    batch.citations, writes = cite_under(COLLECTION, by_subject)
    batch.writes += writes
    owners = owners_of(batch, by_subject.values())
    held = {a.subject: a.qualification for a in _admissions(by_subject)}
    drafts = [
        Draft(subject, {"subject": subject}, values_of(row, owners[row.pk]), (subject, row.row))
        for subject, row in by_subject.items()
    ]
    keyed = {(subject,): qualification for subject, qualification in held.items()}
    made = upsert(batch, m.Qualification, drafts, kind="qualification", held=keyed)
    _name(batch, made, by_subject)
    if not keep_reasons:
        _explain(batch, made, stand)


def _admissions(subjects: Iterable[str]) -> Iterable[m.Admission]:
    wanted = set(subjects)
    every = m.Admission.objects.select_related("qualification__citation", "qualification__owner")
    return [a for a in every if a.subject in wanted]


def _name(batch: Batch, made: Mapping[str, m.Qualification], rows: Mapping[str, OfficialRow]) -> None:
    """The official number as an alias; a row without one by its list's own reference, and tied to it here."""
    numbered = [(made[s], "qan", _shown(r.number)) for s, r in rows.items() if r.number]
    bare = {s: r for s, r in rows.items() if not r.number}
    name_things(
        batch, m.QualificationAlias, [*numbered, *((made[s], r.register, r.reference) for s, r in bare.items())]
    )
    links = [
        Draft(
            f"{s}>{made[s].code}", {"qualification": made[s], "official_row": r}, {"because": FROM_THIS_ROW}, (s, 0)
        )
        for s, r in bare.items()
    ]
    upsert(batch, m.OfficialLink, links)


def _shown(number: str) -> str:
    return f"{number[:3]}/{number[3:7]}/{number[7:]}"


def _explain(batch: Batch, made: Mapping[str, m.Qualification], stand: Sequence[Judged]) -> None:
    drafts = [
        Draft(
            j.candidate.subject,
            {"qualification": made[j.candidate.subject]},
            {
                "subject": j.candidate.subject,
                "by": j.verdict.by,
                "because": clipped(j.verdict.because, 700),
            },
            (j.candidate.subject, 0),
        )
        for j in stand
    ]
    upsert(batch, m.Admission, drafts)


def _let_go(batch: Batch, version: int, leave: Sequence[Judged]) -> None:
    """Retire what leaves, with the reason; its code, its citation and why it had been admitted are kept."""
    gone = {q.code: q for q in m.Qualification.objects.filter(code__in=[j.code for j in leave])}
    for leaving in leave:
        qualification = gone[leaving.code]
        qualification.retired_on = timezone.localdate()
        qualification.retired_because = clipped(_why(leaving, version), 300)
        batch.note("retire qualification", qualification.code, {}, {"retired_because": qualification.retired_because})
    m.Qualification.objects.bulk_update(gone.values(), ["retired_on", "retired_because"], batch_size=500)
    batch.writes += len(gone)
    batch.retired += len(gone)


def _why(leaving: Judged, version: int) -> str:
    if leaving.held_by:
        return f"It stands in the framework as {leaving.held_by}, which another collection brought."
    if leaving.verdict.by == "reviewer":
        return leaving.verdict.because
    return f"No longer admitted under version {version} of the rule of inclusion. {leaving.verdict.because}"
