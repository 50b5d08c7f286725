"""A run that is killed leaves the database as it was; a second run at the same time waits or is refused.

Real processes on a real database file, because neither can be tried inside one process's transaction.
"""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from .early_years_file import NUMBERED, OLD, write

SOURCE = Path(__file__).parents[2] / "src"
KILLS = 3
TRIES = 30
MANY = 4_000
PROGRAM = """
import sys, django
django.setup()
from django.db import connection
from iqf.exchange.sources.early_years import ingest
from iqf.exchange.sources.pattern import Refused
path, wait = sys.argv[1:]
connection.ensure_connection()
if wait != "20":
    connection.cursor().execute(f"PRAGMA busy_timeout = {int(wait) * 1000}")
print("ready", flush=True)
sys.stdin.readline()
try:
    report = ingest(path, by="tests")
    print("done", report.added, report.writes, flush=True)
except Refused as refusal:
    print("refused", refusal, flush=True)
"""
TABLES = (
    "register_officialrow",
    "register_rowversion",
    "catalogue_recognition",
    "evidence_retrieval",
    "evidence_citation",
    "accounts_auditevent",
)


def environment(home):
    """The surroundings of a process with its own SQLite database."""
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return kept | {
        "IQF_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "iqf.config.settings",
        "PYTHONPATH": str(SOURCE),
    }


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """A folder with a migrated, empty database."""
    home = tmp_path_factory.mktemp("home")
    program = "import django; django.setup(); from django.core.management import call_command as c; "
    program += "c('migrate', verbosity=0)"
    subprocess.run([sys.executable, "-c", program], env=environment(home), check=True)
    return home


@pytest.fixture
def home(empty_home, tmp_path):
    """A fresh copy of it."""
    return Path(shutil.copytree(empty_home, tmp_path / "home"))


@pytest.fixture
def many(tmp_path):
    """A file with enough rows to be interrupted in."""
    rows = [
        OLD | {"Qualification Ref": f"EYQ-{n}", "Qualification Name": f"Diploma {n}"}
        for n in range(1000, 1000 + MANY)
    ]
    return write(tmp_path / "many.csv", *rows, NUMBERED)


def start(home, path, wait=20):
    """A process that is ready to ingest and waits for the word."""
    arguments = [sys.executable, "-c", PROGRAM, str(path), str(wait)]
    process = subprocess.Popen(
        arguments, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def go(process):
    process.stdin.write("go\n")
    process.stdin.flush()


def end(process):
    """Its last words."""
    said, _ = process.communicate()
    assert process.returncode == 0
    return said.strip()


def counts(home):
    """Rows by table, as any other process sees them; the file itself is sound."""
    with closing(sqlite3.connect(home / "iqf.sqlite3")) as db:
        db.create_function("REGEXP", 2, lambda pattern, text: re.search(pattern, text) is not None)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def test_a_kill_at_any_moment_leaves_all_or_nothing(home, empty_home, many, tmp_path):
    twin = Path(shutil.copytree(home, tmp_path / "twin"))
    before = counts(home)
    process = start(twin, many)
    began = time.monotonic()
    go(process)
    assert end(process).startswith(f"done {MANY + 1} ")
    whole, took = counts(twin), time.monotonic() - began
    assert whole["register_officialrow"] == MANY + 1
    chance = random.Random(2024)
    killed = 0
    for turn in range(TRIES):
        process = start(home, many)
        go(process)
        time.sleep(took * chance.random())
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        found = counts(home)
        assert found in (before, whole)
        if killed >= KILLS:
            break
        if found == whole:
            home = Path(shutil.copytree(empty_home, tmp_path / f"home-{turn}"))
    assert killed >= KILLS
    process = start(home, many)
    go(process)
    assert end(process).startswith("done ")
    assert counts(home) == whole


def test_of_two_at_once_the_second_waits_and_finds_nothing_left_to_do(home, many):
    first, second = start(home, many), start(home, many)
    go(first)
    go(second)
    said = sorted((end(first), end(second)))
    assert [s.split()[:2] for s in said] == [["done", "0"], ["done", str(MANY + 1)]]
    assert said[0] == "done 0 0"


def test_a_second_that_has_waited_long_enough_is_refused_in_a_sentence(home, many):
    process = start(home, many, wait=0)
    with closing(sqlite3.connect(home / "iqf.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        go(process)
        said = end(process)
        other.execute("ROLLBACK")
    assert said == "refused the database: another run is writing to the database; " + (
        "wait until it has ended and run this again."
    )
    assert counts(home)["register_officialrow"] == 0
