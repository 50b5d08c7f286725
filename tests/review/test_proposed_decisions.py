"""Proposed decisions: what is to be shown where sources disagree, and which official rows belong here."""

import json

import pytest
from tests.exchange.approved_list import BOOKS, CARE, read

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide, decide
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.editable.changes import CREATE, RETIRE, Change
from iqf.catalogue.queries import find
from iqf.exchange.sources import admitting, settling
from iqf.review.actions.proposing import Case, begin, submit
from iqf.review.models import BorderlineRow, Proposal

SAID = Case("A decision", "The specification says so.", "The specification, 2010", locator="page 3")


def conflict_decision(value="3", seen=("2", "3"), field="level"):
    key = {"subject": "601/2726/0", "field": field}
    return Change("conflict decision", CREATE, key, {"value_decided": value}, {"seen": json.dumps(seen)})


def inclusion_choice(number="610/9003/5", outcome="chosen"):
    return Change("inclusion choice", CREATE, {"subject": number}, {"outcome": outcome})


def sent(*changes):
    made = begin(by="cora", case=SAID, changes=changes)
    return submit(by="cora", number=made.pk, version=made.version)


def accepted(held):
    return admitting.accept(by="rita", number=held.pk, version=held.version, reason="Seen.")


@pytest.fixture
def listed(starter, tmp_path):
    """A list with a row that the rule asks about."""
    read(tmp_path, CARE, BOOKS)
    return BorderlineRow.objects.get()


def test_an_accepted_decision_is_made_by_its_own_action_with_its_source(starter):
    held = sent(conflict_decision())
    thing = find("601/2726/0")
    assert (thing.level, m.FieldConflict.objects.filter(decision__isnull=False).count()) == ("2", 0)
    assert accepted(held).subjects == (f"conflict decision:{thing.code} > level",)
    thing.refresh_from_db()
    assert thing.level == "3"
    event = AuditEvent.objects.get(action="decide conflict")
    assert (event.actor, event.origin, event.reason) == ("rita", held.origin, SAID.reason)
    assert m.FieldConflict.objects.get(decision=event.pk).decided_because == SAID.reason
    settling.undo(by="rita", decision=event.pk, reason="A mistake.")
    assert find("601/2726/0").level == "2"


def test_what_is_shown_can_be_proposed_to_stay(starter):
    accepted(sent(conflict_decision("2")))
    assert m.FieldConflict.objects.get(subject=find("601/2726/0").code, field="level").value_decided == "2"


def test_a_third_value_stands_on_the_source_that_was_named(starter):
    held = sent(conflict_decision("Entry 3"))
    accepted(held)
    decided = m.FieldConflict.objects.get(subject=find("601/2726/0").code, field="level")
    assert decided.value_decided == "E3"
    assert decided.citation_decided.source.title == SAID.source_title
    assert decided.citation_decided.locator == SAID.locator


def test_an_accepted_choice_admits_the_row_and_nothing_waits_about_it(listed):
    held = sent(inclusion_choice())
    assert not m.InclusionChoice.objects.exists()
    accepted(held)
    assert not BorderlineRow.objects.exists()
    admitted = m.Admission.objects.get(subject="61090035", qualification__retired_on=None)
    assert admitted.because == f"Chosen by a reviewer: {SAID.reason}"
    choice = m.InclusionChoice.objects.get()
    assert AuditEvent.objects.get(pk=choice.decision).origin == held.origin
    links = admitted.qualification.official_links.filter(retired_on=None)
    assert [link.official_row.reference for link in links] == ["61090035"]


def test_several_travel_together_and_all_or_none_is_done(listed):
    held = sent(conflict_decision(), inclusion_choice(outcome="refused"))
    decide(by="rita", code=find("601/2726/0").code, field="level", value="2", reason="Seen.")
    with pytest.raises(CannotApply, match="Nothing waits to be decided about the level"):
        accepted(held)
    assert not m.InclusionChoice.objects.exists()
    assert Proposal.objects.get().state == "waiting"
    with pytest.raises(CannotDecide):
        settling.undo(by="rita", decision=999999, reason="x")


def test_what_the_sources_said_when_it_was_proposed_must_be_what_they_say(starter):
    one = m.FieldConflict.objects.get(subject=find("601/2726/0").code, field="level")
    held = sent(conflict_decision())
    kept = {k: v for k, v in vars(one).items() if k not in ("_state", "id")}
    m.FieldConflict.objects.create(**{**kept, "value_other": "4"})
    with pytest.raises(CannotApply, match="The sources have changed since you began"):
        accepted(held)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (conflict_decision(field="title"), "Nothing waits to be decided about the title"),
        (conflict_decision("nine"), '"nine" is no level'),
        (conflict_decision(""), "to be shown must be given"),
        (inclusion_choice("999/9999/9"), "No official list that was read holds"),
        (inclusion_choice(outcome="perhaps"), "is not one of: chosen, refused"),
        (Change("inclusion choice", RETIRE, {"subject": "610/9003/5"}), "a reviewer"),
    ],
)
def test_what_cannot_be_decided_cannot_be_sent(listed, change, said):
    with pytest.raises(CannotApply, match=said):
        sent(change)
    assert not m.InclusionChoice.objects.exists()
