"""Whatever people and lists do in whatever order: nothing that was accepted is lost, nothing else is shown."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.catalogue.changing_world import UNSHRUNK

from .interleaving import Interleaving


@pytest.mark.django_db
def test_any_interleaving_leaves_catalogue_trail_and_history_of_one_mind():
    bounded = settings(
        max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), **UNSHRUNK
    )
    Interleaving.tally.clear()
    run_state_machine_as_test(Interleaving, settings=bounded)
    assert Interleaving.tally["accepted changes"] > 12, Interleaving.tally
