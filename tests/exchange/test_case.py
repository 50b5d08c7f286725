"""Frameworks as CASE packages: out and in again the same, from others, and what is wrong with a bad one."""

import json

import pytest

from iqf.catalogue import models as m
from iqf.exchange.formats.case import case_package
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.uploads.case import read_case
from iqf.reports.package import package
from iqf.reports.private.framework_changes import framework_changes
from iqf.review.actions.proposing import Case
from iqf.review.actions.reviewing import accept
from iqf.review.actions.uploading import propose

MOMENT = "2026-11-22T10:00:00Z"


def out(key):
    return case_package(package(key), "https://iqf.example", MOMENT)


def back(found):
    return read_case(json.dumps(found).encode(), "package.json")


@pytest.mark.parametrize("key", ["common-core-2010", "essex-matrix", "common-core-proposals-2008"])
def test_out_and_in_again_it_is_the_same_framework(starter, key):
    held = package(key)
    read = back(out(key))
    assert (read.key, read.title, read.edition, read.adopted, read.replaces) == (
        held.key,
        held.framework.title,
        held.edition,
        held.adopted,
        held.replaces,
    )
    assert [vars(one) for one in read.statements] == [vars(one) for one in held.statements]
    assert framework_changes(read) == []


def test_the_same_statement_has_the_same_identifier_in_every_export(starter):
    first, again = out("common-core-2010"), out("common-core-2010")
    assert [one["identifier"] for one in first["CFItems"]] == [one["identifier"] for one in again["CFItems"]]
    ids = {one["identifier"] for one in first["CFItems"]} | {
        one["identifier"] for one in out("common-core-2005")["CFItems"]
    }
    assert len(ids) == len(first["CFItems"]) + 6
    crossed = {r["destinationNodeURI"]["identifier"] for r in first["CFAssociations"] if "notes" in r}
    assert crossed <= ids


def test_a_package_says_what_case_asks_for(starter):
    found = out("common-core-2010")
    document = found["CFDocument"]
    assert {"identifier", "uri", "creator", "title", "lastChangeDateTime", "caseVersion"} <= document.keys()
    for item in found["CFItems"]:
        assert {"identifier", "uri", "fullStatement", "CFDocumentURI", "lastChangeDateTime"} <= item.keys()
    kinds = {
        (row["associationType"], bool(row["destinationNodeURI"]["identifier"])) for row in found["CFAssociations"]
    }
    assert kinds == {("isChildOf", True), ("exactMatchOf", True), ("isPartOf", True)}


def test_one_statement_changed_is_one_change(starter):
    found = out("common-core-2010")
    found["CFItems"][3]["fullStatement"] += ", in every setting"
    code = found["CFItems"][3]["humanCodingScheme"]
    (change,) = framework_changes(back(found))
    assert (change.act, change.key["code"], list(change.wanted)) == ("change", code, ["title"])


def theirs():
    """A package of somebody else's, of CASE 1.0: no codes of ours, no extensions."""
    items = [
        {"identifier": "i1", "fullStatement": "Safe practice", "CFItemType": "Domain"},
        {
            "identifier": "i2",
            "fullStatement": "Knows what to report",
            "humanCodingScheme": "A.1",
            "CFItemType": "knowledge",
        },
        {"identifier": "i3", "fullStatement": "Reports it"},
    ]
    child = {"associationType": "isChildOf"}
    rows = [
        {
            **child,
            "originNodeURI": {"identifier": "i1"},
            "destinationNodeURI": {"identifier": "doc"},
            "sequenceNumber": 1,
        },
        {
            **child,
            "originNodeURI": {"identifier": "i3"},
            "destinationNodeURI": {"identifier": "i1"},
            "sequenceNumber": 1,
        },
        {
            **child,
            "originNodeURI": {"identifier": "i2"},
            "destinationNodeURI": {"identifier": "i1"},
            "sequenceNumber": 2,
        },
        {
            "associationType": "exactMatchOf",
            "originNodeURI": {"identifier": "i2"},
            "destinationNodeURI": {"identifier": "x"},
        },
    ]
    return {
        "CFDocument": {"identifier": "doc", "title": "Safety for all: 2024"},
        "CFItems": items,
        "CFAssociations": rows,
    }


def test_a_package_of_others_is_read_with_what_it_has(starter):
    read = back(theirs())
    assert (read.key, read.adopted) == ("safety-for-all-2024", True)
    assert [(s.code, s.parent, s.kind, s.note) for s in read.statements] == [
        ("S1", "", "skill", "Domain."),
        ("S3", "S1", "skill", ""),
        ("A.1", "S1", "knowledge", ""),
    ]
    assert read.notes == ()
    (related,) = read.relations
    assert (related.first.code, related.second.identifier, related.relation) == ("A.1", "x", "equal")


def test_proposed_and_accepted_it_stands_as_it_was_sent(starter):
    read = back(theirs())
    made = propose(by="ann", case=Case("A framework", "We use it", "The package"), changes=framework_changes(read))
    accept(by="rita", number=made.pk, version=made.version, reason="Read")
    held = m.Framework.objects.get(key="safety-for-all-2024")
    assert list(held.statements.values_list("code", flat=True)) == ["S1", "S3", "A.1"]
    assert framework_changes(read) == []
    assert framework_changes(back(out(held.key))) == []


def test_what_the_package_leaves_out_is_retired_and_comes_back(starter):
    found = out("essex-matrix")
    gone = found["CFItems"].pop()
    found["CFAssociations"] = [
        r for r in found["CFAssociations"] if r["originNodeURI"]["identifier"] != gone["identifier"]
    ]
    (change,) = framework_changes(back(found))
    assert (change.act, change.key["code"]) == ("retire", gone["humanCodingScheme"])


def wrong(change):
    found = theirs()
    change(found)
    with pytest.raises(Refused) as refused:
        back(found)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p.pop("CFItems"), "this is no CASE package: it needs CFDocument and CFItems"),
        (lambda p: p["CFItems"][0].pop("identifier"), "item 1 has no identifier"),
        (lambda p: p["CFItems"][1].update(identifier="i1"), "item 2 has the identifier of an earlier one"),
        (lambda p: p["CFItems"][2].update(fullStatement=" "), "item 3 has no fullStatement"),
        (lambda p: p["CFItems"][0].update(humanCodingScheme="A.1"), 'two items have the code "A.1"'),
        (lambda p: p["CFDocument"].pop("title"), "the document has no title"),
        (
            lambda p: p["CFAssociations"][1]["destinationNodeURI"].update(identifier="gone"),
            "association 2 puts an item under one that is not in the package",
        ),
        (
            lambda p: p["CFAssociations"][1]["originNodeURI"].update(identifier="gone"),
            "association 2 is about an item that is not in the package",
        ),
        (
            lambda p: p["CFAssociations"].append(
                {**p["CFAssociations"][1], "destinationNodeURI": {"identifier": "i2"}}
            ),
            "association 5 puts an item in a second place",
        ),
        (
            lambda p: p["CFAssociations"][0]["destinationNodeURI"].update(identifier="i3"),
            "stands under itself, by way of its parents",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_read(change, said):
    assert said in wrong(change)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "package.json, row 1: this is no JSON"),
        (b"[]", "this is no CASE package"),
        ("{}".encode("utf-16"), "not in UTF-8"),
        (b'{"a":' * 200_000, "this is no JSON|nested too deeply"),
    ],
)
def test_what_is_no_json_is_said(data, said):
    with pytest.raises(Refused, match=said):
        read_case(data, "package.json")
