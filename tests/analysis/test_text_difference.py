"""Two texts word by word: nothing of either is lost, and what is cut is the same in both."""

from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.text_difference import Piece, difference

TEXTS = st.lists(st.sampled_from(["a", "b", "play", "work", "\n", " ", "."]), max_size=60).map(" ".join)


def joined(pieces, *kinds):
    return "".join(p.text for p in pieces if p.kind in kinds)


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts(before, after):
    pieces = difference(before, after, around=None)
    assert joined(pieces, "gone", "same") == before
    assert joined(pieces, "new", "same") == after


@given(TEXTS, TEXTS)
def test_cutting_hides_only_what_is_the_same(before, after):
    whole, cut = difference(before, after, around=None), difference(before, after, around=2)
    assert joined(cut, "gone", "same", "cut") == before
    assert [p for p in cut if p.kind in ("gone", "new")] == [p for p in whole if p.kind in ("gone", "new")]


def test_a_long_text_with_one_word_changed_is_short():
    before = " ".join(f"word{n}" for n in range(200))
    pieces = difference(before, before.replace("word100 ", "other "), around=2)
    assert [p.kind for p in pieces] == ["cut", "same", "gone", "new", "same", "cut"]
    assert [p.text for p in pieces[1:5]] == ["word98 word99 ", "word100 ", "other ", "word101 word102 "]


def test_texts_that_are_the_same_are_one_piece():
    assert difference("as it was", "as it was", around=None) == (Piece("same", "as it was"),)
    assert difference("", "") == ()
