"""What the catalogue may not hold, the database refuses; and nothing that something rests on can be deleted."""

from datetime import date

import pytest
from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.evidence.models import Citation, FieldMark, Source

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def first(model, **where):
    return model.objects.filter(**where).order_by("pk").first()


def cited(**values):
    return {"citation": first(Citation), **values}


def change(model, **values):
    """An attempt to change one standing row."""
    return lambda: model.objects.filter(pk=first(model).pk).update(**values)


def again(model, *fields):
    """An attempt to say a second time what a standing row says."""

    def attempt():
        row = first(model)
        values = {f: getattr(row, f) for f in fields}
        others = {
            f.name: getattr(row, f.name)
            for f in model._meta.fields
            if f.name not in ("id", "code", *fields) and not f.unique
        }
        model.objects.create(**others, **values)

    return attempt


def unit():
    return first(m.Unit)


def align(**things):
    return lambda: m.Alignment.objects.create(
        **cited(statement=first(m.Statement, framework__key="common-core-2010"), verb="teaches", strength="fully"),
        **{name: first(model) for name, model in things.items()},
    )


ATTEMPTS = {
    "a qualification of no known kind": change(m.Qualification, kind="potion"),
    "a qualification at level 9": change(m.Qualification, level="9"),
    "a level in words": change(m.Qualification, level="Level 3"),
    "a number with slashes": change(m.Qualification, number="500/9170/0"),
    "a number too short": change(m.Qualification, number="5009170"),
    "a number with a wrong last sign": change(m.Qualification, number="5009170Y"),
    "a start that is no date": change(m.Qualification, operational_start="Sep-10"),
    "an end that is no date": change(m.Qualification, operational_end="2010-7"),
    "a certification end that is no date": change(m.Qualification, certification_end="soon"),
    "a last new start that is no date": change(m.Qualification, last_new_start="31/08/2014"),
    "an unknown status": change(m.Qualification, stated_status="open"),
    "an unknown way of assessing": change(m.Qualification, assesses="luck"),
    "negative credit": change(m.Qualification, credit=-1),
    "negative hours": change(m.Qualification, glh=-1),
    "negative total time": change(m.Qualification, tqt=-1),
    "a qualification retired without a reason": change(m.Qualification, retired_on=TODAY),
    "a reason without a day of retirement": change(m.Qualification, retired_because="gone"),
    "a unit at no known level": change(m.Unit, level="X"),
    "a unit with credit from 5 to 3": change(m.Unit, credit_low=5, credit_high=3),
    "a unit with a low credit only": change(m.Unit, credit_low=5, credit_high=None),
    "a unit with a high credit only": change(m.Unit, credit_low=None, credit_high=5),
    "a unit with negative credit": change(m.Unit, credit_low=-3, credit_high=3),
    "a unit with negative hours": change(m.Unit, glh=-3),
    "a unit retired without a reason": change(m.Unit, retired_on=TODAY),
    "a role retired without a reason": change(m.Role, retired_on=TODAY),
    "an organisation retired without a reason": change(m.Organisation, retired_on=TODAY),
    "a framework retired without a reason": change(m.Framework, retired_on=TODAY),
    "a role of an unknown constituency": change(m.Role, constituency="inner"),
    "a role of an unknown tier": change(m.Role, tier="top"),
    "a role of an unknown status": change(m.Role, status="asleep"),
    "a role with an unknown amount of contact": change(m.Role, contact="some"),
    "an unknown basis of a constituency": change(m.Role, constituency_basis="felt"),
    "a role that follows itself": lambda: m.Role.objects.filter(pk=first(m.Role).pk).update(successor=first(m.Role)),
    "an organisation of no known kind": change(m.Organisation, kind="club"),
    "a name of no known kind": change(m.OrganisationName, kind="nickname"),
    "a name since a day that is none": change(m.OrganisationName, since="2016/01"),
    "a title of no known kind": change(m.RoleTitle, kind="pet name"),
    "a part in a role that is unknown": change(m.RoleBody, part="watches"),
    "a part in a programme that is unknown": change(m.QualificationBody, part="watches"),
    "a part of a job function that is unknown": change(m.RoleFunction, part="half"),
    "a requirement of unknown strength": change(m.Requirement, strength="vital"),
    "a requirement on an unknown basis": change(m.Requirement, basis="rumour"),
    "an entry position that is unknown": change(m.EntryPosition, entry="luck"),
    "an entry position on an unknown basis": change(m.EntryPosition, basis="rumour"),
    "an employer's criterion of no known kind": change(m.EntryCriterion, kind="luck"),
    "an employer's criterion of unknown strength": change(m.EntryCriterion, strength="vital"),
    "an employer's criterion since a day that is none": change(m.EntryCriterion, since="2016/01"),
    "a permission of no known kind": change(m.Permission, kind="hopes"),
    "a permission on an unknown basis": change(m.Permission, basis="rumour"),
    "a statement of no known kind": change(m.Statement, kind="wish"),
    "an unknown relation": change(m.Crosswalk, relation="resembles"),
    "an unknown verb": change(m.Alignment, verb="mentions"),
    "an unknown strength of alignment": change(m.Alignment, strength="somewhat"),
    "a rater that is neither person nor machine": change(m.JudgedUnit, rater_kind="oracle"),
    "a rule group of no known kind": change(m.RuleGroup, kind="some"),
    "a floor of credit without a level": change(m.RuleGroup, floor_credit=8, floor_level=""),
    "a level without a floor of credit": change(m.RuleGroup, floor_credit=None, floor_level="3"),
    "negative credit asked": change(m.RuleGroup, min_credit=-1),
    "a descriptor of an unknown level": change(m.LevelDescriptor, level="9"),
    "a conflict decided without whom": change(m.FieldConflict, decided_on=TODAY),
    "a conflict decided without a day": change(m.FieldConflict, decided_by="reviewer"),
    "a conflict decided without a reason": change(m.FieldConflict, decided_by="reviewer", decided_on=TODAY),
    "a conflict with a reason and no decision": change(m.FieldConflict, decided_because="Seen."),
    "an unknown certainty": change(Citation, certainty="surely"),
    "a mark of unknown certainty": change(FieldMark, certainty="surely"),
    "an event by nobody": change(AuditEvent, actor=""),
    "a progression to itself": lambda: m.Progression.objects.create(
        **cited(before=first(m.Qualification), after=first(m.Qualification))
    ),
    "a unit that bars itself": lambda: m.BarredPair.objects.create(**cited(first=unit(), second=unit())),
    "a unit equal to itself": lambda: m.Equivalence.objects.create(**cited(first=unit(), second=unit())),
    "a statement that crosses to itself": lambda: m.Crosswalk.objects.create(
        **cited(first=first(m.Statement), second=first(m.Statement), relation="equal")
    ),
    "an alignment of two things": align(unit=m.Unit, role=m.Role),
    "an alignment of three things": align(unit=m.Unit, role=m.Role, qualification=m.Qualification),
    "an alignment of nothing": align(),
    "a recognition at an unknown level": lambda: m.Recognition.objects.create(
        **cited(qualification=first(m.Qualification), recogniser="x", reference="y", level="9")
    ),
    "a recognition from a day that is none": lambda: m.Recognition.objects.create(
        **cited(qualification=first(m.Qualification), recogniser="x", reference="y", started_from="Sep-14")
    ),
    "an opinion that neither agrees nor disputes": lambda: m.Opinion.objects.create(
        **cited(
            requirement=first(m.Requirement), organisation=first(m.Organisation), stance="shrugs", reason="because"
        )
    ),
    "a requirement twice": again(m.Requirement, "role", "qualification"),
    "a progression twice": again(m.Progression, "before", "after"),
    "an alignment twice": again(m.Alignment, "unit", "statement", "verb"),
    "a unit twice in one group": again(m.GroupUnit, "group", "unit"),
    "a group's key twice in one rule": again(m.RuleGroup, "qualification", "key"),
    "a statement's code twice in one framework": again(m.Statement, "framework", "code"),
    "a unit judged twice for one framework": again(m.JudgedUnit, "unit", "framework"),
    "a role twice in one cluster": again(m.RoleCluster, "role", "cluster"),
    "a cluster twice in one scheme": again(m.Cluster, "scheme", "key"),
    "an entry position twice": again(m.EntryPosition, "role", "entry"),
    "an employer's criterion twice": again(m.EntryCriterion, "role", "employer", "post_level", "asks"),
    "one alias twice for one thing": again(m.UnitAlias, "thing", "scheme", "key"),
    "an outcome's place twice in one unit": again(m.UnitOutcome, "unit", "position"),
    "a citation of one fact twice": again(Citation, "collection", "subject"),
    "one permanent code for two things": lambda: m.Role.objects.filter(pk=m.Role.objects.last().pk).update(
        code=first(m.Role).code
    ),
    "two sources of one key": lambda: Source.objects.create(key=first(Source).key, title="x"),
    "a thing without a citation": lambda: m.Role.objects.create(code="IQF-R-999999", title="Nobody's"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_refuses(starter, name):
    """Text that is too long PostgreSQL refuses before it comes to the constraint."""
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        ATTEMPTS[name]()


@pytest.mark.parametrize(
    "model", [m.Role, m.Qualification, m.Unit, m.Organisation, m.Framework, m.Statement, m.Cluster, Citation, Source]
)
def test_nothing_that_something_rests_on_is_deleted(starter, model):
    with pytest.raises(ProtectedError), transaction.atomic():
        first(model).delete()


def test_what_is_right_is_let_through(starter):
    """The same table of attempts would be worthless if the database refused everything."""
    m.Unit.objects.filter(pk=unit().pk).update(credit_low=12, credit_high=15)
    m.Qualification.objects.filter(pk=first(m.Qualification).pk).update(
        number="6035829X", level="E2", operational_end="2014", certification_end="2016-08", retired_on=None
    )
    m.Role.objects.filter(pk=first(m.Role).pk).update(retired_on=TODAY, retired_because="Merged.")
    said = {
        "value_decided": "2",
        "citation_decided": first(m.Unit).citation,
        "decided_because": "Seen.",
        "decision": 1,
    }
    m.FieldConflict.objects.update(decided_by="reviewer", decided_on=TODAY, **said)
    align(role=m.Role)()


def test_the_audit_trail_outlives_the_row(starter):
    held = first(m.OrganisationName)
    subject = f"organisation name:{held.organisation.code} > {held.other_name} > {held.kind}"
    before = list(AuditEvent.objects.filter(subject=subject).values())
    assert before
    held.delete()
    assert list(AuditEvent.objects.filter(subject=subject).values()) == before
