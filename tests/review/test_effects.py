"""What a reviewer sees of a proposal: each change in words, and what would follow from it. Nothing is written."""

import time

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ALL, ENTITIES
from iqf.catalogue.editable.rows import key_of, standing
from iqf.catalogue.models import CodeSequence, GroupUnit, Qualification, RuleGroup, Unit
from iqf.catalogue.queries import find
from iqf.evidence.models import Citation
from iqf.reports.private.effects import effects
from iqf.reports.private.proposed import changes_shown
from iqf.review.actions.proposing import Case, begin, submit
from iqf.review.actions.reviewing import accept

CASE = Case("A change", "The sector body says so.", "Report of the sector body")


def proposed(*changes, by="ann"):
    return begin(by=by, case=CASE, changes=changes)


def code(name, kind):
    return find(name, [kind]).code


def written():
    return AuditEvent.objects.count(), Citation.objects.count(), list(CodeSequence.objects.order_by("kind").values())


def test_a_field_is_shown_now_as_the_author_saw_it_and_as_it_is_to_be(starter):
    role = find("playworker", ["role"])
    seen = role.tier
    change = Change(
        "role", "change", {"code": role.code}, {"tier": "specialist", "title": "playworker"}, {"tier": seen}
    )
    held = submit(by="bob", number=(first := proposed(change, by="bob")).pk, version=first.version)
    accept(by="rita", number=held.pk, version=held.version, reason="Good.")
    other = Change("role", "change", {"code": role.code}, {"tier": "targeted"}, {"tier": seen})
    (shown,) = changes_shown(proposed(other))
    assert (shown.sentence, shown.about[0][1].thing.title, shown.stands) == ("Change of role", "playworker", True)
    (tier,) = shown.fields
    assert (tier.now.text, tier.base.text, tier.wanted.text) == ("specialist", seen, "targeted")
    assert (tier.overtaken, tier.weight, shown.weight) == (True, "real", "real")


def test_what_differs_in_case_and_spaces_alone_is_cosmetic(starter):
    title = find("Q001", ["qualification"]).title
    change = Change("qualification", "change", {"code": code("Q001", "qualification")}, {"title": title.upper()})
    (shown,) = changes_shown(proposed(change))
    assert (shown.fields[0].weight, shown.weight) == ("cosmetic", "cosmetic")
    assert find("Q001", ["qualification"]).title == title


def test_codes_are_shown_as_the_things_and_places_by_their_titles(starter):
    role, qualification = find("playworker", ["role"]), find("Q001", ["qualification"])
    place = standing(ENTITIES["role place"]).first()
    cluster = ENTITIES["role place"].column("cluster").show(place)
    changes = [
        Change("qualification", "change", {"code": qualification.code}, {"cluster": cluster, "level": "4"}),
        Change("requirement", "create", {"role": "new-1", "qualification": "Q001"}, {"strength": "relevant"}),
        Change("role", "create", {"code": "new-1"}, {"title": "Play ranger", "successor": role.code}),
        Change("role place", "retire", key_of(ENTITIES["role place"], place)),
    ]
    changed, joined, made, gone = changes_shown(proposed(*changes))
    assert [f.to_be.words for f in changed.fields] == ["Level 4", f"{place.cluster} ({place.cluster.scheme})"]
    assert [cell.words for _, cell in joined.about] == ["Play ranger (new)", qualification.title]
    assert joined.about[1][1].thing.code == qualification.code
    assert (made.stands, made.fields[-1].to_be.thing.code) == (None, role.code)
    assert (gone.sentence, gone.fields, gone.says) == (
        "Role place to be retired",
        (),
        (("primary", gone.says[0][1]),),
    )


def test_a_long_text_is_compared_word_by_word(starter):
    role = next(r for r in standing(ENTITIES["role"]) if len(r.explanation) > 100)
    first, _, rest = role.explanation.partition(" ")
    fresh = f"{first} indeed {rest}"
    (shown,) = changes_shown(proposed(Change("role", "change", {"code": role.code}, {"explanation": fresh})))
    kinds = {piece.kind for piece in shown.fields[0].pieces}
    assert {"same", "new"} <= kinds
    assert "".join(p.text for p in shown.fields[0].pieces if p.kind != "gone") == fresh
    assert "".join(p.text for p in shown.fields[0].pieces if p.kind != "new") == role.explanation


