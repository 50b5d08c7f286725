"""Each check in a world where it holds, in one where it fails, and in one where there is nothing to check."""

import pytest

from iqf.reports.quality import CHECKS, GROUPS, quality

from .worlds import WORLDS, World, clear

pytestmark = pytest.mark.django_db
EACH = [(check, build, matter) for check, worlds in WORLDS.items() for build, matter in worlds]


@pytest.fixture
def world(db):
    clear()
    return World()


def outcome(check):
    return next(c for c in quality(100).checks if c.id == check)


@pytest.mark.parametrize(("check", "build", "matter"), EACH, ids=[build.__name__ for _, build, _ in EACH])
def test_fails_and_says_why(world, check, build, matter):
    build(world, good=False)
    found = outcome(check)
    assert (found.outcome, found.reason) == ("fail", "")
    assert any(matter in example.matter for example in found.examples), found.examples
    assert 0 < found.count == len(found.examples)


@pytest.mark.parametrize(("check", "build"), [e[:2] for e in EACH], ids=[build.__name__ for _, build, _ in EACH])
def test_holds_and_accuses_nobody(world, check, build):
    build(world, good=True)
    found = outcome(check)
    assert found.examples == ()
    assert (found.outcome, found.count, found.reason) == ("pass", 0, "")
    assert found.of > 0


def test_no_check_applies_where_nothing_is_held_and_each_says_why(db):
    clear()
    for check in quality().checks:
        assert (check.outcome, check.count, check.of) == ("not applicable", 0, 0), check.id
        assert check.reason.endswith(".")


def test_every_check_is_in_one_group(db):
    assert sum(len(checks) for checks in GROUPS.values()) == len(CHECKS)
    assert {c.id: c.group for c in quality().checks} == {k: g for g, checks in GROUPS.items() for k in checks}
