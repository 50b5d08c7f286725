"""What waits, decided from the command line."""

import pytest
from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

from iqf.accounts.actions import create_user
from iqf.accounts.models import AuditEvent
from iqf.catalogue.queries import find

pytestmark = pytest.mark.django_db
WHY = ("--reason", "The specification says 3.")


def test_conflicts_list_both_values_with_their_places_then_decisions(iqf):
    said = iqf("conflicts").out
    assert "2 fields about which sources disagree wait for a decision." in said
    assert "  2 (shown now): TQUK Level 2 Certificate" in said
    assert "(data/conflicts, row 2)" in said
    assert "0 decided." in said
    waiting = iqf("conflicts", "--json").answer["waiting"]
    (level,) = [c for c in waiting if c["field"] == "level"]
    assert [(v["value"], v["shown"], v["row"]) for v in level["values"]] == [("2", True, 2), ("3", False, 2)]
    assert level["thing"]["code"] == find("601/2726/0").code
    assert level["roles"] == 2


def test_a_decision_changes_what_is_shown_and_is_undone(iqf):
    create_user(by="tests", username="rita", password="a-long-enough-password", is_staff=True)
    ran = iqf("decide", "601/2726/0", "level", "--show", "Level 3", *WHY, "--as", "rita")
    assert ran.status == 0
    assert "level is Level 3, not Level 2" in ran.out
    assert find("601/2726/0").level == "3"
    assert "decided on" in iqf("show", "601/2726/0").out
    done = iqf("conflicts", "--json").answer["decided"][0]
    assert (done["taken"], done["passed_over"], done["by"]) == ("3", ["2"], "rita")
    undone = iqf("reopen", str(done["number"]), "--reason", "Read the wrong line.", "--json").answer
    assert (undone["schema"], undone["decision"]) == ("iqf.reopened/1", done["number"])
    assert find("601/2726/0").level == "2"


