"""The staff site in a real browser: served from its own folder, walked without scripts, and asked what axe finds."""

from tests.browser.conftest import PASSWORD
from tests.browser.looking import PHONE, faults, looked_at, looked_at_both

PAGES = (
    "/staff",
    "/staff/imports",
    "/staff/imports/1",
    "/staff/imports/2",
    "/staff/imports/99",
    "/staff/trail",
    "/staff/trail?thing=IQF-R-000012",
    "/staff/trail?actor=nobody",
    "/staff/quality",
    "/staff/quality?check=lists-incomplete",
    "/staff/duplicates",
    "/staff/duplicates?of=units&verdict=same",
    "/staff/inbox",
    "/staff/inbox?kind=conflict",
    "/staff/inbox/conflict/IQF-Q-000020:level",
    "/staff/inbox/conflict/IQF-Q-000001:level",
    "/staff/inbox/match/1",
    "/staff/decided",
)


def sign_in(page, site, there="/staff"):
    page.goto(site + there)
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == site + there


def test_axe_finds_nothing_and_nothing_runs_off_the_side(office, phone):
    phone.goto(office + "/staff/sign-in")
    found = looked_at(phone)
    phone.get_by_role("button", name="Sign in").click()
    found += looked_at(phone)
    sign_in(phone, office)
    for address in PAGES:
        phone.set_viewport_size({"width": PHONE, "height": 900})
        phone.goto(office + address)
        found += looked_at_both(phone)
    assert found == []


def test_works_without_scripts(office, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(office + "/staff/trail?actor=command+line")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("User name").input_value() == "ann"
    assert page.get_by_label("Password").input_value() == ""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == office + "/staff/trail?actor=command+line"
    page.get_by_label("What was done").select_option("create official link")
    page.get_by_role("button", name="Show").click()
    assert "action=create+official+link" in page.url
    page.get_by_role("link", name="Imports", exact=True).click()
    page.get_by_role("link", name="Early years qualifications list").click()
    assert page.get_by_role("heading", name="Matches proposed").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.url == office + "/"
    page.goto(office + "/staff")
    assert "/staff/sign-in" in page.url
    context.close()


def test_an_error_leads_to_its_field_by_keyboard(office, browser):
    page = browser.new_page()
    page.goto(office + "/staff/sign-in")
    page.get_by_label("Password").press("Enter")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_username"
    page.close()


def test_something_is_decided_and_undone_by_keyboard_without_scripts(office, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, office, "/staff/inbox?kind=conflict")
    page.get_by_role("link", name="TQUK Level 2 Certificate in Supporting Teaching").click()
    page.get_by_role("radio", name="Level 3").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Decide").focus()
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.get_by_role("radio", name="Level 3").is_checked()
    page.get_by_label("Why?").fill("The specification says 3.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text().startswith("Decided: the level of TQUK Level 2 Certificate")
    page.get_by_role("link", name="Undo this decision").click()
    page.get_by_label("Why?").fill("Read the wrong line.")
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("status").inner_text().startswith("Undone.")
    context.close()


def test_axe_finds_nothing_in_a_form_with_errors_and_in_one_to_undo(office, phone):
    sign_in(phone, office, "/staff/inbox/conflict/IQF-Q-000140:stated_status")
    phone.get_by_role("button", name="Decide").click()
    found = faults(phone)
    phone.get_by_role("radio", name="Open to new learners").check()
    phone.get_by_label("Why?").fill("The list is younger than the page.")
    phone.get_by_role("button", name="Decide").click()
    found += faults(phone)
    phone.get_by_role("link", name="Undo this decision").click()
    found += faults(phone)
    phone.get_by_label("Why?").fill("To decide it again.")
    phone.get_by_role("button", name="Undo").click()
    assert found == []
