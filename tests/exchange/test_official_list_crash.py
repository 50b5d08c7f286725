"""A run that is killed while rows stream in leaves the database as it was; of two at once the second waits."""

import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from . import test_early_years_crash as early_years
from .lists import write
from .test_approved_qualifications import ONE
from .test_early_years_crash import counts, empty_home, end, go, home, start

__all__ = ["empty_home", "home"]
MANY = 6_000
KILLS = 3


@pytest.fixture(autouse=True)
def program(monkeypatch):
    """The same program, for a list that is written while it is read."""
    changed = early_years.PROGRAM.replace("sources.early_years import", "sources.approved_qualifications import")
    monkeypatch.setattr(early_years, "PROGRAM", changed)


@pytest.fixture
def many(tmp_path):
    rows = [ONE | {"QualificationNumber": f"6{n:07}", "QualificationName": f"Diploma {n}"} for n in range(MANY)]
    return write(tmp_path / "many.csv", *rows)


def test_a_kill_at_any_moment_leaves_all_or_nothing(home, empty_home, many, tmp_path):
    before = counts(home)
    twin = Path(shutil.copytree(home, tmp_path / "twin"))
    process = start(twin, many)
    began = time.monotonic()
    go(process)
    assert end(process).startswith(f"done {MANY} ")
    whole, took = counts(twin), time.monotonic() - began
    chance = random.Random(7)
    for turn in range(KILLS):
        process = start(home, many)
        go(process)
        time.sleep(took * (0.2 + 0.6 * chance.random()))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = counts(home)
        assert found in (before, whole)
        if found == whole:
            home = Path(shutil.copytree(empty_home, tmp_path / f"home-{turn}"))
    process = start(home, many)
    go(process)
    assert end(process).startswith("done ")
    assert counts(home) == whole


def test_of_two_at_once_the_second_waits_and_finds_nothing_left_to_do(home, many):
    first, second = start(home, many), start(home, many)
    go(first)
    go(second)
    said = sorted((end(first), end(second)))
    assert [s.split()[1] for s in said] == ["0", str(MANY)]
    assert said[0] == "done 0 0"
