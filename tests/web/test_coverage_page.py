"""The page of coverage: it says what was found, draws it, and leads from each number to the units behind it."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db
HERE = "/frameworks/common-core-2005/coverage"


def test_every_number_leads_to_the_units_behind_it(client, starter):
    page = client.get(f"{HERE}?by=level").content.decode()
    places = re.findall(r'<a class="cell-n" href="([^"]+)">(\d+)<', page)
    assert len(places) == 7 * 6
    there, number = next((p, n) for p, n in places if "area=CC6" in p and "row=3" in p)
    behind = client.get(html.unescape(there)).content.decode()
    assert f"{number} of 84 judged units touch it" in behind
    assert "Working together for the benefit of children and young people" in behind
    assert "machine-made" in behind


def test_the_chart_and_the_workbook_are_had_from_the_page(client, starter):
    page = client.get(f"{HERE}?by=level").content.decode()
    assert "Supporting transitions (CC4) is touched by 4 of 7 levels" in page
    assert 'src="?by=level&amp;format=svg"' in page
    chart = client.get(f"{HERE}?by=level&format=svg")
    assert (chart.headers["Content-Type"], chart.content[:5]) == ("image/svg+xml", b"<svg ")
    assert "Content-Disposition" not in chart.headers
    book = client.get(f"{HERE}?by=level&format=xlsx")
    assert book.headers["Content-Disposition"] == 'attachment; filename="coverage.xlsx"'
    refused = client.get(f"{HERE}?format=pdf")
    assert refused.status_code == 400
    assert "xlsx, svg, csv and json" in refused.content.decode()


def test_an_area_that_is_not_there_is_answered_in_a_sentence(client, starter):
    missing = client.get(f"{HERE}/units?area=CC9")
    assert missing.status_code == 404
    assert "has no area &quot;CC9&quot;" in missing.content.decode()
