"""Get the official file of a source into a dated folder, with a record beside it, and do nothing else.

What cannot be believed to be the whole file is not kept: it is refused in one sentence, and nothing of it is left
under the file's name.
"""

import hashlib
import http.client
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from iqf import __version__
from iqf.exchange.sources.opening import MAX_FILE_BYTES

RECORD = "fetched.json"
TIMEOUT = 30
"""Seconds to wait for the publisher to say anything more."""
PATIENCE = 900
"""Seconds that the whole file may take."""
MOST_REDIRECTS = 5
CHUNK = 1 << 16
HERE = ("localhost", "127.0.0.1", "::1")
PAGE_TYPES = ("text/html", "application/xhtml+xml")

_PAGE = re.compile(rb"^(\xef\xbb\xbf)?\s*(<!doctype html|<html|<head)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class NotFetched(Exception):
    """The file could not be had, in one plain sentence. Nothing was kept."""


@dataclass(frozen=True)
class Record:
    """What is known of a fetched file: where from, when, what the publisher said of it, and what it is."""

    source: str
    address: str
    fetched_at: str
    status: int
    file: str
    size: int
    sha256: str
    content_type: str
    licence: str
    last_modified: str = ""
    etag: str = ""


@dataclass(frozen=True)
class Fetched:
    """The outcome: the record of the file that is held, where it is, and whether it is new."""

    record: Record
    path: Path
    new: bool


@dataclass(frozen=True)
class Wanted:
    """What to fetch: the source, the address of its file, its licence, and how much and how long at most."""

    source: str
    address: str
    licence: str = ""
    most_bytes: int = MAX_FILE_BYTES
    timeout: float = TIMEOUT
    patience: float = PATIENCE


def fetch(wanted: Wanted, folder: Path, today: date) -> Fetched:
    """Get the file into `folder`/2026-11-21, unless the publisher has nothing newer than what is held there.

    Raises NotFetched where there is no whole file to be had.
    """
    check_address(wanted.address)
    held = latest(folder, wanted.address)
    try:
        return _ask(wanted, folder, today, held)
    except HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.NOT_MODIFIED and held:
            return Fetched(held.record, held.path, new=False)
        raise NotFetched(_in_words(error, wanted.address)) from None
    except URLError as error:
        raise NotFetched(_unreached(error, wanted)) from None
    except TimeoutError:
        raise NotFetched(_too_slow(wanted.address, wanted.timeout)) from None
    except (http.client.HTTPException, ConnectionError):
        raise NotFetched(_cut_short(wanted.address)) from None


def check_address(address: str) -> None:
    """Refuse an address that is not https (or http on this machine)."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise NotFetched(f'"{address}" is not an address; give one that begins with https://') from None
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and host in HERE)):
        raise NotFetched(f'"{address}" is not an address that is fetched from; give one that begins with https://')


def latest(folder: Path, address: str) -> Fetched | None:
    """The file that was fetched last from an address, where it is still there and still what it was."""
    for record_file in sorted(folder.glob(f"*/{RECORD}"), reverse=True):
        found = _read(record_file)
        if found and found.address == address and _holds(record_file.parent / found.file, found):
            return Fetched(found, record_file.parent / found.file, new=False)
    return None


def file_in(path: Path) -> Path:
    """The fetched file of a dated folder; any other path as it is."""
    record = _read(path / RECORD) if path.is_dir() and (path / RECORD).is_file() else None
    return path / record.file if record and (path / record.file).is_file() else path


def _read(record_file: Path) -> Record | None:
    try:
        return Record(**json.loads(record_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _holds(file: Path, record: Record) -> bool:
    return file.is_file() and file.stat().st_size == record.size


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, and none to an address that may not be fetched from."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> Any:
        try:
            check_address(urljoin(req.full_url, newurl))
        except NotFetched:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _ask(wanted: Wanted, folder: Path, today: date, held: Fetched | None) -> Fetched:
    headers = {"User-Agent": f"iqf/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
    if held and held.record.etag:
        headers["If-None-Match"] = held.record.etag
    if held and held.record.last_modified:
        headers["If-Modified-Since"] = held.record.last_modified
    request = Request(wanted.address, headers=headers)  # noqa: S310  (the scheme was checked)
    with build_opener(_Redirects).open(request, timeout=wanted.timeout) as answer:
        _is_a_file(answer, wanted)
        return _keep(answer, wanted, folder, today, held)


def _is_a_file(answer: Any, wanted: Wanted) -> None:
    if answer.status != http.HTTPStatus.OK:
        raise NotFetched(f"{wanted.address} answered with status {answer.status} and no file.")
    if answer.headers.get_content_type() in PAGE_TYPES:
        raise NotFetched(_a_page(wanted.address))
    size = answer.headers.get("Content-Length", "")
    if size.isdigit() and int(size) > wanted.most_bytes:
        raise NotFetched(_too_large(wanted))


def _keep(answer: Any, wanted: Wanted, folder: Path, today: date, held: Fetched | None) -> Fetched:
    name = _name(answer.url, wanted)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.{os.getpid()}.part"
    try:
        with part.open("wb") as out:
            sha256, size = _pour(answer, out, wanted)
        if held and held.record.sha256 == sha256:
            return held
        record = _record(answer, wanted, name, sha256, size)
        dated = _dated(folder, today)
        _write(dated / RECORD, json.dumps(asdict(record), ensure_ascii=False, indent=2) + "\n")
        part.replace(dated / name)
        return Fetched(record, dated / name, new=True)
    finally:
        part.unlink(missing_ok=True)


def _pour(answer: Any, out: IO[bytes], wanted: Wanted) -> tuple[str, int]:
    """Write the body to disk; its hash and size. Raises NotFetched where it is not the whole of a file."""
    hashed, size = hashlib.sha256(), 0
    for chunk in _chunks(answer, wanted):
        if not size and _PAGE.match(chunk):
            raise NotFetched(_a_page(wanted.address))
        size += len(chunk)
        if size > wanted.most_bytes:
            raise NotFetched(_too_large(wanted))
        hashed.update(chunk)
        out.write(chunk)
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and int(promised) != size:
        raise NotFetched(_cut_short(wanted.address, f"{size} of {promised} bytes came"))
    if not size:
        raise NotFetched(f"{wanted.address} answered with an empty file; try again later.")
    out.flush()
    os.fsync(out.fileno())
    return hashed.hexdigest(), size


def _chunks(answer: Any, wanted: Wanted) -> Iterator[bytes]:
    until = time.monotonic() + wanted.patience
    while chunk := answer.read1(CHUNK):
        if time.monotonic() > until:
            raise NotFetched(_too_slow(wanted.address, wanted.patience))
        yield chunk


def _record(answer: Any, wanted: Wanted, name: str, sha256: str, size: int) -> Record:
    return Record(
        source=wanted.source,
        address=wanted.address,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        status=answer.status,
        file=name,
        size=size,
        sha256=sha256,
        content_type=answer.headers.get("Content-Type", ""),
        licence=wanted.licence,
        last_modified=answer.headers.get("Last-Modified", ""),
        etag=answer.headers.get("ETag", ""),
    )


def _name(url: str, wanted: Wanted) -> str:
    """The file's own name at its address, in plain characters; else the source's."""
    last = _PLAIN_NAME.sub("-", unquote(urlsplit(url).path.rpartition("/")[2])).strip("-.")[-100:]
    return last if last and last != RECORD else wanted.source


def _dated(folder: Path, today: date) -> Path:
    """A new folder for the day; the second of a day is 2026-11-21-02, so that they stand in order."""
    names = [today.isoformat(), *(f"{today.isoformat()}-{n:02}" for n in range(2, 100))]
    for name in names:
        try:
            (folder / name).mkdir()
        except FileExistsError:
            continue
        return folder / name
    raise NotFetched(f"{folder} holds 99 folders of today; move some away.")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _in_words(error: HTTPError, address: str) -> str:
    if "not allowed" in str(error.msg):
        return f"{address} leads to what is not an address; give one that begins with https://"
    if "infinite loop" in str(error.msg):
        return f"{address} leads round in a circle; give the file's address with --from."
    if error.code == http.HTTPStatus.NOT_FOUND:
        return f"{address} is not there (404); the publisher may have moved it: give its address with --from."
    if error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{address} has trouble of its own ({error.code}); try again later."
    return f"{address} does not give the file (status {error.code}); give another address with --from."


def _unreached(error: URLError, wanted: Wanted) -> str:
    if isinstance(error.reason, TimeoutError):
        return _too_slow(wanted.address, wanted.timeout)
    return f"{wanted.address} cannot be reached ({error.reason}); are you online?"


def _too_slow(address: str, seconds: float) -> str:
    return f"{address} took longer than {seconds:g} seconds; try again later."


def _cut_short(address: str, what: str = "the connection ended") -> str:
    return f"{address} was cut short ({what}); try again."


def _too_large(wanted: Wanted) -> str:
    return f"{wanted.address} is larger than {wanted.most_bytes / 2**20:g} MB; nothing was kept."


def _a_page(address: str) -> str:
    return (
        f"{address}: the publisher answered with a web page instead of a file; open it in a browser and give the "
        "file's own address with --from."
    )