def test_changes_are_shown_a_page_at_a_time(starter):
    roles = list(standing(ENTITIES["role"])[:5])
    made = proposed(*(Change("role", "change", {"code": r.code}, {"contact": "constant"}) for r in roles))
    assert [c.position for c in changes_shown(made, first=1, most=2)] == [1, 2]
    assert len(changes_shown(made)) == 5


def test_a_draft_that_does_not_say_why_yet_is_tried_like_any_other(starter):
    role = find("playworker", ["role"])
    title = standing(ENTITIES["role title"]).first()
    changes = [
        Change("role", "change", {"code": role.code}, {"tier": "specialist"}),
        Change("role title", "retire", key_of(ENTITIES["role title"], title)),
    ]
    made = begin(by="ann", case=Case("No reason yet"), changes=changes)
    assert (effects(made).tried, effects(made).faults) == (True, ())


def test_nothing_is_written_by_looking(starter):
    before = written()
    key = {"code": "new-1"}
    made = proposed(Change("unit", "create", key, {"title": "Play in the woods", "level": "3"}))
    after = AuditEvent.objects.count()
    seen = effects(made)
    assert seen.tried
    assert AuditEvent.objects.count() == after
    assert written()[1:] == before[1:]
    assert not Unit.objects.filter(title="Play in the woods").exists()


def test_a_new_unit_without_outcomes_is_found_by_the_checks_and_only_that(starter):
    seen = effects(
        proposed(Change("unit", "create", {"code": "new-1"}, {"title": "Play in the woods", "level": "3"}))
    )
    assert {check.id: len(check.more) for check in seen.checks} == {"outcomes-known": 1, "units-used": 1}
    assert all(check.more[0].title == "Play in the woods" for check in seen.checks)
    assert {(check.more[0].code, check.fewer) for check in seen.checks} == {("", ())}


def test_what_a_change_mends_is_said_too(starter):
    bare = Unit.objects.filter(retired_on=None, outcomes=None).first()
    change = Change(
        "unit outcome", "create", {"unit": bare.code, "position": "1"}, {"text": "Know why children play"}
    )
    change = Change("unit outcome", "create", {**change.key}, {"text": "Know why children play"})
    (check,) = effects(proposed(change)).checks
    assert (check.id, check.more, [c.code for c in check.fewer]) == ("outcomes-known", (), [bare.code])


def test_a_change_of_a_unit_is_checked_in_the_qualifications_that_it_is_in(starter):
    group = next(
        g
        for g in RuleGroup.objects.filter(retired_on=None, kind="all", min_credit__isnull=False)
        if (units := [x.unit for x in g.members.all()])
        and None not in (c := [u.credit_low for u in units])
        and sum(c) == g.min_credit
    )
    unit = group.members.first().unit
    wanted = {"credit_low": str(unit.credit_low + 1), "credit_high": str(unit.credit_low + 1)}
    seen = effects(proposed(Change("unit", "change", {"code": unit.code}, wanted)))
    (check,) = [c for c in seen.checks if c.id == "credit-adds-up"]
    assert group.qualification.code in {case.code for case in check.more}


def test_names_and_duplicates_are_looked_at(starter):
    q = find("Q001", ["qualification"])
    wanted = {"title": q.title, "kind": q.kind, "level": "7", "owner": q.owner.code}
    seen = effects(proposed(Change("qualification", "create", {"code": "new-1"}, wanted)))
    assert [(n.code, n.breach.field, n.mended) for n in seen.names] == [("", "level", False)]
    assert seen.likes == ()
    same = effects(proposed(Change("qualification", "create", {"code": "new-1"}, {**wanted, "level": q.level})))
    found = {(like.a, like.b.code, like.gone) for like in same.likes}
    assert (f"{q.title} (new)", q.code, False) in found


