"""Official rows admitted by the rule of inclusion: what enters, follows, leaves, comes back."""

import pytest

from iqf.accounts.models import AuditEvent
from iqf.analysis.inclusion import rule_of
from iqf.catalogue import models as m
from iqf.catalogue.actions.admission import ChosenRow
from iqf.catalogue.actions.decisions import CannotDecide, decide
from iqf.catalogue.inclusion import rule_in_force
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.exchange.sources import admitting, early_years, ofqual_register
from iqf.exchange.sources.approved_qualifications import ingest as ingest_approved
from iqf.register.models import OfficialRow

from . import early_years_file as ey
from .approved_list import ALL, BOOKS, CARE, CHILD, HELD, YOUTH, approved, later, read, read_organisation
from .lists import everything, write
from .test_ofqual_register import ONE as REGISTERED

pytestmark = pytest.mark.django_db
HELD_MODELS = (
    m.Qualification,
    m.QualificationAlias,
    m.Organisation,
    m.OrganisationAlias,
    m.Admission,
    m.InclusionRule,
    m.InclusionChoice,
)


def all_rows():
    return everything() + [list(model.objects.order_by("pk").values()) for model in HELD_MODELS]


def admitted():
    """Standing admissions: number to reason."""
    rows = m.Admission.objects.filter(qualification__retired_on__isnull=True)
    return dict(rows.values_list("subject", "because"))


def qualification(number):
    return m.Admission.objects.get(subject=number).qualification


@pytest.fixture
def lists(starter, tmp_path):
    """The starter, and a list of six rows beside it."""
    report = read(tmp_path, *ALL)
    assert report.meets_rule == 2
    return tmp_path


@pytest.fixture
def applied(lists):
    return admitting.apply_rule(by="ann")


# ---------- what enters ----------


def test_nothing_is_admitted_by_reading_a_list(lists):
    assert admitted() == {}
    assert not m.InclusionRule.objects.exists()
    assert rule_in_force().version == 0


def test_exactly_what_the_rule_admits_enters_with_its_reason(applied):
    assert admitted() == {
        "61090011": "Admitted by the clause “Children and young people”: the title says “Children”.",
        "61090023": "Admitted by the clause “Youth work”: the title says “Youth”.",
    }
    assert (applied.version, len(applied.entered), applied.left) == (1, 2, ())
    assert {find(n).code for n in ("610/9002/3", "61090011")} == set(applied.entered)


def test_the_entry_says_what_its_row_says_and_who_says_so(applied):
    youth = qualification("61090023")
    row = OfficialRow.objects.get(number="61090023")
    assert (youth.title, youth.level, youth.owner.title) == (
        "NCFE Level 3 Diploma in Youth Work Practice",
        "3",
        "NCFE",
    )
    assert (youth.kind, youth.award_type, youth.number) == ("regulated qualification", "Diploma", "61090023")
    assert (youth.credit, youth.glh, youth.cluster, youth.last_new_start) == (None, None, None, "")
    assert (youth.citation.source.key, youth.citation.row, youth.citation.locator) == (
        "approved-qualifications",
        row.row,
        "61090023",
    )
    (link,) = youth.official_links.filter(LIVE)
    assert (link.official_row_id, link.because) == (row.pk, "Same qualification number (610/9002/3)")
    assert [(a.scheme, a.value) for a in youth.aliases.all()] == [("qan", "610/9002/3")]


def test_what_the_framework_holds_already_is_not_made_twice(applied):
    assert m.Qualification.objects.filter(LIVE, number="50091700").count() == 1
    assert "50091700" not in admitted()


def test_an_owner_is_found_by_any_of_its_own_names_or_made(applied):
    made = qualification("61090011").owner
    assert (made.title, made.kind, made.citation.source.key) == (
        "Acme Awards Ltd",
        "awarding organisation",
        "approved-qualifications",
    )
    admitting.choose(by="ann", rows=[ChosenRow("61090035", "x")], outcome="chosen", reason="held by care staff")
    assert qualification("61090035").owner.title == "NCFE"
    assert m.Organisation.objects.filter(title__startswith="Acme").count() == 1


def test_an_owner_that_is_made_has_the_recognition_number_of_its_official_row(starter, tmp_path):
    recognised = {"Ofqual Status": "Recognised", "Ofqual Recognised To": "", "Legal Name": "Acme Awards Ltd"}
    read_organisation(tmp_path, "RN9999", "Acme", **recognised)
    read(tmp_path, CHILD)
    admitting.apply_rule(by="ann")
    made = qualification("61090011").owner
    assert (made.title, [a.value for a in made.aliases.all()]) == ("Acme", ["RN9999"])
    assert made.citation.source.key == "ofqual-organisations"


