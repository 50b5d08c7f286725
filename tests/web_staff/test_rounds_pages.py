"""A consultation walked through its pages: begun, circulated, answered signed in and by link, published, read."""

import csv
import html
import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.models.things import LIVE
from iqf.review.actions import proposing
from iqf.review.actions.proposing import Case
from iqf.review.actions.rounds import LAST, WHOLE
from iqf.review.models import Comment, InvitedBody, Round

PASSWORD = "a-long-enough-password"
PAGE = "/staff/consultations"


def soon(days=7):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def bodies(starter):
    return list(m.Organisation.objects.filter(LIVE).order_by("pk")[:2])


@pytest.fixture
def rita(client, member):
    client.force_login(member("rita", "reviewer"))
    return client


def words(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def begun(client, **more):
    said = {"title": "Roles in play", "asked": "Are these right?", "body_name": "The council", "closes_on": soon()}
    response = client.post(f"{PAGE}/new", {**said, **more})
    assert response.status_code == 302, words(response)
    return Round.objects.latest("pk")


def do(client, held, act, status=302, **said):
    held.refresh_from_db()
    response = client.post(f"{PAGE}/{held.pk}", {"do": act, "version": held.version, **said})
    assert response.status_code == status, words(response)
    held.refresh_from_db()
    return response


def add(client, held, source, which, status=200):
    held.refresh_from_db()
    response = client.post(f"{PAGE}/{held.pk}/lines", {"version": held.version, "from": source, "which": which})
    assert response.status_code == status, words(response)
    return words(response)


@pytest.fixture
def opened(rita, bodies):
    held = begun(rita)
    add(rita, held, "own", "Playworker\nPlay ranger")
    do(rita, held, "invite", names=f"{bodies[0].code}\n{bodies[1].title}\nVillage playgroup")
    do(rita, held, "open")
    return held


def link_of(client, held, name="Village playgroup"):
    one = InvitedBody.objects.get(round=held, name=name)
    text = do(client, held, "link", status=200, invited=one.pk).content.decode()
    return re.search(r'value="http://testserver(/consultation/[^"]+)"', text)[1]


def test_a_consultation_from_its_beginning_to_the_public_page(rita, client, opened, member, bodies):
    link = link_of(rita, opened)
    stranger = Client()
    page = stranger.get(link)
    assert "Playworker" in words(page)
    assert stranger.post(link, {"s-0": "agree", "t-1": "Rangers are park staff."}).status_code == 302
    pat = Client()
    pat.force_login(member("pat", "contributor"))
    assert "Roles in play" in words(pat.get(PAGE))
    answer = f"{PAGE}/{opened.pk}/answer"
    assert pat.post(answer, {"s-0": "disagree", "t-0": "Too broad.", "s-1": "", f"t-{LAST}": ""}).status_code == 302
    text = words(rita.get(f"{PAGE}/{opened.pk}"))
    assert "To be reminded: 1 not answered" in text
    assert bodies[1].title in text.partition("To be reminded")[2]
    do(rita, opened, "close")
    assert "2 comments in words; 2 without an answer" in words(rita.get(f"{PAGE}/{opened.pk}"))
    assert "2 comments have no answer" in words(do(rita, opened, "publish", status=422, outcome="Good."))
    one, two = Comment.objects.exclude(text="").order_by("line__position")
    replies = {f"o-{one.pk}": "declined", f"r-{one.pk}": "It is the title in use.", f"o-{two.pk}": "accepted"}
    assert rita.post(f"{PAGE}/{opened.pk}/comments", replies).status_code == 302
    do(rita, opened, "publish", outcome="Play ranger is taken out.")
    public = Client().get(f"/consultations/{opened.pk}")
    text = words(public)
    for said in (
        "Play ranger is taken out.",
        f"{bodies[0].title} disagrees : Too broad.",
        "Declined. It is the title in use.",
        "Village playgroup comments : Rangers are park staff.",
        "1 agree 1 disagree 0 only comment",
        f"{bodies[1].title} did not answer",
    ):
        assert re.sub(r"\s*:", ":", said) in re.sub(r"\s*:", ":", text)
    assert "rita" not in text
    assert "pat " not in text
    assert "Roles in play" in words(Client().get("/consultations"))
    whole = json.loads(Client().get(f"/consultations/{opened.pk}?format=json").content)
    assert [line["disagree"] for line in whole["lines"]] == [1, 0, 0]
    rows = list(
        csv.DictReader(
            io.StringIO(Client().get(f"/consultations/{opened.pk}?format=csv").content.decode("utf-8-sig"))
        )
    )
    assert [(r["line"], r["outcome"]) for r in rows] == [("1", "declined"), ("2", "accepted"), ("3", "")]
    assert "outcome is published" in words(stranger.get(link))


def test_every_way_to_choose_what_is_circulated(rita, starter):
    held = begun(rita)
    place = m.RoleCluster.objects.filter(LIVE, role__aliases__value="playworker").select_related("cluster__scheme")[0]
    cluster = f"{place.cluster.scheme.key}/{place.cluster.key}"
    assert "added" in add(rita, held, "roles", cluster)
    assert held.lines.filter(code=place.role.code, entity="role").exists()
    asked = m.Requirement.objects.filter(LIVE, role=place.role, strength__in=("mandatory", "significant"))
    asked = asked.filter(qualification__retired_on=None).count()
    assert f"{asked} lines added" in add(rita, held, "role", "playworker")
    assert "added" in add(rita, held, "requirements", cluster)
    framework = m.Framework.objects.filter(statements__retired_on=None).order_by("pk")[0]
    n = framework.statements.filter(LIVE).count()
    assert f"{n} lines added" in add(rita, held, "statements", framework.key)
    assert held.lines.filter(entity="statement").count() == n
    change = Change("role", "change", {"code": place.role.code}, {"tier": "specialist"}, {"tier": place.role.tier})
    sent = proposing.begin(by="ann", case=Case("A tier", "Seen.", "A report"), changes=[change])
    assert f"no proposal {sent.pk} that waits" in add(rita, held, "proposal", str(sent.pk), status=422)
    proposing.submit(by="ann", number=sent.pk, version=sent.version)
    add(rita, held, "proposal", str(sent.pk))
    line = held.lines.get(entity="proposed change")
    assert line.text == f"Change of role {place.role.title}: tier from “{place.role.tier}” to “specialist”"
    assert (line.code, "there already" in add(rita, held, "proposal", str(sent.pk))) == (place.role.code, True)
    add(rita, held, "own", "What else?\n\n")
    assert [line.text for line in held.lines.all()][-2:] == ["What else?", WHOLE]
    for source, which in (("roles", "no/such"), ("role", "pirate"), ("statements", "pirate"), ("proposal", "x")):
        add(rita, held, source, which, status=422)


def test_lines_are_written_again_and_taken_out(rita):
    held = begun(rita)
    add(rita, held, "own", "One\nTwo")
    held.refresh_from_db()
    said = {"version": held.version, "l-0": "One, in other words", "l-1": "Two", "x-1": "yes"}
    assert rita.post(f"{PAGE}/{held.pk}/lines", said).status_code == 200
    assert [line.text for line in held.lines.all()] == ["One, in other words", WHOLE]


def test_what_is_wrong_is_said_and_what_was_typed_stays(rita):
    response = rita.post(f"{PAGE}/new", {"title": "", "asked": "Are these right?", "closes_on": "soon"})
    assert response.status_code == 422
    assert "Give the day as 2026-12-31" in words(response)
    assert "Are these right?" in words(response)
    response = rita.post(f"{PAGE}/new", {"title": " ", "asked": "Are these right?"})
    assert (response.status_code, "Give the consultation a title" in words(response)) == (422, True)
    held = begun(rita)
    assert "nothing to comment on" in words(do(rita, held, "open", status=422))
    assert "Choose what is to be done" in words(do(rita, held, "dance", status=422))
    add(rita, held, "own", "Playworker")
    do(rita, held, "invite", names="Village playgroup")
    do(rita, held, "open")
    assert "Say why it is withdrawn" in words(do(rita, held, "withdraw", status=422))
    assert "last day" in words(do(rita, held, "extend", status=422, closes_on=soon(-2)))
    assert "Give the day" in words(do(rita, held, "extend", status=422, closes_on="soon"))
    stale = rita.post(f"{PAGE}/{held.pk}", {"do": "close", "version": 1})
    assert (stale.status_code, "Somebody changed" in words(stale)) == (422, True)


def test_nothing_typed_is_lost_when_an_answer_is_not_whole_or_comes_too_late(rita, opened):
    link = link_of(rita, opened)
    stranger = Client()
    response = stranger.post(link, {"s-0": "disagree", "t-0": "", "t-1": "Rangers are park staff."})
    assert response.status_code == 422
    assert "Say why you disagree." in words(response)
    assert "Your other answers are kept." in words(response)
    assert 'name="s-0" value="disagree" checked' in response.content.decode()
    assert Comment.objects.get().text == "Rangers are park staff."
    assert "Rangers are park staff." in words(stranger.get(link))
    do(rita, opened, "close")
    late = stranger.post(link, {"s-0": "disagree", "t-0": "Too broad.", "t-1": "Rangers are park staff."})
    assert late.status_code == 409
    assert "could not be kept any more" in words(late)
    assert "Too broad." in words(late)
    assert Comment.objects.count() == 1


def test_the_page_of_a_link_is_kept_by_nobody_and_told_to_nobody(rita, opened):
    link = link_of(rita, opened)
    strict = Client(enforce_csrf_checks=True)
    for response in (
        strict.get(link),
        strict.post(link, {"s-0": "agree"}),
        strict.get("/consultation/nonsense"),
        strict.put(link),
    ):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert "sessionid" not in response.cookies
    assert Comment.objects.get().by == "link: Village playgroup"
    assert strict.get("/consultation/nonsense").status_code == 404
    assert strict.put(link).status_code == 405
    newer = link_of(rita, opened)
    assert strict.get(link).status_code == 404
    assert strict.get(newer).status_code == 200


def test_a_link_ends_with_its_round(rita, opened):
    link = link_of(rita, opened)
    Round.objects.filter(pk=opened.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    response = Client().post(link, {"s-0": "agree", "t-0": "Late."})
    assert (response.status_code, Comment.objects.count()) == (409, 0)
    assert "Late." in words(response)
    assert "Closed; comments are being answered" in words(rita.get(f"{PAGE}/{opened.pk}"))


def test_everything_that_was_said_is_had_as_csv_and_opens_no_formula(rita, opened):
    link = link_of(rita, opened)
    Client().post(link, {"s-0": "agree", "t-1": "=1+1"})
    text = rita.get(f"{PAGE}/{opened.pk}/comments?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["line"], r["organisation"], r["says"], r["comment"]) for r in rows] == [
        ("1", "Village playgroup", "agree", ""),
        ("2", "Village playgroup", "comment", "'=1+1"),
    ]


ORGANISERS = ("", "/text", "/lines", "/comments")


@pytest.mark.parametrize(
    ("role", "runs"),
    [("contributor", False), ("editor", False), ("administrator", False), ("reviewer", True), ("platform", True)],
)
def test_who_runs_consultations_and_who_only_answers(client, opened, member, ann, bodies, role, runs):
    user = ann if role == "platform" else member("somebody", role)
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    before = AuditEvent.objects.count()
    for end in ORGANISERS:
        assert client.get(f"{PAGE}/{opened.pk}{end}").status_code == (200 if runs else 403)
        if not runs:
            assert (
                client.post(f"{PAGE}/{opened.pk}{end}", {"do": "close", "version": opened.version}).status_code == 403
            )
    assert client.get(f"{PAGE}/new").status_code == (200 if runs else 403)
    assert AuditEvent.objects.count() == before
    answer = client.post(f"{PAGE}/{opened.pk}/answer", {"s-0": "agree"})
    assert answer.status_code == (404 if role == "platform" else 302)


def test_nobody_answers_for_another_organisation(client, opened, member, bodies):
    other = m.Organisation.objects.filter(LIVE).exclude(pk__in=[b.pk for b in bodies]).order_by("pk")[0]
    client.force_login(member("sam", "editor", other.code))
    assert client.get(f"{PAGE}/{opened.pk}/answer").status_code == 404
    assert client.post(f"{PAGE}/{opened.pk}/answer?body={bodies[0].code}", {"s-0": "agree"}).status_code == 404
    assert "No consultation asks your organisation" in words(client.get(PAGE))
    assert not Comment.objects.exists()


def test_strangers_sign_in_first_and_public_pages_know_only_what_was_published(opened):
    stranger = Client()
    for end in ("", f"/{opened.pk}", f"/{opened.pk}/answer", "/new"):
        assert stranger.get(f"{PAGE}{end}").status_code == 302
    assert stranger.get(f"/consultations/{opened.pk}").status_code == 404
    assert stranger.get(f"/consultations/{10**30}").status_code == 404
    assert "No consultation has been published" in words(stranger.get("/consultations"))


def test_a_large_round_asks_little_of_the_database(rita, bodies, django_assert_max_num_queries):
    held = begun(rita)
    add(rita, held, "own", "\n".join(f"Line {n}" for n in range(390)))
    do(rita, held, "invite", names="\n".join(f"Group {n}" for n in range(120)))
    do(rita, held, "open")
    link = link_of(rita, held, "Group 7")
    said = {f"t-{n}": f"Comment {n}" for n in range(390)} | {f"s-{n}": "comment" for n in range(390)}
    assert Client().post(link, said).status_code == 302
    with django_assert_max_num_queries(12):
        assert Client().get(link).status_code == 200
    do(rita, held, "close")
    for page in (PAGE, f"{PAGE}/{held.pk}", f"{PAGE}/{held.pk}/comments?page=3"):
        with django_assert_max_num_queries(25):
            assert rita.get(page).status_code == 200
