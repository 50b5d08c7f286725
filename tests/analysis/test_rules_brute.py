"""Properties: the product's verdict is the verdict of trying everything."""

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis.rules import Group, Holding, LevelFloor, Ruleset, UnitFact, evaluate

from .brute_rules import brute_verdict

UNITS = "abcde"
small = st.integers(0, 6)
maybe_small = st.none() | small


@st.composite
def facts(draw, known=True):
    unsure = set() if known else draw(st.sets(st.sampled_from(UNITS), max_size=2))
    found = {}
    for code in UNITS:
        low = draw(st.integers(0, 4))
        high = draw(st.none() | st.integers(low, 5)) if code in unsure else low
        shown = None if high is None and draw(st.booleans()) else low
        levels = ["2", "3", None, "Entry"] if code in unsure else ["2", "3", "4"]
        found[code] = UnitFact(code, code, draw(st.sampled_from(levels)), shown, high)
    return found


@st.composite
def groups(draw, depth=2, prefix="g", sure=True):
    kind = draw(st.sampled_from(["all", "choose", "choose", "pathway"] if depth else ["all", "choose"]))
    number = draw(st.integers(0 if kind != "pathway" else 1, 3 if depth == 2 else 2)) if depth else 0
    children = tuple(draw(groups(depth - 1, f"{prefix}{n}", sure)) for n in range(number))
    units = () if kind == "pathway" else tuple(sorted(draw(st.sets(st.sampled_from(UNITS), max_size=3))))
    floors = st.lists(st.builds(LevelFloor, st.sampled_from(["3", "4", "E2"]), st.integers(1, 5)), max_size=1)
    limited = kind == "choose" or (kind == "pathway" and draw(st.booleans()))
    rare = st.integers(0, 5).map(lambda n: n == 0)
    known = sure or not draw(rare) or number > 0
    return Group(
        id=prefix,
        title=prefix,
        kind=kind,
        units=units,
        children=children,
        min_units=draw(st.none() | st.integers(0, 3)) if limited or draw(rare) else None,
        max_units=draw(st.none() | st.integers(0, 3)) if limited and known else None,
        min_credit=draw(maybe_small) if limited or draw(rare) else None,
        max_credit=draw(st.none() | st.none() | small),
        min_children=draw(st.none() | st.integers(0, 2)) if number else None,
        max_children=draw(st.none() | st.integers(0, 2)) if number else None,
        credit_at_level=tuple(draw(floors)) if limited else (),
        list_complete=sure or not draw(rare),
        structure_known=known,
    )


bars = st.lists(st.sets(st.sampled_from(UNITS), min_size=2, max_size=2).map(frozenset), max_size=1)
classes = st.lists(st.sets(st.sampled_from(UNITS), min_size=2, max_size=2).map(frozenset), max_size=1)
holdings = st.sets(st.sampled_from(UNITS)).map(frozenset)
slow = trying(200)


@slow
@given(groups(), facts(), bars, classes, holdings)
def test_everything_known_is_decided_as_by_trying_everything(root, units, barred, equivalents, held):
    ruleset = Ruleset("Q", root, tuple(barred), tuple(equivalents))
    holding = Holding(held)
    expected = brute_verdict(ruleset, units, holding)
    assume(expected is not None)
    assert evaluate(ruleset, units, holding).verdict == expected


@slow
@given(groups(depth=1, sure=False), facts(known=False), bars, classes, holdings, holdings)
def test_unknown_facts_are_decided_over_every_resolution(root, units, barred, equivalents, held, maybe):
    ruleset = Ruleset("Q", root, tuple(barred), tuple(equivalents))
    holding = Holding(held, frozenset(sorted(maybe - held)[:2]))
    expected = brute_verdict(ruleset, units, holding)
    assume(expected is not None)
    assert evaluate(ruleset, units, holding).verdict == expected


@slow
@given(groups(), facts(known=False), bars, holdings, holdings)
def test_a_further_unit_never_spoils_a_verdict(root, units, barred, held, more):
    order = ["not met", "cannot say", "met"]
    ruleset = Ruleset("Q", root, tuple(barred))
    before = evaluate(ruleset, units, Holding(held)).verdict
    after = evaluate(ruleset, units, Holding(held | more)).verdict
    assert order.index(after) >= order.index(before)


@slow
@given(groups(), facts(known=False), bars, classes, holdings)
def test_nothing_counts_twice_and_ranges_are_ranges(root, units, barred, equivalents, held):
    answer = evaluate(Ruleset("Q", root, tuple(barred), tuple(equivalents)), units, Holding(held))
    counted = [entry.unit for entry in answer.counted]
    assert len(counted) == len(set(counted))
    assert {entry.held for entry in answer.counted} <= held
    for node in answer.nodes:
        assert node.credit_met.high is None or node.credit_met.known_low <= node.credit_met.high
        assert node.because.endswith(".")
        assert node.words
