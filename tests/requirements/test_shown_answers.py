"""The questions that the requirements ask, answered on a page and by a command."""

import re

import pytest
from tests.reports import by_hand

from iqf.reports.clusters import clusters

pytestmark = pytest.mark.django_db
PAIR = ("500/9170/0", "500/8887/7")


def test_r036_stated_steps(page, iqf):
    words = page("/roles/playworker")
    assert "Where people go next" in words or "What people do next" in words
    assert "JNC-recognised BA (Hons) or postgraduate qualification in Youth Work" in words
    assert "Youth worker" in words
    assert "leads to JNC-recognised BA (Hons)" in iqf("show", "playworker").out
    assert "Foundation degree in early years (sector-endorsed)" in page("/qualifications/Q001")
    ways = iqf("routes", "--from", "playworker", "--to", "youth-worker", "--json").answer["routes"]
    assert any(step["crosses_groups"] for way in ways for step in way["steps"])
    assert "Into another group" in page("/routes?from=playworker&to=youth-worker")


def test_r045_workforce_counts_with_their_limits(page):
    words = page("/sources/S4")
    rows = [r for r in by_hand.table("documents/figures_workforce_size") if r["source_id"] == "S4"]
    assert rows
    for row in rows[:5]:
        assert row["sector_label"] in words
        assert f"{row['qualifier']} {row['value']}" in words
    for contradiction in by_hand.table("documents/contradictions"):
        assert contradiction["handling"] in page("/sources")


def test_r046_vacancy_and_turnover_as_printed(page):
    words = page("/sources/S4?format=csv&table=figures")
    for row in by_hand.table("documents/figures_vacancy_rates") + by_hand.table("documents/figures_turnover"):
        assert f"{row['indicator']},{row['value']}," in words
    assert "North East" in words


def test_r053_findings_with_source_and_strength(page, iqf):
    found = {f["key"]: f for f in iqf("show", "youth-worker", "--json").answer["findings"]}
    row = next(f for f in by_hand.table("documents/findings") if f["finding_id"] == "F081")
    assert (found["F081"]["statement"], found["F081"]["strength"]) == (row["statement"], row["strength"])
    assert found["F081"]["said"]["source"] == row["source_id"]
    assert row["statement"] in page("/roles/youth-worker")
    assert row["statement"] in page(f"/sources/{row['source_id']}")


def test_r054_roles_in_each_cluster(page, iqf):
    rows = [r for r in by_hand.table("documents/role_clusters") if r["scheme_id"] == "sectors-2008"]
    titles = {r["role_id"]: r["title"] for r in by_hand.table("documents/roles")}
    words = page("/clusters/sectors-2008/youth")
    youth = [titles[r["role_id"]] for r in rows if r["cluster_id"] == "youth"]
    assert len(youth) == 15
    assert all(title in words for title in youth)
    assert "Youth worker" in iqf("search", "--type", "role", "youth").out
    assert "main work of more than one role" in page("/functions")


def test_r055_qualifications_by_cluster_and_level(page, iqf):
    words = page("/clusters")
    assert "Early years, childcare and play" in words
    youth = page("/clusters/sectors-2008/youth")
    for row in by_hand.table("qualifications/qualifications"):
        if row["cluster_id"] == "youth":
            assert row["title"] in youth
            assert row["awarding_organisation"] in youth
    assert "Level 6" in page("/roles/youth-worker")
    found = iqf("search", "--type", "qualification", "--cluster", "sectors-2008:youth", "--json", "youth").answer[
        "results"
    ]
    assert found
    assert all("level" in r and "owner" in r for r in found)
    assert {r["level"] for r in found} > {""} or all(r["level"] for r in found)


def test_r056_how_many_there_are(page, iqf):
    assert "180 qualifications" in page("/qualifications")
    assert iqf("search", "--type", "qualification", "--json", "diploma").answer["total"] > 40


