"""Spreadsheets as they come back: every notation that people and programs use, and files that cannot be read."""

import csv
import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.exchange.sheets_by_hand import as_book, as_csv, book_of, opened, saved

from iqf.catalogue.editable.entities import ALL, ENTITIES
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.uploads import grids, workbooks
from iqf.exchange.uploads.reading import read_sheet

UNIT = ENTITIES["unit"]
HEAD = ["code", "title", "reference", "level", "credit low"]
ROW = ["IQF-U-000001", "Play and more", "", "3", "4"]


def read(data, file="units.csv", entity=UNIT):
    return read_sheet(data, file, entity)


def texts(data, **more):
    (row,) = read(data, **more).rows
    return row.texts


def refused(data, file="units.csv", entity=UNIT):
    with pytest.raises(Refused) as error:
        read(data, file, entity)
    (fault,) = error.value.faults
    assert fault.file == file
    return fault.message


def text_of(rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


WANTED = dict(zip(["code", "title", "level", "credit_low"], [ROW[0], ROW[1], ROW[3], ROW[4]], strict=True))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_table_of_text_is_read_however_it_was_saved(delimiter, encoding):
    row = [*ROW[:1], "Café – play; and, more", *ROW[2:]]
    sheet = read(text_of([HEAD, row], delimiter, encoding))
    assert sheet.rows[0].texts == WANTED | {"title": row[1]}
    assert sheet.rows[0].number == 2
    assert bool(sheet.notes) == (encoding == "cp1252")


def test_headings_stand_in_any_order_below_a_title_and_in_any_spelling():
    table = [
        ["Our units", "", ""],
        [],
        ["Credit_Low", " TITLE", "Code", ""],
        ["4", "Play", "IQF-U-000001", ""],
        [],
        ["", "", ""],
    ]
    sheet = read(text_of(table))
    assert [(row.number, row.texts) for row in sheet.rows] == [
        (4, {"credit_low": "4", "title": "Play", "code": "IQF-U-000001"})
    ]
    assert sheet.headings == {"credit_low": "Credit_Low", "title": "TITLE", "code": "Code"}


def test_a_short_row_is_read_and_a_long_one_says_where_it_goes_wrong():
    sheet = read(text_of([HEAD, ROW[:2], [*ROW, "", "stray"]]))
    assert sheet.rows[0].texts == {"code": ROW[0], "title": ROW[1]}
    assert "stands in column G, which has no heading" in sheet.rows[1].faults[""]


def test_neutral_cells_are_told_and_formulas_are_not_evaluated():
    sheet = read(text_of([HEAD, [ROW[0], "'=Play"], [ROW[0], "=1+1"], [ROW[0], "''-x"]]))
    assert [row.texts["title"] for row in sheet.rows] == ["=Play", "=1+1", "'-x"]
    assert "formula (=1+1)" in sheet.rows[1].faults["title"]
    assert not sheet.rows[0].faults


def test_what_a_workbook_keeps_is_read_as_people_see_it():
    head = [*HEAD, "glh", "summary"]
    data = as_book([head, ["IQF-U-000001", "Play", None, 3, 4.0, "1,200", True]])
    assert texts(data, file="u.xlsx") == {
        "code": "IQF-U-000001", "title": "Play", "level": "3", "credit_low": "4", "glh": "1,200", "summary": "yes"
    }  # fmt: skip


def test_numbers_of_a_workbook_that_are_none_are_shown_as_they_stand_there():
    book, page = opened(as_book([HEAD, ROW]))
    page["E2"], page["E2"].number_format = 0.5, "0%"
    assert texts(saved(book), file="u.xlsx")["credit_low"] == "50%"
    page["E2"], page["E2"].number_format = 4.5, "General"
    assert texts(saved(book), file="u.xlsx")["credit_low"] == "4.5"


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (date(2024, 9, 30), "2024-09-30"),
        (datetime.combine(date(2024, 9, 30), time()), "2024-09-30"),
        (45565, "2024-09-30"),
        (2024, "2024"),
        ("2024-09", "2024-09"),
        ("Sep-24", "2024-09"),
        ("Sep-1998", "1998-09"),
        ("30/09/2024", "30/09/2024"),
    ],
)
def test_dates_are_read_however_a_spreadsheet_keeps_them(kept, said):
    data = as_book([["code", "title", "operational start"], ["IQF-Q-000001", "Diploma", kept]])
    sheet = read(data, "q.xlsx", ENTITIES["qualification"])
    assert sheet.rows[0].texts["operational_start"] == said
    assert not sheet.rows[0].faults


