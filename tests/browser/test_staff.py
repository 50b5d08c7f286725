"""The staff site in a real browser: served from its own folder, walked without scripts, and asked what axe finds."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright
from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

pytestmark = pytest.mark.browser

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PASSWORD = "a-long-enough-password"
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


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site served by the product itself from a folder with two imports and one member of staff."""
    folder = tmp_path_factory.mktemp("staff")
    iqf = [sys.executable, "-m", "iqf.cli.main", "--data-dir", str(folder)]
    env = {**os.environ, "IQF_HOME": str(folder), "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    (folder / "password").write_text(PASSWORD)
    wrong = OLD | {"Qualification Ref": "EYQ-301", "Qualification Number": "60/x"}
    listed = write(folder / "list.csv", OLD, VARIOUS, NUMBERED, wrong)
    for words in (["ingest", "starter"], ["ingest", "early-years", str(listed)]):
        subprocess.run([*iqf, *words], env=env, check=True, capture_output=True)
    subprocess.run([*iqf, "user", "ann", "--password-file", str(folder / "password")], env=env, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen([*iqf, "serve", "--port", str(port)], env=env, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + "/staff/sign-in", serving)
        yield address
    finally:
        serving.terminate()
        serving.wait(20)


def _wait_for(address, serving):
    for _ in range(480):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            assert serving.poll() is None, "the server ended"
            time.sleep(0.25)
        else:
            return
    pytest.fail("the server did not answer within two minutes")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


def sign_in(page, site, there="/staff"):
    page.goto(site + there)
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == site + there


def faults(page):
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    return [(page.url, fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(site, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, is_mobile=width == 375)
    page = context.new_page()
    page.goto(site + "/staff/sign-in")
    found = faults(page)
    page.get_by_role("button", name="Sign in").click()
    found += faults(page)
    sign_in(page, site)
    for address in PAGES:
        page.goto(site + address)
        found += faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()
    assert found == []


def test_works_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/staff/trail?actor=command+line")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("User name").input_value() == "ann"
    assert page.get_by_label("Password").input_value() == ""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == site + "/staff/trail?actor=command+line"
    page.get_by_label("What was done").select_option("create official link")
    page.get_by_role("button", name="Show").click()
    assert "action=create+official+link" in page.url
    page.get_by_role("link", name="Imports", exact=True).click()
    page.get_by_role("link", name="Early years qualifications list").click()
    assert page.get_by_role("heading", name="Matches proposed").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.url == site + "/"
    page.goto(site + "/staff")
    assert "/staff/sign-in" in page.url
    context.close()


def test_an_error_leads_to_its_field_by_keyboard(site, browser):
    page = browser.new_page()
    page.goto(site + "/staff/sign-in")
    page.get_by_label("Password").press("Enter")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_username"
    page.close()


def test_something_is_decided_and_undone_by_keyboard_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "/staff/inbox?kind=conflict")
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


def test_axe_finds_nothing_in_a_form_with_errors_and_in_one_to_undo(site, browser):
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    sign_in(page, site, "/staff/inbox/conflict/IQF-Q-000140:stated_status")
    page.get_by_role("button", name="Decide").click()
    found = faults(page)
    page.get_by_role("radio", name="Open to new learners").check()
    page.get_by_label("Why?").fill("The list is younger than the page.")
    page.get_by_role("button", name="Decide").click()
    found += faults(page)
    page.get_by_role("link", name="Undo this decision").click()
    found += faults(page)
    page.get_by_label("Why?").fill("To decide it again.")
    page.get_by_role("button", name="Undo").click()
    context.close()
    assert found == []
