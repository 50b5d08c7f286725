"""What the tests of reports share: the ids of the starter's own files, from a thing as answers refer to it."""

import re
from datetime import date

import pytest

from . import by_hand

LOCAL_ID = re.compile(r"^(Q\d{3}|U-.+|[a-z][a-z0-9-]*)$")


@pytest.fixture
def today():
    """A day to ask about: the tests look at no clock."""
    return date(2026, 11, 21)


@pytest.fixture
def local():
    """The id under which the starter's files hold a thing."""

    def read(ref):
        (found,) = [a for a in ref.aliases if LOCAL_ID.match(a)]
        return found

    return read


@pytest.fixture(scope="session")
def every_qualification(django_db_setup, django_db_blocker):
    """The answer of every qualification under its id in the files, asked once: answers are frozen."""
    from iqf.reports.qualification import qualification

    with django_db_blocker.unblock():
        ids = [q["local_id"] for q in by_hand.table("qualifications/qualifications")]
        return {i: qualification(i, date(2026, 11, 21)) for i in ids}


@pytest.fixture(scope="session")
def every_unit(django_db_setup, django_db_blocker):
    """The answer of every unit under its id in the files, asked once."""
    from iqf.reports.unit import unit

    with django_db_blocker.unblock():
        ids = [u["unit_id"] for u in by_hand.table("qualifications/units")]
        return {i: unit(i, date(2026, 11, 21)) for i in ids}


@pytest.fixture(scope="session")
def many_roles(django_db_setup, django_db_blocker):
    """The answer of every third role under its id in the files, asked once."""
    from iqf.reports.role import role

    with django_db_blocker.unblock():
        ids = [r["role_id"] for r in by_hand.table("documents/roles")][::3]
        return {i: role(i, date(2026, 11, 21)) for i in ids}
