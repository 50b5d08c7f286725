import pytest

from iqf.exchange.sources import ilr
from iqf.exchange.sources.ilr import ingest
from iqf.exchange.sources.pattern import Refused
from iqf.indicators import guarding
from iqf.indicators.asking import Wanted, figures
from iqf.indicators.queries import dataset
from iqf.reports.takeup import takeup

pytestmark = pytest.mark.django_db
AIM = "<LearningDelivery><LearnAimRef>{}</LearnAimRef><CompStatus>2</CompStatus><Outcome>{}</Outcome>"
AIM += "</LearningDelivery>"
LEARNER = (
    "<Learner><LearnRefNumber>{}</LearnRefNumber><FamilyName>Secret</FamilyName><Postcode>{}</Postcode>{}</Learner>"
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    return settings.IQF_HOME


def record(tmp_path, learners, head="", namespace="ESFA/ILR/2019-20"):
    path = tmp_path / "records.xml"
    path.write_text(f'{head}<Message xmlns="{namespace}"><Header><Year>1920</Year></Header>{learners}</Message>')
    return path


def learners(count, postcode="HD8 9RY", start=0):
    aims = AIM.format("60356200", "1") + AIM.format("Z0000871", "2")
    return "".join(LEARNER.format(f"L{start + n}", postcode, aims) for n in range(count))


def said(by, indicator):
    found = figures(dataset("records"), Wanted(by=by, indicators=(indicator,)))
    return {
        tuple(row.cells[name] for name in by): row.value if row.symbol == "" else row.symbol for row in found.rows
    }


def test_a_learner_is_counted_once_and_every_aim_of_theirs(tmp_path):
    report = ingest(record(tmp_path, learners(12) + learners(23, "LS10 1DS", start=12)), by="tests")
    assert report.release["dataset"] == "records"
    assert said(("home_postcode_district",), "learners") == {("Total",): 40.0, ("HD8",): 10.0, ("LS10",): 20.0}
    assert said(("home_postcode_district",), "aims") == {("Total",): 70.0, ("HD8",): 20.0, ("LS10",): 50.0}
    assert said(("learning_aim",), "achievements") == {("Total",): 40.0, ("60356200",): 40.0, ("Z0000871",): 0.0}
    table = dataset("records")
    assert (table.counting, table.location_basis, table.first_period) == ("learners", "residence", "201920")


def test_an_aim_stands_under_its_level_alone_and_is_asked_for_without_it(tmp_path, monkeypatch):
    monkeypatch.setattr(ilr, "levels_of", lambda aims: {aim: "3" for aim in aims if aim == "60356200"})
    ingest(record(tmp_path, learners(20)), by="tests")
    assert said(("learning_aim", "aim_level"), "aims") == {
        ("Total", "Total"): 40.0,
        ("Total", "3"): 20.0,
        ("Total", "Not known"): 20.0,
        ("60356200", "3"): 20.0,
        ("Z0000871", "Not known"): 20.0,
    }
    assert said(("learning_aim",), "aims") == {("Total",): 40.0, ("60356200",): 20.0, ("Z0000871",): 20.0}
    taken = takeup("records", ["learning_aim"], indicators=["aims"]).rows
    assert [(row.by["learning_aim"], row.value) for row in taken] == [("60356200", 20.0), ("Z0000871", 20.0)]


def test_without_areas_the_districts_are_left_out(tmp_path):
    ingest(record(tmp_path, learners(12) + learners(23, "LS10 1DS", start=12)), by="tests", areas="none")
    assert [c.name for c in dataset("records").filters] == ["learning_aim", "aim_level"]
    assert said(("learning_aim",), "learners") == {("Total",): 40.0, ("60356200",): 40.0, ("Z0000871",): 40.0}


def test_wider_areas_are_the_letters_of_the_postcode(tmp_path):
    somewhere = learners(12) + learners(23, "LS10 1DS", start=12) + learners(24, "LS1 1AA", start=50)
    some = somewhere + learners(20, "EC1A 1BB", start=80) + learners(20, "ZZ99 9ZZ", start=100)
    ingest(record(tmp_path, some), by="tests", areas="postcode-area")
    assert said(("home_postcode_area",), "learners") == {
        ("Total",): 100.0,
        ("HD",): 10.0,
        ("LS",): 50.0,
        ("EC",): 20.0,
        ("Not known",): 20.0,
    }


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [("MOST", 5, "more than 5 counts"), ("MOST_SMALL", 8, "has 10 small counts, and 8 can be")],
)
def test_a_file_of_more_counts_than_can_be_protected_is_refused_with_the_way_out(
    tmp_path, monkeypatch, limit, most, said
):
    monkeypatch.setattr(guarding, limit, most)
    few = learners(12) + learners(3, "LS10 1DS", start=12)
    with pytest.raises(Refused, match=rf"{said}.*; count the learners by wider areas or by none \(--areas postcode"):
        ingest(record(tmp_path, few), by="tests")


def test_few_learners_are_kept_back_with_what_would_tell_them(tmp_path):
    ingest(record(tmp_path, learners(12) + learners(3, "LS10 1DS", start=12)), by="tests")
    held = dataset("records")
    assert held.profile == "protected"
    assert (held.protection.rule.threshold, held.protection.rule.base) == (5, 10)
    shown = said(("home_postcode_district",), "learners")
    assert shown["LS10",] == "c"
    assert list(shown.values()).count("c") == 2, "with the other district and the total it would be told"
    # Three take the second aim, and none achieved it: that 0 would say so of each of them.
    few = figures(held, Wanted(where=(("home_postcode_district", "LS10"),), indicators=("achievements",))).rows
    assert {row.symbol for row in few} == {"c"}


def test_no_record_of_a_person_is_kept(tmp_path, home):
    ingest(record(tmp_path, learners(2)), by="tests")
    for path in home.rglob("*"):
        if path.is_file():
            assert b"Secret" not in path.read_bytes()
            assert b"8 9RY" not in path.read_bytes()


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("head", "inside", "namespace", "said"),
    [
        (BOMB, LEARNER.format("&c;", "HD8 9RY", ""), "ESFA/ILR/2019-20", "declares entities or a document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd">', learners(1), "ESFA/ILR/2019-20", "declares entities"),
        ("", learners(1), "urn:other", "this is no Individualised Learner Record"),
        ("", "<Learner>", "ESFA/ILR/2019-20", "the XML breaks off or is not well formed"),
        ("", "", "ESFA/ILR/2019-20", "the file holds no learner"),
        ("", learners(1) + learners(1), "ESFA/ILR/2019-20", "a learner stands there twice"),
    ],
)
def test_what_is_no_learner_record_is_refused_in_one_sentence(tmp_path, head, inside, namespace, said):
    with pytest.raises(Refused) as refusal:
        ingest(record(tmp_path, inside, head, namespace), by="tests")
    assert said in str(refusal.value)
    assert len(refusal.value.faults) == 1
