"""What stands behind a number of coverage: the units add up to it, and each says by whom and on which words."""

import pytest
from tests.mapping.judging_world import from_file, open_batch, person, record, unjudged

from iqf.catalogue.models import Unit
from iqf.catalogue.queries import NotFoundError
from iqf.mapping import actions
from iqf.mapping.drafts import Given
from iqf.mapping.models import Assignment
from iqf.reports.coverage import coverage
from iqf.reports.coverage_cell import cell
from iqf.reports.coverage_cuts import members

pytestmark = pytest.mark.django_db
COMMON_CORE = "common-core-2005"


@pytest.mark.parametrize(("by", "rule"), [("level", "any"), ("role", "mandatory")])
def test_the_units_behind_a_number_add_up_to_it(starter, by, rule):
    table = coverage(COMMON_CORE, by=by, rule=rule)
    for row in table.rows[::25]:
        answer = cell(COMMON_CORE, "CC3", row=row.counts.key, by=by, rule=rule)
        states = [u.state for u in answer.units]
        assert len(states) == row.counts.units_total
        assert states.count("fully") == row.counts.fully["CC3"]
        assert states.count("fully") + states.count("touches") == row.counts.touches["CC3"]
        assert len(states) - states.count("unjudged") == row.counts.units_judged
        assert answer.label == row.label


def test_credit_behind_a_number_adds_up_too(starter):
    row = max(coverage(COMMON_CORE, rule="credit").rows, key=lambda r: r.counts.touches["CC2"])
    answer = cell(COMMON_CORE, "cc2", row=row.counts.key, rule="credit")
    reaching = [u.credit or 0 for u in answer.units if u.state in ("fully", "touches")]
    assert sum(reaching) == row.counts.touches["CC2"] == answer.counts.touches["CC2"] > 0


def test_all_units_stand_behind_a_number_without_a_row(starter):
    answer = cell(COMMON_CORE, "CC6")
    assert len(answer.units) == Unit.objects.filter(retired_on=None).count()
    assert sum(u.state == "fully" for u in answer.units) == coverage(COMMON_CORE).totals.fully["CC6"]
    assert not any(u.mandatory for u in answer.units)


def test_the_words_of_a_rater_stand_behind_the_number_without_a_name(starter):
    unit, rater = unjudged(1)[0], person("Ann")
    batch = open_batch([unit], [rater], policy="single")
    mine = Assignment.objects.get(unit__batch=batch)
    entered = {("CC6", "teaches"): Given(1, quotation="share what is known", rationale="Said outright.")}
    actions.keep(assignment=mine.pk, user="ann", entered=entered, doubt=True, rationale="", seen=mine.draft_version)
    actions.hand_in(assignment=mine.pk, user="ann")
    behind = {u.unit.code: u for u in cell(COMMON_CORE, "CC6").units}
    assert (behind[unit.code].state, behind[unit.code].reasons) == ("unjudged", ())  # an open batch is nobody's
    batch.refresh_from_db()
    actions.close(by="t", batch=batch)
    batch.refresh_from_db()
    actions.accept(by="t", batch=batch, reason="Looked at")
    found = next(u for u in cell(COMMON_CORE, "CC6").units if u.unit.code == unit.code)
    (reason,) = found.reasons
    assert (found.state, reason.kind, reason.verdict) == ("touches", "person", "partly")
    assert (reason.quotation, reason.rationale, reason.doubt) == ("share what is known", "Said outright.", True)
    assert [a.strength for a in found.accepted] == ["partly"]
    assert "Ann" not in repr(found)


def test_what_one_rater_gave_and_nobody_accepted_is_told_apart_from_none(starter):
    unit = Unit.objects.filter(judged__isnull=False, alignments=None, retired_on=None).first()
    for name, verdict in (("Ann", 1), ("Bea", 0)):
        record(actions.register(by="t", name=name, kind="person"), from_file(unit, CC4=verdict))
    assert next(u for u in cell(COMMON_CORE, "CC4").units if u.unit.code == unit.code).state == "unsure"
    assert next(u for u in cell(COMMON_CORE, "CC5").units if u.unit.code == unit.code).state == "none"


def test_an_unknown_area_or_row_is_refused_in_a_sentence(starter):
    with pytest.raises(NotFoundError, match='has no area "CC9"'):
        cell(COMMON_CORE, "CC9")
    with pytest.raises(NotFoundError, match='Coverage by level has no row "12"'):
        cell(COMMON_CORE, "CC1", row="12", by="level")
    with pytest.raises(NotFoundError, match="choose a row"):
        cell(COMMON_CORE, "CC1", rule="mandatory")


def test_a_unit_that_a_rule_does_not_count_is_not_behind_its_number(starter):
    held = members()
    key = held[0].qualification.kind
    counted = {x.unit.code for x in held if x.qualification.kind == key and x.mandatory}
    answer = cell(COMMON_CORE, "CC1", row=key, by="kind", rule="mandatory")
    assert {u.unit.code for u in answer.units} == counted
