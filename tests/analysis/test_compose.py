"""Compositions: the order of what counts, limits, bars, bounds; and the same by trying every set."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis.compose import Brief, compose
from iqf.analysis.composed import alike, shares, sizes
from iqf.analysis.rules import UnitFact
from iqf.analysis.topup.records import Amount, Candidate, Need, total

from .brute_topup import subsets

UNITS, STATEMENTS = "ABCDE", "PQRS"


def unit(code, low, high=None):
    amount = Amount(low, low if high is None else high)
    return Candidate(code, code, "unit", amount, Amount(), Amount(), frozenset({code}))


def brief(**more):
    return Brief(
        tuple(Need(s, s) for s in "PQR"),
        (unit("A", 3), unit("B", 2), unit("C", 4)),
        {
            "A": {"P": "fully", "Q": "partly"},
            "B": {"Q": "partly", "R": "fully"},
            "C": {"P": "partly", "R": "partly", "Q": "fully"},
        },
        **more,
    )


def codes(found):
    return "".join(c.code for c in found.chosen)


def test_least_credit_first_and_what_each_unit_is_there_for():
    found = compose(brief())
    assert (codes(found), found.status, found.gap) == ("C", "optimal", 0)
    assert found.reached == {"C": ("P", "Q", "R")}
    assert found.spare == ("A", "B")


def test_of_sets_that_take_as_much_the_one_with_least_overlap():
    dear = replace(brief(), candidates=(unit("A", 3), unit("B", 2), unit("C", 5)))
    assert codes(compose(dear)) == "C"
    again = compose(replace(dear, candidates=(unit("A", 3), unit("B", 2), unit("C", 6))))
    assert (codes(again), again.repeats) == ("AB", 1)


def test_fully_leaves_what_is_only_partly_reached_uncovered_and_says_so():
    needs = (Need("P", "P", True), Need("S", "S", True), Need("R", "R", True))
    found = compose(replace(brief(), needs=needs))
    assert (codes(found), found.status) == ("AB", "impossible")
    assert [(m.need.code, m.gap, m.why) for m in found.missing] == [("S", True, "No unit reaches it.")]


def test_within_a_limit_the_most_statements_and_which_do_not_fit():
    found = compose(brief(most_credit=3))
    assert (codes(found), found.status) == ("B", "impossible")
    assert {m.why for m in found.missing} == {"It does not fit into 3 credits beside the rest."}


def test_whether_a_unit_of_unknown_credit_fits_into_a_limit_cannot_be_said():
    units = tuple(replace(c, credit=Amount(0, None)) if c.code != "B" else c for c in brief().candidates)
    found = compose(replace(brief(most_credit=9), candidates=units))
    assert codes(found) == "B"
    assert {m.why for m in found.missing} == {
        "The credit of the units that reach it is not known, so whether they fit into 9 credits cannot be said."
    }


def test_what_is_held_reaches_its_statements_and_bars_what_it_is_barred_with():
    found = compose(brief(held=frozenset("B")))
    assert (codes(found), found.by_held) == ("A", ("Q", "R"))
    barred = compose(brief(held=frozenset("B"), barred=(frozenset("AB"),)))
    assert codes(barred) == "C"


def test_credit_not_known_is_a_bound_and_optimal_only_where_it_holds_over_it():
    loose = compose(replace(brief(), candidates=(unit("A", 3), unit("B", 1, 5), unit("C", 6))))
    assert (codes(loose), loose.status, loose.gap) == ("C", "feasible", 2)
    sure = compose(replace(brief(), candidates=(unit("A", 3), unit("B", 1, 3), unit("C", 6))))
    assert (codes(sure), sure.status) == ("AB", "optimal")
    endless = Candidate("B", "B", "unit", Amount(), Amount(), Amount(), frozenset("B"))
    only = compose(replace(brief(), candidates=(unit("A", 3), endless)))
    assert (codes(only), only.status, only.credit.high) == ("AB", "optimal", None)


def test_a_search_without_time_still_answers_and_says_that_it_was_stopped(monkeypatch):
    from iqf.analysis.rule_programme import Programme, Solved

    monkeypatch.setattr(Programme, "solve", lambda self, cost, seconds=None: Solved(None, False, 0.0))
    found = compose(brief(), seconds=0.01)
    assert found.timed_out
    assert found.status == "feasible"
    assert not found.missing
    assert "time limit" in found.words


@st.composite
def briefs(draw, known=True):
    def amount():
        low = draw(st.integers(1, 5))
        return low, low if known else low + draw(st.integers(0, 3))

    reach = st.dictionaries(st.sampled_from(STATEMENTS), st.sampled_from(["partly", "fully"]), max_size=3)
    pairs = st.lists(st.frozensets(st.sampled_from(UNITS), min_size=2, max_size=2), max_size=2)
    needs = draw(st.sets(st.sampled_from(STATEMENTS), min_size=1))
    return Brief(
        needs=tuple(Need(s, s, draw(st.booleans())) for s in sorted(needs)),
        candidates=tuple(unit(u, *amount()) for u in UNITS),
        reach={u: draw(reach) for u in UNITS},
        equivalents=tuple(draw(st.lists(st.frozensets(st.sampled_from(UNITS), min_size=2, max_size=2), max_size=1))),
        barred=tuple(draw(pairs)),
        held=draw(st.frozensets(st.sampled_from(UNITS), max_size=1)),
        most_credit=draw(st.none() | st.integers(1, 9)),
    )


def same(asked, code):
    return {code, *(u for e in asked.equivalents if code in e for u in e)}


def reached(asked, codes):
    by = {c for code in codes for c in same(asked, code)}
    far = {n.code: {asked.reach[c].get(n.code) for c in by} for n in asked.needs}
    return {n.code for n in asked.needs if "fully" in far[n.code] or ("partly" in far[n.code] and not n.fully)}


def allowed(asked, chosen):
    for bar in asked.barred:
        names = {frozenset(same(asked, u)) for u in bar}
        own = [frozenset(same(asked, c)) for c in (*chosen, *asked.held)]
        if len(names) > 1 and sum(o in names for o in own) > 1 and not set(own) & names <= _held(asked):
            return False
    return not any(frozenset(same(asked, c)) in _held(asked) for c in chosen)


def _held(asked):
    return {frozenset(same(asked, h)) for h in asked.held}


def naive(asked):
    """Every set that may be used, with what it is worth: statements, credit, repeats, units."""
    held = reached(asked, asked.held)
    for chosen in subsets(asked.candidates):
        names = [c.code for c in chosen]
        if not allowed(asked, names):
            continue
        high = sum(c.credit.high for c in chosen)
        if asked.most_credit is not None and high > asked.most_credit:
            continue
        got = reached(asked, names) - held
        repeats = sum(len(reached(asked, [n]) - held) for n in names) - len(got)
        middle = sum(c.credit.low + c.credit.high for c in chosen)
        yield (-len(got), middle, repeats, len(names)), chosen


@trying(80)
@given(briefs())
def test_the_same_as_trying_every_set(asked):
    found = compose(asked)
    best = min(worth for worth, _ in naive(asked))
    covered = {s for by in found.reached.values() for s in by}
    own = (-len(covered), sum(2 * c.credit.low for c in found.chosen), found.repeats, len(found.chosen))
    assert own == best
    assert found.status == ("impossible" if found.missing else "optimal")
    assert len(covered) + len(found.by_held) + len(found.missing) == len(asked.needs)


@trying(40)
@given(briefs(known=False))
def test_the_gap_holds_under_every_amount(asked):
    asked = replace(asked, most_credit=None)
    found = compose(asked)
    chosen = {c.code for c in found.chosen}
    covered = len({s for by in found.reached.values() for s in by})
    sets = [{c.code for c in other} for worth, other in naive(asked) if -worth[0] >= covered]
    lead = 0
    for amounts in product(*((c.credit.low, c.credit.high) for c in asked.candidates)):
        price = dict(zip(UNITS, amounts, strict=True))
        least = min(sum(price[c] for c in codes) for codes in sets)
        lead = max(lead, sum(price[c] for c in chosen) - least)
    assert found.gap == lead


@trying(30)
@given(briefs())
def test_taking_away_a_chosen_unit_never_makes_it_better(asked):
    found = compose(asked)
    for gone in found.chosen:
        fewer = tuple(c for c in asked.candidates if c.code != gone.code)
        again = compose(replace(asked, candidates=fewer))
        assert (len(again.missing), again.credit.known) >= (len(found.missing), found.credit.known)


def test_sizes_are_those_of_the_credit_framework_and_a_range_where_credit_is_not_known():
    assert sizes(total([Amount(12, 12)])) == ("award",)
    assert sizes(total([Amount(13, 13)])) == ("certificate",)
    assert sizes(total([Amount(37, 37)])) == ("diploma",)
    assert sizes(total([Amount(12, 13)])) == ("award", "certificate")
    assert sizes(total([Amount(14, None)])) == ("certificate", "diploma")


def test_shares_by_owner_with_unknown_credit_as_no_share():
    found = shares({"A": Amount(3, 3), "B": Amount(1, 1)}, {"A": "X", "B": "Y"})
    assert [(s.key, s.units, s.part) for s in found] == [("X", 1, 0.75), ("Y", 1, 0.25)]
    assert shares({"A": Amount(3)}, {"A": "X"})[0].part is None


@pytest.mark.parametrize(
    ("units", "score", "near"),
    [(["A", "B"], 1, True), (["A", "C"], 1 / 3, False), (["A2", "B"], 1, True), (["A", "B", "C", "D"], 0.5, True)],
)
def test_likeness_by_units_in_common_by_title_and_level(units, score, near):
    facts = {
        code: UnitFact(code, title, "3")
        for code, title in [("A", "Play"), ("A2", "Play."), ("B", "Care"), ("C", "Law"), ("D", "Art")]
    }
    (found,) = alike(["A", "B"], {"Q": units}, facts)
    assert (found.score, found.near) == (pytest.approx(score), near)
