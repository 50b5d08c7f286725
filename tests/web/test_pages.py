"""Every page opens, reads the database a bounded number of times, and sets no cookie."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.places import PAGES, PROBLEMS, joined

from iqf.catalogue import models as m

MOST_QUERIES = 48
RECKONED = {"/roles/playworker/advice": 111, "/transitions?": 44, "/routes?": 39}
"""Pages that say what others say and reckon with rules, holdings and ways; it does not grow with the country."""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_with_few_queries_and_no_cookie(client, address):
    client.get("/search?q=warm")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    assert "<h1" in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert len(queries) <= next((most for at, most in RECKONED.items() if address.startswith(at)), MOST_QUERIES)


@pytest.mark.parametrize(
    ("place", "model", "every"),
    [
        ("roles", m.Role, 1),
        ("qualifications", m.Qualification, 1),
        ("units", m.Unit, 7),
        ("organisations", m.Organisation, 5),
    ],
)
def test_every_thing_has_its_page(client, place, model, every):
    for code in list(model.objects.order_by("code").values_list("code", flat=True))[::every]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/{place}/{code}")
        assert response.status_code == 200, code
        assert len(queries) <= MOST_QUERIES, code


def test_every_framework_and_source_and_decision_has_its_page(client):
    from iqf.evidence.models import Source
    from iqf.reports.decisions import decisions

    addresses = [f"/frameworks/{key}" for key in m.Framework.objects.values_list("key", flat=True)]
    addresses += [f"/sources/{key}" for key in Source.objects.values_list("key", flat=True)[::9]]
    addresses += [f"/decisions/{d.slug}" for d in decisions().decisions]
    addresses += [f"/clusters/{c.scheme.key}/{c.key}" for c in m.Cluster.objects.select_related("scheme")[::5]]
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/roles/playworker", "/roles/IQF-R-000008"),
        ("/roles/Play%20worker", "/roles/IQF-R-000008"),
        ("/roles/iqf-r-000008", "/roles/IQF-R-000008"),
        ("/qualifications/500/9170/0", "/qualifications/IQF-Q-000001"),
        ("/qualifications/50091700?begun=2011", "/qualifications/IQF-Q-000001?begun=2011"),
        ("/units/U-SHC34", "/units/IQF-U-000004"),
        ("/frameworks/IQF-F-000001", "/frameworks/common-core-2005"),
        ("/roles/", "/roles"),
    ],
)
def test_any_other_name_leads_to_the_one_address(client, asked, there):
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (302, there)


@pytest.mark.parametrize(("address", "status"), PROBLEMS)
def test_what_cannot_be_had_is_said_in_a_sentence(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert "<h1" in response.content.decode()
    assert "iqf search" not in response.content.decode()


def test_a_wrong_code_offers_a_search_and_what_comes_near(client):
    page = client.get("/roles/playwork").content.decode()
    assert "There is no role called “playwork”" in page or "There is no role called &quot;playwork&quot;" in page
    assert 'value="playwork"' in page
    assert "/roles/IQF-R-000008" in page


def test_a_name_of_several_things_lists_them(client):
    alias = m.QualificationAlias.objects.values_list("value", flat=True).order_by("value").first()
    first, second = m.Qualification.objects.order_by("code")[:2]
    for thing in (first, second):
        m.QualificationAlias.objects.create(thing=thing, scheme="test", value="twice", key="twice")
    response = client.get("/qualifications/twice")
    assert response.status_code == 300
    assert first.code in response.content.decode()
    assert second.code in response.content.decode()
    assert alias


def test_errors_have_one_shape_as_json(client):
    payload = client.get("/roles/zzz?format=json").json()
    assert payload["schema"] == "iqf.error/1"
    assert payload["title"] == 'There is no role called "zzz".'


def test_the_page_for_failures_needs_no_database(django_assert_num_queries, rf):
    from iqf.web.public.views.errors import failed

    with django_assert_num_queries(0):
        response = failed(rf.get("/"))
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_only_read(client, method):
    response = getattr(client, method)("/roles")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_a_page_is_kept_until_something_changes(client):
    first = client.get("/roles/IQF-R-000008")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get("/roles/IQF-R-000008", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(joined("/roles/IQF-R-000008", "format=json"))
    assert other.headers["ETag"] != first.headers["ETag"]


def test_a_change_of_the_data_makes_a_new_page(client):
    from iqf.accounts.models import AuditEvent

    before = client.get("/levels").headers["ETag"]
    latest = AuditEvent.objects.order_by("-id").first()
    latest.pk = None
    latest.save()
    assert client.get("/levels", headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "\x00"]
)
def test_what_is_typed_never_becomes_markup(client, hostile):
    for address in ("/search", "/roles", "/compare", "/check", "/qualifications/IQF-Q-000001"):
        for name in ("q", "cluster", "a", "b", "held", "for", "begun", "scheme"):
            page = client.get(address, {name: hostile}).content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page


@pytest.mark.parametrize("address", ["/search?q=a%00b", "/roles/a%00b", "/clusters/a%00/b", "/staff/trail?thing=%00"])
def test_a_null_character_is_refused_in_a_sentence(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Take it out and try again" in answer.content.decode()


@pytest.mark.parametrize("hostile", ["//evil.example/", "/%5Cevil.example/", "/%09/evil.example/"])
def test_a_trailing_slash_never_leads_off_the_site(client, hostile):
    there = client.get(hostile).headers.get("Location", "/")
    assert there.startswith("/")
    assert not there.startswith(("//", "/\\", "/\t"))
