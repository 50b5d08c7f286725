import pytest
from django.contrib.auth import authenticate

from iqf.accounts.passwords import MOST, faults


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", ["The password has fewer than 10 characters; choose a longer one."]),
        ("1234567890", ["This password is one of the most common; choose another."]),
        ("annabel.lee", ["The password is too like the user name or the e-mail address; choose another."]),
        ("x" * (MOST + 1), [f"The password has more than {MOST} characters; choose a shorter one."]),
        ("correct horse battery", []),
        ("x" * MOST, []),
    ],
)
def test_rules_are_said_plainly(password, said):
    assert faults(password, username="annabel.lee") == said


def test_several_faults_are_told_at_once():
    assert len(faults("annabel", username="annabel")) == 3


@pytest.mark.parametrize("in_demo", [True, False])
def test_accounts_of_the_demo_sign_in_to_the_demo_only(db, settings, in_demo):
    from iqf.accounts.actions import create_demo_users, create_user

    settings.IQF_DEMO = in_demo
    create_demo_users(by="demo", password="a-long-password", wanted={"editor.demo": ("A", "editor")})
    create_user(by="tests", username="ann", password="a-long-password")
    assert bool(authenticate(None, username="editor.demo", password="a-long-password")) is in_demo
    assert authenticate(None, username="ann", password="a-long-password").username == "ann"
