"""Coverage, and a naive count of the same from the real starter rows."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

import iqf.exchange.sources
from iqf.analysis.coverage import Claim, Coverage, UnitLink, coverage, coverage_by_rule, holder_view

STATEMENTS = ("S1", "S2", "S3")
LINKS = [
    UnitLink("Q", "u1", True),
    UnitLink("Q", "u2", True),
    UnitLink("Q", "u3", False),
    UnitLink("Q", "u3", False),  # listed in two groups: one unit
    UnitLink("Q", "u4", False),
    UnitLink("R", "u4", True),
    UnitLink("T", "u2", True),
]
CLAIMS = [
    Claim("u1", "S1", "fully", True),
    Claim("u1", "S1", "partly", True),  # mapped twice: one unit
    Claim("u3", "S1", "partly", False),
    Claim("u3", "S2", "partly", None),
]
JUDGED = {"u1", "u2", "u3"}


def row(found: Coverage, key):
    return next(r for r in found.rows if r.key == key)


def test_distinct_units_are_counted():
    q = row(coverage(LINKS, CLAIMS, JUDGED, STATEMENTS), "Q")
    assert (q.units_total, q.units_judged, q.none) == (4, 3, 1)
    assert q.touches == {"S1": 2, "S2": 1, "S3": 0}
    assert q.fully == {"S1": 1, "S2": 0, "S3": 0}


def test_disagreement_gives_a_range():
    q = row(coverage(LINKS, CLAIMS, JUDGED, STATEMENTS), "Q")
    assert q.touches_low == {"S1": 1, "S2": 1, "S3": 0}
    assert q.touches_high == {"S1": 2, "S2": 1, "S3": 0}


def test_what_was_never_judged_is_not_counted_as_empty():
    found = coverage(LINKS, CLAIMS, JUDGED, STATEMENTS)
    assert found.not_judged == 1  # R, whose only unit was not put to raters
    assert found.areas_reached == {0: 1, 1: 0, 2: 1, 3: 0}  # T judged and empty; Q reaches two


def test_both_rules_side_by_side():
    both = coverage_by_rule(LINKS, CLAIMS, JUDGED, STATEMENTS)
    assert row(both["any"], "Q").touches["S1"] == 2
    assert row(both["mandatory"], "Q").touches == {"S1": 1, "S2": 0, "S3": 0}
    assert row(both["mandatory"], "Q").units_total == 2


def test_what_every_holder_has_met_and_what_some_have():
    links = [link for link in LINKS if link.holder == "Q"]
    one, two, three = holder_view(links, CLAIMS, JUDGED, STATEMENTS)
    assert (one.every, one.some, one.mandatory_units, one.optional_units) == ("fully", "fully", ("u1",), ("u3",))
    assert (two.every, two.some, two.optional_units) == ("none", "touches", ("u3",))
    assert (three.every, three.some, three.unjudged_optional) == ("none", "none", 1)


def test_unjudged_units_are_said_to_be_unjudged():
    (reach,) = holder_view([UnitLink("R", "u4", True)], CLAIMS, JUDGED, ["S1"])
    assert (reach.every, reach.some, reach.unjudged_mandatory) == ("unjudged", "unjudged", 1)


def test_without_mandatory_units_nothing_is_sure():
    (reach,) = holder_view([UnitLink("Q", "u1", False)], CLAIMS, JUDGED, ["S1"])
    assert (reach.every, reach.unjudged_mandatory, reach.some) == ("none", 0, "fully")


@pytest.mark.parametrize("claims", [CLAIMS[:2], CLAIMS[1::-1]])
def test_the_order_of_claims_does_not_matter(claims):
    (reach,) = holder_view([UnitLink("Q", "u1", True)], claims, JUDGED, ["S1"])
    assert reach.every == "fully"


# ---- a naive count of the packaged starter rows ----

DATA = Path(iqf.exchange.sources.__path__[0]) / "starter" / "data" / "qualifications"
AREAS = [f"CC{n}" for n in range(1, 7)]


def rows(name) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def naive_count(pairs: Iterable[tuple[str, str]], strengths):
    """Per qualification and area, units with such an alignment, counted one by one."""
    aligned = [(r["unit_id"], r["statement_id"]) for r in rows("alignments.csv") if r["strength"] in strengths]
    counts = {}
    for qualification in {q for q, _ in pairs}:
        for area in AREAS:
            units = []
            for q, unit in pairs:
                if q == qualification and (unit, area) in aligned and unit not in units:
                    units.append(unit)
            counts[qualification, area] = len(units)
    return counts


@pytest.mark.parametrize("rule", ["any", "mandatory"])
def test_the_starter_counted_by_hand(rule):
    mandatory = {
        (r["qualification_local_id"], r["group_code"]) for r in rows("unit_groups.csv") if r["kind"] == "mandatory"
    }
    listed = [(r["qualification_local_id"], r["group_code"], r["unit_id"]) for r in rows("qualification_units.csv")]
    links = [UnitLink(q, u, (q, g) in mandatory) for q, g, u in listed]
    words = {"partial": "partly", "full": "fully"}
    claims = [
        Claim(r["unit_id"], r["statement_id"], words[r["strength"]], r["raters_agree"] == "yes")
        for r in rows("alignments.csv")
    ]
    judged = {r["unit_id"] for r in rows("judged_units.csv")}
    found = coverage(links, claims, judged, AREAS, rule)
    pairs = [(q, u) for q, g, u in listed if rule == "any" or (q, g) in mandatory]
    for strengths, of in ((("partial", "full"), "touches"), (("full",), "fully")):
        counts = naive_count(pairs, strengths)
        for r in found.rows:
            for area in AREAS:
                assert getattr(r, of)[area] == counts.get((r.key, area), 0)
    empty = {u for q, u in pairs if u in judged} - {c.unit for c in claims}
    assert {u for q, u in pairs if q == "Q001"} & empty == empty & {u for q, u in pairs if q == "Q001"}
    assert sum(found.areas_reached.values()) + found.not_judged == len({q for q, _, _ in listed})
