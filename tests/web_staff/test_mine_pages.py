"""The pages of what belongs to a person: who sees them, what they do, and what they say when something is wrong."""

import html
import json
import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import resolve
from tests.web_staff.conftest import BODY, ELSEWHERE

from iqf.accounts import permissions as may
from iqf.people import actions as act
from iqf.people import queries
from iqf.people.models import Claim, EvidenceOfLearning, HeldItem, Portfolio, SelfRating, ShareLink
from iqf.people.scope import scope_of
from iqf.web.staff.mine_urls import urlpatterns

OWN = (
    "/mine/items/{i}",
    "/mine/evidence/{e}",
    "/mine/evidence/{e}/edit",
    "/mine/ratings/{r}",
    "/mine/ratings/{r}/checklist",
    "/mine/ratings/new/common-core-2010?team={t}",
    "/mine/teams/{t}",
    "/mine/export/badge/{b}",
    "/mine/export/badge/{b}.jwt",
    "/mine/assessing/{c}",
)
"""Pages of something that is somebody's: to everybody else they are not there."""
EVERYBODYS = (
    "/mine",
    "/mine/name",
    "/mine/roles",
    "/mine/items/new",
    "/mine/evidence/new",
    "/mine/sharing",
    "/mine/print",
    "/mine/export",
    "/mine/export/json",
    "/mine/erase",
    "/mine/terms/common-core-2010",
    "/mine/ratings",
    "/mine/ratings/new/essex-matrix",
    "/mine/teams",
)
"""Pages that show everybody their own."""
SECRETS = (
    "Secret words",
    "FH Köln",
    "Three days with",
    "What I saw there",
    "Please look",
    "My manager",
    "Night team",
)


@pytest.fixture
def world(member, ann):
    """Mia, whose everything is; Asa, who assesses; others who may see nothing of it; and the numbers of it all."""
    mia, asa = member("mia", "contributor"), member("asa", "editor")
    others = [member("eve", "administrator", ELSEWHERE), member("adam", "administrator"), member("rea", "reviewer")]
    own, by = scope_of(mia), scope_of(asa)
    unit = act.hold(own, act.Item("listed", "U-SHC31", "2015-06", note="Secret words"))
    act.hold(own, act.Item("overseas", "Diplom", "2009", "FH Köln", "Germany"))
    shows = ("U-CYP31", "common-core-2010:CC1")
    seen = act.record(own, act.Learning("shadowing", "Three days with her", text="What I saw there", shows=shows))
    claim = act.ask(own, evidence=seen.pk, assessor="asa", message="Please look")
    act.assess(by, claim.pk, how="Talked")
    act.credit(by, claim.pk, things=list(claim.things.values_list("pk", flat=True)), reason="Yes")
    _, token = act.share(own, name="My manager", days=30)
    team = act.make_team(own, body=BODY, name="Night team")
    rated = act.rate(own, act.Sitting(framework("common-core-2010"), [act.Rated("CC1", 2)], today()))
    numbers = {"i": unit.pk, "e": seen.pk, "c": claim.pk, "r": rated.pk, "t": team.pk, "b": claim.things.first().pk}
    return SimpleNamespace(
        mia=mia, asa=asa, others=[*others, ann], token=token, numbers=numbers, own=own, claim=claim
    )


def framework(key):
    from iqf.catalogue.models import Framework

    return Framework.objects.get(key=key).code


def today():
    from django.utils.timezone import localdate

    return localdate()


def text(response):
    return html.unescape(response.content.decode())


def signed(user):
    client = Client()
    client.force_login(user)
    return client


def test_every_address_says_which_capability_it_needs_and_is_walked(world):
    needs = {str(p.pattern): getattr(p.callback, "needs", None) for p in urlpatterns}
    assert set(needs.values()) == {may.HOLD, may.ASSESS}
    pages = [*(p.format(**world.numbers) for p in OWN), *EVERYBODYS, "/mine/assessing"]
    assert {resolve(page.partition("?")[0]).route for page in pages} == {f"mine{route}" for route in needs}


