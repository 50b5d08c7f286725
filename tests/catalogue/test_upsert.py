"""Whatever drafts came before, the catalogue says what the last ones say; each change is written once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, give_codes, is_cosmetic, retire_missing, upsert
from iqf.evidence.models import Citation, Source

pytestmark = pytest.mark.django_db
KEYS = ("a", "b", "c", "d")
ROWS = st.dictionaries(
    st.sampled_from(KEYS),
    st.tuples(st.sampled_from(("Play", "play ", "Care")), st.sampled_from(("", "note"))),
    max_size=4,
)
DELIVERIES = st.lists(ROWS, min_size=1, max_size=4)
QUICK = trying(30)


@pytest.fixture
def citations(db):
    """A citation for every key, in a collection of its own."""

    def of(collection):
        source, _ = Source.objects.get_or_create(key="test", defaults={"title": "Test"})
        return {
            key: Citation.objects.get_or_create(
                collection=collection, subject=key, defaults={"source": source, "certainty": "page"}
            )[0]
            for key in KEYS
        }

    return of


def deliver(rows, citations, collection="test"):
    """One delivery of cluster schemes; returns what came of it."""
    batch = Batch("tester", collection, citations, reason="delivery")
    drafts = [
        Draft(key, {"key": f"test-{key}"}, {"title": title, "note": note}, ("file", n))
        for n, (key, (title, note)) in enumerate(rows.items(), start=2)
    ]
    made = upsert(batch, m.ClusterScheme, drafts)
    retire_missing(batch, m.ClusterScheme, made.values())
    changes = len(batch.events)
    batch.flush()
    return batch, changes


def standing():
    rows = m.ClusterScheme.objects.filter(key__startswith="test-", retired_on=None)
    return {r.key.removeprefix("test-"): (r.title, r.note) for r in rows}


@QUICK
@given(deliveries=DELIVERIES)
def test_the_catalogue_says_what_the_last_delivery_says(citations, deliveries):
    held = citations("test")
    m.ClusterScheme.objects.filter(key__startswith="test-").delete()
    ever = set()
    for rows in deliveries:
        before, events = standing(), AuditEvent.objects.count()
        batch, changes = deliver(rows, held)
        assert standing() == rows
        assert AuditEvent.objects.count() - events == changes == batch.writes
        assert batch.retired == len(before.keys() - rows.keys())
        assert len(batch.added) == len(rows.keys() - ever)
        ever |= rows.keys()
        again, changes = deliver(rows, held)
        assert (again.writes, changes, again.changes, again.retired) == (0, 0, [], 0)
    assert m.ClusterScheme.objects.filter(key__startswith="test-").count() == len(ever)


@QUICK
@given(first=ROWS, second=ROWS)
def test_every_changed_field_is_told_with_before_and_after(citations, first, second):
    held = citations("test")
    m.ClusterScheme.objects.filter(key__startswith="test-").delete()
    deliver(first, held)
    batch, _ = deliver(second, held)
    told = {(c.code, c.field): (c.before, c.after, c.cosmetic) for c in batch.changes}
    expected = {}
    for key in first.keys() & second.keys():
        for name, old, new in zip(("title", "note"), first[key], second[key], strict=True):
            if old != new:
                expected[f"clusterscheme:{key}", name] = (old, new, {old, new} == {"Play", "play "})
    assert told == expected


def test_a_row_that_another_collection_brought_is_left_alone(citations):
    deliver({"a": ("Play", "")}, citations("first"), "first")
    batch, _ = deliver({"a": ("Care", "changed")}, citations("second"), "second")
    assert batch.left_alone == ["clusterscheme:a"]
    assert batch.writes == 0
    assert standing() == {"a": ("Play", "")}


def test_what_is_listed_again_stands_again(citations):
    held = citations("test")
    deliver({"a": ("Play", "")}, held)
    deliver({}, held)
    row = m.ClusterScheme.objects.get(key="test-a")
    assert row.retired_because == "No longer listed in test"
    deliver({"a": ("Play", "")}, held)
    row.refresh_from_db()
    assert (row.retired_on, row.retired_because) == (None, "")


def test_events_say_who_what_and_why(citations):
    held = citations("test")
    deliver({"a": ("Play", "")}, held)
    deliver({"a": ("Care", "")}, held)
    made, changed = AuditEvent.objects.filter(subject="clusterscheme:a").order_by("id")
    assert (made.action, made.subject, made.actor, made.reason) == (
        "create cluster scheme",
        "clusterscheme:a",
        "tester",
        "delivery",
    )
    assert (changed.before, changed.after) == ({"title": "Play"}, {"title": "Care"})


def test_a_permanent_code_is_never_given_twice(db):
    given_out = give_codes("role", 3) + give_codes("role", 2) + give_codes("unit", 1)
    assert given_out == sorted(set(given_out)) or len(set(given_out)) == 6
    last = m.CodeSequence.objects.get(kind="role").last
    m.Role.objects.filter(code__in=given_out).delete()
    assert give_codes("role", 1) == [f"IQF-R-{last + 1:06d}"]
    assert give_codes("role", 0) == []


@pytest.mark.parametrize(
    ("before", "after", "cosmetic"),
    [("Play", " play ", True), ("it's", "it’s", True), ("Play", "Plays", False), (3, 4, False), ("", None, False)],
)
def test_spaces_quotes_and_case_are_cosmetic(before, after, cosmetic):
    assert is_cosmetic(before, after) is cosmetic
