"""What commands that answer share: are there data, about which day, what is held; printed for people or as JSON."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from iqf.catalogue import models as m
from iqf.cli.main import UsageError
from iqf.exchange.formats.plain import dumps, envelope


def ready() -> None:
    """Refuse in a sentence where there are no data to read."""
    if connection.vendor == "sqlite" and not _sqlite_exists(connection.settings_dict["NAME"]):
        raise _nothing()
    if m.Qualification._meta.db_table not in connection.introspection.table_names() or not m.Role.objects.exists():
        raise _nothing()


def _sqlite_exists(name: str | Path) -> bool:
    """Asked before connecting, which would make the file. One in memory (the tests') has no file."""
    return "mode=memory" in str(name) or Path(name).exists()


def _nothing() -> UsageError:
    return UsageError(f"There are no data in {settings.IQF_HOME} yet; begin with: iqf ingest starter")


def as_of(options: argparse.Namespace) -> date:
    """The date asked about: today unless `--on` says."""
    if not options.on:
        return timezone.localdate()
    try:
        return date.fromisoformat(options.on)
    except ValueError:
        raise UsageError(f'"{options.on}" is not a date; write it like 2026-11-21.') from None


def answered(options: argparse.Namespace, shape: str, answer: Any, words: Callable[[Any], str]) -> int:
    """Print an answer: for people, or as JSON in its shape."""
    on = as_of(options)
    if options.json:
        from iqf.exchange.formats.answers import answer_json

        sys.stdout.write(dumps(envelope(shape, on, answer_json(shape, answer))) + "\n")
    else:
        sys.stdout.write(words(answer))
    return 0


def held_codes(given: str) -> list[str]:
    """Codes from a comma-separated list, or from a file with one on each line (`#` begins a remark)."""
    path = Path(given)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    try:
        parts = path.read_text(encoding="utf-8-sig").splitlines() if is_file else given.split(",")
    except UnicodeDecodeError:
        raise UsageError(
            f"{given} is not a text file in UTF-8; save the codes as plain text, one on a line."
        ) from None
    return [code for part in parts if (code := part.partition("#")[0].strip())]
