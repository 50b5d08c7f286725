"""Training put forward for recognition, qualifications for placement: step by step to a page that says it plainly."""

import html
import re

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.cli.text.things import show
from iqf.reports.rules import rules
from iqf.reports.show import show as report
from iqf.review.actions.reviewing import accept
from iqf.review.models import Proposal

CASE = {"reason": "We run it twice a year.", "source_title": "Our training record", "do": "keep"}


def words(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.fixture
def ed(client, member):
    client.force_login(member("ed", "editor"))
    return client


@pytest.fixture
def body(starter):
    return m.Organisation.objects.filter(LIVE).order_by("pk")[1]


def begun(client, to="training", **said):
    training = {"title": "Safe play in the woods", "assessor": "Line managers", "glh": "12", "note": "Two days."}
    response = client.post(f"/staff/propose/{to}", {**training, **said} if to == "training" else said)
    assert response.status_code == 302, words(response)
    return Proposal.objects.latest("pk")


def step(client, held, name, status=302, **said):
    response = client.post(f"/staff/propose/{held.pk}/{name}", {"do": "last", **said})
    assert response.status_code == status, words(response)
    return response


def placed(client, **more):
    asked = {
        "title": "Erzieherin",
        "kind": "international",
        "country": "Germany",
        "level": "6",
        "level_basis": "A statement of comparability of 2024.",
    }
    return begun(client, "placement", **{**asked, **more})


def accepted(client, held):
    held.refresh_from_db()
    assert client.post(f"/staff/proposals/{held.pk}/case", CASE | {"version": held.version}).status_code == 302
    held.refresh_from_db()
    assert client.post(f"/staff/proposals/{held.pk}", {"act": "submit", "version": held.version}).status_code == 302
    held.refresh_from_db()
    assert held.state == "waiting", words(client.get(f"/staff/proposals/{held.pk}?check=yes"))
    applied = accept(by="rita", number=held.pk, version=held.version, reason="Seen.")
    return m.Qualification.objects.get(code=applied.codes["new-1"])


def test_training_is_put_forward_and_its_page_says_what_recognition_it_has(ed, today_page, body):
    held = begun(ed)
    assert held.body == "IQF-O-000001"
    statement = (
        m.Alignment.objects.filter(LIVE, unit__isnull=False).select_related("statement__framework")[0].statement
    )
    taught = f"{statement.framework.key}/{statement.code}"
    there = step(
        ed, held, "parts", do="more", title="Day one", glh="6", outcomes="Light a fire\nLight a fire\nPut it out"
    )
    assert there["Location"].endswith("/parts")
    there = step(ed, held, "parts", title="Day two", outcomes="Climb a tree", statements=taught)
    assert there["Location"].endswith("/roles")
    there = step(ed, held, "roles", role="playworker", strength="relevant", basis="employer practice")
    assert there["Location"].endswith("/recognition")
    there = step(ed, held, "recognition", do="on")
    assert there["Location"] == f"/staff/proposals/{held.pk}/case"
    made = accepted(ed, held)
    assert (made.kind, made.assessor, made.glh) == ("unaccredited training", "Line managers", 12)
    units = [g.unit for g in m.GroupUnit.objects.filter(group__qualification=made).order_by("position")]
    assert [u.title for u in units] == ["Day one", "Day two"]
    assert [o.text for o in units[0].outcomes.all()] == ["Light a fire", "Put it out"]
    assert units[1].alignments.get().statement == statement
    assert m.Requirement.objects.get(qualification=made).role.title == "playworker".capitalize()
    page = words(ed.get(f"/qualifications/{made.code}"))
    assert "Not recognised yet No organisation has endorsed it or placed it at a level." in page
    assert "Line managers" in page
    assert "What recognition it has\n  not recognised yet" in show(report(made.code, today_page))


def test_what_an_organisation_endorses_says_by_whom_since_when_and_why(ed, today_page, body):
    held = begun(ed)
    step(ed, held, "parts", title="All of it", outcomes="Light a fire")
    step(ed, held, "roles", do="on")
    step(
        ed,
        held,
        "recognition",
        organisation=body.title,
        part="endorses",
        on="2025-03",
        note="Its outcomes were seen.",
    )
    made = accepted(ed, held)
    page = words(ed.get(f"/qualifications/{made.code}"))
    assert f"Endorsed by {body.title} , March 2025, because: Its outcomes were seen." in page
    assert "Not recognised yet" not in page
    assert f"endorses: {body.title}, 2025-03: Its outcomes were seen." in show(report(made.code, today_page))


def test_a_qualification_from_abroad_is_placed_or_its_page_says_that_it_is_not(ed, today_page, body):
    held = placed(ed)
    for name in ("parts", "roles", "compares", "recognition"):
        step(ed, held, name, do="on")
    made = accepted(ed, held)
    page = words(ed.get(f"/qualifications/{made.code}"))
    assert "No organisation has endorsed it or placed it at the level that is shown." in page
    assert "Its level rests on: A statement of comparability of 2024." in page
    assert "Germany" in page
    held = placed(ed, title="Erzieher")
    step(
        ed,
        held,
        "recognition",
        organisation=body.code,
        part="places",
        on="30/9/2024",
        note="Three years, with practice.",
    )
    made = accepted(ed, held)
    page = words(ed.get(f"/qualifications/{made.code}"))
    assert f"Placed at level 6 by {body.title} , 30 September 2024, because: Three years, with practice." in page
    assert f"placed at level 6: {body.title}, 2024-09-30" in show(report(made.code, today_page))


def test_what_it_compares_with_is_decided_and_then_its_holders_count_as_holding_that(ed, today_page):
    held = placed(ed)
    refused = step(ed, held, "compares", status=422, counterpart="no such thing", extent="whole")
    assert "Say what that is based on: it is shown to the public." in words(refused)
    before = accepted(ed, held)
    assert rules([before.code], "Q001").verdict == "not met"
    assert f"What {before.title} counts as here is not decided" in rules([before.code], "Q001").notes[-1]
    held = placed(ed, title="Erzieher")
    step(ed, held, "compares", counterpart="Q001", extent="whole", note="Compared unit by unit in 2024.")
    made = accepted(ed, held)
    assert rules([made.code], "Q001").verdict == "met"
    page = words(ed.get(f"/qualifications/{made.code}"))
    other = m.Qualification.objects.get(aliases__value="Q001")
    assert f"Counts as the whole of {other.title}" in page
    assert "Compared unit by unit in 2024." in page
    assert f"{made.title} counts as the whole of this" in words(ed.get(f"/qualifications/{other.code}"))
    assert f"counts as the whole of {other.title}" in show(report(made.code, today_page))


def test_training_of_our_own_is_not_asked_what_it_compares_with(ed):
    assert ed.get(f"/staff/propose/{begun(ed).pk}/compares").status_code == 404


def test_what_was_added_can_be_taken_out_again(ed):
    held = begun(ed)
    step(ed, held, "parts", do="more", title="Day one", outcomes="Light a fire")
    step(ed, held, "roles", do="more", role="playworker")
    assert "Day one" in words(ed.get(f"/staff/propose/{held.pk}/parts"))
    assert "Playworker: relevant" in words(ed.get(f"/staff/propose/{held.pk}/roles"))
    ed.post(f"/staff/propose/{held.pk}/parts", {"out": "new-2"})
    ed.post(f"/staff/propose/{held.pk}/roles", {"out": m.Role.objects.get(title="Playworker").code})
    assert [c.entity for c in held.changes.all()] == ["qualification"]
    step(ed, held, "parts", do="more", title="Day one again", outcomes="Light a fire")
    assert [c.entity for c in held.changes.all()] == [
        "qualification",
        "unit",
        "unit outcome",
        "rule group",
        "rule unit",
    ]


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("parts", {"title": "", "outcomes": "x"}, "Give this part a title."),
        ("parts", {"title": "Day one", "outcomes": " "}, "at least one outcome"),
        ("parts", {"title": "Day one", "outcomes": "x" * 501}, "at most 500 characters"),
        ("parts", {"title": "Day one", "outcomes": "x", "glh": "six"}, "is not a whole number"),
        ("parts", {"title": "Day one", "outcomes": "x", "statements": "no/such"}, "There is no statement"),
        ("roles", {"role": "pirate"}, "There is no role called"),
        ("roles", {"role": ""}, "Name the role."),
        ("recognition", {"organisation": "Pirates", "on": "2024", "note": "x"}, "There is no organisation called"),
        ("recognition", {"organisation": "NCFE", "on": "soon", "note": "x"}, "is not a date"),
        ("recognition", {"organisation": "NCFE", "on": "2024", "note": ""}, "Say why"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(ed, name, said, sentence):
    held = begun(ed)
    response = step(ed, held, name, status=422, **said)
    assert sentence in words(response)
    for text in filter(str.strip, said.values()):
        assert text in response.content.decode()
    assert held.changes.count() == 1


def test_a_beginning_that_is_not_whole_is_given_back(ed):
    for kind, said, sentence in (
        ("training", {"title": " ", "assessor": "Managers"}, "Answer this: what is it called?"),
        ("training", {"title": "Safe play", "assessor": "x", "glh": "many"}, "is not a whole number"),
        ("placement", {"title": "Erzieherin", "kind": "international", "level": "9"}, "is no level"),
        ("placement", {"title": "Erzieherin", "level": "6", "level_basis": "x"}, "abroad, or from an earlier time"),
    ):
        response = ed.post(f"/staff/propose/{kind}", said)
        assert response.status_code == 422
        assert sentence in words(response)
        assert said["title"].strip() in response.content.decode()
    assert not Proposal.objects.exists()


def test_only_its_author_goes_on_with_a_draft_and_only_while_it_is_one(ed, client, member):
    held = begun(ed)
    assert ed.get(f"/staff/propose/{held.pk}/nonsense").status_code == 404
    client.force_login(member("eve", "contributor"))
    before = AuditEvent.objects.count()
    assert client.get(f"/staff/propose/{held.pk}/parts").status_code == 404
    assert client.post(f"/staff/propose/{held.pk}/parts", {"title": "x", "outcomes": "x"}).status_code == 404
    assert AuditEvent.objects.count() == before
    client.logout()
    assert client.get("/staff/propose/training").status_code == 302


@pytest.fixture
def today_page():
    from django.utils import timezone

    return timezone.localdate()


def test_what_the_regulator_has_on_its_register_is_not_asked_for_more(client, starter):
    regulated = m.Qualification.objects.filter(LIVE).exclude(number="")[0]
    assert "What recognition it has" not in words(client.get(f"/qualifications/{regulated.code}"))
