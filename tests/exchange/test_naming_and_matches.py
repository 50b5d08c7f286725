"""On entry: the naming protocol is held, and what another source brought already is proposed as one thing."""

import csv

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.starter.ingest import ingest

pytestmark = pytest.mark.django_db
ROW = {
    "local_id": "S1",
    "number": "",
    "title": "NCFE Level 3 Certificate in Stable Play",
    "awarding_organisation": "NCFE",
    "level": "3",
    "type": "Certificate",
    "credit": "",
    "glh": "",
    "tqt": "",
    "age_focus": "5-11",
    "cluster_id": "",
    "available_from": "",
    "available_to": "",
    "status": "",
    "evidence": "page",
    "source_url": "",
    "field_notes": "",
}


@pytest.fixture
def load(starter, tmp_path):
    """Load a small framework of these qualifications as another collection."""

    def run(*rows, collection="small", **kwargs):
        folder = tmp_path / collection / "qualifications"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "qualifications.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(ROW))
            writer.writeheader()
            writer.writerows([ROW | row for row in rows])
        with (folder / "organisations.csv").open("w", newline="", encoding="utf-8") as file:
            file.write("name,kind,website,evidence,source_url\nNCFE,awarding organisation,,page,\n")
        return ingest(folder.parent, by="tests", collection=collection, **kwargs)

    return run


def held(title):
    return m.Qualification.objects.get(LIVE, title=title)


def test_the_same_number_from_another_source_is_proposed_and_both_stand(load):
    report = load({"title": "Another title altogether", "level": "", "type": "", "number": "50091700"})
    (match,) = report.matches
    known = m.Qualification.objects.get(LIVE, number="50091700", citation__collection="starter")
    assert (match["reference"], match["code"], match["score"]) == ("S1", known.code, 1.0)
    assert match["why"] == "same number 500/9170/0"
    assert m.Qualification.objects.filter(LIVE, number="50091700").count() == 2


def test_the_same_title_owner_and_level_are_proposed(load):
    title = held("NCFE CACHE Level 3 Diploma in Playwork").title
    (match,) = load({"title": title.replace("Playwork", "Play Work (RQF)"), "type": "Diploma"}).matches
    assert match["matched_title"] == title
    assert "same owner" in match["why"]


@pytest.mark.parametrize(
    "other",
    [
        {"level": "2"},
        {"title": "SQA Level 3 Diploma in Playwork", "awarding_organisation": ""},
        {"number": "60358294"},
    ],
)
def test_another_level_owner_or_number_is_another_thing(load, other):
    m.Qualification.objects.filter(title="NCFE CACHE Level 3 Diploma in Playwork").update(number="61006452")
    row = {"title": "NCFE CACHE Level 3 Diploma in Playwork", "type": "Diploma"} | other
    assert load(row).matches == []


def test_nothing_is_proposed_within_one_collection_and_a_dry_run_proposes_too(load):
    assert load({}).matches == []
    assert load({}, {"local_id": "S2"}).matches == []
    (one, two) = load({}, {"local_id": "S2"}, collection="other", dry_run=True).matches[:2]
    assert {one["reference"], two["reference"]} <= {"S1", "S2"}


def test_notation_is_made_one_on_entry(load):
    load({"title": "  NCFE  L3 Certificate in Stable  Children’s Play ( Wales )"})
    assert held("NCFE Level 3 Certificate in Stable Children's Play (Wales)")


@pytest.mark.parametrize(
    ("broken", "column", "sentence"),
    [
        ({"title": "—"}, "title", "names nothing"),
        ({"age_focus": "11-5"}, "age_focus", '"11-5" is no span of ages'),
    ],
)
def test_a_name_that_is_broken_refuses_the_folder(load, broken, column, sentence):
    before = m.Qualification.objects.count()
    with pytest.raises(Refused) as refusal:
        load(broken)
    (fault,) = refusal.value.faults
    assert (fault.row, fault.column) == (2, column)
    assert sentence in fault.message
    assert fault.expected
    assert m.Qualification.objects.count() == before


def test_a_doubtful_name_is_loaded_with_a_warning(load):
    report = load({"title": "NCFE Level 3 Diploma in Stable Play"})
    (doubt,) = [w for w in report.warnings if w.code == "naming"]
    assert doubt.message == "The title says diploma, the type Certificate; one of them is wrong."
    assert held("NCFE Level 3 Diploma in Stable Play")


def test_the_shipped_starter_keeps_the_protocol_or_says_where_it_does_not(starter):
    from iqf.reports.quality.names_follow_protocol import check

    warned = [w for w in starter.warnings if w.code == "naming"]
    assert check().of == m.Qualification.objects.filter(LIVE).count()
    assert len(warned) <= check().count
