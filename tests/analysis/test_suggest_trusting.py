"""Measures of trust against small examples worked by hand."""

import numpy as np
import pytest

from iqf.analysis.suggest.trusting import (
    average_precision,
    expected_calibration_error,
    hits,
    mean_over_texts,
    ndcg,
    r_precision,
    reliability,
)

TOUCHED = np.array([True, False, True, False])


def test_average_precision_by_hand():
    """Right ones at places one and three: (1/1 + 2/3) / 2."""
    assert average_precision(np.array([0.9, 0.8, 0.7, 0.1]), TOUCHED) == pytest.approx(5 / 6)
    with pytest.raises(ValueError, match="touches no statement"):
        average_precision(np.array([0.1]), np.array([False]))


def test_ndcg_by_hand():
    """Gains 1 and 1/2 of a best 1 and 1/log2(3)."""
    best = 1 + 1 / np.log2(3)
    assert ndcg(np.array([0.9, 0.8, 0.7, 0.1]), TOUCHED) == pytest.approx(1.5 / best)


def test_r_precision_counts_no_more_than_there_can_be():
    assert r_precision(np.array([0.9, 0.8, 0.7, 0.1]), TOUCHED, 2) == 0.5
    assert r_precision(np.array([0.9, 0.8, 0.7, 0.1]), TOUCHED, 5) == 1.0


@pytest.mark.parametrize("measure", ["map", "ndcg", "rp"])
def test_order_is_all_that_counts(measure):
    """Any rising change of the scores leaves the measures of order as they are; texts without a link do not count."""
    pick = np.random.default_rng(3)
    scores, touched = pick.random((20, 9)), pick.random((20, 9)) < 0.3
    touched[0] = False
    same = [(scores, touched)]
    changed = [(np.exp(5 * scores) - 3, touched)]
    assert mean_over_texts(measure, same) == mean_over_texts(measure, changed)
    assert mean_over_texts(measure, same) == mean_over_texts(measure, [(scores[1:], touched[1:])])


def test_hits_by_hand():
    found = hits(np.array([True, True, False, False]), TOUCHED)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert hits(np.zeros(4, bool), np.zeros(4, bool)).f1 == 0


def test_calibration_error_by_hand():
    """Four pairs at 0.9 of which half came true: 0.4 off; four at 0.1 of which none: 0.1 off."""
    said = np.array([0.9] * 4 + [0.1] * 4)
    came = np.array([1, 1, 0, 0, 0, 0, 0, 0], dtype=float)
    assert expected_calibration_error(said, came) == pytest.approx(0.25)
    assert [(b.pairs, round(b.said, 1), b.came) for b in reliability(said, came)] == [(4, 0.1, 0.0), (4, 0.9, 0.5)]


def test_what_comes_true_as_often_as_said_has_no_error():
    pick = np.random.default_rng(0)
    said = pick.random(200_000)
    assert expected_calibration_error(said, (pick.random(200_000) < said).astype(float)) < 0.01
