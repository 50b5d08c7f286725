from urllib.parse import quote

import pytest
from django.test import Client

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import history
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import decide
from iqf.evidence.models import Retrieval
from iqf.reports.quality import CHECKS
from iqf.review.queries import waiting_matches
from iqf.web.staff.urls import urlpatterns

READ_ONLY = (
    "/staff",
    "/staff/imports",
    "/staff/imports/{n}",
    "/staff/trail",
    "/staff/duplicates",
    "/staff/quality",
    "/staff/decided",
    "/staff/history/{c0}",
)
INBOX = "/staff/inbox"
FORMS = (
    "/staff/inbox/conflict/{c}",
    "/staff/inbox/match/{m}",
    "/staff/decided/{d}/undo",
    "/staff/inclusion",
    "/staff/inclusion/borderline",
    "/staff/history/{c0}/{e}",
)
PAGES = (*READ_ONLY, INBOX, *FORMS)


@pytest.fixture
def pages(early_years_file):
    """Every staff page, with an import that there is."""
    return addressed(PAGES)


def addressed(pages):
    """Addresses of pages, with an import, a conflict, a match and a decision that there are."""
    conflict, other = m.FieldConflict.objects.filter(decision=None)[:2]
    decided = decide(by="ann", code=other.subject, field=other.field, value=other.value_other, reason="Seen.")
    match = waiting_matches()[0].pk
    key = f"{conflict.subject}:{conflict.field}"
    names = {"c0": conflict.subject, "e": history(conflict.subject).first().pk}
    numbers = {"n": Retrieval.objects.latest("id").pk, "m": match, "d": decided}
    return [page.format(c=key, **numbers, **names) for page in pages]


def test_these_are_all_the_pages():
    assert len(urlpatterns) == len(PAGES) + 2


def test_strangers_are_asked_to_sign_in(client, pages):
    for page in pages:
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, f"/staff/sign-in?next={quote(page)}")
        assert response["Cache-Control"] == "private, no-store"
        assert "sessionid" not in response.cookies


def test_accounts_that_are_not_staff_are_told_so(client, bob, pages):
    client.force_login(bob)
    for page in pages:
        response = client.get(page)
        assert response.status_code == 403
        assert response["Cache-Control"] == "private, no-store"
        assert "Your account may not see the staff pages." in response.content.decode()
    assert client.get("/staff/sign-in").status_code == 200


def test_staff_see_every_page_and_no_cache_keeps_it(signed_in, pages, django_assert_max_num_queries):
    for page in pages:
        with django_assert_max_num_queries(60 + 3 * len(CHECKS)):
            response = signed_in.get(page)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert "Signed in as <strong>ann</strong>" in response.content.decode()
        assert signed_in.head(page).status_code == 200


def test_pages_ask_no_more_of_the_database_the_second_time(signed_in, pages, django_assert_max_num_queries):
    for page in pages:
        signed_in.get(page)
    for page in pages:
        with django_assert_max_num_queries(22):
            signed_in.get(page)


def test_nothing_can_be_sent_to_a_page_without_a_form(signed_in, early_years_file):
    for page in addressed((*READ_ONLY, INBOX)):
        for method in (signed_in.post, signed_in.put, signed_in.delete):
            response = method(page)
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
            assert response["Cache-Control"] == "private, no-store"


def test_a_form_can_be_sent_by_staff_from_our_own_page_and_by_nobody_else(client, bob, ann, early_years_file):
    before = AuditEvent.objects.count()
    for page in addressed(FORMS):
        assert client.post(page).status_code == 302
        client.force_login(bob)
        assert client.post(page, {"choice": "accept", "reason": "x"}).status_code == 403
        client.logout()
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(ann)
        assert strict.post(page, {"choice": "accept", "reason": "x"}).status_code == 403
        assert strict.put(page).status_code in (403, 405)
    assert AuditEvent.objects.count() == before + 1  # the decision that the pages were addressed with


def test_the_form_to_sign_in_is_not_kept(client, db):
    response = client.get("/staff/sign-in")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert client.put("/staff/sign-in").status_code == 405


def test_what_is_not_there_says_so(signed_in):
    for page in (
        "/staff/inbox/conflict/IQF-Q-000001:level",
        "/staff/inbox/conflict/nonsense",
        "/staff/inbox/match/999999",
        f"/staff/inbox/match/{10**30}",
        "/staff/decided/999999/undo",
        "/staff/imports/999999",
        f"/staff/imports/{10**30}",
        "/staff/quality?check=nonsense",
    ):
        response = signed_in.get(page)
        assert response.status_code == 404
        assert response["Cache-Control"] == "private, no-store"


def test_an_empty_database_is_no_error(signed_in, db):
    AuditEvent.objects.all().delete()
    for page in ("/staff", "/staff/imports", "/staff/trail", "/staff/quality", INBOX, "/staff/decided"):
        assert signed_in.get(page).status_code == 200
