"""A question that was put together once finds what the query itself finds, in the database as it stands."""

import pytest
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.accounts.prepared import MOST, Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def _asked(roles, strength):
    return (
        m.Requirement.objects.filter(LIVE, role__in=roles, strength=strength)
        .select_related(*CITED, "qualification__owner", "area")
        .prefetch_related("qualification__aliases", "role__aliases")
        .order_by("pk")
    )


prepared = Prepared(_asked)
numbers = st.lists(st.integers(1, 200), max_size=40)


def _told(rows):
    return [
        (
            row.pk,
            row.retired_on,
            row.qualification.title,
            row.qualification.owner and row.qualification.owner.title,
            row.area and row.area.name,
            row.citation.source.key,
            row.citation.retrieval and row.citation.retrieval.retrieved_at,
            sorted(alias.value for alias in row.qualification.aliases.all()),
            sorted(alias.value for alias in row.role.aliases.all()),
        )
        for row in rows
    ]


@trying(40)
@given(roles=numbers, strength=st.sampled_from(["mandatory", "significant", "relevant", "none"]))
def test_it_finds_what_the_query_finds(roles, strength):
    assert _told(prepared(roles, strength)) == _told(_asked(roles, strength))


@trying(40)
@given(units=numbers)
def test_columns_and_counts_are_as_the_query_has_them(units):
    def counts(units):
        rows = m.GroupUnit.objects.filter(unit__in=units).order_by("unit_id").values_list("unit_id")
        return rows.annotate(n=Count("group", distinct=True))

    def titles(units):
        return m.Unit.objects.filter(pk__in=units).order_by("pk").values_list("title", flat=True)

    assert Prepared(counts)(units) == list(counts(units))
    assert Prepared(titles)(units) == list(titles(units))


def test_it_is_put_together_once_for_each_number_of_values():
    built = []

    def roles(ids):
        built.append(len(ids))
        return m.Role.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)

    ask = Prepared(roles)
    assert [ask([1]), ask({2}), ask((1, 2, 3)), ask([4, 3, 2, 1])] == [[1], [2], [1, 2, 3], [1, 2, 3, 4]]
    assert built == [1, 4]
    many = list(range(1, MOST + 2))
    assert ask(iter(many)) == list(roles(many))


def test_of_nothing_there_is_nothing_to_find(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert prepared([], "mandatory") == []


def test_it_reads_the_data_as_they_stand():
    titles = Prepared(lambda code: m.Role.objects.filter(code=code).values_list("title", flat=True))
    before = titles.first("IQF-R-000008")
    m.Role.objects.filter(code="IQF-R-000008").update(title=f"{before} again")
    assert titles("IQF-R-000008") == [f"{before} again"]
    assert titles.first("IQF-R-999999") is None


def test_what_was_read_besides_is_the_things_own_when_asked_further(django_assert_num_queries):
    ask = Prepared(lambda ids: m.Qualification.objects.filter(pk__in=ids).order_by("pk").prefetch_related("aliases"))
    first, second = ask([1, 2])
    with django_assert_num_queries(0):
        mine, others = ({alias.pk for alias in thing.aliases.all()} for thing in (first, second))
        assert {alias.thing.pk for alias in first.aliases.all()} == {first.pk}
    assert mine
    assert not mine & others
    assert set(first.aliases.filter(pk__in=[*mine, *others]).values_list("pk", flat=True)) == mine


def test_what_is_compared_otherwise_is_refused():
    with pytest.raises(ValueError, match="only compare"):
        Prepared(lambda title: m.Role.objects.filter(title__startswith=title))("Play")
