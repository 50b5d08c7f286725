"""What organisations agree with and dispute, said on the staff pages and read on the public ones."""

import json
import re
from urllib.parse import urlencode

import pytest

from iqf.accounts import actions
from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.editable.about import about_of
from iqf.catalogue.models.things import LIVE

PASSWORD = "a-long-enough-password"
WHY = "Experience counts for as much as this."


@pytest.fixture
def bodies(starter):
    return list(m.Organisation.objects.filter(LIVE).order_by("pk")[:2])


@pytest.fixture
def asked(starter):
    rows = m.Requirement.objects.filter(LIVE, role__aliases__value="playworker", qualification__retired_on=None)
    return rows.select_related("role", "qualification").order_by("pk")[0]


def address(row, **more):
    about = about_of(row)
    return f"/staff/views/state?{urlencode({'entity': about.entity, **about.key, **more})}"


def say(client, row, stance="disputes", **more):
    return client.post(address(row), {"stance": stance, "reason": WHY, "on": "2026-03", **more})


def test_an_editor_says_what_the_organisation_thinks_and_everybody_reads_it(client, member, bodies, asked):
    client.force_login(member("ed", "editor"))
    assert "Agree or dispute" in client.get(address(asked)).content.decode()
    there = say(client, asked)
    assert (there.status_code, there["Location"]) == (302, f"/staff/views?body={bodies[0].code}&done=stated")
    assert WHY in client.get(there["Location"]).content.decode()
    client.logout()
    for page in (asked.role, asked.qualification, bodies[0]):
        text = client.get(f"/{page._meta.model_name}s/{page.code}").content.decode()
        assert WHY in text
        assert "March 2026" in text
        assert f"The view of {bodies[0].title}" in text
    role = client.get(f"/roles/{asked.role.code}").content.decode()
    assert "Disputed by 1 organisation<" in role
    assert "Contested" in role
    whole = json.loads(client.get(f"/roles/{asked.role.code}?format=json").content)
    (views,) = [a["views"] for a in whole["asks"] if a["views"]["each"]]
    assert (views["agreed"], views["disputed"], views["each"][0]["reason"]) == (0, 1, WHY)


def test_two_organisations_are_counted_and_neither_is_averaged_away(client, member, bodies, asked):
    ed = member("ed", "editor", bodies[0].code)
    actions.join(by="tests", username="ed", body=bodies[1].code, role="editor")
    client.force_login(ed)
    say(client, asked, body=bodies[0].code)
    say(client, asked, "agrees", body=bodies[1].code)
    text = client.get(f"/roles/{asked.role.code}").content.decode()
    assert "Agreed by 1 organisation<" in text
    assert "Disputed by 1 organisation<" in text
    assert "Contested" in text


def test_levels_places_and_alignments_show_who_agrees_and_who_disputes(client, member, asked):
    client.force_login(member("ed", "editor"))
    place = m.RoleCluster.objects.filter(LIVE, role=asked.role)[0]
    taught = m.Alignment.objects.filter(LIVE, unit__isnull=False).select_related("unit")[0]
    needed = m.Alignment.objects.filter(LIVE, role__isnull=False).select_related("role")[0]
    pages = {
        place: f"/roles/{asked.role.code}",
        taught: f"/units/{taught.unit.code}",
        taught.unit: f"/units/{taught.unit.code}",
        asked.qualification: f"/qualifications/{asked.qualification.code}",
        needed: f"/roles/{needed.role.code}",
    }
    for row, page in pages.items():
        before = client.get(page).content.decode().count(WHY)
        assert say(client, row).status_code == 302
        assert client.get(page).content.decode().count(WHY) == before + 1, page
    assert "Its level is contested" in client.get(pages[asked.qualification]).content.decode()


def test_a_view_is_changed_and_taken_back(client, member, asked):
    client.force_login(member("ed", "editor"))
    say(client, asked)
    form = client.get(address(asked)).content.decode()
    assert WHY in form
    assert 'value="disputes" checked' in form
    say(client, asked, "agrees")
    assert "Agreed by 1 organisation<" in client.get(f"/roles/{asked.role.code}").content.decode()
    assert client.post(address(asked), {"do": "back"})["Location"].endswith("done=back")
    assert WHY not in client.get(f"/roles/{asked.role.code}").content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, member, asked):
    client.force_login(member("ed", "editor"))
    response = client.post(address(asked), {"reason": WHY, "on": "soon"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Choose whether it agrees or disputes." in text
    assert WHY in text
    response = client.post(address(asked), {"reason": WHY, "on": "soon", "stance": "agrees"})
    assert (response.status_code, "is not a date" in response.content.decode()) == (422, True)
    assert 'value="soon"' in response.content.decode()
    assert not m.Opinion.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [("contributor", False), ("editor", True), ("reviewer", True), ("administrator", True)]
)
def test_who_speaks_for_an_organisation(client, member, bodies, asked, role, may):
    client.force_login(member("somebody", role))
    response = say(client, asked)
    assert response.status_code == (302 if may else 403)
    assert m.Opinion.objects.exists() is may
    if not may:
        propose = re.search(r'href="(/staff/proposals/new[^"]*)"', response.content.decode())
        assert "opinion+on+a+requirement" in propose[1]
    assert say(client, asked, body=bodies[1].code).status_code in (403, 422)
    assert client.get(address(asked, body=bodies[1].code)).status_code == 404
    assert not m.Opinion.objects.filter(organisation=bodies[1]).exists()


def test_platform_staff_write_down_what_any_organisation_says_in_its_name(signed_in, bodies, asked):
    assert signed_in.get(address(asked)).status_code == 403
    response = signed_in.post(
        address(asked, body=bodies[1].title), {"stance": "agrees", "reason": WHY, "on": "", "body": bodies[1].code}
    )
    assert response.status_code == 302
    assert m.Opinion.objects.get().organisation == bodies[1]
    assert AuditEvent.objects.latest("id").actor == "ann"


def test_strangers_sign_in_first_and_people_of_no_body_are_told(client, bob, asked):
    assert client.get(address(asked)).status_code == 302
    given_back = say(client, asked)
    assert (given_back.status_code, WHY in given_back.content.decode()) == (403, True)
    client.force_login(bob)
    for page in ("/staff/views", f"/staff/views/about/{asked.role.code}", address(asked)):
        assert client.get(page).status_code == 403
    assert not m.Opinion.objects.exists()


def test_everything_about_a_thing_that_can_be_said_is_on_one_page(
    client, member, asked, django_assert_max_num_queries
):
    client.force_login(member("ed", "editor"))
    unit = m.Alignment.objects.filter(LIVE, unit__isnull=False)[0].unit
    for thing in (asked.role, asked.qualification, unit):
        with django_assert_max_num_queries(40):
            text = client.get(f"/staff/views/about/{thing.code}").content.decode()
        for link in re.findall(r'href="(/staff/views/state[^"]*)"', text)[:3]:
            assert client.get(link.replace("&amp;", "&")).status_code == 200
    assert client.get("/staff/views?thing=playworker")["Location"].startswith(
        f"/staff/views/about/{asked.role.code}?"
    )
    wrong = client.get("/staff/views?thing=pirate")
    assert (wrong.status_code, "There is no thing called" in wrong.content.decode()) == (404, True)
    framework = m.Framework.objects.first()
    for page in (
        "about/nothing",
        f"about/{framework.code}",
        "state?entity=throne",
        "state?entity=opinion+on+a+place",
    ):
        assert client.get(f"/staff/views/{page}").status_code == 404
    assert client.get("/staff/views/state")["Location"] == "/staff/views"
