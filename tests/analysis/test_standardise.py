"""Learners expected by age: by hand, against a second way, and unknown where a part is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis import standardise
from iqf.analysis.ages import Ages, ages, joined, made_up_of
from iqf.analysis.limits import of_count
from iqf.analysis.supply import Area, Whole, supply

counts = st.integers(1, 5000)


def test_expected_by_age_by_hand():
    """Rates 300/1000 young and 100/2000 old: 400 young and 200 old are expected to be 120 + 10 learners."""
    rates = standardise.rates({"19-24": 300, "25+": 100}, {"19-24": 1000, "25+": 2000})
    assert standardise.expected(rates, {"19-24": 400, "25+": 200}) == pytest.approx(130)
    assert standardise.expected(rates, {"19-24": 400, "25+": None}) is None
    assert standardise.expected(rates, {"19-24": 400}) is None


def test_a_hidden_part_leaves_no_sum_and_no_rate():
    summed = standardise.summed({"a": {"young": 5, "old": 7}, "b": {"young": None, "old": 3}})
    assert summed == {"young": None, "old": 10}
    assert standardise.rates(summed, {"young": 10, "old": 0}) == {"young": None, "old": None}


@given(st.lists(st.tuples(counts, counts, counts, counts), min_size=2, max_size=8))
def test_areas_expected_together_are_as_many_as_were_seen(areas):
    """Indirect standardisation on the areas themselves: Σ E = Σ O, whatever the ages."""
    seen = {str(i): {"young": a, "old": b} for i, (a, b, _, _) in enumerate(areas)}
    people = {str(i): {"young": a + c, "old": b + d} for i, (a, b, c, d) in enumerate(areas)}
    rates = standardise.rates(standardise.summed(seen), standardise.summed(people))
    expected = sum(standardise.expected(rates, each) for each in people.values())
    assert expected == pytest.approx(sum(sum(each.values()) for each in seen.values()))


def test_the_standardised_ratio_has_byars_limits_over_what_was_expected():
    areas = [Area("here", 90, 1000, expected=120), Area("there", 910, 9000, expected=880)]
    here = supply(areas).areas[0]
    assert here.standardised.value == pytest.approx(0.75)
    low, high = of_count(90).low / 120, of_count(90).high / 120
    assert (here.standardised.limits.low, here.standardised.limits.high) == (pytest.approx(low), pytest.approx(high))
    assert (here.grade, here.shortfall.reallocated) == ("low take-up, cause unknown", pytest.approx(30))


def test_a_printed_whole_stands_where_a_part_is_hidden():
    """800 of a printed 10,000, 1,100 of 10,000 people: the worked example, though another area is hidden."""
    areas = [Area("here", 800, 1100), Area("hidden", None, 400), Area("there", 8000, 8500)]
    assert supply(areas).areas[0].quotient is None
    here, hidden, _ = supply(areas, whole=Whole(10_000, 10_000)).areas
    assert here.quotient.value == pytest.approx(8 / 11)
    assert (hidden.quotient, hidden.grade) == (None, "not assessable")


@pytest.mark.parametrize(
    ("pressed", "words", "grade", "reason"),
    [
        (
            True,
            "its vacancy rate, 20 %, is above the country's 14 %",
            "under-supplied",
            "workers than its share, and its",
        ),
        (False, "its vacancy rate is not", "low take-up, cause unknown", "and its vacancy rate is not."),
        (None, "", "low take-up, cause unknown", "whether more are wanted there is not known"),
    ],
)
def test_under_supply_is_said_only_with_evidence(pressed, words, grade, reason):
    here, there = Area("here", 800, 1100, pressed=pressed, evidence=words), Area("there", 9200, 8900)
    (one, _) = supply([here, there], whom="workers").areas
    assert (one.grade, reason in one.reason, one.reason.startswith("It has fewer workers")) == (grade, True, True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19-24", Ages(19, 24)),
        ("25+", Ages(25, None)),
        ("50 and over", Ages(50, None)),
        ("Under 19", Ages(0, 18)),
        ("Children aged 0 to 17 years", Ages(0, 17)),
        ("16", Ages(16, 16)),
        ("Adult", None),
        ("Total", None),
        ("24-19", None),
    ],
)
def test_an_age_group_is_read_or_is_not_one(text, found):
    assert ages(text) == found


def test_groups_make_up_another_without_gap_or_overlap():
    singles = [Ages(age, age) for age in range(16, 25)]
    assert made_up_of(Ages(19, 24), singles) == tuple(Ages(age, age) for age in range(19, 25))
    assert made_up_of(Ages(19, None), [Ages(19, 24), Ages(25, 49), Ages(50, None)])[-1] == Ages(50, None)
    for groups in ([Ages(18, 24)], [Ages(19, 20), Ages(22, 24)], [Ages(19, 22), Ages(22, 24)], []):
        assert made_up_of(Ages(19, 24), groups) == ()
    assert joined([Ages(25, None), Ages(19, 24)]) == (Ages(19, None),)
