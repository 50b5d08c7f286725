"""Invitations and resets as strangers open them, the account page, and what the answers do not tell."""

import html
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web_staff.conftest import BODY, PASSWORD

from iqf.accounts import actions
from iqf.accounts.models import AuditEvent, Membership, User
from iqf.web.staff import mailing

NEW = "another-long-password"


def text(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def invited(starter):
    """The address of an invitation to be editor."""
    made, secret = actions.invite(by="head", body=BODY, role="editor", email="eve@example.org")
    return f"/invitation/{secret}", made.pk


@pytest.fixture
def posted(monkeypatch, settings):
    """Mail is set up, and what is sent later is sent at once."""
    settings.IQF_MAILS = True
    monkeypatch.setattr(mailing.threading.Thread, "start", lambda thread: thread.run())


def join_as(client, address, **more):
    return client.post(address, {"username": "eve", "password": NEW, "password_again": NEW, **more})


# ---------- invitations ----------


def test_a_stranger_accepts_and_is_signed_in(client, invited):
    address, _ = invited
    page = client.get(address)
    assert "head invites you to be an editor of NCFE" in text(page)
    assert page["Cache-Control"] == "private, no-store"
    done = join_as(client, address)
    assert (done.status_code, done["Location"]) == (302, "/staff/account")
    assert "Editor" in text(client.get("/staff/account"))
    assert User.objects.get(username="eve").email == "eve@example.org"


def test_it_works_once(client, invited):
    join_as(client, invited[0])
    again = Client().get(invited[0])
    assert again.status_code == 410
    assert "This link has been used." in text(again)
    assert join_as(Client(), invited[0], username="mallory").status_code == 410
    assert not User.objects.filter(username="mallory").exists()


def test_withdrawn(client, invited):
    actions.withdraw(by="head", number=invited[1])
    assert "This link was withdrawn." in text(client.get(invited[0]))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"username": ""}, "Choose a user name."),
        ({"username": "two words"}, "no spaces"),
        ({"username": "ann"}, "already"),
        ({"username": "ANN"}, "already"),
        ({"username": "x" * 151}, "150"),
        ({"password": "short", "password_again": "short"}, "fewer than 10 characters"),
        ({"username": "evangeline", "password": "evangeline1", "password_again": "evangeline1"}, "too like the user"),
        ({"password_again": "something else"}, "not the same"),
        ({"password": "", "password_again": ""}, "Enter a password."),
    ],
)
def test_what_will_not_do_is_said_and_the_password_never_shown(client, ann, invited, sent, said):
    before = AuditEvent.objects.count()
    response = join_as(client, invited[0], **sent)
    assert response.status_code == 422
    assert said in text(response)
    assert NEW not in text(response)
    assert AuditEvent.objects.count() == before
    assert "sessionid" not in client.cookies


def test_names_cannot_be_tried_out_by_the_hundred(client, ann, invited, clock):
    said = [text(join_as(client, invited[0], username="ann")) for _ in range(6)]
    assert "already" in said[4]
    assert "already" not in said[5]
    assert "wait 15 minutes" in said[5]


def test_somebody_signed_in_accepts_with_their_account(client, bob, invited):
    client.force_login(bob)
    assert "Accept as bob" in text(client.get(invited[0]))
    assert client.post(invited[0])["Location"] == "/staff/account"
    assert Membership.objects.get(user=bob).role == "editor"


def test_a_form_from_another_site_accepts_nothing(ann, invited):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    assert strict.post(invited[0]).status_code == 403
    assert not Membership.objects.exists()


def test_forged_links_say_so_and_are_counted_and_real_ones_work_all_the_same(client, invited, clock):
    answers = [client.get(f"/{kind}/forged~{n}") for n in range(3) for kind in ("invitation", "reset")]
    assert [a.status_code for a in answers] == [404] * 5 + [429]
    assert "not one of ours" in text(answers[0])
    assert int(answers[-1]["Retry-After"]) > 0
    assert client.get(invited[0]).status_code == 200


# ---------- a forgotten password ----------


@pytest.fixture
def eve(starter):
    return actions.create_user(by="tests", username="eve", password=PASSWORD, email="eve@example.org")


def test_a_link_comes_by_mail_and_every_session_ends(client, eve, posted):
    elsewhere = Client()
    elsewhere.force_login(eve)
    assert elsewhere.get("/staff/account").status_code == 200
    client.post("/reset", {"name": "eve"})
    (letter,) = mail.outbox
    assert letter.to == ["eve@example.org"]
    address = re.search(r"http://testserver(/reset/\S+)", letter.body)[1]
    assert "eve" in text(client.get(address))
    done = client.post(address, {"password": NEW, "password_again": NEW})
    assert (done.status_code, done["Location"]) == (302, "/staff/sign-in")
    assert elsewhere.get("/staff/account").status_code == 302
    assert client.post(address, {"password": "x" * 12, "password_again": "x" * 12}).status_code == 410
    assert client.post("/staff/sign-in", {"username": "eve", "password": PASSWORD}).status_code == 422
    assert client.post("/staff/sign-in", {"username": "eve", "password": NEW}).status_code == 302


