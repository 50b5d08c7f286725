"""The history of a thing in words, in groups, without the names of people; and how it stood after a change."""

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import key_of
from iqf.catalogue.models import GroupUnit, RuleGroup
from iqf.catalogue.queries import NotFoundError, find
from iqf.exchange.formats.plain import dumps, plain
from iqf.reports.earlier import earlier
from iqf.reports.history import history
from iqf.review.actions.proposing import Case, begin, submit
from iqf.review.actions.reviewing import accept

CASE = Case(
    "A change", "The sector body says so.", "Report of the sector body", "https://example.org", locator="page 3"
)


def accepted(*changes, body="Skills for Youth"):
    made = begin(by="ann-private", case=CASE, changes=changes, body_name=body)
    made = submit(by="ann-private", number=made.pk, version=made.version)
    accept(by="rita-private", number=made.pk, version=made.version, reason="Agreed.")
    return made


@pytest.fixture
def role(starter):
    """A role that a proposal has changed, with a requirement and a title."""
    role, q = find("playworker", ["role"]), find("Q001", ["qualification"])
    accepted(
        Change("role", "change", {"code": role.code}, {"tier": "specialist"}),
        Change("requirement", "create", {"role": role.code, "qualification": q.code}, {"strength": "significant"}),
        Change("role title", "create", {"role": role.code, "title": "Play ranger"}, {"kind": "synonym"}),
    )
    return role


def test_an_accepted_proposal_is_one_group_with_its_reason_and_source(role):
    answer = history("playworker")
    first = answer.groups[0]
    assert (first.who, first.why) == ("an editor, proposed by Skills for Youth", "The sector body says so.")
    assert (first.source.title, first.source.url, first.source.locator) == (
        "Report of the sector body",
        "https://example.org",
        "page 3",
    )
    said = {line.what: line for line in first.changes}
    assert said.keys() == {"Role changed", "Requirement added", "Role title added"}
    (tier,) = said["Role changed"].fields
    assert (tier.label, tier.before.words, tier.after.words) == ("tier", "universal", "specialist")
    assert said["Requirement added"].about[0].thing.code == find("Q001").code
    assert [cell.words for cell in said["Role title added"].about] == ["Play ranger"]


def test_the_same_requirement_is_in_the_history_of_the_qualification(role):
    first = history("Q001").groups[0]
    assert [(line.what, line.about[0].thing.code) for line in first.changes] == [("Requirement added", role.code)]


def test_an_import_is_one_group_however_much_it_brought(role):
    answer = history(role.code)
    assert len(answer.groups) == 2
    brought = answer.groups[1]
    assert brought.who == "import of Starter facts of iqf"
    assert brought.total == answer.total - 3
    assert sum(count for _, count in brought.counts) == brought.total == len(brought.changes)
    assert ("Role added", 1) in brought.counts
    assert brought.why == ""


def test_no_name_of_a_person_is_in_the_public_answer(role):
    for answer in (history(role.code), earlier(role.code, history(role.code).groups[0].number)):
        assert "private" not in dumps(plain(answer))
        assert "tests" not in {group.who for group in getattr(answer, "groups", ())}


def test_staff_see_the_names(role):
    assert history(role.code, named=True).groups[0].who.endswith("(rita-private)")


def test_a_large_group_is_shown_in_parts(role):
    whole = history(role.code, shown=None)
    number = whole.groups[1].number
    first = history(role.code, of=number, shown=10)
    assert [len(group.changes) for group in history(role.code, shown=10).groups] == [3, 10]
    parts = [history(role.code, of=number, shown=10, page=n + 1) for n in range(first.pages)]
    assert [line for part in parts for line in part.groups[0].changes] == list(whole.groups[1].changes)


def test_every_change_is_in_the_history_once(role):
    whole = history(role.code, shown=None)
    numbers = [line.number for group in whole.groups for line in group.changes]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) == whole.total


def test_a_changed_rule_is_told_in_words_before_and_after(starter):
    q = find("Q001", ["qualification"])
    row = GroupUnit.objects.filter(group__qualification=q, group__list_complete=True).first()
    key = key_of(ENTITIES["rule unit"], row)
    top = RuleGroup.objects.get(qualification=q, parent=None)
    accepted(
        Change(
            "rule group",
            "create",
            {"qualification": q.code, "key": "EXTRA"},
            {"title": "Extra", "kind": "choose", "min_units": "1", "parent": top.key},
        ),
        Change("rule unit", "create", {**key, "group": "EXTRA"}, {}),
        Change("rule unit", "retire", key),
    )
    changed, brought = history("Q001").groups
    pairs = {pair.line.key: pair for pair in changed.rule.pairs}
    assert (pairs["EXTRA"].state, pairs["EXTRA"].came) == ("new", (key["unit"],))
    assert pairs[row.group.key].went == (key["unit"],)
    assert pairs[row.group.key].before.words != pairs[row.group.key].after.words
    assert changed.rule.was
    assert changed.rule.titles[key["unit"]] == row.unit.title
    assert {pair.state for pair in brought.rule.pairs} == {"new"}
    assert not brought.rule.was


def test_an_earlier_state_is_set_beside_the_present_differences_first(role):
    number = history(role.code).groups[1].number
    answer = earlier(role.code, number)
    assert [f.differs for f in answer.fields] == sorted((f.differs for f in answer.fields), reverse=True)
    (tier,) = [f for f in answer.fields if f.differs]
    assert (tier.one.text, tier.two.text) == ("universal", "specialist")
    new = {joined.kind: [row.how for row in joined.rows[: joined.differing]] for joined in answer.joined}
    assert (new["requirement"], new["role title"]) == (["new"], ["new"])
    assert (answer.differences, answer.unknown) == (3, ())
    assert answer.after == history(role.code).groups[0].changes[-1].number


def test_two_earlier_states_are_compared(role):
    lines = [line.number for group in history(role.code, shown=None).groups for line in group.changes]
    first = earlier(role.code, lines[-1], other=lines[0])
    assert first.two.number == lines[0]
    assert earlier(role.code, lines[0]).differences == 0
    assert first.differences == earlier(role.code, lines[-1]).differences


def test_a_change_of_something_else_is_none_of_this_thing(role):
    other = AuditEvent.objects.filter(subject=find("Q001").code).first().pk
    for number in (other, 10**9, 2**70):
        with pytest.raises(NotFoundError, match="has no change"):
            earlier(role.code, number)


def test_what_the_record_does_not_explain_is_said(role):
    number = history(role.code).groups[1].number
    type(role).objects.filter(pk=role.pk).update(contact="occasional")
    AuditEvent.objects.filter(subject=role.code, action="change role").update(after={"tier": "targeted"})
    (sentence,) = earlier(role.code, number).unknown
    assert sentence == (
        'The record has "targeted" as the tier of Playworker, and later it was "specialist"; '
        "when and why it changed is not known."
    )


@pytest.mark.parametrize("kind", ["organisation", "unit", "framework"])
def test_every_kind_of_thing_has_a_history(starter, kind):
    code = AuditEvent.objects.filter(action=f"create {kind}").first().subject
    answer = history(code)
    assert answer.total > 0
    state = earlier(code, answer.groups[0].number)
    assert (state.differences, state.unknown) == (0, ())
    assert state.fields
