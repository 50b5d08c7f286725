"""Every `--json` answer against JSON.md: the envelope, and the keys of its shape with their types."""

import json
from datetime import date

import pytest

from iqf.accounts.queries import data_version

pytestmark = pytest.mark.django_db
NUMBER = (int, float)
NULL = type(None)
THING = {"code": str, "aliases": list, "title": str}

SHAPES = {
    "search": (
        ["search", "playworker"],
        {"query": str, "total": int, "facets": dict, "results": list},
    ),
    "show": (["show", "500/9170/0"], THING | {"facts": list}),
    "history": (["history", "playworker"], {"thing": dict, "total": int, "groups": list, "page": int, "pages": int}),
    "quality": (["quality"], {"checks": list}),
    "rules": (["rules", "--held", "U-CYP31", "--for", "Q001"], {"target": dict, "verdict": str, "nodes": list}),
    "coverage": (
        ["coverage", "common-core-2005"],
        {"framework": dict, "rule": str, "statements": list, "rows": list, "areas_reached": dict},
    ),
    "coverage-cell": (
        ["coverage", "common-core-2005", "--area", "CC6", "--by", "level", "--row", "3"],
        {"framework": dict, "row": str, "area": dict, "counts": dict, "units": list, "raters": list},
    ),
    "role-coverage": (
        ["coverage", "common-core-2005", "--role", "playworker"],
        {"role": dict, "framework": dict, "qualifications": list, "only_relevant": bool, "needs": list},
    ),
    "carry": (["carry", "common-core-2005", "common-core-2010", "--dry-run"], {"answer": dict, "proposals": list}),
    "crowding": (
        ["overlap", "--cluster", "youth"],
        {"scheme": str, "key": str, "levels": list, "shared": list, "repeated": list, "without_units": int},
    ),
    "overlap": (
        ["overlap", "Q001", "Q032"],
        {
            "a": dict,
            "b": dict,
            "shared_units": list,
            "equivalent_units": list,
            "alike_units": list,
            "statements_both": list,
            "only_a": list,
            "only_b": list,
        },
    ),
    "topup": (
        ["topup", "--held", "Q001", "--for", "childminder"],
        {
            "target": dict,
            "status": str,
            "gap": (int, NULL),
            "cost": (dict, NULL),
            "items": list,
            "alternatives": list,
            "unmet": list,
        },
    ),
    "routes": (
        ["routes", "--from", "playworker", "--to", "youth-worker"],
        {"from": dict, "to": dict, "proven": bool, "bound": (int, float, NULL), "routes": list},
    ),
    "compose": (
        ["compose", "--role", "family-support-worker", "--fully"],
        {
            "target": dict,
            "status": str,
            "gap": (int, NULL),
            "items": list,
            "size": (str, NULL),
            "owners": list,
            "coverage": dict,
            "like_existing": list,
            "decisions_needed": list,
        },
    ),
    "transitions": (
        ["transitions", "--from", "playworker", "--to", "childminder"],
        {"rule": str, "counts": dict, "shared": list, "transitions": list},
    ),
    "reach": (["routes", "--from", "playworker"], {"from": dict, "roles": list}),
    "arrive": (["routes", "--to", "youth-worker"], {"to": dict, "origins": list}),
    "deadends": (["deadends"], {"dead_ends": list, "only_a_degree": list, "rule": str}),
    "duplicates": (["duplicates"], {"pairs": list}),
    "inclusion": (
        ["inclusion"],
        {"version": int, "draft": bool, "clauses": list, "enters": list, "leaves": list, "borderline": list},
    ),
    "requirements": (["requirements"], {"requirements": list, "states": list}),
}
RESULT = {
    "type": str,
    "code": str,
    "aliases": list,
    "title": str,
    "level": str,
    "owner": str,
    "status": str,
    "in_framework": bool,
}
CHECK = {"id": str, "outcome": str, "count": int, "examples": list}
COVERED = {
    "key": str,
    "label": str,
    "units_total": int,
    "units_judged": int,
    "touches": dict,
    "fully": dict,
    "none": int,
    "touches_low": dict,
    "touches_high": dict,
}
NODE = {
    "id": str,
    "words": str,
    "verdict": str,
    "credit_met": dict,
    "credit_needed": (int, NULL),
    "missing": list,
}


