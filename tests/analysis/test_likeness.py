"""Likeness: symmetric, the same for every notation of a number, and the same found by blocks as by trying all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis.likeness import Titled, between, compare, within
from iqf.analysis.likeness_blocks import candidates
from iqf.analysis.likeness_score import SIMILAR_AT, content_likeness, near, reading

CASES = [
    ("NCFE Level 3 Diploma in Playwork (QCF)", "NCFE Level 3 Diploma in Playwork (RQF)", "same"),
    ("NCFE L3 Diploma for Playwork", "NCFE Level 3 Diploma in Play Work", "same"),
    ("CACHE Level 3 Diploma in Playwork", "NCFE CACHE Level 3 Diploma in Playwork", "same"),
    ("NCFE Level 3 Diploma in Playwork", "NCFE Level 3 Diploma in Playwrok", "same"),
    ("NCFE Level 3 Diploma in Playwork", "SQA Level 3 Diploma in Playwork", "similar"),
    ("NCFE Level 3 Diploma in Playwork (England)", "NCFE Level 3 Diploma in Playwork (Wales)", "similar"),
    ("NCFE Level 3 NVQ Diploma in Playwork", "NCFE Level 3 Diploma in Playwork", "similar"),
    ("NCFE Level 3 Diploma in Playwork Practice (Pilot)", "NCFE Level 3 Diploma in Playwork Practice", "similar"),
    ("NCFE Level 3 Diploma in Care of Adults", "NCFE Level 3 Diploma in Care of Children", "different"),
    ("NCFE Level 2 Diploma in Playwork", "NCFE Level 3 Diploma in Playwork", "different"),
    ("NCFE Level 3 Certificate in Playwork", "NCFE Level 3 Diploma in Playwork", "different"),
    ("NCFE Level 3 Extended Diploma in Playwork", "NCFE Level 3 Diploma in Playwork", "different"),
    ("Playwork Unit 1", "Playwork Unit 2", "different"),
    ("Working with Horses Part A", "Working with Horses Part B", "different"),
    ("Diving Theory", "Diving Practical", "different"),
    ("Award in Stable Work (Grade 4)", "Award in Stable Work (Grade 5)", "different"),
    ("Diploma in Leadership (Children)", "Diploma in Leadership (Adults)", "different"),
    ("NCFE Entry Level Award in Cookery (Entry 1)", "NCFE Entry Level Award in Cookery (Entry 2)", "different"),
    ("Support children's play", "Lead children's play", "different"),
    ("OCR Advanced Subsidiary GCE in Science", "OCR Level 3 Advanced Subsidiary GCE in Science", "same"),
]


@pytest.mark.parametrize(("first", "second", "verdict"), CASES)
def test_near_misses_are_told_apart(first, second, verdict):
    assert compare(Titled("a", first), Titled("b", second)).verdict == verdict


def test_one_number_in_two_notations_is_one_thing_whatever_it_is_called():
    one, other = Titled("a", "Diploma in Care", number="603/5829/4"), Titled("b", "Care", number="60358294")
    pair = compare(one, other)
    assert (pair.verdict, pair.score, pair.why) == ("same", 1.0, "same number 603/5829/4")
    assert [(p.a, p.b) for p in within([one, other]).pairs] == [("a", "b")]


def test_two_numbers_weaken_what_the_words_say():
    known = compare(Titled("a", "Award in Care"), Titled("b", "Award in Care"))
    numbered = compare(
        Titled("a", "Award in Care", number="60358294"), Titled("b", "Award in Care", number="60358295")
    )
    assert numbered.score < known.score
    assert "two numbers" in numbered.why


def test_levels_owners_kinds_and_dates_of_the_record_count():
    a = Titled("a", "Diploma in Play", ("NCFE",), "3", "regulated qualification", ends="2010-01")
    assert compare(a, Titled("b", "Diploma in Play", ("NCFE",), "3")).verdict == "same"
    assert compare(a, Titled("b", "Diploma in Play", ("NCFE",), "2")).verdict == "different"
    assert compare(a, Titled("b", "Diploma in Play", ("SQA",), "3")).verdict == "similar"
    assert compare(a, Titled("b", "Diploma in Play", ("NCFE",), "3", "higher-education award")).verdict == "different"
    later = compare(a, Titled("b", "Diploma in Play", ("NCFE",), "3", starts="2010-02"))
    assert (later.verdict, "other dates" in later.why) == ("similar", True)


WORDS = ["play", "work", "care", "children", "adults", "health", "nursing", "nursings", "teaching", "stable", "horse",
         "horses", "skills", "principles", "Part A", "Part B", "(England)", "management", "mangement"]  # fmt: skip
FRONTS = ["", "NCFE Level 2 Award in", "NCFE Level 3 Diploma in", "SQA Level 3 Diploma in", "Level 2 Certificate in",
          "Entry Level Award in", "NVQ in"]  # fmt: skip
NUMBERS = ["", "", "", "603/5829/4", "60358294", "603/5829/4/", "500/1234/5"]
titles = st.builds(
    lambda front, rest: f"{front} {' '.join(rest)}".strip(),
    st.sampled_from(FRONTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
worlds = st.lists(
    st.tuples(titles, st.sampled_from(NUMBERS), st.sampled_from(["", "", "2", "3"])), min_size=1, max_size=14
).map(lambda rows: [Titled(f"{n:02d}", t, level=v, number=q) for n, (t, q, v) in enumerate(rows)])


@given(titles, titles)
def test_likeness_is_symmetric(first, second):
    a, b = Titled("a", first), Titled("b", second)
    there, back = compare(a, b), compare(b, a)
    assert (there.score, there.verdict) == (back.score, back.verdict)


@given(titles)
def test_a_title_is_the_same_as_itself(title):
    assert compare(Titled("a", title), Titled("b", title.upper())).verdict == "same"


@given(titles, titles, st.sampled_from(["603/5829/4", "60358294", " 603 5829 4", "603/5829/4/"]))
def test_the_notation_of_a_number_does_not_matter(first, second, number):
    plain = compare(Titled("a", first, number="60358294"), Titled("b", second, number="50012345"))
    other = compare(Titled("a", first, number=number), Titled("b", second, number="500/1234/5"))
    assert (plain.score, plain.verdict, plain.why) == (other.score, other.verdict, other.why)


@trying(150)
@given(worlds, st.sampled_from(["same", "similar"]))
def test_blocks_find_what_trying_every_pair_finds(world, least):
    wanted = ("same",) if least == "same" else ("same", "similar")
    every = (compare(a, b) for n, a in enumerate(world) for b in world[n + 1 :])
    found = within(world, least)
    assert not found.capped
    assert {(frozenset((p.a, p.b)), p.score, p.verdict) for p in found.pairs} == {
        (frozenset((p.a, p.b)), p.score, p.verdict) for p in every if p.verdict in wanted
    }


@trying(100)
@given(worlds, worlds)
def test_blocks_between_two_lists_find_what_trying_every_pair_finds(left, right):
    every = (compare(a, b) for a in left for b in right)
    found = between(left, right)
    assert {(p.a, p.b, p.score) for p in found.pairs} == {
        (p.a, p.b, p.score) for p in every if p.verdict != "different"
    }


def test_a_block_that_is_too_large_is_told_and_left_out():
    world = [
        Titled(str(n), f"Award in Play {word}") for n, word in enumerate(["one", "two", "three", "four", "five"])
    ]
    keys = [(reading(w).parts.content, reading(w).levels) for w in world]
    capped = []
    assert list(candidates(keys, None, 0.3, 2, capped)) == []
    assert [(c.block, c.records) for c in capped] == [("play", 5)]


@pytest.mark.parametrize(
    ("first", "second", "is_near"),
    [("management", "mangement", True), ("playwork", "playwrok", True), ("welding", "wedding", False),
     ("care", "cares", False), ("nursing", "nursery", False)],
)  # fmt: skip
def test_misspellings_are_near_and_other_words_are_not(first, second, is_near):
    assert near(first, second) is near(second, first) is is_near


def test_a_word_in_another_s_place_counts_more_than_one_added():
    base = frozenset("abcdef")
    added = content_likeness(base, base | {"children"}).score
    replaced = content_likeness(base | {"adults"}, base | {"children"}).score
    assert replaced < added < 1
    assert added >= SIMILAR_AT
