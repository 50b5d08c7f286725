"""Where the cells of releases are kept, and how they get there: one Parquet file each, whole or not at all."""

import fcntl
import functools
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

MEMORY = "1GB"
"""What DuckDB may hold; the rest goes to a folder for the time of the question."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def folder() -> Path:
    """The folder of all tables."""
    home: Path = settings.IQF_HOME
    return home / "statistics"


def table_path(dataset: str, version: str) -> Path:
    """The Parquet file of a release."""
    if not _SAFE.fullmatch(dataset):
        raise ValueError(f"{dataset!r} cannot name a folder")
    return folder() / dataset / version / "table.parquet"


def quoted(name: str) -> str:
    """A column's name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: object) -> str:
    """A text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def asked() -> Iterator[Any]:
    """A DuckDB connection of its own, in memory: what it makes as TEMP nobody else sees."""
    cursor = _engine(os.getpid(), folder()).cursor()
    try:
        yield cursor
    finally:
        cursor.close()


@functools.lru_cache(maxsize=4)
def _engine(process: int, home: Path) -> Any:
    """One engine for each process and home folder: it spills there, and gets nothing from outside.

    What a process that was killed has spilled is removed by the next one: its lock went with it.
    """
    # Loading DuckDB takes a quarter of a second: only who asks a table waits for it.
    import duckdb

    spill = home / "spill" / f"{process}-{uuid.uuid4().hex}"
    with suppress(OSError):
        spill.parent.mkdir(parents=True, exist_ok=True)
        swept(spill.parent)
        locked(spill)
    return duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": str(spill), "autoinstall_known_extensions": "false"}
    )


def locked(place: Path) -> int:
    """Say by a lock beside a folder that a process works in it, until it closes this descriptor or ends."""
    lock = os.open(place.with_name(f"{place.name}.lock"), os.O_CREAT | os.O_WRONLY, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def swept(parent: Path) -> None:
    """Remove the folders in which no process works any more, each with its lock."""
    for lock in parent.glob("*.lock"):
        with suppress(OSError), lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.with_name(lock.name.removesuffix(".lock")), ignore_errors=True)
            lock.unlink(missing_ok=True)


@contextmanager
def kept(path: Path) -> Iterator[Path]:
    """A place to write a table to; it becomes the table by one rename when the block ends well, else it is gone.

    A folder that stands there without a release in the database is of a run that broke off, and is replaced; so is
    what such a run had half written. One release is written at a time: the database has one writer.
    """
    for left in path.parent.parent.glob(f"{path.parent.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)
    part = path.parent.with_name(f"{path.parent.name}.{uuid.uuid4().hex}.part")
    part.mkdir(parents=True)
    try:
        yield part / path.name
        shutil.rmtree(path.parent, ignore_errors=True)
        part.rename(path.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
