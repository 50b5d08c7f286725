"""Which areas are like one, and how a number stands beside theirs."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.benchmarks import alike, beside, known_of, unfit

sizes = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 10_000), min_size=2, max_size=20)


@given(sizes)
def test_no_area_that_was_left_out_is_nearer_by_ratio(held):
    for area, own in held.items():
        found = alike(area, {"children": held}, count=3)
        assert area not in found
        if not own:
            assert found == ()
            continue
        ratio = {c: max(n / own, own / n) for c, n in held.items() if n and c != area}
        worst = max((ratio[c] for c in found), default=1)
        assert all(ratio[c] >= worst * (1 - 1e-9) for c in ratio if c not in found) or len(found) < 3


measures = st.dictionaries(
    st.sampled_from(["children", "need", "change"]),
    st.dictionaries(st.sampled_from("abcdefg"), st.floats(0, 1000, allow_subnormal=False), max_size=7),
    min_size=1,
)


@given(measures, st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(["London", "elsewhere"])))
def test_the_nearest_are_those_of_the_least_distance_reckoned_the_long_way(held, groups):
    for area in "abcdefg":
        known = [name for name in held if held[name].get(area, 0) > 0]
        assert known_of(area, held) == tuple(known)
        logs = {
            code: [math.log(held[name][code]) for name in known]
            for code in "abcdefg"
            if all(held[name].get(code, 0) > 0 for name in known)
        }
        found = alike(area, held, groups, 2)
        if not known:
            assert found == ()
            continue
        columns = np.array(list(logs.values())).T
        spread = np.array([statistics.pstdev(column) for column in columns.tolist()])
        scale = np.where(spread > 0, spread, np.inf)
        away = {
            code: float(np.sum(((np.array(each) - np.array(logs[area])) / scale) ** 2))
            for code, each in logs.items()
            if code != area and groups.get(code) == groups.get(area)
        }
        assert len(found) == min(2, len(away))
        worst = max((away[code] for code in found), default=0)
        assert all(away[code] >= worst * (1 - 1e-6) - 1e-9 for code in away if code not in found)


def test_an_area_is_like_those_of_its_need_and_not_of_its_size_alone():
    held = {
        "children": {"own": 1000, "size": 1000, "both": 1100, "far": 9000},
        "need": {"own": 40, "size": 10, "both": 40, "far": 41},
    }
    assert alike("own", {"children": held["children"]}, count=1) == ("size",)
    assert alike("own", held, count=3) == ("both", "size", "far")
    assert alike("own", held, {"own": "London", "far": "London"}) == ("far",)
    assert alike("own", held | {"need": {"size": 10}}, count=1) == ("size",), (
        "what is not known of it tells none apart"
    )


def test_what_is_not_known_is_left_out_of_the_middle():
    found = beside(7.0, [None, 5.0, 9.0, 11.0])
    assert (found.middle, found.known, found.below) == (9.0, 3, 1)
    assert beside(7.0, [None]) is None


@pytest.mark.parametrize(("in_post", "said"), [(None, "not published"), (11.8, "Only 11.8 are in post"), (20, "")])
def test_a_base_that_is_too_small_has_a_message(in_post, said):
    assert said in unfit(in_post)
    assert bool(unfit(in_post)) == bool(said)
