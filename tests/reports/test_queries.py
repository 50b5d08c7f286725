"""How many questions an answer asks of the database: bounded, however many rows it shows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iqf.reports import (
    advice,
    clusters,
    coverage,
    coverage_cell,
    criteria,
    crowding,
    deadends,
    entry,
    framework,
    levels,
    lists,
    organisation,
    overlap,
    qualification,
    quality,
    reach,
    role,
    role_coverage,
    routes,
    rules,
    salaries,
    sources,
    supply,
    topup,
    transitions,
    unit,
    workforce,
)
from iqf.snapshot import ensure_current

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
HELD = ["Q001", "U-SHC31", "U-SHC32", "U-SHC33 @ 2020", "U-SHC34", "U-CYP31", "IQF-U-000001"]

ASKED = {
    "roles": (lambda: lists.roles().rows[:50], 12),
    "qualifications": (lambda: lists.qualifications().rows[:50], 9),
    "units": (lambda: lists.units().rows[:50], 9),
    "organisations": (lambda: lists.organisations().rows[:50], 6),
    "frameworks": (lambda: lists.frameworks(), 3),
    "clusters": (lambda: clusters.clusters(), 14),
    "functions": (lambda: clusters.functions(), 6),
    "entry": (lambda: entry.entry(), 8),
    "levels": (lambda: levels.levels(), 8),
    "sources": (lambda: sources.sources(), 4),
    "source": (lambda: sources.source("S2"), 8),
    "quality": (lambda: quality.quality(), 4 * len(quality.CHECKS)),
    "coverage": (lambda: coverage.coverage("common-core-2005"), 12),
    "coverage by role": (lambda: coverage.coverage("common-core-2005", by="role"), 12),
    "coverage by owner": (lambda: coverage.coverage("common-core-2005", by="owner"), 12),
    "coverage by cluster": (lambda: coverage.coverage("common-core-2005", by="cluster"), 16),
    "units behind a number": (lambda: coverage_cell.cell("common-core-2005", "CC6", row="3", by="level"), 20),
    "coverage of a role": (lambda: role_coverage.of_role("early-years-worker"), 20),
    "crowding": (lambda: crowding.crowding("early-years-childcare-play"), 24),
    "overlap": (lambda: overlap.overlap("Q001", "Q002"), 20),
    "roles compared": (lambda: overlap.compare_roles("playworker", "youth-worker"), 22),
    "rules": (lambda: rules.rules(["Q001"], "Q002"), 25),
    "evidence": (lambda: criteria.evidence("common-core-2005", "CC1"), 9),
    "framework": (lambda: framework.framework("common-core-2005", TODAY), 34),
    "top-up": (lambda: topup.topup(["Q001"], "childminder", TODAY), 34),
    "top-up of many things held": (lambda: topup.topup(HELD, "childminder", TODAY), 38),
    "routes": (lambda: routes.routes("playworker", "youth-worker", TODAY), 40),
    "everywhere": (lambda: reach.reach("playworker", TODAY), 38),
    "advice": (lambda: advice.advice("playworker", TODAY), 103),
    "transitions": (lambda: transitions.transitions(TODAY), 38),
    "dead ends": (lambda: deadends.deadends(TODAY), 10),
    "supply": (lambda: supply.from_documents(), 8),
    "sizes of the workforce": (lambda: workforce.sizes(), 4),
    "pay": (lambda: salaries.salaries(), 8),
}


def counted(ask):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask()
    return len(queries)


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_asks_no_more_than(starter, name):
    ask, most = ASKED[name]
    ensure_current()  # what reads the snapshot finds one, as a reader of the site does
    assert counted(ask) <= most


@pytest.mark.parametrize(
    ("ask", "small", "large", "most"),
    [
        (role.role, "eyp-assessor", "teaching-assistant", 40),
        (qualification.qualification, "Q137", "Q001", 45),
        (unit.unit, "U-TDAMOVE", "U-SHC31", 16),
        (organisation.organisation, "Skills for Care", "NCFE", 20),
    ],
)
def test_a_page_with_much_on_it_asks_hardly_more_than_one_with_little(starter, ask, small, large, most):
    ask(large, TODAY)  # what is read once for each state of the data is there, as on a site that runs
    little, much = counted(lambda: ask(small, TODAY)), counted(lambda: ask(large, TODAY))
    assert much <= most
    assert much - little <= 14
