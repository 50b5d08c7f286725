"""Notations that official files share, each read one way; None for what is not the notation it should be."""

import pytest

from iqf.exchange.sources import notations as n
from iqf.exchange.sources.levels import level_doubt, read_level


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/07/2026", "2026-07-31"),
        ("27-02-2018", "2018-02-27"),
        ("01 Aug 2014", "2014-08-01"),
        ("08 May 2018", "2018-05-08"),
        ("1-Aug-2014", "2014-08-01"),
        ("2011-05-12 00:00:00.0000000", "2011-05-12"),
        ("2013-02-01T00:00:00", "2013-02-01"),
        (" 2013-02-01 ", "2013-02-01"),
        ("", ""),
        ("null", ""),
        ("31/02/2024", None),
        ("29/02/2024", "2024-02-29"),
        ("01 Foo 2014", None),
        ("2014", None),
        ("5/1/2008 12:00:00 AM +00:00", None),
        ("١/١/2014", None),
    ],
)
def test_days(text, day):
    assert n.read_day(text) == day


@pytest.mark.parametrize(("text", "day"), [("31 Dec 2600", ""), ("01 Jan 1900", ""), ("01-01-0001", ""), ("x", None)])
def test_days_that_stand_for_none(text, day):
    assert n.read_open_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/1/2008 12:00:00 AM +00:00", "2008-05-01"),
        ("12/31/2023 11:59:59 PM +00:00", "2023-12-31"),
        ("3/31/2023 10:59:59 PM +00:00", "2023-03-31"),
        ("6/30/2012 11:00:00 PM +00:00", "2012-07-01"),
        ("6/30/2012 12:00:00 PM +00:00", "2012-06-30"),
        ("", ""),
        ("13/1/2023 1:00:00 AM +00:00", None),
        ("1/1/2023 13:60:00 AM +00:00", None),
        ("1/1/2023", None),
    ],
)
def test_moments_are_read_to_the_day_in_london(text, day):
    assert n.read_moment(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,200", 1200), ("-3", -3), ("", ""), ("1.5", None), ("٣", None), ("9" * 12, None)],
)
def test_whole_numbers(text, number):
    assert n.read_whole(text) == number


@pytest.mark.parametrize(
    ("text", "answer"), [("True", True), ("n", False), ("Y", True), ("0", False), ("", ""), ("-2", None)]
)
def test_answers(text, answer):
    assert n.read_yes(text) == answer


def test_lists_and_words_for_nothing():
    assert n.split_list(" a | |b  c") == ["a", "b c"]
    assert n.said(" None ") == ""
    assert n.said(" Level  3 ") == "Level 3"


@pytest.mark.parametrize(
    ("text", "level"),
    [("Level 1/2", "1/2"), ("Level 3", "3"), ("Entry Level", "E"), ("", ""), ("Level 3/4", None), ("9", None)],
)
def test_levels(text, level):
    assert read_level(text) == level


@pytest.mark.parametrize(
    ("title", "level", "doubt"),
    [
        ("Level 3 Diploma", "3", ""),
        ("Diploma", "3", ""),
        ("Level 3 Diploma", "4", "the title says Level 3, the level column Level 4."),
        ("Level 1/Level 2 Award", "1/2", "the title says Level 1, the level column Level 1/2, which is wider."),
        ("Entry Level 3 Award", "E", "the title says Entry level 3, the level column Entry level, which is wider."),
        ("Entry Level 3 Award", "E3", ""),
        ("Entry Level 3 Award", "3", "the title says Entry level 3, the level column Level 3."),
    ],
)
def test_levels_beside_titles(title, level, doubt):
    assert level_doubt(title, level) == doubt
