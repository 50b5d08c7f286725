"""Top-ups on worlds small enough to check with a pencil."""

from dataclasses import replace

import pytest

from iqf.analysis.rules import Holding, Ruleset
from iqf.analysis.topup import answering
from iqf.analysis.topup.answering import top_up
from iqf.analysis.topup.records import Amount, Candidate, Choice, Need, Option, Question, TopUpError

from .trees import tree, units

DIPLOMA = """
    root all
      A all: a b
      E choose 6 credits: c d e f
"""


def question(drawing, facts, held="", needs="", reach=None, closed="", **more):
    """Units of one letter; every unit of the facts can be taken, at its own credit and three hours."""
    found = units(facts)
    candidates = tuple(
        Candidate(u, u.upper(), "unit", Amount(f.credit_low or 0, f.credit_high), Amount(3, 3), brings=frozenset(u))
        for u, f in found.items()
    )
    rules = Ruleset("Q", tree(drawing), more.pop("bars", ()), more.get("equivalents", ())) if drawing else None
    return Question(
        target="T",
        holding=Holding(frozenset(held)),
        choices=(Choice("Q", "Diploma", (Option("Q", "Diploma", rules, closed),)),) if drawing else (),
        needs=tuple(Need(n, n, fully=n.isupper()) for n in needs.split()),
        candidates=more.pop("candidates", candidates),
        facts=found,
        reach=reach or {},
        **more,
    )


def codes(answer):
    return "".join(sorted(i.candidate.code for i in answer.items))


def test_the_worked_example():
    """Held a. Missing b (2), and 6 credits of c (4), d (4), e (2), f (3): c + e = d + e = 6 is the least."""
    found = top_up(question(DIPLOMA, "a3 b2 c4 d4 e2 f3", held="a"), alternatives=3)
    assert (found.status, found.best.gap, found.best.cost["credit"].known) == ("optimal", 0, 8)
    assert codes(found.best) in ("bce", "bde")
    ways = [codes(w) for w in (found.best, *found.alternatives)]
    assert set(ways[:2]) == {"bce", "bde"}
    assert set(ways[2:]) <= {"bcf", "bdf"}
    assert [w.cost["credit"].known for w in found.alternatives] == [8, 9, 9]
    assert found.best.items[0].because == "Required in “A” of Diploma."
    assert found.best.items[1].because == "Counts towards “E” of Diploma."
    assert found.words == "Nothing that reaches the target costs less than these 3 items."


def test_a_range_of_credit_is_a_range_in_the_answer():
    found = top_up(question("root all: a b", "a3 b2-5", held=""))
    assert (found.status, found.best.cost["credit"].low, found.best.cost["credit"].high) == ("optimal", 5, 8)
    assert (found.best.cost["credit"].known, found.best.cost["credit"].unknown_items) == (3, 1)
    assert found.words.endswith("whatever the amounts not known turn out to be.")


def test_optimal_is_not_said_where_an_unknown_amount_could_undercut():
    found = top_up(question("root choose 1 units: a b", "a3 b2-5"), alternatives=0)
    assert (found.status, codes(found.best), found.best.gap) == ("feasible", "a", 1)
    assert "another may, by at most 1 credit." in found.words
    unbounded = top_up(question("root choose 1 units: a b", "a3 b?"), alternatives=0)
    assert (unbounded.status, codes(unbounded.best), unbounded.best.gap) == ("feasible", "a", 3)


def test_unknown_credit_that_the_rule_must_count_cannot_undercut():
    """b could only stand in for a with 6 credits or more, and would then cost as much."""
    found = top_up(question("root choose 6 credits: a b", "a6 b?"), alternatives=0)
    assert (found.status, codes(found.best)) == ("optimal", "a")


def test_what_everybody_must_take_is_optimal_however_little_is_known_of_it():
    found = top_up(question("root all: a", "a?"))
    assert (found.status, found.best.gap, found.best.cost["credit"].high) == ("optimal", 0, None)
    either = top_up(question("root choose 1 units: a b", "a? b?"), alternatives=0)
    assert (either.status, either.best.gap) == ("feasible", None)
    assert "no upper bound" in either.words


def test_nothing_is_paid_for_twice_and_nothing_counts_twice():
    shared = question("", "a3 b1 c1 d1")
    first = Ruleset("Q1", tree("root choose 1 units: a b"))
    second = Ruleset("Q2", tree("root choose 1 units: a c"))
    both = tuple(Choice(r.target, r.target, (Option(r.target, r.target, r),)) for r in (first, second))
    assert codes(top_up(replace(shared, choices=both)).best) == "bc"
    dear = {u: replace(f, credit_low=3, credit_high=3) for u, f in shared.facts.items()}
    costs = tuple(replace(c, credit=Amount(3, 3)) for c in shared.candidates)
    assert codes(top_up(replace(shared, choices=both, facts=dear, candidates=costs)).best) == "a"
    one = top_up(question("root all\n  A choose 1 units: a b\n  B choose 1 units: a c", "a1 b2 c3"))
    assert codes(one.best) == "ab"