def has(value, keys):
    """The value has these keys, each of its type."""
    assert keys.keys() <= value.keys()
    for key, kind in keys.items():
        assert isinstance(value[key], kind), (key, value[key])


@pytest.mark.parametrize("shape", SHAPES)
def test_the_envelope_and_the_keys(iqf, shape):
    arguments, keys = SHAPES[shape]
    ran = iqf(*arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    has(ran.answer, {"schema": str, "data_version": str, "as_of": str, "warnings": list} | keys)
    assert ran.answer["schema"] == f"iqf.{shape}/1"
    assert ran.answer["data_version"] == data_version()
    assert date.fromisoformat(ran.answer["as_of"])


@pytest.mark.parametrize("shape", SHAPES)
def test_the_date_asked_about_is_in_the_envelope(iqf, shape):
    ran = iqf(*SHAPES[shape][0], "--json", "--on", "2012-05-01")
    assert ran.answer["as_of"] == "2012-05-01"


@pytest.mark.parametrize("shape", SHAPES)
def test_without_json_the_same_command_speaks_words(iqf, shape):
    ran = iqf(*SHAPES[shape][0])
    assert (ran.status, ran.err) == (0, "")
    with pytest.raises(json.JSONDecodeError):
        json.loads(ran.out)
    assert "None" not in ran.out
    assert "{" not in ran.out


TOTAL = {"known": int, "low": int, "high": (int, NULL), "unknown_items": int}


def test_a_top_up_and_its_alternatives(iqf):
    answer = iqf("topup", "--held", "Q001", "--for", "childminder", "--json").answer
    for way in (answer, *answer["alternatives"]):
        has(way["cost"], {"credit": dict, "glh": dict, "pounds": dict})
        for total in way["cost"].values():
            has(total, TOTAL)
        for item in way["items"]:
            has(item, THING | {"credit": (int, NULL), "covers": list, "because": str})
    shut = iqf("topup", "--held", "U-SHC31", "--for", "Q001", "--json").answer
    assert (shut["status"], shut["cost"], shut["items"]) == ("impossible", None, [])
    has(shut["unmet"][0], {"rule": str, "why": str, "possible_if": str})


def test_the_steps_of_routes(iqf):
    answer = iqf("routes", "--from", "playworker", "--to", "youth-worker", "--json").answer
    for route in answer["routes"]:
        has(route, {"steps": list, "cost": dict})
        has(route["cost"]["credit"], TOTAL)
        for step in route["steps"]:
            has(step, THING | {"kind": str, "topup": dict, "stated": bool, "salary": (dict, NULL)})
    assert iqf("routes").status == 2


def test_search_results(iqf):
    answer = iqf("search", "playworker", "--json").answer
    for result in answer["results"]:
        has(result, RESULT)
    assert answer["total"] >= len(answer["results"]) > 0
    assert sum(answer["facets"]["type"].values()) == answer["total"]


def test_search_pages(iqf):
    whole = iqf("search", "playworker", "--limit", "10", "--json").answer["results"]
    part = iqf("search", "playworker", "--limit", "4", "--offset", "3", "--json").answer["results"]
    assert part == whole[3:7]


@pytest.mark.parametrize("name", ["playworker", "500/9170/0", "U-SHC31", "RN5156", "common-core-2005"])
def test_show_of_every_kind(iqf, name):
    answer = iqf("show", name, "--json").answer
    has(answer, THING | {"kind": str, "facts": list})
    assert name in answer["aliases"]
    for fact in answer["facts"]:
        has(fact, {"name": str, "label": str, "verified": bool, "certainty": str, "citations": list})
        for citation in fact["citations"]:
            has(citation, {"source": str, "title": str, "url": str, "verified": bool, "certainty": str})


def test_a_copy_on_a_document_sharing_site_is_not_linked_in_json(iqf):
    citations = [c for f in iqf("show", "500/8887/7", "--json").answer["facts"] for c in f["citations"]]
    assert {(c["held_elsewhere"], c["url"]) for c in citations} == {(True, "")}


def test_quality_checks(iqf):
    for check in iqf("quality", "--json").answer["checks"]:
        has(check, CHECK)
        assert check["outcome"] in ("pass", "fail", "not applicable")


@pytest.mark.parametrize("cut", ["qualification", "unit", "level", "cluster", "role"])
@pytest.mark.parametrize("rule", ["any", "mandatory"])
def test_coverage_rows(iqf, cut, rule):
    answer = iqf("coverage", "common-core-2005", "--by", cut, "--rule", rule, "--json").answer
    codes = [s["code"] for s in answer["statements"]]
    assert codes == ["CC1", "CC2", "CC3", "CC4", "CC5", "CC6"]
    assert list(answer["areas_reached"]) == [str(k) for k in range(7)]
    assert sum(answer["areas_reached"].values()) + answer["not_judged"] == len(answer["rows"])
    for row in answer["rows"]:
        has(row, COVERED)
        for counts in ("touches", "fully", "touches_low", "touches_high"):
            assert list(row[counts]) == codes
        for code in codes:
            assert row["touches_low"][code] <= row["touches"][code] <= row["touches_high"][code]
            assert row["fully"][code] <= row["touches"][code] <= row["units_judged"]
        assert row["units_judged"] + row["units_not_judged"] == row["units_total"]


def test_overlap_lists(iqf):
    answer = iqf("overlap", "Q001", "Q032", "--json").answer
    for part in ("shared_units", "only_a", "only_b"):
        for unit in answer[part]:
            has(unit, THING)
    for pair in answer["alike_units"]:
        has(pair, {"a": dict, "b": dict, "score": NUMBER})
        assert 0 <= pair["score"] <= 1


def test_rules_nodes(iqf):
    answer = iqf("rules", "--held", "U-CYP31", "--for", "Q001", "--json").answer
    has(answer["target"], THING)
    assert answer["verdict"] in ("met", "not met", "cannot say")
    for node in answer["nodes"]:
        has(node, NODE)
        for unit in node["missing"]:
            has(unit, THING)


def test_ingest_of_nothing_new(iqf):
    iqf("ingest", "starter")
    answer = iqf("ingest", "starter", "--json").answer
    has(
        answer,
        {
            "schema": str,
            "data_version": str,
            "as_of": str,
            "warnings": list,
            "source": str,
            "retrieval": dict,
            "added": int,
            "changed": int,
            "unchanged": int,
            "retired": int,
            "changes": list,
            "conflicts": list,
            "writes": int,
        },
    )
    has(answer["retrieval"], {"sha256": str, "rows": int})
    assert (answer["schema"], answer["source"]) == ("iqf.ingest/1", "starter")
    assert (answer["added"], answer["changed"], answer["retired"], answer["writes"]) == (0, 0, 0, 0)
    assert 5000 < answer["unchanged"] <= answer["retrieval"]["rows"]


def test_coverage_as_csv_opens_in_a_spreadsheet(iqf):
    ran = iqf("coverage", "common-core-2005", "--csv")
    lines = ran.out.splitlines()
    assert lines[0].startswith("\ufeffcode,label,units_total,units_judged,touches_CC1")
    assert len(lines) == 95


def test_coverage_is_written_as_a_workbook_and_a_chart(iqf, tmp_path):
    ran = iqf("coverage", "common-core-2005", "--xlsx", str(tmp_path / "c.xlsx"), "--chart", str(tmp_path / "c.svg"))
    assert "Sharing information (CC6) is touched by" in ran.out
    assert (tmp_path / "c.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "c.svg").read_text().startswith("<svg ")


def test_pairs_of_duplicates_name_both_things_and_say_why(iqf):
    pairs = iqf("duplicates", "--of", "units", "--limit", "3", "--json").answer["pairs"]
    assert len(pairs) == 3
    for pair in pairs:
        assert {"a", "b", "score", "why"} <= pair.keys()
        assert all(isinstance(pair[side][key], kind) for side in "ab" for key, kind in THING.items())
    assert [p["score"] for p in pairs if p["verdict"] == "same"] == sorted(
        (p["score"] for p in pairs if p["verdict"] == "same"), reverse=True
    )


def test_duplicates_as_text_and_a_limit_that_cannot_be(iqf):
    text = iqf("duplicates", "--verdict", "same").out
    assert "Nothing was merged." in text
    assert "[similar]" not in text
    assert "--limit is 1 or more" in iqf("duplicates", "--limit", "0").err
