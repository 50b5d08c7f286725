"""Who sees true counts, under which banner, and that it is written down; and that nobody else does."""

import pytest
from tests.indicators.true_counts import SMALL, published

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import data_version

pytestmark = pytest.mark.django_db
PAGE = "/staff/figures/training?where.geographic_level=Local%20authority&where.level=3&where.la_name=Kirklees"


@pytest.fixture(autouse=True)
def table(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    published(tmp_path, SMALL)


def looks():
    return AuditEvent.objects.filter(subject="unprotected:training")


def test_a_look_at_true_counts_has_a_banner_and_is_recorded(signed_in):
    assert "/staff/figures/training" in signed_in.get("/staff/figures").content.decode()
    assert not looks().exists()
    before = data_version()
    response = signed_in.get(PAGE)
    text = response.content.decode()
    assert "Unprotected. Do not pass on." in text
    assert '<strong>3</strong> <span class="muted">(c)</span>' in text
    assert response["Cache-Control"] == "private, no-store"
    event = looks().get()
    assert (event.actor, event.action, event.after["version"]) == ("ann", "see unprotected figures", "1.0")
    assert "la_name=Kirklees" in event.after["where"]
    assert data_version() == before, "a look changes nothing that is published"
    assert "Looked at unprotected figures" in signed_in.get("/staff/trail").content.decode()


def test_nobody_else_sees_them_and_nothing_is_recorded(client, bob):
    assert client.get(PAGE).status_code == 302
    client.force_login(bob)
    assert client.get(PAGE).status_code == 403
    assert "<table" not in client.get(PAGE).content.decode()
    assert not looks().exists()


def test_what_is_held_as_published_has_no_other_figures(signed_in, tmp_path):
    published(tmp_path, SMALL, rule=None, code="open")
    response = signed_in.get("/staff/figures/open")
    assert response.status_code == 404
    assert "is held as published" in response.content.decode()


def test_every_public_form_of_a_table_has_the_symbol_and_its_profile(client):
    address = "/figures/training?where=la_name=Kirklees&where=level=3&indicator=learners"
    page = client.get(address).content.decode()
    assert "Counts from 1 to 4 are kept back (c)." in page
    assert '<abbr class="unknown"' in page
    answer = client.get(f"{address}&format=json").json()
    assert [row["symbol"] for row in answer["rows"]] == ["c"]
    assert answer["definitions"]["protection"]["rule"]["threshold"] == 5
    assert ",learners,,c" in client.get(f"{address}&format=csv").content.decode()
    assert "unprotected" not in page.lower()
