"""People and their parts. Whatever is done in whatever order, no body is left with nobody who may act for it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.accounts import actions
from iqf.accounts.actions import CannotDo
from iqf.accounts.models import ROLES, AuditEvent, Membership, User

NAMES, BODIES = ("ann", "bob", "cat", "pat", "pam"), ("A", "B")
PLATFORM = ("pat", "pam")
STEPS = st.one_of(
    st.tuples(st.just("join"), *map(st.sampled_from, (NAMES, NAMES, BODIES, ROLES))),
    st.tuples(st.just("leave"), *map(st.sampled_from, (NAMES, NAMES, BODIES))),
    st.tuples(st.just("deactivate"), *map(st.sampled_from, (NAMES, NAMES))),
    st.tuples(st.just("reactivate"), *map(st.sampled_from, (NAMES, NAMES))),
)


def done(step):
    """Do one step; false where it was refused. Nothing may be written then."""
    what, by, name, *rest = step
    before = AuditEvent.objects.count()
    try:
        if what == "join":
            actions.join(by=by, username=name, body=rest[0], role=rest[1])
        elif what == "leave":
            actions.leave(by=by, username=name, body=rest[0])
        else:
            getattr(actions, what)(by=by, username=name)
    except CannotDo:
        assert AuditEvent.objects.count() == before
        return False
    return True


def headless():
    """Bodies with open accounts in them and no administrator among those."""
    parts = list(Membership.objects.filter(user__is_active=True))
    headed = {part.body for part in parts if part.role == "administrator"}
    return {part.body for part in parts} - headed


@pytest.mark.django_db(transaction=False)
@trying(60)
@given(steps=st.lists(STEPS, max_size=25))
def test_a_body_is_never_left_with_nobody_who_may_act_for_it(db, steps):
    from django.db import transaction

    with contextlib.suppress(Undo), transaction.atomic():
        for name in NAMES:
            actions.create_user(by="tests", username=name, password="x", is_staff=name in PLATFORM)
        for body in BODIES:
            actions.join(by="tests", username="ann", body=body, role="administrator")
        for step in steps:
            before = headless()
            acted = done(step)
            active = set(User.objects.filter(is_active=True, is_staff=True).values_list("username", flat=True))
            assert active
            begun_by_joining = acted and step[0] in ("join", "reactivate")
            if step[1] not in PLATFORM and not begun_by_joining:
                assert headless() <= before
            replayed()
        raise Undo


class Undo(Exception):
    """What one example did is undone."""


def replayed():
    """The trail alone says who has which part now."""
    held = {}
    for event in AuditEvent.objects.filter(subject__startswith="user:").order_by("id"):
        name = event.subject.removeprefix("user:")
        if event.action not in ("join", "change part", "leave"):
            continue
        if event.action == "leave":
            del held[name, event.before["body"]]
        else:
            held[name, event.after["body"]] = event.after["role"]
    assert held == {(part.user.username, part.body): part.role for part in Membership.objects.select_related("user")}


def test_the_last_administrator_stays(person):
    person("ann", A="administrator")
    person("bob", A="editor")
    for refused in (
        lambda: actions.leave(by="ann", username="ann", body="A"),
        lambda: actions.join(by="ann", username="ann", body="A", role="editor"),
        lambda: actions.deactivate(by="bob", username="ann"),
        lambda: actions.deactivate(by="command line", username="ann"),
    ):
        with pytest.raises(CannotDo, match="ann is the last administrator of A"):
            refused()
    actions.join(by="ann", username="bob", body="A", role="administrator")
    actions.leave(by="ann", username="ann", body="A")
    with pytest.raises(CannotDo, match="bob is the last administrator of A"):
        actions.leave(by="bob", username="bob", body="A")


def test_a_closed_administrator_does_not_count(person):
    person("ann", A="administrator")
    person("bob", A="administrator")
    actions.deactivate(by="ann", username="bob")
    with pytest.raises(CannotDo, match="last administrator"):
        actions.leave(by="ann", username="ann", body="A")


def test_platform_staff_may_remove_the_last_and_cannot_be_removed_last(person):
    person("pat", platform=True)
    person("ann", A="administrator")
    actions.leave(by="pat", username="ann", body="A")
    with pytest.raises(CannotDo, match="pat is the last of the platform staff"):
        actions.deactivate(by="pat", username="pat")


def test_platform_staff_who_go_themselves_leave_no_body_headless(person):
    person("pat", platform=True, A="administrator")
    person("bob", A="editor")
    with pytest.raises(CannotDo, match="last administrator"):
        actions.leave(by="pat", username="pat", body="A")


@pytest.mark.parametrize("name", ["", "two words", "a/b", "x\0y", "ann ", "<b>"])
def test_names_that_will_not_do(db, name):
    with pytest.raises(CannotDo, match="user name may hold"):
        actions.create_user(by="tests", username=name, password="x")


def test_a_name_is_taken_in_large_and_small_letters(person):
    person("ann")
    with pytest.raises(CannotDo, match="already"):
        person("Ann")


def test_the_same_role_again_writes_nothing_and_an_unknown_one_is_refused(person):
    person("ann", A="editor")
    before = AuditEvent.objects.count()
    actions.join(by="tests", username="ann", body="A", role="editor")
    with pytest.raises(CannotDo, match='There is no role "king"'):
        actions.join(by="tests", username="ann", body="A", role="king")
    assert AuditEvent.objects.count() == before
    actions.join(by="tests", username="ann", body="A", role="contributor", reason="asked")
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.before["role"], event.after["role"]) == ("change part", "editor", "contributor")
    assert event.reason == "asked"


@pytest.mark.parametrize("in_demo", [True, False])
def test_accounts_of_the_demo_keep_nothing_outside_it(person, settings, in_demo):
    settings.IQF_DEMO = in_demo
    person("ann", A="administrator")
    person("pat", platform=True)
    actions.create_demo_users(by="demo", password="x", wanted={"a.demo": ("A", "administrator"), "staff.demo": None})
    for last, what in (("ann", lambda: actions.leave(by="ann", username="ann", body="A")), ("pat", close_pat)):
        if in_demo:
            what()
        else:
            with pytest.raises(CannotDo, match=f"{last} is the last"):
                what()


def close_pat():
    actions.deactivate(by="pat", username="pat")


def test_demo_accounts_are_made_once_and_never_changed(db, django_assert_num_queries):
    wanted = {"a.demo": ("A", "editor"), "staff.demo": None}
    actions.create_demo_users(by="demo", password="first-password", wanted=wanted)
    actions.set_password(by="tests", username="a.demo", password="changed-by-hand")
    with django_assert_num_queries(3):
        actions.create_demo_users(by="demo", password="other-password", wanted=wanted)
    held = {user.username: user for user in User.objects.filter(demo=True)}
    assert held["a.demo"].check_password("changed-by-hand")
    assert held["staff.demo"].check_password("first-password")
    assert (held["a.demo"].is_staff, held["staff.demo"].is_staff) == (False, True)
