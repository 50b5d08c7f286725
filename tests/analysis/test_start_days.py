"""Four days say of every day what `can_start` says of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.partial_dates import partial
from iqf.analysis.start_days import start_days
from iqf.analysis.status import Availability, can_start

DAYS = st.dates(date(2008, 1, 1), date(2012, 12, 31))


@st.composite
def dates_as_known(draw):
    day = draw(DAYS).isoformat()
    return partial(draw(st.sampled_from(["", day, day[:7], day[:4]])))


@given(
    dates_as_known(),
    dates_as_known(),
    dates_as_known(),
    st.sampled_from(["available", "closed", "historic", ""]),
    DAYS,
)
def test_every_day_has_the_same_verdict(start, end, last_start, status, on):
    known = Availability(start, end, None, last_start, status)
    assert start_days(known).verdict(on) == can_start(known, on).verdict


def test_a_year_leaves_its_days_open():
    known = Availability(
        operational_start=partial("2010"), operational_end=partial("2011-07"), stated_status="closed"
    )
    found = {
        on: start_days(known).verdict(date.fromisoformat(on)) for on in ("2009-12-31", "2010-06-01", "2010-12-31")
    }
    assert found == {"2009-12-31": "no", "2010-06-01": "cannot say", "2010-12-31": "yes"}
    assert start_days(known).verdict(date(2011, 7, 2)) == "cannot say"
    assert start_days(known).verdict(date(2011, 8, 1)) == "no"
