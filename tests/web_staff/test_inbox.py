"""The inbox as one list: filtered, ticked, decided together after a preview, undone; and looking again."""

import html
import re

import pytest
from tests.exchange.approved_list import BOOKS, CARE, approved, read
from tests.web_staff.test_pages import text_of

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.exchange.sources.looking import look_for_duplicates
from iqf.reports.private.decided import decided, how_many_decided
from iqf.reports.private.inbox import Wanted, counts, items
from iqf.review.models import BorderlineRow, Look, Lot
from iqf.web.staff.views import inbox as inbox_view

SEVERAL = "/staff/inbox/several"
ROW = "/staff/inbox/inclusion/61090035"
WHY = "Seen one by one."


@pytest.fixture
def waiting(starter, tmp_path):
    """Two fields, three pairs of units and two borderline rows."""
    read(tmp_path, CARE, BOOKS, approved("61090061", "Certificate in Social Work", area="Health and social care"))
    look_for_duplicates("units", by="tests")
    assert counts() == {"conflict": 2, "duplicate": 3, "inclusion": 2, "match": 0}
    return items()


def places(listed):
    return [item.place for item in listed]


def field(response, name):
    """What a hidden field of a page says."""
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1])


def test_one_list_with_counts_by_kind_and_what_is_alike(signed_in, waiting):
    page = text_of(signed_in.get("/staff/inbox"))
    assert "All (7)" in page
    for words in ("Sources disagree (2)", "Possible duplicates (3)", "Borderline rows (2)", "Proposed matches (0)"):
        assert words in page
    assert all(item.title in page for item in waiting)
    page = text_of(signed_in.get("/staff/inbox?kind=conflict&alike=level"))
    assert "Level (1)" in page
    assert "Sources disagree about the level" in page
    assert "Sources disagree about the status" not in page


def test_a_borderline_row_is_chosen_enters_and_waits_again_when_that_is_undone(signed_in, client, waiting):
    page = text_of(signed_in.get(ROW))
    assert "Does it belong to the framework?" in page
    assert "the title says “Health and Social Care”" in page
    wrong = signed_in.post(ROW, {"choice": "choose", "reason": ""})
    assert wrong.status_code == 422
    assert 'value="choose" checked' in wrong.content.decode()
    assert signed_in.post(ROW, {"choice": "welcome", "reason": WHY}).status_code == 422
    done = signed_in.post(f"{ROW}?kind=inclusion", {"choice": "choose", "reason": "Taken by care workers."})
    (choice,) = decided("inclusion")
    assert done["Location"] == f"/staff/inbox/inclusion/61090061?kind=inclusion&done={choice.number}"
    assert "belongs to the framework." in text_of(signed_in.get(done["Location"]))
    assert "Chosen by a reviewer: Taken by care workers." in text_of(
        client.get("/qualifications/610/9003/5", follow=True)
    )
    late = signed_in.post(ROW, {"choice": "refuse", "reason": "My long reason."})
    assert late.status_code == 409
    assert "My long reason." in late.content.decode()
    assert "belongs to the framework" in text_of(signed_in.get("/staff/decided?kind=inclusion"))
    undo = f"/staff/decided/{choice.number}/undo"
    assert "where it cannot tell, the row waits" in text_of(signed_in.get(undo))
    assert signed_in.post(undo, {"reason": "A mistake."})["Location"] == "/staff/inbox?undone=yes"
    assert counts()["inclusion"] == 2


def test_what_was_decided_meanwhile_is_not_offered(signed_in, waiting):
    BorderlineRow.objects.create(subject="61090059", title="Books", clause="x", because="y")
    response = signed_in.get("/staff/inbox/inclusion/61090059")
    assert response.status_code == 404
    assert "Nothing waits to be decided about Books any more." in response.content.decode()
    assert signed_in.get("/staff/inbox/inclusion/nonsense").status_code == 404


def test_what_is_ticked_is_shown_tried_and_decided_in_one_go_and_undone(signed_in, client, waiting):
    ticked = {"item": places(waiting)}
    page = text_of(signed_in.post(SEVERAL, ticked))
    assert "Decide 7 things together" in page
    assert "What would change" not in page.replace("Show what would change", "").replace("seen what would change", "")
    acts = {"act-conflict": "other", "act-duplicate": "join", "act-inclusion": "choose", "reason": WHY}
    before = AuditEvent.objects.count()
    shown = signed_in.post(SEVERAL, {**ticked, **acts, "do": "preview"})
    page = text_of(shown)
    assert "Level: Level 2 → Level 3 , on the word of" in page
    assert "is joined into it:" in page
    assert "Enters the framework" in page
    assert "Decide these 7" in page
    assert (AuditEvent.objects.count(), how_many_decided()) == (before, 0)
    unseen = signed_in.post(SEVERAL, {**ticked, **acts, "do": "decide", "seen": "another"})
    assert unseen.status_code == 422
    assert "This has changed since it was shown to you" in unseen.content.decode()
    done = signed_in.post(SEVERAL, {**ticked, **acts, "do": "decide", "seen": field(shown, "seen")})
    lot = Lot.objects.get()
    assert done["Location"] == f"/staff/inbox?lot={lot.pk}"
    assert "Decided together: 7 things, because: Seen one by one." in text_of(signed_in.get(done["Location"]))
    assert find("601/2726/0").level == "3"
    assert "because: Seen one by one." in text_of(client.get("/qualifications/601/2726/0", follow=True))
    listed = signed_in.get("/staff/decided").content.decode()
    assert listed.count(f"/staff/decided/together/{lot.pk}/undo") == 7
    undo = f"/staff/decided/together/{lot.pk}/undo"
    assert "Undo all 7 decisions?" in text_of(signed_in.get(undo))
    assert signed_in.post(undo, {"reason": ""}).status_code == 422
    assert signed_in.post(undo, {"reason": "A mistake."})["Location"] == "/staff/inbox?undone=yes"
    assert places(items()) == places(waiting)
    assert find("601/2726/0").level == "2"
    assert signed_in.get(undo).status_code == 404
    assert signed_in.get(f"/staff/inbox?lot={lot.pk}").status_code == 200


