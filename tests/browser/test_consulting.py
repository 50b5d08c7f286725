"""Views and consultations in a real browser: said, asked, answered by link and signed in, published, read."""

import re
from datetime import date, timedelta

from tests.browser.looking import looked_at
from tests.browser.test_people import enter

WHY = "Experience counts for as much as this certificate."


def go(link):
    """Press Enter on a link or button, and wait for the page that follows."""
    with link.page.expect_navigation():
        link.press("Enter")


def enter_pressed(page):
    """Press Enter where the keyboard is, and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_editor_disputes_by_keyboard_and_everybody_reads_why(demo, page, other):
    enter(page, demo, "editor.demo")
    page.goto(demo[0] + "/staff/views")
    found = looked_at(page)
    page.get_by_label("About which role, qualification or unit?").fill("playworker")
    enter_pressed(page)
    page.get_by_role("heading", name="Playworker", level=1).wait_for()
    found += looked_at(page)
    page.get_by_role("link", name=re.compile("^Agree or dispute")).first.press("Enter")
    go(page.get_by_role("button", name="Say it"))
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    found += looked_at(page)
    page.get_by_label("It disputes this").press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(WHY)
    go(page.get_by_role("button", name="Say it"))
    page.get_by_text("Said. The public pages show it now").wait_for()
    found += looked_at(page)
    other.goto(demo[0] + "/roles/playworker")
    assert other.get_by_text("Disputed by 1 organisation").first.is_visible()
    assert other.get_by_text(WHY).first.is_visible()
    assert found + looked_at(other) == []


def test_a_consultation_is_walked_by_everybody_who_has_a_part_in_it(demo, page, other):
    enter(page, demo, "reviewer.demo")
    page.goto(demo[0] + "/staff/consultations/new")
    found = looked_at(page)
    title = f"Roles in play, {page.viewport_size['width']}"
    page.get_by_label("Title").fill(title)
    page.get_by_label("What do you ask?").fill("Are these the qualifications that count?")
    page.get_by_label("Last day for comments").fill((date.today() + timedelta(days=9)).isoformat())  # noqa: DTZ011
    go(page.get_by_role("button", name="Begin"))
    there = page.url.partition("?")[0]
    go(page.get_by_role("link", name="Choose what to circulate"))
    page.get_by_label("What one role asks for").fill("playworker")
    enter_pressed(page)
    page.get_by_text("lines added").wait_for()
    found += looked_at(page)
    page.goto(there)
    page.get_by_label("Ask organisations, one on a line").fill("NCFE\nVillage playgroup")
    go(page.get_by_role("button", name="Ask them"))
    go(page.get_by_role("button", name="Open it for comments"))
    go(page.get_by_role("button", name=re.compile("link for Village playgroup")))
    link = page.get_by_label("Link", exact=True).input_value()
    found += looked_at(page)

    other.goto(link)
    found += looked_at(other)
    other.get_by_role("radio", name="Disagree").first.press("Space")
    go(other.get_by_role("button", name="Keep my answers"))
    other.get_by_role("link", name="Say why you disagree.").press("Enter")
    found += looked_at(other)
    other.get_by_label("Why, or your comment").first.fill("Nobody holds this any more.")
    go(other.get_by_role("button", name="Keep my answers"))
    other.get_by_text("Kept.").wait_for()
    found += looked_at(other)
    enter(other, demo, "contributor.demo")
    other.goto(demo[0] + "/staff/consultations")
    found += looked_at(other)
    go(other.get_by_role("link", name=title))
    other.get_by_label("Your comment", exact=True).fill("Toy librarians are missing.")
    go(other.get_by_role("button", name="Keep my answers"))
    other.get_by_text("Kept.").wait_for()

    page.goto(there)
    found += looked_at(page)
    go(page.get_by_role("button", name="Close it now"))
    go(page.get_by_role("link", name="Answer them"))
    found += looked_at(page)
    for answer in page.get_by_label("What was done").all():
        answer.select_option("accepted")
    go(page.get_by_role("button", name="Keep the answers"))
    page.get_by_text("2 comments in words, 0 without an answer").wait_for()
    page.goto(there)
    page.get_by_label("What came of it?").fill("One qualification is taken out.")
    go(page.get_by_role("button", name="Publish the outcome"))
    found += looked_at(page)

    other.goto(demo[0] + "/consultations")
    found += looked_at(other)
    go(other.get_by_role("link", name=title))
    assert other.get_by_text("Nobody holds this any more.").is_visible()
    found += looked_at(other)
    other.goto(link)
    assert other.get_by_text("its outcome is published").is_visible()
    assert found + looked_at(other) == []


def test_training_is_put_forward_one_question_at_a_time(demo, page):
    enter(page, demo, "editor.demo")
    page.goto(demo[0] + "/staff/propose/training")
    go(page.get_by_role("button", name="Keep and go on"))
    page.get_by_role("alert").wait_for()
    found = looked_at(page)
    page.get_by_label("What is it called?").fill("Safe play in the woods")
    page.get_by_label("Who assesses it?").fill("Line managers")
    enter_pressed(page)
    page.get_by_label("What is this part called?").fill("Day one")
    page.get_by_label("What will a learner be able to do?").fill("Light a fire\nPut it out")
    go(page.get_by_role("button", name="Keep and add another"))
    found += looked_at(page)
    go(page.get_by_role("button", name="That is all; go on"))
    page.get_by_label("Which role is it for?").fill("playworker")
    enter_pressed(page)
    page.get_by_role("heading", name="Who recognises it already?").wait_for()
    found += looked_at(page)
    go(page.get_by_role("button", name="Go on without"))
    page.get_by_role("heading", name="Where does it come from, and why?").wait_for()
    page.goto(demo[0] + "/staff/propose/placement")
    assert found + looked_at(page) == []
