"""Deciding where sources disagree: once, with a reason, remembered through every later import, undone exactly."""

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.actions.official import Disagreement, hold_disagreements
from iqf.catalogue.actions.upsert import Batch, Draft, upsert
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models.things import LIVE
from iqf.evidence.actions import Cite, cite, hold_sources, record_retrieval
from iqf.evidence.models import Source
from iqf.register.actions import PrintedRow, mirror
from iqf.register.models import OfficialRow

pytestmark = pytest.mark.django_db
WHY = "The certificate says so."


class Sources:
    """Two sources of one qualification's level: a folder that made it, and an official list that may disagree."""

    def __init__(self, level="3"):
        sources = hold_sources([Source(key=k, title=k.title(), publisher=k) for k in ("folder", "list")]).rows
        self.said = {
            name: cite(
                name,
                [Cite("thing", source, "official", 2)],
                record_retrieval(source=source, file_name=f"{name}.csv", sha256=name * 8, rows=1),
            ).rows["thing"]
            for name, source in sources.items()
            if name in ("folder", "list")
        }
        self.pk = 0
        self.folder(level)

    def folder(self, level):
        """The folder says this level. Returns how many rows were written."""
        batch = Batch("tests", "folder", {"thing": self.said["folder"]}, reason="ingest folder")
        values = {"title": "Playing", "kind": "regulated qualification", "level": level}
        held = {("x",): self.thing} if self.pk else {}
        draft = Draft("thing", {"alias": "x"}, values)
        made = upsert(batch, m.Qualification, [draft], kind="qualification", held=held)
        batch.flush()
        self.pk = made["thing"].pk
        return batch.writes

    @property
    def thing(self):
        """The qualification as it stands."""
        return m.Qualification.objects.get(pk=self.pk)

    def list(self, level):
        """The official list says this level. Returns how many rows were written."""
        printed = PrintedRow("thing", 2, {"level": level}, {}, title="Playing", level=level)
        mirror(by="tests", register="list", rows=[printed], retrieval="list" * 8, revert=True)
        thing = self.thing
        row = OfficialRow.objects.get(register="list")
        found = [Disagreement(thing, row, "level", thing.level, level)] if thing.level != level else []
        batch = Batch("tests", "list", {"thing": self.said["list"]}, reason="ingest list")
        hold_disagreements(batch, found)
        batch.flush()
        return batch.writes

    @property
    def level(self):
        return self.thing.level

    @property
    def waiting(self):
        """What waits: the other value, to the shown one."""
        rows = m.FieldConflict.objects.filter(LIVE, decision=None, subject=self.thing.code)
        return {row.value_other: row.value_shown for row in rows}

    def decide(self, value, **more):
        return decide(by="rita", code=self.thing.code, field="level", value=value, reason=WHY, **more)


@pytest.fixture
def sources(db):
    """A folder that says 3 and a list that says 4."""
    made = Sources()
    made.list("4")
    return made


def test_keeping_the_shown_value_keeps_it_and_says_why(sources):
    number = sources.decide("Level 3")
    conflict = m.FieldConflict.objects.get(subject=sources.thing.code)
    assert sources.level == "3"
    assert (conflict.value_shown, conflict.value_other, conflict.value_decided) == ("3", "4", "3")
    assert (conflict.decided_by, conflict.decided_on, conflict.decided_because) == ("rita", timezone.localdate(), WHY)
    assert conflict.citation_decided == sources.said["folder"]
    event = AuditEvent.objects.get(pk=number)
    assert (event.actor, event.action, event.subject, event.reason) == (
        "rita",
        "decide conflict",
        sources.thing.code,
        WHY,
    )
    assert (event.before, event.after) == ({"level": "3"}, {"level": "3", "values": ["3", "4"]})


def test_taking_the_other_changes_the_field_and_its_citation(sources):
    sources.decide("4")
    assert sources.level == "4"
    assert Conflicts().decision(sources.thing.code, "level").citation == sources.said["list"]


