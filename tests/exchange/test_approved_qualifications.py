"""Qualifications approved for funding: snapshots one after another, streams that come and go, one cell at a time."""

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import Retrieval
from iqf.register.models import OfficialRow
from iqf.register.queries import columns_of, row_of, said_before

from .lists import codes, everything, fields, numbers, text_of

pytestmark = pytest.mark.django_db
LIST = "approved-qualifications"


def stream(name, start="", end="", note="", available=None):
    said = available if available is not None else str(bool(start))
    return {
        f"{name}_FundingAvailable": said,
        f"{name}_FundingApprovalStartDate": start,
        f"{name}_FundingApprovalEndDate": end,
        f"{name}_Notes": note,
    }


DIPLOMA = {
    "DateOfOfqualDataSnapshot": "22/10/2024",
    "QualificationName": " NCFE CACHE Level 3  Diploma for the Early Years Workforce ",
    "AwardingOrganisation": "NCFE",
    "QualificationNumber": "60126292",
    "Level": "Level 3",
    "QualificationType": "Vocationally-Related Qualification",
    "Subcategory": "",
    "SectorSubjectArea": "Child development and well-being",
    "Status": "Approved",
    "AwardingOrganisationURL": "",
}
AGE = stream("Age1619", "01/08/2016", "31/07/2026", "18+ only")
NO_ESF = stream("ESFLevel34")
ONE = DIPLOMA | AGE | NO_ESF
TWO = ONE | {"QualificationNumber": "61008187", "QualificationName": "Award in Bookkeeping", "Level": "Level 1/2"}
LOST = ONE | stream("ESFLevel34", "01/08/2016", "31/03/2023") | {"QualificationNumber": "50042932"}


def later(row, day="18/02/2025", new=None):
    """The row in a snapshot where the one stream has ended and another is new."""
    kept = {c: v for c, v in row.items() if not c.startswith("ESF")}
    return kept | (new or stream("LifelongLearningEntitlement")) | {"DateOfOfqualDataSnapshot": day}


def test_a_row_is_kept_as_printed_and_as_read(load):
    report = load(ONE, TWO)
    assert (numbers(report), codes(report)) == ((2, 0, 0, 0), [])
    row = row_of(LIST, "60126292")
    assert row.printed == {c: v for c, v in ONE.items() if c != "DateOfOfqualDataSnapshot"}
    assert (row.title, row.number, row.level, row.row) == (
        "NCFE CACHE Level 3 Diploma for the Early Years Workforce",
        "60126292",
        "3",
        2,
    )
    assert row.facts["number"] == "601/2629/2"
    assert row.facts["approvals"] == [
        {
            "stream": "Age1619",
            "words": "Age 16 to 19",
            "start": "2016-08-01",
            "end": "2026-07-31",
            "note": "18+ only",
        }
    ]
    assert row.facts["last_new_start"] == "2026-07-31"
    assert row_of(LIST, "61008187").level == "1/2"


def test_the_snapshot_date_belongs_to_the_retrieval(load):
    load(ONE)
    kept = Retrieval.objects.get(source__key=LIST)
    assert (kept.published_on, kept.summary["added"], kept.licence) == (
        "2024-10-22",
        1,
        "Open Government Licence v3.0 (inferred)",
    )


def test_read_again_nothing_is_written(load):
    load(ONE, TWO)
    before = everything()
    assert load(ONE, TWO).writes == 0
    assert load(TWO, ONE, name="other.csv", encoding="utf-16").writes == 0
    assert everything() == before


def test_the_same_rows_of_another_day_write_nothing(load):
    load(ONE, TWO)
    again = [r | {"DateOfOfqualDataSnapshot": "23/10/2024"} for r in (ONE, TWO)]
    assert (load(*again).writes, OfficialRow.objects.get(reference="60126292").versions.count()) == (0, 0)


@pytest.mark.parametrize(
    ("column", "value", "cosmetic"),
    [
        ("QualificationName", "Diploma in Something", False),
        ("QualificationName", "NCFE CACHE Level 3 Diploma for the Early Years Workforce", True),
        ("SectorSubjectArea", "Child Development and Well-being", True),
        ("Age1619_FundingApprovalEndDate", "31/07/2027", False),
        ("Age1619_Notes", "18+ Only", True),
        ("AwardingOrganisationURL", "https://example.org", False),
        ("Level", "Level 4", False),
    ],
)
def test_one_cell_edited_is_exactly_that_field(load, column, value, cosmetic):
    load(ONE, TWO)
    report = load(ONE | {column: value}, TWO)
    assert (numbers(report), fields(report)) == ((0, 1, 1, 0), [("60126292", column, ONE[column], value)])
    assert report.changes[0]["cosmetic"] is cosmetic
    (version,) = said_before(row_of(LIST, "60126292"))
    assert version.printed[column] == ONE[column]


