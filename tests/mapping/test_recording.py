"""Judgements read from files: closed batches of their own, a second rater, read again, and what is refused."""

import pytest
from tests.mapping.judging_world import framework, from_file, open_batch, person, record, unjudged

from iqf.accounts.models import AuditEvent
from iqf.mapping import actions, queries
from iqf.mapping.models import Assignment, Batch, Judgement, Rater
from iqf.mapping.trouble import CannotMap


@pytest.fixture
def machine(starter):
    return actions.register(by="tests", name="model a", kind="machine", about="A model")


def test_a_file_is_a_closed_batch_by_itself_and_reports_read_it(machine):
    done = record(machine, from_file("U-CYP31", CC1=0, CC2=2), from_file("U-SHC34", 3, CC3=1))
    batch = Batch.objects.get(key=done.batches[0])
    assert (done.added, batch.state, batch.policy, batch.origin) == (3, "closed", "single", "file")
    read = {(row.unit, row.statement): row.verdict for row in queries.judged(framework())}
    assert sorted(read.values()) == [0, 1, 2]
    assert AuditEvent.objects.filter(subject=f"batch:{batch.key}", action="record judgements").exists()


def test_a_second_rater_on_the_same_units_makes_the_batch_double(machine):
    first = record(machine, from_file("U-CYP31", CC2=2))
    second = record(person("Ann"), from_file("U-CYP31", CC2=1), from_file("U-SHC34", 3, CC3=1))
    joined = Batch.objects.get(key=first.batches[0])
    assert joined.policy == "double"
    assert joined.key in second.batches
    own = Batch.objects.exclude(pk=joined.pk).get()
    assert (own.policy, own.units.count()) == ("single", 1)


def test_read_again_nothing_is_written(machine):
    rows = from_file("U-CYP31", CC1=0, CC2=2), from_file("U-SHC34", 3, CC3=1)
    record(machine, *rows)
    before = Judgement.objects.count(), AuditEvent.objects.count()
    again = record(machine, *rows)
    assert (again.writes, again.unchanged) == (0, 3)
    assert (Judgement.objects.count(), AuditEvent.objects.count()) == before


def test_one_verdict_changed_is_one_judgement_changed_and_the_trail_says_what_it_was(machine):
    record(machine, from_file("U-CYP31", CC1=0, CC2=2))
    again = record(machine, from_file("U-CYP31", CC1=0, CC2=1))
    assert (again.added, again.changed, again.unchanged) == (0, 1, 1)
    event = AuditEvent.objects.get(action="change judgement")
    assert (event.before, event.after) == ({"verdict": "fully"}, {"verdict": "partly"})


def test_what_was_accepted_is_not_changed_by_reading_another_file(machine):
    done = record(machine, from_file("U-CYP31", CC1=0, CC2=2))
    actions.accept(by="tests", batch=Batch.objects.get(key=done.batches[0]), reason="Looked at")
    with pytest.raises(CannotMap, match="was accepted with another verdict"):
        record(machine, from_file("U-CYP31", CC1=0, CC2=1))
    assert record(machine, from_file("U-CYP31", CC1=0, CC2=2)).writes == 0


def test_a_machine_is_never_shown_as_a_person(machine):
    with pytest.raises(CannotMap, match="known as a machine"):
        actions.register(by="tests", name="model a", kind="person")
    with pytest.raises(CannotMap, match="has no account"):
        actions.register(by="tests", name="model b", kind="machine", user="ann")


def test_a_name_is_one_persons_and_a_person_has_one_name(starter):
    person("Ann")
    with pytest.raises(CannotMap, match="name of somebody else"):
        actions.register(by="tests", name="Ann", kind="person", user="another")
    with pytest.raises(CannotMap, match='already judges as "Ann"'):
        actions.register(by="tests", name="Anna", kind="person", user="ann")
    assert Rater.objects.count() == 1


def test_into_an_open_batch_only_who_is_assigned_and_not_done(starter):
    ann, bea, cleo = person("Ann"), person("Bea"), person("Cleo")
    units = unjudged(2)
    batch = open_batch(units, [ann, bea])
    with pytest.raises(CannotMap, match='Row 2: "Cleo" is not assigned'):
        record(cleo, from_file(units[0], CC1=1), batch=batch)
    assert record(ann, from_file(units[0], CC1=1), batch=batch).added == 1
    Assignment.objects.filter(unit__unit=units[0], rater=ann).update(done_at=batch.opened_at)
    with pytest.raises(CannotMap, match="already handed in"):
        record(ann, from_file(units[0], CC1=2), batch=batch)


def test_a_batch_that_is_not_open_takes_no_file(starter):
    ann = person("Ann")
    batch = actions.draft(by="t", title="B", framework=framework(), policy="single", depth="areas")
    with pytest.raises(CannotMap, match="is draft; judgements can only go into an open one"):
        record(ann, from_file("U-CYP31", CC1=1), batch=batch)


def test_the_batch_that_closed_last_counts_for_one_rater(starter):
    ann = person("Ann")
    unit = unjudged(1)[0]
    record(ann, from_file(unit, CC1=2, CC2=0))
    batch = open_batch([unit], [ann], policy="single")
    record(ann, from_file(unit, CC1=0), batch=batch)
    Assignment.objects.filter(unit__batch=batch).update(done_at=batch.opened_at)
    assert {row.statement: row.verdict for row in queries.judged(framework())} == {"CC1": 2, "CC2": 0}
    actions.close(by="tests", batch=batch)
    assert {row.statement: row.verdict for row in queries.judged(framework())} == {"CC1": 0, "CC2": 0}
