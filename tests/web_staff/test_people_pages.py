"""The people of an organisation on their pages: invite, renew, withdraw, roles, closing accounts, links by hand."""

import html
import re

import pytest
from django.core import mail
from tests.web_staff.conftest import BODY, ELSEWHERE, PASSWORD

from iqf.accounts.actions import create_user, invite, join
from iqf.accounts.actions.links import opened_invitation, opened_reset
from iqf.accounts.models import AuditEvent, Invitation, Membership, User

HERE = f"/staff/people/{BODY}"
LINK = re.compile(r"http://testserver/(invitation|reset)/([\w~-]+)")


@pytest.fixture
def head(client, member):
    """A browser in which an administrator of one organisation has signed in."""
    client.force_login(member("head", "administrator"))
    return client


def text(response):
    return html.unescape(response.content.decode())


def test_an_administrator_of_one_organisation_is_led_there(head):
    assert head.get("/staff/people")["Location"] == HERE
    page = text(head.get(HERE))
    assert "People of NCFE" in page
    assert 'value="reviewer"' not in page


def test_the_link_is_shown_once_where_no_mail_is_set_up(head, settings):
    settings.IQF_MAILS = False
    response = head.post(HERE, {"role": "editor", "email": "eve@example.org"})
    kind, secret = LINK.search(text(response)).groups()
    assert kind == "invitation"
    assert (opened_invitation(secret).role, opened_invitation(secret).email) == ("editor", "eve@example.org")
    assert "No e-mail is set up here." in text(response)
    assert not LINK.search(text(head.get(HERE)))
    assert mail.outbox == []


def test_the_link_is_sent_and_not_shown_where_mail_is_set_up(head, settings):
    settings.IQF_MAILS = True
    settings.IQF_ADDRESS = "https://framework.example"
    response = head.post(HERE, {"role": "editor", "email": "eve@example.org"})
    (letter,) = mail.outbox
    assert letter.to == ["eve@example.org"]
    secret = re.search(r"https://framework.example/invitation/([\w~-]+)\n", letter.body)[1]
    assert opened_invitation(secret)
    assert "NCFE" in letter.body
    assert secret not in text(response)
    assert "was sent to eve@example.org" in text(response)


def test_a_server_that_does_not_answer_is_said_and_the_link_shown(head, settings, monkeypatch):
    settings.IQF_MAILS = True

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("iqf.web.staff.mailing.send_mail", refuse)
    page = text(head.post(HERE, {"role": "editor", "email": "eve@example.org"}))
    assert "The e-mail could not be sent." in page
    assert LINK.search(page)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"role": "", "email": "eve@example.org"}, "Choose which role they are to have."),
        ({"role": "king"}, "Choose which role they are to have."),
        ({"role": "reviewer"}, "Choose which role they are to have."),
        ({"role": "editor", "email": "nobody at all"}, '"nobody at all" is not an e-mail address'),
        ({"role": "editor", "email": "a@b.example\r\nBcc: c@d.example"}, "is not an e-mail address"),
    ],
)
def test_what_will_not_do_is_said_and_kept(head, sent, said):
    response = head.post(HERE, sent)
    assert response.status_code == 422
    assert said in text(response)
    assert not Invitation.objects.exists()


def test_an_invitation_is_renewed_and_withdrawn(head):
    made, old = invite(by="head", body=BODY, role="editor")
    there = f"{HERE}/invitations/{made.pk}"
    assert "whoever was handed the link" in text(head.get(there))
    secret = LINK.search(text(head.post(there, {"do": "renew"})))[2]
    assert opened_invitation(secret) == made
    assert secret != old
    assert head.post(there, {"do": "withdraw"})["Location"] == HERE
    gone = head.get(there)
    assert gone.status_code == 404
    assert "no longer waits" in text(gone)


def test_an_invitation_of_another_organisation_is_not_found(head):
    made, _ = invite(by="tests", body=ELSEWHERE, role="editor")
    assert head.post(f"{HERE}/invitations/{made.pk}", {"do": "withdraw"}).status_code == 404
    assert head.post(f"/staff/people/{ELSEWHERE}/invitations/{made.pk}", {"do": "withdraw"}).status_code == 403
    made.refresh_from_db()
    assert made.stands


