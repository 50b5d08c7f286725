"""Two entries that are one thing: proposed, decided, undone; the candidates of one row decided together."""

import pytest
from tests.catalogue.test_joining import dump
from tests.exchange.test_naming_and_matches import load  # noqa: F401

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.actions.joining import join
from iqf.catalogue.queries import find
from iqf.exchange.sources import early_years
from iqf.reports.duplicates import find as look_for
from iqf.reports.private.affected import CONFLICT, DUPLICATE, MATCH
from iqf.reports.private.decided import decided, how_many_decided, one_decided
from iqf.reports.private.inbox import KINDS, Wanted, around, counts, counts_alike, following, items, these
from iqf.reports.private.joining import joining
from iqf.reports.private.undecided import undecided
from iqf.review.actions import (
    FoundMatch,
    accept,
    decline,
    decline_all,
    hold_matches,
    join_things,
    keep_apart,
    part,
    propose,
    undo,
)
from iqf.review.models import ProposedMatch
from iqf.review.queries import waiting_matches

pytestmark = pytest.mark.django_db
WHY = "One and the same."


@pytest.fixture
def two(starter):
    """Two qualifications that look alike; the first is the older."""
    pair = look_for("qualifications").likeness.pairs[0]
    return sorted((find(pair.a), find(pair.b)), key=lambda thing: thing.code)


def test_accepting_joins_and_reopening_parts(two):
    first, second = two
    before = dump()
    match = propose(by="rita", a=second.code, b=first.code)
    assert (match.code, match.reference, match.state) == (first.code, second.code, "waiting")
    number = accept(by="rita", match=match.pk, reason=WHY)
    assert find(second.code) == first
    assert m.Joining.objects.values_list("kept", "gone").get() == (first.code, second.code)
    done = one_decided(number)
    assert (done.taken, done.code, done.about) == ("joined", first.code, f"{second.code} {second.title}")
    undo(by="rita", decision=number, reason="They are two.")
    assert dump() == before
    assert list(waiting_matches()) == [match]


def test_either_may_stand_and_a_third_may_not(two):
    first, second = two
    match = propose(by="rita", a=first.code, b=second.code)
    with pytest.raises(CannotDecide, match=f"IQF-Q-999999 is neither {first.code} nor {second.code}"):
        accept(by="rita", match=match.pk, reason=WHY, keep="IQF-Q-999999")
    number = accept(by="rita", match=match.pk, reason=WHY, keep=second.code)
    assert find(first.code) == second
    done = one_decided(number)
    assert (done.code, done.about) == (second.code, f"{first.code} {first.title}")


def test_what_is_decided_of_a_pair_is_remembered_and_said(two):
    first, second = two
    number = keep_apart(by="rita", a=first.code, b=second.code, reason="Two awards of two years.")
    for again in (propose, join_again):
        with pytest.raises(CannotDecide, match=rf"not the same \(decision {number}, by rita: Two awards"):
            again(by="rita", a=second.code, b=first.code)
    undo(by="rita", decision=number, reason="Look again.")
    number = join_things(by="rita", keep=first.code, gone=second.code, reason=WHY)
    with pytest.raises(CannotDecide, match=f"{second.code} was joined into {first.code} already"):
        propose(by="rita", a=first.code, b=second.code)
    part(by="rita", gone=second.code, reason="They are two.")
    assert ProposedMatch.objects.get().state == "waiting"
    with pytest.raises(CannotDecide, match="is not joined into another entry"):
        part(by="rita", gone=second.code, reason="Again.")


def join_again(*, by, a, b):
    return join_things(by=by, keep=a, gone=b, reason=WHY)


def test_a_joining_that_nobody_proposed_is_parted_too(two):
    first, second = two
    before = dump()
    join(by="rita", kept=first.code, gone=second.code, reason=WHY)
    part(by="rita", gone=second.code, reason="They are two.")
    assert dump() == before


def test_what_cannot_be_one_is_not_proposed(two, starter):
    first, _ = two
    role = find("playworker")
    before = AuditEvent.objects.count()
    for a, b, words in (
        (first.code, first.code, "is one entry already"),
        (first.code, role.code, "only like is joined with like"),
        (first.code, "IQF-Q-999999", "There is no thing IQF-Q-999999."),
    ):
        with pytest.raises(CannotDecide, match=words):
            propose(by="rita", a=a, b=b)
    assert AuditEvent.objects.count() == before


