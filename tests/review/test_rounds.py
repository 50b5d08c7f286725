"""Consultation rounds from the first draft to the public outcome: who may do what, when, and what is kept."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from iqf.accounts.models import AuditEvent
from iqf.analysis.states import NotNowError
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.review.actions import commenting, proposing, rounds
from iqf.review.actions.commenting import Reply, Said, comment, publish_round, reply
from iqf.review.actions.proposing import Case
from iqf.review.actions.rounds import (
    MOST_LINES,
    WHOLE,
    CannotConsult,
    Plan,
    add_lines,
    begin_round,
    close_round,
    extend_round,
    invite,
    make_link,
    open_round,
    reopen_round,
    revise_round,
    rewrite_lines,
    uninvite,
    withdraw_round,
)
from iqf.review.drafted import Drafted
from iqf.review.models import Answer, Comment, InvitedBody, Proposal, Round
from iqf.review.round_queries import (
    hash_of,
    invitation_of,
    invitation_with,
    invitations_of,
    not_heard,
    round_numbered,
    unanswered,
    why_over,
)
from iqf.review.round_queries import rounds as listed
from iqf.review.round_states import ACTS, CHANGES, ENDED, STATES, WORDS, after


def soon(days=7):
    return timezone.localdate() + timedelta(days=days)


def plan(**more):
    return Plan(**{"title": "Roles in play", "asked": "Are these right?", "body_name": "The council", **more})


def fresh(of):
    of.refresh_from_db()
    return {"by": "rita", "number": of.pk, "version": of.version}


@pytest.fixture
def bodies(starter):
    return list(m.Organisation.objects.filter(LIVE).order_by("pk")[:2])


@pytest.fixture
def draft(bodies):
    made = begin_round(by="rita", plan=plan(closes_on=soon()))
    add_lines(**fresh(made), lines=[Drafted("Playworker", "role", "IQF-R-000008"), Drafted("Play ranger")])
    invite(**fresh(made), bodies=[(bodies[0].code, bodies[0].title), ("", "Village playgroup")])
    made.refresh_from_db()
    return made


@pytest.fixture
def asked(draft):
    return open_round(**fresh(draft))


def at_stage(held, state):
    """A draft brought into a state."""
    if state == "draft":
        return held
    if state == "withdrawn":
        return withdraw_round(**fresh(held), reason="Overtaken.")
    open_round(**fresh(held))
    if state in ("closed", "published"):
        close_round(**fresh(held))
    if state == "published":
        publish_round(**fresh(held), outcome="Nothing was said.")
    held.refresh_from_db()
    return held


def body(held, name="Village playgroup"):
    return held.invited.get(name=name)


def say(held, name="Village playgroup", **said):
    lines = {int(position[1:]): Said(*words) for position, words in said.items()}
    return comment(by="p.privately", invited=body(held, name).pk, said=lines)


ACTED = {
    "revise": lambda h: revise_round(**fresh(h), plan=plan(title="Roles in playwork", closes_on=soon())),
    "invite": lambda h: invite(**fresh(h), bodies=[("", "Another group")]),
    "open": lambda h: open_round(**fresh(h)),
    "withdraw": lambda h: withdraw_round(**fresh(h), reason="Overtaken."),
    "extend": lambda h: extend_round(**fresh(h), closes_on=soon(20)),
    "comment": lambda h: say(h, _0=("agree", "")),
    "close": lambda h: close_round(**fresh(h)),
    "reply": lambda h: reply(by="rita", number=h.pk, replies={}),
    "reopen": lambda h: reopen_round(**fresh(h), closes_on=soon(20)),
    "publish": lambda h: publish_round(**fresh(h), outcome="Nothing was said."),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_everything_can_be_done_in_the_states_of_the_table_and_in_no_other(draft, state, act):
    held = at_stage(draft, state)
    before = AuditEvent.objects.count()
    if (state, act) in CHANGES:
        ACTED[act](held)
        held.refresh_from_db()
        assert held.state == CHANGES[state, act]
        return
    with pytest.raises(CannotConsult):
        ACTED[act](held)
    held.refresh_from_db()
    assert (held.state, AuditEvent.objects.count()) == (state, before)


def test_the_table_of_states_is_whole():
    assert {state for state, _ in CHANGES} | set(CHANGES.values()) == set(STATES) == set(WORDS)
    assert set(ACTED) == set(ACTS)
    assert not {state for state, _ in CHANGES} & set(ENDED)
    with pytest.raises(NotNowError, match="still being prepared, so it cannot be published now"):
        after("draft", "publish")


# ---------- drafts ----------


def test_a_round_ends_with_a_line_for_what_is_missing_and_lines_come_before_it(draft):
    assert [line.text for line in draft.lines.all()] == ["Playworker", "Play ranger", WHOLE]
    assert add_lines(**fresh(draft), lines=[Drafted("Play ranger"), Drafted(" A  third "), Drafted(" ")]) == 1
    assert [line.text for line in draft.lines.all()][2:] == ["A third", WHOLE]


def test_lines_are_rewritten_and_taken_out_until_somebody_is_asked(draft):
    rewrite_lines(**fresh(draft), texts={0: "Playworker, senior", 1: " ", 77: "nowhere"})
    assert [line.text for line in draft.lines.all()] == ["Playworker, senior", WHOLE]
    open_round(**fresh(draft))
    with pytest.raises(CannotConsult, match="open, so it cannot be rewritten"):
        rewrite_lines(**fresh(draft), texts={0: "Something else"})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"asked": ""}, "Say what you ask"),
        ({"body_name": ""}, "Say who consults"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(starter, wrong, sentence):
    with pytest.raises(CannotConsult, match=sentence):
        begin_round(by="rita", plan=plan(**wrong))
    assert not Round.objects.exists()


def test_what_is_not_ready_is_not_opened(bodies):
    held = begin_round(by="rita", plan=plan())
    with pytest.raises(CannotConsult, match="nothing to comment on"):
        open_round(**fresh(held))
    add_lines(**fresh(held), lines=[Drafted("Playworker")])
    with pytest.raises(CannotConsult, match="Nobody is asked"):
        open_round(**fresh(held))
    invite(**fresh(held), bodies=[("", "Village playgroup")])
    for day in (None, soon(-1)):
        revise_round(**fresh(held), plan=plan(closes_on=day))
        with pytest.raises(CannotConsult, match="last day for comments"):
            open_round(**fresh(held))
    revise_round(**fresh(held), plan=plan(closes_on=soon(0)))
    assert open_round(**fresh(held)).state == "open"


def test_there_are_limits_to_what_can_be_asked_of_people(draft, monkeypatch):
    with pytest.raises(CannotConsult, match=f"more than {MOST_LINES}"):
        add_lines(**fresh(draft), lines=[Drafted(f"Line {n}") for n in range(MOST_LINES)])
    monkeypatch.setattr(rounds, "MOST_INVITED", 3)
    with pytest.raises(CannotConsult, match="At most 3"):
        invite(**fresh(draft), bodies=[("", "Third"), ("", "Fourth")])
    assert draft.invited.count() == 2


def test_what_somebody_else_changed_is_not_overwritten(draft):
    opened = draft.version
    revise_round(**fresh(draft), plan=plan(title="Another title", closes_on=soon()))
    with pytest.raises(CannotConsult, match="Somebody changed this consultation"):
        revise_round(by="rob", number=draft.pk, version=opened, plan=plan())


def test_nobody_is_asked_twice_and_one_that_has_not_answered_can_be_left_out(draft, bodies):
    again = [(bodies[0].code, "Under another name"), ("", "village PLAYGROUP"), (bodies[1].code, bodies[1].title)]
    assert invite(**fresh(draft), bodies=again) == 1
    assert draft.invited.count() == 3
    uninvite(**fresh(draft), invited=body(draft).pk)
    assert [one.name for one in not_heard(draft)] == sorted(b.title for b in bodies)
    with pytest.raises(CannotConsult, match="does not ask"):
        uninvite(**fresh(draft), invited=body(draft).pk)
    assert invite(**fresh(draft), bodies=[("", "Village playgroup")]) == 1
    assert draft.invited.filter(withdrawn_at=None).count() == 3


# ---------- answers ----------


def test_a_body_answers_over_several_visits_and_the_last_word_counts(asked):
    assert say(asked, _0=("agree", ""), _1=("", "What is that?")).written == 2
    one = body(asked)
    assert one.answered_at is not None
    assert list(one.comments.values_list("stance", "text")) == [("agree", ""), ("comment", "What is that?")]
    assert say(asked, _0=("disagree", "There is no such job."), _1=("", "What is that?")).written == 1
    assert one.comments.get(line__position=0).text == "There is no such job."
    event = AuditEvent.objects.latest("id")
    assert (event.actor, event.before, event.after) == (
        "p.privately",
        {"line 1": "agree"},
        {"line 1": "disagree: There is no such job."},
    )


def test_what_is_whole_is_kept_and_what_is_not_is_said(asked):
    kept = say(asked, _0=("disagree", " "), _1=("comment", ""), _1000000=("", "Add toy librarians."))
    assert kept.written == 1
    assert kept.faults == {0: "Say why you disagree.", 1: "Write your comment."}
    assert Comment.objects.get().text == "Add toy librarians."
    assert say(asked, _0=("maybe", "x"), _1=("", "y" * 6001)).faults.keys() == {0, 1}


def test_a_body_may_take_back_all_that_it_said(asked):
    say(asked, _0=("agree", ""))
    say(asked, _0=("", ""))
    assert not Comment.objects.exists()
    assert body(asked).answered_at is None
    assert say(asked, _0=("", "")).written == 0


def test_nobody_answers_before_after_or_uninvited(draft, bodies):
    one = body(draft)
    with pytest.raises(CannotConsult, match="not open yet"):
        say(draft, _0=("agree", ""))
    open_round(**fresh(draft))
    uninvite(**fresh(draft), invited=one.pk)
    with pytest.raises(CannotConsult, match="not asked"):
        comment(by="p.privately", invited=one.pk, said={0: Said("agree")})
    with pytest.raises(CannotConsult, match="not asked"):
        comment(by="p.privately", invited=10**9, said={})
    assert not Comment.objects.exists()


def test_who_has_said_something_is_heard_and_the_rest_are_to_be_reminded(asked, bodies):
    say(asked, _0=("agree", ""))
    assert [one.name for one in not_heard(asked)] == [bodies[0].title]
    with pytest.raises(CannotConsult, match="answered already"):
        uninvite(**fresh(asked), invited=body(asked).pk)


def test_a_body_finds_the_rounds_that_ask_it_once_they_are_open(draft, bodies):
    assert not invitations_of([bodies[0].code]).exists()
    open_round(**fresh(draft))
    assert invitation_of(draft, [bodies[0].code]).round == draft
    with pytest.raises(NotFoundError):
        invitation_of(draft, [bodies[1].code])


# ---------- links ----------


def test_a_link_opens_one_invitation_and_only_its_hash_is_kept(draft):
    one, token = make_link(**fresh(draft), invited=body(draft).pk)
    assert invitation_with(token) == one
    one.refresh_from_db()
    assert one.token_hash == hash_of(token)
    assert token not in str(list(AuditEvent.objects.values_list("after", flat=True)))
    _, newer = make_link(**fresh(draft), invited=one.pk)
    assert invitation_with(newer) == one
    for wrong in (token, "", "nonsense", one.token_hash):
        with pytest.raises(NotFoundError, match="not one of ours"):
            invitation_with(wrong)
    uninvite(**fresh(draft), invited=one.pk)
    with pytest.raises(NotFoundError):
        invitation_with(newer)


# ---------- closing ----------


def when(monkeypatch, at):
    clock = SimpleNamespace(now=lambda: at, localdate=timezone.localdate)
    monkeypatch.setattr(rounds, "timezone", clock)
    monkeypatch.setattr(commenting, "timezone", clock)


def test_a_round_is_closed_once_its_last_day_is_over_whether_or_not_anybody_looks(asked, monkeypatch):
    say(asked, _0=("agree", ""))
    end = asked.ends_at
    assert timezone.localtime(end).strftime("%H:%M") == "00:00"
    assert timezone.localtime(end).date() == asked.closes_on + timedelta(days=1)
    assert (asked.state_at(end - timedelta(seconds=1)), asked.state_at(end)) == ("open", "closed")
    assert why_over(body(asked), end - timedelta(seconds=1)) == ""
    when(monkeypatch, end)
    with pytest.raises(CannotConsult, match="closed"):
        say(asked, _1=("agree", ""))
    publish_round(**fresh(asked), outcome="Agreed.")
    done = AuditEvent.objects.filter(subject=f"consultation:{asked.pk}").values_list("actor", "action")
    assert list(done.order_by("id"))[-3:-1] == [
        ("closing day", "close consultation"),
        ("rita", "publish consultation"),
    ]
    assert m.Consultation.objects.get().closed_on == asked.closes_on


def test_rounds_are_listed_by_the_state_they_are_in_today(asked):
    (found,) = listed("open")
    assert (found.n_lines, found.n_asked, found.n_heard) == (3, 2, 0)
    assert not listed("closed").exists()
    Round.objects.filter(pk=asked.pk).update(closes_on=soon(-1))
    assert not listed("open").exists()
    assert listed("closed").get() == asked == listed().get()


def test_another_last_day_must_still_come(asked):
    for day in (None, soon(-1)):
        with pytest.raises(CannotConsult, match="last day"):
            extend_round(**fresh(asked), closes_on=day)
    extend_round(**fresh(asked), closes_on=soon(30))
    close_round(**fresh(asked))
    with pytest.raises(CannotConsult, match="last day"):
        reopen_round(**fresh(asked), closes_on=None)


def test_a_round_is_given_up_with_a_reason_that_the_invited_read(asked):
    with pytest.raises(CannotConsult, match="Say why"):
        withdraw_round(**fresh(asked), reason=" ")
    withdraw_round(**fresh(asked), reason="Overtaken by events.")
    with pytest.raises(CannotConsult, match="Overtaken by events"):
        say(asked, _0=("agree", ""))


# ---------- answers of the organiser, and the outcome ----------


@pytest.fixture
def closed(asked, bodies):
    say(asked, _0=("agree", ""), _1=("disagree", "Nobody is called that."))
    say(asked, bodies[0].title, _0=("agree", "As we do it."), _1000000=("", "Toy librarians are missing."))
    return close_round(**fresh(asked))


def all_answered(held):
    words = {c.pk: Reply("noted", "Thank you.") for c in unanswered(held)}
    return reply(by="rita", number=held.pk, replies=words)


def test_every_comment_with_words_is_answered_before_the_outcome_is_published(closed):
    assert unanswered(closed).count() == 3
    with pytest.raises(CannotConsult, match="3 comments have no answer yet"):
        publish_round(**fresh(closed), outcome="Agreed.")
    assert all_answered(closed).written == 3
    assert all_answered(closed).written == 0
    with pytest.raises(CannotConsult, match="Say what came of it"):
        publish_round(**fresh(closed), outcome="  ")
    publish_round(**fresh(closed), outcome="Agreed.")
    closed.refresh_from_db()
    assert closed.state == "published"


def test_answers_say_what_was_done_and_are_refused_one_by_one(closed):
    one, two, three = unanswered(closed)
    sent = proposing.begin(by="ann", case=Case("A new role", "Asked for.", "This consultation"), changes=[])
    replies = {
        one.pk: Reply("declined", " "),
        two.pk: Reply("accepted", "Done.", sent.pk),
        three.pk: Reply("perhaps", "x"),
        10**9: Reply("noted"),
    }
    kept = reply(by="rita", number=closed.pk, replies=replies)
    assert kept.written == 0
    assert "Say why it is declined" in kept.faults[one.pk]
    assert f"no proposal {sent.pk} that was sent" in kept.faults[two.pk]
    assert "Choose what was done" in kept.faults[three.pk]
    assert "no such comment" in kept.faults[10**9]
    assert (
        "Only what is accepted"
        in reply(by="rita", number=closed.pk, replies={one.pk: Reply("noted", "", sent.pk)}).faults[one.pk]
    )
    Proposal.objects.filter(pk=sent.pk).update(state="waiting")
    assert reply(by="rita", number=closed.pk, replies={two.pk: Reply("accepted", "", sent.pk)}).written == 1
    assert Answer.objects.get().proposal == sent.pk


def test_what_is_said_anew_after_it_was_opened_again_is_answered_anew(closed):
    all_answered(closed)
    reopen_round(**fresh(closed), closes_on=soon())
    say(closed, _1=("disagree", "Nobody at all."), _0=("agree", ""))
    close_round(**fresh(closed))
    assert [c.text for c in unanswered(closed)] == ["Nobody at all."]
    assert Answer.objects.count() == 2


def test_the_outcome_is_public_and_names_bodies_and_no_person(closed, bodies):
    all_answered(closed)
    publish_round(**fresh(closed), outcome="Toy librarians are added.")
    made = m.Consultation.objects.get()
    assert (made.number, made.title, made.outcome) == (closed.pk, "Roles in play", "Toy librarians are added.")
    assert made.citation.source.publisher == "The council"
    assert [line.code for line in made.lines.all()] == ["IQF-R-000008", "", ""]
    assert {b.name: b.organisation for b in made.bodies.all()} == {
        "Village playgroup": None,
        bodies[0].title: bodies[0],
    }
    said = m.ConsultationComment.objects.filter(line__consultation=made).values_list("body__name", "text", "outcome")
    assert ("Village playgroup", "", "") in said
    assert (bodies[0].title, "Toy librarians are missing.", "noted") in said
    fields = [f for model in (m.Consultation, m.ConsultationBody, m.ConsultationComment) for f in model._meta.fields]
    whole = str([list(f.model.objects.values_list(f.name, flat=True)) for f in fields])
    assert "p.privately" not in whole
    assert "rita" not in whole


def test_the_database_itself_refuses_a_round_that_is_open_without_an_end(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=draft.pk).update(state="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(line=draft.lines.all()[0], invited=body(draft), stance="disagree", by="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitedBody.objects.create(round=draft, name="Village playgroup", by="x")


def test_a_round_that_is_not_there_is_said(starter):
    for number in (999, 10**30):
        with pytest.raises(NotFoundError):
            round_numbered(number)
    with pytest.raises(CannotConsult, match="There is no consultation 999"):
        close_round(by="rita", number=999, version=1)
