"""A file as somebody gives it, opened: there, not too large, text, in a known encoding; else refused in a sentence.

What cannot be a file of any source is refused before it is read whole.
"""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from iqf.exchange.sources.pattern import Fault, Refused

MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_CELL = 200_000
MAX_LINE = 4 * 1024 * 1024
"""Bytes of one line of a table, or of one text of a JSON file: far more than any row has."""
PIECE = 1024 * 1024

KINDS = {
    b"PK\x03\x04": "a spreadsheet or an archive (.xlsx, .ods, .zip)",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or document (.xls, .doc)",
    b"\x1f\x8b": "a packed file (.gz)",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"SQLite": "a database",
    b"<!": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file",
}
"""How files begin that are given by mistake. None of them is unpacked."""
ADVICE = "unpack it, or open it and save it as CSV UTF-8, and give that file."


class NotText(Refused):
    """There is no text here that could be a file of any source."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, refused in a sentence where there is none, it is a folder, empty, too large or no text."""
    if not path.exists():
        raise NotText([Fault("there is no such file; check the path.", str(path))])
    if path.is_dir():
        raise NotText([Fault("this is a folder; give the path of the file.", str(path))])
    if not path.is_file():
        raise NotText([Fault("this is not a file; give the path of a file.", str(path))])
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise NotText([Fault(f"the file is larger than {MAX_FILE_BYTES // 2**20} MB; split it.", path.name)])
    if size == 0:
        raise NotText([Fault("the file is empty; get it again from its publisher.", path.name)])
    with path.open("rb") as file:
        _is_text(file, path.name)
    return path.read_bytes()


def _is_text(file: IO[bytes], name: str) -> None:
    """Refuse what begins like something else than text, and what has one line or text that no source has."""
    first = file.read(PIECE)
    for beginning, what in KINDS.items():
        if first.lower().startswith(beginning.lower()):
            raise NotText([Fault(f"this is {what}, not a table of text; {ADVICE}", name)])
    _no_endless_line(first, file, name)


def _no_endless_line(piece: bytes, file: IO[bytes], name: str) -> None:
    """Refuse a line (in JSON a text) longer than any there is, as soon as it is, without reading on."""
    end = b'"' if piece.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else b"\n"
    row, run = 1, 0
    while piece:
        *ended, rest = piece.replace(b"\r", b"\n").split(end) if end == b"\n" else piece.split(end)
        for part in ended:
            if run + len(part) > MAX_LINE:
                raise NotText([Fault(TOO_LONG, name, row if end == b"\n" else None)])
            row, run = row + 1, 0
        run += len(rest)
        if run > MAX_LINE:
            raise NotText([Fault(TOO_LONG, name, row if end == b"\n" else None)])
        piece = file.read(PIECE)


TOO_LONG = "a cell is longer than any that belongs here; open the file in a spreadsheet and look at this row."


def encoding_of(data: bytes, file: str) -> str:
    """UTF-8 (with or without a byte-order mark) or UTF-16 with one; anything else is refused. Checked throughout."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        try:
            text = decoder.decode(piece, final=start + PIECE >= len(data))
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            message = "the text is not UTF-8; save the file as CSV UTF-8 and try again."
            raise Refused([Fault(message, file, line)]) from error
        if "\x00" in text:
            wide = text[1:100:2].strip("\x00") == ""
            what = "UTF-16 without its mark" if wide else "binary data, not text"
            raise Refused([Fault(f"the file holds {what}; save it as CSV UTF-8 and give that file.", file)])
        line += text.count("\n")
    return encoding


def decode(data: bytes, file: str) -> str:
    """The text of a file. Raises Refused as `encoding_of`."""
    return data.decode(encoding_of(data, file))


def lines_of(data: bytes, encoding: str) -> Iterator[str]:
    """The lines of a file one by one, their ends kept, so that no second copy of the text is held."""
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=""))
