"""An import that is killed leaves the database as it was or as it should be; of two at once the second waits."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.crashing import DATABASE, Work, counts

from .samples import many

MANY = 2_000
KILLS = {"approved-qualifications": 10, "early-years": 3, "uk-skills": 3, "starter": 3}
"""An official list, most of all, as most sources are one; one that is tied otherwise; a framework; whole tables."""


@pytest.fixture(scope="session")
def imports(tmp_path_factory):
    making = Work(tmp_path_factory.mktemp("home"), "tests.exchange.importing")
    yield making
    making.close()


@pytest.fixture
def fresh(imports, tmp_path):
    """A new home folder with an empty database."""
    return lambda name="home": Path(shutil.copytree(imports.home, tmp_path / name))


@pytest.fixture
def given(tmp_path):
    """A large file of a source; the starter is its own."""

    def write(name):
        path = tmp_path / "given.csv"
        path.write_bytes(many(name, MANY))
        return str(path)

    return lambda name: None if name == "starter" else write(name)


@pytest.mark.parametrize("name", KILLS)
def test_a_kill_at_any_moment_leaves_all_or_nothing(name, imports, given, fresh):
    path, home, kills = given(name), fresh("undisturbed"), KILLS[name]
    before = counts(home)
    took = imports.run(home, name, path).seconds
    whole = counts(home)
    assert sum(whole.values()) > sum(before.values()) + MANY
    home, died, undone = fresh(), 0, 0
    for turn in range(kills):
        died += imports.run(home, name, path, kill_after=took * (turn + 0.5) / kills).killed
        found = counts(home)
        assert found in (before, whole)
        undone += found == before
        home = home if found == before else fresh(f"after-{turn}")
    assert died >= undone >= kills // 2
    assert imports.run(home, name, path).codes == [0]
    assert counts(home) == whole


@pytest.mark.parametrize("name", ["approved-qualifications", "uk-skills"])
def test_of_two_at_once_the_second_waits_and_finds_nothing_left_to_do(name, imports, given, fresh):
    both = imports.run(fresh(), name, given(name), at_once=2)
    assert both.codes == [0, 0]
    assert [words.split()[:2] for words in both.said] == [["done", "0"], ["done", str(MANY)]]
    assert both.said[0] == "done 0 0"


def test_a_second_that_has_waited_long_enough_is_refused_in_a_sentence(imports, given, fresh):
    home = fresh()
    before = counts(home)
    with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = imports.run(home, "early-years", given("early-years"), 1)
        other.execute("ROLLBACK")
    assert refused.said == [
        "refused the database: another run is writing to the database; wait until it has ended and run this again."
    ]
    assert counts(home) == before
