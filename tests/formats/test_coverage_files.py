"""Coverage as a chart and as a workbook: every number of the answer is there, and nothing rests on colour."""

import dataclasses
import io
import re
from collections import Counter
from xml.etree import ElementTree

import openpyxl
import pytest

from iqf.exchange.formats.coverage_chart import AGAIN, coverage_chart
from iqf.exchange.formats.coverage_words import STATES, finding
from iqf.exchange.formats.coverage_workbook import coverage_workbook
from iqf.reports.coverage import coverage, table

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def by_level(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return coverage("common-core-2005", by="level")


@pytest.fixture(scope="module")
def by_qualification(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return coverage("common-core-2005")


def test_the_finding_names_what_fewest_and_most_rows_reach(by_qualification):
    rows = [r.counts for r in by_qualification.rows if r.counts.units_judged]
    touched = {a.code: sum(r.touches[a.code] > 0 for r in rows) for a in by_qualification.statements}
    least, most = min(touched, key=touched.get), max(touched, key=touched.get)
    words = finding(by_qualification)
    assert f"({least}) is touched by {touched[least]} of {len(rows)} qualifications" in words
    assert words.endswith(f"({most}) by {touched[most]}.")


def test_without_a_judged_unit_the_finding_says_so(starter):
    assert finding(coverage("common-core-2010")).startswith("No unit has been judged against Common Core")


def test_the_chart_has_a_shape_and_the_numbers_of_every_cell(by_qualification):
    chart = ElementTree.fromstring(coverage_chart(by_qualification))
    shapes = Counter(use.get("href").removeprefix("#chart-") for use in chart.iter(f"{SVG}use"))
    cells = [(r.counts, a.code) for r in by_qualification.rows for a in by_qualification.statements]
    assert shapes == Counter(counts.state(code) for counts, code in cells) + Counter(list(STATES))
    printed = Counter(re.findall(r">(\d+/\d+)<", coverage_chart(by_qualification)))
    assert printed == Counter(f"{c.touches[code]}/{c.units_judged}" for c, code in cells if c.units_judged)
    assert chart.find(f"{SVG}title").text == finding(by_qualification)
    heads = sum(text.text == "Qualifications" for text in chart.iter(f"{SVG}text"))
    assert heads == -(-len(by_qualification.rows) // AGAIN)


def test_the_chart_is_drawn_in_greys_and_each_shape_differs_by_its_form(by_level):
    drawn = coverage_chart(by_level)
    colours = {c.lstrip("#") for c in re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', drawn)}
    assert all(len(set(re.findall("..", c if len(c) == 6 else c * 2))) == 1 for c in colours)
    symbols = re.findall(r'<symbol id="chart-[a-z]+" viewBox="0 0 14 14">(.*?)</symbol>', drawn)
    bare = {re.sub(r"#[0-9a-f]{3,6}\b", "", s) for s in symbols}
    assert len(bare) == len(symbols) == len(STATES)


def test_names_of_rows_are_printed_whole_and_harmless(by_level):
    rows = (dataclasses.replace(by_level.rows[0], label="<script>& " + "long " * 30), *by_level.rows[1:])
    chart = ElementTree.fromstring(coverage_chart(dataclasses.replace(by_level, rows=rows)))
    words = " ".join(t.text or "" for t in chart.iter(f"{SVG}text"))
    assert "<script>& " + "long " * 29 + "long" in words


def test_the_workbook_holds_the_table_as_numbers_and_says_how_to_read_it(by_level):
    book = openpyxl.load_workbook(io.BytesIO(coverage_workbook(by_level)))
    assert book.sheetnames == ["How to read it", "Coverage", "In words", "Every counting rule", "Areas reached"]
    columns, rows = table(by_level)
    held = [[cell.value for cell in row] for row in book["Coverage"].iter_rows()]
    assert held == [columns, *rows]
    said = {row[0].value: row[1].value for row in book["How to read it"].iter_rows(min_row=2)}
    assert said["What was found"] == finding(by_level)
    assert "No person has checked them" in said["By whom"]
    words = [[cell.value for cell in row] for row in book["In words"].iter_rows(min_row=2)]
    assert words[1][2] == STATES[by_level.rows[1].counts.state("CC1")]
    rules = [row[0].value for row in book["Every counting rule"].iter_rows(min_row=2)]
    assert rules == ["any", "mandatory", "best-option", "credit"]


def test_the_same_answer_gives_the_same_workbook_and_no_formula(by_level):
    rows = (dataclasses.replace(by_level.rows[0], label="=1+1"), *by_level.rows[1:])
    changed = dataclasses.replace(by_level, rows=rows)
    assert coverage_workbook(by_level) == coverage_workbook(by_level)
    page = openpyxl.load_workbook(io.BytesIO(coverage_workbook(changed)))["Coverage"]
    assert (page["B2"].value, page["B2"].data_type) == ("'=1+1", "s")
