"""The worked example of docs/disclosure.md, read in as it is printed there."""

import re

import pytest
from tests.reports.pencil import DOCS

from iqf.exchange.sources.statistics.ingest import ingest
from iqf.indicators.asking import Wanted, figures
from iqf.indicators.protection import rule_of
from iqf.indicators.queries import dataset

pytestmark = pytest.mark.django_db
PAGE = (DOCS / "disclosure.md").read_text()
GIVEN = re.search(r"```csv\n(.*?)```", PAGE, flags=re.DOTALL)[1]
PRINTED = re.findall(r"^\| (North East|North West|England) \| (\w+) \| (\w+) \| (\w+) \|$", PAGE, flags=re.MULTILINE)


def published():
    rows = figures(dataset("courses"), Wanted()).rows
    shown = {(r.area, r.cells["level"]): r.symbol or f"{r.value:.0f}" for r in rows}
    return [(area, *(shown[area, level] for level in ("2", "3", "Total"))) for area, *_ in PRINTED]


def test_the_example_is_published_as_the_page_prints_it_and_so_is_the_next_version(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    file = tmp_path / "courses.csv"
    file.write_text(GIVEN)
    ingest(file, by="tests", rule=rule_of("threshold=5,base=10,zeros=shown"))
    assert published() == PRINTED
    assert len(PRINTED) == 3
    more = GIVEN
    for before, after in (
        (",3,41", ",3,42"),
        ("Total,93", "Total,94"),
        (",3,105", ",3,106"),
        ("Total,160", "Total,161"),
    ):
        assert before in more
        more = more.replace(before, after)
    file.write_text(more)
    ingest(file, by="tests")
    table = dataset("courses")
    assert table.version == "1.1"
    assert [[cell for cell in row if cell == "c"] for row in published()] == [["c"] * 2, ["c"] * 2, []]


@pytest.mark.parametrize("words", ["threshold=1", "base=x", "zeros=maybe", "secondary=no", "5"])
def test_a_rule_that_is_none_is_refused(words):
    with pytest.raises(ValueError, match="is no part of a rule"):
        rule_of(words)
