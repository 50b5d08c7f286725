"""What tables count is tied to the catalogue by number and by title, and proposed where it is only alike."""

import pytest
from tests.exchange.statistics.counted import AIMS, Q002, STANDARDS, hold_aims, hold_standards, table

from iqf.catalogue import models as m
from iqf.exchange.sources.statistics.subjects import tie_again
from iqf.register.models import OfficialRow
from iqf.reports.official import official_rows_of
from iqf.reports.taken import taken
from iqf.reports.takeup import takeup
from iqf.review.actions import accept, decline
from iqf.review.models import ProposedMatch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


def proposed():
    rows = ProposedMatch.objects.filter(register="counted-standards", state="waiting")
    return {(row.title, row.matched_title) for row in rows}


def test_an_aim_is_tied_by_its_number_whatever_its_notation(tmp_path):
    hold_aims(tmp_path)
    (link,) = m.OfficialLink.objects.filter(official_row__register="counted-aims")
    assert (link.thing.number, link.rule, link.because) == (Q002, "number", "Same qualification number (500/8887/7)")
    assert official_rows_of(link.thing) == ()
    rows = takeup("aims", ["qualification"]).rows
    assert [(row.by["qualification"].split()[0], row.value) for row in rows] == [(link.thing.code, 40)]


def test_a_standard_of_a_roles_title_is_tied_and_one_alike_waits_for_a_decision(tmp_path):
    report = hold_standards(tmp_path)
    tied = m.OfficialLink.objects.filter(official_row__register="counted-standards")
    assert {(link.thing.title, link.official_row.title, link.rule) for link in tied} == {
        ("Playworker", "Playworker", "title"),
        ("Learning mentor", "Learning Mentor", "title"),
        ("Nanny", "Nanny", "title"),
        ("Youth worker", "Youth worker", "title"),
    }
    assert proposed() == {("Social Worker (Integrated Degree)", "Social worker")}
    (match,) = report.matches
    assert match["why"] == "Same title but for what stands in brackets"
    printed = OfficialRow.objects.get(title="Social Worker (Integrated Degree)")
    assert (printed.row, printed.printed) == (4, {"standard": "Social Worker (Integrated Degree)"})
    assert taken("Social worker").verdict == "no data"


def test_what_was_decided_counts_from_then_on_and_is_not_asked_again(tmp_path):
    hold_standards(tmp_path)
    match = ProposedMatch.objects.get(title="Social Worker (Integrated Degree)")
    accept(by="tests", match=match.pk, reason="The standard of the role.")
    answer = taken("Social worker")
    assert [(c.subject, c.rows[0].value) for c in answer.counted] == [("Social Worker (Integrated Degree)", 1287)]
    assert "Accepted by the framework's editors" in answer.counted[0].because
    hold_standards(tmp_path, STANDARDS + "202425,Academic year,Dog groomer,Starts,9\n")
    assert proposed() == set()
    assert taken("Social worker").verdict == "counted"


def test_a_declined_standard_is_not_counted_and_not_proposed_again(tmp_path):
    hold_standards(tmp_path)
    match = ProposedMatch.objects.get(title="Social Worker (Integrated Degree)")
    decline(by="tests", match=match.pk, reason="Another occupation.")
    hold_standards(tmp_path, STANDARDS + "202425,Academic year,Dog groomer,Starts,9\n")
    assert proposed() == set()
    assert taken("Social worker").verdict == "no data"


def test_read_again_nothing_is_written(tmp_path):
    hold_standards(tmp_path)
    assert hold_standards(tmp_path).writes == 0
    rows = OfficialRow.objects.filter(register="counted-standards").count()
    hold_standards(tmp_path, STANDARDS.replace("Playworker", "PLAYWORKER"))
    assert OfficialRow.objects.filter(register="counted-standards").count() == rows


def test_a_trial_ties_nothing(tmp_path):
    table(tmp_path, "aims", AIMS, dry_run=True, counting="learners", complete_for="learning_aim")
    assert not OfficialRow.objects.filter(register="counted-aims").exists()


def test_what_comes_into_the_catalogue_later_is_tied_then(tmp_path):
    role = m.Role.objects.get(title="Playworker")
    m.Role.objects.filter(pk=role.pk).update(title="Somebody else")
    hold_standards(tmp_path)
    assert taken("Somebody else").verdict == "no data"
    m.Role.objects.filter(pk=role.pk).update(title="Playworker")
    tie_again(by="tests")
    assert taken("Playworker").verdict == "counted"