def test_the_epoch_of_old_macs_is_kept():
    book, _ = opened(as_book([["code", "title", "operational start"], ["IQF-Q-000001", "Diploma", 44103]]))
    book.epoch = CALENDAR_MAC_1904
    sheet = read(saved(book), "q.xlsx", ENTITIES["qualification"])
    assert sheet.rows[0].texts["operational_start"] == "2024-09-30"


@pytest.mark.parametrize("kept", [date(2026, 11, 5), "05-Nov", "Nov-05"])
def test_what_a_spreadsheet_took_for_a_date_is_said(kept):
    data = as_book([["code", "title", "age focus"], ["IQF-Q-000001", "Diploma", kept]])
    (row,) = read(data, "q.xlsx", ENTITIES["qualification"]).rows
    assert "took this for a date" in row.faults["age_focus"]


def test_formulas_errors_and_merged_cells_are_faults_with_their_place():
    book, page = opened(as_book([HEAD, ROW, ROW, ROW, ROW]))
    page["B2"], page["E3"] = "=A1&A2", "#REF!"
    page.merge_cells("D4:D5")
    rows = {row.number: row.faults for row in read(saved(book), "u.xlsx").rows}
    assert rows[2] == {"title": "This cell holds a formula (=A1&A2); write the value itself."}
    assert "#REF!" in rows[3]["credit_low"]
    assert rows[4] == rows[5] == {"level": "The cells D4:D5 are merged; unmerge them and fill in each."}


def test_merged_headings_refuse_the_sheet_and_a_merged_title_does_not():
    book, page = opened(as_book([["Our units"], HEAD, ROW]))
    page.merge_cells("A1:E1")
    assert len(read(saved(book), "u.xlsx").rows) == 1
    page.merge_cells("D2:E2")
    assert "headings" in refused(saved(book), "u.xlsx")


def test_hidden_rows_are_read_and_told():
    book, page = opened(as_book([HEAD, ROW, ROW]))
    page.row_dimensions[3].hidden = True
    sheet = read(saved(book), "u.xlsx")
    assert len(sheet.rows) == 2
    assert sheet.notes == ("1 row is hidden in the sheet; hidden rows were read like all others.",)


def test_the_right_sheet_is_found_by_its_headings():
    book, _ = opened(as_book([["What", "Who"], ["notes", "ann"]], name="Notes"))
    more = book.create_sheet("Units")
    more.append(HEAD)
    more.append(ROW)
    sheet = read(saved(book), "u.xlsx")
    assert len(sheet.rows) == 1
    assert sheet.notes == ('Only the sheet "Units" was read.',)
    again = book.create_sheet("Units (2)")
    again.append(HEAD)
    assert 'the sheets "Units" and "Units (2)" all have the headings of units' in refused(saved(book), "u.xlsx")


def test_a_list_of_something_else_is_named(starter):
    for entity in ALL:
        if entity is UNIT:
            continue
        message = refused(book_of(entity.kind), "x.xlsx")
        assert message == f"this is a list of {entity.plural}, not of units; upload it under {entity.plural}."
    by_codes = text_of([["code", "title"], ["IQF-R-000001", "Playworker"]])
    assert refused(by_codes).startswith("this is a list of roles")
    without_marks = text_of([["role", "qualification", "strength"], ["IQF-R-000001", "IQF-Q-000001", "relevant"]])
    assert refused(without_marks).startswith("this is a list of requirements")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([["code", "title", "colour"], ["", "x", "red"]], '"colour" (column C) is no column of units'),
        ([["code", "title", "shade", "colour"]], '"shade" (column C), "colour" (column D) are no columns'),
        ([["code", "title", "Title"]], 'two columns are called "Title"'),
        ([["what", "ever"], ["1", "2"]], "no line has the headings of units"),
        ([["code"], ["IQF-U-000001"]], "no line has the headings of units"),
    ],
)
def test_headings_that_do_not_fit_are_named(table, said):
    assert said in refused(text_of(table))
    assert said in refused(as_book(table), "u.xlsx")