def test_an_approval_given_and_taken_away_is_that_field(load):
    load(ONE)
    report = load(ONE | {"ESFLevel34_FundingAvailable": "True", "ESFLevel34_FundingApprovalStartDate": "01/08/2016"})
    assert [f[1] for f in fields(report)] == ["ESFLevel34_FundingAvailable", "ESFLevel34_FundingApprovalStartDate"]
    assert [a["stream"] for a in row_of(LIST, "60126292").facts["approvals"]] == ["Age1619", "ESFLevel34"]


def test_a_row_that_is_gone_is_retired_and_comes_back(load):
    first = load(ONE, TWO)
    report = load(ONE)
    assert numbers(report) == (0, 0, 1, 1)
    gone = row_of(LIST, "61008187")
    assert (gone.retired, gone.retired_by) == (True, report.sha256)
    assert numbers(load(ONE, TWO)) == (0, 1, 1, 0)
    back = row_of(LIST, "61008187")
    assert (back.retired, back.retired_by, back.retrieval) == (False, "", first.sha256)


def test_a_stream_ends_and_another_begins_and_no_row_changes(load):
    load(ONE, TWO)
    report = load(later(ONE), later(TWO))
    assert (numbers(report), report.changes) == ((0, 0, 2, 0), [])
    assert report.writes == 1  # the columns of the list, and no row
    said = {w.code: w.message for w in report.warnings}
    assert sorted(said) == ["stream-ended", "stream-new"]
    assert "ESFLevel34 (European Social Fund, levels 3 and 4) has ended" in said["stream-ended"]
    assert "LifelongLearningEntitlement (Lifelong learning entitlement) is new" in said["stream-new"]
    assert "ESFLevel34_Notes" not in columns_of(LIST)
    assert load(later(ONE), later(TWO)).writes == 0


def test_an_approval_that_goes_with_its_stream_is_kept_in_the_versions_and_no_change_of_the_row(load):
    load(LOST, TWO)
    report = load(later(LOST), later(TWO))
    assert (numbers(report), report.changes) == ((0, 0, 2, 0), [])
    row = row_of(LIST, "50042932")
    assert [a["stream"] for a in row.facts["approvals"]] == ["Age1619"]
    (version,) = said_before(row)
    assert [a["stream"] for a in version.facts["approvals"]] == ["Age1619", "ESFLevel34"]


def test_a_stream_that_begins_with_an_approval_is_kept_and_one_cell_beside_it_is_that_field(load):
    load(ONE, TWO)
    new = stream("LifelongLearningEntitlement", "01/01/2027", "31/07/2028")
    report = load(later(ONE, new=new) | {"Age1619_Notes": ""}, later(TWO))
    assert fields(report) == [("60126292", "Age1619_Notes", "18+ only", "")]
    assert row_of(LIST, "60126292").facts["last_new_start"] == "2028-07-31"


def test_a_file_older_than_the_last_changes_nothing_unless_told(load):
    load(later(ONE), later(TWO))
    before = everything()
    report = load(LOST, name="old.csv")
    assert (report.writes, codes(report)) == (0, ["older-snapshot"])
    assert "This file is of 2024-10-22, and one of 2025-02-18 (list.csv) was read already" in str(report.warnings)
    assert everything() == before
    assert numbers(load(LOST, name="old.csv", revert=True)) == (1, 0, 0, 2)


def test_a_list_that_has_lost_most_of_its_rows_is_refused_unless_told(load, refused):
    many = [ONE | {"QualificationNumber": f"6000{n:04}"} for n in range(60)]
    load(*many)
    (fault,) = refused(text_of(many[:40]))
    assert fault.message.startswith("20 of the 60 rows that stand in the list are not in the file; is it whole?")
    assert load(*many[:40], allow_retire=True).retired == 20


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(load):
    load(ONE, TWO)
    before = everything()
    dry = load(later(LOST), dry_run=True)
    assert everything() == before
    wet = load(later(LOST))
    assert vars(dry) | {"dry_run": False} == vars(wet)


def test_the_number_ties_it_to_the_catalogue_and_nothing_is_written_over_it(load):
    before = m.Qualification.objects.filter(number="60126292").values().get()
    load(ONE)
    link = m.OfficialLink.objects.get(official_row__register=LIST)
    assert (link.qualification.number, link.because) == ("60126292", "Same qualification number (601/2629/2)")
    assert m.Recognition.objects.count() == 0
    assert m.Qualification.objects.filter(number="60126292").values().get() == before


def test_a_tie_outlives_the_row_and_its_disagreement_does_not(load):
    load(ONE | {"Level": "Level 4"}, TWO)
    held = m.Qualification.objects.get(number="60126292")
    conflict = m.FieldConflict.objects.get(subject=held.code, field="level")
    assert (conflict.value_shown, conflict.value_other, conflict.citation_other.row) == ("3", "4", 2)
    load(TWO)
    assert m.OfficialLink.objects.filter(LIVE, official_row__register=LIST).exists()
    assert not m.FieldConflict.objects.filter(LIVE, subject=held.code).exists()