def test_r057_unit_by_unit(page, iqf):
    words = page(f"/compare?a={PAIR[0]}&b={PAIR[1]}")
    assert "They share 48 units" in words
    assert "48 shared units" in words
    assert "differences first" in words
    answer = iqf("overlap", *PAIR, "--json").answer
    assert (len(answer["shared_units"]), answer["only_a"], answer["only_b"]) == (48, [], [])
    assert "48 units are shared" in iqf("overlap", *PAIR).out


def test_r058_empty_cells(page, iqf):
    words = page("/clusters")
    empty = sum(not row.by_level[c] for row in clusters().rows for c, _ in clusters().columns)
    assert words.count("· none") == empty > 0
    assert "nothing is recorded for it" in iqf("quality").out


def test_r059_which_provision_meets_the_common_core(page, iqf):
    words = page("/frameworks/common-core-2005")
    totals = by_hand.counts({u["unit_id"] for u in by_hand.table("qualifications/units")})
    for area in by_hand.AREAS:
        assert (
            f"Of 184 units judged, {totals['touches'][area]} touch it and {totals['fully'][area]} of those" in words
        )
    answer = iqf("coverage", "common-core-2005", "--json").answer
    assert answer["all_units"]["touches"] == totals["touches"]
    assert len(answer["rows"]) == 94


def test_r060_roles_compared_by_coverage(page, iqf):
    words = page("/frameworks/common-core-2005/coverage?by=role")
    assert "Playworker" in words
    assert "achine" in words
    rows = iqf("coverage", "common-core-2005", "--by", "role", "--json").answer["rows"]
    expected = by_hand.coverage("role", "any")
    held = {next(a for a in r["aliases"] if a in expected): r for r in rows}
    assert held.keys() == expected.keys()
    assert held["early-years-educator"]["touches"] == expected["early-years-educator"]["touches"]


def test_r074_roles_whose_training_is_sure_of_nothing_in_an_area(page, iqf):
    assert "Playworker" in page("/frameworks/common-core-2005/coverage?by=role&rule=mandatory")
    answer = iqf("coverage", "common-core-2005", "--by", "role", "--rule", "mandatory", "--json").answer
    missing = {
        next(a for a in r["aliases"] if a in expected)
        for expected in [by_hand.coverage("role", "mandatory")]
        for r in answer["rows"]
        if r["units_judged"] and not r["touches"]["CC4"]
    }
    rows = by_hand.coverage("role", "mandatory").items()
    assert missing == {role for role, row in rows if row["units_judged"] and not row["touches"]["CC4"]} != set()


def test_r066_least_covered_and_units_that_meet_none(page, iqf):
    for cut in ("cluster", "level", "unit"):
        words = page(f"/frameworks/common-core-2005/coverage?by={cut}")
        assert "CC6" in words
        answer = iqf("coverage", "common-core-2005", "--by", cut, "--json").answer
        assert len(answer["rows"]) == len(by_hand.holders(cut))
    none = [r["key"] for r in answer["rows"] if r["none"]]
    assert len(none) == 26


def test_r067_what_next(page, iqf):
    steps = [s for s in by_hand.table("qualifications/progression") if s["from_local_id"] == "Q059"]
    titles = {q["local_id"]: q["title"] for q in by_hand.table("qualifications/qualifications")}
    assert steps
    for step in steps:
        assert titles[step["to_local_id"]] in page("/qualifications/Q059")
        assert titles[step["to_local_id"]] in iqf("show", "Q059").out
    onward = iqf("routes", "--from", "Q059", "--json").answer
    assert {titles[step["to_local_id"]] for step in steps} <= {r["title"] for r in onward["qualifications"]}
    assert "What comes next" in page("/routes?from=Q059")


def test_r068_what_it_allows_and_where_that_stops(page, iqf):
    stop = "Does not by itself let the holder lead early education in a school"
    for words in (page("/qualifications/Q061"), iqf("show", "Q061").out):
        assert "Counts in staff ratios at levels 3 and 6" in words
        assert stop in words
    assert "Where that stops" in page("/roles/early-years-teacher")


