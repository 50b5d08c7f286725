"""What a qualification page says: its rule in words, what holders have met, where it leads, who says so."""

import pytest
from django.utils import timezone

from iqf.catalogue.actions.decisions import decide
from iqf.catalogue.queries import NotFoundError
from iqf.reports.difference import difference
from iqf.reports.qualification import SIMILAR_FROM, qualification

from . import by_hand

pytestmark = pytest.mark.django_db
NUMBERS = {"credit": "credit", "glh": "glh", "tqt": "tqt"}


def group_rows(local_id):
    return [g for g in by_hand.table("qualifications/unit_groups") if g["qualification_local_id"] == local_id]


def leaves(node):
    return [node, *(leaf for part in node.parts for leaf in leaves(part))]


def test_every_qualification_answers_and_says_what_the_files_say(every_qualification, local):
    sets = by_hand.unit_sets()
    for row in by_hand.table("qualifications/qualifications"):
        answer = every_qualification[row["local_id"]]
        assert local(answer.qualification) == row["local_id"]
        for name, column in NUMBERS.items():
            assert answer.fact(name).value == (int(row[column]) if row[column] else None), (row["local_id"], name)
        assert answer.fact("number").value == (row["number"] or None)
        assert answer.fact("owner").value == (row["awarding_organisation"] or None)
        assert answer.units == len(sets.get(row["local_id"], ()))
        assert (answer.rule is None) == (row["local_id"] not in sets)
        assert answer.sources
        assert {a.question for a in answer.status} == {"Can I start it today?", "Can it still be certificated?"}
        assert all(a.because and a.rule for a in answer.status)


def test_the_rule_holds_every_group_and_unit_of_the_files(every_qualification, local):
    members = by_hand.by(by_hand.table("qualifications/qualification_units"), "qualification_local_id", "group_code")
    for local_id in sorted(by_hand.unit_sets()):
        nodes = {n.id: n for n in leaves(every_qualification[local_id].rule)}
        for group in group_rows(local_id):
            expected = [r["unit_id"] for r in members[local_id, group["group_code"]]]
            node = nodes[group["group_code"]]
            assert [local(u.unit) for u in node.units] == expected
            assert node.note == group["notes"]
            if group["kind"] == "mandatory":
                assert node.kind == "all"


def test_the_rule_in_words(starter, today):
    rule = qualification("500/9170/0", today).rule
    assert rule.words == "All 3 parts (at least 65 credits)"
    core, pathways, optional = rule.parts
    assert core.words == "All 11 units (27 credits)"
    assert pathways.words == "One of these 3 pathways, every unit of it"
    assert [len(p.units) for p in pathways.parts] == [5, 3, 3]
    assert optional.words == "At least 16 credits from 28 listed units (the list is incomplete)"
    assert (optional.list_complete, core.list_complete) == (False, True)


def test_what_every_holder_has_met_rests_on_mandatory_units_and_what_some_have_on_any(every_qualification):
    kinds = {"partial": "touches", "full": "fully"}
    claims = by_hand.table("qualifications/alignments")
    seen = by_hand.judged()
    for local_id, units in by_hand.holders("qualification").items():
        for reached in every_qualification[local_id].reached:
            for part, own in (("every", {u for u, sure in units.items() if sure}), ("some", set(units))):
                found = {
                    kinds[c["strength"]] for c in claims if c["unit_id"] in own and c["statement_id"] == reached.code
                }
                empty = "none" if own & seen or not own else "unjudged"
                state = "fully" if "fully" in found else "touches" if found else empty
                assert getattr(reached.reach, part) == state, (local_id, reached.code, part)


def test_where_no_unit_was_judged_nothing_is_said_of_the_common_core(every_qualification):
    seen = by_hand.judged()
    silent = [q for q, units in by_hand.unit_sets().items() if not units & seen]
    assert silent
    assert all(every_qualification[q].reached == () for q in silent)


def test_leads_to_comes_from_and_asked_for_agree_with_the_files(every_qualification, local):
    steps = by_hand.table("qualifications/progression")
    roles = by_hand.roles_asking()
    for local_id, answer in every_qualification.items():
        assert {local(x.qualification) for x in answer.leads_to} == {
            s["to_local_id"] for s in steps if s["from_local_id"] == local_id
        }
        assert {local(x.qualification) for x in answer.comes_from} == {
            s["from_local_id"] for s in steps if s["to_local_id"] == local_id
        }
        assert {local(x.role) for x in answer.asked_for} == set(roles.get(local_id, ()))


def test_like_awards_of_other_owners_share_most_of_their_units(every_qualification, local):
    sets = by_hand.unit_sets()
    rows = {q["local_id"]: q for q in by_hand.table("qualifications/qualifications")}
    for local_id, mine in sets.items():
        found = {local(s.qualification): s.shared for s in every_qualification[local_id].similar}
        expected = {
            other: len(mine & theirs)
            for other, theirs in sets.items()
            if other != local_id
            and rows[other]["level"] == rows[local_id]["level"]
            and rows[other]["awarding_organisation"] != rows[local_id]["awarding_organisation"]
            and len(mine & theirs) >= SIMILAR_FROM * max(len(mine), len(theirs))
        }
        assert found == expected, local_id


