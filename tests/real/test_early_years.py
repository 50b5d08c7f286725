"""The real files of the Department for Education: base, update, and each again."""

import csv

import pytest

from iqf.catalogue import models as m
from iqf.codes import parse_qan
from iqf.exchange.sources.early_years import ingest
from iqf.register.models import OfficialRow, RowVersion
from iqf.register.queries import row_of, standing

pytestmark = [pytest.mark.real, pytest.mark.django_db]

BASE = "1-ey-quals-full-2024-with-new-reference-fields.csv"
UPDATE = "2-ey-quals-updates-09-08-24.csv"


def printed(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def files(real_data, starter):
    folder = real_data / "ey-qualifications"
    for name in (BASE, UPDATE):
        if not (folder / name).is_file():
            pytest.fail(f"The real file {folder / name} is missing; set IQF_REAL_DATA to the folder of real files.")
    return folder / BASE, folder / UPDATE


def test_base_update_and_each_again(files):
    base, update = files
    first = ingest(base, by="tests")
    assert (first.rows, first.added, first.changed) == (279, 279, 0)
    shared = [w.message for w in first.warnings if w.code == "number-shared"]
    assert any(m.startswith("603/3900/7 stands under 5 references") for m in shared)
    second = ingest(update, by="tests")
    assert (second.added, second.changed, second.unchanged) == (8, 3, 0)
    assert {(c["field"], c["before"], c["after"], c["cosmetic"]) for c in second.changes} == {
        ("To which date", "", "Aug-24", False)
    }
    assert [c["code"] for c in second.changes] == ["EYQ-267", "EYQ-268", "EYQ-269"]
    assert [w.code for w in second.warnings] == ["number-check"]
    for path in (base, update, base):
        assert ingest(path, by="tests").writes == 0
    assert RowVersion.objects.count() == 3


def test_the_register_says_word_for_word_what_the_files_print(files):
    base, update = files
    for path in files:
        ingest(path, by="tests")
    expected = {r["Qualification Ref"]: r for path in (base, update) for r in printed(path)}
    assert {r.reference: r.printed for r in OfficialRow.objects.all()} == expected
    assert standing("early-years").count() == 287


def test_exactly_the_numbers_of_both_are_tied(files):
    """The naive way: every printed number against every number of the catalogue."""
    for path in files:
        ingest(path, by="tests")
    held = set(m.Qualification.objects.exclude(number="").values_list("number", flat=True))
    rows = {r["Qualification Ref"]: parse_qan(r["Qualification Number"]) for path in files for r in printed(path)}
    expected = {reference for reference, number in rows.items() if number and number.stored in held}
    assert set(m.Recognition.objects.values_list("reference", flat=True)) == expected
    assert set(m.OfficialLink.objects.values_list("official_row__reference", flat=True)) == expected
    assert len(expected) == 9


def test_various_is_no_organisation_and_levels_agree(files):
    report = ingest(files[0], by="tests")
    many = [r for r in OfficialRow.objects.all() if r.facts["owners_many"]]
    assert len(many) == 72  # 70 various awarding organisations, 2 all higher education institutes
    assert all(r.owner == "" for r in many)
    assert report.conflicts == []
    assert row_of("early-years", "EYQ-002").facts["owner_now"] == "Pearson Education Ltd"


def test_every_proposal_is_of_the_same_level(files):
    report = ingest(files[0], by="tests")
    levels = dict(m.Qualification.objects.values_list("code", "level"))
    assert len(report.matches) >= 20
    for match in report.matches:
        assert levels[match["code"]] == row_of("early-years", match["reference"]).level
