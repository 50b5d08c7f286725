"""A batch from its first unit to its acceptance: who rates what, blind; what they differ on; what follows."""

import pytest
from tests.mapping.judging_world import (
    alignments,
    area,
    framework,
    from_file,
    given,
    judge,
    open_batch,
    person,
    record,
    unjudged,
)

from iqf.accounts.models import AuditEvent
from iqf.analysis.states import NotNowError
from iqf.analysis.verdicts import settle
from iqf.catalogue.models import Alignment, JudgedUnit
from iqf.mapping import actions, queries
from iqf.mapping.actions import batches
from iqf.mapping.actions.judging import adjudicate
from iqf.mapping.batch_states import ACTS, CHANGES, ENDED, STATES, WORDS, after
from iqf.mapping.drafts import Given
from iqf.mapping.models import ADJUDICATE, Assignment, BatchUnit, Judgement
from iqf.mapping.trouble import CannotMap

pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture
def raters(starter):
    return [person(name) for name in ("Ann", "Bea", "Cleo")]


def test_the_table_of_states_is_whole():
    assert {state for state, _ in CHANGES} | set(CHANGES.values()) == set(STATES) == set(WORDS)
    assert not {state for state, _ in CHANGES} & set(ENDED)
    for act in ACTS:
        for state in STATES:
            if (state, act) in CHANGES:
                assert after(state, act) == CHANGES[state, act]
            else:
                with pytest.raises(NotNowError, match="cannot be"):
                    after(state, act)


def test_units_are_shared_evenly_and_each_has_two_different_raters(raters):
    units = unjudged(9)
    batch = open_batch(units, raters)
    load = {name: of for name, (_, of) in queries.progress(batch).items()}
    assert load == {"Ann": 6, "Bea": 6, "Cleo": 6}
    for place in BatchUnit.objects.filter(batch=batch):
        assert place.assignments.values("rater").distinct().count() == 2


def test_a_double_batch_needs_two_raters(raters):
    batch = actions.draft(by="t", title="B", framework=framework(), policy="double", depth="areas")
    actions.add_units(by="t", batch=batch, units=[unjudged(1)[0].pk])
    with pytest.raises(CannotMap, match="needs 2 raters"):
        actions.assign(by="t", batch=batch, raters=raters[:1])
    with pytest.raises(CannotMap, match="2 raters are missing"):
        actions.open_batch(by="t", batch=batch)


def test_nobody_reads_a_batch_before_it_is_closed(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    judge(batch, raters[0], unit, CC1=2)
    assert queries.judged(framework()) == ()
    judge(batch, raters[1], unit, CC1=2)
    actions.close(by="t", batch=batch)
    assert {(row.rater, row.statement, row.verdict) for row in queries.judged(framework()) if row.verdict} == {
        ("Ann", "CC1", 2),
        ("Bea", "CC1", 2),
    }


def test_what_a_rater_left_alone_is_none(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:1], policy="single")
    judge(batch, raters[0], unit, CC3=1)
    said = dict(Judgement.objects.values_list("statement__code", "verdict"))
    assert said == {"CC1": 0, "CC2": 0, "CC3": 1, "CC4": 0, "CC5": 0, "CC6": 0}


def test_a_draft_is_no_judgement_and_nobody_else_touches_it(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    mine = given(batch, raters[0], unit)
    entered = {("CC1", "teaches"): Given(2, rationale="It is about talking.")}
    say = {"entered": entered, "doubt": True, "rationale": "Odd", "seen": 0}
    with pytest.raises(CannotMap, match="not given to you"):
        actions.keep(assignment=mine.pk, user="bea", **say)
    assert actions.keep(assignment=mine.pk, user="ann", **say) == 1
    assert not Judgement.objects.exists()
    with pytest.raises(CannotMap, match="changed in another window"):
        actions.keep(assignment=mine.pk, user="ann", **say)
    mine.refresh_from_db()
    assert mine.draft["verdicts"][0]["rationale"] == "It is about talking."


def test_a_statement_of_another_edition_is_refused(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:1], policy="single")
    mine = given(batch, raters[0], unit)
    with pytest.raises(CannotMap, match='does not judge "CC9"'):
        actions.keep(
            assignment=mine.pk, user="ann", entered={("CC9", "teaches"): Given(1)}, doubt=False, rationale="", seen=0
        )


