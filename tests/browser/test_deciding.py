"""Deciding in a real browser: a proposal's whole life, and the inbox worked by its keys, at both widths."""

import re

from tests.browser.looking import looked_at
from tests.browser.test_consulting import enter_pressed, go
from tests.browser.test_people import enter, fill_in

WHY = "The specification says so."
ROLE = "IQF-R-000012"


def focused(page):
    """The words of what the keyboard is on."""
    return page.evaluate("document.activeElement.textContent").strip()


def press(page, key):
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def enter_as(page, demo, name):
    page.context.clear_cookies()
    enter(page, demo, name)


def test_a_proposal_is_walked_by_everybody_who_has_a_part_in_it(demo, page, other):
    about = f"Helps children to play, as seen at {page.viewport_size['width']}."
    enter(page, demo, "contributor.demo")
    page.goto(f"{demo[0]}/staff/proposals/new?entity=role&code={ROLE}")
    found = looked_at(page)
    go(page.get_by_role("button", name="Send to the reviewers"))
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    found += looked_at(page)
    page.get_by_label("Explanation").fill(about)
    go(page.get_by_role("button", name="Send to the reviewers"))
    there = page.url
    page.get_by_text("Kept as a draft, not sent yet.").wait_for()
    found += looked_at(page)
    go(page.get_by_role("link", name="Change source and reason"))
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_label("Source", exact=True).fill("Report of the sector body")
    page.context.clear_cookies(name="sessionid")
    go(page.get_by_role("button", name="Keep"))
    page.get_by_text("Nothing you typed is lost").wait_for()
    fill_in(page, "contributor.demo", demo[1])
    go(page.get_by_role("button", name="Send it now"))
    assert page.url == there
    go(page.get_by_role("button", name="Send to the reviewers"))
    page.get_by_text("Sent. A reviewer who is not you decides").wait_for()
    found += looked_at(page)

    for name in ("editor.demo", "administrator.demo"):
        enter_as(other, demo, name)
        other.goto(there)
        assert other.get_by_text("A reviewer or platform staff may.").is_visible()
        assert other.get_by_role("radio").count() == 0
    enter_as(other, demo, "reviewer.demo")
    other.goto(there)
    other.get_by_role("radio", name="Ask its author").press("Space")
    go(other.get_by_role("button", name="Decide"))
    other.get_by_role("alert").wait_for()
    assert other.get_by_role("radio", name="Ask its author").is_checked()
    found += looked_at(other)
    other.get_by_label("Why, or what you ask").fill("On which page?")
    go(other.get_by_role("button", name="Decide"))
    page.goto(there)
    assert page.get_by_text("On which page?").is_visible()
    page.get_by_label("Your answer").fill("Page 3.")
    go(page.get_by_role("button", name="Answer"))
    found += looked_at(page)
    other.goto(there)
    other.get_by_role("radio", name=re.compile("^Accept")).press("Space")
    other.keyboard.press("Tab")
    other.keyboard.type("Read there.")
    other.keyboard.press("Tab")
    enter_pressed(other)
    other.get_by_text("Accepted. The public pages show it now.").wait_for()
    found += looked_at(other)
    page.goto(f"{demo[0]}/roles/{ROLE}")
    assert page.get_by_text(about).first.is_visible()
    page.goto(f"{demo[0]}/roles/{ROLE}/history")
    assert page.get_by_text(WHY).first.is_visible()
    page.goto(there)
    assert page.get_by_text("Read there.").first.is_visible()
    assert found == []


def test_what_somebody_may_not_decide_they_propose_and_a_reviewer_accepts(demo, page, other):
    enter(page, demo, "contributor.demo")
    page.goto(f"{demo[0]}/qualifications/IQF-Q-000140")
    go(page.get_by_role("link", name="Propose which is right"))
    found = looked_at(page)
    go(page.get_by_role("button", name="Send to the reviewers"))
    page.get_by_role("alert").wait_for()
    found += looked_at(page)
    page.get_by_role("radio", name="Open to new learners").press("Space")
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_label("Source", exact=True).fill("The owner's page")
    go(page.get_by_role("button", name="Send to the reviewers"))
    page.get_by_text("Sent. A reviewer who is not you decides").wait_for()
    there = page.url.partition("?")[0]
    found += looked_at(page)
    enter(other, demo, "reviewer.demo")
    other.goto(there)
    found += looked_at(other)
    other.get_by_role("radio", name=re.compile("^Accept")).press("Space")
    other.get_by_label("Why, or what you ask").fill("Seen.")
    go(other.get_by_role("button", name="Decide"))
    page.goto(f"{demo[0]}/qualifications/IQF-Q-000140")
    assert page.get_by_text(f"by the framework’s editors, because: {WHY}").is_visible()
    other.goto(f"{demo[0]}/staff/decided?kind=conflict")
    go(other.get_by_role("link", name=re.compile("^Undo decision")).first)
    other.get_by_label("Why?").fill("For the next width.")
    go(other.get_by_role("button", name="Undo"))
    assert found == []


