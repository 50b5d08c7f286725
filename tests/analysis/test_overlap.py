"""What two sets of units have in common."""

import pytest

from iqf.analysis.overlap import overlap, plain_title
from iqf.analysis.rules import CreditRange, UnitFact


def unit(code, title="", credit=None, level=None):
    return UnitFact(code, title or code, level, credit, credit)


def test_shared_equivalent_alike_and_apart():
    a = [unit("u1", credit=3), unit("u2", credit=2), unit("u3", "Support play in the early years", 4), unit("u4")]
    b = [unit("u1", credit=3), unit("v2", credit=2), unit("v3", "Support Play in the Early Years (QCF)", 4)]
    found = overlap(a, b, [frozenset({"u2", "v2"})], {"u1": frozenset({"S1"}), "v3": frozenset({"S2"})})
    assert found.shared == ("u1",)
    assert found.equivalent == (("u2", "v2"),)
    assert [(p.a, p.b, p.score) for p in found.alike] == [("u3", "v3", 1.0)]
    assert (found.only_a, found.only_b) == (("u3", "u4"), ("v3",))
    assert (found.statements_both, found.statements_only_b) == (("S1",), ("S2",))
    assert (found.units_a, found.units_b) == (4, 3)
    assert found.shared_credit == CreditRange(3, 3, 0)
    assert found.credit_a == CreditRange(9, None, 1)
    assert found.credit_b == CreditRange(9, 9, 0)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Schools as organisations level 2", "Schools as organisations level 3", False),
        ("Schools as organisations (Level 2)", "Schools as organisations L2", True),
        ("Schools as organisations level two", "Schools as organisations level three", False),
        ("Schools as organisations level two", "Schools as organisations: Level 2", True),
        ("Understand children’s needs", "Understand children's needs", True),
        ("Understand child development", "Work with parents", False),
    ],
)
def test_titles_of_different_levels_are_never_alike(one, other, alike):
    found = overlap([unit("a", one)], [unit("b", other)])
    assert bool(found.alike) is alike
    assert bool(overlap([unit("a", one)], [unit("b", other)], alike_at=1).alike) is (alike or "development" in one)


def test_units_of_different_levels_are_never_alike():
    assert not overlap([unit("a", "Play", level="2")], [unit("b", "Play", level="3")]).alike
    assert overlap([unit("a", "Play", level="2")], [unit("b", "Play")]).alike


def test_each_unit_is_paired_once_best_first():
    found = overlap([unit("a", "Support play"), unit("b", "Support plays")], [unit("x", "Support play")])
    assert [(p.a, p.b) for p in found.alike] == [("a", "x")]


def test_order_does_not_matter():
    a, b = [unit("u1"), unit("u2", "Care plans")], [unit("u1"), unit("v", "Care plan")]
    there, back = overlap(a, b), overlap(b, a)
    assert there.shared == back.shared
    assert [(p.a, p.b) for p in there.alike] == [(p.b, p.a) for p in back.alike]
    assert there.only_a == back.only_b


def test_nothing_against_nothing():
    found = overlap([], [])
    assert (found.shared, found.alike, found.units_a, found.credit_a) == ((), (), 0, CreditRange(0, 0, 0))


def test_a_title_as_it_is_compared():
    assert plain_title("  Café: children’s “play” (RQF) L3 ") == "cafe childrens play level 3"
