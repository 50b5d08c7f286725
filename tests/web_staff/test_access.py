import html
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.timezone import localdate
from tests.web_staff.conftest import BODY, ELSEWHERE

from iqf.accounts import permissions as may
from iqf.accounts.actions import create_user, deactivate, invite, join
from iqf.accounts.models import AuditAbout, AuditEvent, Invitation, User
from iqf.accounts.queries import history
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import decide
from iqf.evidence.models import Retrieval
from iqf.reports.quality import CHECKS
from iqf.review.actions import propose
from iqf.review.actions.lots import keep_lot
from iqf.review.actions.rounds import Plan, add_lines, begin_round, open_round
from iqf.review.actions.rounds import invite as bring_in
from iqf.review.drafted import Drafted
from iqf.review.queries import waiting_matches
from iqf.web.staff.urls import urlpatterns

OPEN_TO_ALL = {"/sign-in", "/sign-out"}
"""The only staff pages that need no capability: one cannot sign in before signing in."""

READ_ONLY = (
    "/staff",
    "/staff/imports",
    "/staff/imports/{n}",
    "/staff/trail",
    "/staff/figures",
    "/staff/duplicates",
    "/staff/quality",
    "/staff/inbox",
    "/staff/decided",
    "/staff/history/{c0}",
    "/staff/sheets",
    "/staff/practice",
    "/staff/views",
    "/staff/views/about/{c0}",
    "/staff/consultations",
    "/staff/judging",
    "/staff/frameworks",
    "/staff/judging/suggestions",
)
FORMS = (
    "/staff/inbox/conflict/{c}",
    "/staff/inbox/match/{m}",
    "/staff/decided/{d}/undo",
    "/staff/inclusion",
    "/staff/inbox/several",
    "/staff/inbox/duplicate/{p}",
    "/staff/inbox/similar/{p}",
    "/staff/decided/together/{l}/undo",
    "/staff/proposals/decision/{c}",
    "/staff/account",
    "/staff/account/leave/IQF-O-000001",
    "/staff/people",
    "/staff/people/IQF-O-000001",
    "/staff/people/IQF-O-000001/invitations/{i}",
    "/staff/people/IQF-O-000001/ann",
    "/staff/history/{c0}/{e}",
    "/staff/sheets/links",
    "/staff/sheets/role",
    "/staff/consultations/new",
    "/staff/consultations/{k}",
    "/staff/consultations/{k}/text",
    "/staff/consultations/{k}/lines",
    "/staff/consultations/{k}/comments",
    "/staff/consultations/{k}/answer",
    "/staff/propose/training",
    "/staff/propose/placement",
    "/staff/judging/new",
    "/staff/frameworks/common-core-2010",
    "/staff/judging/upload",
    "/staff/practice/certificate",
)
SENT_TO = ("/staff/duplicates/pair", "/staff/inbox/look")
"""Addresses to which a form of another page is sent; they have no page of their own."""
ELSEWHERE_WALKED = (
    "/staff/inbox/inclusion/x",
    "/staff/sheets/role/download",
    "/staff/sheets/uploads/1",
    "/staff/sheets/uploads/1/marked",
    "/staff/propose/1/parts",
    "/staff/propose/composition",
    "/staff/views/state",
    "/staff/judging/core-1",
    "/staff/judging/core-1/desk",
    "/staff/judging/core-1/desk/1",
    "/staff/judging/core-1/settle",
    "/staff/judging/core-1/settle/1",
    "/staff/proposals",
    "/staff/proposals/new",
    "/staff/proposals/rule/IQF-Q-000001",
    "/staff/proposals/1",
    "/staff/proposals/1/add",
    "/staff/proposals/1/coverage",
    "/staff/proposals/1/case",
    "/staff/proposals/1/change/1",
    "/staff/figures/x",
)
"""Files, and pages of what somebody wrote: who sees them is tested where they are made."""
PAGES = (*READ_ONLY, *FORMS)
INBOX = "/staff/inbox"
PEOPLE = {
    may.SIGNED_IN: ("nobody", None),
    **{role: (role, role) for role in may.ROLES},
    may.PLATFORM: ("ann", None),
}


