"""From one edition to the next: what is carried over, what is lost and why; a draft tested before it is adopted."""

from collections import Counter

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.queries import NotFoundError, find
from iqf.reports.crosswalks import brought
from iqf.reports.private.carrying import carry
from iqf.reports.private.editions import draft_coverage, edition_changes
from iqf.review.actions.carrying import propose_carried
from iqf.review.actions.proposing import Case, begin, revise, submit
from iqf.review.actions.reviewing import accept
from iqf.review.trial import changes_of

pytestmark = pytest.mark.django_db
OLD, NEW, NEXT = "common-core-2005", "common-core-2010", "common-core-2027"
CASE = Case("Carried over", "The editions were compared.", "Our record")


def of(key):
    return m.Framework.objects.get(key=key)


def taught(key):
    rows = m.Alignment.objects.filter(statement__framework__key=key, verb="teaches", retired_on=None)
    return {(u, c): s for u, c, s in rows.values_list("unit__code", "statement__code", "strength")}


def accepted(made):
    return accept(by="rita", number=made.pk, version=made.version, reason="Read")


def test_what_is_carried_over_is_never_stronger_and_stays_machine_made(starter):
    m.Crosswalk.objects.filter(second__framework__key=NEW, relation="equal").update(strength="strong")
    answer = carry(OLD, NEW)
    before = taught(OLD)
    assert {(c.subject, c.after): c.strength for c in answer.carried} == {
        (unit, code): "partly" if code in ("CC3", "CC5") else strength for (unit, code), strength in before.items()
    }
    assert answer.weakened == sum(s == "fully" for (_, code), s in before.items() if code in ("CC3", "CC5"))
    (made,) = propose_carried(by="ann", case=CASE, changes=answer.changes)
    assert (made.state, made.certainty, made.came_by) == ("waiting", "machine", "carried over")
    assert taught(NEW) == {}
    accepted(made)
    assert len(taught(NEW)) == len(before)
    row = m.Alignment.objects.filter(statement__framework__key=NEW, statement__code="CC3", unit__isnull=False).first()
    assert row.citation.certainty == "machine"
    assert row.note.startswith("Carried over from common-core-2005 CC3,")
    again = carry(OLD, NEW)
    assert (again.carried, again.already, again.changes) == ((), len(before), {})


def test_what_people_and_machines_judged_are_proposals_of_their_own(starter):
    row = m.Alignment.objects.filter(statement__framework__key=OLD, verb="teaches").first()
    row.citation.certainty = "document"
    row.citation.save()
    changes = carry(OLD, NEW).changes
    assert {sure: len(lot) for sure, lot in changes.items()} == {"machine": len(taught(OLD)) - 1, "inferred": 1}
    made = propose_carried(by="ann", case=CASE, changes=changes)
    assert {(p.certainty, p.changes.count()) for p in made} == {("machine", len(taught(OLD)) - 1), ("inferred", 1)}


def test_a_part_of_a_larger_whole_is_lost_and_it_says_why(starter):
    m.Crosswalk.objects.filter(second__framework__key=NEW, second__code="CC1").update(relation="superset")
    m.Crosswalk.objects.filter(second__framework__key=NEW, second__code="CC2").delete()
    answer = carry(OLD, NEW)
    partly = {unit for (unit, code), strength in taught(OLD).items() if code == "CC1" and strength == "partly"}
    whys = {(x.before, x.why) for x in answer.lost}
    assert {x.subject for x in answer.lost if x.before == "CC1"} == partly
    assert whys == {
        ("CC1", "it is not known which part of it the unit teaches"),
        ("CC2", "no statement of the new edition has it"),
    }
    assert "CC2" in {a.code for a in answer.unrelated}


def test_only_an_edition_that_was_replaced_is_carried_over(starter):
    with pytest.raises(NotFoundError, match="does not replace"):
        carry(NEW, OLD)


@pytest.fixture
def draft(starter):
    """The edition after 2005 as a draft: CC1 as it was, CC2 worded anew, CC3 gone, one area more."""
    changes = edition_changes(of(OLD), NEXT, "Common Core 2027", "2027")
    kept = []
    for change in changes:
        if change.key.get("code") == "CC3":
            continue
        if change.key.get("code") == "CC2":
            change.wanted["title"] = "Growing up"
        kept.append(change)
    made = begin(by="ann", case=Case("Next edition", "It is time", "The owner"), changes=kept)
    new = {"framework": "new-1", "code": "CC7"}
    more = Change("statement", "create", new, {"kind": "area", "title": "Digital life", "position": "9"})
    return revise(
        by="ann", number=made.pk, version=made.version, case=Case("Next edition", "It is time", "The owner"),
        changes=[*changes_of(made), more],
    )  # fmt: skip


def test_a_draft_is_tested_without_anybody_seeing_it(client, draft):
    answer = draft_coverage(draft)
    held = {unit: strength for (unit, code), strength in taught(OLD).items() if code == "CC1"}
    fully = sum(strength == "fully" for strength in held.values())
    found = {a.code: a for a in answer.areas}
    assert (found["CC1"].now.touches, found["CC1"].now.fully) == (len(held), fully)
    assert (found["CC1"].before, found["CC1"].state) == (found["CC1"].now, "known")
    assert (found["CC2"].state, found["CC7"].state) == ("nothing known", "nothing known")
    assert "CC3" not in found
    assert not m.Framework.objects.filter(key=NEXT).exists()
    with pytest.raises(NotFoundError):
        find(NEXT, ("framework",))
    assert client.get(f"/frameworks/{NEXT}").status_code == 404
    assert "Common Core 2027" not in client.get("/frameworks").content.decode()


def test_a_crosswalk_in_the_draft_tells_of_what_was_worded_anew(draft):
    said = {"relation": "subset", "strength": "strong", "author": "Ann", "note": "Read side by side."}
    walk = Change("crosswalk", "create", {"first": f"{OLD}/CC2", "second": f"{NEXT}/CC2"}, said)
    case = Case("Next edition", "It is time", "The owner")
    held = revise(by="ann", number=draft.pk, version=draft.version, case=case, changes=[*changes_of(draft), walk])
    tested = {a.code: a for a in draft_coverage(held).areas}
    assert tested["CC2"].now.touches == sum(code == "CC2" for _, code in taught(OLD))
    assert (tested["CC2"].now.fully, tested["CC2"].state) == (0, "at least")
    accepted(submit(by="ann", number=held.pk, version=held.version))
    assert of(NEXT).replaces == of(OLD)
    published = Counter(claim.statement for claim in brought(of(NEXT), [of(OLD)]).claims if claim.strength)
    assert published == {code: area.now.touches for code, area in tested.items() if area.now.touches}


def test_a_draft_that_cannot_be_made_says_why(draft):
    case = Case("Next edition", "It is time", "The owner")
    twice = [*changes_of(draft), changes_of(draft)[1]]
    held = revise(by="ann", number=draft.pk, version=draft.version, case=case, changes=twice)
    assert draft_coverage(held).faults
