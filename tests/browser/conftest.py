"""A real browser on a real server, over a copy of the folder of a demo that has been started once."""

import contextlib
import os
import shutil

import pytest
from tests.browser.looking import PHONE, WIDTHS
from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write
from tests.homes import run, served, shown

PASSWORD = "a-long-enough-password"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a server over the packaged starter; it ends with the session."""
    home = copied(tmp_path_factory, "site")
    with served(home) as address:
        yield address


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A demo as it is started by hand: its address, and the password that its accounts share."""
    home = copied(tmp_path_factory, "demo")
    with served(home, demo=True) as address:
        yield address, (home / "demo_accounts.txt").read_text().strip()


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """The address of a site that staff work on: two lists were read in, the second leaves doubts; ann may do all."""
    home = copied(tmp_path_factory, "office")
    wrong = OLD | {"Qualification Ref": "EYQ-301", "Qualification Number": "60/x"}
    run(home, "ingest", "early-years", write(home / "list.csv", OLD, VARIOUS, NUMBERED, wrong), check=True)
    (home / "password").write_text(PASSWORD)
    run(home, "user", "ann", "--password-file", home / "password", check=True)
    with served(home) as address:
        yield address


def copied(factory, name):
    """A copy of the home of a demo, to change."""
    return shutil.copytree(shown(factory), factory.mktemp(name) / "home")


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium. Missing is a failure that says what to install, never a silent skip."""
    if not shutil.which(CHROMIUM):
        pytest.fail("There is no browser: install Debian's chromium (apt-get install chromium).")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(params=WIDTHS)
def page(request, browser):
    """A fresh page, on a desk and on a phone."""
    with opened(browser, request.param) as fresh:
        yield fresh


@pytest.fixture
def phone(browser):
    """A fresh page on a phone."""
    with opened(browser, PHONE) as fresh:
        yield fresh


@pytest.fixture
def other(page):
    """Another browser of the same width, in which nobody has signed in."""
    with opened(page.context.browser, page.viewport_size["width"]) as fresh:
        yield fresh


@contextlib.contextmanager
def opened(browser, width):
    """A page of a browser of its own, of a width."""
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, is_mobile=width == PHONE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def bare(browser):
    """A page with scripts turned off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
