"""Changes that people propose, made in the catalogue: what they read, what they write, what they refuse."""

import pytest

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import history
from iqf.catalogue.actions.editing import Behind, CannotApply, apply_changes
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ALL, ENTITIES
from iqf.catalogue.editable.rows import cells_of, entity_of, find_row, key_of, read_cells, row_name, standing
from iqf.catalogue.models import FieldConflict, GroupUnit, Requirement, Role, RoleTitle, RuleGroup
from iqf.catalogue.queries import find
from iqf.evidence.models import Source
from iqf.exchange.sources.starter.ingest import ingest


def behind(number=1, reason="The sector body says so."):
    source = Source(key=f"proposal:{number}", title="Report of the sector body", kind="proposal")
    return Behind(source, "page 3", "page", reason, f"proposal:{number}")


def do(*changes, number=1, by="rita"):
    return apply_changes(by=by, changes=changes, behind=behind(number))


@pytest.mark.parametrize("entity", ALL, ids=lambda e: e.kind)
def test_what_a_cell_shows_is_read_back_as_the_same_value(starter, entity):
    rows = list(standing(entity)[:60])
    for row in rows:
        cells = cells_of(entity, row)
        texts = {name: cells[name] for name in entity.names}
        values = read_cells(entity, texts)
        for column in entity.columns:
            assert column.holds.show(values[column.name]) == cells[column.name], (row, column.name)
        if entity.key:
            assert find_row(entity, read_cells(entity, key_of(entity, row))) == row
        assert entity_of(row) is entity


def test_the_starter_has_rows_of_most_entities(starter):
    empty = {e.kind for e in ALL if not standing(e).exists()}
    said = {"barred pair", "equivalence", "comparison", "crosswalk", "qualification alignment", "role alignment"}
    assert {kind for kind in empty if not kind.startswith("opinion")} <= said


def test_a_field_of_a_thing_is_changed_cited_remembered_and_survives_an_import(starter):
    role = find("playworker", ["role"])
    change = Change("role", "change", {"code": role.code}, {"tier": "specialist"}, {"tier": role.tier})
    assert do(change).subjects == (role.code,)
    role.refresh_from_db()
    assert role.tier == "specialist"
    conflict = FieldConflict.objects.get(subject=role.code, field="tier")
    assert (conflict.value_decided, conflict.decided_by) == ("specialist", "rita")
    assert conflict.citation_decided.source.title == "Report of the sector body"
    event = AuditEvent.objects.get(subject=role.code, action="change role", origin="proposal:1")
    assert event.pk == conflict.decision
    assert event.after == {"tier": "specialist"}
    assert ingest(by="tests").writes == 0
    role.refresh_from_db()
    assert role.tier == "specialist"


def test_a_blank_field_is_filled_and_a_full_one_erased(starter):
    role = find("playworker", ["role"])
    change = {"explanation": "", "contact": "constant"}
    do(Change("role", "change", {"code": role.code}, change))
    role.refresh_from_db()
    assert (role.explanation, role.contact) == ("", "constant")
    assert ingest(by="tests").writes == 0


def test_a_new_role_comes_with_its_titles_and_requirements_and_is_found_by_them(starter):
    needed = find("Q001", ["qualification"])
    applied = do(
        Change("requirement", "create", {"role": "new-1", "qualification": needed.code}, {"strength": "significant"}),
        Change("role title", "create", {"role": "new-1", "title": "Family navigator"}, {"kind": "synonym"}),
        Change(
            "role", "create", {"code": "new-1"}, {"title": "Integrated family support worker", "tier": "targeted"}
        ),
    )
    role = find("Family navigator", ["role"])
    assert role.code == applied.codes["new-1"]
    assert role.constituency == "unknown"
    assert Requirement.objects.get(role=role).qualification == needed
    assert applied.subjects[0] == f"requirement:{role.code} > {needed.code}"
    actions = list(history(role.code).values_list("action", flat=True))
    assert sorted(actions) == ["create requirement", "create role", "create role title"]


def test_a_requirement_is_retired_and_no_import_brings_it_back(starter):
    row = standing(ENTITIES["requirement"]).first()
    key = key_of(ENTITIES["requirement"], row)
    do(Change("requirement", "retire", key))
    row.refresh_from_db()
    assert row.retired_because == "The sector body says so."
    assert ingest(by="tests").writes == 0
    row.refresh_from_db()
    assert row.is_retired
    do(Change("requirement", "restore", key), number=2)
    row.refresh_from_db()
    assert not row.is_retired


def test_what_somebody_else_changed_meanwhile_is_refused_and_other_fields_are_merged(starter):
    role = find("playworker", ["role"])
    was = role.tier
    do(Change("role", "change", {"code": role.code}, {"tier": "specialist"}, {"tier": was}))
    with pytest.raises(CannotApply) as refused:
        do(Change("role", "change", {"code": role.code}, {"tier": "targeted"}, {"tier": was}), number=2)
    (fault,) = refused.value.faults
    assert (fault.change, fault.column, fault.now) == (0, "tier", "specialist")
    assert 'is "specialist" now' in fault.message
    do(Change("role", "change", {"code": role.code}, {"contact": "constant"}, {"contact": role.contact}), number=3)
    do(Change("role", "change", {"code": role.code}, {"tier": "specialist"}, {"tier": was}), number=4)


