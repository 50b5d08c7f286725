import inspect
import json

import pytest
from django.apps import apps
from django.db import connection

from iqf.accounts.actions import deactivate
from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import data_version
from iqf.analysis.states import NotNowError
from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.people import actions as act
from iqf.people import claim_states, queries
from iqf.people.models import Claim, Portfolio
from iqf.people.scope import Scope, scope_of, scope_of_link
from iqf.people.trouble import CannotHold
from iqf.reports.private import portfolio as report
from iqf.reports.private.put_to_me import put_to_me


def test_everything_takes_a_scope_first():
    for room in (queries, act):
        for name, what in inspect.getmembers(room, inspect.isfunction):
            if what.__module__.startswith("iqf.people") and not name.startswith("_"):
                first = next(iter(inspect.signature(what).parameters.values()))
                assert first.annotation is Scope or first.annotation == "Scope", name


def test_strangers_and_closed_accounts_have_no_scope(world):
    world.users["ann"].is_active = False
    for nobody in (None, object(), world.users["ann"]):
        with pytest.raises(NotFoundError, match="Sign in first"):
            scope_of(nobody)


def test_what_is_held_and_what_it_counts_for(filled):
    answer = report.portfolio(filled.ann)
    unit, overseas = answer.items
    assert (unit.thing.title, unit.achieved_words, unit.verdict) == (filled.unit.unit.title, "June 2015", "counts")
    assert (overseas.title, overseas.country, overseas.verdict) == (
        "Diplom-Sozialpädagogin",
        "Germany",
        "cannot say",
    )
    assert answer.holding == (f"{unit.thing.code} @ 2015-06",)


def test_somebody_works_in_several_roles_at_once(filled):
    first = act.work_in(filled.ann, "playworker")
    act.work_in(filled.ann, "Youth worker")
    assert [r.role.title for r in report.portfolio(filled.ann).roles] == ["Playworker", "Youth worker"]
    assert [r.role.title for r in report.portfolio(scope_of_link(filled.token)).roles] == [
        "Playworker",
        "Youth worker",
    ]
    for again in ("Playworker", "no such role", " "):
        with pytest.raises(CannotHold):
            act.work_in(filled.ann, again)
    for scope in (filled.eve, filled.asa, scope_of_link(filled.token)):
        with pytest.raises(NotFoundError):
            act.stop_working_in(scope, first.pk)
    assert report.portfolio(filled.eve).roles == ()
    act.stop_working_in(filled.ann, first.pk)
    assert [r.role.title for r in report.portfolio(filled.ann).roles] == ["Youth worker"]
    trail = AuditEvent.objects.filter(subject__startswith="portfolio:", action__endswith=" role")
    assert [(e.action, e.before, e.after) for e in trail.order_by("pk")] == [
        ("add role", {}, {}),
        ("add role", {}, {}),
        ("remove role", {}, {}),
    ]


def test_what_is_claimed_is_not_held_until_it_is_credited(filled):
    assert len(report.portfolio(filled.ann).holding) == 1
    credit_all(filled)
    answer = report.portfolio(filled.ann)
    assert [c.what.called for c in answer.credited][1:] == ["common-core-2010:CC1", "common-core-2010:CC2"]
    unit = answer.credited[0].what.thing.code
    assert answer.holding[1].startswith(f"{unit} @ 20")
    act.reopen(filled.asa, filled.claim.pk)
    assert len(report.portfolio(filled.ann).holding) == 1


def credit_all(world, only=None):
    act.assess(world.asa, world.claim.pk, how="Talked it through")
    things = [t.pk for t in queries.claim_put_to(world.asa, world.claim.pk).things.all()][:only]
    return act.credit(world.asa, world.claim.pk, things=things, reason="She showed it")


def test_an_assessor_may_credit_a_part(filled):
    credit_all(filled, only=1)
    assert [t.credited for t in Claim.objects.get().things.order_by("pk")] == [True, False, False]
    assert len(report.portfolio(filled.ann).credited) == 1


@pytest.mark.parametrize(("state", "act_"), [(s, a) for s in claim_states.STATES for a in claim_states.TABLE.acts])
def test_every_act_in_every_state(filled, state, act_):
    """The table is the only place: what it does not have is refused in a sentence, what it has is done."""
    bring_to(filled, state)
    do = {
        "assess": lambda: act.assess(filled.asa, filled.claim.pk, how="Saw it"),
        "credit": lambda: act.credit(filled.asa, filled.claim.pk, things=things(filled), reason="Yes"),
        "decline": lambda: act.decline(filled.asa, filled.claim.pk, reason="No"),
        "withdraw": lambda: act.withdraw(filled.ann, filled.claim.pk),
        "reopen": lambda: act.reopen(filled.asa, filled.claim.pk),
    }[act_]
    follows = claim_states.CHANGES.get((state, act_))
    if state == claim_states.WITHDRAWN:
        with pytest.raises(NotFoundError):
            do()
    elif follows is None:
        with pytest.raises(NotNowError):
            do()
    else:
        do()
    filled.claim.refresh_from_db()
    assert filled.claim.state == (follows or state)


