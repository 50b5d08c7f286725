"""Coverage against a count by hand from the starter's files."""

import dataclasses
from collections import defaultdict

import pytest
from tests.mapping.judging_world import from_file, record, unjudged

from iqf.catalogue.models import Qualification
from iqf.catalogue.queries import NotFoundError
from iqf.mapping import actions
from iqf.mapping.models import Batch
from iqf.reports.coverage import coverage, table
from iqf.reports.things import ref

from . import by_hand

pytestmark = pytest.mark.django_db
CUTS = ("qualification", "unit", "level", "cluster", "role")
COMMON_CORE = "common-core-2005"


def numbers(row):
    """The numbers of a row."""
    held = dataclasses.asdict(row.counts)
    assert held.pop("open") == ()
    del held["key"]
    return held


def found(answer, local):
    """The rows of an answer under the files' own ids, as plain numbers."""
    rows = {local(row.thing) if row.thing else row.counts.key: numbers(row) for row in answer.rows}
    assert len(rows) == len(answer.rows)
    return rows


@pytest.mark.parametrize("rule", ["any", "mandatory"])
@pytest.mark.parametrize("cut", CUTS)
def test_every_number_of_every_cut_agrees_with_the_count_by_hand(starter, local, cut, rule):
    answer = coverage(COMMON_CORE, by=cut, rule=rule)
    assert found(answer, local) == by_hand.coverage(cut, rule)


@pytest.mark.parametrize("cut", ["owner", "kind"])
def test_owners_and_kinds_gather_the_units_of_their_qualifications(starter, local, cut):
    units, expected = by_hand.unit_sets(), defaultdict(set)
    for q in Qualification.objects.filter(retired_on=None).select_related("owner").prefetch_related("aliases"):
        key = q.kind if cut == "kind" else q.owner and q.owner.code
        expected[key] |= units.get(local(ref(q)), set())
    expected.pop(None, None)
    rows = {row.counts.key: numbers(row) for row in coverage(COMMON_CORE, by=cut).rows}
    assert rows == {key: by_hand.counts(held) for key, held in expected.items() if held}


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
        reached = {name: dict(numbers) for name, _, numbers in answer.other_rules}
        assert list(reached) == [name for name in ("any", "mandatory", "best-option", "credit") if name != rule]
        assert reached[other] == by_hand.areas_reached(by_rule[other])
        assert answer.not_judged == sum(not row["units_judged"] for row in by_rule[rule].values())


def test_the_best_choice_lies_between_what_is_sure_and_what_is_possible(starter):
    by_rule = {rule: coverage(COMMON_CORE, rule=rule) for rule in ("mandatory", "best-option", "any")}
    reached = {rule: {r.counts.key: r.counts.reached for r in found.rows} for rule, found in by_rule.items()}
    assert by_rule["any"].best_unproven > 0
    for code, most in reached["any"].items():
        assert reached["mandatory"][code] <= reached["best-option"][code] <= most
    assert sum(reached["mandatory"].values()) < sum(reached["best-option"].values()) < sum(reached["any"].values())


def test_credit_is_added_up_and_unknown_credit_is_not_zero(starter, local):
    """Each qualification's credits against the files: of judged units, those that touch each area."""
    credit = {u["unit_id"]: u["credit"] for u in by_hand.table("qualifications/units")}
    known = {unit: int(text) for unit, text in credit.items() if text.isdigit()}
    reach = {
        s: {a["unit_id"] for a in by_hand.table("qualifications/alignments") if a["statement_id"] == s}
        for s in by_hand.AREAS
    }
    units = by_hand.unit_sets()
    rows = found(coverage(COMMON_CORE, rule="credit"), local)
    assert any(row["unknown"] for row in rows.values())
    for code, row in rows.items():
        seen = units[code] & by_hand.judged()
        assert row["unknown"] == len(seen - known.keys())
        assert row["amount"] == sum(known.get(u, 0) for u in seen)
        assert row["touches"] == {s: sum(known.get(u, 0) for u in seen & reach[s]) for s in by_hand.AREAS}


def test_all_four_rules_stand_side_by_side_whatever_is_asked(starter):
    first, other = coverage(COMMON_CORE), coverage(COMMON_CORE, rule="credit")
    assert first.side_by_side == other.side_by_side
    assert [line.rule for line in first.side_by_side] == ["any", "mandatory", "best-option", "credit"]
    rows = [row.counts for row in first.rows if row.counts.units_judged]
    share = sum(row.touches["CC4"] > 0 for row in rows) / len(rows)
    assert first.side_by_side[0].shares["CC4"] == pytest.approx(share)


def test_a_rater_who_sees_less_widens_the_range_and_leaves_the_count(starter):
    """What one rater did not see is not in the strict reading; what only one saw is in the lenient one alone."""
    unit = unjudged(1)[0]

    def of(area):
        row = next(r.counts for r in coverage(COMMON_CORE, by="unit").rows if r.counts.key == unit.code)
        return row.touches_low[area], row.touches[area], row.touches_high[area]

    one, two, third = (actions.register(by="t", name=name, kind="person") for name in ("Ann", "Bea", "Cleo"))
    done = record(one, from_file(unit, CC1=2, CC2=1, CC3=0))
    record(two, from_file(unit, CC1=2, CC2=1, CC3=0))
    assert of("CC2") == (0, 0, 0)  # nothing was accepted yet
    actions.accept(by="t", batch=Batch.objects.get(key=done.batches[0]), reason="Looked at")
    assert (of("CC2"), of("CC3")) == ((1, 1, 1), (0, 0, 0))
    record(third, from_file(unit, CC1=2, CC2=0, CC3=1))
    assert (of("CC1"), of("CC2"), of("CC3")) == ((1, 1, 1), (0, 1, 1), (0, 0, 1))


def test_the_totals_count_every_unit_once(starter):
    totals = dataclasses.asdict(coverage(COMMON_CORE).totals)
    assert (totals.pop("key"), totals.pop("open")) == ("all", ())
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
