"""Suggestions learned across small frameworks: better than popularity, nothing when shuffled, the same by seed."""

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.small_frameworks import corpus, several

from iqf.analysis.suggest.learning import chance, learn, log_odds
from iqf.analysis.suggest.records import Framework, Statement, Text
from iqf.analysis.suggest.spaces import Spaces
from iqf.analysis.suggest.trusting import mean_over_texts
from iqf.analysis.suggest.votes import Comparisons

ALL = several(7)
GROUPS = [str(n) for n in range(len(ALL))]
NOTHING = np.zeros(12, bool)


@pytest.fixture(scope="module")
def compared():
    return Comparisons(Spaces(corpus(ALL)))


@pytest.fixture(scope="module")
def learned(compared):
    return learn(ALL[:-1], GROUPS[:-1], compared)


def order(said, framework):
    return mean_over_texts("map", [(said, framework.verdicts > 0)])


def popularity(frameworks):
    """The order by how often statements of a kind are touched elsewhere: what is left where words tell nothing."""
    asked = frameworks[-1]
    kinds = {k: np.mean([f.verdicts[:, [s.kind == k for s in f.statements]].mean() for f in frameworks[:-1]])
             for k in ("skill", "knowledge", "behaviour")}  # fmt: skip
    return np.array([[kinds[s.kind] for s in asked.statements]] * len(asked.texts))


def test_a_framework_not_seen_is_ordered_almost_as_people_did(learned):
    asked = ALL[-1]
    said = learned.probabilities(asked.keeping(NOTHING))
    assert said.shape == asked.verdicts.shape
    assert ((said > 0) & (said < 1)).all()
    assert order(said, asked) > 0.9 > order(popularity(ALL), asked) + 0.2


def apart(said, framework):
    """How much likelier the touched pairs are held than the others, behaviours left out."""
    columns = [s.kind != "behaviour" for s in framework.statements]
    touched = framework.verdicts[:, columns] > 0
    return said[:, columns][touched].mean() - said[:, columns][~touched].mean()


def test_shuffled_verdicts_teach_nothing_but_popularity(compared, learned):
    """Within each framework every statement's verdicts are dealt to other texts: only popularity is left to learn."""
    pick = np.random.default_rng(1)
    dealt = [replace(f, key=f"dealt-{f.key}", verdicts=pick.permuted(f.verdicts, axis=0)) for f in ALL[:-1]]
    asked = ALL[-1].keeping(NOTHING)
    said = learn(dealt, GROUPS[:-1], compared).probabilities(asked)
    assert apart(learned.probabilities(asked), ALL[-1]) > 0.5
    assert abs(apart(said, ALL[-1])) < 0.1
    kinds = np.array([s.kind for s in asked.statements])
    assert said[:, kinds == "behaviour"].min() > said[:, kinds != "behaviour"].max()


def test_the_same_seed_says_the_same(compared, learned):
    again = learn(ALL[:-1], GROUPS[:-1], Comparisons(Spaces(corpus(ALL))))
    asked = ALL[-1].keeping(NOTHING)
    assert np.array_equal(again.probabilities(asked), learned.probabilities(asked))


def test_own_verdicts_count_and_a_text_never_votes_for_itself(learned, compared):
    asked = ALL[-1]
    one = asked.keeping(np.arange(12) == 0)
    flipped = replace(one, verdicts=np.where(np.isnan(one.verdicts), np.nan, 1 - one.verdicts))
    assert not np.array_equal(learned.probabilities(one)[1:], learned.probabilities(flipped)[1:])
    own, other = (compared.of_own(f) for f in (one, flipped))
    assert [np.allclose(a[0], b[0]) for a, b in zip(own[1:], other[1:], strict=True)] == [True, True, True]


def test_the_verdicts_asked_about_are_never_read(learned):
    asked = ALL[-1]
    turned = replace(asked, verdicts=1 - asked.verdicts)
    assert np.array_equal(
        learned.probabilities(asked.keeping(NOTHING)), learned.probabilities(turned.keeping(NOTHING))
    )


def test_verdicts_of_one_answer_or_one_group_cannot_be_learned_from(compared):
    with pytest.raises(ValueError, match="at least two"):
        learn(ALL[:2], ["a", "a"], compared)
    same = [replace(f, key=f"same-{f.key}", verdicts=np.ones_like(f.verdicts)) for f in ALL[:3]]
    with pytest.raises(ValueError, match="All verdicts say the same"):
        learn(same, ["a", "b", "c"], compared)


def test_verdicts_must_fit_their_lists():
    with pytest.raises(ValueError, match="not 1 × 1"):
        Framework("x", (Statement("s", "s"),), (Text("t", "t"),), np.zeros((2, 1)))
    with pytest.raises(ValueError, match="between 0 and 1"):
        Framework("x", (Statement("s", "s"),), (Text("t", "t"),), np.array([[2.0]]))


def test_log_odds_and_chance_undo_each_other():
    kept = np.array([0.001, 0.2, 0.5, 0.9])
    assert chance(log_odds(kept)) == pytest.approx(kept)
