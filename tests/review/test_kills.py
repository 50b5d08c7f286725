"""A kill at any moment of an upload or an acceptance leaves all or nothing, and the next attempt succeeds."""

import random
import sqlite3
from contextlib import closing

import pytest
from tests.crashing import DATABASE, Work

from .killing import acts, kill_often

KILLS = 10


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    doing = Work(tmp_path_factory.mktemp("work"), "tests.review.working")
    yield doing
    doing.close()


@pytest.fixture(scope="module")
def made(work, tmp_path_factory):
    """The folder in which each was done undisturbed, and the acts by their names."""
    folder = tmp_path_factory.mktemp("acts")
    return folder, {act.asked: act for act in acts(work, folder)}


@pytest.mark.parametrize("asked", ["upload", "accept"])
def test_a_kill_at_any_moment_leaves_all_or_nothing(asked, made, work, tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    tally = kill_often(work, made[1][asked], tmp_path, KILLS, seed)
    assert tally.killed == KILLS, f"seed {seed}: {tally}"
    assert tally.undone, f"seed {seed}: {tally}"


def test_what_was_accepted_is_told_once_for_each_change_and_not_made_twice(made, work):
    home = made[0] / "accepted"
    with closing(sqlite3.connect(home / DATABASE)) as db:
        one = lambda sql: db.execute(sql).fetchone()[0]  # noqa: E731
        changes = one("SELECT count(*) FROM review_proposedchange")
        assert changes == one("SELECT count(*) FROM accounts_auditevent WHERE origin = 'proposal:1'") > 200
        assert changes == one(
            "SELECT count(*) FROM catalogue_qualification WHERE note LIKE 'Looked%' OR note = 'New'"
        )
    again = work.run(home, "accept")
    assert again.said == ["refused This proposal is accepted, so nobody can accept it now. Look at it again."]