def test_the_answer_and_the_work_are_the_same_for_a_name_that_nobody_has(eve, bob, posted):
    bob.is_active = False
    bob.save()
    pages, counts = [], []
    for name in ("eve", "eve@example.org", "nobody", "bob", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = Client().post("/reset", {"name": name})
        pages.append((answer.status_code, answer.content))
        counts.append(len(asked))
    assert len(set(pages)) == 1
    assert max(counts) - min(counts) <= 2  # withdraw the earlier link, keep the new one
    assert [letter.to for letter in mail.outbox] == [["eve@example.org"]] * 2


def test_signing_in_hashes_a_password_whether_or_not_there_is_such_a_user(client, eve, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a: hashed.append(1) or encode(*a))
    work = []
    for name in ("eve", "nobody"):
        hashed.clear()
        client.post("/staff/sign-in", {"username": name, "password": "wrong"})
        work.append(len(hashed))
    assert work == [1, 1]


def test_a_letter_is_sent_after_the_answer(client, eve, settings, monkeypatch):
    settings.IQF_MAILS = True
    begun = []
    monkeypatch.setattr(mailing.threading.Thread, "start", lambda thread: begun.append(thread))
    assert client.post("/reset", {"name": "eve"}).status_code == 200
    assert client.post("/reset", {"name": "nobody"}).status_code == 200
    assert mail.outbox == []
    for thread in begun:
        thread.run()
    assert len(mail.outbox) == 1


def test_asking_too_often_is_refused_alike(eve, posted, clock):
    for name in ("eve", "nobody"):
        answers = [Client().post("/reset", {"name": name}) for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 5 + [429]
        assert "wait 15 minutes" in text(answers[-1])
    assert len(mail.outbox) == 5
    assert Client().post("/staff/sign-in", {"username": "eve", "password": PASSWORD}).status_code == 302


def test_without_mail_the_page_says_whom_to_ask(client, eve, settings):
    settings.IQF_MAILS = False
    assert "sends no e-mail" in text(client.get("/reset"))
    assert "sends no e-mail" in text(client.post("/reset", {"name": "eve"}))
    assert not eve.resets.exists()


def test_nothing_typed_is_said(client, posted, db):
    response = client.post("/reset", {"name": " "})
    assert response.status_code == 422
    assert "Enter your user name or your e-mail address." in text(response)


def test_a_reset_opens_the_account_that_it_was_made_for_and_no_other(client, eve, ann):
    client.force_login(ann)
    address = f"/reset/{actions.make_reset(by='tests', username='eve')}"
    client.post(address, {"password": NEW, "password_again": NEW})
    eve.refresh_from_db()
    ann.refresh_from_db()
    assert eve.check_password(NEW)
    assert ann.check_password(PASSWORD)


# ---------- my account ----------


def test_a_password_is_changed_and_other_sessions_end(client, eve):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/staff/sign-in", {"username": "eve", "password": PASSWORD})
    sent = {"old_password": PASSWORD, "password": NEW, "password_again": NEW}
    assert client.post("/staff/account", sent).status_code == 302
    assert "Your password is changed." in text(client.get("/staff/account"))
    assert elsewhere.get("/staff/account").status_code == 302
    assert NEW not in str(list(AuditEvent.objects.filter(subject="user:eve").values()))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"old_password": "wrong"}, "This is not your password."),
        ({"old_password": ""}, "Enter the password that you have now."),
        ({"password": "short", "password_again": "short"}, "fewer than 10"),
    ],
)
def test_a_password_is_not_changed(client, eve, sent, said):
    client.force_login(eve)
    sent = {"old_password": PASSWORD, "password": NEW, "password_again": NEW, **sent}
    response = client.post("/staff/account", sent)
    assert (response.status_code, said in text(response)) == (422, True)
    eve.refresh_from_db()
    assert eve.check_password(PASSWORD)


def test_the_old_password_cannot_be_guessed_at_a_screen_left_open(client, eve, clock):
    client.force_login(eve)
    sent = {"old_password": "wrong", "password": NEW, "password_again": NEW}
    assert [client.post("/staff/account", sent).status_code for _ in range(6)] == [422] * 5 + [429]
    assert client.post("/staff/account", sent | {"old_password": PASSWORD}).status_code == 429


def test_the_account_says_what_one_may_and_may_not(client, member):
    client.force_login(member("rita", "reviewer"))
    page = text(client.get("/staff/account"))
    may, _, may_not = page.partition("You may not")
    assert "accept, decline, ask about, or edit and accept what others propose" in may
    assert "invite people to your organisation" in may_not
    assert "An administrator or platform staff may." in may_not


def test_somebody_leaves_and_the_last_administrator_does_not(client, member):
    client.force_login(member("eve", "editor"))
    there = f"/staff/account/leave/{BODY}"
    assert "Leave NCFE?" in text(client.get(there))
    assert client.post(there)["Location"] == "/staff/account"
    assert "You act for no organisation." in text(client.get("/staff/account"))
    assert client.get(there).status_code == 404
    client.force_login(member("head", "administrator"))
    refused = client.post(there)
    assert refused.status_code == 422
    assert "head is the last administrator of NCFE." in text(refused)
