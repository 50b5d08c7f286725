"""A table file as somebody gives it, CSV or Parquet, read as a stream into printed cells with the row of each."""

import codecs
import csv
import functools
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.csv as pc
import pyarrow.parquet as pq

from iqf.exchange.sources.opening import ADVICE, KINDS
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.indicators.store import asked, quoted, text

ROW = "__row"
"""The column that says in which row of the file a row stands, the header being row 1."""
NO_BREAK = "\u00a0"
"""A space that never ends a line, as spreadsheets and web pages leave it."""
BLOCK = 16 * 1024 * 1024
FEW = 5
MOST_FAULTS = 20
"""So many broken rows are named; a file with more is not what it is said to be."""
LONGEST_NAME = 120
MOST_COLUMNS = 500
"""A table is long, not wide: the widest that is published has about a hundred."""


@dataclass(frozen=True)
class Printed:
    """A file as it prints its cells: a Parquet file in which every column is text, and `__row`."""

    file: str
    cells: Path
    header: tuple[str, ...]
    rows: int
    sha256: str


def read(path: Path, work: Path) -> Printed:
    """Read a table of any size into the folder `work`. Raises Refused, in sentences with row numbers."""
    _is_a_table(path)
    cells = work / "printed.parquet"
    header = _parquet(path, cells) if _begins(path, b"PAR1") else _csv(path, cells)
    rows = pq.ParquetFile(cells).metadata.num_rows
    if not rows:
        raise Refused([Fault("the file has a header and no rows; get it again from its publisher.", path.name)])
    return Printed(path.name, cells, header, rows, sha256_of(path))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _begins(path: Path, start: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(start)) == start


def _is_a_table(path: Path) -> None:
    if not path.is_file():
        what = "this is not a file" if path.exists() else "there is no such file"
        raise Refused([Fault(f"{what}; check the path.", str(path))])
    with path.open("rb") as file:
        first = file.read(64)
    if not first:
        raise Refused([Fault("the file is empty; get it again from its publisher.", path.name)])
    for beginning, what in KINDS.items():
        if beginning != b"PAR1" and first.lower().startswith(beginning.lower()):
            raise Refused([Fault(f"this is {what}, not a table of text; {ADVICE}", path.name)])
    if b"\x00" in first and not first.startswith((b"PAR1", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = (
            "the file holds UTF-16 without its mark, or no text at all; save it as CSV UTF-8 and give that file."
        )
        raise Refused([Fault(message, path.name)])
    start = first.lstrip(b"\xef\xbb\xbf \r\n")
    if start.startswith(b"<"):
        message = "this is XML or a web page, not a table; for learner records use iqf ingest ilr."
        raise Refused([Fault(message, path.name)])
    if start.startswith((b"{", b"[")):
        raise Refused([Fault("this is JSON, not a table; get it from its publisher as CSV.", path.name)])


def _parquet(path: Path, to: Path) -> tuple[str, ...]:
    try:
        schema = pq.ParquetFile(path).schema_arrow
        header = tuple(schema.names)
        _good_header(header, path.name)
        _one_value_each(schema, path.name)
        columns = ", ".join(f"{_SPACED.format(quoted(n))} AS {quoted(n)}" for n in header)
        with asked() as db:
            db.execute(
                f"COPY (SELECT row_number() OVER () + 1 AS {ROW}, {columns} FROM read_parquet({text(path)})) "  # noqa: S608
                f"TO {text(to)} (FORMAT parquet)"
            )
    except (pa.ArrowException, OSError, duckdb.Error):
        message = "the Parquet file is damaged or cut short; get it again from its publisher."
        raise Refused([Fault(message, path.name)]) from None
    return header


_SPACED = f"trim(replace(CAST({{}} AS VARCHAR), chr({ord(NO_BREAK)}), ' '))"
"""SQL: a cell as text without stray spaces."""


def _one_value_each(schema: pa.Schema, file: str) -> None:
    """Refuse columns that hold several values in one cell."""
    nested = [each.name for each in schema if pa.types.is_nested(each.type)]
    message = 'the column "{}" holds lists or groups of values; give each value a row or a column of its own.'
    if nested:
        raise Refused([Fault(message.format(name), file, None, name) for name in nested])


def _csv(path: Path, to: Path) -> tuple[str, ...]:
    encoding = "utf-16" if _begins(path, codecs.BOM_UTF16_LE) or _begins(path, codecs.BOM_UTF16_BE) else "utf-8"
    header = _header(path, encoding)
    broken = _Broken(path.name, len(header))
    schema = pa.schema([(ROW, pa.int64()), *((name, pa.string()) for name in header)])
    at = 0
    try:
        with pq.ParquetWriter(to, schema, compression="zstd") as out:
            for batch in _batches(path, encoding, header, broken):
                numbers = broken.rows_of(at, batch.num_rows)
                cells = [_spaced(column) for column in batch.columns]
                numbered = pa.record_batch([pa.array(numbers), *cells], schema=schema)
                out.write_batch(numbered.filter(_with_text(cells)))
                at += batch.num_rows
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise Refused([_why(error, path)]) from None
    if broken.faults:
        raise Refused(broken.told())
    return header


def _batches(path: Path, encoding: str, header: tuple[str, ...], broken: "_Broken") -> Iterator[pa.RecordBatch]:
    reader = pc.open_csv(
        path,
        read_options=pc.ReadOptions(
            encoding=encoding, column_names=list(header), skip_rows=1, block_size=BLOCK, use_threads=False
        ),
        parse_options=pc.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=broken.noted
        ),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False, check_utf8=True
        ),
    )
    yield from reader


