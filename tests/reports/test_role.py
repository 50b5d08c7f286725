"""What a role page says: the requirement, its authority, where people go next."""

from collections import Counter

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Citation
from iqf.places.models import Area
from iqf.reports.asked import STRENGTH_ORDER
from iqf.reports.role import role

from . import by_hand

pytestmark = pytest.mark.django_db


def rows_for(table, role_id):
    return [r for r in by_hand.table(table) if r["role_id"] == role_id]


@pytest.mark.parametrize("role_id", ["playworker", "youth-worker", "early-years-educator", "social-worker", "nanny"])
def test_what_a_role_asks_for_agrees_with_the_file(starter, today, local, role_id):
    asks = role(role_id, today).asks
    expected = {
        (r["qualification_local_id"], r["strength"], r["choice_group"], r["evidence"] == "page")
        for r in rows_for("qualifications/role_qualifications", role_id)
    }
    assert {(local(a.qualification), a.strength, a.choice_group, a.said.verified) for a in asks} == expected
    order = [(STRENGTH_ORDER[a.strength], a.choice_group, a.level_rank) for a in asks]
    assert order == sorted(order)


def test_roles_answer_and_say_what_the_files_say(many_roles, local):
    asked = Counter(r["role_id"] for r in by_hand.table("qualifications/role_qualifications"))
    stated = Counter(r["role_id"] for r in by_hand.table("qualifications/role_entry"))
    placed = Counter(r["role_id"] for r in by_hand.table("documents/role_clusters"))
    rows = {r["role_id"]: r for r in by_hand.table("documents/roles")}
    for role_id, answer in many_roles.items():
        row = rows[role_id]
        assert local(answer.role) == row["role_id"]
        assert answer.role.title == row["title"]
        assert answer.fact("description").value == row["description"]
        assert answer.fact("explanation").value
        titles = {t.strip() for c in ("alternative_titles", "suggested_synonyms") for t in row[c].split("|")}
        assert {title for title, _ in answer.titles} == titles - {"", row["title"]}
        assert len(answer.asks) == asked[row["role_id"]]
        assert len(answer.entry) == stated[row["role_id"]]
        assert sum(len(p.clusters) for p in answer.places) == placed[row["role_id"]]
        assert answer.sources


def test_a_playworker_needs_nothing_at_entry_and_somebody_says_so(starter, today):
    (position,) = role("playworker", today).entry
    assert (position.entry, position.basis) == ("none", "employer practice")
    assert position.said.verified
    assert position.said.url


def test_a_playworkers_manager_finds_what_a_youth_worker_needs(starter, today, local):
    """From the playworker's page a progression leads to the award that the youth worker's page asks for first."""
    steps = role("playworker", today).next_steps
    towards = [s for s in steps if "youth-worker" in {local(r) for r in s.roles}]
    assert {local(s.to) for s in towards} == {"Q137"}
    assert all(s.said.certainty == "unverified" for s in towards)
    (first, *_) = role("youth-worker", today).asks
    assert (local(first.qualification), first.strength) == ("Q137", "significant")


def test_next_steps_are_the_stated_progressions_out_of_what_the_role_asks_for(starter, today, local):
    answer = role("playworker", today)
    held = {local(a.qualification) for a in answer.asks}
    expected = {
        (r["from_local_id"], r["to_local_id"])
        for r in by_hand.table("qualifications/progression")
        if r["from_local_id"] in held and r["to_local_id"] not in held
    }
    assert {(local(s.through), local(s.to)) for s in answer.next_steps} == expected
    roles = by_hand.roles_asking()
    for step in answer.next_steps:
        assert {local(r) for r in step.roles} == set(roles.get(local(step.to), ())) - {"playworker"}


def test_alternatives_stand_together_as_one_choice(starter, today, local):
    rows = [r for r in by_hand.table("qualifications/role_qualifications") if r["choice_group"]]
    for role_id in {r["role_id"] for r in rows}:
        choices = dict(role(role_id, today).choices)
        for group in {r["choice_group"] for r in rows if r["role_id"] == role_id}:
            expected = {
                r["qualification_local_id"] for r in rows if (r["role_id"], r["choice_group"]) == (role_id, group)
            }
            assert {local(a.qualification) for a in choices[group]} == expected


def test_mandatory_ones_without_a_group_are_each_a_choice_of_one(starter, today):
    answer = role("social-worker", today)
    mandatory = [a for a in answer.asks if a.strength == "mandatory"]
    assert mandatory
    assert sum(len(rows) for _, rows in answer.choices) == len(mandatory)


