import json
import stat

import pytest

from iqf.accounts.actions import create_user, deactivate
from iqf.accounts.models import User
from iqf.cli import demo_portfolio
from iqf.people.models import Portfolio
from iqf.people.scope import scope_of
from iqf.reports.private.portfolio import portfolio


@pytest.fixture
def mia(starter, settings):
    """The portfolio of the demo, made by its own actions, with its two people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, staff in ((demo_portfolio.OWNER, False), (demo_portfolio.ASSESSOR, True)):
        create_user(by="tests", username=name, password="a-long-enough-password", is_staff=staff)
    demo_portfolio.fill_demo_portfolio()
    return demo_portfolio.OWNER


def test_it_is_shown_and_what_is_held_feeds_the_calculators(iqf, mia, tmp_path):
    said = iqf("portfolio", "show", "--as", mia).out
    assert "Robin Example (made up)" in said
    assert "what it counts for: cannot say" in said
    assert "Three days with a health visitor, shadowing, May 2025, 21 hours, credited" in said
    held = tmp_path / "held.txt"
    held.write_text(iqf("portfolio", "show", "--as", mia, "--held").out)
    assert len(held.read_text().splitlines()) == 3
    found = iqf("rules", "--held", str(held), "--for", "500/9170/0", "--json").answer
    less = iqf("rules", "--held", "U-SHC32", "--for", "500/9170/0", "--json").answer
    assert found["nodes"][0]["credit_met"]["known_low"] > less["nodes"][0]["credit_met"]["known_low"], (
        "what was credited counts as held"
    )
    assert iqf("portfolio", "show", "--as", mia, "--json").answer["schema"] == "iqf.portfolio/1"


def test_it_is_taken_away_in_a_file_of_its_owners_alone(iqf, mia, tmp_path):
    path = tmp_path / "record.json"
    assert iqf("portfolio", "export", "clr", "--as", mia, "-o", str(path)).status == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["type"][1] == "ClrCredential"
    number = portfolio(scope_of(User.objects.get(username=mia))).credited[0].what.number
    badge = iqf("portfolio", "export", "badge", str(number), "--as", mia)
    assert json.loads(badge.out)["proof"]["type"] == "DataIntegrityProof"


def test_it_is_erased_when_that_is_said_twice(iqf, mia):
    refused = iqf("portfolio", "erase", "--as", mia)
    assert (refused.status, Portfolio.objects.count()) == (2, 1)
    assert "nothing brings it back" in refused.err
    assert iqf("portfolio", "erase", "--as", mia, "--yes").status == 0
    assert not Portfolio.objects.exists()
    again = iqf("portfolio", "erase", "--as", mia, "--yes")
    assert (again.status, again.err) == (2, "iqf: There is nothing of yours to erase.\n")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["show"], "--as"),
        (["show", "--as", "nobody-here"], 'There is no user "nobody-here"'),
        (["export", "badge", "--as", demo_portfolio.OWNER], "A badge has a number"),
        (["export", "json", "7", "--as", demo_portfolio.OWNER], "A badge has a number"),
        (["export", "badge", "999", "--as", demo_portfolio.OWNER], "Nothing of that number"),
        (["export", "pdf", "--as", demo_portfolio.OWNER], "clr"),
        (["export", "clr", "--as", demo_portfolio.ASSESSOR], "needs something in it"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(iqf, mia, argv, says):
    done = iqf("portfolio", *argv)
    assert done.status == 2
    assert says in done.err
    assert done.err.count("\n") == 1


def test_a_closed_account_is_opened_first(iqf, mia):
    deactivate(by=demo_portfolio.ASSESSOR, username=mia)
    done = iqf("portfolio", "show", "--as", mia)
    assert (done.status, "is closed; open it first" in done.err) == (2, True)
