"""What single employers ask, beside what binds them all and beside each other: cases worked out by hand."""

import pytest

from iqf.analysis.entry_criteria import Criterion, National, beside_national, between_employers

NOTHING_KNOWN = National()
NOTHING_SET = National(positions=frozenset({"none"}), listed={"Q7": "significant"}, levels={"Q7": "3"})
REGISTERED = National(positions=frozenset({"registration"}))
ONE_OF_TWO = National(
    choices=(frozenset({"Q1", "Q2"}), frozenset({"Q3"})),
    listed={"Q1": "mandatory", "Q2": "mandatory", "Q3": "mandatory", "Q7": "relevant"},
    levels={"Q1": "4", "Q2": "3", "Q3": "2", "Q7": "5"},
)


def asks(
    kind="qualification", strength="essential", qualification="", least_level="", employer="A", level="", words=""
):
    return Criterion(
        employer, level, kind, words or f"{kind} {qualification}{least_level}", strength, qualification, least_level
    )


@pytest.mark.parametrize(
    ("criterion", "national", "verdict", "word"),
    [
        (asks(qualification="Q7"), NOTHING_KNOWN, "cannot say", "not on record"),
        (asks("nothing"), NOTHING_KNOWN, "cannot say", "not on record"),
        (asks("nothing"), NOTHING_SET, "same", "Nothing is set"),
        (asks("nothing"), ONE_OF_TWO, "less", "binds every employer"),
        (asks("nothing"), REGISTERED, "less", "binds every employer"),
        (asks(qualification="Q7"), NOTHING_SET, "more", "counts as significant"),
        (asks(qualification="Q7"), ONE_OF_TWO, "more", "counts as relevant"),
        (asks(qualification="Q9"), ONE_OF_TWO, "more", "not part of"),
        (asks(qualification="Q3"), ONE_OF_TWO, "same", "must ask for it"),
        (asks(qualification="Q3", strength="desirable"), ONE_OF_TWO, "less", "only wishes"),
        (asks(qualification="Q1"), ONE_OF_TWO, "more", "any of 2"),
        (asks(least_level="2"), ONE_OF_TWO, "less", "level 3"),
        (asks(least_level="3"), ONE_OF_TWO, "same", "at this level"),
        (asks(least_level="4"), ONE_OF_TWO, "more", "level 3"),
        (asks(least_level="3"), NOTHING_SET, "more", "Nothing is set"),
        (asks("registration"), REGISTERED, "same", "registration"),
        (asks("registration", qualification="Q8"), REGISTERED, "same", "registration"),
        (asks("registration"), NOTHING_SET, "more", "Nothing is set"),
        (asks("training"), National(positions=frozenset({"mandatory training"})), "cannot say", "Training is set"),
        (asks("experience"), ONE_OF_TWO, "more", "not part of"),
        (asks("experience", strength="desirable"), NOTHING_SET, "more", "a wish"),
    ],
)
def test_a_criterion_beside_what_binds_every_employer(criterion, national, verdict, word):
    found = beside_national(criterion, national)
    assert (found.verdict, word in found.because) == (verdict, True), found


def test_an_unknown_level_of_what_is_mandatory_is_never_compared():
    national = National(choices=(frozenset({"Q1"}),), levels={"Q1": ""})
    assert beside_national(asks(least_level="3"), national).verdict == "cannot say"


def test_employers_that_insist_on_the_same_do_not_differ():
    rows = [asks(least_level="3", employer=name, words=f"level 3, says {name}") for name in "AB"]
    assert between_employers(rows) == ()
    assert between_employers([asks(least_level="3"), asks(least_level="3", employer="B", strength="desirable")]) == ()


def test_employers_differ_level_by_level_and_what_holds_at_any_level_holds_at_each():
    rows = [
        asks(least_level="2", employer="A", level="2", words="level 2"),
        asks(least_level="3", employer="B", level="2", words="level 3"),
        asks("experience", employer="B", words="a year"),
        asks("skills", employer="A", level="3", words="driving"),
    ]
    found = {(d.post_level, d.kind): d for d in between_employers(rows)}
    assert set(found) == {("2", "qualification"), ("2", "experience"), ("3", "skills"), ("3", "experience")}
    two = found["2", "qualification"]
    assert [(a.words, a.employers) for a in two.answers] == [("level 2", ("A",)), ("level 3", ("B",))]
    assert two.silent == ()
    assert found["2", "experience"].silent == found["3", "experience"].silent == ("A",)
