"""The staff page of things that may be one: side by side, with score and reason, a page at a time."""

import pytest

from iqf.catalogue.queries import find
from iqf.reports.duplicates import duplicates
from iqf.reports.private.joining import joining
from iqf.web.staff.views import inbox

from .test_pages import text_of

pytestmark = pytest.mark.django_db


def test_pairs_stand_side_by_side_with_score_and_reason(signed_in, starter):
    page = text_of(signed_in.get("/staff/duplicates"))
    answer = duplicates("qualifications", limit=50)
    assert f"{answer.total} pairs of {answer.looked_at} qualifications" in page
    best = answer.pairs[0]
    for words in (best.a.title, best.b.title, f"{best.score:.0%}", best.why):
        assert words in page
    assert "nothing was merged" in page


def test_a_second_page_begins_where_the_first_ends(signed_in, starter):
    every = duplicates("qualifications", limit=1000).pairs
    assert len(every) > 50
    page = text_of(signed_in.get("/staff/duplicates?page=2"))
    assert all(pair.why in page and pair.a.title in page for pair in every[50:])


def test_units_and_only_the_same(signed_in, starter):
    page = text_of(signed_in.get("/staff/duplicates?of=units&verdict=same"))
    same = duplicates("units", verdict="same").pairs
    assert same
    assert f"{len(same)} pairs of" in page
    assert "Similar:" not in page


def test_what_the_address_says_wrongly_is_the_first_list(signed_in, starter):
    assert "qualifications" in text_of(signed_in.get("/staff/duplicates?of=horses&verdict=blue&page=999"))


def test_staff_only(client, starter):
    assert client.get("/staff/duplicates").status_code == 302


def test_a_pair_is_put_to_the_inbox_seen_with_all_that_would_move_and_decided_there(signed_in, client, starter):
    best = duplicates("qualifications", limit=50).pairs[0]
    kept, gone = sorted((best.a.code, best.b.code))
    assert signed_in.get("/staff/duplicates/pair")["Location"] == "/staff/duplicates"
    asked = {"a": best.a.code, "b": best.b.code, "score": str(best.score), "why": best.why}
    address = signed_in.post("/staff/duplicates/pair", asked)["Location"]
    assert signed_in.post("/staff/duplicates/pair", asked)["Location"] == address
    page = text_of(signed_in.get(address))
    told = joining(kept, gone)
    for words in (f"If {kept} stands", f"If {gone} stands", f"One thing: keep {kept}", "Not the same", best.why):
        assert words in page
    for links in told.moves:
        assert links.words in page
        assert all(said in page for said in links.first)
    assert all(name in page for name in told.names)
    wrong = signed_in.post(address, {"choice": "keep:IQF-Q-999999", "reason": "One."})
    assert wrong.status_code == 422
    done = signed_in.post(address, {"choice": f"keep:{kept}", "reason": "One award, entered twice."})
    assert "done=" in done["Location"]
    assert find(gone).code == kept
    moved = client.get(f"/qualifications/{gone}")
    assert (moved.status_code, moved["Location"]) == (301, f"/qualifications/{kept}")
    assert gone in text_of(client.get(f"/qualifications/{kept}"))
    number = done["Location"].rpartition("=")[2]
    assert "which stands" in text_of(signed_in.get("/staff/decided"))
    undo = f"/staff/decided/{number}/undo"
    assert "each is again exactly what it was" in text_of(signed_in.get(undo))
    assert signed_in.post(undo, {"reason": "They are two."}).status_code == 302
    assert find(gone).code == gone


def test_a_pair_found_to_be_two_does_not_come_back(signed_in, starter):
    best = duplicates("qualifications", limit=50).pairs[0]
    asked = {"a": best.a.code, "b": best.b.code, "score": "nonsense", "why": best.why}
    before = duplicates("qualifications", limit=1000).total
    address = signed_in.post("/staff/duplicates/pair", asked)["Location"]
    signed_in.post(address, {"choice": "decline", "reason": "Two editions."})
    assert f"{before - 1} pairs of" in text_of(signed_in.get("/staff/duplicates"))
    again = signed_in.post("/staff/duplicates/pair", asked)
    assert again.status_code == 409
    assert "Two editions." in again.content.decode()
    assert signed_in.post("/staff/duplicates/pair", {"a": "x", "b": "y"}).status_code == 409


def test_too_many_are_left_to_the_command_line(signed_in, starter, monkeypatch):
    monkeypatch.setattr(inbox, "COMPARED_AT_ONCE", 100)
    page = text_of(signed_in.get("/staff/duplicates"))
    assert "too many qualifications to compare while you wait" in page
    assert "iqf duplicates --of units" in text_of(signed_in.get("/staff/duplicates?of=units"))
