"""The register mirrors an official list row for row: added, changed, retired, back again; nothing lost."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqf.accounts.models import AuditEvent
from iqf.register.actions import PrintedRow, mirror
from iqf.register.models import OfficialRow, RowVersion
from iqf.register.queries import numbered, of_references, row_of, said_before, standing, under_number

pytestmark = pytest.mark.django_db


def row(reference, title="Diploma", at=2, **kwargs):
    return PrintedRow(reference, at, {"Title": title}, {"title": title}, title, **kwargs)


def run(*rows, sha="a" * 64, **kwargs):
    return mirror(by="tests", register="some-list", rows=rows, retrieval=sha, **kwargs)


def test_new_rows_are_added_and_written_once():
    assert run(row("A"), row("B")).writes == 2
    again = run(row("A"), row("B"), sha="b" * 64)
    assert (again.writes, again.unchanged, again.added) == (0, ["A", "B"], [])
    assert row_of("some-list", "a").retrieval == "a" * 64


def test_a_row_at_another_place_of_another_file_is_the_same_row():
    run(row("A", at=2))
    assert run(row("A", at=9)).writes == 0
    assert row_of("some-list", "A").row == 2


def test_a_change_keeps_what_was_said_before():
    run(row("A"))
    outcome = run(row("A", "Diploma 2", at=5), sha="b" * 64)
    (change,) = outcome.changed
    assert (change.before, change.after, change.returned) == ({"Title": "Diploma"}, {"Title": "Diploma 2"}, False)
    held = row_of("some-list", "A")
    assert (held.title, held.row, held.retrieval) == ("Diploma 2", 5, "b" * 64)
    (version,) = said_before(held)
    assert (version.printed, version.row, version.retrieval) == ({"Title": "Diploma"}, 2, "a" * 64)
    assert outcome.writes == 2


def test_versions_stand_latest_first():
    for title in ("one", "two", "three"):
        run(row("A", title))
    assert [v.printed["Title"] for v in said_before(row_of("some-list", "A"))] == ["two", "one"]


def test_rows_not_mentioned_are_not_spoken_of_unless_the_list_is_whole():
    run(row("A"), row("B"))
    assert run(row("A")).retired == []
    outcome = run(row("A"), whole_list=True)
    assert (outcome.retired, outcome.writes) == (["B"], 1)
    assert [r.reference for r in standing("some-list")] == ["A"]
    assert row_of("some-list", "B").retired
    assert run(row("A"), whole_list=True).writes == 0


def test_a_retired_row_comes_back():
    run(row("A"), row("B"))
    run(row("A"), whole_list=True)
    outcome = run(row("A"), row("B"), whole_list=True)
    assert [(c.reference, c.returned) for c in outcome.changed] == [("B", True)]
    assert standing("some-list").count() == 2


def test_what_a_later_file_changed_is_kept_unless_told():
    run(row("A", "old"))
    run(row("A", "new"), sha="b" * 64)
    assert run(row("A", "old"), sha="c" * 64).overtaken == ["A"]
    assert row_of("some-list", "A").title == "new"
    assert len(run(row("A", "old"), revert=True).changed) == 1
    assert row_of("some-list", "A").title == "old"


def test_a_better_reading_of_the_same_print_is_a_change():
    run(row("A"))
    outcome = run(replace(row("A"), facts={"title": "Diploma", "level": "3"}, level="3"))
    assert outcome.changed[0].facts_after == {"level": "3"}
    assert row_of("some-list", "A").level == "3"


def test_one_audit_event_for_a_run_that_wrote_and_none_for_one_that_did_not():
    run(row("A"), row("B"))
    run(row("A"), row("B"))
    (event,) = AuditEvent.objects.filter(subject="register:some-list")
    assert (event.actor, event.action) == ("tests", "mirror")
    assert event.after == {
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "overtaken": 0,
        "retired": 0,
        "file": "a" * 64,
    }


def test_lists_do_not_mix():
    run(row("A", number="60358294"))
    mirror(by="tests", register="other-list", rows=[row("A", number="60358294"), row("B")], retrieval="b" * 64)
    run(whole_list=True)
    assert standing("other-list").count() == 2
    assert [r.register for r in under_number("603/5829/4")] == ["other-list"]
    assert [r.reference for r in numbered("other-list")] == ["A"]
    assert sorted(of_references("other-list", ["B", "C"])) == ["B"]
    assert row_of("other-list", "C") is None


snapshots = st.lists(
    st.dictionaries(st.sampled_from("ABCD"), st.sampled_from(["one", "two", "three"])), min_size=1, max_size=6
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(snapshots=snapshots)
def test_whole_lists_one_after_another_end_as_a_plain_dictionary_would(snapshots, db):
    """The naive second implementation: a dictionary. And counts add up, and every change left a version."""
    register = f"list-{OfficialRow.objects.count()}-{RowVersion.objects.count()}-{AuditEvent.objects.count()}"
    held, versions = {}, 0
    for snapshot in snapshots:
        outcome = mirror(
            by="tests",
            register=register,
            rows=[row(k, v) for k, v in snapshot.items()],
            retrieval="a" * 64,
            whole_list=True,
            revert=True,
        )
        assert len(outcome.added) + len(outcome.changed) + len(outcome.unchanged) == len(snapshot)
        assert len(outcome.retired) == len(held.keys() - snapshot.keys())
        versions += len(outcome.changed)
        held = dict(snapshot)
        assert {r.reference: r.title for r in standing(register)} == held
    assert RowVersion.objects.filter(official_row__register=register).count() == versions
