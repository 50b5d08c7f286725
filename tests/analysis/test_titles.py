"""Titles read into their parts: every notation of one title reads alike, and any text can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.titles import comparable, plain, read


def words(*said):
    return frozenset(said)


def test_a_register_title_in_its_parts():
    parts = read("NCFE CACHE Level 3 Extended Diploma for Residential Childcare (England) (QCF)")
    assert (parts.owner, parts.level) == ("ncfe cache", "3")
    assert (parts.award, parts.size) == (words("diploma"), words("extended"))
    assert parts.subject == words("residential", "childcare")
    assert (parts.countries, parts.marks) == (words("england"), words("qcf"))


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Cskills Awards L3 NVQ Diploma in Roofing", "3"),
        ("WJEC Level 1/Level 2 GCSE in Welsh", "1/2"),
        ("NCFE Level 1/2 Certificate in Welsh", "1/2"),
        ("OCR Entry Level Certificate in German (Entry 3)", "E3"),
        ("AIM Entry 2 Award in Hair", "E2"),
        ("Ascentis Entry Level 1 Award in English", "E1"),
        ("CCEA Entry Level Certificate in Spanish", "E"),
        ("AQA Functional Skills qualification in English at Level 2", "2"),
        ("Certificate in Early Years", ""),
        ("Award in Technical Occupational Entry to Nursing", ""),
    ],
)
def test_levels_in_every_notation(title, level):
    assert read(title).level == level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Award in Children’s Care", "award in childrens care"),
        ("Diploma in Child Care & Education", "Diploma in Childcare and Education"),
        ("Certificate in Wood Work – Part One", "Certificate in Wood Work - Part 1"),
        ("Level 2 Award in Safeguarding (RQF)", "L2 Award in Safeguarding (QCF)"),
        ("Level 3 NVQ Playwork", "NVQ Level 3 in Playwork"),
        ("Highfield Level 3 End-Point Assessment for Baker", "Highfield Level 3 Baker EPA"),
        ("AQA Advanced GCE in French", "AQA A-level in French"),
        ("Award for Young People’s Workers", "Award for Young Person's Worker"),
        ("Award in Organisational Practise", "Award in Organizational Practice"),
    ],
)
def test_two_notations_of_one_title_say_the_same(one, other):
    a, b = read(one), read(other)
    assert (a.level, a.award, a.size, a.content, a.numerals) == (b.level, b.award, b.size, b.content, b.numerals)


@pytest.mark.parametrize(
    ("title", "numerals"),
    [
        ("Certificate in Graded Examination in Dance (Grade 4)", {"4"}),
        ("Award in Playwork Part B", {"b"}),
        ("Award in Playwork Stage II", {"2"}),
        ("OCR Advanced GCE in Physics B", {"b"}),
        ("Diploma for the Early Years Practitioner (540)", {"540"}),
        ("City & Guilds Certificate in Work with Parents (3599)", set()),
        ("Certificate in Playwork (2014)", set()),
    ],
)
def test_numbers_and_letters_that_tell_parts_apart(title, numerals):
    assert read(title).numerals == numerals


def test_an_owner_in_front_is_told_from_a_subject_by_its_names():
    assert read("Montessori Diploma in Early Childhood", words("montessori college")).owner == "montessori"
    assert read("Montessori Diploma in Early Childhood", words("bournemouth board")).owner == ""
    assert "montessori" in read("Montessori Diploma in Early Childhood", words("bournemouth board")).subject
    assert read("Playwork Level 3 Diploma").subject == words("playwork")


def test_pathways_in_brackets_behind_dashes_and_colons_are_options():
    a = read("Diploma in Leadership - Early Years (Management)")
    b = read("Diploma in Leadership: Early Years (Management)")
    assert a.options == b.options == words("early", "year", "management")
    assert a.subject == words("leadership")


PIECES = st.lists(
    st.sampled_from(
        ["Level 3", "L2", "Entry 1", "Diploma", "NVQ", "in", "Early Years", "(QCF)", "(England)", "&", "–", "Part B",
         "’s", "Childcare", "Ⅲ", "ﬁrst aid", "NCFE", ":", "(", ")", "Extended", "2014", "\x00", "İ"]
    ),
    max_size=9,
).map(" ".join)  # fmt: skip


@given(st.text(max_size=80) | PIECES)
def test_plain_again_is_the_same_and_any_text_can_be_read(text):
    assert plain(plain(text)) == plain(text)
    read(text)


@given(PIECES)
def test_case_spaces_and_quotes_do_not_matter(text):
    assert read(text.replace(" ", "   ").upper().lower()) == read(text.upper().lower())
    assert read(text.replace("’", "'")) == read(text)


@given(st.text(alphabet="abcdefgis ", max_size=30))
def test_comparable_words_stay_as_they_are(text):
    once = comparable(text)
    assert set(comparable(" ".join(once))) <= set(once) | {w.rstrip("s") for w in once} | set(comparable(text))
