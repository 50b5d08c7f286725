"""What was accepted and came to be decided otherwise is found again, when that is taken back."""

import pytest
from tests.catalogue.changing_world import World

from iqf.catalogue.actions.decisions import reopen
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.models import FieldConflict
from iqf.catalogue.queries import find


@pytest.fixture
def world(db):
    return World()


def level(world, wanted):
    """An accepted change of a level."""
    world.edit(Change("qualification", "change", {"code": world.things[0].code}, {"level": wanted}))


def taken_back(world):
    """The latest decision about the level, undone."""
    about = FieldConflict.objects.filter(subject=world.things[0].code, field="level", decision__isnull=False)
    reopen(by="rita", decision=about.latest("decision").decision, reason="Not so.")


def shown(world):
    return find(world.things[0].code).level


def read(world, says="2"):
    """The list is read again."""
    world.read(("a", "b"), (says, "2"), (True, True), "alternative")


def test_a_value_accepted_twice_is_held_by_the_first_when_the_second_is_taken_back(world):
    for wanted in ("4", "2", "4"):
        level(world, wanted)
    taken_back(world)
    assert shown(world) == "2"
    read(world, "5")
    assert shown(world) == "2"
    taken_back(world)
    assert shown(world) == "4"
    read(world, "3")
    assert shown(world) == "4"
    taken_back(world)
    assert shown(world) == "3"
