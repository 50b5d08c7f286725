"""Answers as CSV and JSON that other software reads safely."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.exchange.formats.plain import dumps, envelope, error, plain
from iqf.exchange.formats.sheets import FORMULA_STARTS, csv_text, neutral, told


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("value", ["a=b", "3", "", "é", 3, -3, 2.5, True])
def test_all_else_stays_as_it_is(value):
    assert neutral(value) == value


def test_nothing_is_an_empty_cell():
    assert neutral(None) == ""


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_any_table_begins_like_a_formula(rows):
    text = csv_text(["=a", "b"], rows)
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(read) == len(rows) + 1
    for row in read:
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row)


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_cells_come_back_as_they_went_in_but_for_the_apostrophe(rows):
    read = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows).removeprefix("\ufeff"), newline="")))[1:]
    assert [[neutral(cell) for cell in row] for row in rows] == read


@given(st.text(alphabet="'=+-@\t\r\nab", max_size=6))
def test_what_was_made_neutral_is_told_as_it_was(text):
    assert told(neutral(text)) == text
    assert not neutral(text).startswith(FORMULA_STARTS)


@dataclass(frozen=True)
class Inner:
    on: date
    codes: frozenset[str]


@dataclass(frozen=True)
class Outer:
    inner: Inner
    by: dict[int, tuple[float | None, ...]]

    @property
    def derived(self):
        return "left out"


def test_a_frozen_answer_becomes_plain_and_properties_are_left_out():
    answer = Outer(Inner(date(2026, 11, 21), frozenset({"b", "a"})), {1: (0.5, None)})
    assert plain(answer) == {"inner": {"on": "2026-11-21", "codes": ["a", "b"]}, "by": {"1": [0.5, None]}}


@pytest.mark.django_db
def test_the_envelope_comes_before_the_answer():
    found = envelope("thing", date(2026, 11, 21), {"x": 1}, [{"code": "c", "message": "m"}])
    assert list(found) == ["schema", "data_version", "as_of", "warnings", "x"]
    assert (found["schema"], found["as_of"]) == ("iqf.thing/1", "2026-11-21")


def test_the_one_error_shape():
    found = error("not-found", "There is none.", where=[{"file": "a.csv", "row": 2}])
    assert found == {
        "schema": "iqf.error/1",
        "type": "not-found",
        "title": "There is none.",
        "detail": "",
        "where": [{"file": "a.csv", "row": 2}],
    }


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none(), st.floats(allow_nan=False))))
def test_json_text_reads_back(payload):
    assert json.loads(dumps(payload)) == payload
