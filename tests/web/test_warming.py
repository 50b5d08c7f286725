"""A site reads before it is asked what its first readers would wait for."""

import pytest
from django.db import DatabaseError
from django.template.loader import get_template

from iqf.accounts.kept import Kept
from iqf.web.public import warming


def test_the_first_reader_of_a_list_waits_for_no_count(client, django_assert_max_num_queries):
    warming.warm()
    for address in ("/", "/levels", "/clusters"):
        with django_assert_max_num_queries(5):
            assert client.get(address).status_code == 200


def test_what_was_read_is_read_anew_when_it_changed(client):
    from iqf.accounts.models import AuditEvent
    from iqf.catalogue.models import Role

    warming.warm()
    before = warming.counts().roles
    Role.objects.filter(code="IQF-R-000008").update(retired_on="2026-01-01", retired_because="tried")
    latest = AuditEvent.objects.order_by("-id").first()
    latest.pk = None
    latest.save()
    assert warming.counts().roles == before - 1
    assert f"{before - 1}" in client.get("/").content.decode()


def test_without_a_database_it_reads_templates_alone(monkeypatch):
    def none():
        raise DatabaseError("no such table")

    monkeypatch.setattr(warming, "data_state", none)
    warming.warm()
    assert all(kept._held is None for kept in Kept._every)
    assert get_template("public/roles/role.html")


@pytest.mark.parametrize("path", sorted(warming.TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_template_is_one_that_can_be_read(path):
    assert get_template(path.relative_to(warming.TEMPLATES).as_posix())
