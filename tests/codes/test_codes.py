"""Official identifiers and levels: every notation reads the same, checks hold exactly where they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf import codes

seven = st.text("0123456789", min_size=7, max_size=7)
words = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F) | st.sampled_from("‘’“”–"), max_size=60)


def qan(digits):
    """A qualification number with the check character that the naive sum gives."""
    total = 0
    for weight, digit in zip((8, 7, 6, 5, 4, 3, 2), digits, strict=True):
        total += weight * int(digit)
    return digits + "0123456789X"[total % 11]


@given(seven, st.sampled_from(["{0}/{1}/{2}", "{0}{1}{2}", "{0}/{1}/{2}/", " {0} {1} {2} ", "{0}/{1}{2}"]))
def test_a_number_reads_the_same_in_any_notation(digits, notation):
    whole = qan(digits)
    read = codes.parse_qan(notation.format(whole[:3], whole[3:7], whole[7]))
    assert read == codes.Number(whole, f"{whole[:3]}/{whole[3:7]}/{whole[7]}", True)
    assert codes.parse_qan(read.shown) == codes.parse_qan(read.stored) == read


@given(seven)
def test_exactly_one_check_character_holds(digits):
    held = [c for c in "0123456789X" if codes.parse_qan(digits + c).check_holds]
    assert held == [qan(digits)[7]]


@given(seven, st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_never_passes(digits, at, step):
    whole = qan(digits)
    wrong = whole[:at] + str((int(whole[at]) + step) % 10) + whole[at + 1 :]
    assert not codes.parse_qan(wrong).check_holds
    letter = next(c for c in codes.UNIT_LETTERS if codes.parse_unit_reference(c + digits).check_holds)
    assert not codes.parse_unit_reference(letter + wrong[:7]).check_holds


@given(seven)
def test_a_unit_reference_reads_the_same_in_any_notation(digits):
    held = [c for c in codes.UNIT_LETTERS if codes.parse_unit_reference(c + digits).check_holds]
    assert len(held) == 1
    letter = held[0]
    shown = f"{letter}/{digits[:3]}/{digits[3:]}"
    for text in (shown, shown.lower(), letter + digits, f" {shown}/ "):
        assert codes.parse_unit_reference(text) == codes.Number(letter + digits, shown, True)


@pytest.mark.parametrize("text", ["603/5829/4", "500/9170/0", "601/7786/X", "601/7786/x", "603/3907/X"])
def test_real_numbers_hold(text):
    assert codes.parse_qan(text).check_holds


def test_a_real_number_that_fails_is_still_read():
    assert codes.parse_qan("610/3696/3") == codes.Number("61036963", "610/3696/3", False)


@pytest.mark.parametrize(
    "text", ["", "Not required", "603/5829", "603/5829/44", "6035829Y", "Y/601/1437", "603-5829-4"]
)
def test_what_is_not_a_number_is_none(text):
    assert codes.parse_qan(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Y/601/1437", "Y6011437"), ("y6011437", "Y6011437"), ("B/601/1437", None), ("60114377", None)],
)
def test_unit_references(text, expected):
    read = codes.parse_unit_reference(text)
    assert (read.stored if read else None) == expected


@pytest.mark.parametrize(("text", "expected"), [("RN5156", "RN5156"), ("rn 5156", "RN5156"), ("5156", None)])
def test_recognition_numbers(text, expected):
    assert codes.parse_recognition_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "3"),
        ("Level 3", "3"),
        (" level  3 ", "3"),
        ("L3", "3"),
        ("3.0", "3"),
        ("Entry", "E"),
        ("Entry Level 2", "E2"),
        ("entry 3", "E3"),
        ("E1", "E1"),
        ("none", "none"),
        ("", ""),
        ("null", ""),
        ("3/4", None),
        ("9", None),
        ("0", None),
        ("-3", None),
        ("3.5", None),
        ("three", None),
        ("level", None),
    ],
)
def test_levels(text, expected):
    assert codes.parse_level(text) == expected


def test_a_level_in_words_reads_back():
    for level in codes.LEVELS[1:]:
        assert codes.parse_level(codes.level_words(level)) == level
    assert codes.level_words(codes.NO_LEVEL) == "No level"
    assert codes.level_words("") == "Level not known"


def test_entry_level_without_a_figure_is_a_level():
    assert codes.parse_level("Entry Level") == "E"


def test_levels_stand_in_order_and_the_unknown_last():
    ranks = [codes.level_rank(level) for level in (*codes.LEVELS, codes.NO_LEVEL, "")]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("NCFE CACHE Level 3 Diploma", "3"),
        ("Diploma (L5)", "5"),
        ("Entry Level Award (Entry 3)", None),
        ("Levels 3 and 4", None),
        ("Level 3 and Level 4", None),
        ("T Level Technical Qualification", None),
        ("Award in Caring (Entry 3)", "E3"),
    ],
)
def test_the_level_in_a_title(title, expected):
    assert codes.level_in_title(title) == expected


@given(words)
def test_an_alias_key_is_its_own_key(text):
    key = codes.alias_key(text)
    assert codes.alias_key(key) == key


@given(words)
def test_an_alias_key_forgets_case_and_spaces(text):
    assert codes.alias_key("  " + text.replace(" ", "   ") + "\n") == codes.alias_key(text)


@given(st.text())
def test_no_text_makes_a_parser_fall_over(text):
    for read in (codes.parse_qan, codes.parse_unit_reference, codes.parse_recognition_number, codes.parse_level):
        read(text)
    codes.level_in_title(text)
    codes.alias_key(text)


@given(st.sampled_from(sorted(codes.CODE_PREFIXES)), st.integers(1, 999_999), st.integers(1, 999_999))
def test_our_codes_are_unlike_each_other(kind, first, second):
    assert (codes.iqf_code(kind, first) == codes.iqf_code(kind, second)) == (first == second)
    assert codes.parse_qan(codes.iqf_code(kind, first)) is None


@pytest.mark.parametrize("text", ["６０３/5829/4", "\u212a/601/1437"])
def test_only_plain_figures_and_letters_make_a_number(text):
    assert codes.parse_qan(text) is None
    assert codes.parse_unit_reference(text) is None
