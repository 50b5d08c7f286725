"""However many proposals are open, a page asks the database as often as with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iqf.catalogue.editable.changes import Change
from iqf.catalogue.queries import find
from iqf.review.actions.proposing import Case, begin, submit
from iqf.review.actions.reviewing import ask
from iqf.review.models import Proposal

LISTS = (
    "/staff/proposals",
    "/staff/proposals?state=",
    "/staff/proposals?state=asked",
    "/staff/proposals?mine=yes",
    "/staff/proposals?page=2",
    "/staff/proposals?words=Playworker",
    "/staff/proposals?words={role}",
    "/staff/proposals?entity=role",
    "/staff/proposals?entity=requirement&words=note",
)
OTHERS = (
    "/staff",
    "/staff/inbox",
    "/staff/proposals/{first}",
    "/staff/proposals/new?entity=role&code={role}",
    "/staff/history/{role}",
    "/roles/{role}",
)


def propose(many, by):
    """So many proposals about one role, each of three changes; every fourth is asked about."""
    role, q = find("playworker", ["role"]).code, find("Q001", ["qualification"]).code
    for n in range(many):
        changes = [
            Change("role", "change", {"code": role}, {"status_note": f"note {n}"}),
            Change("requirement", "create", {"role": role, "qualification": q}, {"strength": "relevant"}),
            Change("role title", "create", {"role": role, "title": f"Player {n}"}, {"kind": "synonym"}),
        ]
        case = Case(f"Playworker: note {n}", "The body says so.", "Report of the body")
        made = begin(by=by, case=case, changes=changes)
        made = submit(by=by, number=made.pk, version=made.version, checked=True)
        if n % 4 == 0:
            ask(by="rita", number=made.pk, version=made.version, text="Which page?")


def asked(client, address):
    role, first = find("playworker", ["role"]).code, Proposal.objects.order_by("pk").values_list("pk", flat=True)[0]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address.format(role=role, first=first))
    assert answer.status_code == 200
    return len(queries)


@pytest.fixture
def few_and_many(starter, signed_in):
    """How often an address asks with few proposals that are open, and with many: those of two people."""
    propose(2, by="ann")
    propose(2, by="bob")
    for address in (*LISTS, *OTHERS):
        asked(signed_in, address)
    few = {address: asked(signed_in, address) for address in (*LISTS, *OTHERS)}
    propose(60, by="ann")
    propose(60, by="bob")
    return few, {address: asked(signed_in, address) for address in (*LISTS, *OTHERS)}


def test_no_page_asks_more_often_where_more_proposals_are_open(few_and_many):
    few, many = few_and_many
    assert {address: (few[address], many[address]) for address in few if many[address] > few[address]} == {}
    assert max(many[address] for address in LISTS) <= 10


def test_a_list_reads_no_changes_and_says_how_many_there_are(starter, signed_in):
    propose(1, by="bob")
    with CaptureQueriesContext(connection) as queries:
        page = signed_in.get("/staff/proposals?state=asked").content.decode()
    assert "3 changes" in page
    assert not [q["sql"] for q in queries if '"review_proposedchange"."wanted"' in q["sql"]]


def test_a_proposal_of_many_changes_is_tried_when_it_is_asked_for(starter, signed_in, monkeypatch):
    """Its page shows the changes at once; what would follow of so many takes seconds, and is not reckoned unasked."""
    from iqf.web.staff.views import proposals as view

    propose(1, "bob")
    made = Proposal.objects.latest("pk")
    here = f"/staff/proposals/{made.pk}"
    assert "Try all" not in signed_in.get(here).content.decode()
    monkeypatch.setattr(view, "MOST_TRIED", 2)
    tried = []
    reckon = view.effects
    monkeypatch.setattr(view, "effects", lambda *given: tried.append(given) or reckon(*given))
    page = signed_in.get(here).content.decode()
    assert "Try all 3 changes" in page
    assert "note 0" in page
    assert tried == []
    assert "Try all" not in signed_in.get(f"{here}?try=yes").content.decode()
    assert len(tried) == 1