def things(world):
    return list(world.claim.things.values_list("pk", flat=True))


def bring_to(world, state):
    number = world.claim.pk
    if state == claim_states.WITHDRAWN:
        act.withdraw(world.ann, number)
    if state in (claim_states.ASSESSED, *claim_states.DECIDED):
        act.assess(world.asa, number, how="Saw it")
    if state == claim_states.CREDITED:
        act.credit(world.asa, number, things=things(world), reason="Yes")
    if state == claim_states.DECLINED:
        act.decline(world.asa, number, reason="No")


def test_evidence_stays_as_the_assessor_saw_it(filled):
    with pytest.raises(CannotHold, match="stays as they saw it"):
        act.revise(filled.ann, filled.shadowing.pk, act.Learning("course", "Another"))
    act.withdraw(filled.ann, filled.claim.pk)
    act.revise(filled.ann, filled.shadowing.pk, act.Learning("course", "Another"))


def test_nobody_else_sees_or_changes_anything(filled):
    """An administrator elsewhere, platform staff, and an assessor beyond what was put to them."""
    for other in (filled.eve, filled.pat, filled.asa):
        assert report.portfolio(other).is_empty
        for read in (
            queries.items,
            queries.evidence,
            queries.claims,
            queries.credited,
            queries.links,
            queries.ratings,
        ):
            assert not read(other).exists()
        for refused in (
            lambda o=other: queries.item(o, filled.unit.pk),
            lambda o=other: act.let_go(o, filled.unit.pk),
            lambda o=other: act.remove_evidence(o, filled.shadowing.pk),
            lambda o=other: act.ask(o, evidence=filled.shadowing.pk, assessor="asa"),
            lambda o=other: act.withdraw(o, filled.claim.pk),
            lambda o=other: act.unshare(o, filled.link.pk),
        ):
            with pytest.raises(NotFoundError):
                refused()
    assert [p.person for p in put_to_me(filled.asa)] == ["ann"]
    assert put_to_me(filled.eve) == put_to_me(filled.pat) == put_to_me(filled.ann) == ()
    for other in (filled.eve, filled.pat, filled.ann):
        with pytest.raises(NotFoundError):
            act.assess(other, filled.claim.pk, how="Saw it")


def test_an_assessor_whose_part_ends_sees_nothing_more(filled):
    filled.users["asa"].memberships.all().delete()
    scope = scope_of(type(filled.users["asa"]).objects.get(username="asa"))
    assert put_to_me(scope) == ()


def test_a_link_shows_and_changes_nothing(filled):
    scope = scope_of_link(filled.token)
    answer = report.portfolio(scope)
    assert len(answer.items) == 2
    assert answer.evidence[0].claims == (), "what waits is between a person and their assessor"
    assert not queries.links(scope).exists()
    for refused in (
        lambda: act.let_go(scope, filled.unit.pk),
        lambda: act.hold(scope, act.Item("listed", "U-SHC32")),
        lambda: act.share(scope, name="x", days=7),
        lambda: act.erase(scope),
    ):
        with pytest.raises(NotFoundError, match="nothing can be changed"):
            refused()
    credit_all(filled)
    assert report.portfolio(scope).evidence[0].claims[0].state == "credited"


def test_a_link_taken_back_or_ended_or_invented_shows_nothing(filled):
    act.unshare(filled.ann, filled.link.pk)
    ended, token = act.share(filled.ann, name="Old", days=7)
    ended.expires_at = ended.made_at
    ended.save()
    for text in (filled.token, token, "", "nonsense", "\ud800", "x" * 5000):
        with pytest.raises(NotFoundError, match="This link shows nothing"):
            scope_of_link(text)
    _, open_ = act.share(filled.ann, name="New", days=7)
    assert scope_of_link(open_).shown == filled.link.portfolio_id
    deactivate(by="tests", username="ann")
    with pytest.raises(NotFoundError, match="This link shows nothing"):
        scope_of_link(open_)
    assert filled.token not in json.dumps(list(filled.link.portfolio.links.values()), default=str)


PRIVATE = (
    "Secret words",
    "Diplom-Soz",
    "FH Köln",
    "Three days with",
    "Town clinic",
    "What I saw",
    "Please look",
    "My manager",
)


def test_the_trail_says_that_something_happened_and_never_what(filled):
    credit_all(filled)
    events = AuditEvent.objects.filter(subject=f"portfolio:{filled.link.portfolio_id}")
    done = [e.action for e in events.order_by("id")]
    assert done == [
        *("open portfolio", "hold item", "hold item", "record evidence", "claim learning", "share portfolio"),
        *("assess claim", "credit claim"),
    ]
    assert not [e for e in events if e.before or e.after or e.reason]
    said = json.dumps(list(AuditEvent.objects.values()), default=str, ensure_ascii=False)
    assert not [words for words in PRIVATE if words in said]