@pytest.fixture
def pages(early_years_file, ann):
    """Every staff page, with an import, an invitation and parts that there are: whoever is asked about has one."""
    return addressed(PAGES)


@pytest.fixture
def people(pages, ann):
    """Somebody of every kind, by what they are; all but one have a part in the body that the pages are about."""
    for role in may.ROLES:
        create_user(by="tests", username=role, password="a-long-enough-password")
        join(by="tests", username=role, body=BODY, role=role)
    create_user(by="tests", username="nobody", password="a-long-enough-password")
    return {kind: User.objects.get(username=name) for kind, (name, _) in PEOPLE.items()}


def addressed(pages):
    """Addresses of pages, with an import, a conflict, a match and a decision that there are."""
    conflict, other = m.FieldConflict.objects.filter(decision=None)[:2]
    decided = decide(by="ann", code=other.subject, field=other.field, value=other.value_other, reason="Seen.")
    match = waiting_matches()[0].pk
    join(by="tests", username="ann", body=BODY, role="administrator")
    invited, _ = invite(by="tests", body=BODY, role="editor")
    key = f"{conflict.subject}:{conflict.field}"
    pair = propose(by="ann", a="IQF-U-000298", b="IQF-U-000307")
    lot = keep_lot(by="ann", numbers=[decided], reason="Seen.")
    names = {"c0": conflict.subject, "e": history(conflict.subject).first().pk, "i": invited.pk}
    numbers = {
        "k": asked_of(BODY),
        "n": Retrieval.objects.latest("id").pk,
        "m": match,
        "d": decided,
        "p": pair.pk,
        "l": lot.pk,
    }
    return [page.format(c=key, **numbers, **names) for page in pages]


def asked_of(body):
    """The number of a consultation that asks a body."""
    made = begin_round(by="tests", plan=Plan("Roles", "Are these right?", "The council", localdate()))
    add_lines(by="tests", number=made.pk, version=1, lines=[Drafted("Playworker")])
    bring_in(by="tests", number=made.pk, version=2, bodies=[(body, "A body")])
    return open_round(by="tests", number=made.pk, version=3).pk


def test_every_address_of_the_staff_pages_says_which_capability_it_needs():
    """Walks the address table itself: a page added without one fails here."""
    declared = {str(p.pattern): getattr(p.callback, "needs", None) for p in urlpatterns}
    assert {route for route, needs in declared.items() if needs is None} == OPEN_TO_ALL
    assert set(declared.values()) - {None} <= set(may.TABLE)


def test_every_address_is_among_those_that_are_walked():
    pages = (
        page.format(n=1, k=1, c="x", m=1, d=1, p=1, l=1, i=1, c0="x", e=1)
        for page in (*PAGES, *SENT_TO, *ELSEWHERE_WALKED)
    )
    walked = {resolve(page).route for page in pages}
    assert walked == {f"staff{p.pattern}" for p in urlpatterns if str(p.pattern) not in OPEN_TO_ALL}


