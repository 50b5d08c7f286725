"""Sources, citations and marks: written once, changed only where they say something else, never averaged away."""

import pytest
from django.db import IntegrityError, transaction

from iqf.evidence.actions import Cite, cite, finish_retrieval, hold_sources, mark_fields, record_retrieval
from iqf.evidence.models import CERTAINTIES, VERIFIED, Citation, FieldMark, Source

pytestmark = pytest.mark.django_db


def source(key="s", **values):
    return Source(key=key, title="A page", **values)


def mark(field, certainty="unverified", subject="IQF-U-000001"):
    return FieldMark(subject=subject, field=field, certainty=certainty, note="")


@pytest.fixture
def read(db):
    held = hold_sources([source()]).rows["s"]
    return record_retrieval(source=held, file_name="a.csv", sha256="0" * 64, rows=3)


def test_sources_are_written_when_they_are_new_or_say_something_else():
    assert hold_sources([source("a"), source("b")]).writes == 2
    assert hold_sources([source("a"), source("b")]).writes == 0
    assert hold_sources([source("a", publisher="Somebody")]).writes == 1
    assert Source.objects.get(key="a").publisher == "Somebody"
    assert Source.objects.filter(key="b").exists()


def test_citations_keep_the_first_reading_until_they_say_something_else(read):
    rows = [Cite("x", read.source, "page", row=2), Cite("y", read.source, "unverified", row=3)]
    assert cite("c", rows, read).writes == 2
    later = record_retrieval(source=read.source, file_name="b.csv", sha256="1" * 64, rows=3)
    assert cite("c", rows, later).writes == 0
    assert {c.retrieval_id for c in Citation.objects.filter(collection="c")} == {read.pk}
    assert cite("c", [Cite("x", read.source, "page", row=9)], later).writes == 1
    moved = Citation.objects.get(collection="c", subject="x")
    assert (moved.row, moved.retrieval_id) == (9, later.pk)


def test_one_fact_may_be_cited_by_two_collections_but_by_one_only_once(read):
    for collection in ("c", "d"):
        cite(collection, [Cite("x", read.source, "page")], read)
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(collection="c", subject="x", source=read.source, certainty="page")


@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_what_counts_as_verified(read, certainty):
    cite("c", [Cite("x", read.source, certainty)], read)
    assert Citation.objects.get(collection="c").verified == (certainty in VERIFIED)


def test_marks_are_made_to_be_exactly_these():
    assert (
        mark_fields(["IQF-U-900001"], [mark("level", subject="IQF-U-900001"), mark("credit", subject="IQF-U-900001")])
        == 2
    )
    assert (
        mark_fields(["IQF-U-900001"], [mark("level", subject="IQF-U-900001"), mark("credit", subject="IQF-U-900001")])
        == 0
    )
    assert mark_fields(["IQF-U-900001"], [mark("level", "inferred", "IQF-U-900001")]) == 2
    assert list(FieldMark.objects.filter(subject="IQF-U-900001").values_list("field", "certainty")) == [
        ("level", "inferred")
    ]


def test_marks_on_other_things_are_left_alone(starter):
    before = set(FieldMark.objects.exclude(subject="IQF-U-000001").values_list("pk", flat=True))
    mark_fields(["IQF-U-000001"], [])
    assert set(FieldMark.objects.values_list("pk", flat=True)) == before


def test_a_retrieval_keeps_its_summary_and_report(read):
    finish_retrieval(read, summary={"added": 3}, report=[{"id": "x", "count": 1}])
    read.refresh_from_db()
    assert (read.summary, read.report[0]["id"]) == ({"added": 3}, "x")


def test_a_copy_on_a_document_sharing_site_is_one():
    assert source(kind="document-sharing copy").is_copy
    assert not source(kind="regulator").is_copy


def test_every_fact_of_the_starter_points_at_a_source_and_most_at_a_row(starter):
    cited = Citation.objects.filter(collection="starter")
    assert cited.count() > 5000
    assert not cited.filter(row=None).exists()
    assert not cited.filter(source__title="").exists()
    assert set(cited.values_list("certainty", flat=True)) <= set(CERTAINTIES)
