"""Claims along crosswalks: what each relation lets through by hand, and that nothing ever gains strength."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.coverage import Claim
from iqf.analysis.crosswalks import INVERSE, Hop, derive, led_to, passed, raised, step, told_whole

RANK = {None: 1, "partly": 2, "fully": 3}
RELATIONS = ("equal", "subset", "superset", "intersects", "none")


@pytest.mark.parametrize(
    ("relation", "fully", "partly", "possible"),
    [
        ("equal", ("fully",), ("partly",), (None,)),
        ("subset", ("partly",), ("partly",), (None,)),
        ("superset", ("fully",), (None,), (None,)),
        ("intersects", ("partly",), (None,), (None,)),
        ("none", None, None, None),
    ],
)
def test_what_each_relation_lets_through_where_texts_were_compared(relation, fully, partly, possible):
    hop = Hop("a", "b", relation, sure=True)
    assert (passed("fully", hop), passed("partly", hop), passed(None, hop)) == (fully, partly, possible)


def test_a_relation_that_is_not_sure_lets_no_more_than_partly_through():
    assert passed("fully", Hop("a", "b", "equal")) == ("partly",)
    assert passed("fully", Hop("a", "b", "superset")) == ("partly",)
    assert passed("partly", Hop("a", "b", "superset")) == (None,)


def test_a_claim_below_the_statement_that_a_hop_leaves_is_a_part_of_it():
    (found,) = derive([Claim("u", "A.1", "fully", True)], [Hop("A", "B", "equal", sure=True)], {"A.1": "A"})
    assert found.claim == Claim("u", "B", "partly", True)
    assert raised([Claim("u", "B.1", "fully")], {"B.1": "B"}) == (Claim("u", "B", "partly"),)


def test_of_several_ways_the_strongest_counts_and_says_which_it_was():
    hops = [Hop("A", "X", "intersects", sure=True), Hop("B", "X", "equal", sure=True)]
    (found,) = derive([Claim("u", "A", "fully"), Claim("u", "B", "fully")], hops, {})
    assert (found.claim.strength, found.path) == ("fully", (hops[1],))


def test_the_way_on_keeps_every_hop_and_the_weakest_decides():
    first, second = Hop("A", "B", "subset", sure=True), Hop("B", "C", "superset", sure=True)
    held = derive([Claim("u", "A", "fully")], [first], {})
    (found,) = step(held, [second], {})
    assert (found.claim.strength, found.path) == (None, (first, second))


def test_nothing_found_means_nothing_taught_only_where_all_was_surely_looked_at():
    sure, loose = Hop("A", "B", "equal", sure=True), Hop("A", "C", "equal")
    part, whole = Hop("A", "D", "subset", sure=True), Hop("A", "E", "superset", sure=True)
    assert told_whole([[sure, loose, part, whole]]) == {"B", "E"}
    assert told_whole([[sure, whole], [Hop("B", "X", "equal", sure=True), Hop("E", "Y", "subset", sure=True)]]) == {
        "X"
    }
    assert led_to([[sure, Hop("A", "F", "none")]], [{}]) == {"B"}
    assert led_to(
        [[Hop("A", "B.1", "equal")], [Hop("B", "C", "equal"), Hop("Z", "Y", "equal")]], [{}, {"B.1": "B"}]
    ) == {"C"}


codes = st.sampled_from("ABC")
hops = st.lists(st.builds(Hop, codes, st.sampled_from("XYZ"), st.sampled_from(RELATIONS), st.booleans()), max_size=5)
claims = st.lists(st.builds(Claim, st.sampled_from("uv"), codes, st.sampled_from(["partly", "fully"])), max_size=5)


@given(claims, hops)
def test_derived_claims_are_those_of_a_naive_count_and_never_stronger_than_their_source(held, ways):
    found = {(d.claim.unit, d.claim.statement): d for d in derive(held, ways, {})}
    naive: dict[tuple[str, str], int] = {}
    for claim in held:
        for hop in ways:
            through = passed(claim.strength, hop)
            if hop.first == claim.statement and through:
                place = (claim.unit, hop.second)
                naive[place] = max(naive.get(place, 0), RANK[through[0]])
    assert {place: RANK[d.claim.strength] for place, d in found.items()} == naive
    strongest = {u: max(RANK[c.strength] for c in held if c.unit == u) for u in {c.unit for c in held}}
    assert all(RANK[d.claim.strength] <= strongest[d.claim.unit] for d in found.values())


@given(st.builds(Hop, codes, codes, st.sampled_from(RELATIONS), st.booleans()))
def test_a_hop_turned_twice_is_the_same(hop):
    assert hop.turned.turned == hop
    assert INVERSE[INVERSE[hop.relation]] == hop.relation
