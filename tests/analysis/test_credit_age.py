"""Credit that may be too old: it counts, it does not, or nobody can say."""

from datetime import date

import pytest

from iqf.analysis.credit_age import counting
from iqf.analysis.partial_dates import PartialDate
from iqf.analysis.rules import Holding

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("achieved", "counts"),
    [
        ("2016-11-22", "yes"),
        ("2016-11-21", "no"),
        ("2016-12", "yes"),
        ("2016-10", "no"),
        ("2016-11", "unsure"),
        ("2016", "unsure"),
        ("2015", "no"),
        (None, "unsure"),
    ],
)
def test_ten_years(achieved, counts):
    dates = {"u": PartialDate.parse(achieved)} if achieved else {}
    aged = counting(Holding(frozenset("u")), dates, 10, ON)
    assert ("u" in aged.holding.units, "u" in aged.too_old, "u" in aged.unsure) == (
        counts == "yes",
        counts == "no",
        counts == "unsure",
    )
    assert ("u" in aged.holding.possible_units) == (counts == "unsure")


def test_without_a_limit_everything_counts():
    holding = Holding(frozenset("u"), frozenset("v"))
    assert counting(holding, {}, None, ON).holding is holding


def test_a_leap_day_counts_until_its_own_date_of_another_year():
    dates = {"u": PartialDate.parse("2023-03-01"), "v": PartialDate.parse("2023-02-28")}
    aged = counting(Holding(frozenset("uv")), dates, 1, date(2024, 2, 29))
    assert (aged.holding.units, aged.too_old) == (frozenset("u"), frozenset("v"))
