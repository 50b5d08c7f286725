"""A form sent after the session has ended loses nothing, and the server keeps nothing of it."""

import html
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web_staff.conftest import PASSWORD

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.web.staff.resuming import Kept, kept_in

REASON = 'Said "3" & <b>meant</b> it:\r\n\r\n  two lines, naïve – ok?\r\n'
TYPED = {"choice": "take:3", "reason": REASON, "seen": '["2", "3"]'}


@pytest.fixture
def conflict(starter):
    field = m.FieldConflict.objects.filter(decision=None, field="level").first()
    return f"/staff/inbox/conflict/{field.subject}:level?kind=conflict"


@pytest.fixture
def browser(ann):
    """A browser that sends its tokens as a real one must."""
    strict = Client(enforce_csrf_checks=True)
    strict.get("/staff/sign-in")
    return strict


def hidden(response):
    """The fields of the form of a page that asks to send what was typed, as a browser would send them."""
    page = response.content.decode()
    fields = re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    action = re.search(r'<main.*?<form action="([^"]*)" method="post">', page, re.DOTALL)[1]
    return html.unescape(action), {html.unescape(k): html.unescape(v).replace("\r", "") for k, v in fields}


def send(browser, address, data, **more):
    return browser.post(address, {**data, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}, **more)


def signed_in_with(browser, page, **more):
    kept = html.unescape(re.search(r'name="kept" value="([^"]*)"', page.content.decode())[1])
    there = html.unescape(re.search(r'name="next" value="([^"]*)"', page.content.decode())[1])
    sent = {"username": "ann", "password": PASSWORD, "next": there, "kept": kept, **more}
    return send(browser, "/staff/sign-in", sent)


def test_what_was_typed_travels_through_the_sign_in_page_and_is_sent(browser, conflict):
    before = AuditEvent.objects.count()
    lost = send(browser, conflict, TYPED)
    assert lost.status_code == 403
    assert "Nothing you typed is lost" in lost.content.decode()
    back = signed_in_with(browser, lost)
    assert back.status_code == 200
    assert back["Cache-Control"] == "private, no-store"
    address, fields = hidden(back)
    assert address == conflict
    assert fields == {**TYPED, "reason": REASON.replace("\r", "")}
    assert AuditEvent.objects.count() == before
    assert send(browser, address, fields).status_code == 302
    assert AuditEvent.objects.latest("id").reason.startswith('Said "3" & <b>meant</b> it:')


def test_a_wrong_password_on_the_way_loses_nothing(browser, conflict):
    wrong = signed_in_with(browser, send(browser, conflict, TYPED), password="wrong")
    assert wrong.status_code == 422
    assert hidden(signed_in_with(browser, wrong))[1]["reason"] == REASON.replace("\r", "")


def test_a_form_from_before_signing_in_again_elsewhere_is_given_back(browser, conflict):
    """Two windows: in one somebody signs in again, in the other a form still has the token of before."""
    old = browser.cookies["csrftoken"].value
    send(browser, "/staff/sign-in", {"username": "ann", "password": PASSWORD})
    assert browser.cookies["csrftoken"].value != old
    stale = browser.post(conflict, {**TYPED, "csrfmiddlewaretoken": old}, headers={"origin": "http://testserver"})
    address, fields = hidden(stale)
    assert (address, fields["choice"]) == (conflict, "take:3")
    assert send(browser, address, fields).status_code == 302


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://testserver", "null", "", "http://testserver.evil"]
)
def test_a_form_from_another_site_is_refused_and_nothing_of_it_shown(browser, ann, conflict, origin):
    browser.force_login(ann)
    refused = browser.post(conflict, TYPED, headers={"origin": origin} if origin else {})
    assert refused.status_code == 403
    assert "meant" not in refused.content.decode()
    assert "out of date" in refused.content.decode()


def test_passwords_and_tokens_do_not_travel(browser):
    lost = send(browser, "/staff/account", {"old_password": "secret one", "password": "secret two", "x": "y"})
    page = lost.content.decode()
    assert "secret" not in page
    assert kept_in(html.unescape(re.search(r'name="kept" value="([^"]*)"', page)[1])) == Kept((("x", "y"),))


def test_files_have_to_be_chosen_again(browser, conflict):
    upload = SimpleUploadedFile("rows.csv", b"a,b")
    back = signed_in_with(browser, send(browser, conflict, {"reason": "r", "sheet": upload}))
    assert "Choose again: rows.csv" in back.content.decode()


def test_the_server_keeps_nothing_of_a_stranger(browser, conflict):
    send(browser, conflict, TYPED)
    assert not Session.objects.exists()
    assert not AuditEvent.objects.filter(reason__contains="meant").exists()


@pytest.mark.parametrize(
    "kept", ["", "x", "[]", "{}", '{"fields": 1, "files": []}', '{"fields": [[1, 2]], "files": []}']
)
def test_what_is_not_ours_to_carry_is_left(browser, kept):
    done = send(browser, "/staff/sign-in", {"username": "ann", "password": PASSWORD, "kept": kept})
    assert (done.status_code, done["Location"]) == (302, "/staff")


def test_a_form_of_another_site_cannot_be_carried_anywhere(browser):
    kept = Kept((("a", "b"),)).text
    sent = {"username": "ann", "password": PASSWORD, "kept": kept, "next": "https://evil.example/"}
    assert hidden(send(browser, "/staff/sign-in", sent))[0] == "/staff"


def test_who_may_not_send_it_is_told_so(browser, conflict, bob):
    back = signed_in_with(browser, send(browser, conflict, TYPED), username="bob")
    address, fields = hidden(back)
    assert send(browser, address, fields).status_code == 403
