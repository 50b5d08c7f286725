"""Two entries that are one thing: joined with nothing lost, parted exactly, kept in step by their files."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.worlds import World
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.actions.joining import join
from iqf.catalogue.actions.parting import unjoin
from iqf.catalogue.actions.upsert import Batch, Draft, upsert
from iqf.catalogue.joining import CannotJoin, plan
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.exchange.sources.starter.ingest import ingest

pytestmark = pytest.mark.django_db
QUICK = trying(25)
WHY = "One qualification, entered twice."


def dump():
    """Every table of the catalogue, row by row."""
    models = apps.get_app_config("catalogue").get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def together(kept, gone, **more):
    return join(by="rita", kept=kept.code, gone=gone.code, reason=WHY, **more)


def apart(gone):
    unjoin(by="rita", gone=gone.code, reason="They are two after all.")


@pytest.fixture
def world(db):
    return World()


LEVELS = st.sampled_from(("", "2", "3"))
HOURS = st.sampled_from((None, 100, 120))
NOTES = st.sampled_from(("", "Taught at work.", "Taught at college.", "x" * 1200))
ENDS = st.sampled_from(("kept", "gone", "other"))
LINK = st.tuples(ENDS, ENDS, st.booleans())
VALUES = st.fixed_dictionaries({"level": LEVELS, "glh": HOURS, "note": NOTES})
WORLDS = st.fixed_dictionaries(
    {
        "kept": VALUES,
        "gone": VALUES,
        "requirements": st.lists(
            st.tuples(ENDS, st.integers(0, 2), st.booleans()), max_size=6, unique_by=lambda r: r[:2]
        ),
        "progressions": st.lists(LINK, max_size=5, unique_by=lambda r: r[:2]),
        "groups": st.lists(st.tuples(ENDS, st.integers(0, 2), st.booleans()), max_size=4),
        "owners": st.tuples(st.integers(0, 1), st.integers(0, 1)),
        "opinions": st.booleans(),
        "decided": st.booleans(),
    }
)


def build(drawn):
    """A small world of two qualifications that may be one, a third, three roles, three units, two owners."""
    world = World()
    owners = [world.organisation(f"Board {n}") for n in range(2)]
    made = {
        end: world.qualification("Diploma in Play", owner=owners[drawn["owners"][n]], **drawn[end])
        for n, end in enumerate(("kept", "gone"))
    }
    made["other"] = world.qualification("Certificate in Care")
    roles = [world.role(f"Role {n}") for n in range(3)]
    units = [world.unit(f"Unit {n}") for n in range(3)]
    retired = []
    for end, role, stands in drawn["requirements"]:
        row = world.add(m.Requirement, role=roles[role], qualification=made[end], strength="relevant")
        if drawn["opinions"]:
            world.add(m.Opinion, requirement=row, organisation=owners[0], stance="agrees", reason="So we think.")
        retired += [] if stands else [row]
    for before, after, stands in drawn["progressions"]:
        if before != after:
            row = world.add(m.Progression, before=made[before], after=made[after])
            retired += [] if stands else [row]
    for end, unit, stands in drawn["groups"]:
        row = world.group(made[end], units[unit])
        retired += [] if stands else [row]
    world.retire(*retired)
    return world, made


def stated(end, made):
    """What standing links say of two entries taken as one: roles that ask for it, what it leads to and comes from."""
    ends = {made["kept"].pk, made["gone"].pk} if end == "both" else {made["kept"].pk}
    one = lambda pk: "it" if pk in ends else pk  # noqa: E731
    asked = m.Requirement.objects.filter(LIVE, qualification__in=ends).values_list("role", flat=True)
    ways = m.Progression.objects.filter(LIVE).values_list("before", "after")
    led = {(one(a), one(b)) for a, b in ways if one(a) != one(b) and "it" in (one(a), one(b))}
    agreed = m.Opinion.objects.filter(LIVE, requirement__retired_on=None, requirement__qualification__in=ends)
    return set(asked), led, set(agreed.values_list("requirement__role", "organisation", "stance"))


@QUICK
@given(drawn=WORLDS)
def test_joined_nothing_is_lost_and_parted_everything_is_as_it_was(db, drawn):
    _, made = build(drawn)
    before, links = dump(), stated("both", made)
    number = together(made["kept"], made["gone"])
    assert stated("kept", made) == links
    assert AuditEvent.objects.get(pk=number).action == "join qualification"
    gone = m.Qualification.objects.get(pk=made["gone"].pk)
    assert (gone.joined_into_id, gone.is_retired) == (made["kept"].pk, True)
    assert not m.Requirement.objects.filter(LIVE, qualification=gone).exists()
    assert not m.Progression.objects.filter(LIVE, before=gone).exists()
    assert not m.Progression.objects.filter(LIVE, after=gone).exists()
    assert not m.RuleGroup.objects.filter(LIVE, qualification=gone).exists()
    _every_value_is_somewhere(made)
    apart(made["gone"])
    assert dump() == before


def _every_value_is_somewhere(made):
    """What the one said is shown of the other, or waits beside it; too long a text stays with the entry itself."""
    kept = m.Qualification.objects.get(pk=made["kept"].pk)
    for name in ("level", "glh", "note", "owner"):
        was, said = getattr(made["kept"], name), getattr(made["gone"], name)
        waits = set(
            m.FieldConflict.objects.filter(LIVE, decision=None, subject=kept.code, field=name).values_list(
                "value_shown", "value_other"
            )
        )
        if said in (None, "") or said == was or len(str(said)) > 1000 or len(str(was)) > 1000:
            assert (getattr(kept, name), waits) == (was, set())
        elif was in (None, ""):
            assert (getattr(kept, name), waits) == (said, set())
        else:
            assert (getattr(kept, name), waits) == (was, {(str(was), str(said))})


def test_every_name_of_the_one_leads_to_the_other(starter):
    kept, gone = find("500/9170/0"), find("601/3474/4")
    names = [gone.code, gone.title, *gone.aliases.values_list("value", flat=True)]
    together(kept, gone)
    assert {find(name).code for name in names} == {kept.code}
    apart(gone)
    assert {find(name).code for name in names} == {gone.code}


KINDS = ("qualification", "unit", "organisation", "role")
MODELS = {"qualification": m.Qualification, "unit": m.Unit, "organisation": m.Organisation, "role": m.Role}


@pytest.mark.parametrize("pair", [(1, 0), (5, 2)])
def test_the_file_that_made_both_writes_nothing_once_they_are_one(starter, pair):
    chosen = [_two_of(kind, pair) for kind in KINDS]
    before = dump()
    for kept, gone in chosen:
        together(kept, gone)
    joined = dump()
    report = ingest(by="tests")
    assert (report.writes, report.retired) == (0, 0), report.changes
    assert dump() == joined
    for _, gone in reversed(chosen):
        apart(gone)
    assert dump() == before
    assert ingest(by="tests").writes == 0


def _two_of(kind, pair):
    """Two things of a kind by their places; of two roles that followed each other the later stays."""
    things = list(MODELS[kind].objects.filter(LIVE).order_by("code"))
    kept, gone = (things[n] for n in pair)
    return (gone, kept) if kind == "role" and kept.successor_id == gone.pk else (kept, gone)


def test_what_cannot_be_joined_is_refused_in_a_sentence(world):
    one, two, three = (world.qualification(f"Diploma in Play {n}") for n in range(3))
    role, framework = world.role(), world.framework("core")
    together(one, two)
    before = dump()
    for kept, gone, words in (
        (one, one, f"{one.code} is one entry already; give two."),
        (one, two, f"{two.code} was joined into {one.code} already; undo that first, or give {one.code}."),
        (two, one, f"{two.code} was joined into {one.code} already; undo that first, or give {one.code}."),
        (one, role, f"{one.code} is a qualification and {role.code} a role; only like is joined with like."),
        (framework, framework, f"{framework.code} is one entry already; give two."),
    ):
        with pytest.raises(CannotJoin) as refused:
            together(kept, gone)
        assert str(refused.value) == words
    with pytest.raises(CannotDecide, match="Say why"):
        join(by="rita", kept=one.code, gone=three.code, reason=" ")
    with pytest.raises(CannotJoin, match="There is no thing IQF-Q-999999"):
        join(by="rita", kept=one.code, gone="IQF-Q-999999", reason=WHY)
    world.retire(three)
    with pytest.raises(CannotJoin, match=r"no longer stands \(No longer listed in tests\)"):
        together(one, three)
    first, second = world.framework("a-2005"), world.framework("b-2010")
    with pytest.raises(CannotJoin, match="A framework cannot be joined"):
        together(first, second)
    assert dump()["catalogue.Joining"] == before["catalogue.Joining"]


def test_a_role_is_not_joined_into_the_one_that_it_followed(world):
    new = world.role("Practitioner in play")
    old = world.role("Minder of play", successor=new)
    with pytest.raises(CannotJoin, match=f"{old.code} was followed by {new.code}; keep {new.code}"):
        together(old, new)
    together(new, old)
    assert find(old.title) == new


def test_a_chain_is_followed_to_its_end_and_undone_from_its_end(world):
    one, two, three = (world.qualification(f"Diploma in Play {n}") for n in range(3))
    role = world.role()
    world.add(m.Requirement, role=role, qualification=one, strength="relevant")
    before = dump()
    together(two, one)
    between = dump()
    together(three, two)
    assert find(one.code) == find(one.title) == find(two.code) == three
    assert m.Requirement.objects.get(role=role).qualification == three
    with pytest.raises(CannotJoin, match=f"{two.code} was joined into {three.code} since; part those two first."):
        apart(one)
    apart(two)
    assert dump() == between
    apart(one)
    assert dump() == before
    with pytest.raises(CannotJoin, match=f"{one.code} is not joined into another entry; there is nothing to part."):
        apart(one)


def test_what_was_decided_since_must_be_undone_before_they_are_parted(world):
    kept, gone = world.qualification(level="3"), world.qualification(level="4", glh=120)
    before = dump()
    together(kept, gone)
    number = decide(by="rita", code=kept.code, field="level", value="4", reason="The certificate says so.")
    with pytest.raises(CannotJoin, match=rf"The level of {kept.code} was decided since \(decision {number}\)"):
        apart(gone)
    reopen(by="rita", decision=number, reason="Not sure.")
    hours = m.FieldConflict.objects.get(subject=kept.code, field="glh").decision
    reopen(by="rita", decision=hours, reason="Where does this come from?")
    assert m.Qualification.objects.get(pk=kept.pk).glh is None
    apart(gone)
    assert dump() == before


def test_a_link_that_was_changed_since_is_not_torn_back(world):
    kept, gone, other = (world.qualification(f"Diploma in Play {n}") for n in range(3))
    row = world.add(m.Requirement, role=world.role(), qualification=gone, strength="relevant")
    together(kept, gone)
    m.Requirement.objects.filter(pk=row.pk).update(qualification=other)
    before = dump()
    with pytest.raises(CannotJoin, match="so they cannot be parted exactly"):
        apart(gone)
    assert dump() == before


def test_a_changed_row_of_the_one_reaches_the_other_as_a_conflict_and_never_stands_again(world):
    kept, gone = world.qualification(level="3"), world.qualification(level="3", glh=100)

    def read(**values):
        """The row of the file that made the one, read again."""
        batch = Batch("tests", "tests", {"row": gone.citation})
        draft = Draft("row", {"alias": "x"}, {"title": gone.title, "kind": gone.kind} | values)
        held = {("x",): m.Qualification.objects.select_related("citation").get(pk=gone.pk)}
        upsert(batch, m.Qualification, [draft], kind="qualification", held=held)
        batch.flush()
        return batch.writes

    together(kept, gone)
    asked = m.FieldConflict.objects.filter(LIVE, decision=None, subject=kept.code)
    assert read(level="3", glh=100) == 0
    assert read(level="4", glh=100) == 2
    assert list(asked.values_list("field", "value_shown", "value_other")) == [("level", "3", "4")]
    assert read(level="4", glh=100) == 0
    assert read(level="2", glh=100) == 3
    assert list(asked.values_list("value_shown", "value_other")) == [("3", "2")]
    assert read(level="3", glh=90) == 3
    assert list(asked.values_list("field", "value_shown", "value_other")) == [("glh", "100", "90")]
    assert m.Qualification.objects.get(pk=gone.pk).is_retired
    number = decide(by="rita", code=kept.code, field="glh", value="90", reason="The list is younger.")
    assert read(level="3", glh=90) == 0
    with pytest.raises(CannotJoin, match=rf"The glh of {kept.code} was decided since \(decision {number}\)"):
        apart(gone)


def test_a_new_link_of_the_one_is_a_link_of_the_other(world):
    kept, gone, role = world.qualification(), world.qualification("Diploma two"), world.role()
    mine, yours = world.unit("Mine"), world.unit("Yours")
    world.group(kept, mine, key="M")
    world.group(gone, yours, key="M")
    together(kept, gone)

    def read():
        batch = Batch("tests", "tests", dict.fromkeys(("asked", "group", "itself"), gone.citation))
        asked = Draft("asked", {"role": role, "qualification": gone}, {"strength": "relevant"})
        upsert(batch, m.Requirement, [asked])
        itself = Draft("itself", {"before": gone, "after": kept}, {"note": ""})
        assert upsert(batch, m.Progression, [itself]) == {}
        group = Draft("group", {"qualification": gone, "key": "M"}, {"title": "Group", "kind": "all"})
        assert upsert(batch, m.RuleGroup, [group])["group"].qualification == gone
        return batch.writes

    assert read() == 1
    assert m.Requirement.objects.get(role=role).qualification == kept
    assert read() == 0
    assert [g.qualification for g in m.RuleGroup.objects.filter(LIVE, qualification__in=[kept, gone])] == [kept]


def test_a_cluster_is_decided_by_its_title_and_put_back(world):
    scheme = world.add(m.ClusterScheme, key="s", title="Scheme")
    play, care = (world.add(m.Cluster, scheme=scheme, key=k, title=f"All the {k}") for k in ("play", "care"))
    kept, gone = world.qualification(cluster=play), world.qualification(cluster=care)
    together(kept, gone)
    number = decide(by="rita", code=kept.code, field="cluster", value="all the care", reason="It is about care.")
    assert m.Qualification.objects.get(pk=kept.pk).cluster == care
    reopen(by="rita", decision=number, reason="It is not.")
    assert m.Qualification.objects.get(pk=kept.pk).cluster == play
    with pytest.raises(CannotDecide, match='"Elsewhere" is the name of no cluster'):
        decide(by="rita", code=kept.code, field="cluster", value="Elsewhere", reason="So.")


def test_what_joining_would_do_is_asked_once_for_each_kind_of_row_however_many_there_are(world):
    """Half of what each asks for the other asks for too, with opinions on it; half is moved."""

    def queries(many):
        kept, gone = world.role(f"Kept {many}"), world.role(f"Gone {many}")
        for n in range(many):
            asked = world.qualification(f"Award {many} {n}")
            for role in (kept, gone) if n % 2 == 0 else (gone,):
                row = world.add(m.Requirement, role=role, qualification=asked, strength="relevant")
                said = {"stance": "agrees", "reason": "So it is.", "on": ""}
                world.add(m.Opinion, requirement=row, organisation=world.organisation(), **said)
        with CaptureQueriesContext(connection) as asked_for:
            made = plan(kept, gone)
        stay = [stay for stay in made.stays if stay.twin is not None]
        assert (len(stay), len(made.moves)) == ((many + 1) // 2, many // 2 + (many + 1) // 2)
        return len(asked_for)

    assert queries(3) == queries(12) <= 25
