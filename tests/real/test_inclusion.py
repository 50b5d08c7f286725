"""The shipped rule on the real lists: how many enter and wait, and what must be among them."""

import csv
from pathlib import Path

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import parse_qan
from iqf.exchange.sources import admitting, approved_qualifications, early_years, ofqual_organisations
from iqf.reports.inclusion import inclusion

from .official_files import existing, printed

pytestmark = [pytest.mark.real, pytest.mark.django_db]
SAMPLE = Path(__file__).parents[2] / "bench/inclusion.csv"


def test_from_one_snapshot_to_the_next(real_data, starter):
    funded, approved = existing(real_data / "dfe-approved-quals", "funded.csv", "approved.csv")
    (list_2024,) = existing(real_data / "ey-qualifications", "1-ey-quals-full-2024-with-new-reference-fields.csv")
    (bodies,) = existing(real_data / "ofqual-register", "org-search-results.csv")
    ofqual_organisations.ingest(bodies, by="tests")
    early_years.ingest(list_2024, by="tests")
    approved_qualifications.ingest(funded, by="tests")
    before = inclusion()
    columns = ((funded, "QualificationNumber"), (list_2024, "Qualification Number"))
    cells = [row[column] for path, column in columns for row in printed(path)]
    assert before.rows == len({number.stored for cell in cells if (number := parse_qan(cell))})
    assert 150 <= len(before.enters) <= 300
    assert 150 <= len(before.borderline) <= 400  # what one reviewer can look through in a day
    done = admitting.apply_rule(by="tests")
    assert len(done.entered) == len(before.enters)
    assert m.Qualification.objects.filter(LIVE, citation__collection="inclusion", owner=None).count() == 0
    assert admitting.apply_rule(by="tests").writes == 0
    second = approved_qualifications.ingest(approved, by="tests")
    after = inclusion()
    assert (second.meets_rule, second.off_every_list) == (len(after.enters), len(after.gone))
    assert {x.subject for x in after.stays} <= {x.subject for x in before.enters}
    assert len(after.stays) + len(after.leaves) + len(after.gone) == len(before.enters)
    assert after.leaves == ()
    assert approved_qualifications.ingest(approved, by="tests").writes == 0


def test_nothing_that_was_labelled_plainly_in_is_left_out(real_data, starter):
    (approved,) = existing(real_data / "dfe-approved-quals", "approved.csv")
    approved_qualifications.ingest(approved, by="tests")
    answer = inclusion()
    reached = {x.subject for x in (*answer.enters, *answer.borderline)}
    held = set(m.Qualification.objects.filter(LIVE).exclude(number="").values_list("number", flat=True))
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["stratum"] not in ("early years list", "register sample")]
    plainly = {r["number"] for r in rows if r["label"] == "in"}
    assert len(plainly) > 80
    assert plainly - reached - held == set()
