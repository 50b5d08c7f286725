"""What raters of a batch are told, and which units come next: learned from others, never from each other."""

import numpy as np
import pytest
from tests.mapping.judging_world import framework, judge, open_batch, person, unjudged

from iqf.catalogue.models import JudgedUnit, Unit
from iqf.mapping import actions, queries
from iqf.mapping.models import Batch
from iqf.mapping.trouble import CannotMap
from iqf.reports.private import suggesting
from iqf.reports.private.suggesting import chosen_next, next_units, suggestions

pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture
def weighed_quickly(monkeypatch):
    """Probabilities that cost nothing and follow from what is known: the mean verdict of each statement."""

    def means(known, spaces):
        each = np.nanmean(known.verdicts, axis=0)
        return np.tile(each, (len(known.texts), 1)) * np.linspace(0.5, 1, len(known.texts))[:, None]

    monkeypatch.setattr(suggesting, "probabilities", means)


def test_nothing_that_was_said_of_its_own_units_is_in_a_suggestion(weighed_quickly):
    judged = [row.unit for row in JudgedUnit.objects.filter(framework=framework()).order_by("pk")[:3]]
    fresh = unjudged(2)
    raters = [person("Ann"), person("Bea")]
    batch = open_batch([*judged, *fresh], raters)
    before = suggestions(batch.key)
    assert before.trained_on == (184 - 3) * 6
    assert {row.unit for row in before.rows} == {unit.code for unit in (*judged, *fresh)}
    assert sorted(row.rank for row in before.rows if row.unit == fresh[0].code) == [1, 2, 3, 4, 5, 6]
    judge(batch, raters[0], fresh[0], CC1=2, CC5=2)
    assert suggestions(batch.key) == before
    judge(batch, raters[1], fresh[0], CC1=2, CC5=2)
    for rater in raters:
        for unit in (*judged, fresh[1]):
            judge(batch, rater, unit)
    actions.close(by="t", batch=batch)
    assert suggestions(batch.key) == before
    another = open_batch(unjudged(4)[2:], raters)
    assert suggestions(another.key).trained_on == 186 * 6


def test_the_next_units_are_those_in_doubt_and_some_at_random(weighed_quickly):
    like = Batch(framework=framework(), depth="areas")
    found = next_units(like, 10, seed=7)
    assert [one.drawn for one in found.chosen.values()] == [True] * 2 + [False] * 8
    margins = [one.margin for one in found.chosen.values() if not one.drawn]
    assert margins == sorted(margins)
    assert next_units(like, 10, seed=7) == found
    waiting = set(queries.unjudged(framework()))
    assert set(found.chosen) <= waiting
    codes = set(Unit.objects.filter(pk__in=found.chosen).values_list("code", flat=True))
    assert {row.unit for row in found.suggestions.rows} == codes
    batch = open_batch(Unit.objects.filter(pk__in=found.chosen), [person("Ann"), person("Bea")])
    assert set(queries.unjudged(framework())) == waiting - set(found.chosen)
    actions.withdraw(by="t", batch=batch, reason="Not now")
    assert set(queries.unjudged(framework())) == waiting


def test_the_next_units_are_told_with_why_and_what_is_likeliest(weighed_quickly):
    answer = chosen_next("common-core-2005", 10, seed=7)
    like = next_units(Batch(framework=framework(), depth="areas"), 10, seed=7)
    codes = dict(Unit.objects.filter(pk__in=like.chosen).values_list("pk", "code"))
    assert {one.unit.code: (one.margin, one.drawn) for one in answer.units} == {
        codes[pk]: (why.margin, why.drawn) for pk, why in like.chosen.items()
    }
    assert [one.drawn for one in answer.units] == [False] * 8 + [True] * 2
    assert (answer.trained_on, {one.statement for one in answer.units}) == (184 * 6, {"CC2"})


def test_what_takes_long_is_not_done_while_somebody_waits(monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_PAIRS", 100)
    batch = open_batch(unjudged(1), [person("Ann"), person("Bea")])
    with pytest.raises(CannotMap, match=f"too long for a page; run: iqf batch suggest {batch.key}"):
        suggestions(batch.key, waited_for=True)
    with pytest.raises(CannotMap, match="name units, or take the most used"):
        next_units(batch, 5, seed=1)


def test_of_very_many_units_some_judged_ones_are_learned_from(weighed_quickly, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_TEXTS", 100)
    monkeypatch.setattr(suggesting, "MOST_LEARNED", 40)
    batch = open_batch(unjudged(2), [person("Ann"), person("Bea")])
    found = suggestions(batch.key, waited_for=True)
    assert found.trained_on == 40 * 6
    assert {row.unit for row in found.rows} == {unit.code for unit in unjudged(2)}
    assert suggestions(batch.key) == found
