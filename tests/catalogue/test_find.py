"""Find a thing by anything it is called."""

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.queries import THINGS, AmbiguousError, NotFoundError, find, find_each, statement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("500/9170/0", "IQF-Q-000001"),
        ("50091700", "IQF-Q-000001"),
        ("500 9170 0", "IQF-Q-000001"),
        ("500/9170/0/", "IQF-Q-000001"),
        (" 500/9170/0 ", "IQF-Q-000001"),
        ("Q001", "IQF-Q-000001"),
        ("q001", "IQF-Q-000001"),
        ("iqf-q-000001", "IQF-Q-000001"),
        ("J/601/1434", "IQF-U-000001"),
        ("j6011434", "IQF-U-000001"),
        ("U-SHC31", "IQF-U-000001"),
        ("SHC 31", "IQF-U-000001"),
        ("shc  31", "IQF-U-000001"),
        ("RN5156", "IQF-O-000001"),
        ("rn5156", "IQF-O-000001"),
        ("NCFE", "IQF-O-000001"),
        ("Council for Awards in Care, Health and Education", "IQF-O-000002"),
        ("common-core-2005", "IQF-F-000001"),
        ("Common Core of Skills and Knowledge (2005)", "IQF-F-000001"),
        ("playworker", "IQF-R-000008"),
        ("PLAYWORKER", "IQF-R-000008"),
        ("play worker", "IQF-R-000008"),
    ],
)
def test_every_notation_finds_its_thing(starter, text, code):
    assert find(text).code == code


def called(text, kind):
    """The thing of that name, or all of them."""
    try:
        return [find(text, (kind,))]
    except AmbiguousError as error:
        return error.found


@pytest.mark.parametrize("kind", ["role", "qualification", "unit", "organisation"])
def test_every_alias_finds_its_thing_or_lists_those_that_share_it(starter, kind):
    model = THINGS[kind]
    for alias in model.objects.first().aliases.model.objects.select_related("thing")[::7]:
        assert alias.thing in called(alias.value, kind)


def test_every_permanent_code_and_every_title_of_one_thing_only(starter):
    for kind, model in THINGS.items():
        for thing in model.objects.all()[::9]:
            assert find(thing.code) == thing
            if model.objects.filter(title__iexact=thing.title).count() == 1:
                assert find(thing.title, (kind,)) == thing


def test_what_nothing_is_called(starter):
    with pytest.raises(NotFoundError) as caught:
        find("Excalibur")
    assert str(caught.value) == 'There is no thing called "Excalibur"; look for it with: iqf search "Excalibur".'
    with pytest.raises(NotFoundError, match='There is no unit or qualification called "playworker"'):
        find("playworker", ("unit", "qualification"))


def test_what_several_are_called_lists_them(starter):
    with pytest.raises(AmbiguousError) as caught:
        find("Schools as organisations")
    assert {t.title for t in caught.value.found} == {"Schools as organisations"}
    for thing in caught.value.found:
        assert f"{thing.code} Schools as organisations" in str(caught.value)


def test_a_standing_thing_comes_before_a_retired_one(starter):
    gone = m.Role.objects.get(code="IQF-R-000008")
    m.Role.objects.filter(pk=gone.pk).update(retired_on="2026-01-01", retired_because="Renamed.")
    assert find("Playworker") == gone
    other = m.Role.objects.exclude(pk=gone.pk).first()
    m.RoleTitle.objects.create(role=other, title="Playworker", kind="alternative", citation=other.citation)
    assert find("Playworker") == other
    assert find("IQF-R-000008") == gone


def test_a_retired_other_name_names_nobody(starter):
    m.OrganisationName.objects.filter(other_name__startswith="Council for Awards").update(
        retired_on="2026-01-01", retired_because="wrong"
    )
    with pytest.raises(NotFoundError):
        find("Council for Awards in Care, Health and Education")


def test_a_statement_by_the_frameworks_own_code(starter):
    framework = m.Framework.objects.get(key="common-core-2005")
    assert statement(framework, "CC2").title == "Child and young person development"
    with pytest.raises(NotFoundError, match=r'Common Core of Skills and Knowledge \(2005\) has no statement "CC9"'):
        statement(framework, "CC9")


def test_many_names_are_found_as_each_is_alone_in_a_few_questions(starter, django_assert_max_num_queries):
    names = ["500/9170/0", "q001", "iqf-q-000002", " U-SHC31 ", "shc 32", "IQF-U-000003", "J/601/1434"]
    with django_assert_max_num_queries(8):
        found = find_each(names, ("unit", "qualification"))
    assert {name: thing.code for name, thing in found.items()} == {
        name: find(name, ("unit", "qualification")).code for name in names
    }


def test_among_many_names_a_title_is_found_and_what_nothing_is_called_is_said(starter):
    title = m.Unit.objects.get(code="IQF-U-000001").title
    assert find_each([title], ("unit", "qualification"))[title].code == find(title, ("unit",)).code
    with pytest.raises(NotFoundError, match='no unit or qualification called "U-NONE"'):
        find_each(["U-SHC31", "U-NONE"], ("unit", "qualification"))
