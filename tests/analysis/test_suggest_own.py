"""A framework's own verdicts, the first day without any, what to judge next, and the words a suggestion rests on."""

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.small_frameworks import MATTERS

from iqf.analysis.suggest import about
from iqf.analysis.suggest.choosing import choose
from iqf.analysis.suggest.own import enough, learn_own
from iqf.analysis.suggest.pairs import measures, ranks
from iqf.analysis.suggest.proposing import QUOTABLE, Support, corpus, probabilities, propose
from iqf.analysis.suggest.records import Framework, Remark, Statement, Text
from iqf.analysis.suggest.spaces import Spaces
from iqf.analysis.suggest.starting import first_day

AREAS = tuple(Statement(name, MATTERS[name][0], "area", (MATTERS[name][1],)) for name in sorted(MATTERS))
SETTINGS = ("nursery", "school", "club", "home", "hospital", "street", "museum", "farm")


def rated():
    """Forty-eight units: each says one matter in one setting, and touches that area."""
    names = sorted(MATTERS)
    texts = [
        Text(f"{name}-{place}", f"This unit is about {MATTERS[name][2]} in a {place}.", f"Unit of the {place}")
        for name in names
        for place in SETTINGS
    ]
    touched = [[float(t.key.startswith(name)) for name in names] for t in texts]
    return Framework("areas", AREAS, tuple(texts), np.array(touched))


FRAMEWORK = rated()
SPACES = Spaces(corpus([FRAMEWORK]))
TOLD = measures(FRAMEWORK.texts, FRAMEWORK.statements, SPACES)
SOME = np.array([t.key.split("-")[1] in SETTINGS[:4] for t in FRAMEWORK.texts])


def apart(said, rows):
    touched = FRAMEWORK.verdicts[rows] > 0
    return said[rows][touched].mean() - said[rows][~touched].mean()


def test_on_the_first_day_likeness_orders_the_pairs():
    said = first_day(TOLD)
    assert ((said > 0) & (said < 1)).all()
    assert apart(said, slice(None)) > 0.3
    assert np.array_equal(said, probabilities(FRAMEWORK.keeping(~SOME & SOME), SPACES))


def test_own_verdicts_make_it_surer_on_units_not_judged():
    shown = FRAMEWORK.keeping(SOME)
    said = learn_own(shown, TOLD, SPACES)
    assert apart(said, ~SOME) > apart(first_day(TOLD), ~SOME)
    assert np.array_equal(said, probabilities(shown, SPACES))


def test_verdicts_that_say_the_contrary_turn_it_round():
    contrary = Framework("contrary", AREAS, FRAMEWORK.texts, 1 - FRAMEWORK.verdicts).keeping(SOME)
    assert apart(learn_own(contrary, TOLD, SPACES), ~SOME) < 0


def test_too_few_verdicts_are_refused():
    few = FRAMEWORK.keeping(np.arange(len(FRAMEWORK.texts)) < 3)
    assert not enough(few)
    with pytest.raises(ValueError, match="too few verdicts"):
        learn_own(few, TOLD, SPACES)


def test_the_doubtful_are_chosen_and_a_share_is_drawn():
    said = np.full((20, 2), 0.95)
    said[[4, 9, 13, 17]] = 0.5
    chosen = choose(said, np.ones(20, bool), 5, seed=2)
    assert len({c.row for c in chosen}) == 5
    assert [c.drawn for c in chosen] == [True, False, False, False, False]
    assert {c.row for c in chosen if not c.drawn} | {c.row for c in chosen if c.drawn} >= {4, 9, 13, 17}
    assert chosen == choose(said, np.ones(20, bool), 5, seed=2)


def test_only_what_waits_is_chosen():
    waiting = np.arange(20) < 3
    assert sorted(c.row for c in choose(np.full((20, 2), 0.5), waiting, 10, seed=0)) == [0, 1, 2]


def test_the_words_stand_in_the_text_and_are_those_of_the_matter():
    text = f"Lead a team, write reports and keep good order, {MATTERS['food'][2]}, drive a van"
    ((words,),) = Support([s for s in AREAS if s.key == "food"], SPACES).words([text], [[0]])
    assert text[words.start : words.end] == words.words
    assert "healthy diet" in words.words or "preparing meals" in words.words
    assert len(words.words) < len(text) / 2