def test_its_owner_sees_everything_and_no_cache_keeps_it(world):
    client = signed(world.mia)
    for page in (*OWN[:-1], *EVERYBODYS):
        response = client.get(page.format(**world.numbers))
        assert response.status_code == 200, page
        assert response["Cache-Control"] == "private, no-store"
    everything = text(client.get("/mine")) + text(client.get("/mine/export/json")) + text(client.get("/mine/sharing"))
    assert all(words in everything for words in SECRETS)


def test_nobody_else_sees_anything_of_it(world):
    """Another organisation's administrator, one's own, a reviewer, platform staff."""
    for user in world.others:
        client = signed(user)
        for page in OWN:
            response = client.get(page.format(**world.numbers))
            assert response.status_code == 404, (user, page)
            sent = client.post(page.format(**world.numbers), {"do": "remove", "how": "x", "withdraw": "1"})
            assert sent.status_code in (404, 405), (user, page)
        for page in (*EVERYBODYS, "/mine/assessing", "/staff/trail"):
            said = text(client.get(page))
            assert not [words for words in SECRETS if words in said], (user, page)
    assert Claim.objects.get().state == "credited"
    assert HeldItem.objects.count() == 2


def test_an_assessor_sees_what_was_put_to_them_and_nothing_else(world):
    client = signed(world.asa)
    said = text(client.get("/mine/assessing")) + text(client.get(f"/mine/assessing/{world.numbers['c']}"))
    assert "What I saw there" in said
    assert "Secret words" not in said
    for page in OWN[:-1]:
        assert client.get(page.format(**world.numbers)).status_code == 404, page


def test_strangers_are_asked_to_sign_in_and_those_without_a_part_may_not_assess(world, client, bob):
    for page in (*OWN, *EVERYBODYS, "/mine/assessing"):
        response = client.get(page.format(**world.numbers))
        assert (response.status_code, response["Location"][:14]) == (302, "/staff/sign-in"), page
    assert signed(bob).get("/mine").status_code == 200
    assert signed(bob).get("/mine/assessing").status_code == 403


def test_a_link_shows_the_portfolio_to_anybody_until_it_is_taken_back(world, client):
    address = f"/shared/{world.token}"
    response = client.get(address)
    said = text(response)
    assert "Three days with her" in said
    assert "U-SHC31" not in said or "Secret words" not in said
    assert not [words for words in ("Secret words", "Please look", "My manager", "Night team") if words in said]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert client.post(address).status_code == 405
    number = ShareLink.objects.get().pk
    assert signed(world.mia).post("/mine/sharing", {"withdraw": number}).status_code == 302
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "%ff%fe", "'\"<script>", "a" * 3000, "%00", "☃"])
def test_nonsense_is_no_link(client, db, token):
    assert client.get(f"/shared/{token}").status_code in (400, 404)


def test_guessing_links_is_slowed_down(client, db):
    found = [client.get(f"/shared/guess-{n}").status_code for n in range(60)]
    assert found[0] == 404
    assert found[-1] == 429


