"""Things that were joined into others, beside the lists that speak of them: read again, nothing is written."""

import pytest
from tests.catalogue.test_joining import dump
from tests.official_rows import NUMBER, TITLE, read_all

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.joining import join
from iqf.catalogue.actions.parting import unjoin
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.exchange.sources import admitting
from iqf.reports.search import search

from .approved_list import ALL, CHILD, read
from .lists import everything

pytestmark = pytest.mark.django_db
WHY = "One thing, held twice."


@pytest.fixture
def listed(starter, tmp_path):
    """The starter beside a small list of every kind."""
    read_all(tmp_path)
    read_all(tmp_path)
    return tmp_path


def joined(kept, gone):
    join(by="rita", kept=find(kept).code, gone=find(gone).code, reason=WHY)


@pytest.mark.parametrize("name", [NUMBER, "Playworker", "RN5121"])
def test_lists_that_speak_of_a_joined_thing_go_on_speaking_of_what_it_is_now(listed, name):
    gone = find(name)
    kept = type(gone).objects.filter(LIVE).exclude(pk=gone.pk).order_by("code").last()
    kind, before = gone._meta.model_name, dump()
    links = set(m.OfficialLink.objects.filter(LIVE, **{kind: gone}).values_list("official_row", flat=True))
    joined(kept.code, name)
    read_all(listed)
    _settled(listed)
    assert find(name) == kept
    now = m.OfficialLink.objects.filter(LIVE, **{kind: kept}).values_list("official_row", flat=True)
    assert set(now) >= links > set()
    assert not m.OfficialLink.objects.filter(LIVE, **{kind: gone}).exists()
    assert dump() != before
    unjoin(by="rita", gone=gone.code, reason="They are two.")
    assert find(name) == gone


def _settled(listed):
    """Read once more: not a row is written."""
    held, events = everything(), AuditEvent.objects.count()
    read_all(listed)
    assert everything() == held
    assert AuditEvent.objects.count() == events


def test_the_same_lists_write_nothing_where_the_two_say_the_same(listed):
    """Straight after joining, with no reading between."""
    gone = find(NUMBER)
    kept = m.Qualification.objects.filter(LIVE, level=gone.level, owner=gone.owner).exclude(pk=gone.pk).first()
    before = dump()
    joined(kept.code, NUMBER)
    held, events = everything(), AuditEvent.objects.count()
    read_all(listed)
    assert everything() == held
    assert AuditEvent.objects.count() == events
    unjoin(by="rita", gone=gone.code, reason="They are two.")
    assert dump() == before


def test_search_finds_a_joined_thing_by_every_name_that_it_had(listed):
    gone, kept = find(NUMBER), find("500/9170/0")
    joined(kept.code, NUMBER)
    for words in (gone.code, NUMBER, "60126292", TITLE):
        first = search(words).results[0]
        assert (first.code, first.in_framework) == (kept.code, True), words
    assert gone.code not in [r.code for r in search(TITLE).results]


def test_the_rule_of_inclusion_leaves_what_was_joined(starter, tmp_path):
    read(tmp_path, *ALL)
    admitting.apply_rule(by="ann")
    gone = m.Admission.objects.get(subject=CHILD["QualificationNumber"]).qualification
    for kept in (find("500/9170/0"), m.Admission.objects.exclude(qualification=gone).first().qualification):
        before = dump()
        join(by="rita", kept=kept.code, gone=gone.code, reason=WHY)
        again = admitting.apply_rule(by="ann")
        assert (again.entered, again.left, again.writes) == ((), (), 0)
        read(tmp_path, *ALL)
        assert admitting.apply_rule(by="ann").writes == 0
        assert find(CHILD["QualificationNumber"]).code == kept.code
        unjoin(by="rita", gone=gone.code, reason="They are two.")
        assert dump() == before
