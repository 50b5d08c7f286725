"""Long answers in parts: nothing is lost between the parts, and a download still holds all of it."""

import csv
import io
import re
from html import unescape

from iqf.reports.clusters import functions
from iqf.reports.coverage import coverage
from iqf.reports.sources import source


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:400]
    return unescape(response.content.decode())


def sheet(client, address):
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def pages(client, address):
    """Every page of a list, by its own links to the next."""
    while address:
        html = page(client, address)
        yield html
        after = re.search(r'<a rel="next" href="([^"]*)"', html)
        address = address.partition("?")[0] + after[1] if after else ""


def named(html):
    return re.findall(r'<li id="([^"]+)"><h3 class="thing-title">', html)


def test_every_function_stands_on_one_page(client, starter):
    every = [f.key for f in functions()]
    parts = [named(html) for html in pages(client, "/functions")]
    assert len(parts) > 2
    assert [key for part in parts for key in part] == every
    assert [row["key"] for row in sheet(client, "/functions?format=csv")] == every


def test_functions_are_narrowed_by_cluster_and_by_who_has_them(client, starter):
    every = functions()
    health = [f.key for f in every if f.cluster == "Health"]
    assert [key for html in pages(client, "/functions?cluster=Health") for key in named(html)] == health
    gaps = [f.key for f in every if not f.main]
    assert named(page(client, "/functions?work=nobody")) == gaps
    overlaps = {f.key for f in every if f.cluster == "Health" and len(f.main) > 1}
    assert set(named(page(client, "/functions?cluster=Health&work=several+roles"))) == overlaps
    rows = sheet(client, "/functions?cluster=Health&work=several+roles&format=csv")
    assert {row["key"] for row in rows} == overlaps
    assert "No function is so." in page(client, "/functions?cluster=Nowhere")


def test_a_role_leads_to_the_function_that_it_shares(client, starter):
    shared = max(functions(), key=lambda f: len(f.main) + len(f.part))
    html = page(client, f"/functions?function={shared.key}")
    assert named(html) == [shared.key]
    assert 'href="/functions">Clear filters' in html
    linked = re.findall(r'href="(/functions\?function=[^"]+)"', page(client, f"/roles/{shared.main[0].code}"))
    assert f"/functions?function={shared.key}" in linked
    assert all(named(page(client, address)) == [address.partition("=")[2]] for address in linked)


def test_coverage_by_unit_is_shown_in_pages(client, starter):
    labels = [row.label for row in coverage("common-core-2005", by="unit").rows]
    here = "/frameworks/common-core-2005/coverage?by=unit&rule=any"
    parts = [re.findall(r'<th scope="row"><a href="/units/[^"]*">([^<]*)</a>', h) for h in pages(client, here)]
    assert len(parts) > 2
    assert max(map(len, parts)) == 50
    assert [label for part in parts for label in part] == labels
    assert len({row["code"] for row in sheet(client, here + "&format=csv")}) == len(labels)


def test_what_a_source_states_is_folded_and_all_there(client, starter):
    answer = source("S4")
    html = page(client, "/sources/S4")
    folded = re.findall(r"<summary>(\d+) more (\w+)</summary>", html)
    lists = (("findings", answer.findings), ("figures", answer.figures), ("qualifications", answer.named))
    assert folded == [(str(len(stated) - 10), what) for what, stated in lists]
    for text in (*(f.statement for f in answer.findings), *(f.label for f in answer.figures)):
        assert text in html
    assert len(sheet(client, "/sources/S4?format=csv&table=figures")) == len(answer.figures)


def test_a_source_that_states_little_folds_nothing(client, starter):
    little = next(s for s in ("S6", "S7", "S8", "S9", "S10", "starter") if _states_little(s))
    assert " more " not in page(client, f"/sources/{little}").partition("<h1>")[2].partition("<footer")[0]


def _states_little(key):
    try:
        answer = source(key)
    except LookupError:
        return False
    return max(len(answer.findings), len(answer.figures), len(answer.named)) <= 10