def test_the_list_is_worked_by_its_keys_alone_and_undone(demo, page):
    enter(page, demo, "reviewer.demo")
    page.goto(demo[0] + "/staff/inbox?kind=duplicate")
    found = looked_at(page)
    titles = [title.strip() for title in page.locator("[data-item]").all_inner_texts()]
    assert len(titles) == 3
    for key in "jjkxjx":
        page.keyboard.press(key)
    assert page.locator(".tickable input:checked").count() == 2
    page.keyboard.press("*")
    assert page.locator(".tickable input:checked").count() == 3
    page.keyboard.press("*")
    assert page.locator(".tickable input:checked").count() == 0
    for key in "kxjx":
        page.keyboard.press(key)
    page.keyboard.press("?")
    assert page.locator("#keys dl").is_visible()
    found += looked_at(page)
    press(page, "d")
    page.get_by_role("heading", name="Decide 2 things together").wait_for()
    found += looked_at(page)
    page.get_by_role("radio", name="They are one").press("Space")
    page.get_by_label("Why, for all of them?").fill(WHY)
    go(page.get_by_role("button", name="Show what would change"))
    assert page.locator(".would li").count() == 2
    assert page.get_by_text("is joined into it").first.is_visible()
    found += looked_at(page)
    page.get_by_role("button", name="Decide these 2").focus()
    press(page, "Enter")
    page.get_by_text("Decided together: 2 things").wait_for()
    assert page.locator("[data-item]").count() == 1
    found += looked_at(page)
    press(page, "u")
    page.get_by_label("Why?").fill("They are two.")
    go(page.get_by_role("button", name="Undo them all"))
    page.goto(demo[0] + "/staff/inbox?kind=duplicate")
    assert page.locator("[data-item]").count() == 3
    assert found == []


def test_one_after_the_other_is_decided_by_keys_that_can_be_turned_off(demo, page):
    enter(page, demo, "reviewer.demo")
    page.goto(demo[0] + "/staff/inbox?kind=duplicate")
    page.keyboard.press("j")
    first = focused(page)
    press(page, "o")
    found = looked_at(page)
    press(page, "j")
    assert page.get_by_role("navigation", name="What waits").get_by_role("link", name="Previous").is_visible()
    press(page, "k")
    page.keyboard.press("3")
    assert page.get_by_role("radio", name="Not the same").is_checked()
    page.keyboard.press("a")
    assert page.get_by_role("radio").first.is_checked()
    assert page.evaluate("document.activeElement.id") == "id_reason"
    page.get_by_role("radio", name="Not the same").press("Space")
    page.keyboard.press("r")
    page.keyboard.type("just keep apart, unlike 1 and 2")
    assert page.get_by_label("Why?").input_value() == "just keep apart, unlike 1 and 2"
    page.keyboard.press("Tab")
    press(page, "Enter")
    assert page.get_by_role("status").inner_text().startswith("Decided:")
    found += looked_at(page)
    press(page, "u")
    page.get_by_label("Why?").fill("For the next width.")
    go(page.get_by_role("button", name="Undo"))
    page.goto(demo[0] + "/staff/inbox?kind=duplicate")
    page.locator("#keys summary").click()
    page.get_by_label(re.compile("^Use these keys")).uncheck()
    page.reload()
    page.keyboard.press("j")
    assert focused(page) != first
    page.locator("#keys summary").click()
    page.get_by_label(re.compile("^Use these keys")).check()
    page.locator("h1").click()
    page.keyboard.press("j")
    assert focused(page) == first
    assert found == []


def test_several_are_decided_and_undone_without_scripts(demo, browser):
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    enter(bare, demo, "reviewer.demo")
    bare.goto(demo[0] + "/staff/inbox?kind=conflict")
    assert not bare.locator("#keys").is_visible()
    for box in bare.locator(".tickable input").all():
        box.check()
    bare.get_by_role("button", name="Decide what is ticked together").click()
    bare.get_by_role("radio", name="Go on showing what is shown").check()
    bare.get_by_label("Why, for all of them?").fill(WHY)
    bare.get_by_role("button", name="Show what would change").click()
    assert "stays; " in bare.locator(".would li").first.inner_text()
    bare.get_by_role("button", name="Decide these 2").click()
    assert bare.get_by_role("status").inner_text().startswith("Decided together: 2 things")
    bare.get_by_role("link", name="Undo all of them").click()
    bare.get_by_label("Why?").fill("A trial.")
    bare.get_by_role("button", name="Undo them all").click()
    assert bare.get_by_role("status").inner_text().startswith("Undone.")
    context.close()