def test_all_that_is_alike_comes_by_one_link_and_can_be_unticked(signed_in, waiting):
    listed = signed_in.get("/staff/inbox?kind=inclusion").content.decode()
    assert '<a href="/staff/inbox/several?kind=inclusion">Decide all 2 of these together</a>' in listed
    whole = signed_in.get(f"{SEVERAL}?kind=inclusion").content.decode()
    assert re.findall(r'name="item" value="([^"]+)" checked', whole) == places(items(Wanted("inclusion")))
    one = {"item": ["inclusion:61090061"], "act-inclusion": "refuse", "reason": WHY, "do": "preview"}
    assert "Stays on its list, outside the framework" in text_of(signed_in.post(SEVERAL, one))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"item": ["duplicate:1"], "do": "preview", "reason": "", "act-duplicate": "join"},
            "Say why, in one sentence",
        ),
        ({"item": ["conflict:IQF-Q-000020:level"], "do": "preview", "reason": WHY}, "Say what is to be decided"),
        ({"item": ["conflict:IQF-Q-000001:level"], "do": "preview", "reason": WHY}, "Nothing is ticked"),
        ({"item": ["horse:1", "conflict:IQF-Q-000020:level"]}, "wait no longer"),
        ({}, "Nothing is ticked"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(signed_in, waiting, typed, said):
    response = signed_in.post(SEVERAL, typed)
    body = html.unescape(response.content.decode())
    assert said in body
    assert typed.get("reason", "") in body
    if typed.get("act-duplicate"):
        assert 'value="join" checked' in body
    assert how_many_decided() == 0


def test_what_stands_in_the_way_of_one_stops_all_and_is_said_beside_it(signed_in, waiting):
    code = find("601/2726/0").code
    one = m.FieldConflict.objects.get(subject=code, field="level")
    kept = {k: v for k, v in vars(one).items() if k not in ("_state", "id")}
    m.FieldConflict.objects.create(**{**kept, "value_other": "4"})
    typed = {"item": places(items(Wanted("conflict"))), "act-conflict": "other", "reason": WHY, "do": "preview"}
    response = signed_in.post(SEVERAL, typed)
    assert response.status_code == 422
    body = response.content.decode()
    assert "Sources give 2 other values; decide it alone." in body
    assert "1 of these cannot be decided so." in body
    assert 'value="decide"' not in body


def test_looking_again_is_a_button_where_few_enough_wait_for_it(signed_in, starter, monkeypatch):
    assert "Nobody has looked for duplicates yet." in text_of(signed_in.get("/staff/inbox?kind=duplicate"))
    assert signed_in.post("/staff/inbox/look")["Location"] == "/staff/inbox?kind=duplicate"
    page = text_of(signed_in.get("/staff/inbox?kind=duplicate"))
    assert "among 346 units: 3 pairs look like one thing." in page
    assert "no two look like one thing" in page
    assert Look.objects.get(of="units").by == "ann"
    monkeypatch.setattr(inbox_view, "COMPARED_AT_ONCE", 100)
    assert "iqf duplicates --keep" in text_of(signed_in.get("/staff/inbox?kind=duplicate"))
    before = AuditEvent.objects.count()
    signed_in.post("/staff/inbox/look")
    assert AuditEvent.objects.count() == before


def test_each_thing_leads_to_the_one_before_and_after_it(signed_in, waiting):
    for at, item in enumerate(waiting):
        body = signed_in.get(f"/staff/inbox/{item.kind}/{item.key}").content.decode()
        before = re.search(r'rel="prev" href="([^"]+)"', body)
        after = waiting[at + 1] if at + 1 < len(waiting) else waiting[0]
        assert (before is None) == (at == 0)
        if before:
            assert before[1] == f"/staff/inbox/{waiting[at - 1].kind}/{waiting[at - 1].key.replace(':', '%3A')}"
        assert f'rel="next" href="/staff/inbox/{after.kind}/{after.key.replace(":", "%3A")}"' in body


def test_what_is_only_similar_has_its_own_filter_and_pages(signed_in, waiting):
    page = text_of(signed_in.get("/staff/inbox"))
    assert "Only similar (34)" in page
    assert "All (7)" in page
    page = signed_in.get("/staff/inbox?kind=similar&alike=U")
    assert "Only similar to" in text_of(page)
    (first, second) = items(Wanted("similar"))[:2]
    address = f"/staff/inbox/similar/{first.key}?kind=similar"
    assert "Are these two one thing?" in text_of(signed_in.get(address))
    gone = signed_in.post(address, {"choice": "decline", "reason": "One is about infants."})
    assert (gone.status_code, f"/similar/{second.key}?kind=similar" in gone["Location"]) == (302, True)
    assert "Only similar (33)" in text_of(signed_in.get("/staff/inbox"))


def test_the_public_pages_say_what_was_decided_and_why_never_who(signed_in, client, waiting):
    (pair, *_) = items(Wanted("duplicate"))
    signed_in.post(
        f"/staff/inbox/duplicate/{pair.key}", {"choice": f"keep:{pair.code}", "reason": "One unit, twice."}
    )
    signed_in.post(ROW, {"choice": "refuse", "reason": "Held by adult carers."})
    signed_in.logout()
    joined = text_of(client.get(f"/units/{pair.code}"))
    assert f"One entry of two: {pair.values[0]} {pair.asks} was found to be the same." in joined
    assert "by the framework’s editors, because: One unit, twice." in joined
    row = text_of(client.get("/register/approved-qualifications/61090035"))
    assert "It does not belong to this framework." in row
    assert "because: Held by adult carers." in row
    listed = text_of(client.get("/decisions"))
    assert "Does not belong here" in listed
    assert f"{pair.asks} was joined into it on" in listed
    for page in (joined, row, listed):
        assert "ann" not in page.split()


@pytest.fixture
def cora(client, member, waiting):
    """A browser in which a contributor, who may decide nothing, has signed in."""
    client.force_login(member("cora", "contributor"))
    return client


CASE = {"reason": "The specification says 3.", "source_title": "The specification", "do": "send"}


def test_who_may_not_decide_proposes_which_value_is_right(cora, member):
    address = "/staff/proposals/decision/IQF-Q-000020:level"
    for forbidden in ("/staff/inbox/conflict/IQF-Q-000020:level", ROW, SEVERAL):
        assert (cora.get(forbidden).status_code, cora.post(forbidden).status_code) == (403, 403)
    shown = cora.get(address)
    assert "Propose which is right" in text_of(shown)
    typed = {"seen": field(shown, "seen"), "choice": "take:3"}
    wrong = cora.post(address, {**typed, "choice": "other", "other": "nine", "reason": "Kept & shown."})
    assert wrong.status_code == 422
    assert "is no level" in html.unescape(wrong.content.decode())
    assert "Kept &amp; shown." in wrong.content.decode()
    assert cora.post(address, {"seen": "", "choice": ""}).status_code == 422
    draft = cora.post(address, {**typed, "do": "send"}, follow=True)
    assert "Kept as a draft, not sent yet. Say why" in text_of(draft)
    sent = cora.post(address, {**typed, **CASE})
    number = int(re.search(r"proposals/(\d+)", sent["Location"])[1])
    assert find("601/2726/0").level == "2"
    cora.force_login(member("rita", "reviewer"))
    page = text_of(cora.get(f"/staff/proposals/{number}"))
    assert "New conflict decision" in page
    assert "Both sides, where each was printed" in page
    version = field(cora.get(f"/staff/proposals/{number}"), "version")
    cora.post(f"/staff/proposals/{number}", {"act": "accept", "text": "Seen.", "version": version})
    assert find("601/2726/0").level == "3"
    assert cora.get(address).status_code == 404


def test_who_may_not_decide_proposes_that_a_row_belongs_here(cora, member):
    public = cora.get("/register/approved-qualifications/61090035").content.decode()
    address = html.unescape(re.search(r'href="([^"]+)"[^>]*>Propose that it belongs here', public)[1])
    shown = cora.get(address)
    assert 'value="chosen" selected' in shown.content.decode()
    typed = {"row-base": "{}", "row-subject": "610/9003/5", "row-outcome": "chosen", **CASE}
    sent = cora.post(address, typed)
    number = int(re.search(r"proposals/(\d+)", sent["Location"])[1])
    assert "inclusion choice 610/9003/5" in text_of(cora.get(f"/staff/proposals/{number}"))
    cora.force_login(member("rita", "reviewer"))
    version = field(cora.get(f"/staff/proposals/{number}"), "version")
    cora.post(f"/staff/proposals/{number}", {"act": "accept", "text": "Seen.", "version": version})
    assert m.Admission.objects.filter(subject="61090035", qualification__retired_on=None).exists()
    assert counts()["inclusion"] == 1
    assert "inclusion" in text_of(cora.get("/staff/proposals?state=accepted"))
