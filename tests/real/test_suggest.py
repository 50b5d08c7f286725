"""Suggestions on people's real judgements: better than what simpler ways and earlier figures reach."""

import pytest
from bench import suggest

from .official_files import existing

pytestmark = pytest.mark.real


def test_duties_are_linked_better_than_by_popularity_or_bm25(real_data):
    (folder,) = existing(real_data, "duty-ksb")
    found = suggest.measure(folder, None, None)
    beside = [way["map"] for way in found["beside"].values()]
    assert found["map"] > 0.66 > max(beside)
    assert found["curve"]["5"]["map"] > found["map"]
    assert found["ece"] < 0.03


def test_ratings_are_learned_and_the_raters_agree_as_published(real_data):
    (folder,) = existing(real_data, "ratings")
    found = suggest.measure(folder, None, None)
    assert found["raters"]["macro_f1"] == pytest.approx(0.92, abs=0.005)
    assert found["macro_f1"] > 0.64
    assert found["curve"]["0"]["map_by_area"] > found["beside"]["BM25"]["map_by_area"]
    assert found["ece"] < 0.04


def test_shuffled_ratings_teach_nothing(real_data):
    (folder,) = existing(real_data, "ratings")
    found = suggest.measure(folder, None, None, shuffled=True)
    assert found["macro_f1"] < 0.2
    assert found["map_by_area"] == pytest.approx(found["beside"]["random"]["map_by_area"], abs=0.08)
