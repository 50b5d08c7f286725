"""Work in processes of its own, on real database files, which may be killed at a moment of its life.

Run as a program it makes the database of its home, and then does in a child what each line of its input asks of the
module that it was given: its `run`, which returns a few words.
"""

import hashlib
import importlib
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

ROOT = Path(__file__).parents[1]
DATABASE = "iqf.sqlite3"
MOMENTS = ("date", "datetime")


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
    """How children that began at once ended: their exit codes, their last words in order, and after how long."""

    codes: list[int]
    said: list[str]
    seconds: float

    @property
    def killed(self):
        """True where the signal ended it, and it had not ended before."""
        return self.codes == [-signal.SIGKILL]


class Work:
    """Does what a module can do. Its own home is migrated and empty, and stays so."""

    def __init__(self, home, module):
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crashing", module],
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def run(self, home, *asked, kill_after=None, at_once=1):
        """Do what is asked in the database of a home; kill it after so many seconds, or let it end."""
        self.process.stdin.write(json.dumps([str(home), asked, kill_after, at_once]) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))

    def close(self):
        """End it."""
        self.process.communicate()
        assert self.process.returncode == 0


def counts(home):
    """Rows by table, as any other process sees them; the file itself is sound."""
    with closing(_opened(home)) as db:
        return {table: db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in _tables(db)}


def contents(home):
    """All that each table says but for the moments at which it was written, as a hash; the file itself is sound."""
    with closing(_opened(home)) as db:
        return {table: _said(db, table) for table in _tables(db)}


def _opened(home):
    db = sqlite3.connect(home / DATABASE)
    db.create_function("REGEXP", 2, lambda pattern, text: re.search(pattern, text) is not None)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return db


def _tables(db):
    return [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def _said(db, table):
    columns = [name for _, name, kind, *_ in db.execute(f'PRAGMA table_info("{table}")') if kind not in MOMENTS]
    named = ", ".join(f'"{name}"' for name in columns)
    rows = db.execute(f'SELECT {named} FROM "{table}" ORDER BY rowid')
    return hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest()


def main():
    """Migrate, then answer each line: begin so many children at once, kill them or let them end, say how it was."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    work = importlib.import_module(sys.argv[1]).run  # once, not in every child
    call_command("migrate", verbosity=0)
    connection.close()
    _answer("ready")
    for line in sys.stdin:
        home, asked, kill_after, at_once = json.loads(line)
        connection.settings_dict["NAME"] = Path(home) / DATABASE
        out, words = os.pipe()
        began = time.monotonic()
        children = [_born(words, work, asked) for _ in range(at_once)]
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


def _born(words, work, asked):
    """A child that does what is asked and ends; its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.write(words, (work(*asked) + "\n").encode())
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
