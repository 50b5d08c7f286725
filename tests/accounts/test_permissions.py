import pytest
from django.contrib.auth.models import AnonymousUser

from iqf.accounts import permissions as p
from iqf.accounts.actions import deactivate
from iqf.accounts.models import ROLES, User

EXPECTED = """
                 no part yet  contributor  editor  reviewer  administrator  platform staff
account               x            x          x        x           x              x
hold                  x            x          x        x           x              x
see                   .            x          x        x           x              x
propose               .            x          x        x           x              x
comment               .            x          x        x           x              x
one-off-link          .            .          x        x           x              x
speak                 .            .          x        x           x              x
put-forward           .            .          x        x           x              x
see-imports           .            .          x        x           x              x
see-trail             .            .          .        x           x              x
see-unprotected       .            .          .        .           .              x
review                .            .          .        x           .              x
recognise             .            .          .        x           .              x
decide                .            .          .        x           .              x
include               .            .          .        x           .              x
run-rounds            .            .          .        x           .              x
judge                 .            x          x        x           x              x
assess                .            .          x        x           x              x
keep-batches          .            .          .        x           .              x
edit-rule             .            .          .        .           .              x
keep-people           .            .          .        .           x              x
name-reviewers        .            .          .        .           .              x
keep-bodies           .            .          .        .           .              x
"""
"""Written out by hand, a second time: a change of the table has to be meant twice."""


def expected():
    for line in EXPECTED.strip().splitlines()[1:]:
        key, *marks = line.split()
        yield from ((key, holder, mark == "x") for holder, mark in zip(p.HOLDERS, marks, strict=True))


def made_of(person, holder):
    if holder == p.PLATFORM:
        return person("somebody", platform=True)
    return person("somebody") if holder == p.SIGNED_IN else person("somebody", A=holder)


def test_the_table_speaks_of_every_capability_and_the_models_know_every_role():
    assert [key for key, holder, _ in expected() if holder == p.SIGNED_IN] == list(p.CAPABILITIES)
    assert p.ROLES == ROLES
    assert set(p.ROLE_WORDS) == set(p.ROLES)


@pytest.mark.parametrize("holder", p.HOLDERS)
def test_each_may_what_the_table_says_and_is_told_why_not(person, holder):
    user = made_of(person, holder)
    for key, who, yes in expected():
        if who == holder:
            capability = p.CAPABILITIES[key]
            assert p.may(user, capability) is yes, key
            assert bool(p.why_not(user, capability)) is not yes
            if not yes:
                assert p.why_not(user, capability).endswith(f"{p.who(capability).capitalize()} may.")


def test_strangers_and_closed_accounts_may_nothing(person):
    person("last", platform=True)
    closed = person("ann", platform=True, A="reviewer")
    deactivate(by="last", username="ann")
    for user in (AnonymousUser(), User.objects.get(pk=closed.pk), User()):
        assert not any(p.may(user, capability) for capability in p.TABLE)
        assert p.why_not(user, p.SEE) == "Sign in first."


def test_what_is_done_for_a_body_needs_the_role_there(person):
    ann = person("ann", A="administrator", B="contributor")
    assert p.may(ann, p.KEEP_PEOPLE, "A")
    assert not p.may(ann, p.KEEP_PEOPLE, "B")
    assert not p.may(ann, p.SPEAK, "C")
    assert p.may(ann, p.COMMENT, "B")
    assert p.why_not(ann, p.KEEP_PEOPLE, "B").endswith("An administrator of that organisation or platform staff may.")
    assert p.may(ann, p.SEE_TRAIL, "B")  # not done for a body: a role anywhere will do
    assert p.may(person("pat", platform=True), p.KEEP_PEOPLE, "anything")


def test_nobody_reviews_their_own(person):
    for user in (person("rita", A="reviewer"), person("pat", platform=True)):
        assert p.may(user, p.REVIEW, author="somebody")
        assert not p.may(user, p.REVIEW, author=user.username)
        assert p.why_not(user, p.REVIEW, author=user.username).startswith("This is your own.")
        assert p.may(user, p.DECIDE, author=user.username)


def test_only_platform_staff_name_reviewers(person):
    assert p.roles_given_by(person("ann", A="administrator"), "A") == ("contributor", "editor", "administrator")
    assert p.roles_given_by(person("rita", A="reviewer"), "A") == ()
    assert p.roles_given_by(person("pat", platform=True), "A") == ROLES


def test_a_link_to_an_account_never_opens_more_than_its_maker_could_give(person):
    ann = person("ann", A="administrator", B="administrator")
    kept = {
        "eve": person("eve", A="editor"),
        "both": person("both", A="editor", B="administrator"),
        "elsewhere": person("elsewhere", A="editor", C="contributor"),
        "rita": person("rita", A="reviewer"),
        "pat": person("pat", platform=True, A="editor"),
        "none": person("none"),
    }
    assert {name for name, user in kept.items() if p.keeps_account_of(ann, user)} == {"eve", "both"}
    assert all(p.keeps_account_of(kept["pat"], user) for user in kept.values())
    assert not any(p.keeps_account_of(kept["rita"], user) for user in kept.values())


def test_parts_are_read_once(person, django_assert_num_queries):
    ann = User.objects.get(pk=person("ann", A="editor").pk)
    with django_assert_num_queries(1):
        assert [p.may(ann, capability) for capability in p.TABLE]
