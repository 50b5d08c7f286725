"""Clusters by levels, job functions, and what stands at the entry of each role."""

from collections import Counter

import pytest

from iqf.catalogue.queries import NotFoundError
from iqf.reports.clusters import BY_ROLE, PLACED, cluster, clusters, functions
from iqf.reports.entry import entry
from iqf.reports.levels import levels

from . import by_hand

pytestmark = pytest.mark.django_db


def column(level):
    return "E" if level.startswith("Entry") else level


def test_every_cell_of_the_sectors_agrees_with_the_file(starter, local):
    answer = clusters()
    rows = by_hand.table("qualifications/qualifications")
    assert (answer.scheme.key, answer.rule) == ("sectors-2008", PLACED)
    for row in answer.rows:
        own = [q for q in rows if q["cluster_id"] == row.key]
        levelled = Counter(column(q["level"]) for q in own if q["level"])
        assert {c: n for c, n in row.by_level.items() if c not in ("", "none") and n} == levelled
        assert row.by_level["none"] + row.by_level[""] == sum(not q["level"] for q in own)
        assert row.total == len(own)
        owners = {q["awarding_organisation"] for q in own if q["awarding_organisation"]}
        assert set(cluster("sectors-2008", row.key).cluster.owners) == owners
    assert sum(row.total for row in answer.rows) == 180


@pytest.mark.parametrize("scheme", ["sectors-2008", "workforce-bodies-2008", "mapping-2005", "tiers-2008"])
def test_roles_stand_where_each_scheme_places_them(starter, local, scheme):
    answer = clusters(scheme)
    placed = [r for r in by_hand.table("documents/role_clusters") if r["scheme_id"] == scheme]
    expected = by_hand.by(placed, "cluster_id")
    for row in answer.rows:
        placed_here = {r["role_id"] for r in expected.get(row.key, ())}
        assert {local(r) for r in cluster(scheme, row.key).cluster.roles} == placed_here
        assert row.roles == len(placed_here)
    assert answer.unplaced_roles == 161 - len({r["role_id"] for r in placed})


def test_in_a_scheme_that_places_no_qualification_one_counts_wherever_a_role_asks_for_it(starter, local):
    answer = clusters("workforce-bodies-2008")
    assert answer.rule == BY_ROLE
    where = by_hand.clusters_of("workforce-bodies-2008")
    for row in answer.rows:
        own = cluster("workforce-bodies-2008", row.key).cluster
        held = {local(q) for things in own.by_level.values() for q in things}
        assert {level: len(things) for level, things in own.by_level.items()} == row.by_level
        assert held == {q for q, keys in where.items() if row.key in keys}


def test_an_unknown_scheme_falls_back_to_the_default(starter):
    assert clusters("no-such-scheme").scheme.key == "sectors-2008"


def test_one_cluster_is_the_row_of_the_overview(starter):
    row = next(r for r in clusters().rows if r.key == "youth")
    one = cluster("sectors-2008", "youth").cluster
    assert (len(one.roles), one.total, one.title) == (row.roles, row.total, row.title)


def test_a_cluster_of_a_scheme_that_places_no_roles_has_a_page_too(starter):
    key = next(c["cluster_id"] for c in by_hand.table("documents/clusters") if c["scheme_id"] == "bbf-2008")
    assert cluster("bbf-2008", key).cluster.roles == ()


def test_an_unknown_cluster_is_not_found_in_a_sentence(starter):
    with pytest.raises(NotFoundError, match='There is no cluster "x" in the scheme "sectors-2008"'):
        cluster("sectors-2008", "x")


def test_functions_carried_by_many_overlap_and_those_nobody_has_as_main_work_are_gaps(starter, local):
    rows = {f.key: f for f in functions()}
    carried = by_hand.by(by_hand.table("additions/role_functions"), "function_id")
    assert len(rows) == 50
    for key, row in rows.items():
        expected = carried.get(key, ())
        assert {local(r) for r in row.main} == {r["role_id"] for r in expected if r["part"] == "main"}
        assert {local(r) for r in row.part} == {r["role_id"] for r in expected if r["part"] == "part"}
    assert any(not row.main for row in rows.values())


def test_fifteen_roles_have_nothing_set_at_entry_and_that_is_stated(starter, local):
    answer = entry()
    stated = by_hand.by(by_hand.table("qualifications/role_entry"), "role_id")
    none = {role for role, rows in stated.items() if any(r["entry"] == "none" for r in rows)}
    mandatory = {
        r["role_id"] for r in by_hand.table("qualifications/role_qualifications") if r["strength"] == "mandatory"
    }
    something = {role for role, rows in stated.items() if any(r["entry"] != "none" for r in rows)} | mandatory
    assert {local(r.role) for r in answer.nothing_set} == none - something
    assert {local(r.role) for r in answer.set} == something
    assert len(none) == 15
    assert len(answer.set) + len(answer.nothing_set) + len(answer.not_known) == 161
    assert {"playworker", "youth-worker"} <= {local(r.role) for r in answer.nothing_set}


def test_no_role_with_a_mandatory_requirement_is_said_to_have_nothing_set(starter):
    assert not any(row.mandatory for row in entry().nothing_set)


def test_levels_are_explained_lowest_first_with_examples_and_counts(starter):
    answer = levels()
    rows = Counter(column(q["level"]) for q in by_hand.table("qualifications/qualifications"))
    assert [x.level for x in answer.levels] == ["E", "1", "2", "3", "4", "5", "6", "7", "8", "none"]
    for level in answer.levels[:-1]:
        assert level.qualifications == rows[level.level]
        assert level.plain
        assert level.can_do
    assert answer.levels[-1].qualifications + answer.not_known == rows[""]


def test_a_relevelled_qualification_keeps_both_levels(starter, local):
    found = {local(r.qualification): (r.old_level, r.level) for r in levels().relevelled}
    assert found == {
        r["qualification_local_id"]: (r["old_level"], r["revised_level"])
        for r in by_hand.table("additions/relevelled")
    }
