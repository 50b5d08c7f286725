"""Lists that filter: every count beside a filter is the number of rows it would show."""

from collections import Counter

import pytest

from iqf.reports import lists

from . import by_hand

pytestmark = pytest.mark.django_db
FACETED = (lists.roles, lists.qualifications, lists.units, lists.organisations)


def by_name(listing):
    return {name: dict(values) for name, values in listing.facets.items()}


def sector_titles():
    rows = by_hand.table("documents/clusters")
    return {c["cluster_id"]: c["title"] for c in rows if c["scheme_id"] == "sectors-2008"}


@pytest.mark.parametrize("ask", FACETED, ids=lambda f: f.__name__)
def test_every_count_beside_a_filter_is_what_it_shows(starter, ask):
    whole = ask()
    assert len(whole.rows) == whole.total
    for name, values in whole.facets.items():
        for value, count in values[-2:]:
            assert len(ask(**{name: value}).rows) == count, (name, value)


def test_a_filter_keeps_its_own_other_values_and_narrows_the_rest(starter):
    whole, level_3 = by_name(lists.qualifications()), lists.qualifications(level="3")
    narrowed = by_name(level_3)
    assert narrowed["level"] == whole["level"]
    assert sum(narrowed["kind"].values()) == len(level_3.rows) == whole["level"]["3"] == 51
    assert level_3.total == 180


def test_two_filters_hold_together(starter):
    rows = lists.qualifications(level="3", units="with units").rows
    assert 0 < len(rows) < 51
    assert {(r.thing.level, r.facts["units"]) for r in rows} == {("3", "with units")}


def test_a_value_that_nothing_has_shows_nothing(starter):
    assert not list(lists.qualifications(level="9").rows)


def test_qualifications_by_kind_cluster_owner_status_and_units_agree_with_the_files(starter):
    facets = by_name(lists.qualifications())
    rows = by_hand.table("qualifications/qualifications")
    kinds = by_hand.table("additions/qualification_kinds")
    clusters = sector_titles()
    assert facets["kind"] == Counter(k["kind"] for k in kinds)
    assert facets["cluster"] == Counter(clusters[q["cluster_id"]] for q in rows)
    assert facets["owner"] == Counter(q["awarding_organisation"] or "not known" for q in rows)
    assert facets["status"] == Counter(q["status"] or "not known" for q in rows)
    assert facets["units"] == {"with units": 94, "no units held": 86}
    assert facets["verified"] == {"seen at its source": 142, "not checked": 38}


def test_levels_of_qualifications_agree_and_no_level_is_not_an_unknown_level(starter):
    facets = by_name(lists.qualifications())["level"]
    rows = Counter(q["level"] or "blank" for q in by_hand.table("qualifications/qualifications"))
    for level in "12345678":
        assert facets[level] == rows[level]
    assert facets["Entry level"] == rows["Entry"]
    assert facets["none"] + facets["not known"] == rows["blank"]


def test_levels_stand_in_order_lowest_first(starter):
    order = [value for value, _ in lists.qualifications().facets["level"]]
    assert order == ["Entry level", "1", "2", "3", "4", "5", "6", "7", "8", "none", "not known"]


def test_roles_by_constituency_tier_status_entry_and_cluster_agree_with_the_files(starter):
    facets = by_name(lists.roles())
    rows = by_hand.table("documents/roles")
    assert facets["constituency"] == {"core": 60, "wider": 43, "unknown": 58}
    assert facets["tier"] == Counter(r["tier"] or "not known" for r in rows)
    replaced = {r["role_id"] for r in by_hand.table("additions/role_extras") if r["successor_role_id"]}
    assert facets["status"] == Counter("replaced" if r["role_id"] in replaced else r["status"] for r in rows)
    entries = Counter(r["entry"] for r in by_hand.table("qualifications/role_entry"))
    assert facets["entry"] == entries | {"not known": len(rows) - sum(entries.values())}
    titles = sector_titles()
    places = [r for r in by_hand.table("documents/role_clusters") if r["scheme_id"] == "sectors-2008"]
    found = Counter(titles[p["cluster_id"]] for p in places)
    assert facets["cluster"] == found | {"Not placed": len(rows) - len({p["role_id"] for p in places})}


def test_another_scheme_places_the_same_roles_elsewhere_and_none_is_lost(starter):
    one, other = lists.roles(), lists.roles("tiers-2008")
    assert {r.thing.code for r in one.rows} == {r.thing.code for r in other.rows}
    assert "Universal services" in by_name(other)["cluster"]


def test_units_shared_with_outcomes_and_checked_agree_with_the_files(starter):
    facets = by_name(lists.units())
    assert facets["shared"] == {"shared": 238, "in one qualification": 107, "in none": 1}
    assert facets["outcomes"] == {"with outcomes": 78, "no outcomes held": 268}
    assert facets["verified"] == {"seen at its source": 235, "not checked": 111}


def test_every_unit_counts_its_qualifications_once(starter, local):
    holders = Counter(u for units in by_hand.unit_sets().values() for u in units)
    for row in lists.units().rows:
        assert row.facts["qualifications"] == holders[local(row.thing)]


def test_organisations_count_what_they_own(starter):
    rows = {r.thing.title: r.facts for r in lists.organisations().rows}
    owned = Counter(q["awarding_organisation"] for q in by_hand.table("qualifications/qualifications"))
    units = Counter(u["owner"] for u in by_hand.table("qualifications/units"))
    assert len(rows) == 114
    for name, facts in rows.items():
        assert (facts["qualifications"], facts["units"]) == (owned[name], units[name]), name


def test_frameworks_count_their_statements_and_judged_units(starter):
    rows = {r.thing.aliases[0]: r.facts for r in lists.frameworks().rows}
    statements = Counter(s["framework_id"] for s in by_hand.table("documents/framework_statements"))
    assert {k: f["statements"] for k, f in rows.items()} == statements
    assert rows["common-core-2005"]["judged"] == 184
    assert rows["common-core-2010"]["judged"] == 0
    assert rows["common-core-proposals-2008"]["adopted"] is False


def test_only_schemes_that_place_roles_are_offered(starter):
    placing = {r["scheme_id"] for r in by_hand.table("documents/role_clusters")}
    assert {s.key for s in lists.schemes()} == placing