def test_nothing_private_makes_a_new_version_of_the_framework(world):
    before = data_version()
    act.hold(world.ann, act.Item("listed", "U-SHC31"))
    act.make_team(world.ann, body="IQF-O-000001", name="Night team")
    assert data_version() == before


def test_erased_is_gone_from_every_table(filled):
    credit_all(filled)
    act.make_team(filled.ann, body="IQF-O-000001", name="Night team of mine")
    everywhere = stored()
    assert all(words in everywhere for words in (*PRIVATE, "Night team of mine"))
    number = Portfolio.objects.get().pk
    act.erase(filled.ann)
    left = stored()
    assert not [words for words in (*PRIVATE, "Night team of mine") if words in left]
    assert not any(model.objects.exists() for model in apps.get_app_config("people").get_models())
    last = AuditEvent.objects.latest("id")
    assert (last.actor, last.action, last.subject) == ("ann", "erase portfolio", f"portfolio:{number}")
    with pytest.raises(NotFoundError, match="nothing of yours"):
        act.erase(filled.ann)


def stored():
    """Everything that any table of the database holds of people and of what was done, as text."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith(("catalogue_", "register_", "evidence_", "places_", "mapping_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                said += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(said)


@pytest.mark.parametrize(
    ("item", "field", "says"),
    [
        (act.Item("listed", ""), "name", "Say what you hold"),
        (act.Item("listed", "no such thing"), "name", "choose that instead"),
        (act.Item("nonsense", "x"), "kind", "Choose whether"),
        (act.Item("listed", "U-SHC31", "31/6/2015"), "achieved", "is not a date"),
        (act.Item("listed", "U-SHC31", "2999"), "achieved", "has not come yet"),
        (act.Item("overseas", "x" * 301), "name", "too long"),
        (act.Item("listed", "playworker"), "name", "no qualification or unit"),
    ],
)
def test_what_will_not_do_is_said_in_a_sentence_and_nothing_is_kept(world, item, field, says):
    with pytest.raises(CannotHold, match=says) as refused:
        act.hold(world.ann, item)
    assert refused.value.field == field
    assert not queries.items(world.ann).exists()


def test_the_same_thing_is_held_once(filled):
    with pytest.raises(CannotHold, match="in your portfolio already"):
        act.hold(filled.ann, act.Item("listed", "U-SHC31"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"title": " "}, "title"),
        ({"hours": "-3"}, "hours"),
        ({"hours": "²"}, "hours"),
        ({"hours": "9" * 50}, "hours"),
        ({"shows": ("Q001",)}, "shows"),
        ({"shows": ("nonsense:CC1",)}, "shows"),
        ({"shows": ("common-core-2010:CC99",)}, "shows"),
        ({"date": "May"}, "date"),
        ({"text": "x" * 10_001}, "text"),
    ],
)
def test_evidence_that_will_not_do(world, more, field):
    with pytest.raises(CannotHold) as refused:
        act.record(world.ann, act.Learning(**{"kind": "course", "title": "A course"} | more))
    assert refused.value.field == field
    assert not queries.evidence(world.ann).exists()


@pytest.mark.parametrize("name", ["", "nobody-here", "ann", "bob"])
def test_only_an_assessor_can_be_asked_and_nobody_learns_who_is_here(world, user, name):
    user("bob", "contributor")
    held = act.record(world.ann, act.Learning("course", "A course", shows=("U-SHC31",)))
    with pytest.raises(CannotHold) as refused:
        act.ask(world.ann, evidence=held.pk, assessor=name)
    assert refused.value.field == "assessor"
    if name in ("nobody-here", "bob"):
        assert (
            str(refused.value)
            == f"There is no assessor with the user name “{name}” here; ask yours how they sign in."
        )


def test_evidence_that_shows_nothing_cannot_be_assessed(world):
    held = act.record(world.ann, act.Learning("course", "A course"))
    with pytest.raises(CannotHold, match="Say first which units"):
        act.ask(world.ann, evidence=held.pk, assessor="asa")


def test_a_large_portfolio_asks_no_more_of_the_database(filled, django_assert_max_num_queries):
    for unit in m.Unit.objects.filter(retired_on=None).order_by("pk")[50:70]:
        act.hold(filled.ann, act.Item("listed", unit.code))
        act.record(filled.ann, act.Learning("course", unit.title, shows=(unit.code, "common-core-2005:CC1")))
    with django_assert_max_num_queries(24):
        answer = report.portfolio(filled.ann)
    assert (len(answer.items), len(answer.evidence)) == (22, 21)