def _spaced(column: pa.Array) -> pa.Array:
    """Cells without stray spaces: none around them, and none that only looks like one, as spreadsheets leave them."""
    if not _has_stray(column):
        return column
    return compute.utf8_trim_whitespace(compute.replace_substring(column, NO_BREAK, " "))


def _has_stray(column: pa.Array) -> bool:
    """Whether any cell begins or ends with a space or has one that does not break: looked up in the bytes themselves,
    for to make every cell anew takes as long as to read the file.
    """
    _, offsets, data = column.buffers()
    if data is None or not len(column):
        return False
    at = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    if at[0] == at[-1]:
        return False
    letters = np.frombuffer(data, np.uint8)[at[0] : at[-1]]
    # Of an empty cell a neighbour's letter is looked at: then there may be nothing to mend.
    first, last = letters[np.minimum(at[:-1] - at[0], len(letters) - 1)], letters[np.maximum(at[1:] - at[0] - 1, 0)]
    return min(first.min(), last.min()) <= ord(" ") or NO_BREAK.encode() in letters.tobytes()


def _with_text(columns: Sequence[pa.Array]) -> pa.Array:
    """Which rows have anything in them: a blank line is read as a row of empty cells."""
    return functools.reduce(compute.or_, [compute.not_equal(column, "") for column in columns])


def _cells(n: int) -> str:
    return "1 cell" if n == 1 else f"{n} cells"


class _Broken:
    """Rows of a CSV file that have too many or too few cells: they are not read, and still counted."""

    def __init__(self, file: str, cells: int) -> None:
        self.file, self.cells = file, cells
        self.faults: list[Fault] = []
        self.passed_over: list[int] = []

    def noted(self, row: pc.InvalidRow) -> str:
        """Note a row that is not read. Called by the reader, whose numbers are those of a spreadsheet."""
        self.passed_over.append(row.number)
        if len(self.faults) < MOST_FAULTS:
            message = f"{self._told(row.actual_columns)}; {self._mended(row.actual_columns)}."
            self.faults.append(Fault(message, self.file, row.number))
        return "skip"

    def _told(self, cells: int) -> str:
        return f"the row has {_cells(cells)} where the header has {self.cells}"

    def _mended(self, cells: int) -> str:
        """What to do about a row of so many cells."""
        if cells == 1:
            return "if it is a note, take it out of the table"
        if cells > self.cells:
            return "write a cell that holds a comma in quotation marks"
        return "fill in the others, or take the row out"

    def told(self) -> list[Fault]:
        """The rows that were not read, each in a sentence; where there are many of one kind, all in one."""
        many, first = len(self.passed_over), self.faults[0]
        if many <= FEW or len({fault.message for fault in self.faults}) > 1:
            return self.faults
        message = (
            f"{first.message.partition(';')[0]}, and so {many} rows in all; does a title stand above the header?"
        )
        return [Fault(message, self.file, first.row)]

    def rows_of(self, start: int, count: int) -> "np.ndarray[Any, Any]":
        """The rows in the file of the next `count` good rows, `start` of them being there already."""
        numbers = np.arange(start, start + count, dtype=np.int64) + 2
        for number in self.passed_over:
            numbers[numbers >= number] += 1
        return numbers


