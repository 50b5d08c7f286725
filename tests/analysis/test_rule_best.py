"""The choice of units that reaches most, by drawing and against trying every holder."""

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis import rule_best
from iqf.analysis.rule_best import best_choice
from iqf.analysis.rule_best_plain import plain_choice
from iqf.analysis.rule_reading import reading
from iqf.analysis.rules import Group, Holding, Ruleset, evaluate

from .test_rule_difference import FACTS, selections
from .test_rules_brute import bars, facts, groups
from .trees import tree

REACH = {"a": ["S1"], "c": ["S1", "S2"], "d": ["S2"], "e": ["S3"], "f": ["S1"], "g": ["S4"]}


def best(drawing, touches=REACH, fully=()):
    return best_choice(Ruleset("Q", tree(drawing)), FACTS, touches, dict(fully))


def test_the_pathway_that_reaches_most_is_chosen():
    found = best(
        """
        root all
          A all: a b
          P pathway, at most 1 parts
            B all: c
            C all: d e
        """
    )
    assert (found.status, found.units, found.statements) == ("exact", ("a", "b", "d", "e"), ("S1", "S2", "S3"))


def test_an_option_that_adds_nothing_gives_way_to_one_that_does():
    found = best("root choose 2 units: a f e")
    assert found.units in (("a", "e"), ("e", "f"))
    assert found.statements == ("S1", "S3")


def test_nobody_takes_more_than_the_rule_asks():
    assert best("root choose 1 units: a e g").statements in (("S1",), ("S3",), ("S4",))


def test_of_equal_choices_the_one_that_teaches_fully_is_chosen():
    assert best("root choose 1 units: a f", fully={"f": ["S1"]}).units == ("f",)
    assert best("root choose 1 units: a f", fully={"a": ["S1"]}).units == ("a",)


def test_an_incomplete_list_gives_a_bound():
    assert best("root choose 2 units, list incomplete: a e").status == "bound"


def test_a_rule_that_nobody_can_meet_has_no_choice():
    found = best("root choose 3 units: a e")
    assert (found.status, found.units, found.statements) == ("impossible", (), ())


reaches = st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from(("S1", "S2", "S3"))), max_size=6)


@trying(80)
@given(groups(), facts(), bars, reaches)
def test_no_holder_who_takes_nothing_to_spare_reaches_more(root, known, barred, touches):
    ruleset = Ruleset("Q", root, tuple(barred))
    assume(0 < sum(len(g.units) for g in root.walk()) <= 7)
    found = best_choice(ruleset, known, touches, {})
    assume(found.status != "bound")
    holders = selections(ruleset, known, lean=True)
    assert (found.status == "impossible") == (not holders)
    if not holders:
        return
    assert frozenset(found.units) in holders
    assert evaluate(ruleset, known, Holding(frozenset(found.units))).verdict == "met"

    def reached(units):
        return {s for u in units for s in touches.get(u, ())}

    most = max(len(reached(units)) for units in holders)
    assert len(found.statements) == len(reached(found.units)) == most
    assert len(found.units) == min(len(units) for units in holders if len(reached(units)) == most)


@st.composite
def plain_roots(draw):
    """All of one list, and so many of each of two others."""
    sizes = draw(st.tuples(st.integers(0, 2), st.integers(1, 4), st.integers(1, 4)))
    units = iter("abcdefghij")
    lists = [tuple(next(units) for _ in range(n)) for n in sizes]
    chosen = [
        Group(f"C{n}", kind="choose", units=own, min_units=draw(st.integers(0, len(own))))
        for n, own in enumerate(lists[1:])
    ]
    return Group("root", kind="all", children=(Group("M", kind="all", units=lists[0]), *chosen))


reach_of_ten = st.dictionaries(st.sampled_from("abcdefghij"), st.sets(st.sampled_from("STUV")), max_size=10)


@trying(60)
@given(plain_roots(), reach_of_ten, st.data())
def test_what_is_counted_through_is_as_good_as_what_the_solver_finds(root, touches, data):
    fully = {unit: data.draw(st.sets(st.sampled_from(sorted(s)))) for unit, s in touches.items() if s}
    ruleset = Ruleset("Q", root)
    read = reading(ruleset, {}, Holding(), "best")
    found = plain_choice(read, touches, fully)
    assert found is not None
    solved = rule_best._solved(ruleset, {}, read, touches, fully, 10)

    def worth(units):
        touched = {s for u in units for s in touches.get(u, ())}
        whole = {s for u in units for s in fully.get(u, ())}
        return len(touched), len(whole), len(units)

    assert worth(found) == worth(solved.units)


def test_a_rule_with_credit_or_barred_pairs_is_not_plain():
    def plain(drawing, barred=()):
        ruleset = Ruleset("Q", tree(drawing), tuple(barred))
        return plain_choice(reading(ruleset, FACTS, Holding(), "best"), REACH, {})

    assert plain("root choose 1 units: a e") == ("a",)
    assert plain("root choose 1 units: a e", [frozenset("ae")]) is None
    assert plain("root choose 3 credits: a e") is None
    assert plain("root choose 2 units, list incomplete: a e") is None
