"""Consultations at the command line."""

import pytest
from tests.review.test_rounds import all_answered, asked, bodies, closed, draft, fresh

from iqf.review.actions.commenting import publish_round

__all__ = ["asked", "bodies", "closed", "draft"]


def test_what_runs_is_listed_with_who_has_answered(iqf, closed):
    ran = iqf("consultations")
    assert ran.status == 0
    assert f"{closed.pk}  Roles in play: closed; comments are being answered, until" in ran.out
    assert "2 of 2 answered" in ran.out
    (held,) = iqf("consultations", "--json").answer["running"]
    assert (held["number"], held["state"], held["asked"], held["heard"]) == (closed.pk, "closed", 2, 2)


def test_the_outcome_of_one_is_printed_line_by_line(iqf, closed):
    number = str(closed.pk)
    refused = iqf("consultations", number)
    assert (refused.status, "whose outcome is published" in refused.err) == (2, True)
    all_answered(closed)
    publish_round(**fresh(closed), outcome="Toy librarians are added.")
    out = iqf("consultations", number).out
    assert "Toy librarians are added." in out
    assert "1. Playworker\n  2 agree, 0 disagree, 0 only comment" in out
    assert "Village playgroup (disagree): Nobody is called that.\n    noted: Thank you." in out
    answer = iqf("consultations", number, "--json").answer
    assert answer["schema"] == "iqf.consultation/1"
    assert [line["agree"] for line in answer["lines"]] == [2, 0, 0]
    assert f"{number}  Roles in play: 2 of 2 answered, 3 comments" in iqf("consultations").out


@pytest.mark.parametrize("wrong", ["x", str(10**30)])
def test_a_number_that_is_none_is_refused(iqf, wrong):
    assert iqf("consultations", wrong).status == 2
