"""Any interleaving of what people and a list do to a small framework, beside a naive second account of what stands.

The account knows the rules in plain words: a change that is accepted is made whole or not at all, and is never
overwritten by the list; a list changes what nobody has decided; undoing takes back exactly one decision.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.catalogue.changing_world import LEVELS, World

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import data_version, history
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.earlier import entity_of_name, present, states
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import cells_of, every, key_of, row_name
from iqf.catalogue.queries import find
from iqf.evidence.models import Citation
from iqf.review.actions.proposing import CannotPropose, Case, answer, begin, revise, submit, withdraw
from iqf.review.actions.restoring import propose_restore
from iqf.review.actions.reviewing import Edit, accept, ask, decline
from iqf.review.models import Proposal
from iqf.review.proposal_states import OPEN
from iqf.review.trial import changes_of

KINDS = ("role", "qualification", "role title", "requirement")
"""The kinds that are changed here, in the order in which the changes of a proposal are made."""
TEXTS = {
    "title": ("x", "y"),
    "level": LEVELS,
    "tier": ("", "targeted", "specialist"),
    "kind": ("synonym", "alternative"),
    "strength": ("relevant", "mandatory", "significant"),
    "note": ("", "n", "m"),
}
WORDS = {"role": ("title", "tier"), "qualification": ("title", "level", "note")}
WORDS |= {"role title": ("kind",), "requirement": ("strength", "note")}


class Refused(Exception):
    """The account says that this cannot be done."""


@dataclass
class Kept:
    """What the account knows of a row. `listed`: the list may still change it. `decided`: for each column what people
    decided, oldest first, as (the number of the decision, what it said before). One decision may be about several.
    """

    kind: str
    cells: dict
    stands: bool = True
    listed: bool = True
    decided: dict = field(default_factory=dict)

    def decide(self, columns):
        """People are about to decide these columns, together."""
        number = 1 + max((number for held in self.decided.values() for number, _ in held), default=0)
        for column in columns:
            self.decided.setdefault(column, []).append((number, self.cells[column]))

    def _together(self, column):
        """The columns that the last decision about a column was about."""
        number = self.decided[column][-1][0]
        return [c for c, held in self.decided.items() if number in dict(held)]

    def may_take_back(self, column):
        """Whether the last decision about a column is the last about all that it was about."""
        number = self.decided[column][-1][0]
        return all(self.decided[c][-1][0] == number for c in self._together(column))

    def take_back(self, column):
        """All that the last decision about a column was about says again what it said before."""
        for c in self._together(column):
            self.cells[c] = self.decided[c].pop()[1]


@dataclass
class Sent:
    """What the account knows of a proposal: who, in which state, its changes, and which rows it has changed."""

    author: str
    state: str
    changes: list
    effects: int = 0


class Account:
    """What stands, by the plain rules alone."""

    def __init__(self, rows):
        self.rows = rows

    def apply(self, changes):
        """Make changes; the names of the rows that really changed. Raises Refused, having done nothing."""
        rows, done = deepcopy(self.rows), []
        for change in sorted(changes, key=_order):
            done += _make(rows, change)
        self.rows = rows
        return done

    def read(self, said, listed):
        """The list is read: `said` by name of row, and the rows that it does not name any more stand no longer."""
        for name, (kind, cells) in said.items():
            row = self.rows.setdefault(name, Kept(kind, dict(cells)))
            if row.listed:
                row.stands = True
                row.cells |= {c: text for c, text in cells.items() if not row.decided.get(c)}
        for name in listed - said.keys():
            if name in self.rows and self.rows[name].listed:
                self.rows[name].stands = False


def _order(change):
    rank = KINDS.index(change.entity)
    return (1, -rank) if change.act == "retire" else (0, rank)


def _make(rows, change):
    entity = ENTITIES[change.entity]
    name = row_name(entity, change.key)
    row = rows.get(name)
    if change.act == "create":
        return _create(rows, change, entity, name)
    if row is None or row.stands == (change.act == "restore"):
        raise Refused(f"{change.act} {name}")
    if change.act != "change":
        row.stands, row.listed = change.act == "restore", False
        return [name]
    asked = {column: text for column, text in change.wanted.items() if row.cells[column] != text}
    if any(change.base.get(column, row.cells[column]) != row.cells[column] for column in asked):
        raise Refused(f"{name} was changed meanwhile")
    if entity.is_thing:
        row.decide(asked)
    row.cells |= asked
    row.listed = row.listed and (entity.is_thing or not asked)
    return [name] if asked else []


def _create(rows, change, entity, name):
    if (row := rows.get(name)) is not None and row.stands:
        raise Refused(f"{name} stands")
    cells = {column.name: "" for column in entity.columns} | dict(change.key) | dict(change.wanted)
    rows[name] = Kept(change.entity, cells, listed=False)
    return [name]


class Interleaving(RuleBasedStateMachine):
    """The framework in its database and the account of it, after each step the same. `tally`: all that was done."""

    tally = Counter()

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.world = World()
        self.codes = [thing.code for thing in self.world.things[:3]]
        self.account = Account({name: Kept(row.kind, row.cells) for name, row in self.found().items()})
        self.sent, self.seen = {}, {}

    def teardown(self):
        try:
            self.every_earlier_state_is_told()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)
        accepted = sum(held.effects for held in self.sent.values())
        self.tally.update({"interleavings": 1, "proposals": len(self.sent), "accepted changes": accepted})

    def found(self):
        """The rows of these kinds as the database has them."""
        role, qualifications = self.codes[2], self.codes[:2]
        of = {"role": Q(code=role), "qualification": Q(code__in=qualifications), "role title": Q(role__code=role)}
        of["requirement"] = Q(role__code=role)
        return {
            row_name(ENTITIES[kind], key_of(ENTITIES[kind], row)): Kept(
                kind, cells_of(ENTITIES[kind], row), not row.is_retired
            )
            for kind in KINDS
            for row in every(ENTITIES[kind]).filter(of[kind])
        }

    # Proposing

    def _change(self, data):
        rows = self.account.rows
        name = data.draw(st.sampled_from(sorted(rows)))
        row, entity = rows[name], ENTITIES[rows[name].kind]
        key = {column: row.cells[column] for column in entity.named_by} if entity.key else {"code": name}
        likely = ["change", "change", "retire"] if row.stands else ["restore", "restore", "create"]
        act = data.draw(st.sampled_from([*likely * 3, "change", "retire", "restore", "create"]))
        act = "change" if act == "create" and entity.is_thing else act
        if act in ("retire", "restore"):
            return Change(row.kind, act, key)
        needed = {"role title": ["kind"], "requirement": ["strength"]}.get(row.kind, [])
        columns = data.draw(st.sets(st.sampled_from(WORDS[row.kind]), min_size=1)) | set(needed)
        wanted = {c: data.draw(st.sampled_from(TEXTS[c])) for c in sorted(columns)}
        if act == "create":
            return Change(row.kind, act, key, wanted)
        return Change(row.kind, act, key, wanted, {c: row.cells[c] for c in wanted})

    def _begin(self, data):
        author = data.draw(st.sampled_from(["ann", "bob"]))
        changes = [self._change(data) for _ in range(data.draw(st.sampled_from([1, 1, 1, 2, 3])))]
        case = Case("A change", "The body says so.", "A report")
        made = begin(by=author, case=case, changes=changes)
        self.sent[made.pk] = Sent(author, "draft", changes)
        return made.pk

    @rule(data=st.data())
    def draft(self, data):
        self._begin(data)

    @rule(data=st.data())
    def propose(self, data):
        self._submit(self._begin(data))

    @rule(data=st.data())
    def propose_and_agree(self, data):
        number = self._begin(data)
        self._submit(number)
        if self.sent[number].state == "waiting":
            self._agree(number, self.sent[number], self.sent[number].changes, {})

    @precondition(lambda self: self._in("draft"))
    @rule(data=st.data())
    def send(self, data):
        self._submit(data.draw(st.sampled_from(self._in("draft"))))

    def _in(self, *wanted):
        return [number for number, held in self.sent.items() if held.state in wanted]

    def _version(self, number):
        return {"number": number, "version": Proposal.objects.get(pk=number).version}

    def _submit(self, number):
        held = self.sent[number]
        may = self._would(held.changes)
        try:
            submit(by=held.author, **self._version(number))
            assert may
            held.state = "waiting"
        except CannotApply:
            assert not may

    def _would(self, changes):
        """Whether the account could make these changes now."""
        try:
            deepcopy(self.account).apply(changes)
        except Refused:
            return False
        return True

    # Reviewing

    @precondition(lambda self: self._in("waiting"))
    @rule(data=st.data())
    def question(self, data):
        number = data.draw(st.sampled_from(self._in("waiting")))
        ask(by="rita", **self._version(number), text="Which page?")
        self.sent[number].state = "asked"

    @precondition(lambda self: self._in("asked"))
    @rule(data=st.data())
    def reply(self, data):
        number = data.draw(st.sampled_from(self._in("asked")))
        held = self.sent[number]
        may = self._would(held.changes)
        try:
            answer(by=held.author, **self._version(number), text="Page 3.")
            assert may
            held.state = "waiting"
        except CannotApply:
            assert not may

    @precondition(lambda self: self._in("waiting"))
    @rule(data=st.data(), edited=st.booleans())
    def agree(self, data, edited):
        number = data.draw(st.sampled_from(self._in("waiting")))
        held = self.sent[number]
        edits = self._edits(data, held) if edited else {}
        changes = [
            Change(c.entity, c.act, c.key, edits[n].wanted, edits[n].seen) if n in edits else c
            for n, c in enumerate(held.changes)
        ]
        self._agree(number, held, changes, edits)

    def _agree(self, number, held, changes, edits):
        version = data_version()
        try:
            accept(by="rita", **self._version(number), reason="Agreed.", edits=edits)
        except CannotApply:
            assert not self._would(changes)
            return
        held.changes, held.state = changes, "accepted"
        held.effects = len(self.account.apply(changes))
        assert (data_version() != version) == (held.effects > 0)

    def _edits(self, data, held):
        """What a reviewer makes of the changes, looking at what stands now."""
        edits = {}
        for place, change in enumerate(held.changes):
            row = self.account.rows.get(row_name(ENTITIES[change.entity], change.key))
            if change.act == "change" and row is not None:
                wanted = {c: data.draw(st.sampled_from(TEXTS.get(c, (text,)))) for c, text in change.wanted.items()}
                edits[place] = Edit(wanted, {c: row.cells[c] for c in wanted})
        return edits

    @precondition(lambda self: self._in(*OPEN))
    @rule(data=st.data(), declined=st.booleans())
    def let_go(self, data, declined):
        number = data.draw(st.sampled_from(self._in(*OPEN)))
        held = self.sent[number]
        if declined and held.state != "draft":
            decline(by="rita", **self._version(number), reason="The page says otherwise.")
            held.state = "declined"
        else:
            withdraw(by=held.author, **self._version(number))
            held.state = "withdrawn"

    @precondition(lambda self: self._in("accepted", "declined", "withdrawn"))
    @rule(data=st.data())
    def decide_what_is_over(self, data):
        number = data.draw(st.sampled_from(self._in("accepted", "declined", "withdrawn")))
        try:
            accept(by="rita", **self._version(number), reason="Once more.")
            raise AssertionError(f"{number} was accepted twice")
        except CannotPropose:
            pass

    # What else happens

    @rule(
        levels=st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)),
        listed=st.tuples(st.booleans(), st.booleans()),
        titles=st.sampled_from([("a", "b"), ("cc", "b")]),
        kind=st.sampled_from(TEXTS["kind"]),
    )
    def list_is_read(self, levels, listed, titles, kind):
        self.world.read(titles, levels, listed, kind)
        q, role = self.codes[:2], self.codes[2]
        owner = self.world.held["o"].code if levels[0] else ""
        said = {
            q[n]: ("qualification", {"title": f"Diploma {titles[n]}", "level": levels[n], "owner": owner})
            for n in (0, 1)
        }
        said[role] = ("role", {"title": f"Worker {titles[0]}"})
        said[f"role title:{role} > Carer"] = ("role title", {"role": role, "title": "Carer", "kind": kind})
        names = [f"requirement:{role} > {code}" for code in q]
        blank = {column.name: "" for column in ENTITIES["requirement"].columns}
        for n in (0, 1):
            if listed[n]:
                fresh = names[n] not in self.account.rows
                cells = {"role": role, "qualification": q[n], "strength": ("relevant", "mandatory")[n]}
                said[names[n]] = ("requirement", {**blank, **cells} if fresh else cells)
        self.account.read(said, set(names))

    @rule(data=st.data())
    def earlier_state_is_proposed(self, data):
        code = data.draw(st.sampled_from(self.codes))
        events = list(history(code).values_list("pk", flat=True))
        event = data.draw(st.sampled_from(events))
        try:
            made = propose_restore(by="ann", code=code, event=event)
        except CannotPropose:
            return
        case = Case(made.title, "It was right before.", made.source_title)
        changes = [change for change in changes_of(made) if change.entity in KINDS]
        revise(by="ann", number=made.pk, version=made.version, case=case, changes=changes)
        self.sent[made.pk] = Sent("ann", "draft", changes)
        if not changes:
            withdraw(by="ann", **self._version(made.pk))
            self.sent[made.pk].state = "withdrawn"

    def _waiting_conflicts(self):
        return list(
            m.FieldConflict.objects.filter(retired_on=None, decision=None, subject__in=self.codes).order_by("pk")
        )

    @precondition(lambda self: self._waiting_conflicts())
    @rule(data=st.data(), theirs=st.booleans())
    def conflict_is_decided(self, data, theirs):
        held = data.draw(st.sampled_from(self._waiting_conflicts()))
        value = held.value_other if theirs else held.value_shown
        row = self.account.rows[held.subject]
        try:
            decide(by="rita", code=held.subject, field=held.field, value=value, reason="So it is.")
        except CannotDecide:
            assert not value
            return
        row.decide([held.field])
        row.cells[held.field] = self.world.held["o"].code if held.field == "owner" else value

    @precondition(lambda self: self._decisions())
    @rule(data=st.data())
    def decision_is_taken_back(self, data):
        code, column = data.draw(st.sampled_from(self._decisions()))
        about = m.FieldConflict.objects.filter(subject=code, field=column, decision__isnull=False)
        row = self.account.rows[code]
        may = row.may_take_back(column)
        try:
            reopen(by="rita", decision=about.latest("decision").decision, reason="Not so.")
            assert may
            row.take_back(column)
        except CannotDecide:
            assert not may

    def _decisions(self):
        rows = self.account.rows.items()
        return [(name, column) for name, row in rows for column, held in row.decided.items() if held]

    # What always holds

    @invariant()
    def what_stands_is_what_was_accepted(self):
        """Every field says what the last accepted change or the list says; nothing else shows."""
        found, known = self.found(), self.account.rows
        assert found.keys() == known.keys()
        for name, row in found.items():
            expected = known[name].stands, known[name].cells
            assert (row.stands, row.cells) == expected, (name, row.stands, row.cells, expected)
        self.seen[AuditEvent.objects.latest("pk").pk] = found

    @invariant()
    def every_accepted_change_is_counted_once(self):
        """Each in the trail, in the history of its thing and with its citation; of what is not accepted, none."""
        of = {number: f"proposal:{number}" for number in self.sent}
        made = Counter(AuditEvent.objects.filter(origin__in=of.values()).values_list("origin", flat=True))
        cited = Counter(Citation.objects.filter(collection__in=of.values()).values_list("collection", flat=True))
        events = set().union(*(history(code).exclude(origin="").values_list("pk", "origin") for code in self.codes))
        told = Counter(origin for _, origin in events)
        states = dict(Proposal.objects.values_list("pk", "state"))
        for number, held in self.sent.items():
            counted = {made[of[number]], cited[of[number]], told[of[number]]}
            assert counted == {held.effects}, (number, counted, held)
            assert states[number] == held.state, (number, states[number], held)

    def every_earlier_state_is_told(self):
        """The trail alone tells how everything stood after each step."""
        for code in self.codes:
            now = present(find(code))
            for number, state in states(now, self.seen):
                assert not state.gaps, (number, state.gaps)
                for name, row in state.rows.items():
                    if entity_of_name(name).kind in KINDS:
                        then = self.seen[number][name]
                        assert (then.cells, then.stands) == (row.cells, row.stands), (number, name, then, row)
