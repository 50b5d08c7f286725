"""Rules out of text cells, as lines, and side by side."""

from iqf.analysis.rule_cells import rule_of
from iqf.analysis.rule_lines import lines, side_by_side

TOP = {"key": "TOP", "parent": "", "title": "Rule", "kind": "all", "position": "0", "min_credit": "27"}
CORE = {"key": "CORE", "parent": "TOP", "title": "Core", "kind": "all", "position": "2"}
MORE = {"key": "MORE", "parent": "TOP", "title": "More", "kind": "choose", "position": "1", "min_units": "1"}
UNITS = [{"group": "CORE", "unit": "u2", "position": "2"}, {"group": "CORE", "unit": "u1", "position": "1"}]


def told(groups, units=UNITS):
    read = rule_of("Q", groups, units)
    return lines(read.root, {}), read.faults


def test_groups_stand_in_their_order_with_their_units():
    found, faults = told([TOP, CORE, MORE])
    assert [(line.key, line.depth, line.units) for line in found] == [
        ("TOP", 0, ()),
        ("MORE", 1, ()),
        ("CORE", 1, ("u1", "u2")),
    ]
    assert found[2].words == "Both units"
    assert faults == ()


def test_no_group_is_no_rule():
    assert told([], []) == ((), ())


def test_what_nobody_would_read_is_a_fault():
    beside = {**CORE, "key": "TWO", "parent": "", "position": "9"}
    lost = {**CORE, "key": "LOST", "parent": "GONE"}
    below = {**CORE, "key": "BELOW", "parent": "LOST"}
    _, faults = told([TOP, beside, lost, below])
    assert len(faults) == 3
    assert any("at the top beside" in fault for fault in faults)
    assert any('"GONE", which does not stand' in fault for fault in faults)
    assert any("not below the top" in fault for fault in faults)


def test_a_circle_without_a_top_is_a_fault():
    one, two = {**TOP, "parent": "CORE"}, CORE
    found, faults = told([one, two])
    assert found == ()
    assert all("circle" in fault for fault in faults)


def test_a_choice_of_pathways_with_units_is_a_fault():
    _, faults = told([TOP, {**CORE, "kind": "pathway"}])
    assert "holds groups only" in faults[0]


def test_two_rules_side_by_side():
    before, _ = told([TOP, CORE, MORE])
    after, _ = told([TOP, {**CORE, "title": "The core"}], UNITS[:1])
    pairs = {pair.line.key: pair for pair in side_by_side(before, after)}
    assert list(pairs) == ["TOP", "MORE", "CORE"]
    assert [pair.state for pair in pairs.values()] == ["changed", "gone", "changed"]
    assert (pairs["CORE"].went, pairs["CORE"].came) == (("u1",), ())
    assert [pair.state for pair in side_by_side(after, after)] == ["same", "same"]
