"""Several things that wait, decided at once: all or none, seen before, undone together."""

import pytest
from tests.exchange.approved_list import BOOKS, CARE, approved, read

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.exchange.sources.looking import look_for_duplicates
from iqf.exchange.sources.settling import MOST, CannotSettle, Verdict, settle, tried, undo, undo_lot
from iqf.reports.private.decided import decided, how_many_decided, one_decided
from iqf.reports.private.inbox import EVERY, Wanted, counts, items
from iqf.review.actions import FoundMatch, hold_matches
from iqf.review.actions.matches import propose
from iqf.review.models import Look, Lot, ProposedMatch
from iqf.review.queries import lots_of

from .lists import everything

WHY = "Seen one by one."
ACT = {"conflict": "other", "duplicate": "join", "inclusion": "choose", "match": "accept", "similar": "apart"}


@pytest.fixture
def waiting(starter, tmp_path):
    """Some of every kind: two fields, three pairs of units, two borderline rows, two rows of a list."""
    read(tmp_path, CARE, BOOKS, approved("61090061", "Certificate in Social Work", area="Health and social care"))
    look_for_duplicates("units", by="tests")
    found = [
        FoundMatch("early-years", f"EYQ-{n}", f"Row {n}", find(ours).code, ours, 0.9, "alike")
        for n, ours in enumerate(("Q001", "Q002"))
    ]
    hold_matches(by="tests", collection="early-years", found=found)
    assert all(counts().values())
    return items()


def verdicts(listed, **act):
    return [Verdict(item.kind, item.key, {**ACT, **act}[item.kind]) for item in listed]


def state():
    """What stands and what waits, without what was written about it."""
    held = [list(model.objects.filter(LIVE).order_by("pk").values()) for model in (m.Unit, m.GroupUnit)]
    standing = list(m.Qualification.objects.filter(LIVE).order_by("pk").values())
    choices = list(m.InclusionChoice.objects.filter(LIVE).values_list("subject"))
    return held, standing, [item.place for item in items()], choices, counts()


def without_rows(listed):
    """Without the rows of a list: these were made by hand, and no list holds them."""
    return [item for item in listed if item.kind != "match"]


def test_all_kinds_are_decided_at_once_remembered_and_undone_together(waiting):
    before = state()
    some = without_rows(waiting)
    lot = settle(by="rita", verdicts=verdicts(some), reason=WHY)
    assert not {item.place for item in items()} & {item.place for item in some}
    assert how_many_decided() == len(some) == lot.decisions.count()
    assert {d.number for d in decided()} == set(lots_of(d.number for d in decided()))
    assert {(d.reason, d.by, d.lot) for d in decided()} == {(WHY, "rita", lot.pk)}
    assert {d.taken for d in decided("inclusion")} == {"chosen"}
    assert {d.taken for d in decided("duplicate")} == {"joined"}
    assert m.Admission.objects.filter(qualification__retired_on=None, because__contains=WHY).count() == 2
    assert AuditEvent.objects.get(action="decide together").after["decisions"] == sorted(
        lot.decisions.values_list("number", flat=True)
    )
    assert undo_lot(by="rita", number=lot.pk, reason="A mistake.") == len(some)
    assert how_many_decided() == 0
    assert state() == before


def test_nothing_is_decided_where_one_of_them_cannot_be(waiting):
    before = everything(), state()
    wrong = [*verdicts(without_rows(waiting)), Verdict("match", "999999", "accept")]
    with pytest.raises(CannotSettle, match="There is no match 999999") as caught:
        settle(by="rita", verdicts=wrong, reason=WHY)
    assert [fault.verdict.key for fault in caught.value.faults] == ["999999"]
    assert (everything(), state()) == before
    assert not Lot.objects.exists()


def test_trying_says_what_stands_in_the_way_and_writes_nothing(waiting):
    before = everything(), state(), AuditEvent.objects.count()
    assert tried(by="rita", verdicts=verdicts(without_rows(waiting))) == ()
    (item, *_) = [i for i in waiting if i.kind == "match"]
    rival = FoundMatch("early-years", item.asks, "Row", find("Q003").code, "Q003", 0.5, "by its age")
    hold_matches(by="tests", collection="another", found=[rival])
    written = AuditEvent.objects.count()
    several, gone = tried(by="rita", verdicts=[*verdicts([item]), Verdict("inclusion", "x", "choose")])
    assert several.sentence == "It may be any of 2 things; decide it alone."
    assert gone.sentence == "Nothing waits to be decided about this row any more."
    assert (everything()[:1], AuditEvent.objects.count()) == (before[0][:1], written)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ([], "Tick at least one thing."),
        ([Verdict("match", "1", "accept")] * (MOST + 1), "too many to decide at once"),
        ([Verdict("duplicate", "1", "join")] * 11, "Join 10 pairs or fewer at once"),
        ([Verdict("match", "1", "keep")], "Say what is to be decided about it."),
        ([Verdict("horse", "1", "keep")], "Say what is to be decided about it."),
        ([Verdict("conflict", "IQF-Q-000001:level", "keep")], "Nothing waits to be decided"),
        ([Verdict("duplicate", "x", "join")], "There is no match x."),
    ],
)
def test_what_cannot_be_decided_is_refused_in_a_sentence(starter, made, said):
    with pytest.raises(CannotDecide, match=said):
        settle(by="rita", verdicts=made, reason=WHY)


