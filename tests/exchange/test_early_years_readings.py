"""Known notations of the early years list."""

from calendar import month_abbr, month_name
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.names import alike, plain_name
from iqf.exchange.sources.early_years.readings import (
    Owner,
    is_before,
    is_code,
    needs_no_number,
    read_codes,
    read_date,
    read_note,
    read_owner,
)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_date_reads_the_same_in_every_notation(day):
    month = f"{day.year}-{day.month:02d}"
    short, long = month_abbr[day.month], month_name[day.month]
    for text in (
        f"{short}-{day:%y}",
        f"{short.upper()} {day.year}",
        f" {long} {day.year} ",
        month,
        f"{short}-{day.year}",
    ):
        assert read_date(text) == month
    assert read_date(f"{day:%d/%m/%Y}") == read_date(day.isoformat()) == day.isoformat()


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_open_or_none(text):
    read = read_date(text)
    assert read is None or read == "" or 7 <= len(read) <= 10


@pytest.mark.parametrize("text", ["null", "NULL", "", "  ", "None"])
def test_open_dates(text):
    assert read_date(text) == ""


@pytest.mark.parametrize(
    "text", ["31/02/2024", "29/02/2023", "2024-00", "Foo-14", "14-Sep", "2014", "Sep", "Sep-142"]
)
def test_what_is_no_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2014-08", "2014-09", True),
        ("2014-09", "2014-09-30", False),
        ("2014-09-30", "2014-09", False),
        ("", "2014-09", False),
        ("2014-09", "", False),
        ("2015-01", "2014-12", False),
    ],
)
def test_before_as_far_as_both_are_known(first, second, before):
    assert is_before(first, second) is before


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Edexcel (now Pearson Education Ltd)", Owner("Edexcel", "Pearson Education Ltd")),
        ("Highfield Qualifications ", Owner("Highfield Qualifications")),
        ("iCan Qualifications (iCQ)", Owner("iCan Qualifications (iCQ)")),
        ("Various Awarding Organisations", Owner("", many=True)),
        ("All Higher Education Institutes", Owner("", many=True)),
        ("Allied Awards", Owner("Allied Awards")),
        ("null", Owner("")),
    ],
)
def test_owners(text, owner):
    assert read_owner(text) == owner


def test_codes_notes_and_numbers_that_are_not_needed():
    assert read_codes("a: b:") == ["a", "b"]
    assert read_codes("null") == read_codes("") == []
    assert read_note(" None ") == ""
    assert read_note("One  two\r\n three ") == "One two\nthree"
    assert needs_no_number("Not required ")
    assert not needs_no_number("603/5829/4")
    assert is_code("5flybYVibSWDwCdo9LB90b")
    assert not is_code("5flybYV")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Training Qualification UK", "Training Qualifications UK Ltd", True),
        ("NCFE", "NCFE CACHE", True),
        ("iCan Qualifications (iCQ)", "iCan Qualifications Limited", True),
        ("NOCN", "The National Open College Network", True),
        ("Open Awards", "Focus Awards Limited", False),
        ("University of Worcester", "University of Greenwich", False),
        ("Pearson", "City & Guilds", False),
    ],
)
def test_names_that_are_nearly_the_same(first, second, same):
    assert alike(plain_name(first), plain_name(second)) is same
