"""Segments of a text are parts of it as it is written."""

from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.suggest.segments import WINDOWS, WORD, segments
from iqf.analysis.suggest.words import grams, stem, tokens

TEXT = "Keep children safe, including online; record and share concerns."


def said(text, windows=()):
    return [text[a:b] for a, b in segments(text, windows)]


def test_the_whole_its_clauses_and_windows():
    assert said(TEXT) == [TEXT, "Keep children safe", "online", "record", "share concerns"]
    assert "safe, including online" in said(TEXT, (3,))


def test_nothing_comes_of_nothing():
    assert segments("") == segments(" … ") == []


@given(st.text(max_size=80))
def test_every_segment_holds_a_word_stands_in_the_text_and_comes_once(text):
    found = said(text, WINDOWS)
    assert all(part == part.strip() and WORD.search(part) and part in text for part in found)
    assert len({part.casefold() for part in found}) == len(found)


def test_words_of_one_family_have_one_stem():
    assert stem("managing") == stem("manages") == stem("management") == "manag"
    assert stem("play") == "play"
    assert tokens("The managing of records in C and R") == ("manag", "record", "c", "r")
    assert grams("Keep records") == ["keep", "record", "keep_record"]
