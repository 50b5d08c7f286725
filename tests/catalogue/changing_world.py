"""A small world that lists bring and people change, and random acts in it; all through actions."""

from contextlib import suppress

from hypothesis import strategies as st

from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.actions.editing import Behind, CannotApply, apply_changes
from iqf.catalogue.actions.joining import join
from iqf.catalogue.actions.parting import unjoin
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.catalogue.earlier import entity_of_name, present
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.joining import CannotJoin
from iqf.evidence.actions import Cite, cite, hold_sources
from iqf.evidence.models import Source

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
        source = Source(key=f"edit:{self.done}", title="A report", publisher="A body", kind="proposal")
        said = Behind(source, "", "page", "The body says so.", f"edit:{self.done}")
        with suppress(CannotApply):
            apply_changes(by="ann", changes=changes, behind=said)


def edit_of(world, draw):
    """One change of one row, of any of the kinds that join these things or of the things themselves."""
    kind = draw(st.sampled_from(["qualification", "role", "requirement", "role title", "rule group", "rule unit"]))
    entity = ENTITIES[kind]
    act = draw(st.sampled_from(["change", "retire", "restore", "create"]))
    rows = keys_of(world, entity)
    if act == "create" or not rows:
        codes = {"role": world.things[2].code, "qualification": world.things[0].code, "title": draw(TITLES)}
        codes |= {"key": "NEW", "group": "NEW", "unit": world.things[3].code}
        key = {name: codes[name] for name in entity.key}
        made = {"strength": "significant", "kind": "synonym", "title": "New", "position": "7", "parent": "ALL"}
        made["kind"] = {"role title": "synonym", "rule group": "choose"}.get(kind, "historic")
        if entity.is_thing:
            return Change(kind, "change", {"code": world.things[0].code}, {"note": draw(TITLES)})
        return Change(kind, "create", key, {n: t for n, t in made.items() if n in {c.name for c in entity.own}})
    key = draw(st.sampled_from(rows))
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
    return Change(kind, act, key, wanted if act == "change" else {})


TITLES = st.sampled_from(["Carer", "Helper", "x" * 190])


def keys_of(world, entity):
    """What names the rows of an entity that are these things or join them."""
    found = {}
    for thing in world.things:
        now = present(thing)
        for name, row in now.rows.items():
            if entity_of_name(name) is entity:
                found[name] = {column: row.cells[column] for column in entity.named_by}
    return list(found.values())


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


def joining(world):
    """The second qualification is joined into the first, or the two are parted."""
    kept, gone = (thing.code for thing in world.things[:2])
    with suppress(CannotJoin):
        if m.Joining.objects.filter(gone=gone).exists():
            unjoin(by="ann", gone=gone, reason="They are two.")
        else:
            join(by="ann", kept=kept, gone=gone, reason="They are one.")


def act(world, draw, *more):
    """One random act: an edit, a reading of the list, or a decision."""
    kind = draw(st.sampled_from(["edit", "edit", "edit", "read", "decide", *more]))
    if kind == "edit":
        world.edit(*(edit_of(world, draw) for _ in range(draw(st.integers(1, 2)))))
    elif kind == "read":
        levels = draw(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)))
        listed = draw(st.tuples(st.booleans(), st.booleans()))
        titles = draw(st.sampled_from([("a", "b"), ("cc", "b")]))
        world.read(titles, levels, listed, draw(st.sampled_from(m.roles.TITLE_KINDS)))
    elif kind == "join":
        joining(world)
    else:
        decision(world, draw)
    for thing in world.things:
        thing.refresh_from_db()
