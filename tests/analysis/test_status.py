"""Can I start it, can it be certificated, did it count?"""

from datetime import date

import pytest

from iqf.analysis.partial_dates import PartialDate
from iqf.analysis.status import Availability, Window, can_certificate, can_start, counted, on_offer

DAY = date(2014, 9, 15)


def d(text):
    return PartialDate.parse(text)


def window(start=None, end=None, **more):
    return Window("The list", "3", start and d(start), end and d(end), **more)


@pytest.mark.parametrize(
    ("facts", "verdict", "because"),
    [
        ({"operational_start": "2014-10-01"}, "no", "It begins on 1 October 2014."),
        ({"operational_start": "2014-09"}, "cannot say", "It begins in September 2014; no day is known."),
        ({"last_new_start": "2014-08-31"}, "no", "It stopped taking new starts on 31 August 2014."),
        ({"operational_end": "2013"}, "no", "It stopped being offered in 2013."),
        ({"operational_end": "2014"}, "cannot say", "It stops being offered in 2014; no day is known."),
        ({"last_new_start": "2014-09-15"}, "yes", "It is open until 15 September 2014."),
        (
            {"last_new_start": "2014-08-31", "operational_end": "2015"},
            "no",
            "It stopped taking new starts on 31 August 2014.",
        ),
        ({"stated": "available"}, "yes", "Its source lists it as available and gives no end date."),
        (
            {"stated": "closed"},
            "no",
            "Its source says that it is closed to new learners; the date is not known.",
        ),
        ({"stated": "historic"}, "no", "It is historic: it is no longer awarded to new learners."),
        ({}, "cannot say", "Neither dates nor a stated status are known."),
    ],
)
def test_can_i_start_it(facts, verdict, because):
    answer = can_start(available(**facts), DAY)
    assert (answer.verdict, answer.because) == (verdict, because)
    assert answer.rule.startswith("It can be started from its operational start")


def available(stated="", **dates):
    return Availability(**{name: d(text) for name, text in dates.items()}, stated_status=stated)


@pytest.mark.parametrize(
    ("facts", "verdict", "because"),
    [
        ({"certification_end": "2014-09-14"}, "no", "Certification ended on 14 September 2014."),
        ({"certification_end": "2014-09-15"}, "yes", "Certificates are given until 15 September 2014."),
        ({"certification_end": "2014"}, "cannot say", "Certification ends in 2014; no day is known."),
        ({"stated": "available"}, "yes", "It is open, and no certification end is known."),
        (
            {"last_new_start": "2014-01-31"},
            "cannot say",
            "It is not open to new learners, and its certification end is not known.",
        ),
        (
            {},
            "cannot say",
            "Whether it is open to new learners is not known, and its certification end is not known.",
        ),
        ({"operational_start": "2015"}, "no", "Nobody can have begun it: it begins in 2015."),
    ],
)
def test_can_it_still_be_certificated(facts, verdict, because):
    answer = can_certificate(available(**facts), DAY)
    assert (answer.verdict, answer.because) == (verdict, because)


@pytest.mark.parametrize(
    ("windows", "begun", "verdict"),
    [
        ([("2008-09", "2014-08")], "2009", "yes"),
        ([("2008-09", "2014-08")], "2014-08-31", "yes"),
        ([("2008-09", "2014-08")], "2014-09-01", "no"),
        ([("2008-09", "2014-08")], "2008", "cannot say"),
        ([(None, "2014-08")], "1999", "yes"),
        ([("2014-09", None)], "2030", "yes"),
        ([(None, None)], "2009", "yes"),
        ([("2001", "2003"), ("2008", "2010")], "2009", "yes"),
        ([("2001", "2003"), ("2008", "2010")], "2005", "no"),
        ([], "2009", "cannot say"),
    ],
)
def test_did_it_count(windows, begun, verdict):
    assert counted(Availability(), [window(*w) for w in windows], d(begun)).verdict == verdict


def test_the_condition_and_the_level_are_said():
    answer = counted(Availability(), [window("2008-09", "2014-08", condition="With first aid.")], d("2009"))
    assert answer.because == (
        "The list counts it at level 3 when begun from September 2008 to August 2014. "
        "On this condition: With first aid."
    )


def test_dates_that_contradict_the_list_are_said():
    answer = counted(available(operational_start="2010-07"), [window("2008-09", "2014-08")], d("2009"))
    assert answer.verdict == "yes"
    assert answer.because.endswith("But its own dates disagree. It was not yet on offer: it began in July 2010.")


def test_without_a_list_whether_it_was_on_offer_is_said():
    answer = counted(available(operational_start="2010-07"), [], d("2009"))
    assert answer.because == (
        "No official list held here mentions it. It was not yet on offer: it began in July 2010."
    )


@pytest.mark.parametrize(
    ("facts", "when", "verdict"),
    [
        ({"operational_start": "2010", "operational_end": "2014"}, "2012", "yes"),
        ({"operational_start": "2010", "operational_end": "2014"}, "2009", "no"),
        ({"operational_start": "2010", "operational_end": "2014"}, "2015", "no"),
        ({"operational_start": "2010", "operational_end": "2014"}, "2010", "cannot say"),
        ({"operational_start": "2010", "stated": "available"}, "2012", "yes"),
        ({"operational_start": "2010"}, "2012", "cannot say"),
        ({}, "2012", "cannot say"),
    ],
)
def test_was_it_on_offer(facts, when, verdict):
    assert on_offer(available(**facts), d(when)).verdict == verdict
