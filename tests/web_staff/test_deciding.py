"""The inbox and its forms, as staff use them."""

import json
import re

import pytest
from tests.web_staff.test_pages import text_of

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.reports.private.inbox import inbox
from iqf.review.actions import FoundMatch, hold_matches
from iqf.review.models import ProposedMatch
from iqf.web.staff.forms import TAKE


@pytest.fixture
def disputed(starter):
    """The qualification whose number two documents put at two levels."""
    return find("601/2726/0")


@pytest.fixture
def address(disputed):
    return f"/staff/inbox/conflict/{disputed.code}:level"


def sent(client, address, **typed):
    return client.post(address, {"seen": json.dumps(["2", "3"]), **typed})


def test_the_inbox_lists_all_that_waits_by_what_it_affects(signed_in, early_years_file):
    page = text_of(signed_in.get("/staff/inbox"))
    answer = inbox()
    assert [item.roles for item in answer.items] == sorted((item.roles for item in answer.items), reverse=True)
    assert f"All ({len(answer.items)})" in page
    assert f"Sources disagree ({answer.counts['conflict']})" in page
    assert f"Proposed matches ({answer.counts['match']})" in page
    assert answer.counts["conflict"] == 2
    assert answer.counts["match"] == len({match["reference"] for match in early_years_file.matches})
    for item in answer.items:
        assert item.title in page
        naive = {r.role_id for r in m.Requirement.objects.filter(qualification__code=item.code, retired_on=None)}
        assert item.roles == len(naive)


def test_one_kind_alone(signed_in, early_years_file):
    page = text_of(signed_in.get("/staff/inbox?kind=match"))
    assert "Is it " in page
    assert "Early years qualifications list, row " in page
    assert "Sources disagree about" not in page
    assert "Sources disagree about" in text_of(signed_in.get("/staff/inbox?kind=nonsense"))


def test_a_conflict_shows_both_values_where_they_were_printed_and_what_each_choice_does(signed_in, address):
    page = text_of(signed_in.get(address))
    assert "TQUK Level 2 Certificate in Supporting Teaching and Learning in Schools" in page
    assert "TQUK Level 3 Award and Certificate in Supporting Teaching and Learning in Schools" in page
    assert "data/conflicts, row 2; read on" in page
    assert "One document of the awarding organisation puts the number 601/2726/0" in page
    assert "The page goes on showing it" in page
    assert "The page shows it instead, on the word of" in page
    assert "2 roles ask for it" in page


def test_deciding_goes_on_to_the_next_item_which_tells_what_was_decided(signed_in, address, disputed):
    done = sent(signed_in, address, choice=f"{TAKE}3", reason="The specification says 3.")
    number = AuditEvent.objects.get(action="decide conflict").pk
    following = inbox().items[0]
    assert (done.status_code, done["Location"]) == (
        302,
        f"/staff/inbox/{following.kind}/{following.key}?done={number}",
    )
    disputed.refresh_from_db()
    assert disputed.level == "3"
    page = text_of(signed_in.get(done["Location"]))
    assert f"Decided: the level of {disputed.title} is shown as Level 3 , not Level 2." in page
    assert f'href="/staff/decided/{number}/undo"' in signed_in.get(done["Location"]).content.decode()
    assert AuditEvent.objects.get(pk=number).actor == "ann"


def test_the_kind_is_kept_and_the_last_one_leads_back_to_the_list(signed_in, address):
    done = sent(signed_in, f"{address}?kind=conflict", choice=f"{TAKE}2", reason="Seen.")
    assert re.fullmatch(r"/staff/inbox/conflict/IQF-Q-\d{6}:stated_status\?kind=conflict&done=\d+", done["Location"])
    last = sent(signed_in, done["Location"], seen="", choice=f"{TAKE}closed", reason="Seen.")
    assert re.fullmatch(r"/staff/inbox\?kind=conflict&done=\d+", last["Location"])
    assert "Nothing waits." in text_of(signed_in.get(last["Location"]))