def test_a_declined_pair_is_no_duplicate_until_one_side_says_something_else(two):
    first, second = two
    pair = frozenset((first.code, second.code))

    def shown():
        found = undecided(look_for("qualifications"))
        assert found.likeness.total >= len(found.likeness.pairs)
        return pair in [frozenset((p.a, p.b)) for p in found.likeness.pairs]

    assert shown()
    keep_apart(by="rita", a=first.code, b=second.code, reason="Two awards.")
    assert not shown()
    second.level = "8" if second.level != "8" else "7"
    second.save()
    keys = {frozenset((p.a, p.b)) for p in look_for("qualifications").likeness.pairs}
    assert shown() == (pair in keys)
    first.title = second.title = "The very same title"
    first.level = second.level
    for thing in (first, second):
        thing.save()
    assert shown()


def test_a_small_framework_hands_its_matches_to_review_and_writes_nothing_again(load):  # noqa: F811
    row = {"title": "Another title altogether", "level": "", "type": "", "number": "50091700"}
    report = load(row)

    (match,) = waiting_matches()
    held = sorted(m.Qualification.objects.filter(number="50091700").values_list("code", flat=True))
    assert [match.code, match.reference] == held
    assert (match.collection, match.register, match.score) == ("framework small", "", report.matches[0]["score"])

    again = load(row)
    assert (again.writes, again.matches) == (0, report.matches)
    decline(by="rita", match=match.pk, reason="Two.")
    again = load(row)
    assert (again.writes, again.matches) == (0, [])
    undo(by="rita", decision=ProposedMatch.objects.get().decision, reason="Look again.")
    accept(by="rita", match=match.pk, reason=WHY)
    again = load(row)
    assert (again.writes, again.matches, again.retired) == (0, [], 0)
    assert find("S1").code == match.code
    assert load(row | {"title": "Yet another title"}).changed == 1
    assert find("Yet another title").code == match.code


def test_two_collections_propose_one_pair_once(two):
    first, second = two
    said = [
        FoundMatch("", a.code, a.title, b.code, b.title, 0.9, "alike") for a, b in ((first, second), (second, first))
    ]
    assert hold_matches(by="tests", collection="one", found=said[:1]).writes == 1
    other = hold_matches(by="tests", collection="two", found=said[1:])
    assert (other.writes, len(other.waiting)) == (0, 1)
    assert hold_matches(by="tests", collection="two", found=[]).writes == 0
    assert waiting_matches().count() == 1
    assert hold_matches(by="tests", collection="one", found=[]).writes == 1
    assert waiting_matches().count() == 0


@pytest.fixture
def rows(starter):
    """Three rows of an official list with one, two and three candidates, and two pairs of entries."""
    codes = list(m.Qualification.objects.filter(retired_on=None).order_by("code").values_list("code", flat=True))
    found = [
        FoundMatch("early-years", f"EYQ-{n}", f"Row {n}", code, f"Title {code}", (n + k) / 10, "alike")
        for n in (1, 2, 3)
        for k, code in enumerate(codes[n * 7 : n * 7 + n])
    ]
    hold_matches(by="tests", collection="early-years", found=found)
    for a, b in (codes[40:42], codes[50:52]):
        propose(by="rita", a=a, b=b)
    return found


def test_a_row_with_several_candidates_is_one_item(rows):
    listed = items(Wanted(MATCH))
    assert counts()[MATCH] == len(listed) == 3
    assert counts()[DUPLICATE] == len(items(Wanted(DUPLICATE))) == 2
    of_rows = {item.asks: item for item in listed}
    assert sorted(of_rows) == ["EYQ-1", "EYQ-2", "EYQ-3"]
    three = of_rows["EYQ-3"]
    assert three.values == ("Row 3", *(f.matched_title for f in reversed(rows[-3:])))
    assert (three.code, three.weight) == (rows[-1].code, rows[-1].score)


