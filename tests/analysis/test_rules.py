"""Rules of combination on trees small enough to check by eye."""

import pytest

from iqf.analysis.rules import (
    Group,
    Holding,
    LevelFloor,
    RuleError,
    Ruleset,
    UnitFact,
    evaluate,
    possible_units,
    required_units,
    sure_units,
)

from .trees import tree, units

DIPLOMA = """
    root all, 14 credits
      A all, 5 credits: a b
      P pathway, at most 1 parts
        B all: c d
        C all: d e
      E choose 4 credits: f g h
"""
FACTS = units("a3 b2 c3 d2 e1 f4 g4 h2")


def ask(drawing, held, facts=FACTS, *, barred=(), equivalents=(), possible="", qualifications=()):
    ruleset = Ruleset("Q", tree(drawing), tuple(map(frozenset, barred)), tuple(frozenset(c) for c in equivalents))
    holding = Holding(frozenset(held), frozenset(possible), frozenset(qualifications))
    return evaluate(ruleset, facts, holding)


def node(answer, name):
    return next(n for n in answer.nodes if n.id == name)


def test_everything_asked_for_is_held():
    answer = ask(DIPLOMA, "abcdf")
    assert answer.verdict == "met"
    assert {n.id: n.verdict for n in answer.nodes} == {
        "root": "met",
        "A": "met",
        "P": "met",
        "B": "met",
        "C": "not met",
        "E": "met",
    }
    assert node(answer, "root").credit_met.known_low == 14
    assert node(answer, "P").because == "Met through B."


def test_a_missing_mandatory_unit_is_named():
    answer = ask(DIPLOMA, "acdf")
    assert answer.verdict == "not met"
    assert node(answer, "A").missing == ("b",)
    assert node(answer, "A").because == "Unit b is required and not held."
    assert (node(answer, "A").credit_short, node(answer, "A").units_short) == (2, 1)


def test_two_half_pathways_make_none():
    answer = ask(DIPLOMA, "abcefg")
    assert answer.verdict == "not met"
    assert node(answer, "P").because == "Too few of the pathways can be met in full."


def test_the_total_over_the_whole_tree_can_be_what_is_short():
    answer = ask(DIPLOMA, "abdeg")
    assert [n.id for n in answer.nodes if n.verdict == "not met"] == ["root", "B"]
    assert node(answer, "root").because == "Only 12 of 14 credits counted."
    assert ask(DIPLOMA, "abdegh").verdict == "met"


def test_the_nodes_are_a_tree_and_a_list():
    answer = ask(DIPLOMA, "ab")
    assert [n.id for n in answer.nodes] == ["root", "A", "P", "B", "C", "E"]
    assert [n.depth for n in answer.nodes] == [0, 1, 1, 2, 2, 1]
    assert [n.id for n in answer.nodes[0].children] == ["A", "P", "E"]
    assert node(answer, "E").could_add == ("f", "g", "h")


def test_holding_the_qualification_itself_is_enough():
    answer = ask(DIPLOMA, "", qualifications=["Q"])
    assert (answer.verdict, answer.because) == ("met", "The qualification itself is held.")


TWO_CHOICES = """
    root all
      A choose 1 units: a b
      B choose 1 units: b c
"""


def test_a_unit_in_two_groups_counts_in_one():
    assert ask(TWO_CHOICES, "b").verdict == "not met"
    assert ask(TWO_CHOICES, "ab").verdict == "met"
    assert ask(TWO_CHOICES, "bc").verdict == "met"


def test_the_group_in_which_a_unit_counts_is_chosen_for_the_holder():
    answer = ask("root all\n  A choose 4 credits: a b\n  B choose 3 credits: a c", "abc", units("a4 b4 c1"))
    assert answer.verdict == "met"
    assert {(c.unit, c.group) for c in answer.counted} >= {("b", "A"), ("a", "B")}


def test_a_required_unit_is_not_also_a_choice():
    drawing = "root all\n  A all: a\n  B choose 1 units: a b"
    assert ask(drawing, "a").verdict == "not met"
    assert ask(drawing, "ab").verdict == "met"


def test_a_unit_required_twice_is_taken_once():
    answer = ask("root all, 3 credits\n  A all: a b\n  B all: b", "ab", units("a1 b2"))
    assert answer.verdict == "met"
    assert node(answer, "root").credit_met.known_low == 3


