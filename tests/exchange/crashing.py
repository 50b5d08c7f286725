"""Imports in processes of their own, on real database files, which may be killed at a moment of their life.

Run as a program it makes the database of its home, and then each import that a line of its input asks for in a child.
"""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATABASE = "iqf.sqlite3"


def environment(home):
    """The surroundings of a process with its own SQLite database."""
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return kept | {
        "IQF_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "iqf.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


@dataclass(frozen=True)
class Ended:
    """How imports that began at once ended: their exit codes, their last words in order, and after how long."""

    codes: list[int]
    said: list[str]
    seconds: float

    @property
    def killed(self):
        """True where the signal ended it, and it had not ended before."""
        return self.codes == [-signal.SIGKILL]


class Imports:
    """Makes imports. Its own home is migrated and empty, and stays so."""

    def __init__(self, home):
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.crashing"],
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def run(self, home, name, path, *, kill_after=None, at_once=1, patience=None):
        """Read a source into the database of a home; kill it after so many seconds, or let it end.

        `patience`: milliseconds that it waits for another writer, where not as long as ever.
        """
        asked = [str(home), name, str(path or ""), kill_after, at_once, patience]
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))

    def close(self):
        """End it."""
        self.process.communicate()
        assert self.process.returncode == 0


def counts(home):
    """Rows by table, as any other process sees them; the file itself is sound."""
    with closing(sqlite3.connect(home / DATABASE)) as db:
        db.create_function("REGEXP", 2, lambda pattern, text: re.search(pattern, text) is not None)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def main():
    """Migrate, then answer each line: begin so many children at once, kill them or let them end, say how it was."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    import iqf.exchange.sources.registry  # noqa: F401 - once, not in every child

    call_command("migrate", verbosity=0)
    connection.close()
    _answer("ready")
    for line in sys.stdin:
        home, name, path, kill_after, at_once, patience = json.loads(line)
        out, words = os.pipe()
        began = time.monotonic()
        children = [_born(words, home, name, path, patience) for _ in range(at_once)]
        os.close(words)
        if kill_after is not None:
            time.sleep(kill_after)
            for child in children:
                os.kill(child, signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        ended = {"codes": codes, "seconds": time.monotonic() - began}
        with open(out) as said:
            ended["said"] = sorted(said.read().splitlines())
        _answer(json.dumps(ended))


def _answer(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _born(words, *asked):
    """A child that imports what is asked and ends; its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.write(words, (_import(*asked) + "\n").encode())
        code = 0
    finally:
        os._exit(code)


def _import(home, name, path, patience):
    from django.db import connection

    from iqf.exchange.sources.pattern import Refused
    from iqf.exchange.sources.registry import SOURCES, Asked

    connection.settings_dict["NAME"] = Path(home) / DATABASE
    if patience is not None:
        connection.cursor().execute(f"PRAGMA busy_timeout = {patience}")
    try:
        report = SOURCES[name].read(Asked(path=Path(path) if path else None, by="tests"))
    except Refused as refusal:
        return f"refused {refusal}"
    return f"done {report.added} {report.writes}"


if __name__ == "__main__":
    main()
