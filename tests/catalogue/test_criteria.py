"""Criteria, worked examples and evidence: of a statement or of a framework, changed by proposals, read by all."""

import pytest
from django.db import IntegrityError, transaction
from tests.catalogue.test_editing import do

from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.models import Criterion, Framework, Statement
from iqf.exchange.sources.starter.ingest import ingest
from iqf.reports.criteria import evidence
from iqf.reports.judged_texts import shown_statements

pytestmark = pytest.mark.usefixtures("starter")
AREAS = ("CC1", "CC2", "CC3", "CC4", "CC5", "CC6")


def key(statement="CC1", kind="evidence", position=4, framework="common-core-2005"):
    return {"framework": framework, "statement": statement, "kind": kind, "position": str(position)}


def told_of(code="CC1"):
    framework = Framework.objects.get(key="common-core-2005")
    return next(one.told for one in shown_statements(framework) if one.key == code)


def test_r094_evidence_is_held_for_each_area_and_additions_are_proposed(client):
    for edition in ("common-core-2005", "common-core-2010"):
        for code in AREAS:
            answer = evidence(edition, code)
            assert len(answer.own.evidence) >= 3
            assert all(told.text and not told.said.verified for told in answer.own.evidence)
    before = evidence("common-core-2005", "CC1")
    assert before.free["evidence"] == 4
    page = client.get("/frameworks/common-core-2005/evidence/CC1").content.decode()
    assert "What counts as evidence" in page
    assert (
        "entity=criterion&amp;framework=common-core-2005&amp;statement=CC1&amp;kind=evidence&amp;position=4" in page
    )
    do(Change("criterion", "create", key(), {"text": "A letter from a parent, without names"}))
    after = evidence("common-core-2005", "CC1")
    (new,) = (told for told in after.own.evidence if told not in before.own.evidence)
    assert (new.text, new.said.title) == ("A letter from a parent, without names", "Report of the sector body")
    assert (
        "A letter from a parent, without names"
        in client.get("/frameworks/common-core-2005/evidence/CC1?format=csv").content.decode()
    )
    assert ingest(by="tests").writes == 0
    do(Change("criterion", "retire", key()), number=2)
    assert evidence("common-core-2005", "CC1").own == before.own
    assert evidence("common-core-2005", "CC1").free["evidence"] == 5


def test_what_holds_for_a_whole_framework_stands_with_every_statement():
    whole = evidence("common-core-2005", "CC1").whole
    assert [told.verdict for told in whole.criteria[:3]] == ["none", "partly", "fully"]
    assert whole == evidence("common-core-2005", "CC6").whole
    do(Change("criterion", "change", key("", "criterion", 4), {"text": "Judge its words."}))
    assert evidence("common-core-2005", "CC6").whole.criteria[3].text == "Judge its words."
    with pytest.raises(CannotApply):
        do(Change("criterion", "create", key("", "criterion", 4), {"text": "Another"}), number=2)


def test_suggestions_read_the_criteria_that_stand_and_neither_examples_nor_evidence():
    said = told_of()
    criteria = evidence("common-core-2005", "CC1").own.criteria
    assert said[-6:] == tuple(one.text for one in criteria)
    do(Change("criterion", "create", key(kind="criterion", position=7), {"text": "Humour"}))
    do(Change("criterion", "create", key(kind="example", position=7), {"text": "A joke"}), number=2)
    assert told_of() == (*said, "Humour")
    do(Change("criterion", "retire", key(kind="criterion", position=7)), number=3)
    assert told_of() == said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (Change("criterion", "create", key("CC9"), {"text": "x"}), 'There is no statement "CC9"'),
        (Change("criterion", "create", key(kind="rumour"), {"text": "x"}), "one of: criterion, example, evidence"),
        (Change("criterion", "create", key(), {"text": ""}), "The text must be given"),
        (Change("criterion", "create", key(), {"text": "x", "verdict": "mostly"}), "one of: none, partly, fully"),
        (Change("criterion", "create", key(position=1), {"text": "x"}), "There is already a criterion"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(change, fault):
    with pytest.raises(CannotApply) as refused:
        do(change)
    assert any(fault in each.message for each in refused.value.faults), refused.value.faults


def test_no_two_of_a_kind_have_one_number():
    row = Criterion.objects.filter(statement=None).first()
    for of in (None, Statement.objects.get(framework=row.framework, code="CC1")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Criterion.objects.create(
                framework=row.framework, statement=of, kind="criterion", position=1, text="x", citation=row.citation
            )
