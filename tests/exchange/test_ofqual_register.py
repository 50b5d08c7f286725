"""The register of regulated qualifications: its table, its records in JSON, and both after each other."""

import json

import pytest

from iqf.catalogue import models as m
from iqf.exchange.sources.ofqual_register import files, ingest, rows
from iqf.exchange.sources.ofqual_register.columns import BY_RECORD_NAME
from iqf.register.queries import row_of, said_before

from .lists import codes, everything, fields, numbers, text_of, write_json

pytestmark = pytest.mark.django_db
LIST = "ofqual-register"

ONE = {
    "Qualification Number": "601/2629/2",
    "Qualification Title": "NCFE CACHE Level 3 Diploma for the Early Years  Workforce",
    "Owner Organisation Name": "NCFE",
    "Owner Organisation Acronym": "NCFE ",
    "Qualification Level": "Level 3",
    "Qualification Sub Level": "None",
    "EQF Level": "Level 4",
    "Qualification Type": "Vocationally-Related Qualification",
    "Total Credits": "61",
    "Qualification SSA": "Child development and well-being",
    "Qualification Status": "No longer available to new learners",
    "Regulation Start Date": "1/21/2014 12:00:00 AM +00:00",
    "Operational Start Date": "2/1/2014 12:00:00 AM +00:00",
    "Operational End Date": "8/31/2024 10:59:59 PM +00:00",
    "Certification End Date": "12/31/2027 11:59:59 PM +00:00",
    "Minimum Guided Learning Hours": "486",
    "Maximum Guided Learning Hours": "486",
    "Total Qualification Time": "610",
    "Guided Learning Hours": "486",
    "Offered In": "England|Northern Ireland",
    "Overall Grading Type": "Pass/Fail",
    "Assessment Methods": "Coursework|Portfolio of Evidence",
    "NI Discount Code": "",
    "GCE Size Equivalence": "",
    "GCSE Size Equivalence": "",
    "Entitlement Framework Designation": "",
    "Grading Scale": "",
    "Specialisms": "",
    "Pathways": "",
    "Approved For DEL Funded Programme": "",
    "Link To Specification": "https://example.org/spec",
    "CCEA Regulation": "True",
    "Offered Internationally": "False",
}
OLD = ONE | {
    "Qualification Number": "500/4059/5",
    "Qualification Title": "Level 1 NVQ in Warehousing and Storage",
    "Qualification Level": "Level 1",
    "Total Credits": "0",
    "Minimum Guided Learning Hours": "0",
    "Total Qualification Time": "",
    "Assessment Methods": "",
    "Link To Specification": "",
}


def record(row, **more):
    by_column = {v: k for k, v in BY_RECORD_NAME.items()}
    names = {by_column[c]: v or None for c, v in row.items() if c in by_column}
    answers = {k: v == "True" for k, v in names.items() if v in ("True", "False")}
    return {row["Qualification Number"]: names | answers | {"TotalCredits": 61} | more}


@pytest.fixture
def load_json(tmp_path, starter):
    def run(value):
        return ingest(write_json(tmp_path / "records.json", value), by="tests")

    return run


def test_a_row_as_printed_and_as_read(load):
    report = load(ONE, OLD)
    assert (numbers(report), codes(report)) == ((2, 0, 0, 0), [])
    row = row_of(LIST, "60126292")
    assert (row.printed, row.number, row.level, row.owner) == (ONE, "60126292", "3", "NCFE")
    assert row.facts["owner_acronym"] == "NCFE"
    assert row.facts["sub_level"] == ""
    days = ("operational_start", "operational_end", "certification_end")
    assert [row.facts[d] for d in days] == ["2014-02-01", "2024-08-31", "2027-12-31"]
    assert (row.facts["credit"], row.facts["glh"], row.facts["tqt"]) == (61, 486, 610)
    assert row.facts["offered_in"] == ["England", "Northern Ireland"]
    assert (row.facts["ccea_regulated"], row.facts["offered_internationally"]) == (True, False)
    assert row.facts["del_funded"] is None


def test_a_size_of_zero_is_one_not_known(load):
    load(OLD)
    facts = row_of(LIST, "50040595").facts
    assert (facts["credit"], facts["glh_min"], facts["tqt"]) == (None, None, None)