def test_a_reason_is_needed(waiting):
    with pytest.raises(CannotDecide, match="Say why"):
        settle(by="rita", verdicts=verdicts(without_rows(waiting)), reason=" ")
    assert how_many_decided() == 0


def test_one_of_a_lot_can_be_undone_alone_and_the_rest_together(waiting):
    some = without_rows(waiting)
    lot = settle(by="rita", verdicts=verdicts(some, duplicate="apart", inclusion="refuse"), reason=WHY)
    first = decided("inclusion")[0]
    assert one_decided(first.number).taken == "refused"
    undo(by="rita", decision=first.number, reason="Look again.")
    assert undo_lot(by="rita", number=lot.pk, reason="All of it.") == len(some) - 1
    with pytest.raises(CannotDecide, match="There is no lot"):
        undo_lot(by="rita", number=lot.pk, reason="Again.")
    assert {item.place for item in items()} == {item.place for item in waiting}


def test_what_rests_on_a_later_decision_keeps_the_whole_lot(waiting):
    fields = [item for item in waiting if item.kind == "conflict"]
    lot = settle(by="rita", verdicts=verdicts(fields, conflict="keep"), reason=WHY)
    code = fields[0].code
    said = m.FieldConflict.objects.filter(subject=code, decision__isnull=False).first()
    later = {"decision": said.decision + 10**6, "value_other": "a third", "other_digest": "x", "pk": None}
    m.FieldConflict.objects.create(**{k: v for k, v in {**vars(said), **later}.items() if k[0] != "_" and k != "id"})
    with pytest.raises(CannotDecide, match="later decision"):
        undo_lot(by="rita", number=lot.pk, reason="All of it.")
    assert how_many_decided("conflict") == len(fields) + 1


def test_looking_again_finds_no_pair_twice_and_remembers_what_was_kept_apart(starter):
    first = look_for_duplicates("units", by="ann")
    assert (first.found, first.waiting) == (3, 3)
    again = look_for_duplicates("units", by="bob")
    assert (again.waiting, again.writes) == (3, 0)
    settle(by="rita", verdicts=verdicts(_pairs(), duplicate="apart"), reason=WHY)
    assert look_for_duplicates("units", by="ann").waiting == 0
    assert (Look.objects.get().by, Look.objects.get().found) == ("ann", 3)
    unit = find(ProposedMatch.objects.first().code)
    m.Unit.objects.filter(pk=unit.pk).update(level="8")
    assert look_for_duplicates("units", by="ann").found < 3


def _pairs():
    return [item for item in items() if item.kind == "duplicate"]


def test_what_is_only_similar_waits_in_a_list_of_its_own_and_is_kept_apart_together(starter):
    done = look_for_duplicates("units", by="ann")
    listed = items(Wanted("similar"))
    assert done.similar == len(listed) == counts(EVERY)["similar"] > 3
    assert "similar" not in {item.kind for item in items()}
    assert {(item.roles, item.qualifications) for item in listed} == {(0, 0)}
    assert [item.weight for item in listed] == sorted((item.weight for item in listed), reverse=True)
    lot = settle(by="rita", verdicts=verdicts(listed[:3]), reason="They are two.")
    assert len(items(Wanted("similar"))) == done.similar - 3
    assert {d.kind for d in decided()} == {"duplicate"}
    assert look_for_duplicates("units", by="ann").similar == done.similar - 3
    undo_lot(by="rita", number=lot.pk, reason="Too quick.")
    assert len(items(Wanted("similar"))) == done.similar
    one = items(Wanted("similar"))[0]
    held = propose(by="ann", a=one.code, b=one.asks)
    assert (str(held.pk), held.only_similar) == (one.key, False)
    assert one.key in {item.key for item in items(Wanted("duplicate"))}
    look_for_duplicates("units", by="ann")
    assert one.key in {item.key for item in items(Wanted("duplicate"))}
    with pytest.raises(CannotSettle, match="Say what is to be decided"):
        settle(by="rita", verdicts=[Verdict("similar", listed[1].key, "join")], reason=WHY)


def test_every_kind_has_what_can_be_done_with_many():
    from iqf.exchange.sources.settling import ACTS

    assert set(ACTS) == set(EVERY)
