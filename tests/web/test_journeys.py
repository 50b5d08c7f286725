"""Two people find what they came for, by the links on the pages alone."""

import html
import re


def links(response):
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', response.content.decode(), flags=re.DOTALL)
    return {html.unescape(re.sub(r"<[^>]+>", "", words)).strip(): html.unescape(address) for address, words in found}


def text(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_a_playworkers_manager_finds_what_a_youth_worker_needs(client):
    home = client.get("/")
    assert 'action="/search"' in home.content.decode()
    found = client.get("/search?q=youth+worker")
    role = client.get(links(found)["Youth worker"])
    said = text(role)
    assert "Nothing is set for starting in this job." in said
    assert "It is possible to work without a recognised qualification" in said
    assert "JNC-recognised BA (Hons) or postgraduate qualification in Youth Work" in said
    assert "Level 3 Diploma in Youth Work Practice" in said


def test_from_playworker_the_way_to_youth_worker_is_on_the_page(client):
    role = client.get("/roles/IQF-R-000008")
    onward = text(role)[text(role).index("What people do next") :]
    assert "Youth worker" in onward[:600]


def test_a_nursery_manager_finds_whether_the_diploma_counted_in_2011(client):
    found = client.get("/search?q=City+Guilds+Level+3+Diploma+Children+and+Young+People%27s+Workforce")
    wanted = next(
        v for k, v in links(found).items() if k.startswith("City & Guilds Level 3 Diploma for the Children")
    )
    page = client.get(f"{wanted}?begun=2011")
    said = text(page)
    assert "Did it count when I began it in 2011?" in said
    assert "from 2010 until September 2014" in said


def test_what_was_typed_is_kept_when_something_is_wrong(client):
    response = client.get("/check?held=U-SHC34%0Anonsense&for=childminder")
    page = response.content.decode()
    assert response.status_code == 400
    assert "nonsense</textarea>" in page
    assert "Line 2: there is no unit or qualification called “nonsense”." in page
    assert "on a line of its own" not in page
    assert "on a line of its own" in text(client.get("/check?held=U-SHC34, U-SHC31&for=childminder"))
    assert 'class="error-summary"' in page


def test_a_verdict_is_given_with_what_is_missing(client):
    said = text(client.get("/check?held=500/9170/0&for=childminder"))
    assert "Not met" in said
    assert "Paediatric First Aid" in said


def test_the_scheme_is_switched_with_one_click(client):
    page = client.get("/clusters")
    switched = client.get("/clusters" + links(page)["Workforce clusters in the 2005 mapping"])
    assert "Playwork" in text(switched)


def test_search_that_finds_nothing_helps(client):
    said = text(client.get("/search?q=zzzqqq"))
    assert "Nothing is called “zzzqqq”" in said
    assert "Or look through all roles" in said
