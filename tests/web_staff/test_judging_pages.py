"""Judging in the staff pages: a batch made, units judged at the desk, differences settled, the batch accepted."""

import html

import pytest
from tests.mapping.judging_world import alignments, framework, given, open_batch, person, unjudged

from iqf.mapping import queries
from iqf.mapping.models import ADJUDICATE, Assignment, Batch, Judgement

HERE = "/staff/judging"


@pytest.fixture
def people(member):
    """A reviewer and two contributors, by name."""
    return {
        name: member(name, role)
        for name, role in (("rita", "reviewer"), ("cato", "contributor"), ("dora", "contributor"))
    }


@pytest.fixture
def batch(people):
    """Two units that Cato and Dora are to judge."""
    return open_batch(unjudged(2), [person("Cato"), person("Dora")])


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def hand_in(client, user, batch, unit, follow=False, **fields):
    """One unit judged at the desk: v_CC1="2", …"""
    client.force_login(user)
    mine = Assignment.objects.get(unit__batch=batch, unit__unit=unit, rater__user=user.username)
    data = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(
        f"{HERE}/{batch.key}/desk/{mine.pk}", {"seen": mine.draft_version, "do": "hand-in", **data}, follow=follow
    )


def test_a_batch_is_made_and_its_raters_find_it(client, people):
    client.force_login(people["rita"])
    said = {
        "title": "First units",
        "framework": "common-core-2005",
        "depth": "areas",
        "policy": "double",
        "which": "unjudged",
        "most": "3",
        "raters": ["cato", "dora"],
    }
    made = client.post(f"{HERE}/new", said, follow=True)
    assert "Open. Its raters find it under Judging." in text(made)
    batch = Batch.objects.get()
    assert (batch.units.count(), batch.state) == (3, "open")
    client.force_login(people["cato"])
    assert "First units" in text(client.get(HERE))
    assert "0 of 3 units handed in" in text(client.get(HERE))


def test_what_is_missing_in_a_new_batch_is_said_and_nothing_typed_is_lost(client, people):
    client.force_login(people["rita"])
    said = {"title": "First", "framework": "common-core-2005", "depth": "areas", "policy": "double", "most": "3"}
    few = client.post(f"{HERE}/new", {**said, "which": "unjudged", "raters": ["cato"]})
    assert few.status_code == 400
    assert "A double batch needs 2 raters; 1 given." in text(few)
    assert 'value="First"' in text(few)
    named = client.post(
        f"{HERE}/new", {**said, "which": "named", "named": "no such unit", "raters": ["cato", "dora"]}
    )
    assert 'There is no unit or qualification called "no such unit"' in text(named)
    assert not Batch.objects.exists()


def test_a_qualification_stands_for_all_its_units(client, people):
    client.force_login(people["rita"])
    said = {
        "title": "One diploma",
        "framework": "common-core-2005",
        "depth": "areas",
        "policy": "single",
        "most": "500",
    }
    client.post(f"{HERE}/new", {**said, "which": "named", "named": "500/9170/0\nU-SHC31", "raters": ["cato"]})
    assert Batch.objects.get().units.count() > 10


def test_the_desk_shows_the_unit_and_keeps_what_is_entered(client, people, batch):
    client.force_login(people["cato"])
    unit = unjudged(2)[0]
    page = client.get(f"{HERE}/{batch.key}/desk")
    assert unit.title in text(page)
    assert "Unit 1 of 2" in text(page)
    assert "Judge what the unit says, not what a good teacher would add to it." in text(page)
    assert "Building rapport, trust and positive relationships" in text(page)
    assert "/frameworks/common-core-2005/evidence/CC1" in text(page)
    mine = given(batch, person("Cato"), unit)
    kept = client.post(
        f"{HERE}/{batch.key}/desk/{mine.pk}",
        {"seen": 0, "do": "keep", "v-CC1": "2", "r-CC1": "It is about talking", "doubt": "1"},
        headers={"Accept": "application/json"},
    )
    assert kept.json() == {"version": 1}
    assert not Judgement.objects.exists()
    again = text(client.get(f"{HERE}/{batch.key}/desk/{mine.pk}"))
    assert "It is about talking" in again
    late = client.post(
        f"{HERE}/{batch.key}/desk/{mine.pk}", {"seen": 0, "v-CC1": "0"}, headers={"Accept": "application/json"}
    )
    assert late.status_code == 409
    assert "changed in another window" in late.json()["problem"]


def test_a_quotation_must_stand_in_the_unit_and_what_was_typed_stays(client, people, batch):
    unit = unjudged(2)[0]
    wrong = hand_in(client, people["cato"], batch, unit, v_CC1="2", q_CC1="words that are not there")
    assert wrong.status_code == 400
    assert '"words that are not there" does not stand in this unit' in text(wrong)
    assert 'value="words that are not there"' in text(wrong)
    words = unit.title.split()
    assert (
        hand_in(client, people["cato"], batch, unit, v_CC1="2", q_CC1=" ".join(words[:3]).upper()).status_code == 302
    )
    row = Judgement.objects.get(statement__code="CC1")
    assert (row.quoted_from, row.quoted_at) == ("title", 0)


def test_handed_in_leads_to_the_next_and_can_be_taken_back(client, people, batch):
    first, second = unjudged(2)
    page = hand_in(client, people["cato"], batch, first, follow=True, v_CC1="1", x_CC1="2")
    assert second.title in text(page)
    assert "Handed in." in text(page)
    assert Judgement.objects.filter(verb="assesses").get().verdict == 2
    mine = given(batch, person("Cato"), first)
    back = client.post(f"{HERE}/{batch.key}/desk/{mine.pk}", {"do": "take-back"}, follow=True)
    assert first.title in text(back)
    assert not Judgement.objects.exists()


