"""What a role requires against what its qualifications teach: each verdict by hand, then against a naive count."""

from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.coverage import Claim, UnitLink
from iqf.analysis.role_coverage import Serving, role_coverage

JUDGED = {"m", "n", "o", "p"}


def serving(code, mandatory="", optional="", *, whole=True):
    links = [UnitLink(code, u, True) for u in mandatory] + [UnitLink(code, u) for u in optional]
    return Serving(code, tuple(links), whole)


def verdict(*held, wanted="fully", claims=(("m", "fully"), ("n", "partly"))):
    (found,) = role_coverage({"S": wanted}, held, [Claim(u, "S", s) for u, s in claims], JUDGED)
    return found.verdict


def test_what_every_holder_has_is_met_in_part_or_by_choice():
    assert verdict(serving("A", "m")) == "met"
    assert verdict(serving("A", "n")) == "in part"
    assert verdict(serving("A", "n"), wanted="partly") == "met"
    assert verdict(serving("A", "o", "m")) == "by choice"
    assert verdict(serving("A", "o"), serving("B", "m")) == "met"


def test_nothing_found_is_none_only_where_everything_is_listed_and_judged():
    assert verdict(serving("A", "o", "p")) == "none"
    assert verdict(serving("A", "o", "x")) == "cannot say"
    assert verdict(serving("A", "o", whole=False)) == "cannot say"
    assert verdict(serving("A")) == "cannot say"
    assert verdict() == "nothing serves"


def test_each_qualification_says_for_whom_and_by_which_units():
    (found,) = role_coverage(
        {"S": "fully"},
        [serving("A", "no", "m"), serving("B", "o", "m")],
        [Claim("m", "S", "fully"), Claim("n", "S", "partly")],
        JUDGED,
    )
    first, second = found.by
    assert (first.how, first.strength, first.units, first.enough) == ("every holder", "partly", ("n",), False)
    assert (second.how, second.strength, second.units, second.enough) == ("some holders", "fully", ("m",), False)


units = st.sampled_from("mnop")
claims_of = st.dictionaries(units, st.sampled_from(["partly", "fully"]))
qualifications = st.lists(st.tuples(st.sets(units), st.sets(units)), max_size=4)


@given(qualifications, claims_of, st.sampled_from(["partly", "fully"]))
def test_a_verdict_is_what_counting_holders_says(quals, claims, wanted):
    """Naively: a holder of the least takes the mandatory units, of the most every unit."""
    held = [serving(str(n), must, may - must) for n, (must, may) in enumerate(quals)]
    rank = {"partly": 1, "fully": 2}
    least = [max((rank[claims[u]] for u in must if u in claims), default=0) for must, _ in quals]
    most = [max((rank[claims[u]] for u in must | may if u in claims), default=0) for must, may in quals]
    if not quals:
        expected = "nothing serves"
    elif max(least) >= rank[wanted]:
        expected = "met"
    elif max(least):
        expected = "in part"
    elif max(most):
        expected = "by choice"
    else:
        expected = "none" if all(must | may for must, may in quals) else "cannot say"
    assert verdict(*held, wanted=wanted, claims=tuple(claims.items())) == expected
