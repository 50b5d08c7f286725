"""Which of the source's three kinds of file a path holds."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.sources.skills_england.frameworks import open_frameworks
from iqf.exchange.sources.skills_england.standards import TITLE_LINE, open_standards, with_its_mark
from iqf.exchange.sources.skills_england.versions import is_log, open_versions

NOT_KNOWN = (
    "this is neither the list of standards (a table under “Apprenticeship Standards accurate as of …”), nor a "
    "version log (ST0135.json), nor the legacy frameworks (a list in JSON)."
)


def open_files(path: Path) -> Sequence[ListFile]:
    """The files at a path: one of them, or a folder that holds some. Raises Refused where none is there."""
    if not path.is_dir():
        return [_open(path, read_bytes(path))]
    logs = [p for p in _within(path) if is_log(p)]
    rest = [p for p in _within(path) if p not in logs and p.suffix in (".csv", ".json")]
    files = [_open(p, data) for p, data in ((p, p.read_bytes()) for p in rest) if _is_known(data)]
    if logs:
        files.append(open_versions(logs, logs[0].parent.name, whole_list=True))
    if not files:
        raise Refused([Fault(NOT_KNOWN, path.name)])
    return files


def _within(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, in order."""
    yield from sorted(p for pattern in ("*", "*/*") for p in folder.glob(pattern) if p.is_file())


def _open(path: Path, data: bytes) -> ListFile:
    if is_log(path):
        return open_versions([path], path.name, whole_list=False)
    if not _is_known(data):
        raise Refused([Fault(NOT_KNOWN, path.name)])
    return open_frameworks(path.name, data) if _is_frameworks(data) else open_standards(path.name, data)


def _is_known(data: bytes) -> bool:
    return _is_frameworks(data) or TITLE_LINE.encode() in with_its_mark(data)[:400].replace(b"\x00", b"")


def _is_frameworks(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[" and b'"FrameworkCode"' in data[:4000]