def test_an_owner_is_found_by_the_recognition_number_that_the_official_list_gives_its_name(starter, tmp_path):
    recognised = {"Ofqual Status": "Recognised", "Ofqual Recognised To": "", "Legal Name": "Acme Awards Ltd"}
    read_organisation(tmp_path, "RN5156", "Acme", **recognised)
    read(tmp_path, CHILD)
    admitting.apply_rule(by="ann")
    assert qualification("61090011").owner.title == "NCFE"


def test_various_awarding_organisations_are_no_organisation(starter, tmp_path):
    early_years.ingest(write(tmp_path / "ey.csv", ey.VARIOUS), by="tests")
    admitting.choose(
        by="ann", rows=[ChosenRow("early-years:EYQ-018", "NVQ")], outcome="chosen", reason="many hold it"
    )
    assert qualification("early-years:EYQ-018").owner is None
    assert not m.Organisation.objects.filter(title__istartswith="various").exists()


def test_a_name_with_a_letter_amiss_is_no_new_organisation(starter, tmp_path):
    read(tmp_path, approved("61090011", "Award in Working with Children", owner="Training Qualification UK Ltd"))
    before = m.Organisation.objects.count()
    admitting.apply_rule(by="ann")
    assert m.Organisation.objects.count() == before
    assert qualification("61090011").owner.title == "TQUK"


# ---------- applied twice, changed, refused ----------


def test_applied_again_nothing_is_written(applied):
    before = all_rows()
    again = admitting.apply_rule(by="ann")
    assert (again.writes, again.entered, again.left, again.changes) == (0, (), (), ())
    assert all_rows() == before


def test_a_crash_at_the_end_leaves_nothing(lists, monkeypatch):
    before = all_rows()

    def crash(by):
        raise RuntimeError("crash")

    monkeypatch.setattr(admitting, "_tie_every_list", crash)
    with pytest.raises(RuntimeError, match="crash"):
        admitting.apply_rule(by="ann")
    assert all_rows() == before


NARROW = rule_of([{"name": "Youth", "does": "admits", "phrases": ["youth"]}])


def test_a_narrower_rule_retires_what_it_lets_go_and_a_wider_one_brings_it_back_under_its_code(applied):
    code = qualification("61090011").code
    done = admitting.apply_rule(by="bob", rule=NARROW, reason="youth only")
    assert (done.version, done.entered, done.left) == (2, (), (code,))
    gone = qualification("61090011")
    assert gone.retired_because.startswith("No longer admitted under version 2 of the rule of inclusion.")
    assert admitted()["61090023"].startswith("Admitted by the clause “Youth”")
    assert m.Qualification.objects.filter(LIVE, citation__collection="starter").count() == 180
    back = admitting.apply_rule(by="ann", rule=rule_of(m.InclusionRule.objects.get(version=1).clauses), reason="all")
    assert (back.version, back.entered, back.left) == (3, (code,), ())
    assert (qualification("61090011").retired_on, qualification("61090011").retired_because) == (None, "")


def test_each_version_keeps_who_and_why_and_each_change_is_in_the_trail(applied):
    admitting.apply_rule(by="bob", rule=NARROW, reason=" youth only ")
    assert list(m.InclusionRule.objects.values_list("version", "by", "reason")) == [
        (2, "bob", "youth only"),
        (1, "ann", "The rule as it comes with the product."),
    ]
    code = qualification("61090011").code
    events = AuditEvent.objects.filter(subject=code).values_list("actor", "action", "reason")
    assert ("ann", "create qualification", "The rule as it comes with the product.") in events
    assert ("bob", "retire qualification", "youth only") in events


def test_a_new_rule_needs_a_reason_and_without_one_nothing_is_written(applied):
    before = all_rows()
    with pytest.raises(CannotDecide, match="Say why"):
        admitting.apply_rule(by="bob", rule=NARROW)
    assert all_rows() == before


# ---------- reviewers ----------