def test_a_replaced_role_names_its_successor_and_the_successor_names_it(starter, today, local):
    gone = role("early-years-professional", today)
    assert (gone.status, local(gone.successor)) == ("replaced", "early-years-teacher")
    assert [local(r) for r in role("early-years-teacher", today).predecessors] == ["early-years-professional"]


def test_inferred_facts_are_marked_and_stated_ones_are_not(starter, today):
    rows = {r["role_id"]: r for r in by_hand.table("documents/roles")}
    for role_id in ("playworker", "childcare-worker", "teaching-assistant", "nanny"):
        answer, row = role(role_id, today), rows[role_id]
        for name in ("constituency", "tier"):
            if row[name]:
                inferred = row[f"{name}_basis"] == "inferred"
                assert (answer.fact(name).mark == "inferred") is inferred, (role_id, name)
        assert answer.fact("contact").mark == "inferred"


def test_what_a_core_role_requires_of_the_common_core_is_a_default_and_says_so(starter, today):
    answer = role("playworker", today)
    assert [n.code for n in answer.needs] == list(by_hand.AREAS)
    assert answer.needs_are_default
    assert {n.said.certainty for n in answer.needs} == {"default"}
    assert not role("youth-worker", today).needs_are_default


def test_who_leads_and_who_regulates_with_the_source(starter, today):
    bodies = {(b.organisation.title, b.part): b.said for b in role("youth-worker", today).bodies}
    expected = {
        (r["organisation"], r["part"])
        for r in by_hand.table("additions/bodies")
        if (r["subject_kind"], r["subject"]) == ("role", "youth-worker")
    }
    assert set(bodies) == expected
    assert bodies["Lifelong Learning UK", "leads"].locator == "para 5.27"


def test_duties_name_the_other_roles_that_carry_them(starter, today, local):
    rows = by_hand.table("additions/role_functions")
    answer = role("playworker", today)
    assert {(d.key, d.part) for d in answer.duties} == {
        (r["function_id"], r["part"]) for r in rows if r["role_id"] == "playworker"
    }
    for duty in answer.duties:
        others = {r["role_id"] for r in rows if r["function_id"] == duty.key} - {"playworker"}
        assert {local(r) for r in duty.shared_with} == others


def test_what_a_role_is_allowed_and_where_that_stops_comes_from_its_qualifications(starter, today, local):
    answer = role("early-years-teacher", today)
    held = {local(a.qualification) for a in answer.asks}
    expected = {
        (r["qualification_local_id"], r["kind"], r["text"])
        for r in by_hand.table("additions/permissions")
        if r["qualification_local_id"] in held
    }
    assert {(local(a.qualification), a.kind, a.text) for a in answer.allowed} == expected
    assert {kind for _, kind, _ in expected} == {"allows", "stops"}


def test_findings_of_the_knowledge_bank_that_speak_of_the_role(starter, today):
    expected = {
        f["finding_id"]
        for f in by_hand.table("documents/findings")
        if "playworker" in [r.strip() for r in f["roles"].split("|")]
    }
    assert {f.key for f in role("playworker", today).findings} == expected


def test_an_area_and_a_disputed_view_stand_beside_the_requirement(starter, today, local):
    asked = m.Requirement.objects.filter(role__aliases__value="playworker").first()
    cite = Citation.objects.filter(certainty="document").first()
    asked.area = Area.objects.get(name="Wales")
    asked.save()
    m.Opinion.objects.create(
        requirement=asked,
        organisation=m.Organisation.objects.get(title="SkillsActive"),
        stance="disputes",
        reason="Experience counts for as much.",
        on="2008-12",
        citation=cite,
    )
    answer = role("playworker", today)
    (shown,) = [a for a in answer.asks if a.area]
    assert shown.area == "Wales"
    (view,) = shown.views.each
    assert (shown.views.agreed, shown.views.disputed, shown.strength_words) == (0, 1, f"{asked.strength}, contested")
    assert (view.organisation.title, view.stance, view.reason) == (
        "SkillsActive",
        "disputes",
        "Experience counts for as much.",
    )


def test_what_was_retired_is_not_asked_for_any_more(starter, today):
    asked = m.Requirement.objects.filter(role__aliases__value="playworker")
    first, second = asked[0], asked[1]
    m.Requirement.objects.filter(pk=first.pk).update(retired_on="2026-01-01", retired_because="test")
    m.Qualification.objects.filter(pk=second.qualification_id).update(retired_on="2026-01-01", retired_because="test")
    codes = {a.qualification.code for a in role("playworker", today).asks}
    assert len(codes) == len(asked) - 2


def test_an_unknown_role_is_not_found_in_a_sentence(starter, today):
    with pytest.raises(NotFoundError, match=r'There is no role called "pirate"; look for it with: iqf search'):
        role("pirate", today)
