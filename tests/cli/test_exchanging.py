"""`iqf export sheet` and `iqf import sheet`: rows out, changes back as a proposal that waits."""

import csv
import io

import openpyxl
import pytest

from iqf.catalogue.queries import find
from iqf.review.models import Proposal

WHY = ("--reason", "The body says so.", "--source", "Report of the body")


@pytest.fixture
def changed(iqf, tmp_path):
    """The roles as CSV with one tier changed."""
    out = iqf("export", "sheet", "roles", "--of", "playworker").out
    path = tmp_path / "roles.csv"
    lines = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
    lines[1][lines[0].index("tier")] = "specialist"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def test_rows_go_to_a_file_or_are_printed(iqf, tmp_path):
    path = tmp_path / "units.xlsx"
    ran = iqf("export", "sheet", "units", "-o", str(path))
    assert (ran.status, "346 units" in ran.out) == (0, True)
    assert openpyxl.load_workbook(path).sheetnames[:2] == ["units", "How to fill this in"]
    assert iqf("export", "sheet", "rule-units", "--template").out.startswith("\ufeffqualification,")
    assert len(iqf("export", "sheet", "requirement", "--of", "playworker").out.splitlines()) > 5


def test_a_changed_file_becomes_a_proposal_that_waits(iqf, changed):
    look = iqf("import", "sheet", "roles", str(changed), "--dry-run")
    assert "tier: 'universal' is to be 'specialist'" in look.out or "is to be 'specialist'" in look.out
    assert "Nothing was proposed." in look.out
    assert not Proposal.objects.exists()
    answer = iqf("import", "sheet", "roles", str(changed), *WHY, "--json").answer
    assert answer["schema"] == "iqf.import/1"
    assert [field["after"] for field in answer["changed"][0]["fields"]] == ["specialist"]
    held = Proposal.objects.get(pk=answer["proposal"])
    assert (held.state, held.came_by, held.author, held.reason) == (
        "waiting", "spreadsheet", "command line", "The body says so."
    )  # fmt: skip
    assert find("playworker", ["role"]).tier != "specialist"


def test_an_untouched_file_proposes_nothing(iqf, tmp_path):
    path = tmp_path / "roles.xlsx"
    iqf("export", "sheet", "roles", "-o", str(path))
    ran = iqf("import", "sheet", "roles", str(path))
    assert "0 to change, 0 to retire, 0 to restore, 161 left alone" in ran.out
    assert not Proposal.objects.exists()


def test_faults_are_told_in_the_files_own_rows_with_a_marked_copy(iqf, tmp_path):
    path, copy = tmp_path / "roles.csv", tmp_path / "marked.csv"
    path.write_text("code,tier\nplayworker,middling\nnowhere,targeted\n")
    ran = iqf("import", "sheet", "roles", str(path), "--marked", str(copy), "--json")
    assert ran.status == 2
    where = [(w["row"], w["column"], w["value"]) for w in ran.answer["where"]]
    assert where == [(2, "tier", "middling"), (3, "code", "nowhere")]
    assert "is not one of" in copy.read_text()
    words = iqf("import", "sheet", "roles", str(path))
    assert words.err.startswith('iqf: roles.csv, row 2, column tier: "middling" is not one of')


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["export", "sheet", "thrones"], 'There are no rows called "thrones"'),
        (["export", "sheet", "roles", "-o", "roles.ods"], "ends in .xlsx or .csv"),
        (["export", "sheet", "requirements", "--of", "nobody"], 'There is no role or qualification called "nobody"'),
        (["export", "sheet", "crosswalks", "--of", "Q001"], "cannot be had of one thing"),
        (["export"], "FORMAT"),
        (["import", "sheet", "roles", "nowhere.csv"], "is not there; check the path"),
        (["import", "sheet", "roles", "{file}", "--as", "nobody"], 'There is no user "nobody"'),
        (["import", "sheet", "roles", "{file}"], "--reason TEXT --source TEXT"),
        (["import", "sheet", "units", "{file}"], "this is a list of roles, not of units"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(iqf, changed, argv, said):
    ran = iqf(*[word.format(file=changed) for word in argv])
    assert (ran.status, said in ran.err) == (2, True), ran.err
    assert not Proposal.objects.exists()
