"""The example in docs/top-ups.md says what the product says."""

from datetime import date

import pytest
from tests.reports.pencil import read_in

from iqf.reports.topup import topup

ON = date(2026, 11, 22)


@pytest.fixture
def example(starter, tmp_path):
    read_in("top-ups.md", tmp_path)


def letters(way):
    return "".join(sorted(item.thing.aliases[0] for item in way.items))


def test_the_pencil_is_right(example):
    answer = topup(["A"], "leader", ON, alternatives=1)
    ways = {letters(answer.best), letters(answer.alternatives[0])}
    assert ways == {"BCE", "BDE"}
    assert (answer.status, answer.best.gap, answer.best.cost["credit"].known) == ("optimal", 0, 8)
    fully = topup(["A"], "leader", ON, fully=True, alternatives=0)
    cost = fully.best.cost["credit"]
    assert (letters(fully.best), cost.known, cost.low, cost.high) == ("BCF", 6, 9, 11)
