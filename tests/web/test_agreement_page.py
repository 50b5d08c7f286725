"""The page that says how far raters agree: with two raters, with one, with none, and on every scale."""

import json

import pytest
from tests.mapping.judging_world import from_file, record, unjudged

from iqf.mapping import actions

HERE = "/frameworks/common-core-2005/agreement"


@pytest.fixture
def two_raters(starter):
    units = unjudged(8)
    for name, kind, odd in (("Ann", "person", 0), ("a model", "machine", 2)):
        rater = actions.register(by="t", name=name, kind=kind)
        rows = [from_file(u, at + 2, CC1=at % 3 if at != 4 else odd, CC2=at % 2) for at, u in enumerate(units)]
        record(rater, *rows)
    return units


def text(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_two_raters_are_compared_and_named_for_what_they_are(client, two_raters):
    page = text(client, HERE)
    assert "2 raters gave the same answer in" in page
    assert "Ann, a person: 8 units" in page
    assert "a model, a machine" in page
    assert "That machines agree does not make them right" not in page
    assert two_raters[4].title in page
    assert page.count("interval-dot") == 3


def test_verdicts_divide_more_than_reaching_does(client, two_raters):
    touches = json.loads(client.get(HERE + "?format=json").content)
    verdicts = json.loads(client.get(HERE + "?format=json&scale=verdict").content)
    assert touches["scale"] == "touches"
    assert len(touches["pairs"][0]["confusion"]) == 2
    assert len(verdicts["pairs"][0]["confusion"]) == 3
    assert {line["code"] for line in touches["statements"]} == {"CC1", "CC2"}
    assert verdicts["overall"]["percent"] <= touches["overall"]["percent"]


def test_the_table_can_be_had_as_csv(client, two_raters):
    table = client.get(HERE + "?format=csv").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("code,title,n,reached,percent,percent_low,percent_high,kappa")
    assert table[-1].startswith("overall,All statements,16,")


def test_with_one_rater_the_page_says_what_is_missing(client, starter):
    record(actions.register(by="t", name="Ann", kind="person"), from_file("U-CYP31", CC1=1))
    page = text(client, HERE)
    assert "Agreement needs two raters who judged the same units" in page
    assert "Ann, a person: 1 units" in page


def test_a_judgement_taken_out_changes_the_interval(client, two_raters):
    before = json.loads(client.get(HERE + "?format=json").content)["overall"]
    record(actions.register(by="t", name="a model", kind="machine"), from_file(two_raters[0], 2, CC1=2, CC2=1))
    after = json.loads(client.get(HERE + "?format=json").content)["overall"]
    assert (before["kappa_low"], before["kappa_high"]) != (after["kappa_low"], after["kappa_high"])


def test_only_machines_are_said_to_be_machines(client, starter):
    for name in ("model a", "model b"):
        record(actions.register(by="t", name=name, kind="machine"), from_file("U-CYP31", CC1=1, CC2=0))
    assert "These raters are machines" in text(client, HERE)


def test_an_unknown_scale_is_refused_in_a_sentence(client, starter):
    response = client.get(HERE + "?scale=stars")
    assert response.status_code == 400
    assert "Agreement is on the scale touches or verdict" in response.content.decode()
