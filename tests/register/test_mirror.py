"""The register mirrors an official list row for row: added, changed, retired, back again; nothing lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.register.actions import PrintedRow, SameCells, TooFewRows, mirror
from iqf.register.models import OfficialRow, RowVersion
from iqf.register.queries import (
    cells_read,
    columns_of,
    fact_rows,
    numbered,
    of_references,
    row_of,
    said_before,
    standing,
    under_number,
)

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


@trying(40)
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


def cells(reference, at=2, silence=None, **printed):
    facts = {"said": {c: v for c, v in printed.items() if v and v != (silence or {}).get(c)}}
    return PrintedRow(reference, at, printed, facts, "Diploma", silence=silence or {})


def test_a_column_that_says_nothing_is_as_good_as_none():
    run(cells("A", x="1", y=""), columns=["x", "y"])
    outcome = run(cells("A", z="", x="1"), columns=["z", "x"])
    assert (outcome.columns_ended, outcome.columns_new) == (("y",), ("z",))
    assert (outcome.unchanged, outcome.writes) == (["A"], 1)
    assert columns_of("some-list") == ["z", "x"]
    assert run(cells("A", z="", x="1"), columns=["z", "x"]).writes == 0


def test_what_says_nothing_may_be_another_word_than_a_blank():
    no = {"y": "False"}
    run(cells("A", x="1", y="False", silence=no))
    assert run(cells("A", x="1")).writes == 0
    (change,) = run(cells("A", x="1", y="True", silence=no)).changed
    assert (change.before, change.after) == ({"y": "False"}, {"y": "True"})


def test_a_row_that_differs_only_in_columns_of_one_file_is_reshaped_and_kept_in_its_versions():
    run(cells("A", x="1", y="2"))
    outcome = run(cells("A", x="1"))
    assert (outcome.reshaped, outcome.changed, outcome.writes) == (["A"], [], 2)
    assert row_of("some-list", "A").printed == {"x": "1"}
    assert said_before(row_of("some-list", "A"))[0].printed == {"x": "1", "y": "2"}
    outcome = run(cells("A", x="3", z="4"))
    assert [(c.before, c.after) for c in outcome.changed] == [({"x": "1"}, {"x": "3"})]


def test_a_whole_list_that_has_lost_most_of_its_rows_asks_first():
    many = [row(f"R{n}") for n in range(60)]
    run(*many)
    with pytest.raises(TooFewRows) as few:
        run(*many[:40], whole_list=True, allow_retire=False)
    assert (few.value.gone, few.value.standing) == (20, 60)
    assert standing("some-list").count() == 60
    assert len(run(*many[:50], whole_list=True, allow_retire=False).retired) == 10
    assert len(run(*many[:5], whole_list=True).retired) == 45


def test_a_row_that_is_gone_says_which_file_no_longer_had_it():
    run(row("A"), row("B"))
    run(row("A"), whole_list=True, sha="b" * 64)
    assert row_of("some-list", "B").retired_by == "b" * 64
    run(row("A"), row("B"), whole_list=True, sha="c" * 64)
    assert (row_of("some-list", "B").retired_by, row_of("some-list", "B").retrieval) == ("", "c" * 64)


def test_a_reference_may_come_once_and_then_nothing_is_written():
    with pytest.raises(ValueError, match="A comes twice"):
        run(row("A"), row("A", "other"))
    assert not standing("some-list").exists()


def test_many_rows_stream_through_in_chunks_and_only_those_that_differ_are_loaded(django_assert_max_num_queries):
    many = [row(f"R{n:05}", at=n) for n in range(3500)]
    assert len(run(*many).added) == 3500
    assert run(*many, whole_list=True).writes == 0
    edited = [replace(r, printed={"Title": "new"}) if n % 1000 == 7 else r for n, r in enumerate(many)]
    with django_assert_max_num_queries(60):
        outcome = run(*iter(edited), whole_list=True)
    assert [c.reference for c in outcome.changed] == ["R00007", "R01007", "R02007", "R03007"]
    assert outcome.writes == 8


def test_bare_titles_are_never_facts():
    run(row("A"), row("B", kind="title"))
    assert [r.reference for r in fact_rows("some-list")] == ["A"]


texts = st.dictionaries(st.sampled_from("xyz"), st.sampled_from(["", "1", "2"]))


@given(first=texts, second=texts)
def test_fingerprints_are_equal_exactly_where_rows_say_the_same(first, second):
    said = [{c: v for c, v in printed.items() if v} for printed in (first, second)]
    prints = [PrintedRow("A", 2, printed, {}, "Diploma").fingerprint() for printed in (first, second)]
    assert (prints[0] == prints[1]) is (said[0] == said[1])
    assert len(prints[0]) == 32


# ---------- cells that were read before ----------


def same(*rows, reader="r1", **kwargs):
    return run(*rows, reader=reader, **kwargs)


def test_cells_read_without_a_doubt_are_known_to_the_same_reader_only():
    assert same(row("A", cells="a1"), row("B")).writes == 3
    assert cells_read("some-list", "r1") == {"A": "a1"}
    assert cells_read("some-list", "r2") == cells_read("other-list", "r1") == {}


def test_a_row_of_the_same_cells_is_unchanged_and_nothing_is_written():
    same(row("A", cells="a1"), row("B"))
    again = same(SameCells("A"), row("B"), sha="b" * 64, whole_list=True)
    assert (again.writes, again.unchanged, again.retired) == (0, ["A", "B"], [])


def test_cells_follow_a_row_that_changes_and_go_with_one_that_is_retired_or_doubtful():
    same(row("A", cells="a1"), row("B", cells="b1"), row("C", cells="c1"))
    same(row("A", "New", cells="a2"), row("C", "Doubtful"), sha="b" * 64, whole_list=True)
    assert cells_read("some-list", "r1") == {"A": "a2"}
    with pytest.raises(ValueError, match="B does not stand"):
        same(SameCells("B"), sha="c" * 64)


def test_the_same_row_from_other_cells_leaves_no_trace():
    same(row("A", cells="a1"))
    assert same(row("A", cells="other columns"), sha="b" * 64).writes == 0
    assert cells_read("some-list", "r1") == {"A": "a1"}


def test_another_reader_begins_anew_and_is_written_once():
    same(row("A", cells="a1"), row("B", cells="b1"))
    assert same(row("A", cells="a9"), reader="r2").writes == 1
    assert same(row("A", cells="a9"), reader="r2").writes == 0
    assert (cells_read("some-list", "r1"), cells_read("some-list", "r2")) == ({}, {"A": "a9"})


def test_a_writer_that_knows_nothing_of_cells_makes_changed_rows_be_read_again():
    same(row("A", cells="a1"), row("B", cells="b1"))
    run(row("A", "New"), sha="b" * 64)
    assert cells_read("some-list", "r1") == {"B": "b1"}


def test_a_row_left_as_a_later_file_made_it_keeps_the_cells_of_that_file():
    same(row("A", cells="a1"))
    same(row("A", "New", cells="a2"), sha="b" * 64)
    assert same(row("A", cells="a1"), sha="a" * 64).overtaken == ["A"]
    assert cells_read("some-list", "r1") == {"A": "a2"}
