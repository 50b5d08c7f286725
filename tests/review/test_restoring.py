"""An earlier state is proposed again; accepted, it stands again."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.changing_world import World, act
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import history
from iqf.catalogue.actions.decisions import decide, reopen
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.earlier import present, states
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import key_of, standing
from iqf.catalogue.models import FieldConflict
from iqf.catalogue.queries import find
from iqf.catalogue.undone import undone_since
from iqf.reports.earlier import earlier
from iqf.review.actions.proposing import CannotPropose, Case, begin, revise, submit
from iqf.review.actions.restoring import propose_restore
from iqf.review.actions.reviewing import accept


def accepted(made):
    """A draft sent with a reason by its author, and accepted by another."""
    case = Case(made.title, "It was right before.", made.source_title)
    made = revise(by="ann", number=made.pk, version=made.version, case=case)
    made = submit(by="ann", number=made.pk, version=made.version)
    accept(by="rita", number=made.pk, version=made.version, reason="Agreed.")


def changed(*changes):
    accepted(begin(by="ann", case=Case("A change", source_title="A report"), changes=changes))


def standing_rows(rows):
    return {name: row for name, row in rows.items() if row.stands}


def test_a_role_with_its_titles_and_requirements_is_taken_back(starter):
    role, q = find("playworker", ["role"]), find("Q001", ["qualification"])
    before = present(role).rows
    number = AuditEvent.objects.filter(subject=role.code).latest("pk").pk
    title = standing(ENTITIES["role title"]).filter(role=role).first()
    changed(
        Change("role", "change", {"code": role.code}, {"tier": "specialist", "explanation": ""}),
        Change("requirement", "create", {"role": role.code, "qualification": q.code}, {"strength": "significant"}),
        Change("role title", "retire", key_of(ENTITIES["role title"], title)),
    )
    changed(Change("role", "retire", {"code": role.code}))
    then = dict(states(present(role), [number]))[number]
    made = propose_restore(by="ann", code="playworker", event=number)
    assert (made.state, made.came_by, made.author) == ("draft", "restore", "ann")
    role.refresh_from_db()
    assert role.is_retired
    accepted(made)
    assert standing_rows(present(find("playworker", ["role"])).rows) == standing_rows(then.rows)
    whole = {name for name, row in before.items() if row.stands}
    assert {name for name, row in present(role).rows.items() if row.stands} <= whole


def test_what_stands_just_so_is_not_proposed_and_a_strange_change_neither(starter):
    role = find("playworker", ["role"])
    number = present_number(role)
    with pytest.raises(CannotPropose, match="just so now"):
        propose_restore(by="ann", code=role.code, event=number)
    with pytest.raises(CannotPropose, match="has no change"):
        propose_restore(by="ann", code=role.code, event=10**9)


def present_number(thing):
    return history(thing.code).first().pk


def test_a_restore_that_somebody_overtook_is_refused_like_any_proposal(starter):
    role = find("playworker", ["role"])
    number = present_number(role)
    changed(Change("role", "change", {"code": role.code}, {"tier": "specialist"}))
    made = propose_restore(by="ann", code=role.code, event=number)
    changed(Change("role", "change", {"code": role.code}, {"tier": "targeted"}))
    with pytest.raises(CannotApply, match='is "targeted" now'):
        accepted(made)


def decided(value, reason):
    return decide(by="ann", code=find("601/2726/0").code, field="level", value=value, reason=reason)


@pytest.mark.parametrize("value", ["3", "2"])
def test_a_decision_that_was_undone_is_proposed_again_and_made_by_whoever_accepts(starter, value):
    """Whether it took the other value or what was shown already, when nothing else differs from then."""
    number = decided(value, "The specification says so.")
    thing = find("601/2726/0")
    with pytest.raises(CannotPropose, match="just so now"):
        propose_restore(by="ann", code=thing.code, event=number)
    reopen(by="rita", decision=number, reason="A mistake.")
    (told,) = earlier(thing.code, number).undone
    assert (told.field, told.value, told.reason, told.waiting) == (
        "level",
        value,
        "The specification says so.",
        ("2", "3"),
    )
    made = propose_restore(by="ann", code=thing.code, event=number)
    assert [change.entity for change in made.changes.all()] == ["conflict decision"]
    assert made.reason == "The specification says so."
    accepted(made)
    conflict = FieldConflict.objects.get(subject=thing.code, field="level")
    assert (conflict.value_decided, find("601/2726/0").level) == (value, value)
    assert conflict.decision > number
    assert earlier(thing.code, number).undone == ()


def test_a_decision_that_was_undone_before_is_none_of_a_later_state(starter):
    number = decided("3", "The specification says so.")
    reopen(by="rita", decision=number, reason="A mistake.")
    thing = find("601/2726/0")
    last = history(thing.code).latest("pk").pk
    assert last > number
    assert earlier(thing.code, last).undone == ()
    with pytest.raises(CannotPropose, match="just so now"):
        propose_restore(by="ann", code=thing.code, event=last)


def test_a_restored_decision_is_refused_where_the_sources_say_otherwise_by_then(starter):
    number = decided("3", "The specification says so.")
    reopen(by="rita", decision=number, reason="A mistake.")
    thing = find("601/2726/0")
    made = propose_restore(by="ann", code=thing.code, event=number)
    decided("2", "The list is right.")
    with pytest.raises(CannotApply, match="Nothing waits to be decided"):
        accepted(made)


@pytest.mark.django_db
@trying(12, dear=True)
@given(st.data())
def test_whatever_was_done_an_accepted_restore_brings_the_state_back(data):
    with transaction.atomic():
        world = World()
        thing = data.draw(st.sampled_from(world.things[:3]))
        number = AuditEvent.objects.filter(subject=thing.code).latest("pk").pk
        for _ in range(data.draw(st.integers(1, 6))):
            act(world, data.draw)
        thing = find(thing.code)
        then = dict(states(present(thing), [number]))[number]
        undone = undone_since(thing, number)
        if standing_rows(present(thing).rows) == standing_rows(then.rows) and not undone:
            with pytest.raises(CannotPropose, match="just so now"):
                propose_restore(by="ann", code=thing.code, event=number)
        else:
            accepted(propose_restore(by="ann", code=thing.code, event=number))
        assert standing_rows(present(find(thing.code)).rows) == standing_rows(then.rows)
        transaction.set_rollback(True)