def test_one_of_a_choice_is_enough_and_one_that_is_held_needs_nothing():
    asked = question("", "a3 b1")
    options = tuple(Option(q, q, Ruleset(q, tree(f"root all: {u}"))) for q, u in (("Q1", "a"), ("Q2", "b")))
    choice = replace(asked, choices=(Choice("c", "One of two", options),))
    assert codes(top_up(choice).best) == "b"
    held = top_up(replace(choice, holding=Holding(qualifications=frozenset({"Q1"}))))
    assert (held.status, held.met_already, held.words) == (
        "optimal",
        True,
        "What is held is enough: nothing more is needed.",
    )


def test_statements_are_reached_by_the_fewest_credits():
    reach = {"a": {"s": "partly", "t": "partly"}, "b": {"s": "fully"}, "c": {"t": "fully"}}
    found = top_up(question("", "a3 b1 c1", needs="s t", reach=reach))
    assert codes(found.best) == "bc"
    assert found.best.items[0].because == "Reaches s fully."
    held = top_up(question("", "a3 b1 c1", held="b", needs="s t", reach=reach))
    assert codes(held.best) == "c"
    capital = {"a": {"S": "partly"}, "b": {"S": "fully"}}
    assert codes(top_up(question("", "a1 b5", needs="S", reach=capital)).best) == "b"


def test_an_equivalent_that_is_held_counts_and_swapping_it_is_no_other_way():
    same = (frozenset("ax"),)
    held = top_up(question("root all: a b", "a3 b2 x1", held="x", equivalents=same))
    assert codes(held.best) == "b"
    found = top_up(question("root all: a", "a3 x2", equivalents=same))
    assert (codes(found.best), found.alternatives) == ("x", ())


def test_a_closed_target_says_why_and_what_would_help():
    shut = top_up(question("root all: a", "a3", closed="It stopped in 2014."))
    assert (shut.status, shut.best) == ("impossible", None)
    assert (shut.unmet[0].code, shut.unmet[0].why) == ("Q", "It stopped in 2014.")
    held = top_up(question("root all: a", "a3", held="a", closed="It stopped in 2014."))
    assert held.met_already


def test_a_unit_that_cannot_be_taken_is_named():
    asked = question("root all\n  A all: a b\n  C choose 4 credits: c d", "a3 b2 c3 d1")
    gone = replace(asked, candidates=tuple(c for c in asked.candidates if c.code != "b"))
    (unmet,) = top_up(gone).unmet
    assert unmet.missing == ("b",)
    assert unmet.why == "Even with everything that can be taken: “A”: Unit b is required and not held."
    assert unmet.possible_if == "that Unit b can be taken"


def test_a_statement_that_nothing_teaches_is_a_gap():
    (unmet,) = top_up(question("", "a1", needs="s")).unmet
    assert (unmet.kind, unmet.code) == ("statement", "s")
    assert "a gap worth reporting" in unmet.possible_if


def test_what_bars_each_other_is_named_together():
    reach = {"a": {"s": "fully"}, "b": {"t": "fully"}, "c": {"u": "fully"}}
    found = top_up(question("", "a1 b1 c1", needs="s t u", reach=reach, barred=(frozenset("ab"),)))
    (unmet,) = found.unmet
    assert (found.status, unmet.kind, unmet.title) == ("impossible", "together", "s; t")


def test_a_qualification_without_units_is_taken_whole_less_what_is_held():
    part = "root all, 10 credits, list incomplete: a b"
    whole = Candidate("Q", "Diploma", "qualification", Amount(10, 10), Amount(50, 50), brings=frozenset("ab"))
    asked = question(part, "a3 b2", held="a")
    found = top_up(replace(asked, candidates=(*asked.candidates, whole)))
    assert (codes(found.best), found.best.cost["credit"].low, found.best.cost["credit"].high) == ("Q", 7, 10)
    assert found.best.items[0].because == "It is what is asked for."
    closed = replace(asked, choices=(Choice("Q", "Diploma", (replace(asked.choices[0].options[0], rules=None),)),))
    assert "not on record" in top_up(closed).unmet[0].why


@pytest.mark.parametrize("held", ["", "a"])
def test_a_solver_out_of_time_still_answers_and_says_so(held):
    found = top_up(question(DIPLOMA, "a3 b2 c4 d4 e2 f3", held=held), seconds=0.0)
    assert found.best.timed_out
    assert found.best.gap is None or found.best.gap >= 0
    assert {"b"} <= set(codes(found.best))
    assert found.status == "optimal" or "stopped at its time limit" in found.words


def test_without_a_price_the_answer_is_not_called_the_cheapest():
    found = top_up(question(DIPLOMA, "a3 b2 c4 d4 e2 f3"), "pounds", alternatives=0)
    assert (found.status, found.best.gap, found.best.cost["pounds"].high) == ("feasible", None, None)
    hours = top_up(question(DIPLOMA, "a3 b2 c4 d4 e2 f3"), "hours", alternatives=0)
    assert (hours.status, hours.best.cost["hours"].known) == ("optimal", 12)


def test_words_of_every_kind_of_answer():
    amount = answering.number_of
    assert (amount(1, "credit"), amount(2, "hours")) == ("1 credit", "2 guided learning hours")
    with pytest.raises(TopUpError, match="wrong way round"):
        Amount(5, 3)
    asked = question("", "a1")
    with pytest.raises(TopUpError, match="named twice"):
        replace(asked, candidates=asked.candidates * 2)