def test_from_the_empty_portfolio_to_a_badge(client, member, starter):
    mia, asa = member("mia", "contributor"), member("asa", "editor")
    client.force_login(mia)
    assert "Nothing yet." in text(client.get("/mine"))
    client.post("/mine/items/new", {"kind": "listed", "name": "U-SHC31", "achieved": "2015-06"})
    made = client.post(
        "/mine/evidence/new",
        {
            "kind": "shadowing",
            "title": "Three days",
            "ticked": ["common-core-2005:CC1"],
            "shows": "U-CYP31\n\n",
            "hours": "21",
        },
    )
    assert re.fullmatch(r"/mine/evidence/\d+", made["Location"])
    assert client.post(made["Location"], {"assessor": "asa", "message": "Please"})["Location"] == made["Location"]
    asas = signed(asa)
    claim = Claim.objects.get()
    chosen = [claim.things.get(unit__isnull=False).pk]
    refused = asas.post(f"/mine/assessing/{claim.pk}", {"do": "credit", "how": "Saw it", "things": chosen})
    assert refused.status_code == 422
    assert "Say why; the person reads it." in text(refused)
    assert "Saw it" in text(refused), "nothing typed is lost"
    assert Claim.objects.get().state == "claimed", "and nothing is half done"
    asas.post(f"/mine/assessing/{claim.pk}", {"do": "credit", "how": "Saw it", "things": chosen, "reason": "Good"})
    page = text(client.get("/mine"))
    held = html.unescape(re.search(r'name="held" value="([^"]*)"', client.get("/mine").content.decode())[1])
    assert len(held.splitlines()) == 2
    assert "Good" in page
    topup = client.get("/topup", {"held": held, "for": "Q001"})
    assert topup.status_code == 200
    assert "already" in text(topup) or "U-" in text(topup)
    badge = json.loads(client.get(f"/mine/export/badge/{chosen[0]}").content)
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["proof"]["cryptosuite"] == "eddsa-jcs-2022"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, bob, starter):
    client.force_login(bob)
    refused = client.post(
        "/mine/items/new", {"kind": "listed", "name": "no such", "achieved": "2015", "note": "Kept"}
    )
    assert refused.status_code == 422
    said = text(refused)
    assert "There is no qualification or unit called “no such” here." in said
    assert all(words in said for words in ('value="no such"', 'value="2015"', "Kept"))
    refused = client.post("/mine/evidence/new", {"kind": "course", "title": "", "hours": "many"})
    assert "Say in a few words what it was." in text(refused)
    assert not HeldItem.objects.exists()
    assert not EvidenceOfLearning.objects.exists()


def test_the_roles_that_somebody_works_in(client, bob, starter):
    client.force_login(bob)
    wrong = client.post("/mine/roles", {"role": "no such role"})
    assert wrong.status_code == 422
    assert "There is no role called “no such role” here." in wrong.content.decode()
    for role in ("playworker", "learning-support-assistant"):
        client.post("/mine/roles", {"role": role})
    act.hold(scope_of(bob), act.Item("listed", "U-SHC31", "2015-06"))
    page = html.unescape(client.get("/mine").content.decode())
    for role in queries.roles(scope_of(bob)):
        asked = re.search(rf'href="(/roles/{role.role.code}/advice\?held=[^"]+)"', page)[1]
        assert client.get(asked).status_code == 200
        assert f"&for={role.role.code}" in page
    assert "Works as" in client.get("/mine/print").content.decode()
    first = queries.roles(scope_of(bob)).first()
    client.post("/mine/roles", {"remove": first.pk})
    assert [r.role.title for r in queries.roles(scope_of(bob))] == ["Learning support assistant"]
    assert client.post("/mine/roles", {"remove": first.pk}).status_code == 404


def test_a_self_assessment_its_picture_and_the_way_on(client, bob, starter):
    client.force_login(bob)
    lines = re.findall(r'name="(g\|[^"]*)" value="2"', text(client.get("/mine/ratings/new/common-core-2010")))
    assert len(lines) > 6
    first = client.post("/mine/ratings/new/common-core-2010", {lines[0]: "0", lines[1]: "2", "on": "2025-01-01"})
    again = client.post("/mine/ratings/new/common-core-2010", {lines[0]: "1", lines[1]: "2", "note": "Better"})
    said = text(client.get(again["Location"], {"role": "playworker"}))
    assert "Compared with 1 January 2025." in said
    assert "up from not yet" in said
    assert "= the same" in said
    assert "Playworker</a> requires" in said
    assert "It requires statements of" in said
    assert "/topup?held=&for=" in text(client.get(first["Location"]))
    assert client.get(again["Location"], {"role": "no such role"}).status_code == 400
    nothing = client.post("/mine/ratings/new/common-core-2010", {"note": "My note"})
    assert nothing.status_code == 422
    assert "My note" in text(nothing)
    for bad in ({lines[0]: "9"}, {lines[0]: "²"}, {"g|XX|": "1"}):
        assert client.post("/mine/ratings/new/common-core-2010", bad).status_code == 422
    assert SelfRating.objects.count() == 2


