"""The two real snapshots of qualifications approved for funding."""

from collections import Counter

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import parse_qan
from iqf.evidence.models import Retrieval
from iqf.exchange.sources.approved_qualifications import ingest
from iqf.register.models import OfficialRow, RowVersion
from iqf.register.queries import row_of, standing

from .official_files import edited, existing, printed

pytestmark = [pytest.mark.real, pytest.mark.django_db]
LIST = "approved-qualifications"
DATE = "DateOfOfqualDataSnapshot"
ENDED = [
    f"ESFLevel34_{p}" for p in ("FundingAvailable", "FundingApprovalStartDate", "FundingApprovalEndDate", "Notes")
]


@pytest.fixture
def files(real_data, starter):
    return existing(real_data / "dfe-approved-quals", "funded.csv", "approved.csv")


def by_number(path):
    return {r["QualificationNumber"]: r for r in printed(path)}


def test_from_one_snapshot_to_the_next(files):
    """Beside the naive way: two dictionaries, cell by cell over the columns that both have."""
    funded, approved = files
    first = ingest(funded, by="tests")
    assert (first.rows, first.added, first.changed, first.retired) == (8201, 8201, 0, 0)
    second = ingest(approved, by="tests")
    before, after = by_number(funded), by_number(approved)
    shared = [c for c in before["61008187"] if c in after["61008187"] and c != DATE]
    kept = before.keys() & after.keys()
    expected = {(n, c, before[n][c], after[n][c]) for n in kept for c in shared if before[n][c] != after[n][c]}
    assert (second.added, second.retired, second.changed + second.unchanged) == (19, 128, 8073)
    assert {(c["code"], c["field"], c["before"], c["after"]) for c in second.changes} == expected
    assert (second.changed, len(second.changes)) == (924, 1781)
    assert {w.code for w in second.warnings} >= {"stream-ended", "stream-new"}
    (ended,) = [w.message for w in second.warnings if w.code == "stream-ended"]
    (new,) = [w.message for w in second.warnings if w.code == "stream-new"]
    assert all(column in ended for column in ENDED)
    assert new.startswith("The funding stream LifelongLearningEntitlement ")
    assert standing(LIST).count() == 8092
    assert [r.published_on for r in Retrieval.objects.filter(source__key=LIST).order_by("id")] == [
        "2024-10-22",
        "2025-02-18",
    ]


def test_read_again_and_the_older_again_nothing_is_written(files):
    funded, approved = files
    ingest(funded, by="tests")
    ingest(approved, by="tests")
    versions = RowVersion.objects.count()
    assert ingest(approved, by="tests").writes == 0
    assert ingest(funded, by="tests").writes == 0
    assert RowVersion.objects.count() == versions


def test_one_cell_edited_is_exactly_that_field(files, tmp_path):
    approved = files[1]
    ingest(approved, by="tests")
    copy = edited(approved, tmp_path / "edited.csv", "AAT Level 1 Award in Business Skills,", "AAT Award,")
    report = ingest(copy, by="tests")
    assert (report.changed, report.unchanged, report.writes) == (1, 8091, 2)
    assert [(c["code"], c["field"], c["after"]) for c in report.changes] == [
        ("61008199", "QualificationName", "AAT Award")
    ]


def test_the_doubtful_is_counted(files):
    report = ingest(files[1], by="tests")
    assert Counter(w.code for w in report.warnings) == {"level-title": 382, "number-check": 36}
    wider = [w for w in report.warnings if w.code == "level-title" and w.message.endswith("which is wider.")]
    assert len(wider) == 382  # none plainly disagrees: all are Level 1/2 or Entry Level


def test_the_register_says_what_the_file_prints_and_its_approvals(files):
    approved = files[1]
    ingest(approved, by="tests")
    expected = {n: {c: v for c, v in cells.items() if c != DATE} for n, cells in by_number(approved).items()}
    rows = {r.reference: r for r in OfficialRow.objects.filter(register=LIST)}
    assert {n: r.printed for n, r in rows.items()} == expected
    naive = sum(v == "True" for cells in expected.values() for c, v in cells.items() if c.endswith("Available"))
    assert sum(len(r.facts["approvals"]) for r in rows.values()) == naive
    assert all(r.title == " ".join(expected[n]["QualificationName"].split()) for n, r in rows.items())
    assert row_of(LIST, "61008187").facts["last_new_start"] == "2026-07-31"


def test_exactly_the_numbers_of_both_are_tied(files):
    ingest(files[1], by="tests")
    held = set(m.Qualification.objects.filter(LIVE).exclude(number="").values_list("number", flat=True))
    expected = {n for n in by_number(files[1]) if parse_qan(n).stored in held}
    tied = m.OfficialLink.objects.filter(LIVE, official_row__register=LIST)
    assert set(tied.values_list("official_row__reference", flat=True)) == expected
    assert m.Recognition.objects.filter(citation__collection=LIST).count() == 0