def test_r069_like_awards(page, iqf):
    for words in (page("/qualifications/Q001"), iqf("show", "Q001").out):
        assert "CACHE Level 3 Diploma for the Children and Young People's Workforce (QCF)" in words
        assert "48 of 48 units" in words


def test_r070_duties_that_overlap_and_gaps(page, iqf):
    words = page("/functions")
    assert "Nobody’s main work" in words
    assert "Helping children through changes" in words
    compared = page("/compare?a=playworker&b=holiday-club-worker")
    rows = by_hand.by(by_hand.table("additions/role_functions"), "role_id")
    both = {r["function_id"] for r in rows["playworker"]} & {r["function_id"] for r in rows["holiday-club-worker"]}
    titles = {f["function_id"]: f["title"] for f in by_hand.table("additions/functions")}
    assert both
    assert all(titles[f] in compared for f in both)
    duties = iqf("show", "playworker", "--json").answer["duties"]
    assert any(d["shared_with"] for d in duties)


def test_r072_roles_without_a_minimum(page, iqf):
    words = page("/roles/entry")
    rows = by_hand.table("qualifications/role_entry")
    titles = {r["role_id"]: r["title"] for r in by_hand.table("documents/roles")}
    none = [titles[r["role_id"]] for r in rows if r["entry"] == "none"]
    assert len(none) == 15
    assert all(title in words for title in none)
    assert "Nothing is set for starting in this job" in page("/roles/playworker")
    assert "none (employer practice)" in iqf("show", "playworker").out


def test_r073_leadership_by_level(page, iqf):
    words = page("/clusters/sectors-2008/managers-leaders")
    for row in by_hand.table("qualifications/qualifications"):
        if row["cluster_id"] == "managers-leaders":
            assert row["title"] in words
    assert iqf("search", "--type", "qualification", "--level", "7", "leadership", "--json").answer["total"]


def test_r073_leadership_across_professional_lines(page, iqf):
    answer = iqf("leadership", "--json").answer
    rows = by_hand.by(by_hand.table("qualifications/role_qualifications"), "qualification_local_id")
    places = by_hand.by(
        [r for r in by_hand.table("documents/role_clusters") if r["scheme_id"] == "sectors-2008"], "role_id"
    )
    for found in answer["found"]:
        (local,) = [a for a in found["qualification"]["aliases"] if re.fullmatch(r"Q\d{3}", a)]
        by_role = [{p["cluster_id"] for p in places.get(r["role_id"], [])} for r in rows.get(local, [])]
        sectors = set().union(*by_role) - {"managers-leaders"}
        assert len(found["sectors"]) == len(sectors)
        assert found["crosses"] == (len(sectors) > 1 or {"managers-leaders"} in by_role)
        assert found["qualification"]["title"] in page("/leadership")
    assert [found["over"][0]["title"] for found in answer["found"] if found["crosses"]] == [
        "Director of children's services"
    ]


def test_r081_a_qualification_for_a_new_role(page, iqf):
    answer = iqf("compose", "--role", "family-support-worker", "--fully", "--json").answer
    words = page("/compose?for=family-support-worker&fully=yes")
    assert answer["items"]
    assert all(item["title"] in words for item in answer["items"])
    assert all(said in words for said in answer["decisions_needed"])
    held = answer["items"][0]["code"]
    less = iqf("compose", "--role", "family-support-worker", "--fully", "--held", held, "--json").answer
    assert less["credit"]["known"] < answer["credit"]["known"]


def test_r089_in_the_role_up_and_across(page, iqf):
    answer = iqf("routes", "--from", "playworker", "--json").answer
    assert {r["sort"] for r in (*answer["roles"], *answer["qualifications"])} == {"strengthen", "enhanced", "across"}
    words = page("/routes?from=playworker")
    assert words.index("In the role") < words.index("Up: an enhanced role") < words.index("Across: other roles")
    assert "1. Strengthen here" in page("/roles/playworker/advice")


