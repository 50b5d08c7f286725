"""What is broken refuses the whole file: where, what stands there, what would be right; and nothing is written."""

import pytest

from iqf.exchange.sources.early_years import ingest
from iqf.exchange.sources.early_years.rows import COLUMNS
from iqf.exchange.sources.pattern import Refused

from .early_years_file import FOUR, OLD, VARIOUS, text_of, write

pytestmark = pytest.mark.django_db
LIST = "early-years"


@pytest.mark.parametrize(
    ("change", "column", "message", "expected"),
    [
        (
            {"Qualification Level": "3/4"},
            "Qualification Level",
            '"3/4" is not a level.',
            "one level: 1 to 8, or Entry",
        ),
        ({"Qualification Level": "9"}, "Qualification Level", '"9" is not a level.', "one level: 1 to 8, or Entry"),
        ({"From which date": "31/02/2024"}, "From which date", '"31/02/2024" is not a date.', "Sep-14"),
        ({"To which date": "2024-13"}, "To which date", '"2024-13" is not a date.', "Sep-14"),
        ({"To which date": "14-Sep"}, "To which date", '"14-Sep" is not a date.', "Sep-14"),
        ({"To which date": "summer"}, "To which date", '"summer" is not a date.', "Sep-14"),
        ({"Qualification Ref": " "}, "Qualification Ref", "is blank; every row needs one", "a value"),
        ({"Qualification Name": ""}, "Qualification Name", "is blank; every row needs one", "a value"),
        ({"Qualification Name": "x" * 501}, "Qualification Name", "longer than 500 characters", "a shorter text"),
    ],
)
def test_a_broken_cell_is_named_with_its_place(refused, change, column, message, expected):
    (fault,) = refused(text_of([OLD, VARIOUS | change]))
    assert (fault.file, fault.row, fault.column) == ("list.csv", 3, column)
    assert fault.value == change[column]
    assert message in fault.message
    assert expected in fault.expected
    assert str(fault).startswith(f"list.csv, row 3, column {column}: ")


def test_every_fault_is_told_at_once(refused):
    faults = refused(
        text_of([OLD | {"Qualification Level": "x", "To which date": "y"}, VARIOUS | {"From which date": "z"}])
    )
    assert [(f.row, f.column) for f in faults] == [
        (2, "Qualification Level"),
        (2, "To which date"),
        (3, "From which date"),
    ]


def test_a_row_number_counts_rows_of_a_spreadsheet_not_lines(refused):
    long = OLD | {"Notes/Additional Requirements": "one\ntwo\nthree"}
    (fault,) = refused(text_of([long, VARIOUS | {"Qualification Level": "x"}]))
    assert fault.row == 3


def test_one_reference_twice_with_different_content(refused):
    (fault,) = refused(text_of([OLD, VARIOUS, OLD | {"Qualification Level": "3"}]))
    assert fault.row == 4
    assert fault.message == "EYQ-001 stands in row 2 too, with other content; keep one of them."


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column(refused, column):
    (fault,) = refused(text_of(FOUR, columns=[c for c in COLUMNS if c != column]))
    assert (fault.row, fault.column) == (1, column)
    assert fault.message == f'the column "{column}" is missing.'


def test_a_column_too_many_and_one_twice(refused):
    (fault,) = refused(text_of(FOUR, columns=[*COLUMNS, "Notes"]))
    assert 'the column "Notes" is not one of this file\'s' in fault.message
    (fault,) = refused(text_of(FOUR, columns=[*COLUMNS, COLUMNS[0]]))
    assert fault.message == 'the column "Qualification Ref" stands there twice.'


def test_the_wrong_file_says_which_columns_belong(refused):
    faults = refused("local_id,title\nQ001,Diploma\n")
    assert len(faults) == len(COLUMNS) + 2


def test_ragged_rows(refused):
    faults = refused(text_of(FOUR) + "EYQ-900,3\n" + ",".join(["x"] * 11) + "\n")
    assert [(f.row, f.message) for f in faults] == [
        (6, "the row has 2 cells where the header has 10."),
        (7, "the row has 11 cells where the header has 10."),
    ]


def test_a_file_cut_in_half(refused):
    whole = text_of([OLD, VARIOUS | {"Notes/Additional Requirements": 'said, "so"'}])
    (fault,) = refused(whole[: whole.index('""so') + 4])
    assert fault.row == 3
    assert "the row is broken" in fault.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file; check the path."),
        (b"", "the file is empty; get it again from its publisher."),
        (text_of([]), "the file has a header and no rows"),
        (text_of(FOUR).replace("First", "F\u00fcr").encode("latin-1"), "the text is not UTF-8"),
        (text_of(FOUR).encode("utf-16")[:-1], "the text is not"),
        (text_of(FOUR).encode("utf-16-le"), "the file holds UTF-16 without its mark; save it as CSV UTF-8"),
        (text_of(FOUR).encode() + b"\x00", "the file holds binary data, not text"),
        (b"PK\x03\x04" + bytes(200), "this is a spreadsheet or an archive"),
        (text_of([OLD | {"Notes/Additional Requirements": "x" * 300_000}]), "a cell is longer than any that belongs"),
    ],
)
def test_what_cannot_be_read_as_a_list(refused, content, message):
    (fault,) = refused(content)
    assert message in fault.message


def test_a_folder_is_not_a_file(tmp_path, starter):
    with pytest.raises(Refused, match="this is a folder; give the path of the file"):
        ingest(tmp_path, by="tests")


def test_the_row_of_a_wrong_encoding_is_told(refused):
    (fault,) = refused(text_of([OLD, VARIOUS | {"Qualification Name": "F\u00fcr"}]).encode("latin-1"))
    assert fault.row == 3


def test_a_refusal_is_one_sentence_for_each_fault(tmp_path, starter):
    path = write(tmp_path / "list.csv", OLD | {"Qualification Level": "x"}, VARIOUS | {"Qualification Level": "y"})
    with pytest.raises(Refused) as refusal:
        ingest(path, by="tests")
    assert str(refusal.value).splitlines() == [
        'list.csv, row 2, column Qualification Level: "x" is not a level.',
        'list.csv, row 3, column Qualification Level: "y" is not a level.',
    ]
