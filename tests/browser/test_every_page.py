"""Every page template in a real browser: axe finds nothing, nothing runs off the side, paper is short."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.places import PAGES, PROBLEMS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PRINTED = (
    "/roles/IQF-R-000008",
    "/roles/IQF-R-000015",
    "/roles/IQF-R-000045",
    "/roles/IQF-R-000148",
    "/qualifications/IQF-Q-000001?begun=2011",
    "/qualifications/IQF-Q-000002",
    "/qualifications/IQF-Q-000140",
)


@pytest.mark.parametrize("address", [*PAGES, *(address for address, _ in PROBLEMS)])
def test_axe_finds_nothing_and_nothing_overflows(site, page, address):
    page.goto(f"{site}{address}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"][:200], len(v["nodes"])) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize("address", ["/", "/roles/IQF-R-000008", "/clusters", "/frameworks/common-core-2005"])
def test_axe_finds_nothing_in_the_dark(site, page, address):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}{address}")
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


@pytest.mark.parametrize("address", PRINTED)
def test_a_role_or_qualification_prints_on_two_sides(site, browser, address):
    page = browser.new_page()
    page.goto(f"{site}{address}")
    sides = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    page.close()
    assert 1 <= sides <= 2
