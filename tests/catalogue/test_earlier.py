"""Whatever is done to things in whatever order, the audit trail tells exactly how they stood after each change."""

import shutil
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.actions.editing import Behind, CannotApply, apply_changes
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.catalogue.earlier import present, states
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import cells_of, every, key_of, row_name
from iqf.catalogue.queries import find
from iqf.evidence.actions import Cite, cite, hold_sources
from iqf.evidence.models import Source
from iqf.exchange.sources.starter.ingest import ingest
from iqf.exchange.sources.starter.layout import PACKAGED

COLLECTION = "a-list"
LEVELS = ("2", "3", "4", "")


class World:
    """Two qualifications, a role and two units that a list brings, and what can be done to them."""

    def __init__(self):
        self.done, self.held = 0, {}
        source = Source(key=COLLECTION, title="A list", publisher="A body")
        self.source = hold_sources([source]).rows[COLLECTION]
        self.read(("a", "b"), ("3", "2"), (True, True), "alternative")

    def read(self, titles, levels, listed, kind):
        """A reading of the list: what it says of each, and which of the links it still lists."""
        subjects = ("o", "q0", "q1", "r", "u0", "u1", "req0", "req1", "grp", "in0", "in1", "t")
        cited = cite(COLLECTION, [Cite(s, self.source, "page") for s in subjects], None).rows
        batch = Batch("tests", COLLECTION, cited, reason=f"ingest {COLLECTION}")
        owner = self.hold(batch, m.Organisation, "o", kind="awarding organisation", title="Board")
        q = [
            self.hold(
                batch,
                m.Qualification,
                f"q{n}",
                title=f"Diploma {titles[n]}",
                kind="historic",
                level=levels[n],
                owner=owner if levels[0] else None,
            )
            for n in (0, 1)
        ]
        role = self.hold(batch, m.Role, "r", title=f"Worker {titles[0]}")
        units = [self.hold(batch, m.Unit, f"u{n}", title=f"Unit {n}", level=levels[n]) for n in (0, 1)]
        links = [
            Draft(f"req{n}", {"role": role, "qualification": q[n]}, {"strength": ("relevant", "mandatory")[n]})
            for n in (0, 1)
            if listed[n]
        ]
        retire_missing(batch, m.Requirement, upsert(batch, m.Requirement, links).values())
        upsert(batch, m.RoleTitle, [Draft("t", {"role": role, "title": "Carer"}, {"kind": kind})])
        values = {"title": "All", "kind": "all", "min_units": len(titles[0])}
        group = upsert(batch, m.RuleGroup, [Draft("grp", {"qualification": q[0], "key": "ALL"}, values)])["grp"]
        rows = [Draft(f"in{n}", {"group": group, "unit": units[n]}, {"position": n}) for n in (0, 1) if listed[1 - n]]
        retire_missing(batch, m.GroupUnit, upsert(batch, m.GroupUnit, rows).values())
        batch.flush()
        self.things = [*q, role, *units]

    def hold(self, batch, model, subject, **values):
        row = self.held.get(subject)
        keyed = {(row.pk,): model.objects.get(pk=row.pk)} if row else {}
        draft = Draft(subject, {"id": row.pk if row else None}, values)
        made = upsert(batch, model, [draft], kind=model._meta.model_name, held=keyed)[subject]
        self.held[subject] = made
        return made

    def edit(self, *changes):
        self.done += 1
        source = Source(key=f"proposal:{self.done}", title="A report", publisher="A body", kind="proposal")
        said = Behind(source, "", "page", "The body says so.", f"proposal:{self.done}")
        with suppress(CannotApply):
            apply_changes(by="ann", changes=changes, behind=said)


def edit_of(world, draw):
    """One change of one row, of any of the kinds that join these things or of the things themselves."""
    kind = draw(st.sampled_from(["qualification", "role", "requirement", "role title", "rule group", "rule unit"]))
    entity = ENTITIES[kind]
    act = draw(st.sampled_from(["change", "retire", "restore", "create"]))
    rows = [row for row in every(entity) if _ours(world, entity, row)]
    if act == "create" or not rows:
        codes = {"role": world.things[2].code, "qualification": world.things[0].code, "title": draw(TITLES)}
        codes |= {"key": "NEW", "group": "NEW", "unit": world.things[3].code}
        key = {name: codes[name] for name in entity.key}
        made = {"strength": "significant", "kind": "synonym", "title": "New", "position": "7", "parent": "ALL"}
        made["kind"] = {"role title": "synonym", "rule group": "choose"}.get(kind, "historic")
        if entity.is_thing:
            return Change(kind, "change", {"code": world.things[0].code}, {"note": draw(TITLES)})
        return Change(kind, "create", key, {n: t for n, t in made.items() if n in {c.name for c in entity.own}})
    row = draw(st.sampled_from(rows))
    wanted = {
        name: draw(st.sampled_from(texts))
        for name, texts in {
            "title": ("x", "y"),
            "level": LEVELS,
            "owner": ("",),
            "strength": ("relevant", "mandatory"),
            "note": ("", "n"),
            "tier": ("", "targeted"),
            "position": ("1", "4"),
            "min_units": ("", "1"),
        }.items()
        if name in {c.name for c in entity.own}
    }
    return Change(kind, act, key_of(entity, row), wanted if act == "change" else {})


