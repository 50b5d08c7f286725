"""Sources that write the catalogue, killed at any moment: all or nothing; of two at once the second waits.

Real processes on a real database file, as for the official lists.
"""

import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from . import test_early_years_crash as early_years
from .samples import many
from .test_early_years_crash import counts, empty_home, end, go, home, start

__all__ = ["empty_home", "home"]
KILLS = 3
MANY = 3_000


@pytest.fixture(autouse=True)
def program(monkeypatch):
    """The same program, for any source: the path names which by its folder."""
    changed = early_years.PROGRAM.replace(
        "from iqf.exchange.sources.early_years import ingest",
        "from pathlib import Path\nfrom iqf.exchange.sources.registry import SOURCES, Asked",
    ).replace(
        "ingest(path, by=",
        "SOURCES[Path(path).parent.name].read(Asked(path=None if 'starter' in path else Path(path), by=",
    )
    changed = changed.replace('by="tests")', 'by="tests"))')
    monkeypatch.setattr(early_years, "PROGRAM", changed)
    monkeypatch.setattr(early_years, "TABLES", (*early_years.TABLES, "catalogue_statement", "catalogue_unit"))


@pytest.fixture
def given(tmp_path):
    """A large file of each source."""

    def write(name):
        path = tmp_path / name / "given.csv"
        path.parent.mkdir()
        if name != "starter":
            path.write_bytes(many(name, MANY))
        return path

    return write


@pytest.mark.parametrize("name", ["uk-skills", "starter"])
def test_a_kill_at_any_moment_leaves_all_or_nothing(name, given, home, empty_home, tmp_path):
    path, before = given(name), counts(home)
    twin = Path(shutil.copytree(home, tmp_path / "twin"))
    process = start(twin, path)
    began = time.monotonic()
    go(process)
    assert end(process).startswith("done ")
    whole, took = counts(twin), time.monotonic() - began
    assert whole["catalogue_statement"] > before["catalogue_statement"] == 0
    chance = random.Random(31)
    for turn in range(KILLS):
        process = start(home, path)
        go(process)
        time.sleep(took * (0.1 + 0.7 * chance.random()))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = counts(home)
        assert found in (before, whole)
        if found == whole:
            home = Path(shutil.copytree(empty_home, tmp_path / f"home-{turn}"))
    process = start(home, path)
    go(process)
    assert end(process).startswith("done ")
    assert counts(home) == whole


def test_of_two_at_once_the_second_waits_and_finds_nothing_left_to_do(given, home):
    path = given("uk-skills")
    first, second = start(home, path), start(home, path)
    go(first)
    go(second)
    said = sorted((end(first), end(second)))
    assert [s.split()[1] for s in said] == ["0", str(MANY)]
    assert said[0] == "done 0 0"