def test_another_value(signed_in, address, disputed):
    sent(signed_in, address, choice="other", other="Entry 3", reason="Seen on a certificate.")
    disputed.refresh_from_db()
    assert disputed.level == "E3"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "Because & so."}, "Choose which value is to be shown."),
        ({"choice": f"{TAKE}3", "other": "kept", "reason": ""}, "Say why, in one sentence"),
        ({"choice": "other", "reason": "Because & so."}, "Say which other value is to be shown."),
        ({"choice": "other", "other": "Level 99", "reason": "Because & so."}, "“Level 99” is no level"),
        ({"choice": f"{TAKE}3", "reason": "Because & so.", "seen": '["2", "4"]'}, "The sources have changed"),
        ({"choice": f"{TAKE}3", "reason": "x" * 501}, "The reason has 501 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(signed_in, address, disputed, typed, said):
    before = AuditEvent.objects.count()
    response = sent(signed_in, address, **typed)
    body = response.content.decode()
    response.status_code, status = 200, response.status_code
    page = text_of(response).replace('"Level 99"', "“Level 99”")
    assert status == 422
    assert page.count(said) >= 2
    assert "There is a problem" in page
    assert typed["reason"] in page
    if "other" in typed:
        assert f'value="{typed["other"]}"' in body
    if "choice" in typed:
        assert f'value="{typed["choice"]}" checked' in body
    assert "<title>Error:" in body
    assert AuditEvent.objects.count() == before


def test_what_somebody_decided_meanwhile_gives_back_what_was_written(signed_in, address):
    sent(signed_in, address, choice=f"{TAKE}3", reason="First.")
    late = sent(signed_in, address, choice=f"{TAKE}2", reason="My long & careful reason.")
    assert late.status_code == 409
    assert "My long &amp; careful reason." in late.content.decode()
    assert AuditEvent.objects.filter(action="decide conflict").count() == 1


def test_decided_and_undone(signed_in, address, disputed):
    sent(signed_in, address, choice=f"{TAKE}3", reason="The specification says 3.")
    number = AuditEvent.objects.get(action="decide conflict").pk
    page = text_of(signed_in.get("/staff/decided"))
    assert f"The level of {disputed.title} is shown as Level 3 , not Level 2." in page
    assert "The specification says 3." in page
    assert "by ann" in page
    undo = f"/staff/decided/{number}/undo"
    assert signed_in.post(undo, {"reason": ""}).status_code == 422
    assert signed_in.post(undo, {"reason": "Read the wrong line."})["Location"] == "/staff/inbox?undone=yes"
    disputed.refresh_from_db()
    assert disputed.level == "2"
    assert "Undone. It waits here again." in text_of(signed_in.get("/staff/inbox?undone=yes"))
    assert signed_in.get(undo).status_code == 404


def test_a_match_is_accepted_and_shown_on_the_public_page(signed_in, client, early_years_file):
    match = ProposedMatch.objects.filter(state="waiting").order_by("-score").first()
    address = f"/staff/inbox/match/{match.pk}"
    page = text_of(signed_in.get(address))
    assert match.title in page
    assert match.matched_title in page
    assert "list.csv, row " in page
    assert signed_in.post(address, {"choice": "accept", "reason": ""}).status_code == 422
    done = signed_in.post(address, {"choice": "accept", "reason": "Same title and owner."})
    assert done.status_code == 302
    public = text_of(client.get(f"/qualifications/{match.code}"))
    assert f"Department for Education early years qualifications list {match.reference}" in public
    late = signed_in.post(address, {"choice": "decline", "reason": "No."})
    assert late.status_code == 409


def test_several_candidates_of_a_row_are_decided_on_one_page(signed_in, early_years_file):
    best = ProposedMatch.objects.filter(state="waiting").order_by("-score").first()
    other = find("Q001")
    rival = FoundMatch(best.register, best.reference, best.title, other.code, other.title, 0.5, "by its age")
    hold_matches(by="tests", collection="another", found=[rival])
    rivals = ProposedMatch.objects.filter(state="waiting", reference=best.reference)
    address = f"/staff/inbox/match/{best.pk}"
    page = text_of(signed_in.get(address))
    assert "Which of these is it?" in page
    assert "None of these" in page
    assert all(match.matched_title in page and match.why in page for match in rivals)
    assert f"One of {rivals.count()} that it may be: {best.title}" in text_of(signed_in.get("/staff/inbox"))
    gone = signed_in.post(address, {"choice": "accept:999999", "reason": "This one."})
    assert gone.status_code == 422
    taken = ProposedMatch.objects.get(collection="another")
    done = signed_in.post(address, {"choice": f"accept:{taken.pk}", "reason": "This one."})
    number = int(done["Location"].rpartition("=")[2])
    states = {m.code: m.state for m in ProposedMatch.objects.filter(reference=best.reference, decision=number)}
    assert states == {code: "accepted" if code == other.code else "declined" for code in states}
    assert best.code in states


def test_the_public_page_says_what_is_shown_why_and_when_and_never_who(signed_in, client, address, disputed):
    sent(signed_in, address, choice=f"{TAKE}3", reason="The specification says 3.")
    page = text_of(client.get(f"/qualifications/{disputed.code}"))
    assert "Sources disagreed about the level. We show Level 3" in page
    assert "by the framework’s editors, because: The specification says 3." in page
    assert "Another source said Level 2" in page
    signed_in.logout()
    page = text_of(client.get(f"/qualifications/{disputed.code}"))
    assert "ann" not in page.split()
    listed = text_of(client.get("/decisions"))
    assert "Where sources disagreed and it was decided" in listed
    assert "The specification says 3." in listed
