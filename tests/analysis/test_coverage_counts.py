"""Counts by arrays against the same counts record by record, on small made-up worlds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.coverage import RULES, Claim, UnitLink, coverage
from iqf.analysis.coverage_counts import Known, counts, matrix, through

UNITS, HOLDERS, STATEMENTS = 6, 4, ("A", "B", "C")
STRENGTHS = (None, "partly", "fully")
AGREED = (None, False, True)

places = st.integers(0, UNITS - 1)
links = st.lists(st.tuples(st.integers(0, HOLDERS - 1), places, st.booleans(), st.booleans()), max_size=12)
claims = st.lists(
    st.tuples(places, st.integers(0, 2), st.sampled_from(STRENGTHS), st.sampled_from(AGREED)), max_size=12
)


def known_of(given_claims, judged, credit):
    numbers = [(u, s, STRENGTHS.index(x), {None: -1, False: 0, True: 1}[a]) for u, s, x, a in given_claims]
    columns = np.array(numbers or np.empty((0, 4)), np.int64).T
    weights = np.array([credit.get(u, -1) for u in range(UNITS)], np.int32)
    return Known.of(tuple(columns), np.array(sorted(judged), np.int64), weights, (UNITS, len(STATEMENTS)))


def counted_under(held, rule):
    kept = [x for x in held if (x[2] if rule == "mandatory" else x[3] or rule != "best-option")]
    found = np.array([x[:2] for x in kept] or np.empty((0, 2)), np.int64)
    return matrix(found[:, 0], found[:, 1], (HOLDERS, UNITS))


@given(links, claims, st.sets(places), st.dictionaries(places, st.integers(1, 9)), st.sampled_from(RULES))
def test_every_number_is_that_of_the_slow_count(held, given_claims, judged, credit, rule):
    slow = coverage(
        [UnitLink(str(h), str(u), m, b) for h, u, m, b in held],
        [Claim(str(u), STATEMENTS[s], x, a) for u, s, x, a in given_claims],
        {str(u) for u in judged},
        STATEMENTS,
        rule,
        {str(u): n for u, n in credit.items()},
        ["B"],
    )
    present = sorted({x[0] for x in held})
    fast = counts(counted_under(held, rule)[present], known_of(given_claims, judged, credit), STATEMENTS, rule)
    rows = {str(h): fast.row(n, str(h), ["B"]) for n, h in enumerate(present)}
    assert rows == {row.key: row for row in slow.rows}
    assert fast.areas_reached == slow.areas_reached
    assert fast.not_judged == slow.not_judged


def test_a_unit_held_by_two_ways_counts_once():
    held = matrix(np.array([0, 1, 1]), np.array([2, 2, 3]), (2, UNITS))
    both = through(matrix(np.array([0, 0]), np.array([0, 1]), (1, 2)), held)
    assert both.toarray().tolist() == [[0, 0, 1, 1, 0, 0]]


def test_shares_are_of_holders_with_a_judged_unit_and_under_credit_of_their_credit():
    known = known_of([(0, 0, "fully", None), (1, 1, "partly", None)], {0, 1, 2}, {0: 3, 1: 1, 2: 4})
    held = matrix(np.array([0, 0, 1, 2]), np.array([0, 1, 2, 5]), (3, UNITS))
    assert counts(held, known, STATEMENTS, "any").shares() == {"A": 0.5, "B": 0.5, "C": 0.0}
    assert counts(held, known, STATEMENTS, "credit").shares() == {"A": 3 / 8, "B": 1 / 8, "C": 0.0}
    nobody = counts(held[[2]], known, STATEMENTS, "any")
    assert nobody.shares() == {"A": None, "B": None, "C": None}
