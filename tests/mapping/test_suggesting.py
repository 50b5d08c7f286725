"""Suggestions at the desk: kept as they were made, shown where they may be, and measured by what raters then said."""

import pytest
from tests.mapping.judging_world import framework, from_file, given, judge, open_batch, person, record, unjudged

from iqf.accounts.models import AuditEvent
from iqf.mapping import actions, queries
from iqf.mapping.batch_states import NotNowError
from iqf.mapping.drafts import Given
from iqf.mapping.models import Rater, Suggestion, SuggestionRun
from iqf.mapping.suggested import Suggested, Suggestions, verdict
from iqf.mapping.trouble import CannotMap
from iqf.reports.private.came_true import came_true
from iqf.reports.private.desk import desk

pytestmark = pytest.mark.usefixtures("starter")
HALF = {"CC1": 0.92, "CC2": 0.55, "CC3": 0.31, "CC4": 0.02}


def made(*units, version="one", trained_on=100, **probabilities):
    """Suggestions for units; the words of each are the first two of its title."""
    said = probabilities or HALF
    rows = [
        Suggested(unit.code, code, p, rank, " ".join(unit.title.split()[:2]))
        for unit in units
        for rank, (code, p) in enumerate(sorted(said.items(), key=lambda each: -each[1]), start=1)
    ]
    return Suggestions(version, "", trained_on, tuple(rows))


@pytest.fixture
def raters():
    return [person(name) for name in ("Ann", "Bea")]


def hold(batch, found):
    return actions.hold_suggestions(by="tests", batch=batch, made=found)


def shown_to(batch, rater, unit, run, **verdicts):
    """A rater to whose page suggestions were put judges a unit."""
    mine = given(batch, rater, unit)
    actions.keep(
        assignment=mine.pk,
        user=rater.user,
        entered={(code, "teaches"): Given(n) for code, n in verdicts.items()},
        doubt=False,
        rationale="",
        seen=mine.draft_version,
        shown=run.pk,
    )
    actions.hand_in(assignment=mine.pk, user=rater.user)


def test_what_accepting_enters_follows_from_the_probability():
    assert [verdict(p, learned=True) for p in (0.49, 0.5, 0.79, 0.8)] == [0, 1, 1, 2]
    assert verdict(0.99, learned=False) == 1


def test_suggestions_are_kept_once_for_what_they_were_learned_from(raters):
    (unit,) = unjudged(1)
    batch = open_batch([unit], raters, suggests=True)
    first = hold(batch, made(unit))
    assert hold(batch, made(unit)) == first
    rows = Suggestion.objects.filter(run=first).order_by("rank").values_list("statement__code", "verdict", "rank")
    assert list(rows) == [("CC1", 2, 1), ("CC2", 1, 2), ("CC3", 0, 3), ("CC4", 0, 4)]
    second = hold(batch, made(unit, version="two"))
    assert queries.latest_run(batch) == second
    said = AuditEvent.objects.filter(action="suggest for batch").order_by("pk")
    assert [event.after["version"] for event in said] == ["one", "two"]


def test_suggestions_are_of_the_batch_and_only_while_it_is_judged(raters):
    unit, other = unjudged(2)
    batch = open_batch([unit], raters)
    with pytest.raises(CannotMap, match=f"does not judge {other.code}"):
        hold(batch, made(other))
    with pytest.raises(CannotMap, match='against "CC9"'):
        hold(batch, made(unit, CC9=0.4))
    for rater in raters:
        judge(batch, rater, unit, CC1=1)
    actions.close(by="tests", batch=batch)
    with pytest.raises(NotNowError, match="closed, so it cannot be given suggestions"):
        hold(batch, made(unit))
    assert not SuggestionRun.objects.exists()


