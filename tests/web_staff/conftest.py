"""People who may and may not see the staff pages, and imports to look at; all made through actions."""

from types import SimpleNamespace

import pytest
from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

from iqf.accounts import actions
from iqf.accounts.actions import attempts, links
from iqf.accounts.models import User
from iqf.exchange.sources import early_years
from iqf.web.staff import checks

BODY, ELSEWHERE = "IQF-O-000001", "IQF-O-000002"
PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def quick_and_fresh(settings):
    """Passwords hashed quickly; no quality report of another test, whose data were undone."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    checks._checked.cache_clear()


@pytest.fixture
def ann(db):
    """A member of staff."""
    return actions.create_user(by="tests", username="ann", password=PASSWORD, is_staff=True)


@pytest.fixture
def bob(db):
    """Somebody with an account who is not staff."""
    return actions.create_user(by="tests", username="bob", password=PASSWORD)


@pytest.fixture
def member(starter):
    """Make somebody with a role: `member("rita", "reviewer")`; of the body "IQF-O-000001" where no other is named."""

    def made(name, role, body=BODY):
        actions.create_user(by="tests", username=name, password=PASSWORD)
        actions.join(by="tests", username=name, body=body, role=role)
        return User.objects.get(username=name)

    return made


@pytest.fixture
def signed_in(client, ann):
    """A browser in which a member of staff has signed in."""
    client.force_login(ann)
    return client


@pytest.fixture
def early_years_file(starter, tmp_path):
    """An import by ann of a file with two doubtful numbers, a row to match, and rows that tie to the catalogue."""
    wrong = NUMBERED | {"Qualification Ref": "EYQ-300", "Qualification Number": "603/5829/5"}
    misshapen = OLD | {"Qualification Ref": "EYQ-301", "Qualification Number": "60/x"}
    path = write(tmp_path / "list.csv", OLD, VARIOUS, NUMBERED, wrong, misshapen)
    return early_years.ingest(path, by="ann")


@pytest.fixture
def clock(monkeypatch):
    """The time as accounts see it: add to `clock.now` to let time pass."""
    from django.utils import timezone

    held = SimpleNamespace(now=timezone.now())
    clock = SimpleNamespace(now=lambda: held.now)
    for module in (attempts, links):
        monkeypatch.setattr(module, "timezone", clock)
    return held
