"""Suggestions on real judgements: better than what simpler ways reach. `bench.suggest` measures the whole."""

import csv

import pytest
from bench import suggest

from .official_files import existing

pytestmark = pytest.mark.real

STANDARDS = 18
"""So many of the files' standards are measured on here: enough to tell a good model from a broken one."""


def part_of(folder, most, to):
    """A copy of a folder's tables with the rows of so many standards, spread over all of them."""
    to.mkdir()
    keys = sorted({row["standard"] for row in _rows(folder / "standards.csv")[1]})
    kept = set(keys[:: len(keys) // most][:most])
    for path in folder.glob("*.csv"):
        columns, rows = _rows(path)
        with (to / path.name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(row for row in rows if row["standard"] in kept)
    return to


def _rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, list(reader)


def test_duties_are_linked_better_than_by_popularity_or_bm25(real_data, tmp_path):
    (folder,) = existing(real_data, "duty-ksb")
    found = suggest.measure(part_of(folder, STANDARDS, tmp_path / "duties"), None, None)
    beside = [way["map"] for way in found["beside"].values()]
    assert found["map"] > max(beside) + 0.05
    assert found["curve"]["5"]["map"] > found["map"]
    assert found["ece"] < 0.05


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
