"""The file of results: one section written anew leaves the others alone."""

from bench.run import MEASUREMENTS, renewed, report

ROW = {"work": "counted", "beside": "by hand", "ours": 1.0, "theirs": 2.0}


def test_one_measurement_made_anew_leaves_the_others_as_they_were():
    coverage = f"## {MEASUREMENTS['coverage'].what}"
    before = report({"search": [ROW], "coverage": [ROW]})
    after = renewed(before, {"coverage": [{**ROW, "work": "counted again"}]})
    assert after.partition(coverage)[0] == before.partition(coverage)[0]
    assert "counted again" in after
    assert "Measured again on" in after
    assert renewed(after, {"coverage": [{**ROW, "work": "counted again"}]}) == after
