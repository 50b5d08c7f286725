"""Awarding organisations: one reader, two layouts."""

import pytest

from iqf.evidence.models import Retrieval
from iqf.exchange.sources.ofqual_organisations import ingest
from iqf.exchange.sources.pattern import Refused
from iqf.register.queries import row_of, said_before, standing

from .lists import codes, everything, fields, numbers, text_of

pytestmark = pytest.mark.django_db
LIST = "ofqual-organisations"

SHARED = {
    "Recognition Number": "RN5339",
    "Name": "Education Qualifications and Awards",
    "Legal Name": "Education Qualifications and Awards Limited",
    "Acronym": "EQ Awards ",
    "Email": "office@example.org",
    "Website": "http://www.example.org",
    "Head Office Address Line 1": "6 Scirocco Close",
    "Head Office Address Line 2": "",
    "Head Office Address Town/City": "Northampton",
    "Head Office Address County": "",
    "Head Office Address Postcode": "NN3 6AP",
    "Head Office Address Country": "United Kingdom",
    "Head Office Address Telephone Number": "01293344556",
}
OLD = SHARED | {"Status": "Recognised"}
NEW = SHARED | {
    "Ofqual Status": "Surrendered",
    "Ofqual Recognised From": "2011-05-12 00:00:00.0000000",
    "Ofqual Recognised To": "2020-11-01 00:00:00.0000000",
    "CCEA Regulation Status": "Never been recognised",
    "CCEA Regulation Recognised From": "",
    "CCEA Regulation Recognised To": "",
}
OTHER = {"Recognition Number": "RN5355", "Name": "Training Qualifications UK Ltd"}


def test_the_later_layout(load):
    report = load(NEW, NEW | OTHER)
    assert (numbers(report), codes(report)) == ((2, 0, 0, 0), [])
    row = row_of(LIST, "RN5339")
    assert (row.kind, row.title, row.printed) == ("organisation", NEW["Name"], NEW)
    assert (row.facts["acronym"], row.facts["status"]) == ("EQ Awards", "Surrendered")
    assert (row.facts["recognised_from"], row.facts["recognised_to"]) == ("2011-05-12", "2020-11-01")
    assert row.facts["address"] == ["6 Scirocco Close", "Northampton"]
    assert Retrieval.objects.get(source__key=LIST).published_on == "2020"
    assert load(NEW, NEW | OTHER).writes == 0


def test_the_layout_of_2017_and_then_the_later(load):
    load(OLD)
    assert row_of(LIST, "RN5339").facts["status"] == "Recognised"
    report = load(NEW, NEW | OTHER, name="new.csv")
    assert (numbers(report), codes(report)) == ((1, 0, 1, 0), ["columns-ended", "columns-new"])
    row = row_of(LIST, "RN5339")
    assert (row.facts["status"], said_before(row)[0].facts["status"]) == ("Surrendered", "Recognised")


def test_a_change_over_both_layouts_is_told_by_field(load):
    load(OLD)
    report = load(NEW | {"Website": "https://new.example.org"})
    assert fields(report) == [("RN5339", "Website", "http://www.example.org", "https://new.example.org")]


def test_the_layout_of_2017_after_the_later_changes_nothing(load):
    load(NEW, NEW | OTHER)
    before = everything()
    report = load(OLD, name="old.csv")
    assert (report.writes, codes(report)) == (0, ["older-snapshot"])
    assert everything() == before
    assert standing(LIST).count() == 2


def test_what_is_doubtful_is_loaded(load):
    report = load(
        NEW | {"Recognition Number": "XX1333"},
        NEW | {"Ofqual Recognised To": "2010-01-01 00:00:00.0000000"},
    )
    assert (report.added, codes(report)) == (2, ["dates-order", "name-shared", "number-shape"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Name": " "}, 'the column "Name" is blank'),
        ({"Ofqual Recognised To": "2020-13-01"}, '"2020-13-01" is not a day.'),
        ({"Recognition Number": "RN5339", "Email": "x"}, "RN5339 stands in row 2 too, with other content"),
    ],
)
def test_what_is_broken_is_refused(refused, change, message):
    fault = refused(text_of([NEW, NEW | OTHER | change]))[0]
    assert fault.row == 3
    assert message in fault.message


def test_a_wrong_file_and_a_missing_column(load, tmp_path):
    (tmp_path / "x.csv").write_text(text_of([{"a": "1"}]))
    with pytest.raises(Refused, match='the column "Recognition Number" is missing'):
        ingest(tmp_path / "x.csv", by="tests")
    with pytest.raises(Refused, match='the column "Ofqual Status" is missing'):
        load(SHARED)
