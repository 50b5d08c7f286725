"""The generation that a site shows: while a newer one is built in a process of its own, readers go on with this one.

A change is noticed by the next reader, who starts a builder and does not wait for it. The builder lets the changes
settle first, so that a run of them makes one generation. Only where a reader would be shown something older than
`IQF_STALE_SECONDS` does it wait.
"""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from django.conf import settings

from iqf.accounts.queries import data_version
from iqf.snapshot.generations import SnapshotError
from iqf.snapshot.reading import Snapshot, current, ensure_current, fresh, root, stamp_now

SETTLED_AFTER: Final = 2.0
LONGEST_WAIT: Final = 20.0
"""Seconds: a build waits until nothing changed for so long, but never longer than that."""
BUILD: Final = """
import django
django.setup()
from iqf.snapshot.reading import ensure_current
from iqf.snapshot.renewing import wait_until_settled
wait_until_settled()
ensure_current()
"""

SETTINGS: Final = "iqf.config.settings"

_noticed: dict[str, float] = {}
_builder: subprocess.Popen[bytes] | None = None


def serving() -> Snapshot:
    """The generation to show now. Raises SnapshotError where none can be built.

    It is up to date, or it is at most `IQF_STALE_SECONDS` behind what was noticed and a newer one is being built. One
    that other code made is never shown.
    """
    stamp = stamp_now()
    if held := fresh(stamp):
        _noticed.clear()
        return held
    try:
        held = current()
    except SnapshotError:
        return ensure_current()
    if held.manifest.stamp.code_version != stamp.code_version or _behind(held.generation) >= _longest():
        return ensure_current()
    start_builder(root())
    return held


def _longest() -> int:
    return int(settings.IQF_STALE_SECONDS)


def _behind(generation: str) -> float:
    """For how many seconds this process has known that a generation is out of date."""
    now = time.monotonic()
    return now - _noticed.setdefault(generation, now)


def start_builder(folder: Path) -> bool:
    """Start a process that builds, unless one is at it already, in whatever process it was started. True if started.

    The lock is on a file that the builder inherits open, so it lasts as long as the builder lives, and no longer.
    """
    global _builder
    if _builder and _builder.poll() is None:
        return False
    try:
        with (folder / "builder").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _builder = subprocess.Popen(
                [sys.executable, "-c", BUILD],
                env=os.environ | {"IQF_HOME": str(settings.IQF_HOME), "DJANGO_SETTINGS_MODULE": SETTINGS},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                pass_fds=(file.fileno(),),
            )
    except OSError:
        return False
    return True


def wait_until_settled() -> None:
    """Return when nothing was changed for two seconds, or after twenty."""
    begun = since = time.monotonic()
    version = data_version()
    while time.monotonic() - since < SETTLED_AFTER and time.monotonic() - begun < LONGEST_WAIT:
        time.sleep(SETTLED_AFTER / 8)
        if (now := data_version()) != version:
            version, since = now, time.monotonic()