def test_the_two_level_3_diplomas_are_like_awards(starter, today, local):
    (first, *_) = qualification("Q001", today).similar
    assert (local(first.qualification), first.shared, first.of) == ("Q002", 48, 48)


def test_the_number_that_two_documents_put_at_two_levels_shows_both_and_decides_neither(starter, today):
    answer = qualification("601/2726/0", today)
    level = answer.fact("level")
    assert (level.value, level.mark) == ("2", "conflict")
    dispute = level.disagreement
    assert (dispute.shown, dispute.other, dispute.decided) == ("2", "3", False)
    assert dispute.shown_by.source != dispute.other_by.source
    assert dispute.reason.startswith("One document of the awarding organisation")
    assert answer.disagreements == (dispute,)


def test_a_decided_conflict_no_longer_marks_the_field(starter, today):
    code = qualification("601/2726/0", today).qualification.code
    decide(by="rita", code=code, field="level", value="Level 3", reason="The certificate says so.")
    answer = qualification("601/2726/0", today)
    level = answer.fact("level")
    assert (level.value, level.mark) == ("3", "")
    dispute = level.disagreement
    assert (dispute.shown, dispute.other, dispute.decided) == ("3", "2", True)
    assert (dispute.reason, dispute.decided_on) == ("The certificate says so.", timezone.localdate())
    assert level.said == dispute.shown_by
    assert level.said.source != answer.fact("number").said.source
    assert "rita" not in repr(answer)


def test_training_without_a_level_is_shown_as_none_and_an_unknown_level_as_unknown(every_qualification):
    blank = [q["local_id"] for q in by_hand.table("qualifications/qualifications") if not q["level"]]
    levels = {q: every_qualification[q].fact("level").value for q in blank}
    assert set(levels.values()) == {"none", None}
    assert sum(v == "none" for v in levels.values()) == 17
    by_title = {q["title"]: q["local_id"] for q in by_hand.table("qualifications/qualifications")}
    assert levels[by_title["The Skills to Foster (pre-approval training)"]] == "none"


def test_unverified_entries_and_single_recalled_fields_carry_the_mark(every_qualification):
    for row in by_hand.table("qualifications/qualifications"):
        answer = every_qualification[row["local_id"]]
        assert answer.fact("kind").said.verified == (row["evidence"] == "page"), row["local_id"]
        if row["evidence"] == "unverified":
            assert answer.fact("number").mark in ("unverified", "conflict")
    cache = every_qualification["Q002"]
    assert (cache.fact("credit").mark, cache.fact("level").mark) == ("unverified", "")


def test_copies_on_document_sharing_sites_are_said_to_be_held_elsewhere(starter, today):
    copies = {s["url"] for s in by_hand.table("qualifications/sources") if s["kind"] == "document-sharing copy"}
    assert len(copies) == 54
    row = next(q for q in by_hand.table("qualifications/qualifications") if q["source_url"] in copies)
    answer = qualification(row["local_id"], today)
    assert answer.fact("kind").said.held_elsewhere


def test_a_relevelled_one_states_both_levels_and_others_state_none(starter, today):
    held = qualification("Q194", today)
    assert held.fact("old_level").value == "4 (Higher-education levels, with master's as the fourth)"
    assert held.fact("level").value == "7"
    assert not [f for f in qualification("Q001", today).facts if f.name == "old_level"]


@pytest.mark.parametrize("local_id", ["Q001", "Q032", "Q117"])
def test_how_far_two_holders_can_differ_starts_from_what_every_holder_has(starter, local, local_id):
    answer = difference(local_id)
    sure = {u for u, mandatory in by_hand.holders("qualification")[local_id].items() if mandatory}
    parts = [{local(u) for u in part} for part in (answer.always, answer.both, answer.only_first, answer.only_second)]
    assert sure <= parts[0]
    assert set().union(*parts) <= by_hand.unit_sets()[local_id]
    assert sum(len(p) for p in parts) == len(set().union(*parts))
    assert answer.most_different_units >= len(parts[2] | parts[3])
    assert answer.words


def test_what_it_allows_and_where_that_stops(starter, today):
    allowed = {(a.kind, a.text) for a in qualification("Q001", today).allowed}
    assert allowed == {
        (r["kind"], r["text"])
        for r in by_hand.table("additions/permissions")
        if r["qualification_local_id"] == "Q001"
    }
    assert {kind for kind, _ in allowed} == {"allows", "stops"}


def test_an_unknown_qualification_is_not_found_in_a_sentence(starter, today):
    with pytest.raises(NotFoundError, match='There is no qualification called "999/9999/9"'):
        qualification("999/9999/9", today)
