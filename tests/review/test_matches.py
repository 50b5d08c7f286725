"""Matches: proposed by imports, decided once, remembered; accepting one ties, undoing it unties."""

import pytest
from django.db import IntegrityError, transaction
from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

from iqf.accounts.models import AuditEvent
from iqf.analysis.states import NotNowError
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources import early_years
from iqf.review.actions import FoundMatch, accept, decline, hold_matches, undo
from iqf.review.models import ProposedMatch
from iqf.review.queries import decided_matches, rivals, waiting_matches
from iqf.review.states import CHANGES, STATES, after

pytestmark = pytest.mark.django_db
ROWS = (OLD, VARIOUS, NUMBERED)


@pytest.fixture
def load(tmp_path, starter):
    """Read rows in as the early years list."""

    def run(*rows):
        return early_years.ingest(write(tmp_path / "list.csv", *rows), by="tests")

    return run


@pytest.fixture
def found(load):
    """The matches of a file, most alike first."""
    load(*ROWS)
    return list(waiting_matches())


def everything():
    models = (ProposedMatch, m.OfficialLink, m.Recognition, m.FieldConflict, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_an_import_hands_over_its_matches_once(load):
    report = load(*ROWS)
    held = [(p.reference, p.code, p.score, p.why) for p in waiting_matches()]
    told = [(d["reference"], d["code"], d["score"], d["why"]) for d in report.matches]
    assert sorted(held) == sorted(told) != []
    before = everything()
    again = load(*ROWS)
    assert (again.writes, again.matches) == (0, report.matches)
    assert everything() == before


def test_what_is_found_no_longer_is_withdrawn_and_what_is_found_again_waits_again(load, found):
    gone = next(p for p in found if p.reference == VARIOUS["Qualification Ref"])
    load(VARIOUS | {"Qualification Name": "Award in Bicycle Repair"})
    gone.refresh_from_db()
    assert gone.state == "withdrawn"
    early = {p.pk for p in found if p.reference != gone.reference}
    assert early <= set(waiting_matches().values_list("pk", flat=True)) | early
    load(VARIOUS | {"Notes/Additional Requirements": "Back again."})
    gone.refresh_from_db()
    assert gone.state == "waiting"


def test_a_file_that_does_not_speak_of_a_row_leaves_its_matches(load, found):
    load(NUMBERED | {"To which date": ""})
    assert set(waiting_matches()) == set(found)


def test_accepting_ties_the_row_and_no_import_unties_it(load, found):
    match = found[0]
    number = accept(by="rita", match=match.pk, reason="Same title.")
    link = m.OfficialLink.objects.get(qualification__code=match.code, official_row__reference=match.reference)
    counted = m.Recognition.objects.get(qualification__code=match.code, reference=match.reference)
    assert link.because == f"Accepted by the framework's editors (decision {number}): Same title."
    assert (counted.retired_on, counted.citation.collection, counted.citation.subject) == (
        None,
        "early-years",
        match.reference,
    )
    assert counted.citation.row == link.official_row.row
    before = everything()
    report = load(*ROWS)
    assert report.writes == 0
    assert match.code not in [d["code"] for d in report.matches if d["reference"] == match.reference]
    assert everything() == before


def test_every_decision_is_in_the_trail(found):
    number = accept(by="rita", match=found[0].pk, reason="Same title.")
    event, tied, counted = AuditEvent.objects.filter(pk__gte=number).order_by("pk")
    assert (event.actor, event.action, event.reason) == ("rita", "accept match", "Same title.")
    assert (tied.action, counted.action) == ("tie official row", "create recognition")
    assert {tied.actor, counted.actor} == {"rita"}


def test_undoing_an_acceptance_unties_and_accepting_again_ties_again(found):
    match = found[0]
    number = accept(by="rita", match=match.pk, reason="Same title.")
    undo(by="rita", decision=number, reason="A mistake.")
    ours = {"qualification__code": match.code}
    assert not m.OfficialLink.objects.filter(LIVE, official_row__reference=match.reference, **ours).exists()
    assert not m.Recognition.objects.filter(LIVE, reference=match.reference, **ours).exists()
    match.refresh_from_db()
    assert (match.state, match.decided_by, match.reason, match.decision) == ("waiting", "", "", None)
    accept(by="rita", match=match.pk, reason="It is after all.")
    assert m.OfficialLink.objects.filter(LIVE, official_row__reference=match.reference, **ours).count() == 1
    assert m.Recognition.objects.filter(LIVE, reference=match.reference, **ours).count() == 1


def test_a_declined_match_is_not_proposed_again_for_looks(load, found):
    match = found[0]
    decline(by="rita", match=match.pk, reason="Another edition.")
    rows = [r | {"Qualification Name": r["Qualification Name"].upper() + " "} for r in ROWS]
    report = load(*rows)
    assert (match.reference, match.code) not in [(d["reference"], d["code"]) for d in report.matches]
    assert list(decided_matches()) == [match]


def test_a_declined_match_is_proposed_again_where_one_side_says_something_else(load, found):
    match = next(p for p in found if p.reference == VARIOUS["Qualification Ref"])
    decline(by="rita", match=match.pk, reason="Another edition.")
    load(VARIOUS | {"Awarding Organisation Title": "City & Guilds"})
    match.refresh_from_db()
    assert match.state == "waiting"
    assert match.earlier.startswith("Declined on ")
    assert match.earlier.endswith("Another edition.")


@pytest.mark.parametrize(
    ("act", "more", "said"),
    [
        (accept, {"reason": " "}, "Say why"),
        (decline, {"reason": "x" * 501}, "The reason has 501 characters"),
        (accept, {"match": 999999}, "There is no match 999999"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_a_sentence(found, act, more, said):
    before = everything()
    with pytest.raises(CannotDecide, match=said):
        act(**{"by": "rita", "match": found[0].pk, "reason": "So."} | more)
    assert everything() == before


def test_what_is_decided_is_not_decided_again(found):
    decline(by="rita", match=found[0].pk, reason="No.")
    for act in (accept, decline):
        with pytest.raises(CannotDecide, match="This match is declined"):
            act(by="rita", match=found[0].pk, reason="Again.")
    with pytest.raises(CannotDecide, match="There is no decision 999999"):
        undo(by="rita", decision=999999, reason="Why not?")


def test_a_thing_that_was_retired_cannot_be_tied(found):
    held = m.Qualification.objects.get(code=found[0].code)
    held.retired_on, held.retired_because = "2026-01-01", "Gone."
    held.save()
    with pytest.raises(CannotDecide, match="One of the two no longer stands"):
        accept(by="rita", match=found[0].pk, reason="Same.")
    assert not decided_matches().exists()


def test_other_candidates_of_a_row_are_its_rivals(starter):
    codes = list(m.Qualification.objects.values_list("code", flat=True)[:3])
    pairs = [
        FoundMatch("early-years", "EYQ-1", "Play", code, "Play", n / 10, "alike") for n, code in enumerate(codes)
    ]
    hold_matches(by="tests", collection="early-years", found=pairs)
    best, *rest = waiting_matches()
    assert list(rivals(best)) == rest
    hold_matches(by="tests", collection="early-years", found=[])
    assert not waiting_matches().exists()


def test_collections_do_not_withdraw_one_anothers_matches(found):
    hold_matches(by="tests", collection="another", found=[])
    assert list(waiting_matches()) == found


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ["accept", "decline", "withdraw", "propose", "undo"])
def test_the_table_of_states_is_all_there_is(state, act):
    if (state, act) in CHANGES:
        assert after(state, act) in STATES
    else:
        with pytest.raises(NotNowError, match=f"This match is {state}"):
            after(state, act)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "perhaps"},
        {"state": "accepted"},
        {"decided_by": "rita"},
        {"state": "declined", "decided_by": "rita", "decided_on": "2026-01-01", "decision": 1},
        {"score": 1.5},
    ],
)
def test_the_database_refuses_what_cannot_be(found, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedMatch.objects.filter(pk=found[0].pk).update(**wrong)
