"""The staff pages of the rule of inclusion: seen before it is applied, applied as seen, borderline rows decided."""

import csv
import html
import io
import re

import pytest
from tests.exchange.approved_list import ALL, approved, read
from tests.web_staff.test_pages import text_of

from iqf.catalogue import models as m
from iqf.catalogue.inclusion import rule_in_force

RULE = "/staff/inclusion"


@pytest.fixture
def list_read(starter, tmp_path):
    """A list of six rows, of which nothing was admitted yet."""
    return read(tmp_path, *ALL)


def sent(page, **changes):
    """The fields of the form on a page as a browser would send them, with some of them changed."""
    fields = {}
    for name, value in re.findall(r'<input[^>]* name="([^"]+)"(?:[^>]* value="([^"]*)")?', page):
        fields[name] = html.unescape(value)
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        fields[name] = re.search(r'value="([^"]*)" selected', options)[1]
    return fields | changes


def form(client, **changes):
    return sent(client.get(RULE).content.decode(), **changes)


def admitted():
    return set(m.Admission.objects.filter(qualification__retired_on__isnull=True).values_list("subject", flat=True))


def test_the_rule_and_what_it_would_change_are_shown_before_anything_is_written(signed_in, list_read):
    page = text_of(signed_in.get(RULE))
    assert "No rule was applied yet" in page
    assert "Enter 2" in page
    assert "Acme Level 2 Award in Working with Children 610/9001/1" in page
    assert "Admitted by the clause “Youth work”: the title says “Youth”." in page
    for clause in rule_in_force().rule.clauses:
        assert clause.words in page
    assert admitted() == set()


def test_what_was_seen_is_applied_with_its_reason(signed_in, list_read):
    response = signed_in.post(RULE, form(signed_in, do="apply", reason="first time"), follow=True)
    page = text_of(response)
    assert "Done: 2 entered." in page
    assert "Version 1 of the rule has been in force since" in page
    assert admitted() == {"61090011", "61090023"}
    assert m.InclusionRule.objects.get().by == "ann"


def test_a_form_sent_back_as_it_came_is_the_same_rule(signed_in, list_read):
    signed_in.post(RULE, form(signed_in, do="apply", reason="first time"))
    fields = form(signed_in, do="preview")
    page = text_of(signed_in.post(RULE, fields))
    assert "What applying it would change" in page
    assert "draft" not in page


def test_a_draft_is_previewed_and_then_applied(signed_in, list_read):
    signed_in.post(RULE, form(signed_in, do="apply", reason="first time"))
    clauses = rule_in_force().rule.clauses
    fields = form(signed_in, do="preview")
    children = next(n for n, c in enumerate(clauses) if c.name == "Children and young people")
    for name in ("name", "phrases"):
        fields[f"{name}-{children}"] = ""
    fields |= {f"name-{len(clauses)}": "Books", f"deed-{len(clauses)}": "admits"}
    fields[f"phrases-{len(clauses)}"] = "bookkeeping\r\nbook keeping\r\n"
    response = signed_in.post(RULE, fields)
    page = text_of(response)
    assert "A preview: nothing was changed" in page
    assert "Enter 1" in page
    assert "Leave 1" in page
    assert admitted() == {"61090011", "61090023"}
    whole = signed_in.post(RULE, sent(response.content.decode(), do="download")).content.decode("utf-8-sig")
    rows = {r["number"]: r["change"] for r in csv.DictReader(io.StringIO(whole))}
    assert rows == {"610/9005/9": "enters", "610/9001/1": "leaves", "610/9002/3": "stays", "610/9003/5": "waits"}
    refused = signed_in.post(RULE, sent(response.content.decode(), do="apply", reason=""))
    assert refused.status_code == 422
    assert "Say why, in one sentence" in refused.content.decode()
    assert admitted() == {"61090011", "61090023"}
    done = signed_in.post(RULE, sent(response.content.decode(), do="apply", reason="books"), follow=True)
    assert "Done: 1 entered, 1 left." in text_of(done)
    assert admitted() == {"61090059", "61090023"}
    assert [c.name for c in rule_in_force().rule.clauses][-1] == "Books"


def test_what_was_not_seen_is_not_applied(signed_in, list_read, tmp_path):
    fields = form(signed_in, do="apply", reason="first time")
    for changed in ({"seen": ""}, {"phrases-4": "zebra"}):
        response = signed_in.post(RULE, fields | changed)
        assert response.status_code == 422
        assert "have changed since this was shown" in response.content.decode()
    read(tmp_path, *ALL, approved("61090061", "Award in Playwork"), name="more.csv")
    response = signed_in.post(RULE, fields)
    assert response.status_code == 422
    assert "Award in Playwork" in response.content.decode()
    assert admitted() == set()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name-0": ""}, "A clause has no name"),
        ({"deed-0": "welcomes"}, "a clause refuses, admits or asks"),
        ({"name-1": "Early years"}, "Two clauses are called"),
        ({"phrases-4": "…"}, "in which there is no word"),
    ],
)
def test_a_wrong_rule_comes_back_with_a_sentence(signed_in, list_read, changes, said):
    response = signed_in.post(RULE, form(signed_in, do="apply", reason="x") | changes)
    assert response.status_code == 422
    assert said in html.unescape(response.content.decode())
    assert "There is a problem" in response.content.decode()
    assert admitted() == set()


def test_the_list_can_be_taken_away(signed_in, list_read):
    text = signed_in.get(RULE, {"format": "csv"}).content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 3


def test_rows_that_wait_are_in_the_inbox(signed_in, list_read):
    assert 'href="/staff/inbox?kind=inclusion"' in signed_in.get(RULE).content.decode()
    page = text_of(signed_in.get("/staff/inbox?kind=inclusion"))
    assert "Diploma in Health and Social Care" in page
    assert "610/9003/5" in page
    assert "the title says “Health and Social Care” and the subject area is Health and social care." in page
    assert "Borderline rows (1)" in page


def test_the_trail_tells_it(signed_in, list_read):
    signed_in.post(RULE, form(signed_in, do="apply", reason="first time"))
    page = text_of(signed_in.get("/staff/trail"))
    assert "Created qualification" in page
    assert "Applied rule" in text_of(signed_in.get("/staff/trail", {"action": "apply rule"}))
