"""The mapping desk in a real browser: a batch made, units judged by keys alone, settled, accepted; nothing lost."""

import re

from tests.browser.looking import looked_at
from tests.browser.test_consulting import go
from tests.browser.test_people import enter


def begin(page, demo, title, suggestions="hidden", named=""):
    """A reviewer makes a batch of two units for two raters. Its address, and what axe found."""
    enter(page, demo, "reviewer.demo")
    page.goto(demo[0] + "/staff/judging/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Framework").select_option("common-core-2005")
    page.get_by_label("At most").fill("2")
    page.get_by_label("Suggestions at the desk").select_option(suggestions)
    if named:
        page.get_by_label("Units", exact=True).select_option("named")
        page.get_by_label("Units or qualifications, one on a line").fill(named)
    found = looked_at(page)
    go(page.get_by_role("button", name="Make it and open it"))
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Title").input_value() == title
    for name in ("contributor.demo", "editor.demo"):
        page.get_by_label(name, exact=True).check()
    go(page.get_by_role("button", name="Make it and open it"))
    page.get_by_text("Open. Its raters find it under Judging.").wait_for()
    return page.url.partition("?")[0], found + looked_at(page)


def kept(page):
    page.get_by_text(re.compile(r"^Kept at \d\d:\d\d$")).wait_for()


def chosen(page):
    """The statements that are not at none, with their verdicts."""
    boxes = page.locator("input[name^='v-']:checked:not([value='0'])").all()
    return {box.get_attribute("name")[2:]: box.get_attribute("value") for box in boxes}


def test_units_are_judged_by_keys_settled_and_accepted(demo, page, other):
    there, found = begin(page, demo, f"Units at {page.viewport_size['width']}")
    for name, keys in (("contributor.demo", "21"), ("editor.demo", "20")):
        rater = other if name == "contributor.demo" else page
        enter(rater, demo, name) if rater is other else None
        if rater is page:
            page.context.clear_cookies()
            enter(page, demo, name)
        rater.goto(there + "/desk")
        found += looked_at(rater)
        for _ in range(2):
            assert rater.evaluate("document.activeElement.name").startswith("v-")
            for key in keys:
                rater.keyboard.press(key)
            kept(rater)
            with rater.expect_navigation():
                rater.keyboard.press("Enter")
        rater.get_by_text("You have handed in all 2 units.").wait_for()
        found += looked_at(rater)
    page.context.clear_cookies()
    enter(page, demo, "reviewer.demo")
    page.goto(there)
    found += looked_at(page)
    go(page.get_by_role("link", name="Settle 2 units"))
    found += looked_at(page)
    for _ in range(2):
        page.get_by_role("radio", name="partly").press("Space")
        page.get_by_label("Why").fill("The second outcome says so.")
        go(page.get_by_role("button", name="Settle it, next"))
    go(page.get_by_role("button", name="Close it"))
    page.get_by_text("Closed. Reports read it now.").wait_for()
    page.get_by_label("Why").fill("Judged by two, settled by a third.")
    go(page.get_by_role("button", name="Accept it"))
    page.get_by_text("Accepted. What was settled stands in the catalogue now.").wait_for()
    found += looked_at(page)
    go(page.get_by_role("link", name="How far raters agree"))
    assert page.get_by_text("2 raters gave the same answer").is_visible()
    assert found + looked_at(page) == []


def test_keys_undo_move_write_and_can_be_turned_off(demo, page, other):
    there, _ = begin(page, demo, f"Keys at {page.viewport_size['width']}")
    enter(other, demo, "contributor.demo")
    other.goto(there + "/desk")
    other.keyboard.press("2")
    other.keyboard.press("ArrowDown")
    other.keyboard.press("1")
    assert list(chosen(other).values()) == ["2", "1"]
    other.keyboard.press("u")
    assert list(chosen(other).values()) == ["2"]
    other.keyboard.press("w")
    other.keyboard.type("It is 2 to 1.")
    assert list(chosen(other).values()) == ["2"]
    kept(other)
    other.reload()
    assert list(chosen(other).values()) == ["2"]
    assert "It is 2 to 1." in other.locator("textarea").evaluate_all("all => all.map(one => one.value)")
    other.locator("[data-keys] summary").click()
    other.locator("[data-keys-on]").uncheck()
    other.locator("input[name^='v-']").first.focus()
    other.keyboard.press("1")
    assert list(chosen(other).values()) == ["2"]


def test_space_accepts_the_suggestion_with_its_words_and_can_be_turned_off(demo, page, other):
    there, _ = begin(page, demo, f"Suggested at {page.viewport_size['width']}", "shown", "IQF-U-000009\nIQF-U-000005")
    enter(other, demo, "contributor.demo")
    other.goto(there + "/desk")
    likely = other.locator(".desk-row:has(.desk-hint[data-in]:not([data-verdict='0']))").first
    likely.locator("input:checked").first.focus()
    marked = other.locator(".desk-unit mark").inner_text()
    assert f"“{marked}”" in likely.locator(".desk-hint").inner_text()
    other.keyboard.press("Space")
    assert set(chosen(other).values()) == {likely.locator(".desk-hint").get_attribute("data-verdict")}
    quotation = other.locator("#" + likely.locator("[name^='q-']").get_attribute("id"))
    assert quotation.input_value() == marked
    assert not likely.locator("input:focus").count()
    other.keyboard.press("u")
    assert (chosen(other), quotation.input_value()) == ({}, "")
    other.keyboard.press("Space")
    kept(other)
    other.reload()
    assert quotation.input_value() == marked
    other.evaluate("scrollTo(0, 0)")
    found = looked_at(other)
    go(other.get_by_role("button", name="Hide suggestions"))
    assert not other.locator(".desk-hint").count()
    assert quotation.input_value() == marked
    go(other.get_by_role("button", name="Show suggestions"))
    other.locator("[data-keys] summary").click()
    other.locator("[data-keys-on]").uncheck()
    likely.locator("input:checked").first.press("Space")
    assert likely.locator("input:focus").count()
    assert found == []


def test_what_could_not_be_sent_comes_back(demo, page, other):
    there, _ = begin(page, demo, f"Lost at {page.viewport_size['width']}")
    enter(other, demo, "contributor.demo")
    other.goto(there + "/desk")
    other.context.set_offline(True)
    other.keyboard.press("2")
    other.get_by_text("Not kept yet: held in this browser.").wait_for()
    other.context.set_offline(False)
    other.reload()
    kept(other)
    assert list(chosen(other).values()) == ["2"]
