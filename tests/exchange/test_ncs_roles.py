"""Job profiles: lists inside cells, salaries that vary, standards with and without a code."""

import pytest

from iqf.exchange.sources.pattern import Refused
from iqf.register.queries import row_of

from .lists import codes, everything, fields, numbers, text_of

pytestmark = pytest.mark.django_db
LIST = "ncs-roles"

ONE = {
    "title": "Nursery worker",
    "url": "nursery-worker",
    "soc": "3232",
    "onet_code": "39-9011.00",
    "salary_starter": "17000",
    "salary_experienced": "24000",
    "description": "Nursery workers look after children up to 5 years old.",
    "day_to_day_tasks": "planning activities | watching children's progress |  keeping records",
    "digital_skills": "to be able to carry out basic tasks on a computer",
    "registrations": "",
    "restrictions": "DBS enhanced check",
    "apprenticeship_standards": "ST0888 Early years practitioner | ST0135 Early years educator",
    "progression": "With experience you could become a manager.",
    "job_categories": "Teaching and education | Social care",
}
TWO = ONE | {"url": "foster-carer", "title": "Foster carer", "salary_starter": "variable", "salary_experienced": ""}


def test_a_profile_as_printed_and_as_read(load):
    report = load(ONE, TWO)
    assert (numbers(report), codes(report)) == ((2, 0, 0, 0), [])
    row = row_of("ncs-roles", "nursery-worker")
    assert (row.kind, row.title, row.printed) == ("role", "Nursery worker", ONE)
    assert row.facts["tasks"] == ["planning activities", "watching children's progress", "keeping records"]
    assert (row.facts["salary_starter"], row.facts["salary_varies"]) == (17000, False)
    assert row.facts["standards"][1] == {"code": "ST0135", "title": "Early years educator"}
    assert row.facts["categories"] == ["Teaching and education", "Social care"]
    varies = row_of("ncs-roles", "foster-carer").facts
    assert (varies["salary_starter"], varies["salary_experienced"], varies["salary_varies"]) == (None, None, True)


def test_again_nothing_one_cell_is_that_field_and_gone_is_retired(load):
    load(ONE, TWO)
    before = everything()
    assert load(TWO, ONE).writes == 0
    assert everything() == before
    report = load(ONE | {"salary_starter": "18000"})
    assert fields(report) == [("NURSERY-WORKER", "salary_starter", "17000", "18000")]
    assert report.retired == 1


def test_what_is_doubtful_is_loaded(load):
    report = load(
        ONE | {"soc": "32", "salary_experienced": "1000", "day_to_day_tasks": "", "onet_code": "00-0000.00"},
        TWO | {"apprenticeship_standards": "Early years educator"},
    )
    assert codes(report) == ["no-tasks", "salary-order", "soc-shape", "standard-code"]
    assert row_of("ncs-roles", "nursery-worker").facts["onet_code"] == ""


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"salary_starter": "lots"}, "salary_starter", '"lots" is not a salary.'),
        ({"salary_starter": "-1"}, "salary_starter", '"-1" is not a salary.'),
        ({"title": ""}, "title", 'the column "title" is blank'),
        ({"url": "x" * 61}, "url", "longer than 60 characters"),
        ({"url": "nursery-worker"}, "url", "NURSERY-WORKER stands in row 2 too, with other content"),
    ],
)
def test_a_broken_cell_refuses_the_file_with_its_place(refused, change, column, message):
    (fault,) = refused(text_of([ONE, TWO | change]))
    assert (fault.row, fault.column) == (3, column)
    assert message in fault.message


def test_a_missing_column_and_one_too_many(load):
    with pytest.raises(Refused, match='the column "soc" is missing'):
        load({c: v for c, v in ONE.items() if c != "soc"})
    with pytest.raises(Refused, match='the column "price" is not one of this file'):
        load(ONE | {"price": "1"})
