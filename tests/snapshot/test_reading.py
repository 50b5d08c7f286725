"""The snapshot follows the data: built when needed, shared while fresh, rebuilt after any change or damage."""

import errno
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iqf.accounts.actions import audit
from iqf.accounts.queries import UNSEEN, data_version
from iqf.catalogue import models as m
from iqf.snapshot import SnapshotError, current, ensure_current, reading
from iqf.snapshot.coverage_filling import fill
from iqf.snapshot.entries import gather
from iqf.snapshot.generations import read_manifest


def change():
    audit(by="tests", action="change nothing", subject="test", before={}, after={})


def test_built_once_and_shared_while_nothing_changes(starter, home):
    first = ensure_current()
    assert ensure_current() is first is current()
    assert first.data_version == data_version()
    assert first.manifest.counts["role"] == m.Role.objects.filter(retired_on=None).count()
    assert first.manifest.counts["unit"] == m.Unit.objects.filter(retired_on=None).count()


def test_any_change_makes_a_new_generation(starter, home):
    first = ensure_current()
    change()
    assert current() is first, "reading alone does not build"
    second = ensure_current()
    assert second.generation != first.generation
    assert second.data_version == data_version()
    assert current() is second


@pytest.mark.parametrize("kind", reading.NOT_HELD)
def test_what_search_does_not_hold_makes_none(starter, home, kind):
    first = ensure_current()
    audit(by="tests", action="change something", subject=f"{kind}:one", before={}, after={})
    assert ensure_current() is first
    assert not first.is_behind
    assert (first.data_version == data_version()) is (f"{kind}:" in UNSEEN)
    audit(by="tests", action="change something", subject=f"{kind}hood:one", before={}, after={})
    assert first.is_behind


def test_nothing_that_is_held_is_read_from_what_is_passed_over(starter, tmp_path):
    """The kinds of changes that are passed over are those of tables that neither entries nor coverage are made of."""
    (tmp_path / "coverage").mkdir()
    with CaptureQueriesContext(connection) as asked:
        assert list(gather())
        fill(tmp_path / "coverage", tmp_path)
    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert {"catalogue_role", "register_officialrow", "evidence_citation"} <= read
    passed_over = {
        "user": {"accounts_user", "accounts_membership"},
        "invitation": {"accounts_invitation"},
        "proposal": {"review_proposal", "review_proposedchange", "review_message"},
        "match": {"review_proposedmatch"},
        "matches": {"review_proposedmatch"},
        "inclusion": {"catalogue_inclusionchoice"},
        "inclusionrule": {"catalogue_inclusionrule"},
        "level": {"catalogue_leveldescriptor"},
        "rater": set(),  # what a rater is stays; the verdicts of a new one come with a batch
        "dataset": {"indicators_dataset", "indicators_release", "indicators_column"},
        "unprotected": set(),  # somebody looked; nothing changed
        "judgement": set(),  # those of closed batches are read: closing one is a change of the batch
        "portfolio": {
            *("people_portfolio", "people_helditem", "people_evidenceoflearning", "people_shownthing"),
            *("people_claim", "people_claimedthing", "people_sharelink", "people_selfrating", "people_grade"),
        },
        "team": {"people_team", "people_teammember"},
    }
    assert passed_over.keys() == set(reading.NOT_HELD)
    tables = set(connection.introspection.table_names())
    assert set().union(*passed_over.values()) <= tables
    assert not read & set().union(*passed_over.values())


def test_new_code_makes_a_new_generation(starter, home, monkeypatch):
    first = ensure_current()
    monkeypatch.setattr(reading, "code_version", lambda: "another")
    assert ensure_current().generation != first.generation


def test_another_process_that_moved_the_pointer_is_followed(starter, home, monkeypatch):
    first = ensure_current()
    change()
    ensure_current()
    monkeypatch.setattr(reading, "_held", first)
    assert current().generation != first.generation


def test_before_the_first_build_there_is_nothing_to_open(home):
    with pytest.raises(SnapshotError, match=r"There is no snapshot in .* yet"):
        current()


@pytest.mark.parametrize("damaged", ["manifest.json", "words.json", "index/meta.json", "coverage/tables.json"])
def test_a_damaged_generation_is_built_again(starter, home, monkeypatch, damaged):
    first = ensure_current()
    (first.folder / damaged).write_text("{")
    monkeypatch.setattr(reading, "_held", None)
    with pytest.raises(SnapshotError, match="damaged"):
        current()
    again = ensure_current()
    assert read_manifest(again.folder).stamp == first.manifest.stamp
    assert again.searcher.num_docs == first.searcher.num_docs


def test_a_fresh_snapshot_needs_no_writing(starter, home, monkeypatch):
    first = ensure_current()
    monkeypatch.setattr(reading, "_held", None)
    monkeypatch.setattr(Path, "mkdir", lambda *a, **k: pytest.fail("written"))
    monkeypatch.setattr(reading, "locked", lambda root: pytest.fail("locked"))
    assert ensure_current().generation == first.generation


def test_a_read_only_home_is_said_in_one_sentence(starter, home, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SnapshotError) as error:
        ensure_current()
    said = str(error.value)
    assert str(home / "snapshots") in said
    assert "Read-only file system" in said
    assert "set IQF_HOME to another folder" in said
    assert "\n" not in said


def test_a_home_that_is_a_file_is_said_in_one_sentence(starter, home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("not a folder")
    with pytest.raises(SnapshotError, match=r"The snapshot folder .* cannot be used"):
        ensure_current()
