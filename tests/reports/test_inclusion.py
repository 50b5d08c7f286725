"""The effect of the rule on the register, counted a second time from the rows themselves; and what the rest shows."""

from collections import Counter

import pytest
from tests.exchange.approved_list import ALL, DOGS, read

from iqf.analysis.inclusion import rule_of
from iqf.catalogue import models as m
from iqf.exchange.sources import admitting
from iqf.reports.clusters import clusters
from iqf.reports.coverage import coverage
from iqf.reports.inclusion import inclusion, latest_choices, stated, table
from iqf.reports.lists import qualifications
from iqf.reports.qualification import qualification
from iqf.reports.quality import quality

EARLY = {"name": "Young", "does": "admits", "phrases": ["young people", "youth"]}
WIDE = {"name": "Any child", "does": "admits", "phrases": ["child", "youth"]}


@pytest.fixture
def list_read(starter, tmp_path):
    return read(tmp_path, *ALL)


def test_what_each_clause_admits_and_admits_alone(list_read):
    answer = inclusion(rule_of([EARLY, WIDE]))
    assert [(c.name, c.rows, c.alone) for c in answer.clauses] == [("Young", 1, 0), ("Any child", 3, 2)]
    assert answer.draft
    assert [x.title for x in answer.enters] == [
        "Acme Level 2 Award in Working with Children",
        "NCFE Level 3 Diploma in Youth Work Practice",
        "Award in Dogs for Children",
    ]
    assert (answer.rows, answer.held, len(answer.borderline)) == (6, 1, 0)


def test_areas_are_counted_under_one_spelling(starter, tmp_path):
    other = DOGS | {"QualificationNumber": "61090061", "SectorSubjectArea": "Animal Care and Veterinary Science"}
    third = DOGS | {"QualificationNumber": "61090073"}
    read(tmp_path, DOGS, other, third)
    (area,) = inclusion(rule_of([WIDE])).areas
    assert (area.area, area.rows, area.admitted, area.borderline) == ("Animal care and veterinary science", 3, 3, 0)


def test_after_it_is_applied_all_stay_and_the_table_says_so(list_read):
    before = inclusion()
    admitting.apply_rule(by="ann", reason="once")
    answer = inclusion()
    assert answer.changes_nothing
    assert {x.subject for x in answer.stays} == {x.subject for x in before.enters}
    columns, rows = table((*answer.stays, *answer.borderline))
    assert Counter(row[0] for row in rows) == {"stays": 2, "waits": 1}
    assert len(columns) == len(rows[0])
    assert (stated().version, stated().reason, stated().admitted) == (1, "once", (("by the rule", 2),))
    assert latest_choices(50) == ()


def test_its_page_says_why_it_is_in(list_read, today):
    admitting.apply_rule(by="ann")
    assert qualification("610/9002/3", today).included.because.startswith("Admitted by the clause “Youth work”")
    assert qualification("610/9002/3", today).included.on_a_list
    assert qualification("Q001", today).included is None


def test_what_is_not_mapped_yet_is_counted_nowhere_as_covering_none(list_read):
    """Clusters, coverage and the check of needs count what they counted; the rest is said to be unplaced."""
    before = clusters(), coverage("common-core-2005"), coverage("common-core-2005", by="cluster")
    needs = next(c for c in quality().checks if c.id == "needed-by-nobody")
    admitting.apply_rule(by="ann")
    after = clusters(), coverage("common-core-2005"), coverage("common-core-2005", by="cluster")
    assert after[0].rows == before[0].rows
    assert (before[0].unplaced_qualifications, after[0].unplaced_qualifications) == (0, 2)
    for b, a in zip(before[1:], after[1:], strict=True):
        assert list(a.rows) == list(b.rows)
        assert (a.areas_reached, a.not_judged) == (b.areas_reached, b.not_judged)
    checks = {c.id: c for c in quality().checks}
    assert (checks["needed-by-nobody"].count, checks["needed-by-nobody"].of) == (needs.count, needs.of)
    assert (checks["admitted-not-placed"].count, checks["admitted-not-placed"].of) == (2, 2)
    listing = qualifications()
    assert listing.total == m.Qualification.objects.filter(retired_on__isnull=True).count() == 182
    assert dict(listing.facets["cluster"])["Not placed yet"] == 2
    assert "by_level" not in qualifications(cluster="Not placed yet").facets
    assert len(qualifications(cluster="Not placed yet").rows) == 2