def test_a_reviewers_choice_comes_before_the_rule_and_can_be_taken_back(applied):
    chosen = admitting.choose(
        by="ann",
        rows=[ChosenRow("61090035", "Care"), ChosenRow("61090059", "Books")],
        outcome="chosen",
        reason="residential  workers take it",
    )
    assert len(chosen.entered) == 2
    assert admitted()["61090059"] == "Chosen by a reviewer: residential workers take it"
    refused = admitting.choose(by="ann", rows=[ChosenRow("61090023", "Youth")], outcome="refused", reason="closed")
    assert refused.left == (qualification("61090023").code,)
    assert qualification("61090023").retired_because == "Refused by a reviewer: closed"
    assert admitting.apply_rule(by="ann").writes == 0
    undone = admitting.undo(by="bob", subjects=["61090023", "61090059"])
    assert (len(undone.entered), len(undone.left)) == (1, 1)
    assert set(admitted()) == {"61090011", "61090023", "61090035"}
    trail = AuditEvent.objects.filter(subject="inclusion:61090023").order_by("id")
    assert [(e.actor, e.action) for e in trail] == [("ann", "decide inclusion"), ("bob", "undo inclusion")]


def test_a_choice_made_again_with_the_same_reason_writes_nothing(applied):
    one = [ChosenRow("61090035", "Care")]
    admitting.choose(by="ann", rows=one, outcome="chosen", reason="why")
    assert admitting.choose(by="ann", rows=one, outcome="chosen", reason="why").writes == 0
    admitting.choose(by="ann", rows=one, outcome="refused", reason="why not")
    assert list(m.InclusionChoice.objects.order_by("id").values_list("outcome", "retired_because")) == [
        ("chosen", "Decided again."),
        ("refused", ""),
    ]