def test_status_is_said_as_people_say_it(iqf):
    ran = iqf("decide", "Q186", "status", "--show", "available", "--reason", "The list is younger.", "--json")
    assert ran.answer["decision"]["taken"] == "available"
    assert find("Q186").stated_status == "available"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("decide", "Q001", "level", "--show", "3", *WHY), "Nothing waits to be decided about the level"),
        (("decide", "601/2726/0", "level", "--show", "nine", *WHY), '"nine" is no level'),
        (("decide", "601/2726/0", "level", "--show", "3", "--reason", " "), "Say why, in one sentence"),
        (("decide", "601/2726/0", "level", "--show", "3", *WHY, "--as", "nobody"), 'There is no user "nobody"'),
        (
            ("decide", "601/2726/0", "level", "--show", "3", *WHY, "--as", "bob"),
            'The user "bob" may not see and decide',
        ),
        (("decide", "no such", "level", "--show", "3", *WHY), 'There is no thing called "no such"'),
        (("match", "999", "accept", *WHY), "There is no match 999"),
        (("reopen", "999999", *WHY), "There is no decision 999999"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(iqf, argv, said):
    create_user(by="tests", username="bob", password="a-long-enough-password")
    before = AuditEvent.objects.count()
    ran = iqf(*argv)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert iqf(*argv, "--json").answer["schema"] == "iqf.error/1"
    assert AuditEvent.objects.count() == before


def test_two_entries_are_joined_seen_before_and_parted(iqf):
    pair = iqf("duplicates", "--limit", "1", "--json").answer["pairs"][0]
    kept, gone = pair["a"]["code"], pair["b"]["code"]
    shown = iqf("join", kept, gone, "--dry-run", *WHY, "--json").answer
    assert shown["schema"] == "iqf.joining/1"
    assert (shown["joining"]["kept"]["code"], shown["joining"]["gone"]["code"]) == (kept, gone)
    told = iqf("join", kept, gone, "--dry-run", *WHY).out
    assert f"would be joined into {kept}" in told
    assert all(f"{links['count']} {links['kind'].split()[0]}" in told for links in shown["joining"]["moves"])
    assert find(gone).code == gone
    done = iqf("join", kept, gone, *WHY)
    assert f"is {kept}" in done.out
    assert f"which stands as {kept}" in done.out
    assert iqf("show", gone, "--json").answer["code"] == kept
    assert iqf("search", gone, "--json").answer["results"][0]["code"] == kept
    again = iqf("join", kept, gone, *WHY)
    assert (again.status, "is one entry already" in again.err) == (2, True)
    parted = iqf("unjoin", gone.lower(), "--reason", "They are two.")
    assert parted.out == f"{gone} stands again, as it was.\n"
    assert find(gone).code == gone
    assert [c["code"] for m in iqf("matches", "--json").answer["waiting"] for c in m["candidates"]] == [
        min(kept, gone)
    ]


def test_two_entries_are_kept_apart_or_wait(iqf):
    first, second = iqf("duplicates", "--limit", "2", "--json").answer["pairs"]
    before = iqf("duplicates", "--limit", "1", "--json").answer["total"]
    said = iqf("apart", first["a"]["code"], first["b"]["code"], "--reason", "Two editions.").out
    assert "is not" in said
    assert "Two editions." in said
    left = iqf("duplicates", "--limit", "1000", "--json").answer
    assert left["total"] == before - 1
    assert (first["a"]["code"], first["b"]["code"]) not in [(p["a"]["code"], p["b"]["code"]) for p in left["pairs"]]
    waits = iqf("pair", second["a"]["code"], second["b"]["code"], "--reason", "Ask the board.", "--json").answer
    number, keep = str(waits["match"]["number"]), second["b"]["code"]
    done = iqf("match", number, "accept", "--keep", keep, *WHY, "--json").answer["decision"]
    assert (done["taken"], done["thing"]["code"]) == ("joined", keep)


def test_matches_are_listed_accepted_and_undone(iqf, tmp_path):
    path = write(tmp_path / "list.csv", OLD, VARIOUS, NUMBERED)
    assert iqf("ingest", "early-years", str(path)).status == 0
    waiting = iqf("matches", "--json").answer["waiting"]
    listed = iqf("matches").out
    assert f"{len(waiting)} match" in listed
    candidates = [candidate for row in waiting for candidate in row["candidates"]]
    assert all(c["matched_title"] in listed and c["why"] in listed for c in candidates)
    assert all(listed.count(f"{row['reference']} {row['title']}\n") == 1 for row in waiting)
    number = candidates[0]["number"]
    done = iqf("match", str(number), "accept", "--reason", "Same title.", "--json").answer["decision"]
    assert done["taken"] == "accepted"
    assert [d["number"] for d in iqf("matches", "--json").answer["decided"]] == [done["number"]]
    assert iqf("reopen", str(done["number"]), "--reason", "A mistake.").status == 0
    assert iqf("matches", "--json").answer["waiting"] == waiting


def test_all_that_waits_is_one_list_a_page_at_a_time(iqf, tmp_path):
    path = write(tmp_path / "list.csv", OLD, VARIOUS, NUMBERED)
    assert iqf("ingest", "early-years", str(path)).status == 0
    assert "3 wait for a decision" in iqf("duplicates", "--keep", "--of", "units").out
    assert (iqf("duplicates", "--keep", "--of", "register").status, iqf("inbox", "--limit", "0").status) == (2, 2)
    every = iqf("inbox", "--json").answer
    assert sum(every["counts"].values()) == len(every["items"])
    assert every["counts"]["duplicate"] == 3
    assert [i["roles"] for i in every["items"]] == sorted((i["roles"] for i in every["items"]), reverse=True)
    pages = [iqf("inbox", "--limit", "2", "--offset", str(n), "--json").answer["items"] for n in range(0, 9, 2)]
    assert [item for page in pages for item in page] == every["items"]
    said = iqf("inbox", "--limit", "2").out
    assert "More: --offset 2" in said
    assert every["items"][0]["title"] in said
    units = iqf("inbox", "--kind", "duplicate", "--alike", "U", "--json").answer["items"]
    assert [u["kind"] for u in units] == ["duplicate"] * 3
    assert iqf("inbox", "--kind", "duplicate", "--alike", "Q", "--json").answer["items"] == []
    first = iqf("conflicts", "--limit", "1")
    assert "2 fields about which sources disagree wait for a decision. 1 of them here" in first.out
