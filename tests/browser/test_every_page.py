"""Every page template in a real browser: axe finds nothing, nothing runs off the side, paper is short."""

import re

import pytest
from tests.browser.conftest import opened
from tests.browser.looking import PHONE, faults, looked_at_both
from tests.web.places import PAGES, PROBLEMS

PRINTED = (
    "/roles/IQF-R-000008",
    "/roles/IQF-R-000015",
    "/roles/IQF-R-000045",
    "/roles/IQF-R-000148",
    "/qualifications/IQF-Q-000001?begun=2011",
    "/qualifications/IQF-Q-000002",
    "/qualifications/IQF-Q-000140",
)
ONE_SIDE = (
    "/roles/IQF-R-000045/advice",
    "/roles/teaching-assistant/advice?held=500/9170/0",
    "/routes?from=playworker&to=youth-worker",
)


@pytest.fixture(scope="module")
def reader(browser):
    """One browser that goes from page to page, as a reader does: to open one for each page is dear."""
    with opened(browser, PHONE) as page:
        yield page


@pytest.mark.parametrize("address", [*PAGES, *(address for address, _ in PROBLEMS)])
def test_axe_finds_nothing_and_nothing_overflows(site, reader, address):
    reader.set_viewport_size({"width": PHONE, "height": 900})
    reader.goto(f"{site}{address}")
    assert looked_at_both(reader) == []


@pytest.mark.parametrize("address", ["/", "/roles/IQF-R-000008", "/clusters", "/frameworks/common-core-2005"])
def test_axe_finds_nothing_in_the_dark(site, phone, address):
    phone.emulate_media(color_scheme="dark")
    phone.goto(f"{site}{address}")
    assert faults(phone) == []


@pytest.mark.parametrize(("address", "most"), [*((each, 2) for each in PRINTED), *((each, 1) for each in ONE_SIDE)])
def test_what_is_printed_stays_short(site, browser, address, most):
    page = browser.new_page()
    page.goto(f"{site}{address}")
    sides = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    page.close()
    assert 1 <= sides <= most
