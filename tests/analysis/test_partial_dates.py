"""Dates as far as they are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.partial_dates import PartialDate, PartialDateError, before, ends_before, partial, starts_after

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
dates = st.builds(lambda day, size: PartialDate.parse(day.isoformat()[:size]), days, st.sampled_from([4, 7, 10]))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2010", date(2010, 1, 1), date(2010, 12, 31), "2010"),
        ("2010-07", date(2010, 7, 1), date(2010, 7, 31), "July 2010"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        ("2010-07-31", date(2010, 7, 31), date(2010, 7, 31), "31 July 2010"),
    ],
)
def test_known_to_the_year_month_or_day(text, earliest, latest, words):
    found = PartialDate.parse(text)
    assert (found.earliest, found.latest, found.words, str(found)) == (earliest, latest, words, text)


@pytest.mark.parametrize(
    "text", ["", "July 2010", "2010-7", "10-07-31", "2010-07-31T00:00", "2010\n", "２０１０", "2010-"]
)
def test_anything_else_is_refused_in_a_sentence(text):
    with pytest.raises(PartialDateError, match=r"is not a date; write 2010, 2010-07 or 2010-07-31\.$"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2010-13", "2010-02-30", "0000"])
def test_days_that_do_not_exist_are_refused(text):
    with pytest.raises(PartialDateError, match=r"is not a day that exists\.$"):
        PartialDate.parse(text)


def test_blank_is_no_date():
    assert partial("") is None
    assert partial("2010") == PartialDate.parse("2010")


@given(dates, dates)
def test_before_is_what_every_pair_of_days_would_say(first, second):
    spans = [
        [d.earliest, d.earliest + timedelta((d.latest - d.earliest).days // 2), d.latest] for d in (first, second)
    ]
    said = {a < b for a in spans[0] for b in spans[1]}
    assert before(first, second) == (said.pop() if len(said) == 1 else None)


@given(dates, dates)
def test_one_order_seen_from_both_sides(when, day):
    assert starts_after(when, day) == before(day, when)
    assert ends_before(when, day) == before(when, day)
    assert PartialDate.parse(str(when)) == when