def test_barred_units_count_once_and_the_better_one_counts():
    drawing = "root choose 5 credits: a b c"
    answer = ask(drawing, "abc", units("a4 b2 c1"), barred=["ab"])
    assert answer.verdict == "met"
    assert answer.notes == (
        "“Unit a” and “Unit b” are barred together: only one counts; “Unit a” was counted, "
        "which is best for the holder.",
    )
    assert ask(drawing, "abc", units("a2 b2 c1"), barred=["ab"]).verdict == "not met"


def test_an_equivalent_satisfies_and_counts_once():
    drawing = "root all, 4 credits\n  A all: a\n  B choose 1 units: b c"
    answer = ask(drawing, "xb", units("a3 b1 c1"), equivalents=["ax"])
    assert answer.verdict == "met"
    assert answer.notes == ("x counts as its equivalent “Unit a”.",)
    assert ask("root choose 2 units: a b c", "ab", units("a1 b1 c1"), equivalents=["ab"]).verdict == "not met"


def test_credit_at_a_level_counts_that_level_and_above():
    drawing = "root choose 10 credits, 6 credits at 3: a b c d"
    facts = units("a6@2 b4@3 c2@5 d4@?")
    assert ask(drawing, "abc", facts).verdict == "met"
    assert ask(drawing, "ab", facts).verdict == "not met"
    unknown = ask(drawing, "abd", facts)
    assert unknown.verdict == "cannot say"
    assert unknown.because == "The level of a counted unit is not known."


def test_entry_without_a_number_may_be_any_of_the_three():
    facts = {"a": UnitFact("a", "Unit a", "Entry", 3, 3)}
    assert ask("root choose, 3 credits at E1: a", "a", facts).verdict == "met"
    assert ask("root choose, 3 credits at E3: a", "a", facts).verdict == "cannot say"
    assert ask("root choose, 3 credits at 1: a", "a", facts).verdict == "not met"


def test_a_unit_without_a_level_stays_without():
    facts = {"a": UnitFact("a", "Unit a", "none", 3, 3)}
    assert ask("root choose, 3 credits at E1: a", "a", facts).verdict == "not met"


def test_maximums_say_how_much_counts():
    drawing = (
        "root all, 9 credits\n  A choose 4 credits, at most 5 credits: a b\n  B choose 1 units, at most 1 units: c d"
    )
    facts = units("a4 b4 c3 d4")
    answer = ask(drawing, "abcd", facts)
    assert answer.verdict == "met"
    assert node(answer, "A").credit_met.known_low == 5
    assert node(answer, "B").credit_met.known_low == 4
    assert ask(drawing, "abc", facts).verdict == "not met"


def test_unknown_credit_is_never_zero_and_never_enough():
    answer = ask("root choose 5 credits: a b c", "ab", units("a3 b? c2"))
    assert answer.verdict == "cannot say"
    assert (answer.nodes[0].credit_met.known_low, answer.nodes[0].credit_met.high) == (3, None)
    assert answer.nodes[0].credit_met.unknown_items == 1
    assert answer.because == "The credit of 1 counted unit is not known."
    assert ask("root choose 5 credits: a b c", "ac", units("a3 b? c2")).verdict == "met"


def test_bounds_decide_when_they_can():
    drawing = "root choose 5 credits: a b"
    assert ask(drawing, "ab", units("a3 b2-4")).verdict == "met"
    assert ask(drawing, "ab", units("a3 b1-4")).verdict == "cannot say"
    assert ask(drawing, "ab", units("a3 b0-1")).verdict == "not met"


def test_a_mandatory_list_held_in_full_is_worth_its_published_total():
    drawing = "root all, 10 credits\n  A all, 6 credits: a b\n  B choose 4 credits: c"
    answer = ask(drawing, "abc", units("a? b? c4"))
    assert answer.verdict == "met"
    assert (node(answer, "A").credit_met.known_low, node(answer, "A").credit_met.high) == (6, 6)


def test_an_incomplete_choice_cannot_be_failed():
    answer = ask("root choose 5 credits, list incomplete: a b", "a", units("a3 b2"))
    assert answer.verdict == "cannot say"
    assert answer.because == (
        "The listed units held do not reach this rule, and the list is incomplete: "
        "the missing part may be among units that are not listed."
    )
    assert ask("root choose 5 credits, list incomplete: a b", "ab", units("a3 b2")).verdict == "met"


def test_an_incomplete_mandatory_list_can_be_failed_but_not_passed():
    drawing = "root all, 3 units, list incomplete: a b"
    assert ask(drawing, "a").verdict == "not met"
    answer = ask(drawing, "ab")
    assert answer.verdict == "cannot say"
    assert answer.because == (
        "Nothing listed is missing, but the list is known to be incomplete: 1 more mandatory unit not named."
    )


