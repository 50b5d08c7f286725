"""The workbook that goes out: what a person finds in it, and that the same rows are the same bytes."""

import io

import openpyxl
import pytest

from iqf.catalogue.editable.entities import ALL, ENTITIES
from iqf.catalogue.editable.sheet import heading_key, headings
from iqf.exchange.formats.workbook import HELP, LISTS, workbook
from iqf.reports.sheet import TooManyRows, sheet


def opened(kind, **asked):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheet(ENTITIES[kind], **asked))))


def test_the_same_rows_are_the_same_bytes(starter):
    assert workbook(sheet(ENTITIES["role"])) == workbook(sheet(ENTITIES["role"]))


def test_headings_are_frozen_named_noted_and_those_that_name_the_row_come_first(starter):
    page = opened("requirement").worksheets[0]
    names = [cell.value for cell in page[1]]
    assert names[:5] == ["role", "role title", "qualification", "qualification title", "strength"]
    assert names[-2:] == ["act", "requirement as downloaded"]
    assert page.freeze_panes == "C2"
    assert all(cell.comment is not None for cell in page[1])
    assert "Needed in a new row." in page["E1"].comment.text
    assert "write erase to empty it" in page["F1"].comment.text
    assert page.column_dimensions["M"].hidden
    assert page["B1"].font.italic
    assert not page["A1"].font.italic


def test_closed_lists_are_drop_downs_with_a_way_to_erase(starter):
    book = opened("requirement")
    page = book.worksheets[0]
    lists = book[LISTS]
    assert lists.sheet_state == "hidden"
    by_column = {str(rule.sqref).split("2:")[0]: rule for rule in page.data_validations.dataValidation}
    listed = {}
    for column, rule in by_column.items():
        _, _, reference = rule.formula1.partition("!")
        listed[column] = [cell[0].value for cell in lists[reference.replace("$", "")]]
    assert listed["E"] == ["mandatory", "significant", "relevant"]
    assert listed["F"][-1] == "erase"
    assert listed["L"] == ["retire", "restore"]


def test_a_second_sheet_says_how_to_fill_it_in(starter):
    page = opened("role")[HELP]
    said = " ".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert "A blank cell changes nothing. To empty something, write erase in its cell." in said
    assert "Choose from: retire, restore." in said
    for heading in headings(ENTITIES["role"]):
        assert heading.text in said


def test_rows_of_one_thing_and_templates(starter):
    of = opened("requirement", of="playworker").worksheets[0]
    assert {row[1].value for row in of.iter_rows(min_row=2)} == {"Playworker"}
    assert opened("requirement", template=True).worksheets[0].max_row == 1
    rules = sheet(ENTITIES["rule unit"], of="500/9170/0")
    assert {row[1] for row in rules.rows} == {rules.of.title}


def test_more_rows_than_a_sheet_holds_are_not_given(starter, monkeypatch):
    monkeypatch.setattr("iqf.reports.sheet.MOST_ROWS", 100)
    with pytest.raises(TooManyRows, match=r"ask for those of one role or qualification"):
        sheet(ENTITIES["requirement"])
    assert len(sheet(ENTITIES["requirement"], of="playworker").rows) > 5


@pytest.mark.parametrize("entity", ALL, ids=lambda e: e.kind)
def test_no_two_headings_of_a_sheet_can_be_taken_for_each_other(entity):
    keys = [heading_key(heading.text) for heading in headings(entity)]
    assert len(set(keys)) == len(keys)
    assert all(heading.note for heading in headings(entity))
