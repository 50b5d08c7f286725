"""How the product is to be: more than lists, in plain words, one word for one thing."""

import re

import pytest
from tests.exchange import approved_list
from tests.reports import by_hand

from iqf.catalogue import models as m
from iqf.catalogue.inclusion import rule_in_force

pytestmark = pytest.mark.django_db
PAGES = ("/", "/roles/playworker", "/qualifications/Q001", "/units/U-SHC31", "/clusters", "/levels", "/sources")


def test_r109_more_than_lists(page, client, iqf):
    found = client.get("/search?q=playworker").content.decode()
    address = re.search(r'class="thing-title" href="(/roles/[^"]+)"', found)[1]
    words = page(address)
    assert "If you come from another profession" in words
    assert "Qualifications for this role" in words
    assert "next" in words
    assert "/compare" in client.get(address, follow=True).content.decode()
    assert "Playworker" in iqf("search", "playworker").out


def test_r110_every_page_leads_everywhere(client, page, iqf):
    for address in PAGES:
        text = client.get(address, follow=True).content.decode()
        assert 'href="#' in text
        for target in ("/roles", "/qualifications", "/units", "/frameworks", "/clusters", "/levels", "/compare"):
            assert f'href="{target}"' in text, (address, target)
        assert 'action="/search"' in text
    assert "What do you want to do?" in page("/")


def test_r111_plain_words(page, iqf):
    assert "A level says how hard the learning is, not how long it takes and not how good a person is." in page(
        "/levels"
    )
    for row in by_hand.table("additions/role_extras"):
        assert row["plain_explanation"]
    assert "steps in only when needed" in iqf("show", "playworker").out


def test_r112_one_word_for_each_level_and_role(page, iqf):
    titles = list(m.Role.objects.values_list("title", flat=True))
    assert len({t.casefold() for t in titles}) == len(titles)
    for address in ("/levels", "/clusters", "/qualifications", "/units"):
        assert "Level 3" in page(address)
    by_any = {iqf("search", "--level", text, "--json", "diploma").answer["total"] for text in ("3", "L3", "Level 3")}
    assert len(by_any) == 1


def test_r113_titles_that_say_what_a_person_does(page, iqf):
    assert not m.Role.objects.filter(description="").exists()
    assert not m.Role.objects.filter(explanation="").exists()
    assert "Creates and supervises opportunities for children's play" in page("/roles/playworker")
    assert "What it is" in iqf("show", "playworker").out


def test_r114_when_a_source_was_read(page):
    words = page("/sources/starter")
    assert re.search(r"\b20\d\d\b", words)
    assert "6586" in words or "6,586" in words


def test_r116_a_stated_rule_for_what_is_included(page):
    role_rule = "A role is included when a source names it, or when a qualification that is held points to it."
    assert role_rule in page("/decisions/open-R137-the-boundary-of-the-workforce")
    assert "A narrower rule" in page("/decisions/house-what-is-included")
    training = page("/decisions/open-R129-whether-endorsed-training-is-included")
    assert "The framework includes it only where a role or a source points to it." in training


def test_r116_r137_the_rule_is_data_that_staff_change(page, iqf):
    """Every clause of the rule stands on the decision's page and in the command's answer, word for word."""
    words, said = page("/decisions/house-what-is-included"), iqf("inclusion").out
    clauses = rule_in_force().rule.clauses
    assert {c.deed for c in clauses} == {"admits", "asks", "refuses"}
    for clause in clauses:
        assert clause.words in words
        assert clause.words in said


def test_r137_the_boundary_and_who_may_change_it(page, iqf, tmp_path):
    assert "a rule that staff may change" in page("/decisions/open-R137-the-boundary-of-the-workforce")
    assert "It was not applied to these data yet." in page("/decisions/house-what-is-included")
    approved_list.read(tmp_path, *approved_list.ALL)
    assert iqf("inclusion", "--apply", "--reason", "the shipped boundary").status == 0
    words = page("/decisions/house-what-is-included")
    assert "the shipped boundary" in words
    assert "2 of the qualifications here were admitted from official lists: 2 by the rule." in words
    assert "Admitted by the clause “Youth work”: the title says “Youth”." in page("/qualifications/610/9002/3")
    assert iqf("refuse", "610/9002/3", "--reason", "not ours").status == 0
    assert "Refused by a reviewer: not ours" in page("/qualifications/610/9002/3")


def test_r121_what_is_shared_and_what_is_a_sectors_own(page, iqf):
    answer = iqf("overlap", "Q001", "Q032", "--json").answer
    assert answer["only_a"]
    assert answer["only_b"]
    words = page("/compare?a=Q001&b=Q032")
    assert "Only in the first" in words
    assert "Only in the second" in words
    assert "107 of 346 units" in page("/units?shared=in one qualification")


def test_r123_what_it_does_for_you(page):
    for address in ("/", "/about"):
        words = page(address)
        for reader in (
            "If you work with children, or manage somebody who does",
            "If you plan training for an authority",
            "If you map units to a framework",
            "If you analyse policy",
            "If you build software",
        ):
            assert reader in words


def test_r124_the_wishes_of_young_people(page, iqf):
    wishes = [
        s["title"] for s in by_hand.table("documents/framework_statements") if s["framework_id"] == "young-voice-2008"
    ]
    assert len(wishes) == 6
    for words in (page("/frameworks/young-voice-2008"), iqf("show", "young-voice-2008").out):
        assert all(wish in words for wish in wishes)
    assert "Children and young people want staff who are honest, fair" in page("/sources/S4")