def test_r083_credit_counts_towards_a_whole(page, iqf):
    answer = iqf("rules", "--held", "U-CYP31,U-SHC31", "--for", "Q001", "--json").answer
    core = next(n for n in answer["nodes"] if n["id"] == "A")
    assert (core["credit_met"]["known_low"], core["credit_needed"]) == (7, 27)
    assert len(core["missing"]) == 9
    assert "Not met" in page("/check?held=U-CYP31&for=Q001")


def test_r087_what_is_lacking_for_another_role(page, iqf):
    answer = iqf("rules", "--held", "Q001", "--for", "social-worker", "--json").answer
    assert answer["verdict"] in ("not met", "cannot say")
    missing = {u["title"] for n in answer["nodes"] for u in n["missing"]}
    assert missing
    words = page("/check?held=Q001&for=social-worker")
    assert any(title in words for title in missing)


def test_r087_what_would_carry_somebody_across(page, iqf):
    answer = iqf("topup", "--held", "Q001", "--for", "childminder", "--json").answer
    assert (answer["status"], answer["gap"], answer["cost"]["credit"]["known"]) == ("optimal", 0, 3)
    words = page("/topup?held=Q001&for=childminder")
    assert "With 2 units: 3 credits" in words
    for item in answer["items"]:
        assert item["title"] in words
        assert item["because"] in words


def test_r088_routes_ranked_by_cost_then_steps(page, iqf):
    answer = iqf("routes", "--from", "playworker", "--to", "youth-worker", "--json").answer
    assert answer["proven"]
    ranks = [(r["cost"]["credit"]["low"], len(r["steps"])) for r in answer["routes"]]
    assert ranks == sorted(ranks)
    assert len(ranks) > 1
    words = page("/routes?from=playworker&to=youth-worker")
    assert all(step["title"] in words for route in answer["routes"] for step in route["steps"])
    everywhere = iqf("routes", "--from", "playworker", "--json").answer["roles"]
    assert any(r["title"] == "Youth worker" and r["stated_steps"] for r in everywhere)
    assert "Youth worker" in page("/routes?from=playworker")
    by_steps = iqf("routes", "--from", "playworker", "--to", "youth-worker", "--rank", "down,steps", "--json").answer
    assert by_steps["ranked_by"][:2] == ["down", "steps"]
    assert iqf("routes", "--from", "playworker", "--to", "youth-worker", "--rank", "luck").status == 2


def test_r101_training_for_a_role_without_a_qualification(page, iqf):
    answer = iqf("topup", "--for", "CC1,CC2,CC3", "--json").answer
    reached = {c["statement"] for item in answer["items"] for c in item["covers"]}
    assert reached == {"CC1", "CC2", "CC3"}
    assert all(item["title"] in page("/topup?held=&for=CC1,CC2,CC3") for item in answer["items"])


def test_r090_a_role_explained_to_another_profession(page, iqf):
    row = next(r for r in by_hand.table("additions/role_extras") if r["role_id"] == "youth-worker")
    for words in (page("/roles/youth-worker"), iqf("show", "youth-worker").out):
        assert row["plain_explanation"] in words
        assert "JNC-recognised BA (Hons) or postgraduate qualification in Youth Work" in words
    assert "If you come from another profession" in page("/roles/youth-worker")
    assert re.search(r"Foundation Degree in Youth Justice", page("/roles/youth-worker"))


def test_r095_two_editions_matched(page, iqf):
    relations = iqf("show", "common-core-2010", "--json").answer["relations"]
    assert {r["relation"] for r in relations} >= {"equal"}
    assert "Common Core of Skills and Knowledge (2005)" in page("/frameworks/common-core-2010")


def test_r097_editions_and_proposals(page, iqf):
    assert "never adopted" in iqf("show", "common-core-proposals-2008").out
    assert "never adopted" in page("/frameworks/common-core-proposals-2008").lower()
    assert iqf("show", "common-core-2010", "--json").answer["replaces"]["aliases"] == ["common-core-2005"]
    assert "Replaced by" in page("/frameworks/common-core-2005")