def test_one_wrong_change_leaves_nothing_written(starter):
    before = AuditEvent.objects.count(), RoleTitle.objects.count()
    role = find("playworker", ["role"])
    with pytest.raises(CannotApply) as refused:
        do(
            Change("role title", "create", {"role": role.code, "title": "Play ranger"}, {"kind": "synonym"}),
            Change("role", "change", {"code": role.code}, {"tier": "middling", "status_from": "31/02/2024"}),
            Change("qualification", "change", {"code": "Q001"}, {"level": "3/4", "credit": "-5", "colour": "red"}),
            Change("unit", "change", {"code": "nowhere"}, {"title": "x"}),
            Change("throne", "change", {"code": "x"}, {"title": "x"}),
        )
    found = {(f.change, f.column): f.message for f in refused.value.faults}
    assert found.keys() == {
        (1, "tier"),
        (1, "status_from"),
        (2, "level"),
        (2, "credit"),
        (2, "colour"),
        (3, ""),
        (4, ""),
    }
    assert "31/02/2024" in found[1, "status_from"]
    assert (AuditEvent.objects.count(), RoleTitle.objects.count()) == before


def test_values_that_do_not_go_together_are_refused_in_words(starter):
    unit = next(u for u in standing(ENTITIES["unit"]) if u.credit_low is not None)
    with pytest.raises(CannotApply, match="least credit"):
        do(Change("unit", "change", {"code": unit.code}, {"credit_low": "9", "credit_high": "3"}))
    role = find("playworker", ["role"])
    with pytest.raises(CannotApply, match="own successor"):
        do(Change("role", "change", {"code": role.code}, {"successor": role.code}))


def test_a_unit_moves_from_one_group_of_a_rule_to_another(starter):
    member = standing(ENTITIES["rule unit"]).first()
    entity = ENTITIES["rule unit"]
    key = key_of(entity, member)
    fresh = {"qualification": key["qualification"], "key": "EXTRA"}
    do(
        Change("rule group", "create", fresh, {"title": "Extra units", "kind": "choose", "min_units": "1"}),
        Change("rule unit", "create", {**key, "group": "EXTRA"}, {"position": "1"}),
        Change("rule unit", "retire", key),
    )
    assert GroupUnit.objects.get(unit=member.unit, group__key="EXTRA", retired_on=None).group.list_complete
    member.refresh_from_db()
    assert member.is_retired
    assert ingest(by="tests").writes == 0
    assert row_name(entity, key) in history(member.unit.code).values_list("subject", flat=True)


def test_what_is_there_already_or_has_gone_is_said(starter):
    row = standing(ENTITIES["progression"]).first()
    key = key_of(ENTITIES["progression"], row)
    with pytest.raises(CannotApply, match="There is already a progression"):
        do(Change("progression", "create", key))
    role = Role.objects.filter(retired_on=None).first()
    do(Change("role", "retire", {"code": role.code}))
    with pytest.raises(CannotApply, match="was retired: The sector body"):
        do(Change("role", "change", {"code": role.code}, {"tier": "targeted"}), number=2)


@pytest.mark.parametrize("entity", [e for e in ALL if e.kind.startswith("opinion")], ids=lambda e: e.kind)
def test_an_organisation_agrees_or_disputes_and_takes_it_back(starter, entity):
    where, _, kind = entity.where.partition("__")
    taught = {
        "qualification": standing(ENTITIES["qualification"])[0].code,
        "statement": cells_of(ENTITIES["unit alignment"], standing(ENTITIES["unit alignment"])[0])["statement"],
        "verb": "teaches",
    }
    do(Change("qualification alignment", "create", taught, {"strength": "partly"}), number=9)
    about = {
        "requirement": standing(ENTITIES["requirement"]),
        "place": standing(ENTITIES["role place"]),
        "alignment": standing(ENTITIES[f"{kind or 'unit'} alignment"]),
        "qualification": standing(ENTITIES["qualification"]),
        "unit": standing(ENTITIES["unit"]),
    }[where].first()
    body = standing(ENTITIES["organisation"]).first()
    row = entity.model(**{where: about, "organisation": body})
    key = key_of(entity, row)
    do(Change(entity.kind, "create", key, {"stance": "disputes", "reason": "Our members do not ask for it."}))
    held = find_row(entity, read_cells(entity, key))
    assert (getattr(held, where), held.stance) == (about, "disputes")
    assert entity_of(held) is entity
    do(Change(entity.kind, "change", key, {"stance": "agrees"}, {"stance": "disputes"}), number=2)
    do(Change(entity.kind, "retire", key), number=3)
    held.refresh_from_db()
    assert (held.stance, held.is_retired) == ("agrees", True)
    assert ingest(by="tests").writes == 0


def test_nobody_has_an_opinion_on_what_is_not_there(starter):
    role, other = standing(ENTITIES["role"])[0], standing(ENTITIES["qualification"]).last()
    key = {"role": role.code, "qualification": other.code, "organisation": standing(ENTITIES["organisation"])[0].code}
    with pytest.raises(CannotApply, match="There is no requirement of"):
        do(Change("opinion on a requirement", "create", key, {"stance": "agrees", "reason": "Yes."}))


def test_a_row_under_a_group_that_was_retired_can_still_be_taken_out(starter):
    """What stands on a retired group is put right by retiring it, and nothing new is put there."""
    group = RuleGroup.objects.filter(retired_on=None, members__isnull=False).first()
    row = group.members.filter(retired_on=None).first()
    key = {"qualification": group.qualification.code, "group": group.key, "unit": row.unit.code}
    RuleGroup.objects.filter(pk=group.pk).update(retired_on="2026-01-01", retired_because="Gone")
    do(Change("rule unit", "retire", key))
    row.refresh_from_db()
    assert row.is_retired
    with pytest.raises(CannotApply, match="have no group"):
        do(Change("rule unit", "create", key), number=2)
