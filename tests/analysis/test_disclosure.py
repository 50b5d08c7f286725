"""Tables made safe: an attacker with every release and a linear programme cannot pin a protected count."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis import disclosure as d
from iqf.analysis.disclosure import moving, protecting
from iqf.analysis.disclosure.system import room, system_of

NEAR = 1e-6


def table(numbers, regions=()):
    counts = {(f"a{r}", f"k{c}"): n for r, row in enumerate(numbers) for c, n in enumerate(row)}
    return d.two_way(counts, {f"a{r}": region for r, region in enumerate(regions)})


def pinned(releases):
    """Protected counts of any release of which an attacker can rule out a value from 0 to the threshold."""
    found = set()
    for n, release in enumerate(releases):
        proven = d.intervals(releases, n)
        for key in release.primary - release.exposed:
            if proven[key].low > NEAR or (proven[key].high or 1e9) < release.profile.threshold - NEAR:
                found.add((n, key))
    return found


rows = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 8), st.integers(0, 200)), min_size=width, max_size=width),
        min_size=2,
        max_size=5,
    )
)


@trying(8)
@given(rows, st.integers(2, 6), st.booleans())
def test_no_protected_count_can_be_pinned(numbers, threshold, hidden_zeros):
    profile = d.Profile(threshold, zeros="hidden" if hidden_zeros else "shown")
    safe = d.protect(table(numbers, ["n" if r % 2 else "s" for r in range(len(numbers))]), profile)
    assert not safe.exposed
    assert not pinned([safe])


@trying(8)
@given(rows, st.data())
def test_nor_with_the_release_before(numbers, data):
    profile = d.Profile(5)
    first = d.protect(table(numbers), profile)
    later = [[n + data.draw(st.sampled_from([0, 0, 0, 1, 3, 40])) for n in row] for row in numbers]
    second = d.protect(table(later), profile, [first])
    assert not pinned([first, second])
    assert not second.exposed


def test_a_count_that_has_grown_is_not_found_by_taking_one_release_from_the_other():
    """3 is kept back; a year later it is 40, and all else as before: shown beside the old total, 60 would give it."""
    first = d.protect(table([[3, 60], [50, 40]]), d.Profile(5))
    second = d.protect(table([[40, 60], [50, 40]]), d.Profile(5), [first])
    assert not second.primary
    assert second.secondary
    assert not pinned([first, second])
    careless = d.protect(table([[40, 60], [50, 40]]), d.Profile(5))
    assert pinned([first, careless]) == {(0, ("a0", "k0"))}


@given(rows)
@trying(8)
def test_the_fallback_is_as_safe(numbers):
    safe = d.protect(table(numbers), d.Profile(5), seconds=0.0)
    assert not pinned([safe])


def test_a_large_table_is_made_safe_without_a_search_for_the_least(monkeypatch):
    """What is hidden stays hidden; what moves is only what lies near. Nothing of that makes it less safe."""
    for name, small in (("MANY", 0), ("FEW", 0), ("LOCAL", 12)):
        monkeypatch.setattr(protecting, name, small)
    monkeypatch.setattr(moving, "LOCAL", 12)
    draw = random.Random(5)
    numbers = [[draw.choice([0, 1, 2, 3, 4, 9, 40, 70]) for _ in range(5)] for _ in range(7)]
    counts = table(numbers, ["n", "s", "n", "s", "s", "n", "n"])
    safe = d.protect(counts, d.Profile(5))
    assert safe.status == "fallback"
    assert not safe.exposed
    assert not pinned([safe])
    assert len(safe.hidden) < len(counts.cells)


def test_what_moves_near_a_wish_moves_no_further_than_all_that_is_hidden():
    counts = table([[n % 7 + 1 for n in range(r, r + 8)] for r in range(8)])
    system = system_of([], counts, 5)
    free, every = room(system, []), np.arange(system.values.size)
    wish = moving.Wish(system.places[0]["a0", "k0"], True, 4.0)
    close = moving.near(system, every, [wish], 20)
    assert wish.at in close
    assert close.size < every.size
    assert moving.reach(system, free, close, *wish[:2]).distance > 0
    assert (
        moving.reach(system, free, close, *wish[:2]).distance
        <= moving.reach(system, free, every, *wish[:2]).distance + NEAR
    )


@given(rows, st.sampled_from([3, 5, 10]))
@trying(8)
def test_what_is_shown_is_rounded_and_c_is_never_a_number(numbers, base):
    counts = table(numbers)
    safe = d.protect(counts, d.Profile(5, base=base))
    for key, shown in safe.shown.items():
        true = counts.cells[key]
        if key in safe.hidden:
            assert (shown.value, shown.symbol) == (None, "c")
        elif shown.symbol == "low":
            assert 0 < true < base / 2
        else:
            assert shown.value % base == 0
            assert abs(shown.value - true) <= base / 2
    assert not pinned([safe])


def test_the_least_is_hidden():
    """One small count among nine: three more have to go, for with any two an attacker finds it."""
    counts = table([[3, 60, 70], [50, 40, 90], [80, 20, 30]])
    safe = d.protect(counts, d.Profile(5), gap=0.0)
    assert safe.status == "optimal"
    assert safe.primary == {("a0", "k0")}
    assert len(safe.secondary) == 3
    others = [key for key in counts.cells if key not in safe.primary]
    for fewer in combinations(others, 2):
        assert not _safe_with(counts, fewer)


def _safe_with(counts, secondary):
    primary = frozenset({("a0", "k0")})
    shown = {
        key: d.Shown(None, "c") if key in primary or key in secondary else d.Shown(value)
        for key, value in counts.cells.items()
    }
    tried = d.Protected(shown, counts, d.Profile(5), primary, frozenset(secondary), "optimal", 0.0)
    return not pinned([tried])


def test_a_count_that_was_published_is_said_to_be_exposed():
    open_ = d.protect(table([[3, 60], [50, 40]]), d.Profile(2))
    later = d.protect(table([[3, 60], [50, 40]]), d.Profile(5), [open_])
    assert later.exposed == {("a0", "k0")}


def test_one_contributor_who_makes_most_of_a_count_is_protected():
    counts = table([[30, 60], [50, 40]])
    made = d.Counts(counts.cells, counts.sums, {("a0", "k0"): 29, ("a1", "k1"): 10})
    safe = d.protect(made, d.Profile(5, dominance=0.8))
    assert safe.primary == {("a0", "k0")}
    found = d.intervals([safe])[("a0", "k0")]
    assert found.low <= 25
    assert (found.high or 1e9) >= 35


def test_without_secondary_suppression_the_attacker_wins():
    careless = d.protect(table([[3, 60], [50, 40]]), d.Profile(5, secondary=False))
    assert d.intervals([careless])[("a0", "k0")] == d.Interval(3.0, 3.0)


def test_rates_are_recomputed_from_what_is_shown():
    assert d.rate(d.Shown(30), d.Shown(120)) == 25
    assert d.rate(d.Shown(None, "c"), d.Shown(120)) is None
    assert d.rate(d.Shown(5), d.Shown(0)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: d.Profile(0),
        lambda: d.Profile(5, base=0),
        lambda: d.Profile(5, dominance=1.5),
        lambda: d.Counts({"a": -1}),
        lambda: d.Counts({"a": 1, "t": 3}, (d.Sum("t", ("a",)),)),
    ],
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        wrong()