def test_a_third_value_stands_on_the_decision(sources):
    number = sources.decide("5")
    said = Conflicts().decision(sources.thing.code, "level").citation
    assert sources.level == "5"
    assert (said.collection, said.certainty, said.note) == ("decisions", "inferred", WHY)
    assert said.subject == f"{sources.thing.code}:level:{number}"


@pytest.mark.parametrize("taken", ["3", "4", "5"])
def test_neither_source_overwrites_or_asks_again_with_a_value_that_was_on_the_table(sources, taken):
    sources.decide(taken)
    before = list(m.FieldConflict.objects.values())
    for read in (sources.folder, sources.list):
        for level in ("3", "4", "3", taken):
            read(level)
            assert (sources.level, sources.waiting) == (taken, {})
    assert list(m.FieldConflict.objects.values()) == before


@pytest.mark.parametrize("taken", ["3", "4"])
@pytest.mark.parametrize("read", ["folder", "list"])
def test_a_value_that_nobody_had_seen_waits_beside_the_decision(sources, taken, read):
    sources.decide(taken)
    getattr(sources, read)("6")
    assert (sources.level, sources.waiting) == (taken, {"6": taken})
    new = m.FieldConflict.objects.get(value_other="6")
    assert new.citation_other == sources.said[read]
    assert new.citation_shown == Conflicts().decision(sources.thing.code, "level").citation
    assert getattr(sources, read)("6") == 0
    getattr(sources, read)("4")
    assert sources.waiting == {}


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_both_are_undone_in_turn(sources):
    first = sources.decide("4")
    sources.list("6")
    second = sources.decide("6")
    assert sources.level == "6"
    with pytest.raises(CannotDecide, match="A later decision about the level of"):
        reopen(by="rita", decision=first, reason="wrong")
    reopen(by="rita", decision=second, reason="wrong")
    assert (sources.level, sources.waiting) == ("4", {"6": "4"})
    reopen(by="rita", decision=first, reason="wrong")
    assert (sources.level, sources.waiting) == ("3", {"4": "3", "6": "3"})


def test_undoing_restores_every_row_as_it_was(sources):
    before = list(m.FieldConflict.objects.values()), list(m.Qualification.objects.values())
    number = sources.decide("5")
    reopen(by="rita", decision=number, reason="A mistake.")
    assert (list(m.FieldConflict.objects.values()), list(m.Qualification.objects.values())) == before
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.reason, event.before, event.after) == (
        "reopen conflict",
        "A mistake.",
        {"level": "5"},
        {"level": "3"},
    )
    with pytest.raises(CannotDecide, match=f"There is no decision {number} that stands"):
        reopen(by="rita", decision=number, reason="again")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reason": "  "}, "Say why, in one sentence"),
        ({"reason": "x" * 501}, "The reason has 501 characters"),
        ({"value": ""}, "Say which value is to be shown."),
        ({"value": "Level 9"}, '"Level 9" is no level; write 1 to 8'),
        ({"field": "glh"}, "Nothing waits to be decided about the glh"),
        ({"seen": ["3", "5"]}, 'it is "3" or "4" now. Look again'),
    ],
)
def test_what_cannot_be_decided_is_refused_in_a_sentence_and_writes_nothing(sources, more, said):
    before = list(m.FieldConflict.objects.values()), AuditEvent.objects.count()
    asked = {"by": "rita", "code": sources.thing.code, "field": "level", "value": "4", "reason": WHY} | more
    with pytest.raises(CannotDecide, match=said):
        decide(**asked)
    assert (list(m.FieldConflict.objects.values()), AuditEvent.objects.count()) == before
    assert sources.level == "3"


def test_what_is_decided_is_not_decided_again(sources):
    sources.decide("3")
    with pytest.raises(CannotDecide, match="Nothing waits"):
        sources.decide("4")


