"""The measurements run, on a small world, and what they compare agrees."""

from bench import coverage, search


def test_coverage_agrees_with_sql():
    assert coverage.run(50, 200, 8)["ours"] > 0


def test_search_finds_what_was_mistyped_and_sql_does_not():
    rows = {(r["work"].rpartition(", ")[2], r["beside"]): r for r in search.run(300, 20)}
    assert rows["number", "SQL LIKE"]["ours_found"] == 1
    assert rows["typo", "SQL LIKE"]["ours_found"] > 0.9 > rows["typo", "SQL LIKE"]["theirs_found"]
