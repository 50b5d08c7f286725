"""The site of somebody who has just installed it and read nothing in."""

import pytest
from django.apps import apps
from tests.web.places import PAGES

from iqf.web.public.links import PLACES

pytestmark = pytest.mark.django_db
THINGS = (*(f"/{place}/" for place in PLACES.values()), "/clusters/", "/sources/", "/decisions/open")
OPEN = [page for page in PAGES if not page.startswith(THINGS) and "from=" not in page and "for=" not in page]


@pytest.fixture
def nothing_held():
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("iqf."):
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)


@pytest.mark.usefixtures("nothing_held")
def test_every_list_and_form_opens_before_anything_is_held(client):
    for address in [*OPEN, "/transitions?all=yes", "/clusters?scheme=nowhere", "/takeup"]:
        page = client.get(address)
        assert page.status_code in ((200, 400) if "?" in address else (200,)), address
        assert "<h1" in page.content.decode(), address


def test_every_pair_of_too_many_roles_is_refused_in_a_sentence(client, monkeypatch):
    monkeypatch.setattr("iqf.reports.transitions.MOST_ROLES", 160)
    page = client.get("/transitions?all=yes")
    assert page.status_code == 400
    assert "Every pair of 161 roles is more than can be reckoned at once" in page.content.decode()