def test_a_unit_that_was_handed_in_can_be_taken_back_until_it_is_settled(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    judge(batch, raters[0], unit, CC1=2)
    mine = given(batch, raters[0], unit)
    actions.take_back(assignment=mine.pk, user="ann")
    mine.refresh_from_db()
    assert not Judgement.objects.exists()
    assert [row["statement"] for row in mine.draft["verdicts"]] == ["CC1"]
    assert AuditEvent.objects.get(action="take judgement back").before == {"CC1 teaches": "fully"}
    actions.hand_in(assignment=mine.pk, user="ann")
    judge(batch, raters[1], unit, CC1=1)
    _settle(batch, raters[2], unit, CC1=1)
    with pytest.raises(CannotMap, match="already settled"):
        actions.take_back(assignment=mine.pk, user="ann")


def _settle(batch, rater, unit, **verdicts):
    place = BatchUnit.objects.get(batch=batch, unit=unit)
    entered = {
        (place.pk, area(code).pk, "teaches"): Given(n, rationale="Read the outcomes again.")
        for code, n in verdicts.items()
    }
    return adjudicate(unit=place.pk, rater=rater, by=rater.user, entered=entered)


def test_a_third_settles_exactly_what_two_differ_on(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    judge(batch, raters[0], unit, CC1=2, CC2=1)
    judge(batch, raters[1], unit, CC1=1, CC2=1)
    with pytest.raises(CannotMap, match="rated this unit yourself"):
        _settle(batch, raters[0], unit, CC1=1)
    with pytest.raises(CannotMap, match="on no other"):
        _settle(batch, raters[2], unit, CC1=1, CC2=1)
    assert _settle(batch, raters[2], unit, CC1=1) == 1
    assert queries.unsettled(batch) == {}
    with pytest.raises(CannotMap, match="nothing to settle"):
        _settle(batch, raters[2], unit, CC1=1)
    assert Assignment.objects.filter(task=ADJUDICATE).count() == 1


def test_a_third_says_why(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    judge(batch, raters[0], unit, CC1=2)
    judge(batch, raters[1], unit, CC1=0)
    place = BatchUnit.objects.get(batch=batch)
    entered = {(place.pk, area("CC1").pk, "teaches"): Given(1)}
    with pytest.raises(CannotMap, match="Say why"):
        adjudicate(unit=place.pk, rater=raters[2], by="cleo", entered=entered)


def test_a_batch_closes_when_all_is_handed_in_and_settled(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    with pytest.raises(CannotMap, match="2 judgements of units are not handed in"):
        actions.close(by="t", batch=batch)
    judge(batch, raters[0], unit, CC1=2)
    judge(batch, raters[1], unit, CC1=0)
    with pytest.raises(CannotMap, match="differ on 1 units"):
        actions.close(by="t", batch=batch)
    assert actions.close(by="t", batch=batch, leave_open=True).state == "closed"


def test_an_accepted_batch_says_in_the_catalogue_what_was_settled(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    judge(batch, raters[0], unit, CC1=2, CC2=1, CC3=2)
    judge(batch, raters[1], unit, CC1=2, CC2=0, CC3=1)
    _settle(batch, raters[2], unit, CC2=1, CC3=0)
    actions.close(by="t", batch=batch)
    became = actions.accept(by="t", batch=batch, reason="Both raters are experienced")
    assert alignments(unit) == {"CC1": "fully", "CC2": "partly"}
    assert (became.made, became.open) == (2, 0)
    row = Alignment.objects.get(unit=unit, statement__code="CC1")
    assert (row.citation.certainty, row.raters_agree) == ("judged", True)
    assert JudgedUnit.objects.get(unit=unit).rater_kind == "person"
    with pytest.raises(NotNowError, match="accepted"):
        actions.accept(by="t", batch=batch, reason="Again")


def test_people_overrule_machines_and_machines_do_not_overrule_people(raters):
    unit = unjudged(1)[0]
    model = actions.register(by="t", name="model", kind="machine")
    _accepted(record(model, from_file(unit, CC1=2, CC2=1)))
    assert Alignment.objects.get(unit=unit, statement__code="CC1").citation.certainty == "machine"
    batch = open_batch([unit], raters[:1], policy="single")
    judge(batch, raters[0], unit, CC1=2)
    actions.close(by="t", batch=batch)
    became = actions.accept(by="t", batch=batch, reason="Judged")
    assert (became.changed, became.retired) == (1, 1)
    assert alignments(unit) == {"CC1": "fully"}
    assert Alignment.objects.get(unit=unit, statement__code="CC1").citation.certainty == "judged"
    other = actions.register(by="t", name="other model", kind="machine")
    held = open_batch([unit], [other], policy="single")
    record(other, from_file(unit, CC1=0), batch=held)
    Assignment.objects.filter(unit__batch=held).update(done_at=held.opened_at)
    actions.close(by="t", batch=held)
    assert actions.accept(by="t", batch=held, reason="Tried").kept == 1
    assert alignments(unit) == {"CC1": "fully"}
    assert JudgedUnit.objects.get(unit=unit).rater_kind == "person"


def _accepted(done):
    from iqf.mapping.models import Batch

    return actions.accept(by="t", batch=Batch.objects.get(key=done.batches[0]), reason="Looked at")


def test_what_stays_open_becomes_no_alignment(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:2])
    judge(batch, raters[0], unit, CC1=2, CC2=2)
    judge(batch, raters[1], unit, CC1=0, CC2=2)
    actions.close(by="t", batch=batch, leave_open=True)
    assert actions.accept(by="t", batch=batch, reason="Enough").open == 1
    assert alignments(unit) == {"CC2": "fully"}


def test_a_batch_opened_again_is_read_by_nobody(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:1], policy="single")
    judge(batch, raters[0], unit, CC1=2)
    actions.close(by="t", batch=batch)
    assert queries.judged(framework())
    with pytest.raises(CannotMap, match="Say why"):
        actions.reopen(by="t", batch=batch, reason=" ")
    actions.reopen(by="t", batch=batch, reason="A unit was read wrongly")
    assert queries.judged(framework()) == ()


def test_a_withdrawn_batch_keeps_its_judgements_and_is_read_by_nobody(raters):
    unit = unjudged(1)[0]
    batch = open_batch([unit], raters[:1], policy="single")
    judge(batch, raters[0], unit, CC1=2)
    actions.withdraw(by="t", batch=batch, reason="The wrong units")
    assert Judgement.objects.exists()
    assert queries.judged(framework()) == ()


@pytest.mark.parametrize(
    ("blind", "third", "verdict", "how", "read"),
    [
        ((1,), None, 1, "single", 1),
        ((2, 2), None, 2, "agreed", 2),
        ((0, 2), None, None, "open", 0),
        ((0, 2), 1, 1, "adjudicated", 1),
        ((1, 2, 2), 0, 0, "adjudicated", 0),
    ],
)
def test_what_verdicts_come_to(blind, third, verdict, how, read):
    found = settle(blind, third)
    assert (found.verdict, found.how, found.read) == (verdict, how, read)
    assert (found.strict, found.lenient) == (min(blind), max(blind))


def test_nothing_comes_of_nothing():
    with pytest.raises(ValueError, match="Nobody judged"):
        settle(())


def test_a_framework_with_more_statements_than_anybody_can_look_at_is_not_for_the_desk(raters, monkeypatch):
    monkeypatch.setattr(batches, "MOST_JUDGED", 5)
    with pytest.raises(CannotMap, match="has 6 statements to judge each unit against; the desk takes at most 5"):
        open_batch(unjudged(1), raters[:1], policy="single")