def test_a_sheet_with_too_many_rows_says_the_limit(monkeypatch):
    monkeypatch.setattr("iqf.exchange.uploads.reading.MOST_ROWS", 50)
    many = [HEAD, *[ROW] * 51]
    for data, file in ((text_of(many), "u.csv"), (as_book(many), "u.xlsx")):
        assert refused(data, file) == "the sheet has more than 50 rows; send it in parts."
    assert len(read(text_of(many[:-1])).rows) == 50


def test_a_million_rows_end_at_the_limit():
    data = text_of([HEAD]) + b"IQF-U-000001\r\n" * 700_000
    assert refused(data) == "the sheet has more than 20,000 rows; send it in parts."


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    assert "larger than 10 MB" in refused(b"x" * (grids.MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.7 and more", "this is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old spreadsheet"),
        (b"<html><body>x", "a web page"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not a table of text"),
        (b'code,title\r\n"IQF-U-000001,open', "a quotation mark is open"),
        (b"PK\x03\x04" + b"\0" * 100, "cannot be read"),
    ],
)
def test_what_is_no_spreadsheet_is_said_in_a_sentence(data, said):
    assert said in refused(data, "file")


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def with_part(name, text):
    """A good workbook, with one part put in or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_book([HEAD, ROW]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in good.namelist():
            if part != name:
                made.writestr(part, good.read(part))
        made.writestr(name, text)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FAR_DOWN = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>title</t></is></c></row><row r="9999999999"/></sheetData></worksheet>'
)
LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (archive(hello_xml="<a/>"), "a packed file, not a spreadsheet"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<a/>"), "OpenDocument"),
        (archive(xl__workbook_xml="<a/>"), "cannot be read"),
        (with_part("xl/vbaProject.bin", b"x"), "holds macros"),
        (with_part("xl/sharedStrings.xml", LAUGHS), "definitions that no spreadsheet needs"),
        (with_part("xl/worksheets/sheet1.xml", LAUGHS), "definitions that no spreadsheet needs"),
        (with_part("xl/sharedStrings.xml", LAUGHS.encode("utf-16")), "definitions that no spreadsheet needs"),
        (with_part("xl/worksheets/sheet1.xml", "<broken"), "cannot be read"),
        (with_part("xl/worksheets/sheet1.xml", FAR_DOWN), "cannot be read"),
    ],
)  # fmt: skip
def test_archives_that_may_harm_are_refused_in_a_sentence(data, said):
    assert said in refused(data, "u.xlsx")


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    bomb = with_part("xl/media/zeros.xml", b"0" * 300_000)
    assert read(bomb, "u.xlsx").rows
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 200_000)
    assert "unpacks to more than" in refused(bomb, "u.xlsx")


def test_a_bomb_of_the_real_size_is_refused_by_what_it_says_of_itself():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<a/>")
        with made.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(110):
                part.write(b"\0" * 2**20)
    assert len(out.getvalue()) < 200_000
    assert refused(out.getvalue(), "u.xlsx") == "the spreadsheet unpacks to more than 100 MB; send it in parts."


@pytest.mark.parametrize("place", range(40, 4000, 331))
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks(place):
    good = bytearray(as_book([HEAD, ROW]))
    good[place % len(good)] ^= 0xFF
    refusal = None
    try:
        found = read(bytes(good), "u.xlsx").rows
    except Refused as error:
        refusal, found = error, ()
    assert found or len(refusal.faults) == 1


def test_a_protected_or_typed_sheet_of_another_program_is_read():
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("x")
    page.append(HEAD)
    page.append(ROW)
    assert len(read(saved(book), "u.xlsx").rows) == 1
    assert as_csv([HEAD, ROW]).startswith(b"\xef\xbb\xbf")
