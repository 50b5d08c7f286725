"""Proposals as staff write, send, read and judge them."""

import html
import json
import re

import pytest
from django.test import Client
from django.utils.http import urlencode

from iqf.accounts.actions import create_user
from iqf.catalogue.editable.entities import ALL, ENTITIES
from iqf.catalogue.editable.rows import cells_of, key_of, standing
from iqf.catalogue.models import GroupUnit
from iqf.catalogue.queries import find
from iqf.review.models import Proposal

CASE = {"reason": "The sector body says so.", "source_title": "Report of the sector body", "certainty": "page"}


@pytest.fixture
def author(starter, client):
    create_user(by="tests", username="ann", password="correct horse", is_staff=True)
    client.login(username="ann", password="correct horse")
    return client


@pytest.fixture
def reviewer(starter):
    create_user(by="tests", username="rita", password="correct horse", is_staff=True)
    client = Client()
    client.login(username="rita", password="correct horse")
    return client


def text_of(response):
    """The words of a page, whatever its status."""
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S))
    return " ".join(html.unescape(words).split())


def row_typed(entity, row=None, **typed):
    """What a browser sends for the form of a row, with some of it typed anew."""
    cells = cells_of(entity, row) if row is not None else dict.fromkeys(entity.names, "")
    columns = entity.own if row is not None else entity.columns
    base = {c.name: cells[c.name] if row is not None else "" for c in columns}
    return {f"row-{k}": v for k, v in {**base, **typed, "base": json.dumps(base)}.items()}


def proposed(client, **typed):
    role = find("playworker", ["role"])
    typed = row_typed(ENTITIES["role"], role, **typed)
    return client.post(f"/staff/proposals/new?entity=role&code={role.code}", {**typed, **CASE, "do": "send"})


def test_a_change_is_proposed_read_accepted_and_shown(author, reviewer):
    answer = proposed(author, tier="specialist")
    assert answer.status_code == 302
    held = Proposal.objects.get()
    assert (held.state, held.title) == ("waiting", "Playworker: tier")
    page = text_of(reviewer.get(f"/staff/proposals/{held.pk}"))
    assert "universal" in page
    assert "specialist" in page
    typed = {
        "act": "accept",
        "text": "Agreed.",
        "version": held.version,
        "c0-tier": "specialist",
        "s0-tier": "universal",
    }
    assert reviewer.post(f"/staff/proposals/{held.pk}", typed).status_code == 302
    assert find("playworker", ["role"]).tier == "specialist"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(author):
    answer = proposed(author, status_from="31/02/2024", description="Kept while it is wrong.")
    page = text_of(answer)
    assert answer.status_code == 422
    assert '"31/02/2024" is not a date' in page
    assert "Kept while it is wrong." in page
    assert "The sector body says so." in page
    assert not Proposal.objects.exists()


def test_nothing_changed_is_nothing_proposed(author):
    answer = proposed(author)
    assert answer.status_code == 422
    assert "Nothing is different" in text_of(answer)


def test_a_draft_is_its_authors_alone(author, reviewer):
    role = find("playworker", ["role"])
    typed = row_typed(ENTITIES["role"], role, tier="specialist")
    author.post(f"/staff/proposals/new?entity=role&code={role.code}", {**typed, **CASE, "do": "keep"})
    held = Proposal.objects.get()
    assert held.state == "draft"
    assert reviewer.get(f"/staff/proposals/{held.pk}").status_code == 404
    assert "Playworker: tier" not in text_of(reviewer.get("/staff/proposals?state=draft"))
    assert "Playworker: tier" in text_of(author.get("/staff/proposals?mine=yes"))


def test_several_changes_travel_together_and_speak_of_what_is_new(author, reviewer):
    typed = row_typed(ENTITIES["role"], title="Family navigator", tier="targeted")
    author.post("/staff/proposals/new?entity=role", {**typed, **CASE, "do": "keep"})
    held = Proposal.objects.get()
    needed = find("Q001", ["qualification"])
    typed = row_typed(ENTITIES["requirement"], role="new-1", qualification="Q001", strength="significant")
    answer = author.post(f"/staff/proposals/{held.pk}/add?entity=requirement", typed)
    assert answer.status_code == 302, text_of(answer)
    page = text_of(author.get(f"/staff/proposals/{held.pk}"))
    assert "Family navigator" in page
    assert needed.title in page
    held.refresh_from_db()
    author.post(f"/staff/proposals/{held.pk}", {"act": "submit", "version": held.version})
    held.refresh_from_db()
    reviewer.post(f"/staff/proposals/{held.pk}", {"act": "accept", "text": "Good.", "version": held.version})
    role = find("Family navigator", ["role"])
    assert [r.qualification for r in role.requirements.all()] == [needed]


