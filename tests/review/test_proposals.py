"""Proposals from the first draft to the decision: who may do what when, and what the public sees of it."""

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.queries import find
from iqf.review.actions.proposing import CannotPropose, Case, answer, begin, revise, submit, withdraw
from iqf.review.actions.reviewing import Edit, accept, ask, decline
from iqf.review.proposal_states import CHANGES, ENDED, STATES

CASE = Case("Playwork is specialist", "The sector body says so.", "Report of the sector body", locator="page 3")


def change(wanted="specialist"):
    role = find("playworker", ["role"])
    return Change("role", "change", {"code": role.code}, {"tier": wanted}, {"tier": role.tier})


def sent(by="ann", wanted="specialist", case=CASE):
    made = begin(by=by, case=case, changes=[change(wanted)])
    return submit(by=by, number=made.pk, version=made.version)


def tier():
    return find("playworker", ["role"]).tier


def test_a_proposal_is_drafted_sent_accepted_and_only_then_shown(starter):
    before = tier()
    made = begin(by="ann", case=CASE, changes=[change()])
    assert made.state == "draft"
    held = submit(by="ann", number=made.pk, version=made.version)
    assert (held.state, tier()) == ("waiting", before)
    accept(by="rita", number=held.pk, version=held.version, reason="Agreed with the body.")
    held.refresh_from_db()
    assert (held.state, held.decided_by, tier()) == ("accepted", "rita", "specialist")
    role = find("playworker", ["role"]).code
    assert AuditEvent.objects.get(subject=role, origin=held.origin).actor == "rita"
    assert AuditEvent.objects.get(subject=held.origin, action="accept proposal").reason == "Agreed with the body."


def test_nobody_reviews_their_own_work(starter):
    held = sent()
    for act in (accept, decline):
        with pytest.raises(CannotPropose, match="themselves"):
            act(by="ann", number=held.pk, version=held.version, reason="Fine.")
    with pytest.raises(CannotPropose, match="themselves"):
        ask(by="ann", number=held.pk, version=held.version, text="Why?")
    held.refresh_from_db()
    assert held.state == "waiting"


def test_only_its_author_revises_sends_answers_and_withdraws(starter):
    made = begin(by="ann", case=CASE, changes=[change()])
    for act in (submit, withdraw):
        with pytest.raises(CannotPropose, match="author"):
            act(by="bob", number=made.pk, version=made.version)
    with pytest.raises(CannotPropose, match="author"):
        revise(by="bob", number=made.pk, version=made.version, case=CASE)


@pytest.mark.parametrize(
    ("case", "changes", "sentence"),
    [
        (Case("A title"), True, "Say why"),
        (Case("A title", "A reason"), True, "Say where this comes from"),
        (CASE, False, "changes nothing"),
    ],
)
def test_what_is_not_whole_is_not_sent(starter, case, changes, sentence):
    made = begin(by="ann", case=case, changes=[change()] if changes else [])
    with pytest.raises(CannotPropose, match=sentence):
        submit(by="ann", number=made.pk, version=made.version)


def test_what_cannot_be_made_is_not_sent_and_says_where(starter):
    made = begin(by="ann", case=CASE, changes=[change(), change("middling")])
    with pytest.raises(CannotApply) as refused:
        submit(by="ann", number=made.pk, version=made.version)
    assert [(f.change, f.column) for f in refused.value.faults] == [(1, "tier")]
    assert tier() != "specialist"


def test_a_reviewer_asks_and_the_author_answers_and_rewrites(starter):
    held = sent()
    held = ask(by="rita", number=held.pk, version=held.version, text="Which page?")
    assert held.state == "asked"
    held = revise(by="ann", number=held.pk, version=held.version, case=CASE, changes=[change("targeted")])
    held = answer(by="ann", number=held.pk, version=held.version, text="Page 3.")
    assert held.state == "waiting"
    assert [(m.by, m.act) for m in held.messages.all()] == [("rita", "ask"), ("ann", "answer")]
    accept(by="rita", number=held.pk, version=held.version, reason="Good.")
    assert tier() == "targeted"


def test_what_changed_since_it_was_opened_is_not_overwritten(starter):
    held = sent()
    opened = held.version
    ask(by="rita", number=held.pk, version=opened, text="Which page?")
    with pytest.raises(CannotPropose, match="Somebody changed"):
        accept(by="rob", number=held.pk, version=opened, reason="Good.")


def test_two_proposals_about_one_field_end_in_a_refusal_that_a_reviewer_can_settle(starter):
    first, second = sent(), sent(by="bob", wanted="targeted")
    accept(by="rita", number=first.pk, version=first.version, reason="Good.")
    with pytest.raises(CannotApply) as refused:
        accept(by="rita", number=second.pk, version=second.version, reason="Good too.")
    assert refused.value.faults[0].now == "specialist"
    second.refresh_from_db()
    assert (second.state, tier()) == ("waiting", "specialist")
    edit = {0: Edit({"tier": "targeted"}, {"tier": "specialist"})}
    accept(by="rita", number=second.pk, version=second.version, reason="The later one.", edits=edit)
    assert tier() == "targeted"


def test_a_reviewer_edits_and_accepts_and_both_versions_are_kept(starter):
    held = sent()
    edit = {0: Edit({"tier": "targeted"}, held.changes.get().base)}
    accept(by="rita", number=held.pk, version=held.version, reason="Not quite.", edits=edit)
    one = held.changes.get()
    assert (one.wanted, one.accepted, tier()) == ({"tier": "specialist"}, {"tier": "targeted"}, "targeted")


def test_a_declined_one_says_why_and_stays_ended(starter):
    held = sent()
    with pytest.raises(CannotPropose, match="Say why"):
        decline(by="rita", number=held.pk, version=held.version, reason=" ")
    held = decline(by="rita", number=held.pk, version=held.version, reason="The page says otherwise.")
    with pytest.raises(CannotPropose, match="declined"):
        accept(by="rita", number=held.pk, version=held.version, reason="After all.")
    with pytest.raises(CannotPropose, match="declined"):
        withdraw(by="ann", number=held.pk, version=held.version)


def test_what_is_over_is_said_to_be_over_even_where_it_could_not_be_made_any_more(starter):
    role = find("playworker", ["role"]).code
    made = begin(by="ann", case=CASE, changes=[Change("role", "retire", {"code": role})])
    held = submit(by="ann", number=made.pk, version=made.version)
    accept(by="rita", number=held.pk, version=held.version, reason="Good.")
    held.refresh_from_db()
    for again in (
        lambda: accept(by="rita", number=held.pk, version=held.version, reason="Once more."),
        lambda: submit(by="ann", number=held.pk, version=held.version),
        lambda: answer(by="ann", number=held.pk, version=held.version, text="Page 3."),
    ):
        with pytest.raises(CannotPropose, match="This proposal is accepted"):
            again()
    assert AuditEvent.objects.filter(origin=held.origin).count() == 1


def test_the_table_of_states_is_whole():
    assert {state for state, _ in CHANGES} | set(CHANGES.values()) == set(STATES)
    assert not {state for state, _ in CHANGES} & set(ENDED)
    for state in STATES:
        assert state in ENDED or any(held == state for held, _ in CHANGES)
