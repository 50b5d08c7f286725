"""Where a rater is, and what two differ on: counted by the database as it would be counted one by one."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from iqf.mapping import queries
from iqf.mapping.actions.judging import adjudicate
from iqf.mapping.drafts import Given
from iqf.mapping.models import BatchUnit
from iqf.mapping.places import place_of

from .judging_world import area, judge, open_batch, person, unjudged

pytestmark = pytest.mark.django_db
CODES = ("CC1", "CC2", "CC3")


@pytest.fixture
def batch(starter):
    """Eight units, two raters and a third: six units handed in by both, one by one of them, one by nobody."""
    ann, bob, cid = (person(name) for name in ("Ann", "Bob", "Cid"))
    units, pick = unjudged(8), random.Random(3)
    made = open_batch(units, [ann, bob])
    for n, unit in enumerate(units[:7]):
        for rater in (ann, bob)[: 1 if n == 6 else 2]:
            judge(made, rater, unit, **{code: pick.randrange(3) for code in CODES})
    first, places = next(iter(queries.unsettled(made).items()))
    entered = {(first, statement, verb): Given(1, rationale="Read again.") for statement, verb in places}
    adjudicate(unit=first, rater=cid, by=cid.user, entered=entered)
    return made


def test_what_is_open_is_what_settling_one_by_one_leaves_open(batch):
    every = queries.settled(batch)
    counted = {how: sum(v.how == how for v in every.values()) for how in ("single", "agreed", "adjudicated", "open")}
    assert queries.how_settled(batch) == counted
    assert all(counted.values())
    done = {unit.pk for unit in BatchUnit.objects.filter(batch=batch).order_by("position")[:6]}
    expected = {}
    for (unit, statement, verb), verdict in every.items():
        if verdict.how == "open" and unit in done:
            expected.setdefault(unit, set()).add((statement, verb))
    found = queries.unsettled(batch)
    assert {unit: set(places) for unit, places in found.items()} == expected
    order = [area(code).pk for code in CODES]
    for unit, places in found.items():
        assert [pk for pk, _ in places] == [pk for pk in order if pk in {p for p, _ in places}]
        assert queries.unsettled(batch, unit) == {unit: places}


def test_a_rater_stands_where_counting_one_by_one_says(batch):
    hour = timezone.now() - timedelta(hours=1)
    for user in ("ann", "bob"):
        mine = list(queries.mine(batch, user))
        left = [each.pk for each in mine if each.done_at is None]
        assert place_of(batch, user, None, hour).held.pk == left[0]
        for at, each in enumerate(mine):
            found = place_of(batch, user, each.pk, hour)
            beside = [mine[n].pk if 0 <= n < len(mine) else None for n in (at - 1, at + 1)]
            assert (found.held.pk, found.position, found.total) == (each.pk, at + 1, 8)
            assert [found.before, found.after] == beside
            assert found.handed_in == found.lately == 8 - len(left)
    assert place_of(batch, "ann", None, timezone.now() + timedelta(hours=1)).lately == 0
    assert place_of(batch, "cid", None, hour) is None
    assert place_of(batch, "ann", queries.mine(batch, "bob").first().pk, hour) is None
