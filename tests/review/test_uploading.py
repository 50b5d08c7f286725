"""Spreadsheets handed in and sent, and the links by which organisations without an account do so."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.exchange.sheets_by_hand import seen

from iqf.accounts.models import AuditEvent
from iqf.catalogue.queries import NotFoundError, find
from iqf.review.actions.proposing import CannotPropose, Case
from iqf.review.actions.reviewing import accept
from iqf.review.actions.uploading import (
    Handed,
    drop,
    hand_in,
    hand_in_again,
    hash_of,
    make_link,
    propose,
    send,
    withdraw_link,
)
from iqf.review.models import Upload, UploadLink
from iqf.review.upload_queries import link_with, upload_by, upload_of, uploads_of, why_ended

DATA = b"code,tier\r\nplayworker,specialist\r\n"
CASE = Case("Tiers", "The body says so.", "Report of the body")


def handed(data=DATA, of=""):
    return Handed("role", of, "roles.csv", data, seen("role", data).changes)


def link(by="ann", **more):
    asked = {"entity": "role", "of": "", "body": "", "body_name": "Play for All"} | more
    return make_link(by=by, **asked)


def tier():
    return find("playworker", ["role"]).tier


def test_a_sheet_is_kept_with_a_draft_sent_and_accepted(starter):
    upload = hand_in(by="ann", handed=handed())
    assert (upload.proposal.state, upload.proposal.came_by, bytes(upload.content)) == ("draft", "spreadsheet", DATA)
    assert upload.proposal.title == "Spreadsheet roles.csv: 1 changes"
    before = tier()
    sent = send(by="ann", upload=upload.pk, case=CASE, changes=handed().changes)
    upload.refresh_from_db()
    assert (sent.state, sent.title, bytes(upload.content), tier()) == ("waiting", "Tiers", b"", before)
    accept(by="rita", number=sent.pk, version=sent.version, reason="Agreed.")
    assert tier() == "specialist"


def test_a_corrected_sheet_takes_the_place_of_the_one_before(starter):
    upload = hand_in(by="ann", handed=handed(b"code,tier\r\nplayworker,targeted\r\nIQF-R-000009,x\r\n"))
    again = hand_in_again(by="ann", upload=upload.pk, handed=handed())
    assert again.pk == upload.pk
    assert [c.wanted for c in again.proposal.changes.all()] == [{"tier": "specialist"}]
    assert Upload.objects.count() == 1


def test_nobody_else_sees_sends_or_drops_it(starter):
    upload = hand_in(by="ann", handed=handed())
    for act in (
        lambda: send(by="bob", upload=upload.pk, case=CASE, changes=handed().changes),
        lambda: drop(by="bob", upload=upload.pk),
        lambda: hand_in_again(by="bob", upload=upload.pk, handed=handed()),
    ):
        with pytest.raises(CannotPropose, match="no such upload of yours"):
            act()
    with pytest.raises(NotFoundError):
        upload_of("bob", upload.pk)
    assert not uploads_of("bob")
    assert [u.pk for u in uploads_of("ann")] == [upload.pk]


def test_what_was_sent_or_dropped_is_over(starter):
    upload = hand_in(by="ann", handed=handed())
    drop(by="ann", upload=upload.pk)
    upload.refresh_from_db()
    assert (upload.proposal.state, bytes(upload.content)) == ("withdrawn", b"")
    with pytest.raises(CannotPropose, match="sent already, or taken back"):
        send(by="ann", upload=upload.pk, case=CASE, changes=handed().changes)


def test_a_sheet_is_not_sent_without_source_and_reason_and_stays(starter):
    upload = hand_in(by="ann", handed=handed())
    for case, said in ((Case("T", "why"), "Say where"), (Case("T", "", "Report"), "Say why")):
        with pytest.raises(CannotPropose, match=said):
            send(by="ann", upload=upload.pk, case=case, changes=handed().changes)
    upload.refresh_from_db()
    assert (upload.proposal.state, bytes(upload.content)) == ("draft", DATA)


def test_more_changes_than_anybody_can_judge_are_not_taken(starter, monkeypatch):
    monkeypatch.setattr("iqf.review.actions.uploading.MOST_CHANGES", 0)
    with pytest.raises(CannotPropose, match="asks for 1 changes, and nobody can judge more than 0"):
        hand_in(by="ann", handed=handed())
    with pytest.raises(CannotPropose):
        propose(by="ann", case=CASE, changes=handed().changes)
    assert not Upload.objects.exists()


def test_files_that_nobody_sends_are_forgotten_and_their_drafts_are_not(starter):
    old = hand_in(by="ann", handed=handed())
    Upload.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=31))
    hand_in(by="bob", handed=handed())
    old.refresh_from_db()
    assert (bytes(old.content), old.proposal.state) == (b"", "draft")


def test_a_link_hands_in_and_sends_once_in_the_name_of_its_body(starter):
    made, token = link(body="IQF-O-000001")
    assert token not in str(vars(UploadLink.objects.get()))
    assert link_with(hash_of(token)) == made
    upload = hand_in(by=made.author, handed=handed(), link=made)
    assert upload_by(made) == upload
    assert not uploads_of(made.author)
    sent = send(by=made.author, upload=upload.pk, case=CASE, changes=handed().changes)
    assert (sent.author, sent.came_by, sent.body, sent.body_name) == (
        "link: Play for All", "link", "IQF-O-000001", "Play for All"
    )  # fmt: skip
    made.refresh_from_db()
    assert "was used on" in why_ended(made)
    with pytest.raises(CannotPropose, match="was used on"):
        hand_in(by=made.author, handed=handed(), link=made)
    accept(by="ann", number=sent.pk, version=sent.version, reason="Agreed.")


def test_two_sheets_by_one_link_are_sent_once_even_side_by_side(starter):
    made, _ = link()
    first, second = (hand_in(by=made.author, handed=handed(), link=made) for _ in range(2))
    send(by=made.author, upload=first.pk, case=CASE, changes=handed().changes)
    with pytest.raises(CannotPropose, match="was used on"):
        send(by=made.author, upload=second.pk, case=CASE, changes=handed().changes)
    second.refresh_from_db()
    assert second.proposal.state == "draft"


def test_a_link_ends_when_it_is_withdrawn_and_in_time(starter):
    made, _ = link()
    withdraw_link(by="bob", number=made.pk)
    made.refresh_from_db()
    assert "was withdrawn" in why_ended(made)
    with pytest.raises(CannotPropose, match="was withdrawn"):
        withdraw_link(by="bob", number=made.pk)
    late, _ = link()
    assert (late.expires_at - late.made_at).days in (29, 30)
    UploadLink.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    late.refresh_from_db()
    assert "This link ended on" in why_ended(late)
    with pytest.raises(NotFoundError, match="not one of ours"):
        link_with(hash_of("guess"))
    actions = list(AuditEvent.objects.filter(subject=f"upload link:{made.pk}").values_list("action", "actor"))
    assert actions == [("make upload link", "ann"), ("withdraw upload link", "bob")]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_link_is_for_somebody(starter, name):
    with pytest.raises(CannotPropose, match="Name the organisation"):
        link(body_name=name)
