"""Spreadsheets as people make and change them: downloads, edits of single cells, files written by hand."""

import csv
import io

import openpyxl

from iqf.catalogue.editable.entities import ENTITIES
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.formats.workbook import workbook
from iqf.exchange.uploads.reading import read_sheet
from iqf.reports.private.upload import preview
from iqf.reports.sheet import sheet


def downloaded(kind, of="", template=False):
    """The rows of an entity as a list of lists, headings first, as they go out."""
    head, rows = sheet(ENTITIES[kind], of=of, template=template).table
    return [head, *(list(row) for row in rows)]


def as_csv(table):
    """A table as the CSV that goes out."""
    return csv_text(table[0], table[1:]).encode()


def as_book(table, name="Sheet1", **more):
    """A table as a plain workbook that somebody made; `more`: what to do to cells, by their address."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = name
    for row in table:
        page.append(row)
    for address, value in more.items():
        page[address] = value
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(kind, of=""):
    """The workbook of an entity as it goes out."""
    return workbook(sheet(ENTITIES[kind], of=of))


def opened(data):
    """A workbook opened to be changed, and its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return book, book.worksheets[0]


def cell(table, row, heading):
    """The place of a cell: its list and index."""
    return table[row], table[0].index(heading)


def put(table, row, heading, value):
    """Write into one cell."""
    line, place = cell(table, row, heading)
    line[place] = value


def seen(kind, data, file="sheet.csv"):
    """What a file would change."""
    return preview(read_sheet(data, file, ENTITIES[kind]))


def lines_of(data):
    """A CSV file as a list of lists."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
