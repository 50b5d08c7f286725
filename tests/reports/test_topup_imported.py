"""Catalogues imported from CSV: what top-ups and routes cost is what trying every set and every way says."""

from datetime import date

import pytest
from tests.reports.csv_worlds import World

from iqf.exchange.sources.starter.ingest import ingest
from iqf.reports.routes import routes
from iqf.reports.topup import topup

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


@pytest.mark.parametrize("seed", [2, 3, 5, 11])
def test_the_cost_is_that_of_trying_every_set(seed, db, tmp_path):
    world = World(seed)
    ingest(world.write(tmp_path / "world"), by="tests", collection="world")
    for target in ("r", *world.groups):
        answer = topup(world.held, target, ON)
        least = world.least(target)
        assert (answer.best.cost["credit"].known if answer.best else None) == least
        if least:
            for item in answer.best.items:
                without = topup(world.held, target, ON, without=[item.thing.code])
                assert without.best is None or without.best.cost["credit"].known >= least
    if world.held:
        found = routes("s", "r", ON, held=world.held, best=3)
        least = sorted(c for way in world.ways() if (c := world.least_of_all(way)) is not None)
        assert [way.cost["credit"].known for way in found.routes] == least[:3]
        assert found.proven
    whole = topup(world.held, "r", ON, fully=True)
    assert (whole.best.cost["credit"].known if whole.best else None) == world.least("r", fully=True)