@pytest.mark.parametrize(
    ("subject", "outcome", "reason", "said"),
    [
        ("61090035", "chosen", " ", "Say why"),
        ("61090035", "chosen", "x" * 501, "in 500 or fewer"),
        ("61090035", "welcomed", "why", "is no choice"),
        ("50091700", "refused", "why", "which another collection brought"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_nothing_written(applied, subject, outcome, reason, said):
    before = all_rows()
    with pytest.raises(CannotDecide, match=said):
        admitting.choose(by="ann", rows=[ChosenRow(subject, "x")], outcome=outcome, reason=reason)
    with pytest.raises(CannotDecide, match="Nothing was decided"):
        admitting.undo(by="ann", subjects=[subject])
    assert all_rows() == before


def test_a_row_without_a_number_is_admitted_by_a_reviewer_only(starter, tmp_path):
    early_years.ingest(write(tmp_path / "ey.csv", ey.OLD, ey.DEGREE), by="tests")
    admitting.apply_rule(by="ann")
    assert admitted() == {}
    both = [ChosenRow("early-years:EYQ-001", "BTEC"), ChosenRow("early-years:EYQ-267", "Degree")]
    admitting.choose(by="ann", rows=both, outcome="chosen", reason="in many drawers")
    old, degree = qualification("early-years:EYQ-001"), qualification("early-years:EYQ-267")
    assert (old.kind, degree.kind, old.owner.title) == ("historic", "higher-education award", "Pearson")
    assert [link.because for link in old.official_links.all()] == ["Admitted from this row, which carries no number"]
    assert find("EYQ-001").code == old.code
    assert admitting.apply_rule(by="ann").writes == 0
    admitting.undo(by="ann", subjects=["early-years:EYQ-001"])
    assert set(admitted()) == {"early-years:EYQ-267"}


# ---------- several lists ----------


REGISTERED_CHILD = REGISTERED | {
    "Qualification Number": "610/9001/1",
    "Qualification Title": "Acme Level 3 Award in Working with Children",
    "Owner Organisation Name": "Acme Awards Ltd",
}


def test_one_number_on_two_lists_is_one_entry_that_follows_the_first_and_keeps_what_the_other_says(lists):
    ofqual_register.ingest(write(lists / "register.csv", REGISTERED_CHILD), by="tests")
    admitting.apply_rule(by="ann")
    child = qualification("61090011")
    assert (child.level, child.credit, child.glh, child.tqt) == ("3", 61, 486, 610)
    assert (child.operational_end, child.certification_end, child.stated_status) == (
        "2024-08-31",
        "2027-12-31",
        "closed",
    )
    assert child.official_links.filter(LIVE).count() == 2
    (conflict,) = m.FieldConflict.objects.filter(LIVE, subject=child.code)
    assert (conflict.field, conflict.value_shown, conflict.value_other) == ("level", "3", "2")


def test_a_field_that_a_person_decided_is_not_followed_any_more(lists):
    ofqual_register.ingest(write(lists / "register.csv", REGISTERED_CHILD), by="tests")
    admitting.apply_rule(by="ann")
    child = qualification("61090011")
    decide(by="ann", code=child.code, field="level", value="2", reason="The certificate says so.")
    assert qualification("61090011").level == "2"
    assert admitting.apply_rule(by="ann").writes == 0
    assert qualification("61090011").level == "2"


def test_the_early_years_list_counts_what_was_admitted(starter, tmp_path):
    row = ey.NUMBERED | {"Qualification Number": "610/9001/1", "Qualification Level": "2"}
    early_years.ingest(write(tmp_path / "ey.csv", row), by="tests")
    admitting.apply_rule(by="ann")
    (counted,) = qualification("61090011").recognitions.all()
    assert (counted.level, counted.started_from, counted.started_to) == ("2", "2014-09", "2024-08")


def test_a_level_that_is_two_levels_is_not_known_and_said(starter, tmp_path):
    read(tmp_path, CHILD | {"Level": "Level 1/2"})
    admitting.apply_rule(by="ann")
    child = qualification("61090011")
    assert (child.level, child.note) == ("", "Its list prints the level 1/2, which is two levels.")


# ---------- later snapshots ----------


def test_what_was_admitted_follows_its_row_and_what_newly_meets_the_rule_only_waits(applied, lists):
    new = approved("61090061", "Award in Playwork")
    rows = (later(CHILD, QualificationName="Acme Award in Working with Young Children"), later(YOUTH), later(new))
    report = read(lists, *rows, *(later(r) for r in (CARE, BOOKS, HELD)), name="next.csv", allow_retire=True)
    assert (report.followed, report.meets_rule, report.off_every_list) == (1, 1, 0)
    assert qualification("61090011").title == "Acme Award in Working with Young Children"
    assert set(admitted()) == {"61090011", "61090023"}
    event = AuditEvent.objects.filter(subject=qualification("61090011").code, action="change qualification").latest(
        "id"
    )
    assert (event.actor, event.reason) == ("tests", "ingest approved-qualifications")
    assert event.before["title"] == "Acme Level 2 Award in Working with Children"
    before = all_rows()
    again = read(lists, *rows, *(later(r) for r in (CARE, BOOKS, HELD)), name="next.csv", allow_retire=True)
    assert (again.writes, again.followed) == (0, 0)
    assert all_rows() == before


def test_a_change_that_meets_the_rule_no_more_waits_for_somebody_to_apply_it(applied, lists):
    read(
        lists, *(later(r) for r in (YOUTH, CARE, BOOKS, HELD)), later(CHILD, QualificationName="Award"), name="2.csv"
    )
    assert "61090011" in admitted()
    done = admitting.apply_rule(by="ann")
    assert done.left == (qualification("61090011").code,)


def test_what_goes_from_the_list_stays_and_is_told(applied, lists):
    report = read(lists, *(later(r) for r in (CHILD, CARE, BOOKS, HELD)), name="2.csv", allow_retire=True)
    assert (report.retired, report.off_every_list) == (2, 1)
    assert "61090023" in admitted()
    assert admitting.apply_rule(by="ann").left == ()
    assert qualification("61090023").official_links.get().official_row.retired


def test_a_dry_run_leaves_what_was_admitted_as_it_is(applied, lists):
    before = all_rows()
    changed = write(lists / "dry.csv", *(later(r) for r in (YOUTH, CARE, BOOKS, HELD)), later(CHILD, Level="Level 4"))
    report = ingest_approved(changed, by="tests", dry_run=True)
    assert report.followed == 1
    assert all_rows() == before


def test_what_another_collection_comes_to_hold_leaves_by_naming_it(applied):
    child = qualification("61090011")
    other = m.Qualification.objects.filter(LIVE, number="").first()
    m.Qualification.objects.filter(pk=other.pk).update(number="61090011")
    assert admitting.apply_rule(by="ann").left == (child.code,)
    assert qualification("61090011").retired_because.startswith(f"It stands in the framework as {other.code}")


def test_what_a_role_asks_for_is_in_whatever_the_rule_says(applied):
    youth = qualification("61090023")
    asked = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).first()
    m.Requirement.objects.filter(pk=asked.pk).update(qualification=youth)
    admitting.apply_rule(by="bob", rule=rule_of([{"name": "X", "does": "refuses", "phrases": ["youth"]}]), reason="x")
    assert admitted() == {"61090023": f"Asked for by a role: {asked.role.title}."}
