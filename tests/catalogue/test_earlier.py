"""Whatever is done to things in whatever order, the audit trail tells exactly how they stood after each change."""

import shutil

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.catalogue.earlier import present, states
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import row_name
from iqf.catalogue.queries import find
from iqf.exchange.sources.starter.ingest import ingest
from iqf.exchange.sources.starter.layout import PACKAGED

from .changing_world import World, act


def recorded(world):
    return {thing.code: present(thing).rows for thing in world.things}


def last():
    return AuditEvent.objects.latest("pk").pk


@pytest.mark.django_db
@trying(12, dear=True)
@given(st.data())
def test_the_trail_tells_every_earlier_state_exactly(data):
    with transaction.atomic():
        world = World()
        seen = [(last(), recorded(world))]
        for _ in range(data.draw(st.integers(2, 9))):
            act(world, data.draw, "join", "join")
            seen.append((last(), recorded(world)))
        for thing in world.things:
            found = dict(states(present(thing), [number for number, _ in seen]))
            for number, rows in seen:
                assert found[number].gaps == ()
                assert found[number].rows == rows[thing.code], (thing.code, number)
        transaction.set_rollback(True)


def test_every_thing_of_the_starter_came_to_be_and_the_trail_explains_all_that_it_is(starter):
    for name, kind in (("playworker", "role"), ("Q001", "qualification"), ("common-core-2005", "framework")):
        now = present(find(name, [kind]))
        first, last = (
            AuditEvent.objects.order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk")
        )
        found = dict(states(now, [first - 1, last]))
        assert (found[last].rows, found[last].gaps) == (now.rows, ())
        assert (found[first - 1].rows, found[first - 1].gaps) == ({}, ())


def test_an_import_that_changes_things_is_taken_back_exactly(starter, tmp_path):
    folder = shutil.copytree(PACKAGED, tmp_path / "starter")
    file = folder / "qualifications/qualifications.csv"
    q = find("Q001", ["qualification"])
    text = file.read_text(encoding="utf-8")
    assert q.title in text
    file.write_text(text.replace(q.title, "Another title", 1), encoding="utf-8")
    before, number = present(q).rows, AuditEvent.objects.latest("pk").pk
    ingest(folder, by="tests")
    q.refresh_from_db()
    assert q.title == "Another title"
    assert dict(states(present(q), [number]))[number].rows == before


def test_rows_with_long_names_are_kept_apart(starter):
    entity = ENTITIES["permission"]
    keys = [{"qualification": "IQF-Q-000001", "kind": "allows", "text": "x" * 300 + end} for end in "ab"]
    names = {row_name(entity, key) for key in keys}
    assert len(names) == 2
    assert {len(name) for name in names} == {200}
