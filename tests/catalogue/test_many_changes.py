"""Many changes at once: what is read beforehand is what stands, and the work for each is bounded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iqf.accounts.models import AuditEvent
from iqf.catalogue.actions.decisions import reopen
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.actions.joining import join
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.models import FieldConflict, Qualification, Requirement
from iqf.catalogue.queries import find

from .test_editing import do


def qualification(number):
    return Change(
        "qualification", "create", {"code": f"new-{number}"}, {"title": f"Test {number}", "kind": "historic"}
    )


def queries(*changes, number):
    with CaptureQueriesContext(
        connection,
    ) as made:
        do(*changes, number=number)
    return len(made)


def notes(many, text):
    found = Qualification.objects.filter(retired_on=None).order_by("pk")[:many]
    return [Change("qualification", "change", {"code": q.code}, {"note": f"{text} {q.code}"}) for q in found]


def test_each_further_change_costs_few_questions(starter):
    """A changed thing: its citation and its row. A new one: also whether the rules of the database hold for it."""
    few, many = (queries(*notes(n, f"n{n}"), number=n) for n in (20, 60))
    assert (many - few) / 40 <= 2.2
    few, many = (queries(*map(qualification, range(n, 2 * n)), number=n) for n in (21, 61))
    assert (many - few) / 40 <= 4


def test_one_field_changed_twice_is_decided_as_it_ended_and_both_are_told(starter):
    code = find("Q001", ["qualification"]).code
    change = [Change("qualification", "change", {"code": code}, {"note": text}) for text in ("first", "second")]
    do(*change)
    assert find(code).note == "second"
    told = AuditEvent.objects.filter(origin="proposal:1").order_by("pk")
    assert [event.after for event in told] == [{"note": "first"}, {"note": "second"}]
    decided = FieldConflict.objects.filter(subject=code, field="note").order_by("decision")
    assert [(c.value_before, c.value_decided) for c in decided][-1] == ("first", "second")
    assert [c.decision for c in decided][-2:] == [event.pk for event in told]


def test_one_field_changed_to_and_fro_is_taken_back_step_by_step(starter):
    code = find("Q001", ["qualification"]).code
    was = find(code).note
    do(*(Change("qualification", "change", {"code": code}, {"note": text}) for text in ("one", "two", "one")))
    for expected in ("two", "one", was):
        latest = FieldConflict.objects.filter(subject=code, decision__isnull=False).latest("decision")
        reopen(by="rita", decision=latest.decision, reason="Not so.")
        assert find(code).note == expected


def test_what_another_change_of_the_same_proposal_made_of_a_thing_is_what_is_shown_of_it(starter):
    q = Qualification.objects.filter(retired_on=None, owner__isnull=False).first()
    do(
        Change("qualification", "change", {"code": q.code}, {"owner": ""}),
        Change("organisation", "change", {"code": q.owner.code}, {"title": "Another Name"}),
    )
    conflict = FieldConflict.objects.get(subject=q.code, field="owner")
    assert (conflict.value_shown, conflict.value_before) == ("Another Name", q.owner.code)


def test_a_change_that_cannot_be_made_leaves_no_trace_in_what_is_said_of_the_next(starter):
    role = find("playworker", ["role"])
    wrong = Change("role", "change", {"code": role.code}, {"tier": "specialist", "successor": role.code})
    late = Change("role", "change", {"code": role.code}, {"tier": "targeted"}, {"tier": "other"})
    with pytest.raises(CannotApply) as refused:
        do(wrong, late)
    assert [f.change for f in refused.value.faults] == [0, 1]
    assert refused.value.faults[1].now == role.tier != "specialist"


def test_a_code_of_an_entry_that_was_joined_is_that_of_the_one_it_is_now(starter):
    kept, gone = Qualification.objects.filter(retired_on=None, joined_into=None, number="").order_by("pk")[:2]
    join(by="rita", kept=kept.code, gone=gone.code, reason="They are one.")
    role = find("playworker", ["role"])
    Requirement.objects.filter(role=role, qualification=kept).delete()
    key = {"role": role.code, "qualification": gone.code}
    do(Change("requirement", "create", key, {"strength": "relevant"}))
    made = Requirement.objects.get(role=role, citation__collection="proposal:1")
    assert made.qualification == find(gone.code)
