"""The real files of the qualifications register, of awarding organisations, and of bare titles."""

import json
import time
from collections import Counter

import pytest

from iqf.exchange.sources import ofqual_organisations, ofqual_register, ofqual_titles
from iqf.register.models import OfficialRow
from iqf.register.queries import fact_rows, row_of, standing

from .official_files import existing, printed

pytestmark = [pytest.mark.real, pytest.mark.django_db]


@pytest.fixture
def folder(real_data):
    return real_data / "ofqual-register"


def test_the_download_and_the_records(folder, starter):
    table, records = existing(folder, "compare-qualifications-download.csv", "quals-data-keyed-with-nulls.json")
    first = ofqual_register.ingest(table, by="tests")
    assert (first.rows, first.added, [w.code for w in first.warnings]) == (10, 10, ["short-row"] * 4)
    assert [w.row for w in first.warnings] == [2, 3, 9, 10]
    second = ofqual_register.ingest(records, by="tests")
    assert (second.rows, second.added, second.changed, second.unchanged) == (9, 5, 0, 4)
    for path in (table, records):
        assert ofqual_register.ingest(path, by="tests").writes == 0
    assert row_of("ofqual-register", "6103177X").facts["fees"] == "475"
    nvq = row_of("ofqual-register", "50040595").facts
    assert (nvq["operational_end"], nvq["certification_end"], nvq["credit"]) == ("2011-03-31", "2012-03-31", None)
    later = row_of("ofqual-register", "60020891").facts
    assert (later["operational_end"], later["tqt"], later["glh"]) == ("2023-12-31", 120, 87)


def test_two_vintages_of_organisations(folder, db):
    old, new = existing(folder, "openregister_Organisations_2017.csv", "org-search-results.csv")
    before, after = ({r["Recognition Number"]: r for r in printed(p)} for p in (old, new))
    shared = [c for c in next(iter(before.values())) if c in next(iter(after.values()))]
    assert ofqual_organisations.ingest(old, by="tests").added == 210
    second = ofqual_organisations.ingest(new, by="tests")
    expected = {(n, c) for n in before for c in shared if before[n][c] != after[n][c]}
    assert {(c["code"], c["field"]) for c in second.changes} == expected
    assert (second.added, second.changed, second.unchanged, second.retired) == (124, 156, 54, 0)
    assert ofqual_organisations.ingest(new, by="tests").writes == 0
    again = ofqual_organisations.ingest(old, by="tests")
    assert (again.writes, again.warnings[0].code) == (0, "older-snapshot")
    statuses = Counter(r.facts["status"] for r in standing("ofqual-organisations"))
    assert statuses == {"Recognised": 249, "Surrendered": 61, "Withdrawn": 20, "Never been recognised": 4}
    assert row_of("ofqual-organisations", "RN5339").facts["acronym"] == "EQ Awards"


def test_the_titles_are_held_once_fast_and_never_as_facts(folder, db):
    (path,) = existing(folder, "quals_autocomplete_all_quals.json")
    titles = {" ".join(entry["text"].split()) for entry in json.loads(path.read_text())}
    first = ofqual_titles.ingest(path, by="tests")
    assert (first.rows, first.added) == (48163, len(titles)) == (48163, 45554)
    started = time.process_time()
    assert ofqual_titles.ingest(path, by="tests").writes == 0
    assert time.process_time() - started < 20
    assert set(OfficialRow.objects.filter(register="ofqual-titles").values_list("title", flat=True)) == titles
    assert not fact_rows("ofqual-titles").exists()