def test_proposals_come_best_first_and_none_below_the_least():
    said = first_day(TOLD)
    found = propose(FRAMEWORK, said, SPACES, rows=[0, 5], most=3)
    assert [s.rank for s in found] == [1, 2, 3, 1, 2, 3]
    assert found[0].probability >= found[1].probability >= found[2].probability
    assert all(s.words.words in FRAMEWORK.texts[0].whole for s in found[:3])
    assert propose(FRAMEWORK, said, SPACES, rows=[0], least=1.0) == []


def test_ranks_do_not_change_when_likeness_is_stretched():
    matrix = np.random.default_rng(0).random((7, 5))
    for axis in (0, 1):
        assert np.array_equal(ranks(matrix, axis), ranks(np.exp(9 * matrix), axis))
        assert ranks(matrix, axis).min() == 0
        assert ranks(matrix, axis).max() == 1
    assert ranks(np.ones((2, 3)), 1) == pytest.approx(0.5)


def test_texts_without_words_are_refused():
    with pytest.raises(ValueError, match="every text is empty"):
        Spaces(["", " … "])


def test_fingerprints_differ_where_anything_differs_that_suggestions_are_made_from():
    some = FRAMEWORK.keeping(SOME)
    other_words = replace(FRAMEWORK, statements=(replace(AREAS[0], told=("Another criterion",)), *AREAS[1:]))
    found = [FRAMEWORK.fingerprint(), FRAMEWORK.fingerprint("encoder-1"), some.fingerprint()]
    found.append(other_words.fingerprint())
    assert len(set(found)) == 4
    assert rated().fingerprint() == FRAMEWORK.fingerprint()


def test_themes_of_some_texts_place_them_as_their_words_do(monkeypatch):
    monkeypatch.setattr(about, "SAMPLE", 12)
    asked = about.About(FRAMEWORK, SPACES)
    wholes = [text.whole for text in FRAMEWORK.texts[::4]]
    placed = asked._placed(wholes, asked._of_wholes)
    weighed = asked._weighed(wholes)
    cosines = (weighed @ weighed.T).toarray() / (1 + about.CHARACTERS**2)
    assert placed @ placed.T == pytest.approx(cosines, abs=1e-3)


def test_one_clause_is_enough_to_touch():
    added = Text("new", f"Drive a van, {MATTERS['food'][2]}, sweep the yard, count the boxes", "Unit of the depot")
    texts = (*FRAMEWORK.texts, added)
    verdicts = np.vstack([FRAMEWORK.verdicts, np.full((1, len(AREAS)), np.nan)])
    said = probabilities(replace(FRAMEWORK, texts=texts, verdicts=verdicts), SPACES)[-1]
    assert AREAS[int(said.argmax())].key == "food"


def test_what_raters_wrote_is_learned_from():
    texts = tuple(Text(f"{n}", "Keep the quincunx in order" if n % 2 else "Sing madrigals") for n in range(20))
    unknown = (Statement("one", "Husbandry"), Statement("other", "Stewardship"))
    blank = np.full((20, 2), np.nan)
    blank[:8] = [1.0, 0.0]
    blank[0] = [0.0, 1.0]
    words = [Remark("0", "Madrigals are what it is about", (0.0, 1.0))] * 9
    plain = Framework("plain", unknown, texts, blank)
    spaces = Spaces(corpus([plain]))
    before, after = (probabilities(f, spaces)[18, 1] for f in (plain, replace(plain, remarks=tuple(words))))
    assert after > before
    assert plain.fingerprint() != replace(plain, remarks=tuple(words)).fingerprint()


def test_remarks_are_forgotten_with_the_verdicts_they_go_with():
    told = replace(FRAMEWORK, remarks=(Remark(FRAMEWORK.texts[0].key, "Safe", (1.0,) * 6),))
    assert told.keeping(SOME).remarks == told.remarks
    assert told.keeping(~SOME).remarks == ()


def test_words_to_be_quoted_are_clauses_that_say_something_where_there_are_any():
    text = Text("t", "Play, listening to each child, and meals")
    framework = Framework("areas", AREAS, (text, Text("u", "Play")), np.full((2, len(AREAS)), np.nan))
    spaces = Spaces(corpus([framework]))
    likely = np.full((2, len(AREAS)), 0.5)
    for row, words in ((0, "listening to each child"), (1, "Play")):
        found = propose(framework, likely, spaces, [row], most=len(AREAS), parts=QUOTABLE)
        assert {one.words.words for one in found} == {words}