def test_again_nothing_and_one_cell_is_that_field_and_the_rest_is_not_spoken_of(load):
    load(ONE, OLD)
    before = everything()
    assert load(ONE, OLD).writes == 0
    assert everything() == before
    report = load(ONE | {"Qualification Status": "No longer awarded"})
    said = ("60126292", "Qualification Status", "No longer available to new learners", "No longer awarded")
    assert (numbers(report), fields(report)) == ((0, 1, 0, 0), [said])
    assert not row_of(LIST, "50040595").retired


DOUBTFUL = ONE | {"Qualification Number": "601/2629/3", "Qualification Title": "Level 2 Diploma"}


@pytest.fixture
def read_again(monkeypatch):
    """The numbers of the rows whose cells are read."""
    numbers, before = [], rows.facts_of

    def counted(row, *rest):
        numbers.append(row["Qualification Number"])
        return before(row, *rest)

    monkeypatch.setattr(rows, "facts_of", counted)
    return numbers


def test_rows_whose_cells_were_read_before_are_not_read_again_but_for_the_doubtful(load, read_again):
    first = load(ONE, DOUBTFUL, OLD)
    read_again.clear()
    again = load(ONE, DOUBTFUL, OLD)
    assert read_again == ["601/2629/3"]
    assert numbers(again) == (0, 0, 3, 0)
    assert [w.as_json() for w in again.warnings] == [w.as_json() for w in first.warnings]
    assert codes(again) == ["level-title", "number-check"]


def test_one_cell_changed_is_read_and_a_fault_beside_known_rows_still_refuses_the_file(load, read_again, refused):
    load(ONE, OLD)
    read_again.clear()
    assert numbers(load(ONE, OLD | {"Total Credits": "7"})) == (0, 1, 1, 0)
    assert read_again == ["500/4059/5"]
    (fault,) = refused(text_of([ONE, OLD | {"Total Credits": "minus one"}]))
    assert (fault.row, fault.column) == (3, "Total Credits")


def test_other_code_reads_every_row_again_and_says_the_same(load, read_again, monkeypatch):
    load(ONE, OLD)
    monkeypatch.setattr(files, "reader", lambda: "another")
    read_again.clear()
    assert numbers(load(ONE, OLD)) == (0, 0, 2, 0)
    assert read_again == ["601/2629/2", "500/4059/5"]
    read_again.clear()
    assert load(ONE, OLD).writes == 0
    assert read_again == []


def test_columns_in_another_order_are_read_again_and_say_the_same(load, read_again):
    load(ONE)
    read_again.clear()
    assert load(dict(reversed(ONE.items()))).writes == 0
    assert read_again == ["601/2629/2"]


def test_a_row_that_another_kind_of_file_changed_is_read_again(load, load_json, read_again):
    load(ONE, OLD)
    load_json(
        {
            ONE["Qualification Number"]: record(ONE, QualificationStatus="No longer awarded")[
                ONE["Qualification Number"]
            ]
        }
    )
    read_again.clear()
    assert codes(load(ONE, OLD)) == ["older-content"]
    assert read_again == ["601/2629/2"]


def test_an_old_row_one_blank_short_is_mended_and_said(load, tmp_path):
    text = text_of([OLD, ONE]).splitlines(keepends=True)
    text[1] = text[1].replace(",,,,,,,,,,,True", ",,,,,,,,,,True")
    (tmp_path / "short.csv").write_text("".join(text), newline="")
    report = ingest(tmp_path / "short.csv", by="tests")
    assert (report.added, codes(report), report.warnings[0].row) == (2, ["short-row"], 2)
    assert row_of(LIST, "50040595").printed == OLD


def test_records_in_json_say_the_same_and_add_fees(load, load_json):
    load(ONE, OLD)
    report = load_json(record(ONE, Fees="475"))
    assert (numbers(report), report.changes) == ((0, 0, 1, 0), [])
    row = row_of(LIST, "60126292")
    assert (row.facts["fees"], row.facts["credit"], row.row) == ("475", 61, 1)
    assert len(said_before(row)) == 1
    again = load(ONE, OLD)
    assert (again.writes, codes(again)) == (0, ["older-content"])
    assert row_of(LIST, "60126292").facts["fees"] == "475"


