from datetime import timedelta

import pytest
from django.test import Client
from tests.web_staff.conftest import PASSWORD

from iqf.accounts.actions import FAILURES_ALLOWED, LOCK_OUT
from iqf.accounts.models import AuditEvent, SignInFailure

PAGE = "/staff/sign-in"
WRONG = "The user name or the password is wrong."
TOO_MANY = "Too many attempts to sign in with this name; wait 15 minutes and try again."


def attempt(client, name="ann", password="wrong", **more):
    return client.post(PAGE, {"username": name, "password": password, **more})


def fail(client, times, name="ann"):
    for _ in range(times):
        response = attempt(client, name)
        assert response.status_code == 422
    return response


def test_signs_in_and_goes_where_the_reader_wanted_to_go(client, ann):
    asked = client.get("/staff/trail?actor=ann&page=2")
    assert asked.status_code == 302
    assert asked["Location"] == f"{PAGE}?next=/staff/trail%3Factor%3Dann%26page%3D2"
    form = client.get(asked["Location"])
    assert 'name="next" value="/staff/trail?actor=ann&amp;page=2"' in form.content.decode()
    done = attempt(client, password=PASSWORD, next="/staff/trail?actor=ann&page=2")
    assert (done.status_code, done["Location"]) == (302, "/staff/trail?actor=ann&page=2")


def test_no_session_before_signing_in_and_a_closed_one_after(client, ann):
    client.get(PAGE)
    attempt(client)
    assert "sessionid" not in client.cookies
    done = attempt(client, password=PASSWORD)
    cookie = done.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "there",
    [
        "//evil.example/",
        "https://evil.example/staff",
        "javascript:alert(1)",
        "/\\evil.example",
        "\\\\evil.example",
        "///evil.example",
        "http:evil.example",
        " //evil.example",
        "",
    ],
)
def test_is_never_sent_to_another_site(client, ann, there):
    assert 'name="next" value="/staff"' in client.get(PAGE, {"next": there}).content.decode()
    done = attempt(client, password=PASSWORD, next=there)
    assert (done.status_code, done["Location"]) == (302, "/staff")


def test_says_the_same_of_a_wrong_password_an_unknown_name_and_an_inactive_user(client, ann, bob):
    bob.is_active = False
    bob.save()
    pages = [attempt(client, name, PASSWORD if name == "bob" else "no") for name in ("ann", "bob", "nobody")]
    assert [page.status_code for page in pages] == [422, 422, 422]
    texts = {
        page.content.decode().replace(name, "X") for page, name in zip(pages, ("ann", "bob", "nobody"), strict=True)
    }
    assert all(WRONG in text for text in texts)
    assert len({text.partition("<h1>")[0].partition("<main")[2] for text in texts}) == 1


def test_keeps_the_name_and_never_the_password(client, ann):
    text = attempt(client, "ann", "my secret phrase").content.decode()
    assert 'value="ann"' in text
    assert "my secret phrase" not in text
    assert text.index("There is a problem") < text.index("<h1>")
    assert 'href="#id_username"' in text
    assert "<title>Error: Sign in" in text


def test_asks_for_what_is_missing_and_counts_nothing(client, ann):
    text = attempt(client, "", "").content.decode()
    assert "Enter your user name." in text
    assert "Enter your password." in text
    assert 'href="#id_password"' in text
    assert not SignInFailure.objects.exists()


def test_a_name_that_fails_five_times_is_refused_even_with_the_right_password(client, ann, clock):
    fail(client, FAILURES_ALLOWED)
    refused = attempt(client, password=PASSWORD)
    assert refused.status_code == 429
    assert TOO_MANY in refused.content.decode()
    assert int(refused["Retry-After"]) == pytest.approx(900, abs=5)
    assert "sessionid" not in client.cookies


def test_the_lock_lasts_fifteen_minutes_from_the_last_failure_and_attempts_do_not_lengthen_it(client, ann, clock):
    fail(client, FAILURES_ALLOWED)
    clock.now += LOCK_OUT - timedelta(seconds=1)
    assert attempt(client, password=PASSWORD).status_code == 429
    clock.now += timedelta(seconds=1)
    fail(client, 1)
    assert attempt(client, password=PASSWORD).status_code == 302


def test_failures_spread_over_more_than_fifteen_minutes_lock_nobody_out(client, ann, clock):
    for _ in range(12):
        fail(client, 1)
        clock.now += timedelta(minutes=4)
    assert attempt(client, password=PASSWORD).status_code == 302


def test_the_window_slides(client, ann, clock):
    fail(client, 1)
    clock.now += timedelta(minutes=14)
    fail(client, 2)
    clock.now += timedelta(minutes=2)
    fail(client, 2)
    fail(client, 1)
    assert attempt(client, password=PASSWORD).status_code == 429


def test_signing_in_forgets_the_failures(client, ann, clock):
    fail(client, FAILURES_ALLOWED - 1)
    assert attempt(client, password=PASSWORD).status_code == 302
    assert not SignInFailure.objects.exists()
    fail(Client(), FAILURES_ALLOWED - 1)


def test_names_are_locked_apart_and_unknown_names_like_known_ones(client, ann, clock):
    fail(client, FAILURES_ALLOWED, "nobody")
    assert attempt(client, "nobody").status_code == 429
    assert attempt(client, " NoBody ").status_code == 429
    assert attempt(client, password=PASSWORD).status_code == 302


def test_what_was_typed_as_a_name_is_not_kept_and_failures_are_forgotten(client, ann, clock):
    fail(client, 1, "my password by mistake")
    assert "mistake" not in str(SignInFailure.objects.values())
    clock.now += 3 * LOCK_OUT
    fail(client, 1, "another")
    assert SignInFailure.objects.count() == 1


def test_strangers_write_nothing_into_the_audit_trail(client, ann, clock):
    before = AuditEvent.objects.count()
    fail(client, FAILURES_ALLOWED)
    attempt(client)
    assert AuditEvent.objects.count() == before


def test_a_form_sent_from_another_site_is_refused(ann):
    assert attempt(Client(enforce_csrf_checks=True), password=PASSWORD).status_code == 403


def test_signs_out_only_when_sent(signed_in):
    asked = signed_in.get("/staff/sign-out")
    assert (asked.status_code, asked["Allow"]) == (405, "POST")
    assert signed_in.get("/staff").status_code == 200
    done = signed_in.post("/staff/sign-out")
    assert (done.status_code, done["Location"]) == (302, "/")
    assert "no-store" in done["Cache-Control"]
    assert signed_in.get("/staff").status_code == 302


def test_a_form_to_sign_out_from_another_site_is_refused(ann):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.post("/staff/sign-out").status_code == 403


def test_who_has_signed_in_is_sent_on(signed_in):
    assert signed_in.get(PAGE, {"next": "/staff/quality"})["Location"] == "/staff/quality"
