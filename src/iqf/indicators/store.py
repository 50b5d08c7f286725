"""Where the cells of releases are kept, and how they get there: one Parquet file each, whole or not at all."""

import functools
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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
    """One engine for each process and home folder: it spills there, and gets nothing from outside."""
    # Loading DuckDB takes a quarter of a second: only who asks a table waits for it.
    import duckdb

    spill = home / "spill" / str(process)
    return duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": str(spill), "autoinstall_known_extensions": "false"}
    )


@contextmanager
def kept(path: Path) -> Iterator[Path]:
    """A place to write a table to; it becomes the table by one rename when the block ends well, else it is gone.

    A folder that stands there without a release in the database is of a run that broke off, and is replaced.
    """
    part = path.parent.with_name(f"{path.parent.name}.{uuid.uuid4().hex}.part")
    part.mkdir(parents=True)
    try:
        yield part / path.name
        shutil.rmtree(path.parent, ignore_errors=True)
        part.rename(path.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