def test_totals_that_the_list_cannot_reach_show_that_it_is_short():
    assert ask("root all, 9 credits: a b", "ab", units("a3 b2")).verdict == "cannot say"
    assert ask("root all, 3 units: a b", "ab", units("a3 b2")).verdict == "cannot say"
    assert ask("root all, 5 credits: a b", "ab", units("a3 b2")).verdict == "met"


def test_an_unlisted_pathway_may_be_the_one_held():
    assert ask("root pathway, list incomplete\n  A all: a\n  B all: b", "c").verdict == "cannot say"
    assert ask("root pathway\n  A all: a\n  B all: b", "c").verdict == "not met"


def test_a_split_that_was_not_read_is_not_guessed():
    drawing = "root choose 4 credits, split unknown: a b c"
    facts = units("a3 b2 c1")
    assert ask(drawing, "ab", facts).verdict == "cannot say"
    assert ask(drawing, "abc", facts).verdict == "met"
    assert ask(drawing, "c", facts).verdict == "not met"
    assert ask("root choose, split unknown: a b", "x").verdict == "not met"
    assert "was not read" in ask(drawing, "ab", facts).because


def test_possible_units_only_open_the_question():
    answer = ask("root all: a b", "a", possible="b")
    assert answer.verdict == "cannot say"
    assert answer.because == "It depends on Unit b, which may have been taken as an option of a qualification held."
    assert ask("root all: a b c", "a", possible="b").verdict == "not met"
    assert ask("root choose 1 units: a b", "a", possible="b").verdict == "met"


def test_a_qualification_without_units_on_record_cannot_be_judged():
    assert evaluate(Ruleset("Q", Group("root")), {}, Holding(frozenset("a"))).verdict == "cannot say"


def test_a_listed_unit_without_facts_is_unknown():
    assert ask("root choose 2 credits: z", "z").verdict == "cannot say"


def test_choose_two_of_three_pathways():
    drawing = "root pathway, 2 parts\n  A all: a\n  B all: b c\n  C all: d"
    assert ask(drawing, "ad").verdict == "met"
    assert ask(drawing, "abc").verdict == "met"
    assert ask(drawing, "ab").verdict == "not met"


def test_parts_of_a_choice_can_be_asked_for():
    drawing = "root choose 4 credits, 2 parts\n  B choose 2 credits: a b\n  C choose 1 credits: c d"
    facts = units("a2 b2 c1 d1")
    assert ask(drawing, "ab", facts).verdict == "not met"
    assert ask(drawing, "abc", facts).verdict == "met"


def test_what_every_holder_has():
    ruleset = Ruleset("Q", tree(DIPLOMA))
    assert required_units(ruleset) == ("a", "b")
    assert sure_units(ruleset, FACTS) == ("a", "b", "d")  # both pathways ask for d
    assert possible_units(ruleset, FACTS) == ("c", "e", "f", "g", "h")


def test_a_choice_with_nothing_to_spare_is_sure():
    ruleset = Ruleset("Q", tree("root choose 5 credits: a b"))
    assert sure_units(ruleset, units("a3 b2")) == ("a", "b")
    assert sure_units(ruleset, units("a3 b?")) == ("b",)  # a alone cannot reach 5; b alone might
    assert required_units(ruleset) == ()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: UnitFact("a", level="9"), "“9” is not a level; use E1, E2, E3, Entry, 1 to 8 or none."),
        (
            lambda: UnitFact("a", credit_low=4, credit_high=2),
            "Unit a has credit bounds 4 to 2; the lower must not be negative or above the upper.",
        ),
        (
            lambda: Ruleset("Q", Group("r", children=(Group("A"), Group("A")))),
            "Two groups of Q have the id A; ids must differ.",
        ),
        (
            lambda: Ruleset("Q", Group("r", kind="pathway", units=("a",))),
            "Group r is a choice of pathways and holds groups only; put its units in a child group.",
        ),
        (
            lambda: Ruleset("Q", Group("r", kind="some")),  # type: ignore[arg-type]
            "Group r has the kind “some”; use all, choose or pathway.",
        ),
        (
            lambda: Ruleset("Q", Group("r", min_credit=-1)),
            "Group r has min_credit = -1; it must not be negative.",
        ),
        (
            lambda: Ruleset("Q", Group("r", credit_at_level=(LevelFloor("none", 3),))),
            "Group r asks for credit at level “none”; name a level.",
        ),
    ],
)
def test_what_is_no_rule_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(RuleError) as refused:
        make()
    assert str(refused.value) == sentence
