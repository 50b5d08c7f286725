"""Crosswalks in CASE packages: out and in again the same, proposed from others' packages, or passed over."""

import pytest

from iqf.catalogue import models as m
from iqf.cli.framework_files import held_statements
from iqf.exchange.formats.case import identifier_in
from iqf.reports.private.crosswalk_changes import crosswalk_changes
from iqf.reports.private.framework_changes import framework_changes
from iqf.review.actions.proposing import Case
from iqf.review.actions.reviewing import accept
from iqf.review.actions.uploading import propose

from .test_case import back, out, theirs

pytestmark = pytest.mark.django_db
NEW = "common-core-2010"


def held():
    rows = m.Crosswalk.objects.filter(retired_on=None)
    fields = ("first__framework__key", "first__code", "second__framework__key", "second__code")
    return set(rows.values_list(*fields, "relation", "strength", "author", "note"))


def asked(found):
    read = back(found)
    return crosswalk_changes(read.key, read.relations, held_statements())


def accepted(changes):
    made = propose(by="ann", case=Case("Crosswalks", "We compared them", "The package"), changes=changes)
    accept(by="rita", number=made.pk, version=made.version, reason="Read")


def test_out_and_in_again_nothing_changes(starter):
    m.Crosswalk.objects.filter(second__code="CC1", second__framework__key=NEW).update(relation="superset")
    m.Crosswalk.objects.filter(second__code="CC2", second__framework__key=NEW).update(
        relation="none", strength="strong"
    )
    found = asked(out(NEW))
    assert (found.changes, found.elsewhere) == ((), 0)


def test_what_went_out_comes_back_as_it_was(starter):
    for code, relation in (("CC1", "superset"), ("CC2", "none"), ("CC4", "intersects")):
        m.Crosswalk.objects.filter(second__code=code, second__framework__key=NEW).update(relation=relation)
    package, before = out(NEW), held()
    m.Crosswalk.objects.filter(second__framework__key=NEW).delete()
    assert held() < before
    accepted(asked(package).changes)
    assert held() == before


def test_one_that_says_otherwise_is_one_change(starter):
    package = out(NEW)
    row = next(r for r in package["CFAssociations"] if r["associationType"] == "exactMatchOf")
    row["extensions"]["iqf"]["strength"] = "strong"
    row["notes"] = "Both texts were read."
    (change,) = asked(package).changes
    assert (change.act, change.wanted) == ("change", {"strength": "strong", "note": "Both texts were read."})


def test_a_package_of_others_brings_its_relations_to_what_is_held(starter):
    package = theirs()
    ours = identifier_in(m.Framework.objects.get(key=NEW).code, "CC3")
    package["CFAssociations"][-1]["destinationNodeURI"]["identifier"] = ours
    package["CFAssociations"] += [
        {
            "associationType": "isPartOf",
            "originNodeURI": {"identifier": ours},
            "destinationNodeURI": {"identifier": "i1"},
        },
        {
            "associationType": "precedes",
            "originNodeURI": {"identifier": ours},
            "destinationNodeURI": {"identifier": "i1"},
        },
        {
            "associationType": "isPeerOf",
            "originNodeURI": {"identifier": "i3"},
            "destinationNodeURI": {"identifier": "?"},
        },
        "nonsense",
    ]
    read = back(package)
    assert read.notes == ("2 associations that are neither parents nor crosswalks were passed over.",)
    found = asked(package)
    assert found.elsewhere == 1
    accepted([*framework_changes(read), *found.changes])
    rows = {row[:5] for row in held() if "safety-for-all-2024" in row}
    assert rows == {
        ("safety-for-all-2024", "A.1", NEW, "CC3", "equal"),
        (NEW, "CC3", "safety-for-all-2024", "S1", "subset"),
    }