def naive_roles(codes):
    """How many roles ask for the qualification that most of these ask for, counted one by one."""
    asked = m.Requirement.objects.filter(retired_on=None, role__retired_on=None).values_list(
        "qualification__code", "role"
    )
    return max(len({role for q, role in asked if q == code}) for code in codes)


def test_the_list_is_ordered_by_what_it_affects_and_paged_alike(rows):
    every = items()
    assert [i.roles for i in every] == sorted((i.roles for i in every), reverse=True)
    assert len(every) == sum(counts().values())
    candidates = {}
    for found in waiting_matches():
        candidates.setdefault(found.reference, []).append(found.code)
    for item in every:
        codes = [item.code] if item.kind == CONFLICT else candidates[item.asks]
        assert (item.roles, item.qualifications) == (naive_roles(codes), 1)
    assert [i for n in range(0, len(every), 2) for i in items(limit=2, offset=n)] == list(every)
    for only in map(Wanted, ("", *KINDS)):
        listed = items(only)
        for at, item in enumerate(listed):
            after = following(item.kind, item.key, only)
            assert after == (listed[at + 1] if at + 1 < len(listed) else listed[0])
            assert around(item.kind, item.key, only).previous == (listed[at - 1] if at else None)
    assert following("match", "999999") == every[0]


def test_what_is_alike_is_counted_and_listed_by_itself(rows):
    for kind in KINDS:
        counted = counts_alike(kind)
        every = items(Wanted(kind))
        assert sum(counted.values()) == len(every)
        for alike, count in counted.items():
            assert items(Wanted(kind, alike)) == tuple(item for item in every if item.alike == alike)
            assert count == len(items(Wanted(kind, alike)))
    assert counts_alike("nonsense") == {}


def test_items_are_found_again_by_their_places_in_the_order_of_the_list(rows):
    every = items()
    assert these(item.place for item in reversed(every)) == every
    assert these(["match:999999", "horse:1", "conflict:x:level"]) == ()