def member():
    return GroupUnit.objects.filter(retired_on=None, group__list_complete=True).order_by("pk").first()


def test_a_rule_is_shown_as_it_is_and_as_it_would_be(starter):
    row = member()
    key = key_of(ENTITIES["rule unit"], row)
    top = RuleGroup.objects.get(qualification=row.group.qualification, parent=None, retired_on=None)
    fresh = {"qualification": key["qualification"], "key": "EXTRA"}
    seen = effects(
        proposed(
            Change(
                "rule group",
                "create",
                fresh,
                {"title": "Extra", "kind": "choose", "min_units": "1", "parent": top.key, "position": "99"},
            ),
            Change("rule unit", "create", {**key, "group": "EXTRA"}, {"position": "1"}),
            Change("rule unit", "retire", key),
        )
    )
    (rule,) = seen.rules
    assert rule.qualification.code == key["qualification"]
    by_key = {pair.line.key: pair for pair in rule.pairs}
    assert by_key["EXTRA"].state == "new"
    assert by_key["EXTRA"].came == (key["unit"],)
    assert by_key["EXTRA"].line.words.startswith("At least one of 1 listed unit")
    assert by_key[row.group.key].went == (key["unit"],)
    assert by_key[row.group.key].state == "changed"
    assert rule.titles[key["unit"]] == row.unit.title
    assert rule.faults == ()


def test_a_group_that_nobody_would_read_is_a_fault_of_the_rule(starter):
    key = {"qualification": member().group.qualification.code, "key": "EXTRA"}
    seen = effects(proposed(Change("rule group", "create", key, {"title": "Extra", "kind": "choose"})))
    (rule,) = seen.rules
    assert 'The group "Extra" is at the top beside' in rule.faults[0]


def test_units_in_a_choice_of_pathways_are_a_fault_of_the_rule(starter):
    row = member()
    key = {"qualification": row.group.qualification.code, "key": row.group.key}
    seen = effects(proposed(Change("rule group", "change", key, {"kind": "pathway"})))
    assert any("holds groups only" in fault for fault in seen.rules[0].faults)


def test_what_cannot_be_made_is_said_and_what_was_overtaken_is_tried_all_the_same(starter):
    role = find("playworker", ["role"])
    wrong = effects(proposed(Change("role", "change", {"code": role.code}, {"tier": "middling"})))
    assert (wrong.tried, [(f.change, f.column) for f in wrong.faults]) == (False, [(0, "tier")])
    late = Change("role", "change", {"code": role.code}, {"tier": "specialist"}, {"tier": "something else"})
    seen = effects(proposed(late))
    assert seen.tried
    assert [(f.column, f.now) for f in seen.faults] == [("tier", role.tier)]


def test_what_a_reviewer_would_make_of_it_can_be_tried(starter):
    role = find("playworker", ["role"])
    made = proposed(Change("role", "change", {"code": role.code}, {"tier": "middling"}))
    assert effects(made, {0: {"tier": "specialist"}}).faults == ()
    assert find("playworker", ["role"]).tier == role.tier


def test_it_takes_less_than_a_second_of_computing(starter):
    q = find("Q001", ["qualification"])
    made = proposed(Change("qualification", "create", {"code": "new-1"}, {"title": q.title, "kind": q.kind}))
    begun = time.process_time()
    changes_shown(made)
    effects(made)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("kind", sorted(entity.kind for entity in ALL))
def test_every_kind_of_row_can_be_retired_in_a_proposal_and_is_shown(starter, kind):
    entity = ENTITIES[kind]
    row = standing(entity).first()
    if row is None:
        assert not standing(entity).exists()
        return
    made = proposed(Change(kind, "retire", key_of(entity, row)))
    (shown,) = changes_shown(made)
    assert shown.stands
    assert all(cell.words for _, cell in shown.about)
    seen = effects(made)
    assert seen.tried
    assert seen.faults == ()
    assert Qualification.objects.filter(retired_on=None).exists()
