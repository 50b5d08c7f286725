"""Properties: a top-up costs what trying every set says, and is called optimal only where that is so."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis.rules import Holding, Ruleset
from iqf.analysis.topup.answering import top_up
from iqf.analysis.topup.narrowing import Narrowing
from iqf.analysis.topup.records import Amount, Candidate, Choice, Need, Option, Question

from .brute_topup import all_fitting, cases, fits, least
from .test_rules_brute import UNITS, bars, classes, facts, groups, holdings

STATEMENTS = ("S1", "S2", "S3")
few = trying(25, dear=True)


@st.composite
def questions(draw, known=True):
    found = draw(facts(known))
    barred = tuple(draw(bars))
    equivalents = tuple(draw(classes))
    everywhere = draw(st.booleans())

    def option(code):
        rules = None
        if draw(st.integers(0, 3)):
            root = draw(groups(depth=1, prefix="g"))
            rules = Ruleset(code, root, barred, equivalents)
        return Option(code, code, rules, closed="Closed." if draw(st.integers(0, 5)) == 0 else "")

    choices = [
        Choice(f"C{n}", f"C{n}", tuple(option(f"Q{n}{m}") for m in range(draw(st.integers(1, 2)))))
        for n in range(draw(st.integers(0, 2)))
    ]
    strength = st.sampled_from(["partly", "fully"])
    reaching = st.dictionaries(st.sampled_from(STATEMENTS), strength, max_size=2)
    candidates = [
        Candidate(u, u, "unit", Amount(f.credit_low or 0, f.credit_high), Amount(1, 1), Amount(), frozenset(u))
        for u, f in found.items()
    ]
    whole = [o.code for c in choices for o in c.options if draw(st.booleans())]
    candidates += [
        Candidate(code, code, "qualification", Amount(n := draw(st.integers(1, 12)), n), Amount(), Amount())
        for code in whole
    ]
    needs = draw(st.sets(st.sampled_from(STATEMENTS), max_size=3 if not choices else 2))
    held = draw(holdings) if draw(st.booleans()) else frozenset()
    older = [o.code for c in choices for o in c.options if held and draw(st.booleans())]
    return Question(
        target="T",
        holding=Holding(held),
        counting={code: held - draw(holdings) for code in older},
        choices=tuple(choices),
        needs=tuple(Need(s, s, draw(st.booleans())) for s in sorted(needs)),
        candidates=tuple(draw(st.permutations(candidates))),
        facts=found,
        reach={u: draw(reaching) for u in [*UNITS, *whole]},
        equivalents=equivalents,
        barred=barred if everywhere else (),
    )


def plain(question):
    """The question with every qualification that is taken whole paid in full, as the naive count does."""
    listed = {u for c in question.choices for o in c.options if o.rules for g in o.rules.root.walk() for u in g.units}
    same = {u for e in question.equivalents if e & listed for u in e} | listed
    return not any(c.kind == "qualification" for c in question.candidates) or not question.holding.units & same


@few
@given(questions())
def test_the_least_cost_is_that_of_trying_every_set(question):
    answer = top_up(question, alternatives=2)
    if not plain(question):
        question = replace(question, holding=Holding(), counting={})
        answer = top_up(question, alternatives=2)
    fitting = all_fitting(question)
    seen = []
    for found in ([answer.best] if answer.best else []) + list(answer.alternatives):
        assert found.cost["credit"].known == least(question, fitting=fitting, but_not=seen)
        assert found.status == "optimal"
        seen.append({i.candidate.code for i in found.items})
    assert (answer.status == "impossible") == (not fitting)
    if answer.best is None:
        assert answer.unmet


@few
@given(questions())
def test_no_item_can_be_spared_and_taking_one_away_never_makes_it_cheaper(question):
    answer = top_up(question, alternatives=0)
    for item in answer.best.items if answer.best else ():
        rest = [i.candidate for i in answer.best.items if i is not item]
        assert not fits(question, rest)
        assert item.covers
        assert item.because
        without = tuple(c for c in question.candidates if c.code != item.candidate.code)
        again = top_up(replace(question, candidates=without), alternatives=0)
        assert again.best is None or again.best.cost["credit"].known >= answer.best.cost["credit"].known


@few
@given(questions(known=False))
def test_optimal_and_the_gap_hold_under_every_amount(question):
    question = replace(question, candidates=tuple(c for c in question.candidates if c.kind == "unit"))
    answer = top_up(question, alternatives=0)
    if answer.best is None:
        assert not fits(question, question.candidates)
        return
    chosen = {i.candidate.code for i in answer.best.items}
    assert fits(question, [c for c in question.candidates if c.code in chosen])
    for case in cases(question):
        cost = sum(c.credit.low for c in case.candidates if c.code in chosen)
        beaten_by = cost - least(case)
        assert answer.best.gap is None or beaten_by <= answer.best.gap
        assert answer.best.status != "optimal" or beaten_by == 0


@few
@given(questions(known=False))
def test_of_a_question_about_everything_only_what_can_matter_is_asked(question):
    whole = Narrowing(replace(question, choices=(), needs=()))
    for choices, needs in ((question.choices, question.needs), (question.choices[:1], ()), ((), question.needs[:1])):
        alone = replace(question, choices=choices, needs=needs)
        expected, got = top_up(alone, alternatives=2), top_up(whole.asking(choices, needs), alternatives=2)
        assert (got.status, got.words, got.unmet) == (expected.status, expected.words, expected.unmet)
        answers = [[a and (a.cost, a.gap) for a in (t.best, *t.alternatives)] for t in (expected, got)]
        assert answers[0] == answers[1]