def test_another_owner_is_a_conflict(load):
    report = load(ONE | {"AwardingOrganisation": "Pearson Education Ltd"})
    assert [(c["field"], c["shown"], c["other"]) for c in report.conflicts] == [
        ("owner", "NCFE", "Pearson Education Ltd")
    ]


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"Level": "Level 4"}, "level-title", "the title says Level 3, the level column Level 4."),
        ({"Level": "Level 1/2", "QualificationName": "Level 1/Level 2 Award"}, "level-title", "which is wider"),
        ({"Level": "Entry Level", "QualificationName": "Entry Level 3 Award"}, "level-title", "which is wider"),
        ({"Level": ""}, "level-missing", "the level is blank"),
        ({"QualificationNumber": "60126293"}, "number-check", "601/2629/3 fails its check character"),
        ({"QualificationNumber": "ABC"}, "number-shape", "ABC is not shaped like a qualification number"),
        ({"Age1619_FundingApprovalStartDate": ""}, "approval-undated", "no first day is given"),
        ({"ESFLevel34_FundingApprovalEndDate": "31/07/2026"}, "approval-dates-only", "not counted"),
        ({"Age1619_FundingApprovalEndDate": "31/07/2015"}, "dates-order", "funding ends (2015-07-31) before"),
    ],
)
def test_what_is_doubtful_is_loaded_with_a_warning(load, change, code, said):
    report = load(ONE | change)
    assert report.added == 1
    (warning,) = [w for w in report.warnings if w.code == code]
    assert said in warning.message
    assert (warning.file, warning.row) == ("list.csv", 2)


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"Level": "Level 3/4"}, "Level", '"Level 3/4" is not a level.'),
        ({"QualificationNumber": " "}, "QualificationNumber", 'the column "QualificationNumber" is blank'),
        ({"QualificationName": ""}, "QualificationName", 'the column "QualificationName" is blank'),
        ({"QualificationName": "x" * 501}, "QualificationName", "longer than 500 characters"),
        ({"Age1619_FundingAvailable": ""}, "Age1619_FundingAvailable", '"" does not say if funding is available.'),
        ({"Age1619_FundingApprovalEndDate": "31/02/2024"}, "Age1619_FundingApprovalEndDate", "is not a date"),
        ({"DateOfOfqualDataSnapshot": "23/10/2024"}, "DateOfOfqualDataSnapshot", "is not that of the first row"),
    ],
)
def test_a_broken_cell_refuses_the_file_with_its_place(refused, change, column, message):
    faults = refused(text_of([ONE, TWO | change]))
    assert message in faults[0].message
    assert (faults[0].file, faults[0].row, faults[0].column) == ("list.csv", 3, column)


def test_one_number_twice_with_other_content(refused):
    (fault,) = refused(text_of([ONE, TWO, ONE | {"QualificationNumber": "601/2629/2"}]))
    assert (fault.row, fault.message) == (4, "60126292 stands in row 2 too, with other content; keep one of them.")


def test_the_same_row_twice_is_read_once(load):
    report = load(ONE, ONE)
    assert (report.rows, report.added, codes(report)) == (2, 1, ["repeated-row"])


def test_columns_that_are_missing_or_strange(refused):
    rest = [c for c in ONE if c != "Level"]
    assert refused(text_of([ONE], rest))[0].message == 'the column "Level" is missing.'
    (fault,) = refused(text_of([ONE], [*ONE, "Price"]))
    assert fault.message == 'the column "Price" is neither one of this list\'s nor of a funding stream.'
    (fault,) = refused(text_of([ONE], [c for c in ONE if c != "ESFLevel34_Notes"]))
    assert fault.message == 'the funding stream "ESFLevel34" lacks the column "ESFLevel34_Notes".'
    assert refused(text_of([DIPLOMA]))[0].message == "the file has no columns of a funding stream."


def test_a_snapshot_without_a_date(refused):
    (fault,) = refused(text_of([ONE | {"DateOfOfqualDataSnapshot": "soon"}]))
    assert (fault.row, fault.message) == (2, '"soon" is not the date of a snapshot.')


def test_ragged_rows_and_the_wrong_file(refused):
    faults = refused(text_of([ONE]) + "a,b\r\n")
    assert [(f.row, f.message) for f in faults] == [(3, "the row has 2 cells where the header has 18.")]
    assert len(refused("local_id,title\nQ001,Diploma\n")) == 10


def test_a_fault_at_the_end_undoes_the_rows_before_it(refused):
    many = [ONE | {"QualificationNumber": f"6{n:07}"} for n in range(2500)]
    (fault,) = refused(text_of([*many, TWO | {"Level": "x"}]))
    assert fault.row == 2502