def test_a_change_in_a_draft_is_written_again_or_taken_out(author):
    role = find("playworker", ["role"])
    typed = row_typed(ENTITIES["role"], role, tier="specialist")
    author.post(f"/staff/proposals/new?entity=role&code={role.code}", {**typed, **CASE, "do": "keep"})
    held = Proposal.objects.get()
    page = author.get(f"/staff/proposals/{held.pk}/change/0")
    assert '<option value="specialist" selected>' in page.content.decode()
    author.post(f"/staff/proposals/{held.pk}/change/0", row_typed(ENTITIES["role"], role, tier="targeted"))
    assert held.changes.get().wanted == {"tier": "targeted"}
    author.post(f"/staff/proposals/{held.pk}/change/0", {"do": "remove"})
    assert not held.changes.exists()


def test_nobody_is_offered_to_judge_their_own_work(author):
    proposed(author, tier="specialist")
    held = Proposal.objects.get()
    assert "Your decision" not in text_of(author.get(f"/staff/proposals/{held.pk}"))
    answer = author.post(f"/staff/proposals/{held.pk}", {"act": "accept", "text": "Mine.", "version": held.version})
    assert "Nobody reviews what they proposed themselves" in text_of(answer)
    assert find("playworker", ["role"]).tier == "universal"


def test_what_was_changed_meanwhile_is_shown_and_settled_by_the_reviewer(author, reviewer):
    proposed(author, tier="specialist")
    proposed(author, tier="targeted")
    first, second = Proposal.objects.order_by("pk")
    reviewer.post(f"/staff/proposals/{first.pk}", {"act": "accept", "text": "Yes.", "version": first.version})
    page = text_of(reviewer.get(f"/staff/proposals/{second.pk}"))
    assert "say which it is to be" in page
    answer = reviewer.post(
        f"/staff/proposals/{second.pk}", {"act": "accept", "text": "Yes.", "version": second.version}
    )
    assert answer.status_code == 422
    settled = {
        "c0-tier": "targeted",
        "s0-tier": "specialist",
        "act": "accept",
        "text": "The later.",
        "version": second.version,
    }
    assert reviewer.post(f"/staff/proposals/{second.pk}", settled).status_code == 302
    assert find("playworker", ["role"]).tier == "targeted"


def test_a_rule_is_written_again_on_one_page(author, reviewer):
    member = GroupUnit.objects.filter(retired_on=None).select_related("group__qualification", "unit").first()
    qualification = member.group.qualification
    address = f"/staff/proposals/rule/{qualification.code}"
    page = author.get(address).content.decode()
    typed = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', page):
        typed[name] = value
    for name, inner in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        typed[name] = inner
    for name, inner in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        typed[name] = chosen[1] if chosen else ""
    typed = {name: html.unescape(value) for name, value in typed.items()}
    typed.pop("csrfmiddlewaretoken", None)
    same = author.post(address, {**typed, **CASE, "do": "send"})
    assert "Nothing is different" in text_of(same)
    units = next(k for k, v in typed.items() if k.endswith("-units") and member.unit.code in v)
    kept = [line for line in typed[units].splitlines() if member.unit.code not in line]
    answer = author.post(address, {**typed, **CASE, units: "\n".join(kept), "do": "send"})
    assert answer.status_code == 302, text_of(answer)
    held = Proposal.objects.get()
    assert [(c.entity, c.act) for c in held.changes.all()] == [("rule unit", "retire")]
    page = text_of(reviewer.get(f"/staff/proposals/{held.pk}"))
    assert "The rule of" in page
    wrong = author.post(address, {**typed, **CASE, units: "no such unit", "do": "send"})
    assert wrong.status_code == 422
    assert "no such unit" in text_of(wrong)


@pytest.mark.parametrize("entity", ALL, ids=lambda e: e.kind)
def test_every_kind_of_row_has_its_form(author, entity):
    assert author.get("/staff/proposals/new", {"entity": entity.kind}).status_code == 200
    row = standing(entity).first()
    if row is not None:
        named = {**key_of(entity, row), "entity": entity.kind, "row": "1"}
        page = author.get("/staff/proposals/new", named)
        assert page.status_code == 200
        assert "Propose a change" in text_of(page)
        retire = author.post(f"/staff/proposals/new?{urlencode({**named, 'act': 'retire'})}", {**CASE, "do": "send"})
        assert retire.status_code == 302, text_of(retire)
        assert Proposal.objects.get().changes.get().act == "retire"


@pytest.mark.parametrize(
    "address", ["new?entity=role&code=nobody", "99", "99/add", "99/case", "99/change/0", "rule/nobody"]
)
def test_what_is_not_there_is_said(author, address):
    assert author.get(f"/staff/proposals/{address}").status_code == 404


def test_a_form_of_nonsense_is_answered(author):
    role = find("playworker", ["role"])
    typed = {"row-base": "not json", "row-tier": "specialist", "row-title": role.title, **CASE}
    assert author.post(f"/staff/proposals/new?entity=role&code={role.code}", typed).status_code in (302, 422)
    assert author.get("/staff/proposals/new?entity=throne").status_code == 200
    assert author.get("/staff/proposals?state=nonsense&entity=x&words=x").status_code == 200