TITLES = st.sampled_from(["Carer", "Helper", "x" * 190])


def _ours(world, entity, row):
    codes = {thing.code for thing in world.things}
    return bool(codes & set(cells_of(entity, row).values()))


def decision(world, draw):
    """A conflict that waits is decided, or a decision is undone."""
    waiting = m.FieldConflict.objects.filter(
        retired_on=None, decision=None, subject__in=[t.code for t in world.things]
    )
    decided = m.FieldConflict.objects.filter(decision__isnull=False)
    with suppress(CannotDecide):
        if (row := waiting.first()) is not None:
            decide(by="ann", code=row.subject, field=row.field, value=row.value_other, reason="So it is.")
        elif (row := decided.order_by("-decision").first()) is not None:
            reopen(by="ann", decision=row.decision, reason="Not so.")


def recorded(world):
    return {thing.code: present(thing).rows for thing in world.things}


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_trail_tells_every_earlier_state_exactly(data):
    with transaction.atomic():
        world = World()
        seen = [(AuditEvent.objects.latest("pk").pk, recorded(world))]
        for _ in range(data.draw(st.integers(2, 9))):
            act = data.draw(st.sampled_from(["edit", "edit", "edit", "read", "decide"]))
            if act == "edit":
                world.edit(*(edit_of(world, data.draw) for _ in range(data.draw(st.integers(1, 2)))))
            elif act == "read":
                two = st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
                listed = data.draw(st.tuples(st.booleans(), st.booleans()))
                world.read(
                    data.draw(st.sampled_from([("a", "b"), ("cc", "b")])),
                    data.draw(two),
                    listed,
                    data.draw(st.sampled_from(m.roles.TITLE_KINDS)),
                )
            else:
                decision(world, data.draw)
            for thing in world.things:
                thing.refresh_from_db()
            seen.append((AuditEvent.objects.latest("pk").pk, recorded(world)))
        for thing in world.things:
            found = dict(states(present(thing), [number for number, _ in seen]))
            for number, rows in seen:
                assert found[number].gaps == ()
                assert found[number].rows == rows[thing.code], (thing.code, number)
        transaction.set_rollback(True)


def test_every_thing_of_the_starter_came_to_be_and_the_trail_explains_all_that_it_is(starter):
    for name, kind in (("playworker", "role"), ("Q001", "qualification"), ("common-core-2005", "framework")):
        now = present(find(name, [kind]))
        first, last = (
            AuditEvent.objects.order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk")
        )
        found = dict(states(now, [first - 1, last]))
        assert (found[last].rows, found[last].gaps) == (now.rows, ())
        assert (found[first - 1].rows, found[first - 1].gaps) == ({}, ())


def test_an_import_that_changes_things_is_taken_back_exactly(starter, tmp_path):
    folder = shutil.copytree(PACKAGED, tmp_path / "starter")
    file = folder / "qualifications/qualifications.csv"
    q = find("Q001", ["qualification"])
    text = file.read_text(encoding="utf-8")
    assert q.title in text
    file.write_text(text.replace(q.title, "Another title", 1), encoding="utf-8")
    before, number = present(q).rows, AuditEvent.objects.latest("pk").pk
    ingest(folder, by="tests")
    q.refresh_from_db()
    assert q.title == "Another title"
    assert dict(states(present(q), [number]))[number].rows == before


def test_rows_with_long_names_are_kept_apart(starter):
    entity = ENTITIES["permission"]
    keys = [{"qualification": "IQF-Q-000001", "kind": "allows", "text": "x" * 300 + end} for end in "ab"]
    names = {row_name(entity, key) for key in keys}
    assert len(names) == 2
    assert {len(name) for name in names} == {200}
