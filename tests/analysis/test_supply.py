"""Take-up beside the people it is for: the worked example by hand, limits against a second way, words that do not
say more than is known.
"""

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis import funnel
from iqf.analysis.limits import of_count, of_share
from iqf.analysis.supply import WITHIN_SPREAD, Area, Whole, shortfall, supply

counts = st.integers(1, 2000)


def test_eight_percent_of_learners_where_eleven_percent_live():
    """METHODS: 8 % of 10,000 learners, 11 % of people: 0.727 (0.68 to 0.78); 300 reallocated, 337 added."""
    (one, _) = supply([Area("here", 800, 1100), Area("elsewhere", 9200, 8900)]).areas
    assert one.quotient.value == pytest.approx(0.08 / 0.11)
    assert (round(one.quotient.limits.low, 2), round(one.quotient.limits.high, 2)) == (0.68, 0.78)
    assert (round(one.shortfall.reallocated), round(one.shortfall.added)) == (300, 337)
    assert (800 + one.shortfall.added) / (10000 + one.shortfall.added) == pytest.approx(0.11)


@given(counts, counts)
def test_wilson_limits_are_the_shares_whose_own_spread_just_reaches_what_was_seen(seen, more):
    limits, n, p = of_share(seen, seen + more), seen + more, seen / (seen + more)
    for limit in (limits.low, limits.high):
        assert abs(p - limit) == pytest.approx(1.959964 * sqrt(limit * (1 - limit) / n), rel=1e-5)
    assert limits.holds(p)


@pytest.mark.parametrize("seen", range(1, 10))
def test_exact_limits_leave_a_fortieth_in_each_tail(seen):
    limits = of_count(seen)

    def at_most(count, mean):
        return sum(exp(-mean) * mean**k / _factorial(k) for k in range(count + 1))

    assert at_most(seen, limits.high) == pytest.approx(0.025)
    assert 1 - at_most(seen - 1, limits.low) == pytest.approx(0.025)


def _factorial(k):
    return 1 if k < 2 else k * _factorial(k - 1)


def test_byars_limits_come_near_the_exact_ones():
    """Published: 100 events, 81.36 to 121.63 exactly, 81.36 and 121.63 by Byar."""
    limits = of_count(100)
    assert (round(limits.low, 2), round(limits.high, 2)) == (81.36, 121.63)


def test_none_seen_has_an_upper_limit():
    assert of_count(0).low == 0
    assert of_count(0).high == pytest.approx(3.689, abs=0.001)


@pytest.mark.parametrize("wrong", [(5, 4), (-1, 4), (0, 0)])
def test_what_is_no_share_is_refused(wrong):
    with pytest.raises(ValueError, match="no share"):
        of_share(*wrong)


def test_a_suppressed_area_is_not_assessable_and_nothing_is_added_up_from_the_rest():
    found = supply([Area("a", None, 1000), Area("b", 300, 1000), Area("c", 100, 1000)])
    assert found.learners is None
    assert {one.grade for one in found.areas} == {"not assessable"}
    assert all(one.share is None and one.quotient is None for one in found.areas)
    assert found.areas[0].reason == "The number of learners is not published for this area."
    assert found.areas[1].would_settle_it == "The missing numbers."


def test_low_take_up_is_under_supply_only_with_evidence_of_demand():
    others = [Area(f"o{n}", 1000, 1000) for n in range(8)]

    def graded(pressed):
        return supply(
            [Area("low", 500, 1000, pressed=pressed, evidence="its vacancies are above England's"), *others]
        )

    assert graded(True).areas[0].grade == "under-supplied"
    assert "its vacancies are above" in graded(True).areas[0].reason
    assert graded(False).areas[0].grade == graded(None).areas[0].grade == "low take-up, cause unknown"
    assert graded(None).areas[0].would_settle_it
    assert {one.grade for one in graded(True).areas[1:]} == {"no evidence"}


def test_too_few_expected_say_nothing():
    (one, _) = supply([Area("small", 0, 1), Area("large", 1000, 1000)]).areas
    assert one.grade == "not assessable"
    assert "one more or less" in one.reason


@given(st.integers(30, 9000), st.integers(5, 60), st.integers(5, 60))
def test_one_area_stands_out_exactly_where_its_limits_leave_out_one(learners, percent, people):
    """A grade that its own limits contradict is no grade: 8 % of 500 beside 11 % has limits of 0.54 to 0.97."""
    seen = learners * percent / 100
    (one,) = supply([Area("here", seen, people)], whole=Whole(learners, 100.0)).areas
    if one.grade != "not assessable":
        assert one.stands_out == (not one.quotient.limits.holds(1))


def test_limits_that_leave_out_one_are_explained_where_areas_vary_as_far_anyway():
    areas = [Area(f"{n}", 1000 * (1 + 0.4 * (-1) ** n), 1000) for n in range(40)]
    found = supply(areas).areas
    assert not any(one.stands_out or one.quotient.limits.holds(1) for one in found)
    assert {one.reason for one in found if one.quotient.value < 1} == {WITHIN_SPREAD}
    assert {one.reason for one in found if one.quotient.value > 1} == {"It has more learners than its share."}


def test_standardised_ratios_stand_beside_quotients():
    (one, _) = supply([Area("a", 50, 1000, expected=100.0), Area("b", 150, 1000, expected=100.0)]).areas
    assert one.standardised.value == 0.5
    assert one.standardised.limits.low == pytest.approx(of_count(50).low / 100)


def test_overdispersion_needs_many_areas_and_is_not_decided_by_one_outlier():
    assert funnel.spread([1.0] * 9, [0.1] * 9) is None
    steady = [1 + 0.1 * (-1) ** n for n in range(40)]
    calm = funnel.spread(steady, [0.1] * 40)
    assert calm.phi == pytest.approx(1)
    assert calm.tau2 == pytest.approx(0.01 / 40, abs=1e-3)
    wild = funnel.spread([*steady[:-1], 9.0], [0.1] * 40)
    assert wild.phi == pytest.approx(calm.phi, abs=0.05)


def test_areas_that_vary_anyway_do_not_stand_out():
    ratios = [1 + 0.4 * (-1) ** n for n in range(40)]
    areas = [Area(f"{n}", 1000 * r, 1.0, expected=1000.0) for n, r in enumerate(ratios)]
    assert supply(areas).spread.tau2 > 0.1
    assert not any(one.stands_out for one in supply(areas).areas)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.001, 0.5))
def test_standing_out_holds_down_false_alarms_as_published(chances, share):
    out = funnel.stand_out(chances, share)
    last = max(
        (k for k in range(1, len(chances) + 1) if sorted(chances)[k - 1] <= k * share / len(chances)), default=0
    )
    assert sum(out) >= last
    assert all(mark == (last > 0 and p <= sorted(chances)[last - 1]) for mark, p in zip(out, chances, strict=True))


@given(counts, st.integers(1, 9000))
def test_a_shortfall_brings_the_share_up_to_the_base(seen, base):
    short = shortfall(seen, 10000, base / 10000)
    if short is None:
        assert seen >= base
    else:
        assert seen + short.reallocated == pytest.approx(base)
        assert (seen + short.added) / (10000 + short.added) == pytest.approx(base / 10000)
