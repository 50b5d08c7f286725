"""The staff page of things that may be one: side by side, with score and reason, a page at a time."""

import pytest

from iqf.reports.duplicates import duplicates

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
