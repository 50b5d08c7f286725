"""Coverage against a count by hand from the starter's files."""

import dataclasses

import pytest

from iqf.catalogue.queries import NotFoundError
from iqf.reports.coverage import coverage, table

from . import by_hand

pytestmark = pytest.mark.django_db
CUTS = ("qualification", "unit", "level", "cluster", "role")
COMMON_CORE = "common-core-2005"


def found(answer, local):
    """The rows of an answer under the files' own ids, as plain numbers."""
    rows = {}
    for row in answer.rows:
        numbers = dataclasses.asdict(row.counts)
        key = numbers.pop("key")
        rows[local(row.thing) if row.thing else key] = numbers
    assert len(rows) == len(answer.rows)
    return rows


@pytest.mark.parametrize("rule", ["any", "mandatory"])
@pytest.mark.parametrize("cut", CUTS)
def test_every_number_of_every_cut_agrees_with_the_count_by_hand(starter, local, cut, rule):
    answer = coverage(COMMON_CORE, by=cut, rule=rule)
    assert found(answer, local) == by_hand.coverage(cut, rule)


@pytest.mark.parametrize("scheme", ["workforce-bodies-2008", "mapping-2005", "tiers-2008", "dfes-2005"])
def test_other_schemes_count_a_qualification_wherever_a_role_asks_for_it(starter, local, scheme):
    answer = coverage(COMMON_CORE, by="cluster", scheme=scheme)
    assert found(answer, local) == by_hand.coverage("cluster", "any", scheme)


@pytest.mark.parametrize("cut", CUTS)
def test_how_many_rows_reach_k_areas_under_either_rule_side_by_side(starter, cut):
    for rule, other in (("any", "mandatory"), ("mandatory", "any")):
        answer = coverage(COMMON_CORE, by=cut, rule=rule)
        by_rule = {r: by_hand.coverage(cut, r) for r in (rule, other)}
        assert dict(answer.areas_reached) == by_hand.areas_reached(by_rule[rule])
        ((name, _, reached),) = answer.other_rules
        assert name == other
        assert dict(reached) == by_hand.areas_reached(by_rule[other])
        assert answer.not_judged == sum(not row["units_judged"] for row in by_rule[rule].values())


def test_the_totals_count_every_unit_once(starter):
    totals = dataclasses.asdict(coverage(COMMON_CORE).totals)
    totals.pop("key")
    assert totals == by_hand.counts({u["unit_id"] for u in by_hand.table("qualifications/units")})
    assert (totals["units_total"], totals["units_judged"], totals["none"]) == (346, 184, 26)


def test_not_yet_judged_is_told_apart_from_judged_and_found_empty(starter, local):
    rows = found(coverage(COMMON_CORE, by="unit"), local)
    seen = by_hand.judged()
    reached = {a["unit_id"] for a in by_hand.table("qualifications/alignments")}
    assert {u for u, row in rows.items() if row["none"]} == seen - reached
    assert {u for u, row in rows.items() if not row["units_judged"]} == rows.keys() - seen


def test_who_judged_is_part_of_the_answer(starter):
    assert coverage(COMMON_CORE).raters == (("machine", 2),)


def test_rows_stand_by_level_then_title(starter):
    ranks = [row.thing.level or "9" for row in coverage(COMMON_CORE).rows]
    known = [rank for rank in ranks if rank.isdigit()]
    assert known == sorted(known)


def test_a_framework_for_which_no_unit_was_judged_says_so(starter):
    answer = coverage("common-core-2010")
    assert answer.not_judged == len(answer.rows)
    assert answer.raters == ()
    assert answer.totals.units_judged == 0


def test_the_table_has_a_column_for_every_count_of_every_statement(starter):
    answer = coverage(COMMON_CORE)
    columns, rows = table(answer)
    assert columns[:4] == ["code", "label", "units_total", "units_judged"]
    assert len(columns) == 4 + 4 * 6 + 1
    assert {len(row) for row in rows} == {len(columns)}
    assert len(rows) == len(answer.rows)
    first = dict(zip(columns, rows[0], strict=True))
    assert first["touches_CC2"] == answer.rows[0].counts.touches["CC2"]
    assert first["none"] == answer.rows[0].counts.none


def test_an_unknown_framework_is_not_found_in_a_sentence(starter):
    with pytest.raises(NotFoundError, match='There is no framework called "common-core-1999"'):
        coverage("common-core-1999")