def test_the_desk_shows_them_where_the_batch_and_the_rater_want_them(raters):
    (unit,) = unjudged(1)
    batch = open_batch([unit], raters, suggests=True)
    hold(batch, made(unit))
    answer = desk(batch.key, "ann")
    hints = {choice.code: choice.hint for choice in answer.choices}
    assert (hints["CC1"].phrase, hints["CC1"].percent, hints["CC1"].word) == ("Very probably reached", 92, "fully")
    place = hints["CC1"].at
    assert (place.text, unit.title[place.start : place.end]) == ("title", hints["CC1"].words)
    assert hints["CC4"].at is None
    assert hints["CC5"] is None
    actions.want_suggestions(user="ann", wanted=False)
    assert {choice.hint for choice in desk(batch.key, "ann").choices} == {None}
    assert any(choice.hint for choice in desk(batch.key, "bea").choices)
    with pytest.raises(CannotMap, match="no rater yet"):
        actions.want_suggestions(user="nobody", wanted=True)


def test_a_batch_without_them_shows_none_though_they_were_made(raters):
    (unit,) = unjudged(1)
    batch = open_batch([unit], raters)
    run = hold(batch, made(unit))
    assert desk(batch.key, "ann").suggested is None
    with pytest.raises(CannotMap, match="not of this batch"):
        shown_to(batch, raters[0], unit, run, CC1=1)


def test_what_a_rater_saw_stays_with_what_they_said(raters):
    (unit,) = unjudged(1)
    batch = open_batch([unit], raters, suggests=True)
    first = hold(batch, made(unit))
    shown_to(batch, raters[0], unit, first, CC1=2)
    hold(batch, made(unit, version="two", CC1=0.4))
    assert given(batch, raters[0], unit).shown == first
    held = {choice.code: choice.hint for choice in desk(batch.key, "ann").choices}
    assert held["CC1"].percent == 92
    assert AuditEvent.objects.get(action="judge").after["suggestions seen"] == "one"
    judge(batch, raters[1], unit)
    assert given(batch, raters[1], unit).shown is None


def test_it_is_said_how_many_judgements_came_since(raters):
    first, second = unjudged(2)
    batch = open_batch([first], raters, suggests=True)
    run = hold(batch, made(first))
    assert queries.judged_since(run) == 0
    record(actions.register(by="t", name="Cleo", kind="person"), from_file(second, CC1=1, CC2=0))
    assert queries.judged_since(run) == 2
    assert desk(batch.key, "ann").suggested.newer == 2
    judge(batch, raters[0], first, CC1=1)
    assert queries.judged_since(run) == 2


def test_what_came_of_suggestions_is_counted_apart_for_those_who_saw_them(raters):
    unit, other = unjudged(2)
    batch = open_batch([unit, other], raters, suggests=True)
    run = hold(batch, made(unit, other))
    shown_to(batch, raters[0], unit, run, CC1=2, CC2=0, CC3=1)
    shown_to(batch, raters[0], other, run, CC1=1, CC2=1)
    assert came_true(batch.key).seen is None
    for one in (unit, other):
        judge(batch, raters[1], one, CC1=1)
    actions.close(by="tests", batch=batch, leave_open=True)
    found = came_true(batch.key)
    seen, unseen = found.seen, found.unseen
    assert (seen.pairs, seen.said, seen.said_accepted, seen.denied, seen.denied_accepted) == (8, 4, 3, 4, 3)
    assert seen.same == 5
    assert (unseen.pairs, unseen.said_accepted, unseen.denied_accepted) == (8, 2, 4)
    said = {round(each.said, 2): each.came for each in seen.bins}
    assert said == {0.92: 1.0, 0.55: 0.5, 0.31: 0.5, 0.02: 0.0}
    error = (0.08 * 2 + 0.05 * 2 + 0.19 * 2 + 0.02 * 2) / 8
    assert seen.error == pytest.approx(error)
    assert found.versions == ("one",)
    assert came_true().seen == seen


def test_machines_are_not_counted(raters):
    (unit,) = unjudged(1)
    batch = open_batch([unit], raters, suggests=True)
    hold(batch, made(unit))
    for rater in raters:
        judge(batch, rater, unit, CC1=1)
    actions.close(by="tests", batch=batch)
    assert came_true().unseen.pairs == 8
    Rater.objects.filter(name="Ann").update(kind="machine", user="")
    assert came_true().unseen.pairs == 4
    assert framework().key == "common-core-2005"
