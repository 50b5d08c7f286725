"""The naming protocol: notation made one, breaches said in a sentence with what would be right."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iqf.analysis.naming import Named, check, normal_title
from iqf.analysis.titles import read

GOOD = Named(
    "NCFE CACHE Level 3 Diploma in Early Years Education and Care (Early Years Educator)",
    "3",
    "NCFE",
    "601/2147/6",
    "0-5",
    "Diploma",
)


def of(**changed):
    return Named(**{**vars(GOOD), **changed})


def test_an_entry_by_the_rules_breaks_none():
    assert check(GOOD) == ()
    assert check(Named("Playwork")) == ()


@pytest.mark.parametrize(
    ("entry", "field", "gravity", "right"),
    [
        (of(title=" "), "title", "broken", "the title as its owner prints it"),
        (of(title="603"), "title", "broken", "the title as its owner prints it"),
        (of(title="Diploma in Care " * 30), "title", "broken", "at most 400 characters"),
        (of(title="Level 3 Diploma"), "title", "doubtful", "owner, level, kind of award and what it is about"),
        (of(title="LEVEL 3 DIPLOMA IN CARE"), "title", "doubtful", "Level 3 Diploma In Care"),
        (of(title="Diploma in Care (Adults"), "title", "doubtful", "a closing bracket for each opening one"),
        (of(title="Diploma in Care 601/2147/6"), "title", "doubtful", "Diploma in Care"),
        (of(level="3/4"), "level", "broken", "Entry, Entry 1 to 3, 1 to 8, none, or blank"),
        (of(level="2"), "level", "doubtful", "Level 3"),
        (of(award_type="Certificate"), "award_type", "doubtful", "Diploma"),
        (of(owner="Various Awarding Organisations"), "owner", "doubtful", "a blank owner, and in the note what"),
        (of(number="60/12"), "number", "doubtful", "603/5829/4"),
        (of(age_focus="5-0"), "age_focus", "broken", "two ages with a dash between"),
        (of(age_focus="teens"), "age_focus", "broken", "two ages with a dash between"),
    ],
)
def test_each_rule_says_what_would_be_right(entry, field, gravity, right):
    (breach,) = check(entry)
    assert (breach.field, breach.gravity) == (field, gravity)
    assert breach.right.startswith(right)
    assert breach.sentence.endswith(".")


@pytest.mark.parametrize("ages", ["0-5", "11-25", "16+", "0-1", "5-5", ""])
def test_ages_as_they_are_written(ages):
    assert check(of(age_focus=ages)) == ()


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("  Award  in\tChildren’s   Care ", "Award in Children's Care"),
        ("L3 Diploma – Play ( Wales )", "Level 3 Diploma - Play (Wales)"),
        ("Cafe\u0301 Award\u200b", "Café Award"),
        ("Award in “Play” , Level 2", 'Award in "Play", Level 2'),
    ],
)
def test_notation_is_made_one(title, normal):
    assert normal_title(title) == normal


PIECES = st.lists(
    st.sampled_from(["L3", "Level 2", "Diploma", "in", "Children’s", "–", "-", "(", ")", "Play", " ", "(Wales )", ",",
                     "é", "e\u0301", "“", "\u200b", "QCF"]), max_size=8,
).map(" ".join)  # fmt: skip


@given(st.text(max_size=60) | PIECES)
def test_normal_again_is_the_same(text):
    assert normal_title(normal_title(text)) == normal_title(text)


@example("é – ) é")
@given(PIECES)
def test_a_normal_title_reads_as_before(title):
    assert read(normal_title(title)) == read(title)
