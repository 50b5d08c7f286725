"""A spreadsheet walked through in a real browser: taken away, changed, handed in, marked, sent; and by a link."""

import csv
import re
from pathlib import Path

import openpyxl
from tests.browser.looking import looked_at
from tests.browser.test_staff import sign_in


def changed(path, tier, heading="tier"):
    """The workbook with the tier of the playworker changed."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 2).value == "Playworker")
    sheet.cell(row, names.index(heading) + 1).value = tier
    book.save(path)
    return path


def taken(page, kind, name, folder):
    with page.expect_download() as coming:
        page.get_by_role(kind, name=name).click()
    path = Path(folder) / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def test_staff_take_a_sheet_away_and_send_it(page, office, tmp_path):
    sign_in(page, office, "/staff/sheets")
    assert looked_at(page) == []
    page.get_by_role("link", name="Roles", exact=True).last.click()
    assert looked_at(page) == []
    path = taken(page, "button", "Download for Excel", tmp_path)
    page.get_by_label("The spreadsheet").set_input_files(changed(path, "middling"))
    page.get_by_role("button", name="Show what it would change").click()
    assert "Rows with something wrong" in page.inner_text("main")
    assert looked_at(page) == []
    copy = taken(page, "link", "Take away a copy", tmp_path)
    lines = openpyxl.load_workbook(copy).worksheets[0].iter_rows(min_row=2)
    assert len([cell for line in lines for cell in line if cell.comment]) == 1
    page.get_by_label("The corrected spreadsheet").set_input_files(changed(copy, "specialist"))
    page.get_by_role("button", name="Show what it would change").click()
    assert re.search(r"To change\s+1", page.inner_text("main"))
    page.get_by_label("Why").fill("The body says so.")
    page.get_by_role("button", name="Send to the reviewers").click()
    assert "Say where this comes from" in page.inner_text(".error-summary")
    assert page.get_by_label("Why").input_value() == "The body says so."
    assert looked_at(page) == []
    page.get_by_label("Source", exact=True).fill("Report of the body")
    page.get_by_role("button", name="Send to the reviewers").click()
    assert re.search(r"/staff/proposals/\d+\?done=submit$", page.url)


def test_an_organisation_without_an_account_sends_one_by_a_link(page, office, browser, tmp_path):
    sign_in(page, office, "/staff/sheets/links")
    assert looked_at(page) == []
    page.get_by_label("For which organisation").fill("Play for All")
    page.get_by_label("Which rows it is to send").select_option("role")
    page.get_by_label("Only those of one thing").fill("playworker")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("The link").input_value()
    assert looked_at(page) == []
    guest = browser.new_context(viewport=page.viewport_size, java_script_enabled=False).new_page()
    guest.goto(address)
    path = Path(tmp_path) / "roles.csv"
    text = guest.request.get(f"{address}/sheet?format=csv").text().removeprefix("\ufeff")
    lines = list(csv.reader(text.splitlines()))
    lines[1][lines[0].index("status note")] = "Seen by the body."
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    guest.get_by_label("Your spreadsheet").set_input_files(path)
    guest.get_by_role("button", name="Show what it would change").click()
    assert re.search(r"To change\s+1", guest.inner_text("main"))
    guest.get_by_label("Why").fill("We know this work.")
    guest.get_by_label("Source", exact=True).fill("Our own records")
    guest.get_by_role("button", name="Send to the reviewers").click()
    assert "Thank you: your spreadsheet was sent" in guest.inner_text("h1")
    assert guest.context.cookies() == []
    guest.goto(address)
    assert "was used on" in guest.inner_text("main")
