"""The measurements run, on a small world, and what they compare agrees. No test here looks at the time."""

import pytest
from bench import (
    coverage,
    importing,
    inclusion,
    keeping_back,
    learner_rows,
    likeness,
    national,
    proposals,
    run,
    search,
    snapshot,
    suggesting,
)
from bench.national import NATIONAL
from bench.national_files import write_approved, write_register

from iqf.exchange.sources import approved_qualifications, ofqual_register

TINY = NATIONAL.scaled(0.002)


def test_coverage_agrees_with_sql():
    assert coverage.run(50, 200, 8)["ours"] > 0


def test_learners_are_as_many_by_every_way(tmp_path):
    path = tmp_path / "aims.parquet"
    learner_rows.write(path, 3000)
    assert learner_rows.by_duckdb(path) == learner_rows.by_polars(path) == learner_rows.by_pandas(path)


def test_what_is_kept_back_cannot_be_pinned_and_the_rule_of_thumb_says_how_much_can():
    (row,) = keeping_back.run(6, 3)
    assert 0 < row["ours_found"] < 1
    assert "An attacker narrows" in row["told"]


def test_every_unit_gets_its_suggestions_and_each_way_answers_for_all():
    ways = (suggesting.areas, suggesting.areas_beside, suggesting.skills_found, suggesting.skills_found_beside)
    assert [way(20)["done"] for way in ways] == [20] * 4


def test_search_finds_what_was_mistyped_and_sql_does_not():
    rows = {(r["work"].rpartition(", ")[2], r["beside"]): r for r in search.run(300, 20)}
    assert rows["number", "SQL LIKE"]["ours_found"] == 1
    assert rows["typo", "SQL LIKE"]["ours_found"] > 0.9 > rows["typo", "SQL LIKE"]["theirs_found"]


def test_a_register_read_in_first_again_and_changed():
    first, again, changed = importing.run(TINY)
    rows = TINY.qualifications
    assert (first["added"], first["changed"], first["unchanged"]) == (rows, 0, 0)
    assert (again["added"], again["changed"], again["unchanged"], again["writes"]) == (0, 0, rows, 0)
    assert changed["changed"] + changed["unchanged"] == rows
    assert 0 < changed["changed"] <= rows // 20
    assert again["doubts"] == first["doubts"] > 0


def test_the_snapshot_holds_the_whole_world_and_the_register_beside_it():
    without, beside = snapshot.run(TINY)
    assert without["entries"] >= TINY.qualifications + TINY.units + TINY.statements + TINY.roles
    assert beside["entries"] == without["entries"] + TINY.qualifications
    assert without["ours_peak"] > 0 < without["theirs_peak"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path):
    one, two = (write_register(tmp_path / name, TINY).read_bytes() for name in ("one.csv", "two.csv"))
    assert one == two
    assert one != write_register(tmp_path / "three.csv", TINY, seed=6).read_bytes()


def test_a_hundredth_has_a_hundredth_of_everything_and_nothing_twice():
    size = NATIONAL.scaled(0.01)
    numbers = [q.number for q in national.qualifications(size)]
    links, claims = list(national.links(size)), list(national.alignments(size))
    assert len(numbers) == len(set(numbers)) == 600
    assert len(links) == len({(q, u) for q, u, _ in links}) == 6_000
    assert len(claims) == len({(u, s) for u, s, _ in claims}) == 10_000
    assert len(list(national.units(size))) == 2_500
    assert len(list(national.statements(size))) == 150
    assert len(list(national.roles(size))) == 30


def test_titles_come_twice_and_with_stray_spaces_as_in_real_registers():
    titles = [q.title for q in national.qualifications(NATIONAL.scaled(0.05))]
    assert 0.04 < 1 - len({t.strip() for t in titles}) / len(titles) < 0.12
    assert 0.12 < sum(t != t.strip() for t in titles) / len(titles) < 0.2


@pytest.mark.django_db
def test_both_files_are_read_by_the_product_without_a_fault(tmp_path):
    register = ofqual_register.ingest(write_register(tmp_path / "register.csv", TINY), by="tests")
    approved = approved_qualifications.ingest(write_approved(tmp_path / "approved.csv", TINY), by="tests")
    assert register.added == TINY.qualifications
    assert approved.added == len(range(0, TINY.qualifications, 7))


def test_results_are_one_table_for_each_measurement_ratios_first():
    row = {"work": "adding", "beside": "an abacus", "ours": 2.0, "theirs": 3.0, "ours_peak": 9.0, "told": "4"}
    text = run.report({"coverage": [row]})
    assert "| ratio | work | beside | ours | our peak | what came of it |" in text
    assert "| 1.5× | adding | an abacus | 2.0 s | 9 MB | 4 |" in text
    assert "60,000 qualifications" in text


def test_the_rule_of_inclusion_keeps_what_was_measured():
    found = inclusion.measure()
    assert found.rows == 173
    assert found.precision[0] >= 0.95
    assert found.lost == ()
    assert found.waiting < 400
    assert len(inclusion.labelled("tuning")) + found.rows == 346


def test_the_interval_is_wilsons():
    """8 of 10 of equal weight: 0.490 to 0.943 (Newcombe 1998, method 3)."""
    rows = [inclusion.Labelled("", "", "", 3.0)] * 10
    p, low, high = inclusion.share(rows, [True] * 8 + [False] * 2)
    assert (round(p, 3), round(low, 3), round(high, 3)) == (0.8, 0.490, 0.943)


def test_likeness_does_better_than_ratios_on_the_pairs_that_were_held_out():
    pairs = likeness.labelled("qualifications")
    held = [pair for pair in pairs if pair.held_out]
    assert len(held) > 200
    mine, exact, ratios = likeness._ways(pairs, []).values()
    for wanted in (("same",), ("same", "similar")):
        (precision, recall), (_, plain), (rough, _) = (
            [float(x) for x in likeness._figures(held, way, wanted).split(" / ")] for way in (mine, exact, ratios)
        )
        assert precision > 0.9 > rough
        assert recall > max(0.9, plain)


def test_like_titles_are_found_in_a_process_of_its_own(monkeypatch):
    monkeypatch.delenv("IQF_REAL_DATA", raising=False)
    rows = likeness.run(small=True)
    assert len(rows) == len(likeness.WORKS)
    assert all(row["ours"] > 0 < row["theirs_peak"] for row in rows)


def test_the_list_of_proposals_finds_what_a_sheet_of_changes_finds():
    rows = {row["work"].partition(", ")[2]: row for row in proposals.run(120)}
    assert {found for row in rows.values() for found in [row["found"]] if found[0] != found[1]} == set()
    assert rows["what waits"]["found"] == (108, 108)
    assert all(row["ours"] > 0 < row["theirs"] for row in rows.values())
