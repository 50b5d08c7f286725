"""People with portfolios, an assessor and others who may see nothing of them; all made through actions."""

from types import SimpleNamespace

import pytest

from iqf.accounts.actions import create_user, join
from iqf.accounts.models import User
from iqf.people import actions as act
from iqf.people.scope import scope_of

BODY, ELSEWHERE = "IQF-O-000001", "IQF-O-000002"
PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user(db):
    """Make somebody, perhaps with a role in a body."""

    def made(name, role="", body=BODY, platform=False):
        create_user(by="tests", username=name, password=PASSWORD, is_staff=platform)
        if role:
            join(by="tests", username=name, body=body, role=role)
        return User.objects.get(username=name)

    return made


@pytest.fixture
def world(starter, user):
    """Ann, who has a portfolio; Asa, an assessor; Eve, an administrator elsewhere; Pat of the platform."""
    ann, asa = user("ann", "contributor"), user("asa", "editor")
    eve, pat = user("eve", "administrator", ELSEWHERE), user("pat", platform=True)
    scopes = {name: scope_of(u) for name, u in {"ann": ann, "asa": asa, "eve": eve, "pat": pat}.items()}
    return SimpleNamespace(users={"ann": ann, "asa": asa, "eve": eve, "pat": pat}, **scopes)


@pytest.fixture
def filled(world):
    """Ann's portfolio: a unit, an overseas qualification, job shadowing put to Asa, a link and a self-assessment."""
    world.unit = act.hold(world.ann, act.Item("listed", "U-SHC31", "2015-06"))
    world.overseas = act.hold(
        world.ann, act.Item("overseas", "Diplom-Sozialpädagogin", "2009", "FH Köln", "Germany", "Secret words")
    )
    world.shadowing = act.record(
        world.ann,
        act.Learning(
            "shadowing",
            "Three days with a health visitor",
            "2024-05",
            "Town clinic",
            "21",
            "What I saw there",
            ("U-CYP31", "common-core-2010:CC1", "common-core-2010:CC2"),
        ),
    )
    world.claim = act.ask(world.ann, evidence=world.shadowing.pk, assessor="asa", message="Please look")
    world.link, world.token = act.share(world.ann, name="My manager", days=30)
    return world
