"""The history with names, and an earlier state proposed again by pressing a button."""

import pytest

from iqf.accounts.queries import history
from iqf.catalogue.actions.editing import Behind, apply_changes
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.queries import find
from iqf.evidence.models import Source
from iqf.review.models import Proposal


@pytest.fixture
def role(starter):
    """A role that somebody changed."""
    role = find("playworker", ["role"])
    source = Source(key="proposal:900", title="A report", publisher="A body", kind="proposal")
    change = Change("role", "change", {"code": role.code}, {"tier": "specialist"})
    apply_changes(by="rita", changes=[change], behind=Behind(source, "", "page", "So it is.", "proposal:900"))
    return role


def numbers(role):
    return list(history(role.code).values_list("pk", flat=True))


def test_staff_see_who_did_it(signed_in, role):
    page = signed_in.get(f"/staff/history/{role.code}").content.decode()
    assert "an editor, proposed by A body (rita)" in page
    assert "rita" not in signed_in.get(f"/roles/{role.code}/history").content.decode()


def test_an_earlier_state_becomes_a_draft_proposal(signed_in, role):
    before = numbers(role)[1]
    page = signed_in.get(f"/staff/history/{role.code}/{before}")
    assert "Propose to restore this" in page.content.decode()
    response = signed_in.post(f"/staff/history/{role.code}/{before}")
    made = Proposal.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/staff/proposals/{made.pk}")
    assert (made.came_by, made.author, made.state) == ("restore", "ann", "draft")
    assert signed_in.get(response["Location"]).status_code == 200
    change = made.changes.get()
    assert (change.base, change.wanted) == ({"tier": "specialist"}, {"tier": "universal"})


def test_the_present_cannot_be_restored(signed_in, role):
    now = numbers(role)[0]
    assert "Propose to restore" not in signed_in.get(f"/staff/history/{role.code}/{now}").content.decode()
    response = signed_in.post(f"/staff/history/{role.code}/{now}")
    assert response.status_code == 400
    assert "nothing to restore" in response.content.decode()
    assert not Proposal.objects.exists()


def test_what_is_not_there_is_said(signed_in, role):
    assert signed_in.get("/staff/history/nobody").status_code == 404
    assert signed_in.get(f"/staff/history/{role.code}/1").status_code == 404
