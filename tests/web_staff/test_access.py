import pytest

from iqf.evidence.models import Retrieval
from iqf.web.staff.urls import urlpatterns

PAGES = ("/staff", "/staff/imports", "/staff/imports/{n}", "/staff/trail", "/staff/quality")


@pytest.fixture
def pages(early_years_file):
    """Every staff page, with an import that there is."""
    number = Retrieval.objects.latest("id").pk
    return [page.format(n=number) for page in PAGES]


def test_these_are_all_the_pages():
    assert len(urlpatterns) == len(PAGES) + 2


def test_strangers_are_asked_to_sign_in(client, pages):
    for page in pages:
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, f"/staff/sign-in?next={page}")
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
        with django_assert_max_num_queries(60):
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


def test_nothing_can_be_sent_to_a_page(signed_in, pages):
    for page in pages:
        for method in (signed_in.post, signed_in.put, signed_in.delete):
            response = method(page)
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
            assert response["Cache-Control"] == "private, no-store"


def test_the_form_to_sign_in_is_not_kept(client, db):
    response = client.get("/staff/sign-in")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert client.put("/staff/sign-in").status_code == 405


def test_what_is_not_there_says_so(signed_in):
    for page in ("/staff/imports/999999", f"/staff/imports/{10**30}", "/staff/quality?check=nonsense"):
        response = signed_in.get(page)
        assert response.status_code == 404
        assert response["Cache-Control"] == "private, no-store"


def test_an_empty_database_is_no_error(signed_in, db):
    from iqf.accounts.models import AuditEvent

    AuditEvent.objects.all().delete()
    for page in ("/staff", "/staff/imports", "/staff/trail", "/staff/quality"):
        assert signed_in.get(page).status_code == 200