def test_a_matrix_is_rated_cell_by_cell_and_planned_with(client, bob, starter):
    client.force_login(bob)
    page = text(client.get("/mine/ratings/new/essex-matrix"))
    cells = sorted(set(re.findall(r'name="(g\|[^"]*)"', page)))
    assert len(cells) == 15
    assert "g|ex-c1|ex-r3" in cells
    made = client.post("/mine/ratings/new/essex-matrix", {"g|ex-c1|ex-r3": "0", "g|ex-c2|ex-r3": "3"})
    paper = text(client.get(f"{made['Location']}/checklist"))
    assert "Who takes part in each?" in paper
    assert "What would “Visioning” look like" in paper


def test_a_team_rates_itself_and_only_its_members_see_it(member, starter):
    mia, adam, zoe = member("mia", "contributor"), member("adam", "administrator"), member("zoe", "editor")
    client = signed(mia)
    client.post("/mine/teams", {"name": "Night team", "body": BODY})
    number = queries.teams(scope_of(mia)).get().pk
    refused = client.post(f"/mine/teams/{number}", {"username": "nobody-here"})
    assert "is in this organisation" in text(refused)
    client.post(f"/mine/teams/{number}", {"username": "zoe"})
    made = client.post(f"/mine/ratings/new/common-core-2010?team={number}", {"g|CC1.1|": "1", "g|CC1|": "1"})
    if made.status_code == 422:
        names = re.findall(r'name="(g\|[^"]*)"', text(made))
        made = client.post(f"/mine/ratings/new/common-core-2010?team={number}", {names[0]: "1"})
    assert signed(zoe).get(made["Location"]).status_code == 200
    assert signed(adam).get(made["Location"]).status_code == 404
    assert signed(adam).get(f"/mine/teams/{number}").status_code == 404
    assert Portfolio.objects.count() == 0


def test_a_portfolio_in_the_terms_of_the_common_core(world):
    said = text(signed(world.mia).get("/mine/terms/common-core-2010"))
    assert "Surely shown" in said
    assert "Not counted, because nobody has recorded what it counts for: Diplom." in said
    assert signed(world.mia).get("/mine/terms/essex-matrix").status_code == 404


def test_erasing_asks_for_a_word(world):
    client = signed(world.mia)
    assert client.post("/mine/erase", {"word": "yes"}).status_code == 422
    assert Portfolio.objects.exists()
    assert client.post("/mine/erase", {"word": " Erase "}).status_code == 302
    assert not Portfolio.objects.exists()
    assert client.get(f"/shared/{world.token}").status_code == 404
    assert client.post("/mine/erase", {"word": "erase"}).status_code == 404


def test_a_form_from_elsewhere_is_not_taken(world):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.mia)
    assert strict.post("/mine/erase", {"word": "erase"}).status_code == 403
    assert Portfolio.objects.exists()


def test_a_link_without_a_name_or_a_length_is_refused(client, bob, starter):
    client.force_login(bob)
    for sent in ({"name": "", "days": "30"}, {"name": "x"}, {"name": "x", "days": "9999"}):
        assert client.post("/mine/sharing", sent).status_code == 422
    assert not ShareLink.objects.exists()
    made = client.post("/mine/sharing", {"name": "My manager", "days": "30"})
    address = re.search(r'value="http://testserver(/shared/[^"]+)"', text(made))[1]
    assert client.get(address).status_code == 200
    assert address not in text(client.get("/mine/sharing")), "it is shown once"


def test_what_was_typed_comes_back_when_the_session_had_ended(client, starter):
    sent = client.post("/mine/evidence/new", {"kind": "course", "title": "An hour with a speech therapist"})
    assert sent.status_code == 403
    assert "An hour with a speech therapist" in text(sent)
