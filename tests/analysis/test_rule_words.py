"""A rule says itself in plain words."""

import pytest

from iqf.analysis.rule_words import words
from iqf.analysis.rules import Group, LevelFloor

from .trees import tree

TITLES = {"a": "Play", "b": "Care"}


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        ("g all, 27 credits: a b c d e f g h i j k", "All 11 units (27 credits)"),
        ("g all: a", "The unit “Play”"),
        ("g all: z", "The one unit"),
        ("g all: a b", "Both units"),
        ("g all, 23 units, 61 credits, list incomplete: a b c", None),
        ("g all, 65 credits\n  A all: a\n  B all: b", "All 2 parts (at least 65 credits)"),
        (
            "g choose 16 credits, list incomplete: a b c d",
            "At least 16 credits from 4 listed units (the list is incomplete)",
        ),
        ("g choose 1 units: a b", "One of these 2 units: “Play” or “Care”"),
        ("g choose 3 units, 8 credits: a b c d", "At least 3 units and 8 credits from 4 listed units"),
        (
            "g choose 4 credits, at most 6 credits: c d",
            "At least 4 credits from 2 listed units; at most 6 credits count",
        ),
        ("g choose 9 credits\n  A choose: a\n  B choose: b", "At least 9 credits from 2 parts"),
        ("g choose: c d e f", "Any of 4 listed units"),
        ("g choose, split unknown: c d e f", "4 listed units; which of them are mandatory was not read"),
        (
            "g choose 37 credits, split unknown: c d e f",
            "At least 37 credits from 4 listed units; which of them are mandatory was not read",
        ),
        (
            "g pathway, at most 1 parts\n  A all: a\n  B all: b\n  C all: c",
            "One of these 3 pathways, every unit of it",
        ),
        (
            "g pathway, 2 parts\n  A all: a\n  B all: b\n  C all: c",
            "At least 2 of these 3 pathways, every unit of each",
        ),
        ("g pathway\n  A all: a", "This pathway, every part of it"),
    ],
)
def test_words(drawing, said):
    expected = said or "All 23 units, 3 of them listed (61 credits) (the list is incomplete)"
    assert words(tree(drawing), TITLES) == expected


def test_credit_at_a_level():
    group = Group(
        "g", kind="choose", units=("a", "b", "c", "d"), min_credit=44, credit_at_level=(LevelFloor("3", 40),)
    )
    assert words(group) == "At least 44 credits, 40 of them at level 3 or above, from 4 listed units"
    entry = Group("g", kind="choose", units=("a", "b", "c", "d"), credit_at_level=(LevelFloor("E2", 4),))
    assert words(entry) == "At least 4 credits at Entry 2 or above from 4 listed units"
