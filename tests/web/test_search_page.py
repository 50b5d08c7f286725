"""The page of a search: one address for each search, filters that say what they cost, and a way out of each."""

import csv
import io
import re
from html import unescape

import pytest

from iqf.accounts.actions import audit, create_user, join
from iqf.snapshot import ensure_current, renewing


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:400]
    return unescape(response.content.decode())


def found(html):
    return int(re.search(r"<strong>(\d+) found</strong>", html)[1])


def chips(html):
    return re.findall(r'<a href="([^"]*)"><span class="visually-hidden">Remove </span>([^<]*)</a>', html)


def counts(html, name):
    """The values of a filter with their counts, as the page has them."""
    boxes = re.findall(rf'name="{name}" value="([^"]*)"[^>]*>\s*<label[^>]*>[^<]*<span class="muted">\((\d+)\)', html)
    return {value: int(number) for value, number in boxes}


def test_several_values_of_a_filter_add_up(client, starter):
    whole = page(client, "/search?q=play&type=qualification")
    levels = counts(whole, "level")
    both = page(client, "/search?q=play&type=qualification&level=2&level=3")
    assert found(both) == levels["2"] + levels["3"] > levels["2"] > 0
    assert counts(both, "level") == levels, "a filter's own values are counted without it"


def test_each_chip_takes_itself_out(client, starter):
    html = page(client, "/search?q=play&level=3&level=2&type=qualification")
    assert [label for _, label in chips(html)] == ["What it is: Qualification", "Level: Level 2", "Level: Level 3"]
    for address, label in chips(html):
        without = page(client, address)
        assert label not in [other for _, other in chips(without)]
        assert found(without) >= found(html) or "Level" in label


def test_any_order_and_old_addresses_lead_to_one_address(client, starter):
    wanted = "q=play&type=qualification&level=2&level=3&available_on=2026-11-21&scheme=mapping-2005"
    for address in (
        wanted,
        "scheme=mapping-2005&level=3&available_on=2026-11-21&kind=&type=qualification&q=+play++&level=L2",
    ):
        html = page(client, f"/search?{address}")
        assert f"?{wanted}&format=csv" in html


def test_what_nothing_is_found_with_says_which_filter_to_drop(client, starter):
    html = page(client, "/search?q=playworker&type=role&level=8")
    assert found(html) == 0
    (address, total) = re.search(r'<a href="([^"]*)">Without “Level” there are (\d+)</a>', html).groups()
    assert found(page(client, address)) == int(total) > 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("level=99", "There is no level"),
        ("available_on=31/02/2024", "is not a date; write it like 2026-11-21."),
        ("role=astronaut", 'There is no role "astronaut"'),
        ("scheme=sectors-1066", "There is no scheme"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(client, starter, asked, said):
    response = client.get(f"/search?{asked}")
    assert response.status_code == 400
    assert said in unescape(response.content.decode())


def test_on_a_date_what_cannot_be_said_stays_apart(client, starter):
    html = page(client, "/search?type=qualification&available_on=2026-11-21")
    verdicts = counts(html, "available")
    assert found(html) == verdicts["yes"] > 0
    assert "On 21 November 2026: Can be started then" in [label for _, label in chips(html)]
    apart = page(client, "/search?type=qualification&available_on=2026-11-21&available=cannot+say")
    assert found(apart) == verdicts.get("cannot say", 0)
    whole = page(client, "/search?type=qualification")
    assert found(whole) == sum(verdicts.values())


def test_clusters_of_the_chosen_scheme(client, starter):
    html = page(client, "/search?type=role&scheme=mapping-2005")
    assert counts(html, "cluster")
    assert all(value.startswith("mapping-2005:") for value in counts(html, "cluster"))


def test_a_role_by_any_name_and_its_chip_by_title(client, starter):
    html = page(client, "/search?role=nursery-nurse&type=qualification")
    assert "Role that it serves: Nursery nurse" in [label for _, label in chips(html)]
    assert found(html) > 0


def test_the_download_holds_what_was_narrowed(client, starter):
    html = page(client, "/search?q=play&level=3&type=unit")
    sheet = client.get("/search?q=play&level=3&type=unit&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert len(rows) == found(html)
    assert {row["type"] for row in rows} == {"unit"}


def test_a_newer_generation_is_a_newer_page(client, starter, settings, monkeypatch):
    """A page shown while the snapshot was behind is not kept once it has caught up, though the data are the same."""
    ensure_current()
    audit(by="tests", action="change nothing", subject="test", before={}, after={})
    settings.IQF_STALE_SECONDS = 600
    monkeypatch.setattr(renewing, "start_builder", lambda folder: True)
    tag = client.get("/search?q=play").headers["ETag"]
    ensure_current()
    assert client.get("/search?q=play", headers={"if-none-match": tag}).status_code == 200


BEHIND = "Changes of the last minute are not found yet"


def test_only_what_search_holds_is_said_to_be_missing(client, starter, settings, monkeypatch):
    """A new sign-in is nothing that could be found; a new title is, until the next generation is there."""
    ensure_current()
    settings.IQF_STALE_SECONDS = 600
    builders = []
    monkeypatch.setattr(renewing, "start_builder", builders.append)
    create_user(by="tests", username="ada", password="a long one, for tests")
    join(by="tests", username="ada", body="NCFE", role="editor")
    assert BEHIND not in page(client, "/search?q=play")
    assert not builders
    audit(by="tests", action="change role", subject="IQF-R-000001", before={}, after={})
    assert BEHIND in page(client, "/search?q=play")
    assert len(builders) == 1
    ensure_current()
    assert BEHIND not in page(client, "/search?q=play")
