"""The pages about people in a real browser: each role of the demo walks what it may, by keyboard and on a phone."""

import pytest
from tests.browser.looking import PHONE, looked_at, looked_at_both

BODY = "/staff/people/IQF-O-000001"
EVERYBODY = {"Start", "Proposals", "Spreadsheets", "Views", "Judging", "Consultations", "Data quality", "Duplicates"}
MENU = {
    "contributor.demo": EVERYBODY,
    "editor.demo": EVERYBODY | {"Imports"},
    "reviewer.demo": EVERYBODY
    | {
        "Imports",
        "Inbox",
        "Decided",
        "Inclusion",
        "Audit trail",
    },
    "administrator.demo": EVERYBODY | {"Imports", "Audit trail", "People"},
}
MENU["staff.demo"] = MENU["reviewer.demo"] | {"People", "Unprotected figures"}


def enter(page, demo, name):
    site, password = demo
    page.goto(site + "/staff/sign-in")
    fill_in(page, name, password)


def fill_in(page, name, password):
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()


@pytest.mark.parametrize("name", MENU)
def test_each_role_sees_in_the_menu_what_it_may_and_every_link_of_it_opens(demo, page, name):
    enter(page, demo, name)
    links = page.get_by_role("navigation", name="Staff").get_by_role("list").get_by_role("link")
    there = {link.inner_text().strip(): link.get_attribute("href") for link in links.all()}
    assert set(there) == MENU[name]
    found = []
    for address in (*there.values(), "/staff/account"):
        assert page.goto(demo[0] + address).status == 200, address
        if address in ("/staff", "/staff/account", "/staff/people"):  # the others are looked at with the staff pages
            found += looked_at(page)
    forbidden = page.goto(demo[0] + (BODY if "People" not in there else "/staff/people/IQF-O-000002"))
    assert forbidden.status == (200 if name == "staff.demo" else 403)
    assert found + looked_at(page) == []


def test_somebody_is_invited_and_accepts_and_leaves_by_keyboard(demo, page):
    enter(page, demo, "administrator.demo")
    page.goto(demo[0] + BODY)
    page.get_by_role("button", name="Invite").focus()
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    found = looked_at(page)
    page.get_by_role("radio", name="Contributor").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    link = page.get_by_label("The link").input_value()
    found += looked_at(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto(link)
    found += looked_at(page)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Accept and sign in").click()
    found += looked_at(page)
    name = f"eve{page.viewport_size['width']}"
    page.get_by_label("Choose a user name").fill(name)
    page.get_by_label("Choose a password").fill("a-long-enough-password")
    page.get_by_label("The same again").fill("a-long-enough-password")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=name).wait_for()
    assert page.get_by_text("Contributor of NCFE").is_visible()
    assert page.goto(link).status == 410
    found += looked_at(page)
    page.goto(demo[0] + "/staff/account")
    page.get_by_role("link", name="Leave NCFE").press("Enter")
    found += looked_at(page)
    page.get_by_role("button", name="Leave").press("Enter")
    page.get_by_text("You act for no organisation.").wait_for()
    assert page.goto(demo[0] + "/staff").status == 403
    assert found + looked_at(page) == []


def test_one_person_and_one_invitation_are_kept_and_axe_finds_nothing(demo, page):
    enter(page, demo, "administrator2.demo")
    page.goto(demo[0] + "/staff/people")
    found = looked_at(page)
    page.get_by_role("link", name="editor2.demo").click()
    found += looked_at(page)
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("The link").input_value()
    found += looked_at(page)
    page.get_by_role("link", name="Everybody at").click()
    page.get_by_role("radio", name="Editor").check()
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("link", name="By a link handed over").first.click()
    found += looked_at(page)
    page.get_by_role("button", name="Withdraw it").click()
    assert "withdrawn" in page.get_by_role("status").inner_text()
    found += looked_at(page)
    page.get_by_role("link", name="administrator2.demo").click()
    page.get_by_role("button", name="Close the account").click()
    assert "is the last administrator" in page.get_by_role("alert").inner_text()
    found += looked_at(page)
    page.goto(link)
    found += looked_at(page)
    page.get_by_role("button", name="Change it").click()
    found += looked_at(page)
    page.goto(demo[0] + "/reset")
    assert found + looked_at(page) == []


def test_what_was_typed_comes_back_after_the_session_ended(demo, page):
    enter(page, demo, "reviewer.demo")
    page.goto(demo[0] + "/staff/inbox/conflict/IQF-Q-000020:level")
    page.get_by_label("Why?").fill("The first line.\nThe <second> & last.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Nothing you typed is lost").wait_for()
    found = looked_at(page)
    fill_in(page, "reviewer.demo", demo[1])
    page.get_by_role("heading", name="Here is what you had typed").wait_for()
    found += looked_at(page)
    page.get_by_role("button", name="Send it now").press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Why?").input_value() == "The first line.\nThe <second> & last."
    assert found == []


MINE = (
    "/mine",
    "/mine/evidence/new",
    "/mine/evidence/1",
    "/mine/terms/common-core-2005",
    "/mine/ratings/new/essex-matrix",
)


def test_the_portfolio_of_the_demo_at_both_widths(demo, phone):
    enter(phone, demo, "contributor.demo")
    phone.goto(demo[0] + "/mine")
    assert phone.get_by_role("heading", name="Robin Example (made up)").is_visible()
    found = []
    for address in MINE:
        phone.set_viewport_size({"width": PHONE, "height": 900})
        phone.goto(demo[0] + address)
        found += looked_at_both(phone)
    assert found == []
