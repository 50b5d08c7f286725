"""What a printed name says, and which of the known bodies it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.names import OtherName, is_short_for, names_nobody, plain_name, read_name, telling_words
from iqf.analysis.rows_agree import agree, apart
from iqf.analysis.same_body import Bodies, Body


def said(printed):
    return [(n.kind, n.text) for n in read_name(printed)]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Edexcel (now Pearson Education Ltd)", [("name", "Edexcel"), ("now", "Pearson Education Ltd")]),
        ("One Awards (Formerly North East Region)", [("name", "One Awards"), ("former", "North East Region")]),
        ("RAU (Formerly known as RAC)", [("name", "RAU"), ("former", "RAC")]),
        ("X Certification (Formally X)", [("name", "X Certification"), ("former", "X")]),
        ("Media Services Ltd trading as ITEC", [("name", "Media Services Ltd"), ("trading", "ITEC")]),
        ("South College (trading as South Centre)", [("name", "South College"), ("trading", "South Centre")]),
        ("SFEDI Ltd. T/A SFEDI Awards", [("name", "SFEDI Ltd."), ("trading", "SFEDI Awards")]),
        ("The British Trust (T/A as Sports Leaders)", [("name", "The British Trust"), ("trading", "Sports Leaders")]),
        ("iCan Qualifications (iCQ)", [("name", "iCan Qualifications"), ("acronym", "iCQ")]),
        ("Medic (formerly Planning (UK) Ltd)", [("name", "Medic"), ("former", "Planning (UK) Ltd")]),
        ("Greek Institute  (The)", [("name", "Greek Institute")]),
        ("Old Agency (not an awarding body)", [("name", "Old Agency")]),
        ("Future (Awards and Qualifications) Ltd", [("name", "Future (Awards and Qualifications) Ltd")]),
        ("The Open University (Peterborough)", [("name", "The Open University (Peterborough)")]),
        ("Pearson Education Ltd (EDI)", [("name", "Pearson Education Ltd (EDI)")]),
        ("Various Awarding Organisations", []),
        ("  ", []),
    ],
)
def test_a_printed_name_is_read_by_its_notation(printed, names):
    assert said(printed) == names


@given(st.text(max_size=60))
def test_any_text_names_nobody_or_one_name_first(text):
    names = read_name(text)
    assert (not names) == (not text.strip() or names_nobody(text))
    assert not names or (names[0].kind == "name" and names[0].text.strip())


def test_a_short_form_begins_as_the_name_does():
    assert is_short_for("NCG", "Newcastle College Group")
    assert not is_short_for("EDI", "Pearson Education Ltd")
    assert not is_short_for("Ltd", "Large Trade Distribution")


def body(key, *names):
    return Body(key, tuple(OtherName(*n) for n in names))


KNOWN = Bodies(
    [
        body("P", ("name", "Pearson"), ("legal", "Pearson Education Ltd"), ("former", "Edexcel"), ("acronym", "PE")),
        body("N", ("name", "Northern Assembly"), ("acronym", "NOCO"), ("former", "First Awards")),
        body("S", ("name", "Skills Group Awards"), ("former", "Twin")),
        body("T", ("name", "Twin"), ("acronym", "TWA")),
        body("A", ("name", "Same Name Board")),
        body("B", ("name", "Same Name Board Ltd")),
        body("C", ("name", "Other Board"), ("acronym", "NOCO")),
    ],
    telling_words,
)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("PEARSON", "P"),
        ("Pearson Education Limited", "P"),
        ("Edexcel", "P"),
        ("Something Else (now Pearson Education Ltd)", "P"),
        ("Something Else (formerly First Awards)", "N"),
        ("NOCO Northern Assembly", "N"),
        ("Twin", "T"),
        ("TWA", "T"),
        ("PE", None),
        ("Same Name Board", None),
        ("NOCO", None),
        ("Northern Asembly", None),
        ("Various", None),
    ],
)
def test_a_name_ties_only_to_the_one_body_that_carries_it(printed, key):
    same = KNOWN.same(read_name(printed))
    assert (same.key if same else None) == key


def test_why_says_which_name_is_which():
    assert KNOWN.same(read_name("Pearson")).why == "Same name"
    assert KNOWN.same(read_name("Edexcel")).why == "Its name on the list (Edexcel) is the former name here"


def test_equal_acronyms_alone_prove_nothing():
    assert KNOWN.same((OtherName("name", "Nobody"), OtherName("acronym", "TWA"))) is None


def test_what_is_doubtful_is_proposed_best_first():
    several = KNOWN.perhaps(read_name("Same Name Board"))
    assert [(p.key, p.score) for p in several] == [("A", 1.0), ("B", 1.0)]
    assert "one of 2" in several[0].why
    near = KNOWN.perhaps(read_name("Northern Asembly"))
    assert [p.key for p in near] == ["N"]
    assert 0.8 < near[0].score < 1
    assert KNOWN.perhaps(read_name("Quite Different")) == []


@pytest.mark.parametrize(
    ("field", "first", "second", "same"),
    [
        ("level", "3", "3", True),
        ("level", "1/2", "2", True),
        ("level", "2", "1/2", True),
        ("level", "E3", "E", True),
        ("level", "2", "3", False),
        ("level", "2", "", True),
        ("title", "Level 3 Diploma in Children’s Care ", "level 3 diploma in childrens care", True),
        ("title", "Diploma", "Certificate", False),
        ("owner", "Pearson Education Ltd", "Pearson", True),
        ("owner", "NCFE", "Ascentis", False),
        ("credit", 12, 12, True),
        ("credit", 12, 13, False),
        ("credit", 0, 13, False),
    ],
)
def test_two_lists_agree_or_not(field, first, second, same):
    assert agree(field, first, second) is agree(field, second, first) is same
    assert apart(field, [first, second, first]) is not same


def test_plain_names_are_compared_by_their_telling_words():
    assert plain_name("The A & B Ltd.") == "a and b"
    assert telling_words("GQA Qualifications Limited") == "gqa"
    assert telling_words("Awards") == "awards"
