from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.coverage import Claim
from iqf.analysis.own_terms import in_terms

CLAIMS = (
    Claim("a", "S1", "fully"),
    Claim("b", "S1", "partly"),
    Claim("c", "S2", "partly"),
    Claim("a", "S3", None),
)


def verdicts(sure=(), possible=(), judged=("a", "b", "c", "d"), credited=None):
    return [t.verdict for t in in_terms(("S1", "S2", "S3"), sure, possible, CLAIMS, judged, credited)]


def test_sure_perhaps_and_only_evidence():
    assert verdicts(["a"], ["c"]) == ["shows", "may show", "only evidence"]
    assert verdicts(["d"]) == ["only evidence"] * 3
    assert verdicts() == ["only evidence"] * 3


def test_a_unit_that_nobody_judged_leaves_it_open():
    assert verdicts(["a", "x"]) == ["shows", "cannot say", "cannot say"]
    assert in_terms(("S2",), ["x"], ["y", "a"], CLAIMS, ("a",))[0].unjudged == 2


def test_what_was_credited_is_shown():
    first = in_terms(("S2",), (), (), CLAIMS, (), {"S2": "partly"})[0]
    assert (first.verdict, first.strength, first.surely) == ("shows", "partly", ())
    both = in_terms(("S1",), ["b"], (), CLAIMS, (), {"S1": "fully"})[0]
    assert both.strength == "fully"


units = st.sampled_from("abcdx")


@given(st.sets(units), st.sets(units), st.sets(units))
def test_by_the_book(sure, possible, judged):
    """The same said naively, statement by statement."""
    seen = judged | {"a", "b", "c"}
    for term in in_terms(("S1", "S2", "S3"), sure, possible, CLAIMS, judged):
        reach = {c.unit for c in CLAIMS if c.statement == term.statement and c.strength}
        if reach & sure:
            expected = "shows"
        elif reach & possible:
            expected = "may show"
        elif (sure | possible) - seen:
            expected = "cannot say"
        else:
            expected = "only evidence"
        assert term.verdict == expected
