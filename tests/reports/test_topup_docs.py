"""The example in docs/top-ups.md says what the product says."""

import re
from datetime import date
from pathlib import Path

import pytest
from tests.reports.worlds import clear

from iqf.exchange.sources.starter.ingest import ingest
from iqf.reports.topup import topup

PAGE = Path(__file__).parents[2] / "docs/top-ups.md"
ON = date(2026, 11, 22)


@pytest.fixture
def example(starter, tmp_path):
    clear()
    for name, text in re.findall(r"`([\w/]+\.csv)`\n\n```csv\n(.*?)```", PAGE.read_text(), flags=re.DOTALL):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    ingest(tmp_path, by="tests", collection="example")


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
