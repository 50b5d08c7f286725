"""Links that let somebody in once: expired, used, withdrawn, forged, for something else; no secret is kept."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from iqf.accounts import actions
from iqf.accounts.actions import CannotDo
from iqf.accounts.actions.links import NotOurs, opened_invitation, opened_reset
from iqf.accounts.models import AuditEvent, Invitation, Membership, PasswordReset

PASSWORD = "another-long-password"


@pytest.fixture
def invited(db, clock):
    """An invitation to be editor of A, and its secret."""
    return actions.invite(by="ann", body="A", role="editor", email="eve@example.org")


@pytest.fixture
def bob(person, clock):
    return person("bob", email="bob@example.org", A="contributor")


def accept(secret, name="eve"):
    return actions.accept_as_new(secret=secret, username=name, password=PASSWORD)


def test_an_invitation_makes_an_account_with_the_part_once(invited):
    _, secret = invited
    eve = accept(secret)
    assert (eve.email, eve.is_staff, eve.check_password(PASSWORD)) == ("eve@example.org", False, True)
    assert [(m.body, m.role) for m in eve.memberships.all()] == [("A", "editor")]
    with pytest.raises(CannotDo, match="has been used"):
        accept(secret, "mallory")
    assert [e.action for e in AuditEvent.objects.order_by("id")][-4:] == [
        "create invitation",
        "create user",
        "join",
        "accept invitation",
    ]


def test_a_name_that_is_taken_leaves_the_invitation_as_it_was(invited, person):
    person("eve")
    with pytest.raises(CannotDo, match="already"):
        accept(invited[1], "EVE")
    assert opened_invitation(invited[1]).stands


def test_seven_days_and_no_longer(invited, clock):
    clock.now += timedelta(days=7) - timedelta(seconds=1)
    assert opened_invitation(invited[1])
    clock.now += timedelta(seconds=1)
    with pytest.raises(CannotDo, match="too old"):
        accept(invited[1])


def test_withdrawn_and_renewed(invited):
    made, old = invited
    _, new = actions.renew(by="ann", number=made.pk)
    with pytest.raises(NotOurs):
        opened_invitation(old)
    assert opened_invitation(new).pk == made.pk
    actions.withdraw(by="ann", number=made.pk)
    with pytest.raises(CannotDo, match="withdrawn"):
        accept(new)
    for again in (actions.renew, actions.withdraw):
        with pytest.raises(CannotDo, match="no longer waits"):
            again(by="ann", number=made.pk)


def test_one_that_is_too_old_is_sent_again(invited, clock):
    clock.now += timedelta(days=30)
    _, secret = actions.renew(by="ann", number=invited[0].pk)
    assert opened_invitation(secret)


def test_somebody_known_takes_the_part_with_their_account(invited, bob):
    with pytest.raises(CannotDo, match="You are contributor there already"):
        actions.accept_as(secret=invited[1], username="bob")
    assert opened_invitation(invited[1]).stands
    actions.leave(by="tests", username="bob", body="A")
    actions.accept_as(secret=invited[1], username="bob")
    assert Membership.objects.get(user=bob).role == "editor"


def forged(secret):
    """The same secret, one way or another not quite."""
    body, _, signature = secret.rpartition("~")
    return [
        "",
        "x",
        "~",
        body,
        f"{body}x~{signature}",
        f"{body}~{signature[:-1]}",
        f"{body}~{signature.swapcase()}",
        secret + "~" + signature,
        "\0",
        "é" * 50,
        "a" * 10_000,
    ]


def test_what_is_forged_opens_nothing_and_asks_the_database_nothing(invited, bob, django_assert_num_queries):
    reset = actions.make_reset(by="ann", username="bob")
    for opened, secret, other in ((opened_invitation, invited[1], reset), (opened_reset, reset, invited[1])):
        for text in (*forged(secret), other):
            with django_assert_num_queries(0), pytest.raises(NotOurs, match="not one of ours"):
                opened(text)


def test_a_link_signed_with_another_key_opens_nothing(invited, settings):
    settings.SECRET_KEY = "another"
    with pytest.raises(NotOurs):
        opened_invitation(invited[1])


def test_a_reset_works_once_within_the_hour(bob, clock):
    secret = actions.make_reset(by="ann", username="bob")
    clock.now += timedelta(minutes=59)
    assert actions.reset_password(secret=secret, password=PASSWORD).username == "bob"
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    with pytest.raises(CannotDo, match="has been used"):
        actions.reset_password(secret=secret, password="yet-another-password")
    late = actions.make_reset(by="ann", username="bob")
    clock.now += timedelta(hours=1)
    with pytest.raises(CannotDo, match="too old"):
        actions.reset_password(secret=late, password=PASSWORD)


def test_a_later_reset_ends_the_earlier_and_of_nobody_else(bob, person):
    person("cat")
    theirs = actions.make_reset(by="ann", username="cat")
    first, second = (actions.make_reset(by="ann", username="bob") for _ in range(2))
    with pytest.raises(CannotDo, match="withdrawn"):
        opened_reset(first)
    assert opened_reset(second).user == bob
    assert opened_reset(theirs).user.username == "cat"


def test_a_reset_lifts_a_lock_out(bob):
    for _ in range(actions.FAILURES_ALLOWED):
        actions.begin_sign_in(by="bob")
    with pytest.raises(actions.LockedOutError):
        actions.begin_sign_in(by="bob")
    actions.reset_password(secret=actions.make_reset(by="ann", username="bob"), password=PASSWORD)
    actions.begin_sign_in(by="bob")


def test_a_closed_account_gets_no_link_and_uses_none(bob, person):
    person("pat", platform=True)
    secret = actions.make_reset(by="ann", username="bob")
    actions.deactivate(by="pat", username="bob")
    with pytest.raises(CannotDo, match="closed"):
        actions.make_reset(by="ann", username="bob")
    with pytest.raises(CannotDo, match="closed"):
        actions.reset_password(secret=secret, password=PASSWORD)
    assert actions.ask_for_reset(asked="bob") == []


@pytest.mark.parametrize("asked", ["bob", "bob@example.org", "BOB@Example.org"])
def test_who_asks_is_found_by_name_or_address(bob, asked):
    ((user, secret),) = actions.ask_for_reset(asked=asked)
    assert user == bob
    assert opened_reset(secret).user == bob


def test_who_has_no_address_is_sent_nothing_and_a_stranger_writes_nothing_into_the_trail(bob, person):
    person("cat")
    before = AuditEvent.objects.count()
    for asked in ("cat", "nobody", "", "x@example.org"):
        assert actions.ask_for_reset(asked=asked) == []
    actions.ask_for_reset(asked="bob")
    assert AuditEvent.objects.count() == before


def test_no_secret_and_no_password_is_kept_anywhere(invited, bob):
    """The whole database as text holds none of them, nor the random part of one."""
    secrets = [invited[1], actions.make_reset(by="ann", username="bob"), actions.ask_for_reset(asked="bob")[0][1]]
    secrets.append(actions.renew(by="ann", number=invited[0].pk)[1])
    actions.reset_password(secret=secrets[2], password=PASSWORD)
    accept(secrets[3])
    dump = io.StringIO()
    call_command("dumpdata", "accounts", "sessions", stdout=dump)
    for secret in (*secrets, PASSWORD):
        assert secret not in dump.getvalue()
        assert secret.partition("~")[0] not in dump.getvalue()
    assert Invitation.objects.count() == 1
    assert PasswordReset.objects.count() == 2
