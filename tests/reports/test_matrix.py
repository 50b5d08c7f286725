"""A framework that is a matrix: proposed, shown as one, judged and counted by its columns, and out and in again."""

import json

import pytest
from tests.mapping.judging_world import unjudged

from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import Change
from iqf.exchange.formats.case import case_package
from iqf.exchange.uploads.case import read_case
from iqf.mapping import actions
from iqf.mapping.actions.recording import FromFile, Verdict
from iqf.mapping.models import Batch
from iqf.mapping.queries import statements_judged
from iqf.reports.coverage import coverage
from iqf.reports.coverage_cell import cell
from iqf.reports.package import package
from iqf.reports.private.framework_changes import framework_changes
from iqf.review.actions.proposing import Case
from iqf.review.actions.reviewing import accept
from iqf.review.actions.uploading import propose

pytestmark = pytest.mark.django_db
KEY = "essex-matrix"
HERE = f"/frameworks/{KEY}"


def framework():
    return m.Framework.objects.get(key=KEY)


def accepted(changes):
    made = propose(by="ann", case=Case("Cells", "Agreed", "The workshop"), changes=changes)
    accept(by="rita", number=made.pk, version=made.version, reason="Read")


def in_cell(code, column, row, title):
    said = {"kind": "feature", "parent": column, "title": title} | ({"row": row} if row else {})
    return Change("statement", "create", {"framework": framework().code, "code": code}, said)


@pytest.fixture
def cells(starter):
    """One statement that every role shares, and one of practitioners alone."""
    accepted([in_cell("v1", "ex-c1", "", "Says where we go"), in_cell("g1", "ex-c2", "ex-r3", "Keeps children safe")])


def test_the_axes_of_the_starter_stand_without_cells_and_the_page_says_so(client, starter):
    page = " ".join(client.get(HERE).content.decode().split())
    assert "5 rows by 3 columns, and no statement in its cells is held" in page
    assert 'class="cells"' in page
    assert page.count("not held") == 6 * 3


def test_what_every_row_shares_and_what_is_particular_stand_in_their_cells(client, cells):
    page = " ".join(client.get(HERE).content.decode().split())
    shared, practitioner = page.index("Says where we go"), page.index("Keeps children safe")
    assert page.index("Every row") < shared < page.index(">Whole-system role") < practitioner
    assert page.index(">Practitioner role") < practitioner < page.index(">Family members as leaders")
    rows = client.get(f"{HERE}?format=csv").content.decode().splitlines()
    assert any(line.startswith("g1,feature,ex-c2,ex-r3,Keeps children safe") for line in rows)


def test_it_is_judged_and_counted_by_its_columns(client, cells):
    unit = unjudged(1)[0]
    rater = actions.register(by="t", name="Ann", kind="person")
    at = {s.code: s for s in m.Statement.objects.filter(framework=framework())}
    verdicts = {(at["g1"].pk, "teaches"): Verdict(2)}
    rows = [FromFile(unit.pk, 2, verdicts)]
    done = actions.record(by="t", framework=framework(), rater=rater, rows=rows, file="v.csv", sha256="0" * 64)
    batch = Batch.objects.get(key=done.batches[0])
    batch.depth = "areas"
    assert [s.code for s in statements_judged(batch)] == ["ex-c1", "ex-c2", "ex-c3"]
    batch.refresh_from_db()
    actions.accept(by="t", batch=batch, reason="Looked at")
    answer = coverage(KEY, by="level")
    assert [a.code for a in answer.statements] == ["ex-c1", "ex-c2", "ex-c3"]
    assert answer.totals.fully == {"ex-c1": 0, "ex-c2": 1, "ex-c3": 0}
    assert [u.unit.code for u in cell(KEY, "ex-c2").units if u.state == "fully"] == [unit.code]
    assert "Taught by 1 unit" in client.get(HERE).content.decode()


def test_it_goes_out_as_a_package_and_comes_back_the_same(cells):
    found = case_package(package(KEY), "https://iqf.example", "2026-11-22T10:00:00Z")
    read = read_case(json.dumps(found).encode(), "package.json")
    assert [vars(one) for one in read.statements] == [vars(one) for one in package(KEY).statements]
    assert framework_changes(read) == []
    m.Statement.objects.filter(framework=framework(), code="g1").update(row=None)
    (change,) = framework_changes(read)
    assert (change.key["code"], change.wanted) == ("g1", {"row": "ex-r3"})


def test_a_row_of_another_framework_is_refused(starter):
    made = propose(by="ann", case=Case("Cells", "Agreed", "X"), changes=[in_cell("v1", "ex-c1", "CC1", "Says")])
    with pytest.raises(Exception, match='There is no statement "CC1"'):
        accept(by="rita", number=made.pk, version=made.version, reason="Read")