def test_an_administrator_does_not_renew_what_they_could_not_give(head):
    made, _ = invite(by="pat", body=BODY, role="reviewer")
    response = head.post(f"{HERE}/invitations/{made.pk}", {"do": "renew"})
    assert response.status_code == 403
    assert not LINK.search(text(response))


def test_a_part_is_changed_and_ended(head, member):
    member("eve", "editor")
    there = f"{HERE}/eve"
    assert head.post(there, {"do": "role", "role": "contributor", "reason": "as asked"}).status_code == 302
    assert Membership.objects.get(user__username="eve").role == "contributor"
    assert AuditEvent.objects.latest("id").reason == "as asked"
    assert "eve is contributor now." in text(head.get(HERE))
    assert head.post(there, {"do": "leave"}).status_code == 302
    assert not Membership.objects.filter(user__username="eve").exists()
    assert head.get(there).status_code == 404


def test_an_account_is_closed_opened_and_given_a_link(head, member):
    eve = member("eve", "editor")
    there = f"{HERE}/eve"
    kind, secret = LINK.search(text(head.post(there, {"do": "reset"}))).groups()
    assert (kind, opened_reset(secret).user) == ("reset", eve)
    assert head.post(there, {"do": "deactivate"}).status_code == 302
    assert not User.objects.get(username="eve").is_active
    assert head.post(there, {"do": "reactivate"}).status_code == 302
    assert User.objects.get(username="eve").is_active


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("rita", {"do": "reset"}, "only platform staff may do that"),
        ("rita", {"do": "deactivate"}, "only platform staff may do that"),
        ("both", {"do": "reset"}, "only platform staff may do that"),
        ("eve", {"do": "role", "role": "reviewer"}, "Choose a role that you may give."),
        ("eve", {"do": "role", "role": "king"}, "Choose a role that you may give."),
        ("eve", {"do": "dance"}, "Choose what is to be done."),
        ("eve", {}, "Choose what is to be done."),
        ("head", {"do": "leave"}, "head is the last administrator of NCFE."),
        ("head", {"do": "role", "role": "editor"}, "head is the last administrator of NCFE."),
        ("head", {"do": "deactivate"}, "head is the last administrator of NCFE."),
    ],
)
def test_what_may_not_be_done_is_said_and_nothing_is_written(head, member, name, sent, said):
    member("eve", "editor")
    member("rita", "reviewer")
    member("both", "editor")
    join(by="tests", username="both", body=ELSEWHERE, role="editor")
    before = AuditEvent.objects.count()
    response = head.post(f"{HERE}/{name}", sent)
    assert response.status_code == 422
    assert said in text(response)
    assert AuditEvent.objects.count() == before


def test_who_gives_up_the_role_is_led_to_their_account(head, member):
    member("second", "administrator")
    assert head.post(f"{HERE}/head", {"do": "role", "role": "editor"})["Location"] == "/staff/account"
    assert head.get(HERE).status_code == 403


def test_platform_staff_open_any_organisation_or_region_and_name_reviewers(signed_in, starter):
    assert signed_in.post("/staff/people", {"name": "NCFE"})["Location"] == HERE
    region = signed_in.post("/staff/people", {"name": "E12000001"})
    assert signed_in.get(region["Location"]).status_code == 200
    wrong = signed_in.post("/staff/people", {"name": "No such body"})
    assert (wrong.status_code, "There is no organisation called" in text(wrong)) == (422, True)
    secret = LINK.search(text(signed_in.post(HERE, {"role": "reviewer"})))[2]
    assert opened_invitation(secret).role == "reviewer"
    assert "NCFE" in text(signed_in.get("/staff/people"))


def test_another_name_of_an_organisation_leads_to_its_code(signed_in, starter):
    assert signed_in.get("/staff/people/RN5156")["Location"] == HERE


def test_a_name_cannot_break_the_page(head):
    create_user(by="tests", username="a+b@c.d", password=PASSWORD)
    join(by="tests", username="a+b@c.d", body=BODY, role="editor")
    link = re.search(r'href="(/staff/people/[^"]+/a[^"]+)"', head.get(HERE).content.decode())[1]
    assert head.get(html.unescape(link)).status_code == 200