def test_a_page_of_the_inbox_asks_few_questions_whatever_waits(rows, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        items(limit=3)
    with django_assert_max_num_queries(12):
        counts()


def test_an_organisation_a_unit_and_a_role_affect_what_uses_them(starter):
    owner = m.Organisation.objects.filter(qualifications__retired_on=None).first()
    unit = m.Unit.objects.filter(groups__retired_on=None).first()
    role = m.Role.objects.filter(requirements__retired_on=None).first()
    for thing in (owner, unit, role):
        other = type(thing).objects.filter(retired_on=None, code__gt=thing.code).first()
        propose(by="rita", a=thing.code, b=other.code)
    found = {item.code: item for item in items(Wanted(DUPLICATE))}
    asks = m.Requirement.objects.filter(retired_on=None, role__retired_on=None)
    owned = m.Qualification.objects.filter(retired_on=None, owner=owner)
    holding = m.GroupUnit.objects.filter(retired_on=None, group__retired_on=None, unit=unit)
    held = m.Qualification.objects.filter(retired_on=None, pk__in=holding.values("group__qualification"))
    assert found[owner.code].qualifications == owned.count() > 0
    assert found[owner.code].roles == len({a.role_id for a in asks.filter(qualification__in=owned)})
    assert found[unit.code].qualifications == held.count() > 0
    assert found[unit.code].roles == len({a.role_id for a in asks.filter(qualification__in=held)})
    assert (found[role.code].roles, found[role.code].qualifications) == (
        1,
        len({a.qualification_id for a in asks.filter(role=role)}),
    )


def test_accepting_one_candidate_declines_its_rivals_and_reopening_lets_all_wait(starter, tmp_path):
    from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

    early_years.ingest(write(tmp_path / "list.csv", OLD, VARIOUS, NUMBERED), by="tests")
    taken = waiting_matches().first()
    rival = FoundMatch(taken.register, taken.reference, taken.title, find("Q001").code, "Another", 0.5, "alike")
    hold_matches(by="tests", collection="another", found=[rival])
    before = {match.pk: match.state for match in ProposedMatch.objects.all()}
    number = accept(by="rita", match=taken.pk, reason="Same title.")
    lost = ProposedMatch.objects.get(collection="another")
    assert (lost.state, lost.decision) == ("declined", number)
    assert lost.reason == f"Another was accepted: {taken.code} {taken.matched_title}"
    (done,) = decided(MATCH)
    assert (done.number, done.taken, done.code) == (number, "accepted", taken.code)
    assert f"{lost.code} Another" in done.passed_over
    undo(by="rita", decision=number, reason="A mistake.")
    assert {match.pk: match.state for match in ProposedMatch.objects.all()} == before
    assert decided() == ()


def test_none_of_these_declines_them_all_as_one_decision(rows):
    first = waiting_matches().filter(reference="EYQ-3").last()
    number = decline_all(by="rita", match=first.pk, reason="None of them.")
    (done,) = decided()
    assert (done.number, done.taken, len(done.passed_over), how_many_decided()) == (number, "declined", 2, 1)
    assert not waiting_matches().filter(reference="EYQ-3").exists()
    assert waiting_matches().filter(reference="EYQ-2").count() == 2
    undo(by="rita", decision=number, reason="Look again.")
    assert waiting_matches().filter(reference="EYQ-3").count() == 3


def test_decisions_are_read_a_page_at_a_time(rows):
    numbers = [decline(by="rita", match=match.pk, reason="No.") for match in waiting_matches()]
    assert how_many_decided() == len(numbers)
    assert [d.number for d in decided(limit=2, offset=1)] == sorted(numbers, reverse=True)[1:3]
    assert [d.number for d in decided()] == sorted(numbers, reverse=True)
    assert decided(CONFLICT) == ()


def test_what_joining_would_do_is_what_it_does(two):
    first, second = two
    told = joining(first.code, second.code)
    assert joining(first.code, "IQF-Q-999999") is None
    assert joining(first.code, first.code).cannot == f"{first.code} is one entry already; give two."
    number = join_things(by="rita", keep=first.code, gone=second.code, reason=WHY)
    event = AuditEvent.objects.get(action="join qualification")
    assert event.pk != number
    assert event.after == {
        "joined": second.code,
        "links moved": sum(links.count for links in told.moves),
        "links it had already": sum(links.count for links in told.stays),
        "names": len([n for n in told.names if n != second.title]),
        "values filled": len(told.fills),
        "values that wait": len(told.differs) + len(told.waits),
    }
    waiting = m.FieldConflict.objects.filter(retired_on=None, decision=None, subject=first.code)
    assert {(c.field, c.value_other) for c in waiting} == {(v.field, v.gone) for v in (*told.differs, *told.waits)}


def test_what_waits_about_the_joined_entry_waits_again_once_they_are_parted(two):
    first, second = two
    third = m.Qualification.objects.filter(retired_on=None).order_by("code").last()
    row = FoundMatch("early-years", "EYQ-9", "Row", second.code, second.title, 0.8, "alike")
    hold_matches(by="tests", collection="early-years", found=[row])
    pair = propose(by="rita", a=second.code, b=third.code, why="Look alike.")
    before = list(ProposedMatch.objects.order_by("pk").values())
    number = join_things(by="rita", keep=first.code, gone=second.code, reason=WHY)
    assert not waiting_matches().exists()
    assert hold_matches(by="tests", collection="early-years", found=[]).writes == 0
    undo(by="rita", decision=number, reason="They are two.")
    again = [row for row in ProposedMatch.objects.order_by("pk").values() if {first.code, second.code} != ends(row)]
    assert again == before
    assert pair in waiting_matches()


def ends(row):
    return {row["code"], row["reference"]}


def test_a_row_is_tied_to_what_a_joined_candidate_is_now(starter, tmp_path, two):
    from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

    early_years.ingest(write(tmp_path / "list.csv", OLD, VARIOUS, NUMBERED), by="tests")
    match = waiting_matches().first()
    gone, kept = find(match.code), next(thing for thing in two if thing.code != match.code)
    join(by="rita", kept=kept.code, gone=gone.code, reason=WHY)
    number = accept(by="rita", match=match.pk, reason="Same title.")
    link = m.OfficialLink.objects.get(retired_on=None, rule="", official_row__reference=match.reference)
    assert link.qualification == kept
    undo(by="rita", decision=number, reason="A mistake.")
    link.refresh_from_db()
    assert link.is_retired
