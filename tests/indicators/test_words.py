"""Periods as people write them, however a table prints them."""

import pytest

from iqf.indicators.standard import period_words


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("202324", "2023/24"),
        ("199900", "1999/00"),
        ("202325", "202325"),
        ("2008", "2008"),
        ("2008 Calendar year", "2008"),
        ("200607 Financial year", "2006-07, financial year"),
        ("2005 Summer term", "2005 Summer term"),
        ("", ""),
    ],
)
def test_a_period_reads_as_people_write_it(printed, read):
    assert period_words(printed) == read
