"""The table of requirements says where each one shows; here it is held to its word."""

import ast
import csv
import shlex
from pathlib import Path

import pytest

from iqf.reports.decisions import decision

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src/iqf/handbook/requirements.csv"
COLUMNS = ["req_id", "requirement", "kind", "state", "page", "command", "test", "note"]
STATES = ("shown", "partly", "decided", "later")
KINDS = ("data", "question", "function", "quality", "open decision")


def read():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def several(cell):
    return [part.strip() for part in cell.split(" ; ") if part.strip()]


ROWS = read()
PAGES = sorted({page for row in ROWS for page in several(row["page"])})
COMMANDS = sorted({command for row in ROWS for command in several(row["command"])})
TESTS = sorted({test for row in ROWS for test in several(row["test"])})


def test_every_requirement_stands_in_it_once_and_in_order():
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS
    assert [row["req_id"] for row in ROWS] == [f"R{n:03}" for n in range(1, 144)]
    assert all(row["requirement"] for row in ROWS)


def test_states_and_kinds_are_known():
    assert {row["state"] for row in ROWS} == set(STATES)
    assert {row["kind"] for row in ROWS} == set(KINDS)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["req_id"])
def test_each_state_says_what_it_must(row):
    where = row["page"] or row["command"]
    if row["state"] == "later":
        assert (row["page"], row["command"], row["test"]) == ("", "", "")
        assert row["note"]
    else:
        assert row["test"]
        assert where or row["state"] == "partly"
    if row["state"] == "partly":
        assert row["note"]
    assert "issue" not in row["note"].lower()


def test_what_is_decided_has_its_record():
    decided = [row for row in ROWS if row["state"] == "decided"]
    assert decided
    for row in decided:
        slug = row["page"].removeprefix("/decisions/")
        record = decision(slug)
        assert record.requirement == row["req_id"]
        assert record.is_open
        assert record.title
        assert record.sections


def test_every_open_decision_with_a_record_is_decided():
    recorded = {p.stem.split("-")[1] for p in (ROOT / "src/iqf/handbook/decisions").glob("open-*.md")}
    assert {row["req_id"] for row in ROWS if row["state"] == "decided"} == recorded


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_there(page, address):
    assert page(address)


@pytest.mark.django_db
@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_runs(iqf, command):
    name, *arguments = shlex.split(command)
    assert name == "iqf"
    ran = iqf(*arguments)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.strip()


@pytest.mark.parametrize("test", TESTS)
def test_the_test_exists(test):
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text())
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_docs_show_the_same_table():
    assert (ROOT / "docs/requirements.csv").resolve() == TABLE.resolve()


@pytest.mark.django_db
def test_the_command_prints_every_requirement(iqf):
    ran = iqf("requirements")
    assert all(f"\n{row['req_id']} [{row['state']}] " in ran.out for row in ROWS)
    answer = iqf("requirements", "--json").answer
    assert [r["id"] for r in answer["requirements"]] == [row["req_id"] for row in ROWS]
