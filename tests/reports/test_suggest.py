"""Suggestions from the catalogue: on the first day, learned from what is judged, of a large framework."""

import json
from dataclasses import replace

import pytest
from tests.mapping.judging_world import area, framework, from_file, person, record, unjudged

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.answers import answer_json
from iqf.mapping import actions
from iqf.mapping.models import Batch
from iqf.mapping.read_elsewhere import FromFile, Verdict
from iqf.reports import judged_texts
from iqf.reports import suggest as report
from iqf.reports.suggest import suggest

CORE = "common-core-2005"


@pytest.fixture(scope="module")
def answer(django_db_setup, django_db_blocker):
    """Suggestions of the starter, learned from what it ships."""
    with django_db_blocker.unblock():
        return suggest(CORE)


def of(answer, unit):
    return {one.statement: one for one in answer.suggestions if one.unit == unit}


def test_every_unit_and_every_area_has_a_probability_and_words_of_the_unit(starter, answer):
    units = {row.code: row for row in m.Unit.objects.prefetch_related("outcomes")}
    assert len(answer.suggestions) == len(units) * 6
    assert answer.trained_on == 184 * 6
    for one in answer.suggestions:
        assert 0 < one.probability < 1
        row = units[one.unit]
        whole = ". ".join(part for part in (row.title, row.summary, *(o.text for o in row.outcomes.all())) if part)
        assert one.words
        assert one.words.split()[0] in whole


def test_what_is_plain_is_found(starter, answer):
    unit = m.Unit.objects.get(title="Understand how to safeguard the wellbeing of children and young people")
    found = of(answer, unit.code)
    assert max(found, key=lambda code: found[code].probability) == "CC3"
    assert found["CC3"].rank == 1


def test_probabilities_are_about_right_where_they_were_learned(starter, answer):
    """Among suggestions that say so much, about that share is touched."""
    judged = {
        (a.unit.code, a.statement.code)
        for a in m.Alignment.objects.filter(unit__isnull=False).select_related("unit", "statement")
    }
    seen = set(m.JudgedUnit.objects.values_list("unit__code", flat=True))
    sure = [one for one in answer.suggestions if one.unit in seen and one.probability > 0.8]
    share = sum((one.unit, one.statement) in judged for one in sure) / len(sure)
    assert share > 0.8


def test_with_nothing_judged_the_wording_alone_speaks(starter):
    answer = suggest("ecm-outcomes", units={unjudged(1)[0].code})
    assert answer.trained_on == 0
    assert len(answer.suggestions) == m.Statement.objects.filter(framework__key="ecm-outcomes").count()
    assert all(one.probability < 0.95 for one in answer.suggestions)


def test_verdicts_on_other_lists_of_many_statements_are_learned_from(starter, monkeypatch):
    """Two families are needed, whose editions count as one; wide areas are left to their own words."""
    for module in (report, judged_texts):
        monkeypatch.setattr(module, "MOST_STATEMENTS", 3)
    outcomes = m.Framework.objects.get(key="ecm-outcomes")
    places = list(m.Statement.objects.filter(framework=outcomes, parent=None))
    units = m.Unit.objects.filter(retired_on=None).order_by("code")[:8]
    asked = {units[0].code}
    assert suggest("common-core-2010", units=asked).learned_from == ()
    rows = [
        FromFile(unit.pk, n, {(s.pk, "teaches"): Verdict(2 * ((n + k) % 3 == 0)) for k, s in enumerate(places)})
        for n, unit in enumerate(units, 2)
    ]
    said = {"file": "outcomes.csv", "sha256": "0" * 64, "by": "t"}
    actions.record(rater=person("Ann"), framework=outcomes, rows=rows, **said)
    answer = suggest("common-core-2010", units=asked)
    assert [one.aliases for one in answer.learned_from] == [("common-core-2005",), ("ecm-outcomes",)]
    assert all(0 < one.probability < 1 for one in answer.suggestions)
    monkeypatch.setattr(report, "MOST_STATEMENTS", 20)
    assert suggest("common-core-2010", units=asked).learned_from == ()


def test_judgements_of_closed_batches_are_learned_from(starter, answer):
    units = unjudged(12)
    rater = actions.register(by="t", name="Ann", kind="person")
    record(rater, *(from_file(unit, at + 2, CC4=2, CC1=0) for at, unit in enumerate(units)))
    after = suggest(CORE, units={units[0].code})
    assert after.trained_on == answer.trained_on + 24
    assert of(after, units[0].code)["CC4"].probability > of(answer, units[0].code)["CC4"].probability


def test_a_large_framework_is_searched_and_says_no_probability(starter, monkeypatch):
    monkeypatch.setattr(report, "MOST_RANKED", 5)
    monkeypatch.setattr(report, "BEST", 3)
    answer = suggest(CORE, units={unjudged(1)[0].code})
    assert [one.rank for one in answer.suggestions] == [1, 2, 3]
    assert {one.probability for one in answer.suggestions} == {None}


def test_the_shape_is_the_one_that_every_door_shares(starter, answer):
    shape = json.loads(json.dumps(answer_json("suggest", answer)))
    assert {"framework", "trained_on", "suggestions"} <= shape.keys()
    first = shape["suggestions"][0]
    assert {"unit", "statement", "probability", "words"} <= first.keys()
    assert first["unit"]["code"].startswith("IQF-U-")
    assert framework().key in shape["framework"]["aliases"]


def test_an_unknown_framework_is_not_found(starter):
    with pytest.raises(NotFoundError, match="There is no framework"):
        suggest("common-core-1999")
    assert not Batch.objects.exists()


def test_what_raters_wrote_of_a_unit_goes_with_their_verdicts(starter):
    one, other = unjudged(2)
    rater = person("Remarker")
    rows = [
        replace(from_file(one, CC1=2, CC2=0), rationale="Listening"),
        FromFile(other.pk, 3, {(area("CC1").pk, "teaches"): Verdict(0, rationale="Only named")}),
    ]
    record(rater, *rows)
    statements = judged_texts.shown_statements(framework())
    known = judged_texts.known_framework(framework(), judged_texts.standing_units(), statements)
    found = {remark.words: remark for remark in known.remarks}
    assert (found["Listening"].text, found["Listening"].verdicts[:2]) == (one.code, (1.0, 0.0))
    assert (found["Only named"].text, found["Only named"].verdicts[0]) == (other.code, 0.0)
