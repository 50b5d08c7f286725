"""Which areas are like one, and how a number stands beside theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.benchmarks import alike, beside, unfit

sizes = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 10_000), min_size=2, max_size=20)


@given(sizes)
def test_no_area_that_was_left_out_is_nearer_by_ratio(held):
    for area, own in held.items():
        found = alike(area, held, 3)
        assert area not in found
        if not own:
            assert found == ()
            continue
        ratio = {c: max(n / own, own / n) for c, n in held.items() if n and c != area}
        worst = max((ratio[c] for c in found), default=1)
        assert all(ratio[c] >= worst * (1 - 1e-9) for c in ratio if c not in found) or len(found) < 3


def test_what_is_not_known_is_left_out_of_the_middle():
    found = beside(7.0, [None, 5.0, 9.0, 11.0])
    assert (found.middle, found.known, found.below) == (9.0, 3, 1)
    assert beside(7.0, [None]) is None


@pytest.mark.parametrize(("in_post", "said"), [(None, "not published"), (11.8, "Only 11.8 are in post"), (20, "")])
def test_a_base_that_is_too_small_has_a_message(in_post, said):
    assert said in unfit(in_post)
    assert bool(unfit(in_post)) == bool(said)