def _header(path: Path, encoding: str) -> tuple[str, ...]:
    try:
        with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
            line = next(file, "")
    except UnicodeError as error:
        raise Refused([_why(error, path)]) from None
    if line.count('"') % 2:
        message = "a heading goes over more than one line, or a quotation mark is left open; write it in one line."
        raise Refused([Fault(message, path.name, 1)])
    header = tuple(name.replace(NO_BREAK, " ").strip() for name in next(csv.reader([line]), []))
    if not any(header):
        raise Refused([Fault("the first row is blank; the names of the columns belong there.", path.name, 1)])
    for sign, what in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            message = f"its cells are divided by {what}; save it as CSV with commas between them (CSV UTF-8)."
            raise Refused([Fault(message, path.name, 1)])
    _good_header(header, path.name)
    return header


def _good_header(header: tuple[str, ...], file: str) -> None:
    if len(header) > MOST_COLUMNS:
        message = (
            f"the file has {len(header):,} columns, and {MOST_COLUMNS} is the most; put places, periods and groups "
            "into rows, a column for each kind of number."
        )
        raise Refused([Fault(message, file, 1)])
    faults = [
        Fault(f'the column "{name}" stands there twice; keep one of them.', file, 1, name)
        for name in sorted({n for n in header if n and header.count(n) > 1})
    ]
    blank = [str(place) for place, name in enumerate(header, 1) if not name]
    if blank:
        which = f"heading of column {blank[0]} is" if len(blank) == 1 else f"headings of columns {_and(blank)} are"
        faults.append(Fault(f"the {which} blank; name what is there, or take it out.", file, 1))
    faults += [
        Fault(f"the heading of column {place} has {len(name)} signs, and {LONGEST_NAME} is the most.", file, 1)
        for place, name in enumerate(header, 1)
        if len(name) > LONGEST_NAME
    ]
    faults += [
        Fault(f'the column "{name}" has a name that is kept for markers; choose another.', file, 1, name)
        for name in header
        if name == ROW or name.endswith("__symbol")
    ]
    if faults:
        raise Refused(faults)


def _and(words: Sequence[str]) -> str:
    """`1`, `1 and 2`, `1, 2 and 3`; of many the first three and how many more."""
    shown = [*words[:3], f"{len(words) - 3} more"] if len(words) > 4 else list(words)
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _why(error: Exception, path: Path) -> Fault:
    said = str(error)
    if "UTF8" in said or isinstance(error, UnicodeError):
        message = "the text is not UTF-8; save the file as CSV UTF-8 and try again."
        return Fault(message, path.name, _row_of_no_text(path))
    if "straddling" in said:
        return Fault("a cell is longer than any that belongs here; was a quotation mark left open?", path.name)
    message = f"the file cannot be read as CSV ({said.splitlines()[0][:120]}); save it as CSV UTF-8 and try again."
    return Fault(message, path.name)


def _row_of_no_text(path: Path) -> int | None:
    """The first line of a file that is not UTF-8, found piece by piece; None where all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    with path.open("rb") as file:
        while piece := file.read(BLOCK):
            try:
                line += decoder.decode(piece).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
    return None
