"""A page that was made is given again until something changes, and what may be wrong is not kept."""

import pytest
from django.http import HttpResponse
from django.test import Client

from iqf.web.public.kept_pages import LARGEST, KeptPages
from iqf.web.public.serving import public

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
ROLE = "/roles/IQF-R-000008"


def test_the_second_reader_waits_for_no_page(client, django_assert_max_num_queries):
    first = client.get(ROLE)
    with django_assert_max_num_queries(2):
        again = client.get(ROLE)
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))


def test_what_differs_in_address_or_site_is_another_page(settings):
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    asked = [(name, more) for name in settings.ALLOWED_HOSTS for more in ("", "?format=json")]
    pages = [Client(headers={"host": name}).get(f"{ROLE}{more}") for name, more in asked]
    assert len({page.content for page in pages}) == 3  # as JSON it is the same on both
    assert "http://other.example" in pages[2].content.decode()


def test_a_change_is_seen_at_once(client):
    from iqf.accounts.models import AuditEvent
    from iqf.catalogue.models import Role

    client.get(ROLE)
    Role.objects.filter(code="IQF-R-000008").update(title="Another title")
    assert "Another title" not in client.get(ROLE).content.decode()  # nothing was recorded
    latest = AuditEvent.objects.order_by("-id").first()
    latest.pk = None
    latest.save()
    assert "Another title" in client.get(ROLE).content.decode()


def test_another_name_costs_a_look_up_and_no_page(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert client.get("/roles/playworker").headers["Location"] == ROLE


def test_a_name_that_is_not_the_sites_is_refused_in_a_sentence():
    page = Client(headers={"host": "elsewhere.example"}).get(ROLE)
    assert page.status_code == 400
    assert "This site does not go by the name in the address." in page.content.decode()


@pytest.mark.parametrize(
    "response",
    [HttpResponse("gone", status=404), HttpResponse(b"x" * LARGEST)],
    ids=["not found", "a large download"],
)
def test_what_is_no_page_is_not_kept(response):
    pages = KeptPages()
    pages.keep("one", response)
    assert pages.of("one") is None


@pytest.mark.parametrize(("may_stop", "made"), [(True, 2), (False, 1)])
def test_a_search_that_may_have_been_stopped_is_made_again(rf, monkeypatch, may_stop, made):
    asked = []
    monkeypatch.setattr("iqf.web.public.serving.SLOWEST", 0.0)
    view = public(lambda request: asked.append(request) or HttpResponse("found"), may_stop=may_stop)
    for _ in range(2):
        assert view(rf.get("/", headers={"host": "localhost"})).content == b"found"
    assert len(asked) == made


def test_of_too_many_the_one_longest_not_asked_for_goes():
    pages = KeptPages(most=2_000)
    for name in ("one", "other"):
        pages.keep(name, HttpResponse(name * 50))
    assert pages.of("one").content == b"one" * 50
    pages.keep("third", HttpResponse("3" * 300))
    assert [name for name in ("one", "other", "third") if pages.of(name)] == ["one", "third"]
