"""Can it be started, certificated, and did it count when it was taken? By the dates, and by an official list."""

import csv
from datetime import date

import pytest

from iqf.analysis.partial_dates import PartialDateError
from iqf.exchange.sources.early_years import ingest
from iqf.exchange.sources.early_years.rows import COLUMNS
from iqf.reports.qualification import qualification

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
OFFICIAL = "Department for Education early years qualifications list"


def listed(reference, number, level, begin, end, condition="None"):
    return {
        "Qualification Ref": reference,
        "Qualification Level": level,
        "From which date": begin,
        "To which date": end,
        "Qualification Name": f"A qualification at level {level}",
        "Awarding Organisation Title": "Various Awarding Organisations",
        "Qualification Number": number,
        "Notes/Additional Requirements": condition,
    }


@pytest.fixture
def official(starter, tmp_path):
    """Two rows of the official list: one for the City & Guilds diploma, two windows for an NCFE one."""
    rows = [
        listed("EYQ-901", "500/9170/0", "3", "Sep-10", "Aug-14", "Early years pathway only"),
        listed("EYQ-902", "601/2629/2", "2", "null", "Aug-14"),
        listed("EYQ-903", "601/2629/2", "3", "Sep-14", ""),
    ]
    path = tmp_path / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return ingest(path, by="tests")


def asked(text, begun, as_of=TODAY):
    return qualification(text, as_of, begun).status[-1]


@pytest.mark.parametrize(
    ("begun", "verdict"),
    [
        ("2009", "no"),
        ("2011", "yes"),
        ("2014-08", "yes"),
        ("2014-09", "no"),
        ("2010", "cannot say"),
        ("2010-09-01", "yes"),
    ],
)
def test_did_it_count_when_i_took_it(official, begun, verdict):
    answer = asked("500/9170/0", begun)
    assert answer.verdict == verdict
    assert answer.because
    assert answer.rule


def test_what_counted_names_the_list_the_level_and_the_condition(official):
    answer = asked("Q001", "2011")
    assert OFFICIAL in answer.because
    assert "level 3" in answer.because.lower()
    assert "Early years pathway only" in answer.because


@pytest.mark.parametrize(("begun", "level"), [("2009", "2"), ("2016", "3")])
def test_one_number_in_two_windows_counts_at_the_level_of_the_window(official, begun, level):
    answer = asked("601/2629/2", begun)
    assert answer.verdict == "yes"
    assert f"level {level}" in answer.because.lower()


def test_windows_stand_on_the_page_with_the_row_that_said_them(official, today):
    (held,) = qualification("500/9170/0", today).counts
    assert (held.recogniser, held.reference, held.level, held.condition) == (
        OFFICIAL,
        "EYQ-901",
        "3",
        "Early years pathway only",
    )
    assert (held.started_from.words, held.started_to.words) == ("September 2010", "August 2014")
    assert (held.said.certainty, held.said.row, held.said.verified) == ("official", 2, True)
    (row,) = qualification("500/9170/0", today).official
    assert dict(row.printed)["Qualification Number"] == "500/9170/0"


@pytest.mark.parametrize(("begun", "said"), [("2009", "not yet on offer"), ("2011", "on offer then")])
def test_without_an_official_list_nobody_can_say_and_the_dates_are_told(starter, begun, said):
    answer = asked("500/9170/0", begun)
    assert answer.verdict == "cannot say"
    assert answer.because.startswith("No official list held here mentions it.")
    assert said in answer.because


@pytest.mark.parametrize(
    ("as_of", "start"),
    [
        (date(2010, 6, 30), "no"),
        (date(2010, 7, 15), "cannot say"),
        (date(2010, 8, 1), "yes"),
        (date(2014, 8, 31), "yes"),
        (date(2014, 9, 1), "no"),
    ],
)
def test_can_it_be_started_on_a_day(starter, as_of, start):
    assert qualification("500/9170/0", as_of).status[0].verdict == start


def test_certification_end_is_not_the_end_of_new_starts(starter):
    """603/1419/9: its date is the certification end, so certificates end and new starts rest on what is stated."""
    answer = qualification("603/1419/9", date(2022, 8, 31))
    assert (answer.fact("certification_end").value, answer.fact("operational_end").value) == ("31 August 2022", None)
    assert answer.status[1].verdict == "yes"
    assert qualification("603/1419/9", date(2022, 9, 1)).status[1].verdict == "no"


def test_a_date_that_is_none_is_refused(starter):
    with pytest.raises(PartialDateError):
        qualification("500/9170/0", TODAY, "in my youth")