@pytest.mark.parametrize("kind", may.HOLDERS)
def test_each_page_is_shown_to_exactly_those_who_have_its_capability(client, people, pages, kind):
    client.force_login(people[kind])
    for page in pages:
        needs = resolve(page).func.needs
        response = client.get(page)
        assert response["Cache-Control"] == "private, no-store"
        if kind in needs.holders:
            own_part_only = kind == may.SIGNED_IN and page.startswith("/staff/account/leave")
            assert response.status_code in ((404,) if own_part_only else (200, 302)), page
        else:
            assert response.status_code == 403, page
            text = html.unescape(response.content.decode())
            assert f"Your account may not {may.said_of_any(needs)}." in text
            assert "What your account may do".lower() in text.lower()
            assert client.post(page, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("kind", may.HOLDERS)
def test_an_administrator_keeps_the_people_of_their_own_organisation_and_no_other(client, people, kind):
    client.force_login(people[kind])
    response = client.get(f"/staff/people/{ELSEWHERE}")
    assert response.status_code == (200 if kind == may.PLATFORM else 403)
    sent = client.post(f"/staff/people/{ELSEWHERE}", {"role": "contributor"})
    assert sent.status_code == (200 if kind == may.PLATFORM else 403)
    assert Invitation.objects.filter(body=ELSEWHERE).count() == (1 if kind == may.PLATFORM else 0)


def test_a_closed_account_sees_nothing_and_its_session_ends(client, people):
    client.force_login(people["reviewer"])
    assert client.get("/staff/inbox").status_code == 200
    deactivate(by="ann", username="reviewer")
    assert client.get("/staff/inbox").status_code == 302


def test_strangers_are_asked_to_sign_in(client, pages):
    for page in pages:
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, f"/staff/sign-in?next={quote(page)}")
        assert response["Cache-Control"] == "private, no-store"
        assert "sessionid" not in response.cookies


def test_staff_see_every_page_and_no_cache_keeps_it(signed_in, pages, django_assert_max_num_queries):
    for page in pages:
        with django_assert_max_num_queries(60 + 3 * len(CHECKS)):
            response = signed_in.get(page)
        assert response.status_code == 200, page
        assert response["Cache-Control"] == "private, no-store"
        assert "Signed in as <strong>ann</strong>" in response.content.decode()
        assert signed_in.head(page).status_code == 200


def test_pages_ask_no_more_of_the_database_the_second_time(signed_in, pages, django_assert_max_num_queries):
    for page in pages:
        signed_in.get(page)
    for page in pages:
        pair = "/inbox/duplicate/" in page or "/inbox/similar/" in page  # each kind of row joined
        joined = 60 if pair else 45 if "/history/" in page else 0
        neighbours = 32 if "/inbox/" in page else 22  # which are named, whatever they are
        with django_assert_max_num_queries(joined or neighbours):
            signed_in.get(page)


def test_nothing_can_be_sent_to_a_page_without_a_form(signed_in, early_years_file):
    for page in addressed(READ_ONLY):
        for method in (signed_in.post, signed_in.put, signed_in.delete):
            response = method(page)
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
            assert response["Cache-Control"] == "private, no-store"


def test_a_form_can_be_sent_by_staff_from_our_own_page_and_by_nobody_else(client, bob, ann, early_years_file):
    addresses = addressed(FORMS)
    before = AuditEvent.objects.count()
    for page in (page for page in (*addresses, *SENT_TO) if not page.startswith("/staff/account")):
        assert client.post(page).status_code == 302
        client.force_login(bob)
        assert client.post(page, {"choice": "accept", "reason": "x"}).status_code == 403
        client.logout()
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(ann)
        assert strict.post(page, {"choice": "accept", "reason": "x"}).status_code == 403
        assert strict.put(page).status_code in (403, 405)
    assert AuditEvent.objects.count() == before


def test_the_form_to_sign_in_is_not_kept(client, db):
    response = client.get("/staff/sign-in")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert client.put("/staff/sign-in").status_code == 405


def test_what_is_not_there_says_so(signed_in):
    for page in (
        "/staff/inbox/conflict/IQF-Q-000001:level",
        "/staff/inbox/conflict/nonsense",
        "/staff/inbox/match/999999",
        f"/staff/inbox/match/{10**30}",
        "/staff/decided/999999/undo",
        "/staff/imports/999999",
        f"/staff/imports/{10**30}",
        "/staff/quality?check=nonsense",
    ):
        response = signed_in.get(page)
        assert response.status_code == 404
        assert response["Cache-Control"] == "private, no-store"


def test_an_empty_database_is_no_error(signed_in, db):
    AuditAbout.objects.all().delete()
    AuditEvent.objects.all().delete()
    for page in ("/staff", "/staff/imports", "/staff/trail", "/staff/quality", INBOX, "/staff/decided"):
        assert signed_in.get(page).status_code == 200
