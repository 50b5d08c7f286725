"""Foreseen errors in words."""

import sqlite3
from typing import Any

from django.db import OperationalError, ProgrammingError

from iqf.accounts.actions import CannotDo
from iqf.analysis.states import NotNowError
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.cli.main import UsageError
from iqf.exchange.sources.fetching import NotFetched
from iqf.exchange.sources.known import NoSuchSource
from iqf.exchange.sources.pattern import Refused
from iqf.mapping.trouble import CannotMap
from iqf.people.trouble import CannotHold
from iqf.reports.sheet import TooManyRows
from iqf.review.actions.proposing import CannotPropose
from iqf.snapshot import SnapshotError

Words = tuple[str, str, str, list[dict[str, Any]]]


PLAIN: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((UsageError, NoSuchSource), "usage"),
    ((NotFetched,), "fetch"),
    ((NotFoundError,), "not-found"),
    ((CannotDecide,), "undecided"),
    ((CannotDo,), "people"),
    ((CannotHold,), "not-held"),
    ((CannotMap, NotNowError), "not-mapped"),
    ((CannotPropose,), "not-proposed"),
    ((TooManyRows,), "too-many"),
)
"""Errors that are one sentence and nothing else, with the kind that each is."""


def in_words(error: Exception) -> Words | None:
    """The kind, the sentence, the detail and the places of a foreseen error; None where it is our fault."""
    if isinstance(error, AmbiguousError):
        where = [{"code": t.code, "title": t.title} for t in error.found]
        return "ambiguous", str(error), "", where
    if isinstance(error, Refused):
        return _refused(error)
    kind = next((kind for types, kind in PLAIN if isinstance(error, types)), None)
    if kind is not None:
        return kind, str(error), "", []
    return _of_the_database(error) or _of_a_file(error)


def _of_the_database(error: Exception) -> Words | None:
    if isinstance(error, OperationalError | sqlite3.OperationalError) and "locked" in str(error):
        return "busy", "Somebody else is writing to the data; nothing was written, try again in a moment.", "", []
    if isinstance(error, OperationalError | ProgrammingError) and _other_version(str(error)):
        title = "The data were made by another version of iqf; bring them up to date with: iqf migrate"
        return "version", title, "", []
    if isinstance(error, OperationalError):
        return "database", f"The database cannot be used: {error}", "", []
    if isinstance(error, SnapshotError):
        return "snapshot", str(error), "", []
    return None


def _of_a_file(error: Exception) -> Words | None:
    if isinstance(error, PermissionError):
        what = f"{error.filename or 'A file'} may not be read or written by you; check its permissions."
        return "permission", what, "", []
    if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError) and error.filename:
        what = "is a folder, not a file" if isinstance(error, IsADirectoryError) else "is not there"
        return "file", f"{error.filename} {what}; check the path.", "", []
    return None


def _other_version(said: str) -> bool:
    """Whether the database lacks a table or column that this version asks for (SQLite, PostgreSQL)."""
    lacks = ("no such column", "no such table", "has no column named", " does not exist")
    return any(words in said for words in lacks)


def _refused(error: Refused) -> Words:
    first, rest = error.faults[0], error.faults[1:]
    title = f"{first} Nothing was written."
    detail = "\n".join(f"  {fault}" for fault in rest[:49])
    if len(rest) > 49:
        detail += f"\n  and {len(rest) - 49} more."
    where = [
        {"file": f.file, "row": f.row, "column": f.column, "value": f.value, "expected": f.expected}
        for f in error.faults
    ]
    return "refused", title, detail, where
