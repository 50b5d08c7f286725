"""A workbook as somebody sends it: looked through before it is opened, then read row by row; nothing is evaluated."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from iqf.exchange.formats.sheets import told
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.grids import BLANK, DATE, ERROR, FORMULA, MOST_LINES, NUMBER, TEXT, Cell, Grid, Merged

MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
BEGINNING = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]*?hidden=[\"'](?:1|true)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d+)[\"']")
BROKEN = "the spreadsheet cannot be read; open it, save it again as .xlsx and send that."


def grids(data: bytes, file: str) -> list[Grid]:
    """The sheets of a workbook. Raises Refused, in a sentence, where it is none or may not be opened."""
    parts = screened(data, file)
    with _understood(file):
        book = load_workbook(io.BytesIO(data), read_only=True)
        places = _places(parts)
        epoch = (book.epoch or datetime.datetime(1899, 12, 30)).date()  # noqa: DTZ001 (a day of no time zone)
        return [_grid(page, parts.get(places.get(page.title, ""), b""), epoch, file) for page in book.worksheets]


def screened(data: bytes, file: str) -> dict[str, bytes]:
    """The parts of a workbook, unpacked within limits. Raises Refused for what is none, or has macros or entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _within(infos, file)
            parts = {i.filename: archive.read(i) for i in infos if i.filename.endswith((".xml", ".rels"))}
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ):
        raise Refused([Fault(BROKEN, file)]) from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise Refused([Fault(BROKEN, file)]) from None
        raise
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:200] for part in parts.values()):
        raise Refused(
            [Fault("the spreadsheet holds definitions that no spreadsheet needs; it was not opened.", file)]
        )
    return parts


def _within(infos: Sequence[zipfile.ZipInfo], file: str) -> None:
    names = {info.filename for info in infos}
    if "xl/workbook.xml" not in names:
        what = "an OpenDocument file (.ods)" if "mimetype" in names else "a packed file, not a spreadsheet"
        raise Refused([Fault(f"this is {what}; save it as .xlsx or as CSV UTF-8 and send that.", file)])
    if any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in names):
        raise Refused([Fault("the spreadsheet holds macros; save it as .xlsx, without them, and send that.", file)])
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        limit = MOST_UNPACKED // 2**20
        raise Refused([Fault(f"the spreadsheet unpacks to more than {limit} MB; send it in parts.", file)])


@contextmanager
def _understood(file: str) -> Iterator[None]:
    """Whatever a damaged workbook does to its reader is said in one sentence; warnings are no matter."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Refused:
        raise
    except Exception:
        raise Refused([Fault(BROKEN, file)]) from None


def _places(parts: dict[str, bytes]) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    book = fromstring(parts["xl/workbook.xml"])
    links = fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in (e for e in book.iter() if e.tag.endswith("}sheet")):
        number = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        target = targets.get(number, "")
        found[sheet.get("name", "")] = (
            target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        )
    return found


def _grid(page: Any, part: bytes, epoch: datetime.date, file: str) -> Grid:
    def lines(width: int) -> Iterator[Sequence[Cell]]:
        if any(len(number) > len(str(MOST_LINES)) or int(number) > MOST_LINES for number in _ROW.findall(part)):
            raise Refused([Fault(BROKEN, file)])  # every row above it would be made, to find that there are too many
        page.reset_dimensions()
        with _understood(file):
            for number, row in enumerate(page.iter_rows(min_row=1, max_col=width), start=1):
                if number > MOST_LINES:
                    raise Refused([Fault(BROKEN, file)])
                yield [_cell(cell) for cell in row]

    return Grid(page.title, lines, tuple(_merged(part)), len(_HIDDEN.findall(part)), epoch=epoch)


def _merged(part: bytes) -> Iterator[Merged]:
    for found in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(found.decode())
        if left and top and right and bottom:
            yield Merged(found.decode(), (top, bottom), (left, right))


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return BLANK
    if kind == "f":
        return Cell(str(getattr(value, "text", None) or value), FORMULA)
    if kind == "e":
        return Cell(str(value), ERROR)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return Cell(_day(value), DATE)
    return Cell(told(str(value)), TEXT)


def _number(value: float, shown_as: str) -> Cell:
    if "%" in shown_as:
        return Cell(f"{value * 100:g}%", NUMBER)
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return Cell(str(int(value)) if whole else repr(value), NUMBER, float(value))


def _day(value: Any) -> str:
    """A date in its own notation; with the time where it has one."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else str(value)