def test_the_owners_acronym_is_no_disagreement_and_nothing_is_written_over_the_catalogue(load):
    before = m.Qualification.objects.filter(number="60126292").values().get()
    report = load(ONE | {"Owner Organisation Name": "Northern Council for Further Education"})
    assert report.conflicts == []
    assert m.OfficialLink.objects.filter(official_row__register=LIST).count() == 1
    assert m.Qualification.objects.filter(number="60126292").values().get() == before


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"Qualification Number": "601/2629/3"}, "number-check", "601/2629/3 fails its check character"),
        ({"Qualification Number": "A/1"}, "number-shape", "A/1 is not shaped like"),
        ({"Qualification Level": "Level 2"}, "level-title", "the title says Level 3, the level column Level 2."),
        ({"Qualification Level": ""}, "level-missing", "the level is blank"),
        ({"Operational End Date": "1/1/2013 12:00:00 AM +00:00"}, "dates-order", "end (2013-01-01) is before"),
        ({"Total Qualification Time": "400"}, "size-order", "more guided learning hours (486)"),
    ],
)
def test_what_is_doubtful_is_loaded_with_a_warning(load, change, code, said):
    report = load(ONE | change)
    assert report.added == 1
    (warning,) = [w for w in report.warnings if w.code != "conflict"]
    assert (warning.code, warning.row) == (code, 2)
    assert said in warning.message


def test_an_entry_level_is_as_fine_as_its_sub_level(load):
    entry = ONE | {"Qualification Level": "Entry Level", "Qualification Title": "Award"}
    load(entry | {"Qualification Sub Level": "Entry Level 3"})
    assert row_of(LIST, "60126292").level == "E3"
    load(entry | {"Qualification Sub Level": "Entry Level 1,2"})
    assert row_of(LIST, "60126292").level == "E"


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"Qualification Level": "Level 3/4"}, "Qualification Level", '"Level 3/4" is not a level.'),
        ({"Total Credits": "-5"}, "Total Credits", '"-5" is not a number of credits or hours.'),
        ({"Total Credits": "many"}, "Total Credits", '"many" is not a number'),
        ({"Operational Start Date": "31/02/2024"}, "Operational Start Date", '"31/02/2024" is not a moment.'),
        ({"Operational Start Date": "2/30/2024 1:00:00 AM +00:00"}, "Operational Start Date", "is not a moment."),
        ({"CCEA Regulation": "perhaps"}, "CCEA Regulation", '"perhaps" is neither yes nor no.'),
        ({"Qualification Title": ""}, "Qualification Title", "is blank; every row needs one"),
    ],
)
def test_a_broken_cell_refuses_the_file_with_its_place(refused, change, column, message):
    (fault,) = refused(text_of([OLD, ONE | change]))
    assert message in fault.message
    assert (fault.file, fault.row, fault.column) == ("list.csv", 3, column)


def test_one_number_twice_with_other_content(refused):
    (fault,) = refused(text_of([ONE, ONE | {"Total Credits": "60"}]))
    assert fault.message == "60126292 stands in row 2 too, with other content; keep one of them."


def test_a_row_short_of_more_than_a_blank_and_a_missing_column(refused):
    (fault,) = refused(text_of([ONE]) + "a,b\r\n")
    assert fault.message == "the row has 2 cells where the header has 33."
    assert refused(text_of([ONE], columns=list(ONE)[:-1]))[0].message.startswith('the column "Offered Intern')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the text is not JSON"),
        ("[]", "the file is not a set of records"),
        ("[" * 100_000, "nested too deep"),
        (json.dumps({"601/2629/2": {"Fees": "1"}}), 'the record of 601/2629/2 lacks "QualificationTitle".'),
        (json.dumps(record(ONE, Price="1")), 'the record of 601/2629/2 has the unknown name "Price".'),
        (json.dumps(record(ONE, Fees=["1"])), '"Fees" of 601/2629/2 is not a text, a number or null.'),
        (
            json.dumps(record(ONE))[:-1] + "," + json.dumps(record(ONE, Fees="1"))[1:],
            "60126292 stands in row 1 too, with other content; keep one of them.",
        ),
    ],
)
def test_broken_records(refused, text, message):
    assert message in refused(text, "records.json")[0].message
