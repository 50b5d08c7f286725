"""People made through actions, with passwords hashed quickly, and a clock to be moved."""

from types import SimpleNamespace

import pytest

from iqf.accounts import actions
from iqf.accounts.actions import attempts, links
from iqf.accounts.models import User

PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db):
    """Make somebody: `person("ann", A="editor", B="reviewer")`, or `person("pat", platform=True)`."""

    def made(name, platform=False, email="", **parts):
        actions.create_user(by="tests", username=name, password=PASSWORD, is_staff=platform, email=email)
        for body, role in parts.items():
            actions.join(by="tests", username=name, body=body, role=role)
        return User.objects.get(username=name)

    return made


@pytest.fixture
def clock(monkeypatch):
    """The time as accounts see it: add to `clock.now` to let time pass."""
    from django.utils import timezone

    held = SimpleNamespace(now=timezone.now())
    for module in (attempts, links):
        monkeypatch.setattr(module, "timezone", SimpleNamespace(now=lambda: held.now))
    return held
