"""Crowding by hand: one award from several bodies, what is shared, what says the same twice."""

from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.crowding import Entry, awards, crowding


def entry(code, title, owner="", units="", level="3"):
    names = frozenset([owner.lower()]) if owner else frozenset()
    return Entry(code, title, level, owner, names, frozenset(units))


ALPHA = entry("a", "Alpha Level 3 Diploma in Playwork (RQF)", "Alpha", "xyz")
BETA = entry("b", "Beta Level 3 Diploma in Playwork (England)", "Beta", "xy")


def whys(*entries):
    return {(frozenset(a.entries), a.owners, a.why) for a in awards(entries)}


def test_called_the_same_but_for_owner_country_and_version_it_is_one_award():
    assert whys(ALPHA, BETA) == {(frozenset("ab"), ("Alpha", "Beta"), "called the same")}


def test_another_level_size_or_subject_is_another_award():
    for other in (
        entry("c", "Beta Level 2 Diploma in Playwork", "Beta", level="2"),
        entry("c", "Beta Level 3 Certificate in Playwork", "Beta"),
        entry("c", "Beta Level 3 Diploma in Youth Work", "Beta"),
    ):
        assert [a.why for a in awards([ALPHA, other])] == ["alone", "alone"]


def test_made_of_the_same_units_by_another_owner_it_is_one_award_whatever_it_is_called():
    named = entry("c", "Gamma Level 3 Diploma in Working with Play", "Gamma", "xyz")
    assert whys(ALPHA, named) == {(frozenset("ac"), ("Alpha", "Gamma"), "made of the same units")}
    own = entry("d", "Alpha Level 3 Diploma in Working with Play", "Alpha", "xyz")
    small = entry("e", "Gamma Level 3 Award in Working with Play", "Gamma", "xyz")
    some = entry("f", "Gamma Level 3 Diploma in Working with Play", "Gamma", "xyuvw")
    for other in (own, small, some):
        assert len(awards([ALPHA, other])) == 2


def test_sharing_a_unit_is_told_apart_from_saying_the_same_in_another():
    third = entry("c", "Gamma Level 3 Diploma in Youth Work", "Gamma", "xq")
    found = crowding([ALPHA, BETA, third], [("y", "q", 0.9, "words alike"), ("x", "y", 0.9, ""), ("y", "n", 0.9, "")])
    assert [(s.unit, s.entries, s.awards) for s in found.shared] == [("x", ("a", "b", "c"), 2), ("y", ("a", "b"), 1)]
    (twice,) = [r for r in found.repeated if r.a == "y" and r.b == "q"]
    assert (twice.in_a, twice.in_b, twice.why) == (("a", "b"), ("c",), "words alike")
    assert "n" not in {r.b for r in found.repeated}


def test_units_that_count_as_one_another_do_not_repeat_each_other():
    third = entry("c", "Gamma Level 3 Diploma in Youth Work", "Gamma", "q")
    found = crowding([ALPHA, third], [("y", "q", 0.9, "words alike")], [frozenset("yq")])
    assert found.repeated == ()


titles = st.sampled_from(["Level 3 Diploma in Playwork", "Level 3 Diploma in Youth Work", "Level 3 Award in Play"])
entries_ = st.lists(
    st.tuples(titles, st.sampled_from(["Alpha", "Beta"]), st.frozensets(st.sampled_from("xyz"))), max_size=6
)


@given(entries_)
def test_every_entry_is_in_one_award_and_each_share_is_counted_once(rows):
    made = [Entry(str(n), f"{o} {t}", "3", o, frozenset([o.lower()]), u) for n, (t, o, u) in enumerate(rows)]
    found = crowding(made)
    placed = [code for award in found.awards for code in award.entries]
    assert sorted(placed) == sorted(e.code for e in made)
    naive = {u: [e.code for e in made if u in e.units] for u in "xyz"}
    assert {s.unit: list(s.entries) for s in found.shared} == {u: c for u, c in naive.items() if len(c) > 1}
