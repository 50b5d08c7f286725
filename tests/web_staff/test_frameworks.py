"""The pages of those who keep frameworks: a draft begun and tested, what was judged carried over."""

import pytest

from iqf.catalogue.models import Statement
from iqf.reports.private.editions import next_edition
from iqf.review.models import Proposal

pytestmark = pytest.mark.django_db
CORE = "common-core-2010"
HERE = f"/staff/frameworks/{CORE}"


def test_the_next_edition_is_drafted_and_tested_on_its_own_page(signed_in, starter):
    page = signed_in.get("/staff/frameworks").content.decode()
    assert HERE in page
    said = {"act": "draft", "title": "Common Core 2027", "key": "common-core-2027", "edition": "2027"}
    sent = signed_in.post("/staff/frameworks/common-core-2005", said)
    made = Proposal.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/staff/proposals/{made.pk}")
    assert (made.state, made.changes.count()) == ("draft", 7)
    assert f"/staff/proposals/{made.pk}/coverage" in signed_in.get(f"/staff/proposals/{made.pk}").content.decode()
    tested = signed_in.get(f"/staff/proposals/{made.pk}/coverage").content.decode()
    assert "Common Core 2027: what would be taught of it" in tested
    assert "184 judged units tell something of it" in tested


def test_a_draft_is_nobody_elses(signed_in, member, client, starter):
    said = {"act": "draft", "title": "Next", "key": "next-one", "edition": ""}
    signed_in.post(HERE, said)
    made = Proposal.objects.get()
    client.force_login(member("rita", "reviewer"))
    assert client.get(f"/staff/proposals/{made.pk}/coverage").status_code == 404


def test_the_next_edition_begins_with_every_statement_as_it_stands(starter):
    answer = next_edition("common-core-2010", "common-core-2027", edition="2027")
    assert (answer.title, answer.edition) == ("Common Core of Skills and Knowledge (2010 edition)", "2027")
    assert answer.statements == len(answer.changes) - 1 == Statement.objects.filter(framework__key=CORE).count()
    assert answer.changes[0].wanted["replaces"] == answer.old.code


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("Common Core", "use small letters, figures and hyphens only"),
        ("essex-matrix", "There is a framework called"),
    ],
)
def test_a_name_that_will_not_do_is_refused_in_a_sentence(signed_in, starter, key, wrong):
    answer = signed_in.post(HERE, {"act": "draft", "title": "Next", "key": key})
    assert answer.status_code == 400
    assert wrong in answer.content.decode()
    assert not Proposal.objects.exists()


def test_what_was_judged_is_proposed_for_the_new_edition_with_its_reason(signed_in, starter):
    page = signed_in.get(HERE).content.decode()
    assert "222 alignments of Common Core of Skills and Knowledge (2005) can be proposed" in page
    refused = signed_in.post(HERE, {"act": "carry", "source_title": "", "reason": ""})
    assert refused.status_code == 400
    sent = signed_in.post(HERE, {"act": "carry", "source_title": "Our record", "reason": "We compared them"})
    made = Proposal.objects.get()
    assert sent.headers["Location"] == f"/staff/proposals/{made.pk}?done=submit"
    assert (made.state, made.certainty, made.reason, made.changes.count()) == (
        "waiting",
        "machine",
        "We compared them",
        222,
    )


def test_a_proposal_about_something_else_has_no_coverage_to_test(signed_in, starter):
    signed_in.post(HERE, {"act": "carry", "source_title": "Our record", "reason": "We compared them"})
    answer = signed_in.get(f"/staff/proposals/{Proposal.objects.get().pk}/coverage")
    assert answer.status_code == 404
    assert "This proposal drafts no framework." in answer.content.decode()
