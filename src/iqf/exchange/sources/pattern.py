"""The importer pattern: read a file into rows, refuse what is broken, warn of what is doubtful, report the outcome.

Every source follows it: one transaction, verified inside it, idempotent, `dry_run`, faults in the file's own rows.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import OperationalError, connection, transaction

TURN = 0x10F0A11  # the advisory lock that ingests take on PostgreSQL; SQLite has one writer by itself
WAIT = "20s"  # as long as SQLite waits, see settings

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """A progress report that shows nothing."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the reader's own file: where, what stands there, what would be right."""

    message: str
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""

    def __str__(self) -> str:
        place = (
            self.file + (f", row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        )
        return f"{place}: {self.message}"


class Refused(Exception):
    """The file cannot be read as what it is said to be. Nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(f) for f in self.faults))


@dataclass(frozen=True)
class Row:
    """One row of a table file: its number as a spreadsheet shows it (header is row 1), and its cells by column."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, message: str, column: str = "", expected: str = "") -> Fault:
        """A fault that stands in this row."""
        return Fault(message, self.file, self.number, column, self[column] if column else "", expected)


@dataclass(frozen=True)
class Doubt:
    """Something doubtful that was loaded all the same."""

    code: str
    message: str
    file: str
    row: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of a warning in every answer."""
        return {"code": self.code, "message": self.message, "file": self.file, "row": self.row}


@dataclass
class IngestReport:
    """What an ingest did, in rows of the file; or would do, where `dry_run`.

    `followed`: qualifications admitted from official rows that changed with them; `meets_rule`: rows of all lists
    that meet the rule of inclusion and wait to be admitted; `off_every_list`: admitted ones that no list holds now.
    `screening` and `release`: of a statistical table, the outcome of every check, and the release that it became.
    Every row is added, changed, unchanged, or one of `rest`.
    """

    source: str
    sha256: str
    rows: int
    dry_run: bool
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    writes: int = 0
    followed: int = 0
    meets_rule: int = 0
    off_every_list: int = 0
    changes: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[Doubt] = field(default_factory=list)
    matches: list[dict[str, Any]] = field(default_factory=list)
    screening: list[dict[str, Any]] = field(default_factory=list)
    release: dict[str, Any] | None = None

    @property
    def rest(self) -> int:
        """Rows without a record of their own: repeats, and rows that only say more of what another row brings."""
        return self.rows - self.added - self.changed - self.unchanged

    def summary(self) -> dict[str, Any]:
        """The numbers kept with the retrieval."""
        return {n: getattr(self, n) for n in ("rows", "added", "changed", "unchanged", "retired", "writes")}

    def quality(self) -> list[dict[str, Any]]:
        """The data-quality report kept with the retrieval: one entry per kind of trouble, with its first examples.

        Matches that were proposed are kept whole: nothing was done with them yet.
        """
        by_code: dict[str, list[Doubt]] = {}
        for warning in self.warnings:
            by_code.setdefault(warning.code, []).append(warning)
        return [
            {
                "id": code,
                "outcome": "warn",
                "count": len(found),
                "examples": [w.as_json() for w in found[:20]],
            }
            for code, found in sorted(by_code.items())
        ] + self._proposed()

    def _proposed(self) -> list[dict[str, Any]]:
        if not self.matches:
            return []
        entry = {"id": "proposed-match", "outcome": "warn", "count": len(self.matches), "examples": self.matches}
        return [entry]


@contextmanager
def one_transaction(*, dry_run: bool) -> Iterator[None]:
    """All of an ingest or nothing, one ingest at a time; a dry run is undone at its end.

    A second ingest waits for the first. Raises Refused, in a sentence, where it has waited long enough.
    """
    try:
        with transaction.atomic():
            _take_turn()
            yield
            if dry_run:
                transaction.set_rollback(True)
    except OperationalError as error:
        if "lock" not in str(error):
            raise
        message = "another run is writing to the database; wait until it has ended and run this again."
        raise Refused([Fault(message, "the database")]) from error


def _take_turn() -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def hash_of_code(*modules: ModuleType) -> str:
    """32 hexadecimal figures that differ when the code of any of these modules does."""
    code = hashlib.blake2b(digest_size=16)
    for module in modules:
        code.update(Path(str(module.__file__)).read_bytes())
    return code.hexdigest()


def digest(parts: Iterable[bytes]) -> str:
    """SHA-256 of the file read; of several, over their own hashes in order."""
    return combined([hashlib.sha256(part).hexdigest() for part in parts])


def combined(hashes: Sequence[str]) -> str:
    """The hash of one file as it is; of several, SHA-256 over their hashes in order."""
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256(b"".join(bytes.fromhex(each) for each in hashes)).hexdigest()
