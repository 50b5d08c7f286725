"""The advice of a role: three next steps, each what the top-up says of it, and nothing made up where nothing is."""

from datetime import date

import pytest

from iqf.catalogue.queries import NotFoundError
from iqf.reports.advice import MOVE_ACROSS, MOVE_UP, STAY, advice
from iqf.reports.topup import topup
from iqf.web.public.wording.advice import worded

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 21)


def test_three_steps_each_costed_by_the_top_up(starter):
    found = advice("playworker", ON, held=["Q001"])
    assert [s.kind for s in found.steps] == [STAY, MOVE_UP, MOVE_ACROSS]
    assert not found.assumed
    for step in found.steps:
        alone = topup(["Q001"], step.thing.code, ON, alternatives=0).best
        assert {t.code for t in step.takes} == {i.thing.code for i in alone.items}
        assert step.cost == alone.cost
    assert found.step(STAY).thing.title == "NCFE CACHE Level 3 Diploma in Playwork"
    assert found.come_from


def test_what_the_role_itself_still_asks_for_comes_first(starter):
    found = advice("childminder", ON, held=["U-CYP31"])
    assert found.step(STAY).thing.code == found.role.role.code
    assert found.step(STAY).takes == tuple(i.thing for i in found.against.best.items)


def test_a_role_that_is_not_there(starter):
    with pytest.raises(NotFoundError):
        advice("zz", ON)


def test_what_is_taken_for_two_steps_is_listed_once(starter):
    first, *others = worded(advice("learning-support-assistant", ON))["steps"]
    assert first["takes"]
    assert [(step["same_as"], step["takes"]) for step in others] == [(1, ()), (1, ())]