def test_an_owner_is_taken_by_any_of_its_names_and_put_back(starter):
    held = m.Qualification.objects.filter(owner__title="TQUK").first()
    other = m.Organisation.objects.get(title="NCFE")
    said = held.citation
    m.FieldConflict(
        subject=held.code,
        field="owner",
        value_shown="TQUK",
        citation_shown=said,
        value_other="NCFE CACHE",
        citation_other=said,
        reason="Two lists.",
    ).save()
    with pytest.raises(CannotDecide, match='"Nobody Ltd" is no organisation of the framework'):
        decide(by="rita", code=held.code, field="owner", value="Nobody Ltd", reason=WHY)
    number = decide(by="rita", code=held.code, field="owner", value="NCFE", reason=WHY)
    held.refresh_from_db()
    assert held.owner == other
    reopen(by="rita", decision=number, reason="wrong")
    held.refresh_from_db()
    assert held.owner.title == "TQUK"


# ---------- any interleaving ----------

LEVELS = st.sampled_from("12345")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("folder"), LEVELS),
        st.tuples(st.just("list"), LEVELS),
        st.tuples(st.just("decide"), LEVELS),
        st.tuples(st.just("reopen"), st.just("")),
    ),
    min_size=1,
    max_size=14,
)


class Told:
    """What should be shown and what should wait, told in the plainest way: other values by who raised them."""

    def __init__(self, level):
        self.shown, self.waiting, self.decisions = level, {}, []

    @property
    def known(self):
        return set().union(*(d["known"] for d in self.decisions))

    def folder(self, level):
        mine = {v for v, who in self.waiting.items() if who == "folder"}
        if not self.decisions:
            self.shown = level
            self.waiting.pop(level, None)
            return
        new = set() if level in self.known else {level}
        for value in mine - new:
            del self.waiting[value]
        for value in new:
            self.waiting.setdefault(value, "folder")

    def list(self, level):
        raised = level != self.shown and not (self.decisions and level in self.known)
        self.waiting = {v: who for v, who in self.waiting.items() if who != "list" or (raised and v == level)}
        if raised:
            self.waiting.setdefault(level, "list")

    def decide(self, level):
        if not self.waiting:
            return False
        known = {self.shown, level, *self.waiting}
        self.decisions.append({"known": known, "before": self.shown, "waited": self.waiting})
        self.shown, self.waiting = level, {}
        return True

    def reopen(self):
        if not self.decisions:
            return False
        last = self.decisions.pop()
        self.shown = last["before"]
        self.waiting = {v: who for v, who in (last["waited"] | self.waiting).items() if v != self.shown}
        return True


def whole_history(thing):
    """The levels that the trail tells of, in turn; each change begins where the last one ended."""
    level = None
    for event in AuditEvent.objects.filter(subject=thing.code).order_by("pk"):
        if "level" in event.after:
            assert event.before.get("level") == level, f"{event} begins elsewhere"
            level = event.after["level"]
    return level


@trying(30)
@given(first=LEVELS, steps=STEPS)
@example("1", [("list", "4"), ("decide", "5"), ("folder", "1"), ("reopen", ""), ("folder", "5")])
def test_any_interleaving_shows_what_was_decided_and_asks_nothing_twice(db, first, steps):
    m.FieldConflict.objects.filter(citation_other__collection__in=("folder", "list")).delete()
    sources, told = Sources(first), Told(first)
    numbers = []
    for what, level in steps:
        if what in ("folder", "list"):
            getattr(sources, what)(level)
            getattr(told, what)(level)
            assert getattr(sources, what)(level) == 0, "read again, it wrote"
        elif what == "decide" and told.decide(level):
            numbers.append(sources.decide(level))
        elif what == "reopen" and told.reopen():
            reopen(by="rita", decision=numbers.pop(), reason="undone")
        assert sources.level == told.shown
        assert sources.waiting == dict.fromkeys(told.waiting, told.shown)
        assert whole_history(sources.thing) == told.shown
    made = AuditEvent.objects.filter(subject=sources.thing.code)
    assert made.filter(action="decide conflict").count() - made.filter(action="reopen conflict").count() == len(
        numbers
    )
