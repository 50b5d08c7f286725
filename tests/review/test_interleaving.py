"""Whatever people and lists do in whatever order: nothing that was accepted is lost, nothing else is shown."""

import pytest
from hypothesis.stateful import run_state_machine_as_test
from tests.trying import trying

from .interleaving import Interleaving


@pytest.mark.django_db
def test_any_interleaving_leaves_catalogue_trail_and_history_of_one_mind():
    bounded = trying(12, steps=30, dear=True)
    Interleaving.tally.clear()
    run_state_machine_as_test(Interleaving, settings=bounded)
    assert Interleaving.tally["accepted changes"] > 12, Interleaving.tally
