"""People from the command line."""

import re

import pytest

from iqf.accounts.actions import create_user, join
from iqf.accounts.actions.links import opened_invitation, opened_reset
from iqf.accounts.models import AuditEvent, User

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ann(starter):
    """An administrator of NCFE."""
    create_user(by="tests", username="ann", password=PASSWORD)
    join(by="tests", username="ann", body="IQF-O-000001", role="administrator")


@pytest.fixture
def file(tmp_path):
    held = tmp_path / "password"
    held.write_text(PASSWORD + "\n")
    return held


def test_added_in_short_and_in_full(iqf, file):
    assert iqf("user", "pat", "--password-file", file.as_posix()).out == "pat may sign in now.\n"
    assert (
        iqf("user", "add", "eve", "--no-part", "--email", "e@x.example", "--password-file", file.as_posix()).status
        == 0
    )
    assert [User.objects.get(username=name).is_staff for name in ("pat", "eve")] == [True, False]
    assert User.objects.get(username="eve").email == "e@x.example"


def test_an_invitation_is_printed_and_works(iqf, monkeypatch, settings):
    settings.IQF_ADDRESS = "https://framework.example"
    said = iqf("user", "invite", "RN5156", "editor", "--email", "eve@example.org").out
    assert "to be editor of NCFE" in said
    secret = re.search(r"https://framework\.example/invitation/(\S+)\n", said)[1]
    assert (opened_invitation(secret).body, opened_invitation(secret).by) == ("IQF-O-000001", "command line")


def test_joined_listed_and_left(iqf, ann):
    create_user(by="tests", username="eve", password=PASSWORD)
    assert iqf("user", "list").out.splitlines() == [
        "ann: administrator of NCFE (IQF-O-000001)",
        "eve: no part yet",
    ]
    assert iqf("user", "join", "eve", "NCFE", "reviewer").out == "eve is reviewer of NCFE now.\n"
    answer = iqf("user", "list", "NCFE", "--json").answer
    assert answer["schema"] == "iqf.users/1"
    (eve,) = [user for user in answer["users"] if user["name"] == "eve"]
    assert eve["parts"] == [{"body": {"code": "IQF-O-000001", "title": "NCFE"}, "role": "reviewer"}]
    assert iqf("user", "leave", "eve", "NCFE", "--as", "ann").status == 0
    assert "eve" not in iqf("user", "list", "NCFE").out


def test_closed_opened_and_given_a_link(iqf, ann):
    create_user(by="tests", username="eve", password=PASSWORD)
    join(by="tests", username="eve", body="IQF-O-000001", role="editor")
    said = iqf("user", "reset", "eve", "--as", "ann").out
    assert opened_reset(re.search(r"/reset/(\S+)\n", said)[1]).user.username == "eve"
    assert iqf("user", "deactivate", "eve").status == 0
    assert "eve: editor of NCFE (IQF-O-000001) [closed]" in iqf("user", "list").out
    assert iqf("user", "reactivate", "eve").status == 0
    assert AuditEvent.objects.latest("id").actor == "command line"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("invite", "No Such Body", "editor"), 'There is no organisation called "No Such Body"'),
        (("invite", "NCFE", "king"), "invalid choice: 'king'"),
        (("invite", "NCFE", "reviewer", "--as", "ann"), 'The user "ann" may not make somebody a reviewer.'),
        (("invite", "Pearson", "editor", "--as", "ann"), 'The user "ann" may not invite people'),
        (
            ("invite", "NCFE", "editor", "--as", "nobody"),
            'There is no user "nobody"; add one with: iqf user add nobody',
        ),
        (("join", "nobody", "NCFE", "editor"), 'There is no user "nobody"; see who there is'),
        (("join", "ann", "NCFE", "editor"), "ann is the last administrator of IQF-O-000001"),
        (("leave", "ann", "NCFE"), "ann is the last administrator of IQF-O-000001"),
        (("leave", "ann", "Pearson"), "ann has no part in"),
        (("deactivate", "ann"), "ann is the last administrator of IQF-O-000001"),
        (("reactivate", "ann"), "The account of ann is open."),
        (("reset", "pat", "--as", "ann"), 'The user "ann" may not keep the people of any organisation'),
        (("reset", "nobody"), 'There is no user "nobody"'),
        (("add", "eve", "--as", "ann", "--password-file", "x"), 'The user "ann" may not keep the people of any'),
        (("add", "ANN", "--password-file", "x"), 'There is a user "ANN" already.'),
        ((), "WHAT"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(iqf, ann, words, said):
    create_user(by="tests", username="pat", password=PASSWORD, is_staff=True)
    before = AuditEvent.objects.count()
    ran = iqf("user", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert AuditEvent.objects.count() == before


def test_a_password_that_will_not_do(iqf, tmp_path):
    (tmp_path / "p").write_text("1234567890")
    ran = iqf("user", "eve", "--password-file", str(tmp_path / "p"))
    assert (ran.status, ran.err) == (2, "iqf: This password is one of the most common; choose another.\n")
