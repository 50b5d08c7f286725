"""What two qualifications, or two roles, have in common."""

import itertools

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Citation
from iqf.reports.overlap import compare_roles, overlap

from . import by_hand

pytestmark = pytest.mark.django_db
CITY_AND_GUILDS, CACHE = "500/9170/0", "500/8887/7"


def ids(rows, local):
    return {local(row.unit) for row in rows}


def test_the_two_level_3_diplomas_share_48_units(starter, local):
    answer = overlap(CITY_AND_GUILDS, CACHE)
    sets = by_hand.unit_sets()
    assert ids(answer.shared_units, local) == sets["Q001"] & sets["Q002"]
    assert (len(answer.shared_units), answer.units_a, answer.units_b) == (48, 48, 48)
    assert (answer.only_a, answer.only_b) == ((), ())


def pairs():
    """Every hundredth pair of qualifications that have units: 44 pairs, the same ones each time."""
    with_units = sorted(by_hand.unit_sets())
    return list(itertools.combinations(with_units, 2))[::100]


def test_shared_and_own_units_of_many_pairs_agree_with_the_files(starter, local):
    sets = by_hand.unit_sets()
    for a, b in pairs():
        answer = overlap(a, b)
        assert ids(answer.shared_units, local) == sets[a] & sets[b], (a, b)
        assert ids(answer.only_a, local) == sets[a] - sets[b], (a, b)
        assert ids(answer.only_b, local) == sets[b] - sets[a], (a, b)
        alike = [(p.a, p.b) for p in answer.alike_units]
        assert {local(x) for x, _ in alike} <= sets[a] - sets[b], (a, b)
        assert {local(y) for _, y in alike} <= sets[b] - sets[a], (a, b)


def test_statements_of_both_and_of_each_agree_with_the_files(starter):
    sets = by_hand.unit_sets()
    rows = by_hand.table("qualifications/alignments")
    reach = {q: {a["statement_id"] for a in rows if a["unit_id"] in units} for q, units in sets.items()}
    for a, b in pairs()[::3]:
        answer = overlap(a, b)
        bare = [
            {s.partition(":")[2] for s in part}
            for part in (answer.statements_both, answer.statements_only_a, answer.statements_only_b)
        ]
        assert bare == [reach[a] & reach[b], reach[a] - reach[b], reach[b] - reach[a]], (a, b)


def test_either_order_says_the_same(starter):
    one, other = overlap("Q001", "Q032"), overlap("Q032", "Q001")
    assert {u.unit.code for u in one.shared_units} == {u.unit.code for u in other.shared_units}
    assert {u.unit.code for u in one.only_a} == {u.unit.code for u in other.only_b}
    assert one.statements_only_a == other.statements_only_b


def test_a_qualification_compared_with_itself_has_no_difference(starter):
    answer = overlap("Q001", CITY_AND_GUILDS)
    assert all(f.same for f in answer.facts)
    assert (answer.only_a, answer.only_b, answer.alike_units, answer.statements_only_a) == ((), (), (), ())


def test_facts_stand_side_by_side_and_unknown_is_none(starter):
    facts = {f.label: f for f in overlap(CITY_AND_GUILDS, CACHE).facts}
    assert (facts["Owner"].a, facts["Owner"].b, facts["Owner"].same) == ("City & Guilds", "CACHE", False)
    assert (facts["Level"].a, facts["Level"].same) == ("Level 3", True)
    assert (facts["Guided learning hours"].a, facts["Guided learning hours"].b) == (442, None)


def test_equivalent_units_are_told_apart_from_shared_ones(starter, local):
    """An equivalence that stands makes a pair, and the pair leaves `only_a` and `only_b`."""
    before = overlap("Q001", "Q032")
    first, second = before.only_a[0].unit, before.only_b[0].unit
    m.Equivalence.objects.create(
        first=m.Unit.objects.get(code=first.code),
        second=m.Unit.objects.get(code=second.code),
        citation=Citation.objects.first(),
    )
    after = overlap("Q001", "Q032")
    assert [(x.code, y.code) for x, y in after.equivalent_units] == [(first.code, second.code)]
    assert first.code not in {u.unit.code for u in after.only_a}
    assert second.code not in {u.unit.code for u in after.only_b}
    assert len(after.shared_units) == len(before.shared_units)


def test_two_roles_what_both_ask_for_and_where_duties_overlap(starter, local):
    answer = compare_roles("playworker", "youth-worker")
    asked = by_hand.by(by_hand.table("qualifications/role_qualifications"), "role_id")
    play, youth = ({r["qualification_local_id"] for r in asked[x]} for x in ("playworker", "youth-worker"))
    assert {local(q) for q, _, _ in answer.asked_by_both} == play & youth
    assert {local(q) for q, _ in answer.asked_only_a} == play - youth
    assert {local(q) for q, _ in answer.asked_only_b} == youth - play
    duties = by_hand.by(by_hand.table("additions/role_functions"), "role_id")
    titles = {f["function_id"]: f["title"] for f in by_hand.table("additions/functions")}
    a, b = ({titles[r["function_id"]] for r in duties[x]} for x in ("playworker", "youth-worker"))
    assert set(answer.functions_both) == a & b
    assert set(answer.functions_only_a) == a - b
    assert set(answer.functions_only_b) == b - a


def test_what_is_no_qualification_is_not_found(starter):
    with pytest.raises(NotFoundError, match='There is no qualification called "playworker"'):
        overlap("Q001", "playworker")
