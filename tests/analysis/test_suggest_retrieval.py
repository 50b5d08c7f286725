"""A large framework: what comes near is retrieved, and ranked by what people chose elsewhere."""

import numpy as np
import pytest

from iqf.analysis.suggest import retrieval
from iqf.analysis.suggest.records import Statement, Text
from iqf.analysis.suggest.retrieval import RETRIEVED, Library, learn_ranking, nearness
from iqf.analysis.suggest.spaces import Spaces

from .plain_retrieval import Plain

DEEDS = ("plan", "paint", "repair", "sell", "clean", "measure", "record", "move", "inspect", "teach")
THINGS = ("boats", "roofs", "engines", "gardens", "songs", "maps", "cheese", "bridges", "clocks", "dances",
          "tables", "kites")  # fmt: skip
STATEMENTS = [Statement(f"{d} {t}", f"{d} {t} (trade)") for d in DEEDS for t in THINGS]
PAIRS = [
    (f"{DEEDS[n % 10]} {THINGS[n % 12]}", f"{DEEDS[(n * 3 + 1) % 10]} {THINGS[(n * 5 + 2) % 12]}") for n in range(20)
]
TEXTS = [
    Text(str(n), f"We are a friendly firm; you will {one} and, when asked, {other} for our customers")
    for n, (one, other) in enumerate(PAIRS)
]
COLUMNS = {s.key: n for n, s in enumerate(STATEMENTS)}
CHOSEN = [frozenset({COLUMNS[one], COLUMNS[other]}) for one, other in PAIRS]
SPACES = Spaces([s.text for s in STATEMENTS] + [t.text for t in TEXTS])


@pytest.fixture(scope="module")
def found():
    return Library(STATEMENTS, SPACES).find(TEXTS)


def first(found, said, count):
    return set(found.columns[np.argsort(-said, kind="stable")[:count]].tolist())


def test_what_is_said_is_retrieved_with_its_words(found):
    for text, near, chosen in zip(TEXTS, found, CHOSEN, strict=True):
        assert len(near.columns) == min(RETRIEVED, len(STATEMENTS))
        for column in chosen:
            start, end = near.words[near.columns.tolist().index(column)]
            assert STATEMENTS[column].key in text.text[start:end]


@pytest.mark.parametrize(("windows", "at_once"), [((), 40), ((2, 3, 4, 6, 9), 1), ((2, 3, 4, 6, 9), 100)])
def test_many_texts_at_once_are_told_what_each_is_told_alone(monkeypatch, windows, at_once):
    """Whatever is looked up together, ties and empty words included; every figure beside a plain second way."""
    monkeypatch.setattr(retrieval, "ROOM", at_once * len(STATEMENTS))
    monkeypatch.setattr(retrieval, "TEXTS_AT_ONCE", 3)
    monkeypatch.setattr(retrieval, "COMMON", 4)  # some parts of words in the table, the others apart
    said = [
        *(text.text for text in TEXTS[::5]),
        "Plan boats. Plan boats.",
        "zzz",
        "the and of",
        "Plan Straße, or ﬁle",
    ]
    corpus = [s.text for s in STATEMENTS] + [t.text for t in TEXTS]
    plain = Plain(STATEMENTS, corpus, windows)
    found = Library(STATEMENTS, SPACES, windows=windows).each(Text(str(n), text) for n, text in enumerate(said))
    for text, near in zip(said, found, strict=True):
        expected = plain.found(text)
        assert near.columns.tolist() == expected.columns.tolist(), text
        assert near.words == expected.words
        np.testing.assert_allclose(near.features, expected.features, atol=1e-6)


def test_what_people_chose_elsewhere_is_ranked_first_with_a_probability(found):
    model = learn_ranking(found[:15], CHOSEN[:15])
    for near, chosen in zip(found[15:], CHOSEN[15:], strict=True):
        said = model.probabilities(near)
        assert ((said > 0) & (said < 1)).all()
        assert first(near, said, len(chosen)) == chosen


def test_shuffled_choices_teach_nothing(found):
    """Learned from the choices made for other sentences, the right ones come no surer than any other."""
    model = learn_ranking(found[:15], [*CHOSEN[7:15], *CHOSEN[:7]])
    gaps = [
        (said := model.probabilities(near))[np.isin(near.columns, list(chosen))].mean() - said.mean()
        for near, chosen in zip(found[15:], CHOSEN[15:], strict=True)
    ]
    assert abs(np.mean(gaps)) < 0.15


def test_without_choices_nearness_orders_and_nothing_can_be_learned(found):
    assert first(found[0], nearness(found[0]), 2) == CHOSEN[0]
    with pytest.raises(ValueError, match="nothing to learn"):
        learn_ranking(found[:2], [frozenset(), frozenset()])
