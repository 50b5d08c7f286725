"""What organisations say of what stands here: at once, each in its own name, changed and taken back."""

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.editing import Behind, Change, apply_changes
from iqf.catalogue.actions.speaking import CannotSay, state_view, take_view_back
from iqf.catalogue.editable.about import About, about_of, row_of
from iqf.catalogue.editable.entities import OPINIONS
from iqf.catalogue.editable.rows import WrongCells
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import Source
from iqf.exchange.sources.starter.ingest import ingest


@pytest.fixture
def bodies(starter):
    return list(m.Organisation.objects.filter(LIVE).order_by("pk")[:3])


def subjects():
    unit = m.Alignment.objects.filter(LIVE, unit__isnull=False).first()
    taught = m.Qualification.objects.filter(LIVE).first()
    statement = f"{unit.statement.framework.key}/{unit.statement.code}"
    key = {"qualification": taught.code, "statement": statement, "verb": "teaches"}
    source = Source(key="proposal:1", title="Report of the sector body", kind="proposal")
    change = Change("qualification alignment", "create", key, {"strength": "partly"})
    apply_changes(by="rita", changes=[change], behind=Behind(source, "", "page", "It does.", "proposal:1"))
    return (
        m.Requirement.objects.filter(LIVE).first(),
        m.RoleCluster.objects.filter(LIVE).first(),
        unit,
        m.Alignment.objects.filter(LIVE, role__isnull=False).first(),
        m.Alignment.objects.filter(LIVE, qualification__isnull=False).first(),
        taught,
        m.Unit.objects.filter(LIVE).first(),
    )


def say(body, row, stance="disputes", reason="Experience counts for as much.", **more):
    return state_view(by="ed", body=body.code, about=about_of(row), stance=stance, reason=reason, **more)


def test_a_view_can_be_held_of_everything_that_may_be_disputed(bodies):
    rows = subjects()
    assert {about_of(row).entity for row in rows} == set(OPINIONS)
    for row in rows:
        assert row_of(about_of(row)) == row
        subject = say(bodies[0], row)
        event = AuditEvent.objects.latest("id")
        assert (event.actor, event.subject, event.reason) == ("ed", subject, "Experience counts for as much.")
    assert m.Opinion.objects.filter(LIVE, organisation=bodies[0]).count() == len(rows)


def test_an_organisation_is_its_own_source_and_each_statement_has_its_own_citation(bodies):
    first, second = subjects()[:2]
    say(bodies[0], first, on="2008-12")
    say(bodies[0], second)
    one, two = m.Opinion.objects.order_by("pk")
    assert one.on == "2008-12"
    assert one.citation.source == two.citation.source
    assert one.citation.source.publisher == bodies[0].title
    assert one.citation != two.citation


def test_many_organisations_are_heard_side_by_side(bodies):
    row = subjects()[0]
    say(bodies[0], row)
    say(bodies[1], row, "agrees", "It is what we look for.")
    assert dict(row.opinions.values_list("organisation", "stance")) == {
        bodies[0].pk: "disputes",
        bodies[1].pk: "agrees",
    }


def test_a_view_is_changed_taken_back_and_stated_again_and_all_of_it_is_kept(bodies):
    row = subjects()[0]
    subject = say(bodies[0], row)
    assert say(bodies[0], row, "agrees", "We were asked again.") == subject
    held = m.Opinion.objects.get()
    assert (held.stance, held.reason) == ("agrees", "We were asked again.")
    take_view_back(by="ed", body=bodies[0].code, about=about_of(row))
    held.refresh_from_db()
    assert held.retired_because == "Taken back by the organisation itself."
    say(bodies[0], row, "disputes", "After all.")
    held.refresh_from_db()
    assert (held.is_retired, held.stance, held.reason) == (False, "disputes", "After all.")
    done = AuditEvent.objects.filter(subject=subject).order_by("id").values_list("action", flat=True)
    assert list(done) == [f"{act} opinion on a requirement" for act in ("create", "change", "retire", "create")]


def test_saying_the_same_again_writes_nothing(bodies):
    row = subjects()[0]
    say(bodies[0], row, on="2026-01-01")
    before = AuditEvent.objects.count()
    say(bodies[0], row, on="2026-01-01")
    assert AuditEvent.objects.count() == before


def test_an_import_leaves_what_organisations_said(bodies):
    say(bodies[0], subjects()[0])
    assert ingest(by="tests").writes == 0
    assert m.Opinion.objects.filter(LIVE).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"body": "IQF-O-999999"}, "no organisation of this framework"),
        ({"stance": "doubts"}, "not one of: agrees, disputes"),
        ({"reason": "  "}, "The reason must be given"),
        ({"on": "yesterday"}, "not a date"),
        ({"about": About("throne", {})}, "Nobody can agree with or dispute"),
        ({"about": About("opinion on a requirement", {"role": "IQF-R-000001"})}, "qualification must be given"),
        ({"about": About("opinion on a place", {"role": "IQF-R-000001", "cluster": "no/such"})}, "no cluster"),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence_and_nothing_is_written(bodies, changed, sentence):
    said = {"body": bodies[0].code, "about": about_of(subjects()[0]), "stance": "agrees", "reason": "Yes.", "on": ""}
    before = AuditEvent.objects.count()
    with pytest.raises(CannotSay, match=sentence):
        state_view(by="ed", **{**said, **changed})
    assert (AuditEvent.objects.count(), m.Opinion.objects.count()) == (before, 0)


def test_nobody_disputes_what_no_longer_stands(bodies):
    row = subjects()[0]
    about = about_of(row)
    m.Requirement.objects.filter(pk=row.pk).update(retired_on="2026-01-01", retired_because="Left.")
    with pytest.raises(CannotSay, match="There is no requirement of"):
        say(bodies[0], row)
    with pytest.raises(CannotSay):
        take_view_back(by="ed", body=bodies[0].code, about=about)


def test_what_was_never_said_cannot_be_taken_back(bodies):
    with pytest.raises(CannotSay, match="has said nothing about this"):
        take_view_back(by="ed", body=bodies[0].code, about=about_of(subjects()[0]))


def test_a_row_that_is_not_there_is_not_named(starter):
    with pytest.raises(WrongCells):
        row_of(About("opinion on the level of a unit", {"unit": "IQF-U-999999"}))