def test_raters_do_not_see_each_other(client, people, batch):
    unit = unjudged(2)[0]
    hand_in(client, people["cato"], batch, unit, v_CC1="2", r_CC1="Only Cato knows this")
    client.force_login(people["dora"])
    hers = given(batch, person("Dora"), unit)
    assert "Only Cato knows this" not in text(client.get(f"{HERE}/{batch.key}/desk/{hers.pk}"))
    his = given(batch, person("Cato"), unit)
    assert client.get(f"{HERE}/{batch.key}/desk/{his.pk}").status_code == 404
    assert client.post(f"{HERE}/{batch.key}/desk/{his.pk}", {"do": "take-back"}).status_code == 404
    assert client.get(f"{HERE}/{batch.key}/settle").status_code == 403


def test_a_third_settles_side_by_side_and_the_batch_is_accepted(client, people, batch):
    first, second = unjudged(2)
    for unit in (first, second):
        hand_in(client, people["cato"], batch, unit, v_CC1="2", r_CC1="All of it")
        hand_in(client, people["dora"], batch, unit, v_CC1="2", v_CC2="1")
    client.force_login(people["rita"])
    page = client.get(f"{HERE}/{batch.key}/settle")
    assert "2 units to settle" in text(page)
    assert "cato" not in text(page).lower()
    differing = queries.unsettled(batch)
    for place, rows in differing.items():
        (statement, verb), *_ = rows
        address = f"{HERE}/{batch.key}/settle/{place}"
        silent = client.post(address, {f"s-{statement}-{verb}": "1"})
        assert "Say why for each verdict" in text(silent)
        assert (
            client.post(
                address, {f"s-{statement}-{verb}": "1", f"w-{statement}-{verb}": "It is in outcome 2"}
            ).status_code
            == 302
        )
    assert Assignment.objects.filter(task=ADJUDICATE).count() == 2
    assert client.get(f"{HERE}/{batch.key}/settle").status_code == 302
    one = f"{HERE}/{batch.key}"
    assert "Closed. Reports read it now." in text(client.post(one, {"do": "close"}, follow=True))
    assert "Say why the batch is accepted." in text(client.post(one, {"do": "accept"}))
    assert "Accepted." in text(client.post(one, {"do": "accept", "reason": "Judged and settled"}, follow=True))
    assert alignments(first) == alignments(second) == {"CC1": "fully", "CC2": "partly"}
    assert framework().key in client.get(one).content.decode()


def test_a_rater_cannot_close_a_batch_and_a_stranger_does_not_see_it(client, people, batch, member):
    client.force_login(people["cato"])
    assert "Your account may not make batches" in text(client.post(f"{HERE}/{batch.key}", {"do": "close"}))
    assert Batch.objects.get().state == "open"
    client.force_login(member("eve", "contributor"))
    assert client.get(f"{HERE}/{batch.key}").status_code == 404
    assert client.get(f"{HERE}/{batch.key}/desk").status_code == 404


def test_suggestions_are_made_shown_hidden_and_what_came_of_them_is_told(client, people):
    """Against a framework of which nothing was judged yet, so that the wording alone speaks."""
    client.force_login(people["rita"])
    said = {
        "title": "Chosen for me",
        "framework": "ecm-outcomes",
        "depth": "areas",
        "policy": "double",
        "which": "chosen",
        "most": "5",
        "suggestions": "shown",
        "raters": ["cato", "dora"],
    }
    page = text(client.post(f"{HERE}/new", said, follow=True))
    batch = Batch.objects.get()
    assert f"4 units that suggestions were least sure of, 1 drawn at random (seed {batch.seed})" in page
    assert page.count("from one half") == 4
    assert page.count("drawn at random</td>") == 1
    assert "from the wording alone" in page
    again = client.post(f"{HERE}/{batch.key}", {"do": "suggest"}, follow=True)
    assert "The suggestions are learned from everything that was judged until now." in text(again)
    run = queries.latest_run(batch)
    assert run.suggestions.count() == 5 * queries.statements_judged(batch).count()
    client.force_login(people["cato"])
    desk = text(client.get(f"{HERE}/{batch.key}/desk"))
    assert f'name="shown" value="{run.pk}"' in desk
    assert "ot reached</strong> (" in desk
    mine = queries.mine(batch, "cato").first()
    address = f"{HERE}/{batch.key}/desk/{mine.pk}"
    hidden = client.post(address, {"seen": 0, "shown": run.pk, "do": "hide-suggestions"}, follow=True)
    assert "Show suggestions" in text(hidden)
    assert "reached</strong> (" not in text(hidden)
    client.post(address, {"seen": 1, "do": "hand-in"})
    mine.refresh_from_db()
    assert (mine.shown, mine.done_at is None) == (run, False)
    assert client.get(f"{HERE}/suggestions").status_code == 403
    client.force_login(people["rita"])
    assert "No verdict of a closed batch yet." in text(client.get(f"{HERE}/suggestions?batch={batch.key}"))


def test_the_number_of_queries_does_not_grow_with_the_batch(client, people, django_assert_max_num_queries):
    batch = open_batch(unjudged(40), [person("Cato"), person("Dora")])
    client.force_login(people["cato"])
    client.get(f"{HERE}/{batch.key}/desk")
    with django_assert_max_num_queries(30):
        client.get(f"{HERE}/{batch.key}/desk")
