"""The early years list into the register and the catalogue: what it does, and that it does it once."""

import hashlib

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import decide
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import Retrieval
from iqf.exchange.sources.early_years import ingest
from iqf.register.queries import row_of, said_before, standing, under_number

from .early_years_file import DEGREE, FOUR, NUMBERED, OLD, QUESTION, VARIOUS, text_of, write
from .lists import everything, numbers

pytestmark = pytest.mark.django_db
LIST = "early-years"


def test_rows_land_in_the_register_as_printed_and_as_read(load):
    report = load(*FOUR)
    assert numbers(report) == (4, 0, 0, 0)
    row = row_of("early-years", "EYQ-001")
    assert row.printed == OLD
    assert (row.title, row.owner, row.level, row.number, row.row) == (
        OLD["Qualification Name"],
        "Edexcel",
        "2",
        "",
        2,
    )
    assert row.facts["owner_now"] == "Pearson Education Ltd"
    assert (row.facts["started_from"], row.facts["started_to"]) == ("", "2014-08")
    assert row.facts["condition"] == ""
    assert row.facts["ratios"] == ["5flybYVibSWDwCdo9LB90b", "3wCNFzxJGexsSqPyXTqUtq"]


def test_various_organisations_are_no_organisation(load):
    load(*FOUR)
    row = row_of("early-years", "EYQ-018")
    assert row.owner == ""
    assert row.facts["owners_many"] is True


def test_questions_are_a_list_and_not_required_is_no_number(load):
    report = load(*FOUR)
    row = row_of("early-years", "eyq-267 ")
    assert row.facts["questions"] == [QUESTION, "23NmTS0KsPkJfXuiKqE97Q"]
    assert row.number == ""
    assert report.warnings == []


def test_a_row_is_found_by_its_number_in_any_notation(load):
    load(*FOUR)
    assert [r.reference for r in under_number("60126292")] == ["EYQ-224"]
    assert list(under_number("EYQ-224")) == []


def test_the_number_ties_the_row_to_the_catalogue_with_a_citation(load):
    load(*FOUR)
    held = m.Qualification.objects.get(number="60126292")
    link = m.OfficialLink.objects.get(qualification=held)
    assert (link.official_row.reference, link.because) == ("EYQ-224", "Same qualification number (601/2629/2)")
    counted = m.Recognition.objects.get(qualification=held)
    assert counted.recogniser == "Department for Education early years qualifications list"
    assert (counted.reference, counted.level) == ("EYQ-224", "3")
    assert (counted.started_from, counted.started_to) == ("2014-09", "2024-08")
    assert counted.condition == "Certificate may say CACHE.\nOr QCF."
    cited = counted.citation
    assert (cited.collection, cited.certainty, cited.row, cited.verified) == ("early-years", "official", 4, True)
    assert cited.source.key == "dfe-early-years-list"
    assert cited.source.publisher == "Department for Education"
    assert cited.source.licence == "Open Government Licence v3.0 (inferred)"
    assert cited.retrieval.file_name == "list.csv"


def test_a_retrieval_keeps_hash_counts_and_report(load, tmp_path):
    report = load(*FOUR, VARIOUS)
    kept = Retrieval.objects.get(source__key="dfe-early-years-list")
    assert kept.sha256 == report.sha256 == hashlib.sha256((tmp_path / "list.csv").read_bytes()).hexdigest()
    of_the_file = report.summary() | {"writes": report.writes - 1, "register": "early-years"}  # not of the source
    assert (kept.rows, kept.summary) == (5, of_the_file)
    assert {entry["id"] for entry in kept.report} == {"repeated-row", "proposed-match"}


def test_one_audit_event_for_the_register_and_one_for_each_fact_of_the_catalogue(load):
    before = AuditEvent.objects.count()
    load(*FOUR)
    events = list(AuditEvent.objects.order_by("id")[before:])
    assert [e.action for e in events] == ["mirror", "create official link", "create recognition", "propose matches"]
    assert {e.actor for e in events} == {"tests"}
    assert events[0].subject == "register:early-years"
    assert events[0].after["added"] == 4


def test_a_second_run_writes_nothing(load):
    load(*FOUR)
    before = everything()
    report = load(*FOUR)
    assert (numbers(report), report.writes, report.changes) == ((0, 0, 4, 0), 0, [])
    assert everything() == before


def test_the_same_rows_in_another_file_and_order_write_nothing(load):
    load(*FOUR)
    before = everything()
    assert load(*reversed(FOUR), name="other.csv").writes == 0
    assert everything() == before


def test_a_dry_run_says_exactly_what_a_run_does_and_writes_nothing(load):
    before = everything()
    dry = load(*FOUR, dry_run=True)
    assert everything() == before
    wet = load(*FOUR)
    assert dry.dry_run is True
    assert wet.dry_run is False
    assert dry.writes == wet.writes == 4 + 1 + 1 + 1 + 1 + 1  # rows, source, citation, link, recognition, match
    assert vars(dry) | {"dry_run": False} == vars(wet)


def test_an_update_overwrites_by_reference_and_does_not_speak_of_the_rest(load):
    load(*FOUR)
    report = load(DEGREE | {"To which date": "Aug-24"}, OLD | {"Qualification Ref": "EYQ-300"}, name="update.csv")
    assert numbers(report) == (1, 1, 0, 0)
    change = {"code": "EYQ-267", "field": "To which date", "before": "", "after": "Aug-24", "cosmetic": False}
    assert report.changes == [change]
    assert standing("early-years").count() == 5
    row = row_of("early-years", "EYQ-267")
    assert (row.facts["started_to"], row.row, row.retrieval) == ("2024-08", 2, report.sha256)


def test_what_a_row_said_before_is_kept_with_the_file_that_said_it(load):
    base = load(*FOUR)
    load(DEGREE | {"To which date": "Aug-24"}, name="update.csv")
    (version,) = said_before(row_of("early-years", "EYQ-267"))
    assert (version.printed, version.row, version.retrieval) == (DEGREE, 5, base.sha256)
    assert version.facts["started_to"] == ""


def test_the_base_read_again_after_its_update_writes_nothing_and_says_so(load):
    load(*FOUR)
    load(DEGREE | {"To which date": "Aug-24"}, name="update.csv")
    before = everything()
    report = load(*FOUR)
    assert (numbers(report), report.writes) == ((0, 0, 4, 0), 0)
    assert everything() == before
    (warning,) = report.warnings
    assert warning.code == "older-content"
    assert "This file was read before, on " in warning.message
    assert "a later file changed 1 of its rows (EYQ-267)" in warning.message
    assert load(DEGREE | {"To which date": "Aug-24"}, name="update.csv").writes == 0


def test_an_older_file_with_one_new_cell_changes_that_cell_alone(load):
    load(*FOUR)
    load(DEGREE | {"To which date": "Aug-24"}, name="update.csv")
    report = load(OLD | {"Qualification Level": "3"}, VARIOUS, NUMBERED, DEGREE)
    change = {"code": "EYQ-001", "field": "Qualification Level", "before": "2", "after": "3", "cosmetic": False}
    assert report.changes == [change]
    assert "This file repeats in 1 of its rows what a later file has changed (EYQ-267)" in report.warnings[0].message
    assert row_of("early-years", "EYQ-267").facts["started_to"] == "2024-08"


def test_a_new_cell_in_an_overtaken_row_is_news(load):
    load(DEGREE)
    load(DEGREE | {"To which date": "Aug-24"})
    report = load(DEGREE | {"To which date": "Aug-25"})
    assert [c["after"] for c in report.changes] == ["Aug-25"]
    assert report.warnings == []


def test_a_list_that_has_really_gone_back_is_believed_when_told_to(load):
    load(DEGREE)
    load(DEGREE | {"To which date": "Aug-24"})
    report = load(DEGREE, revert=True)
    assert (report.changed, report.warnings) == (1, [])
    assert row_of("early-years", "EYQ-267").printed == DEGREE
    assert len(said_before(row_of("early-years", "EYQ-267"))) == 2


@pytest.mark.parametrize(
    ("column", "printed"),
    [
        ("Qualification Name", "  Foundation degree  in Early Years"),
        ("Qualification Name", "“Foundation Degree” in Early Years"),
        ("Qualification Number", "not required"),
        ("Awarding Organisation Title", "Kingston University "),
    ],
)
def test_spaces_quotes_and_case_are_cosmetic(load, column, printed):
    load(DEGREE)
    report = load(DEGREE | {column: printed})
    assert [(c["field"], c["cosmetic"]) for c in report.changes] == [(column, True)]


def test_an_overtaken_row_that_differs_in_looks_only_is_still_overtaken(load):
    load(DEGREE)
    load(DEGREE | {"To which date": "Aug-24"})
    report = load(DEGREE | {"Qualification Number": "Not required"})
    assert (report.writes, [w.code for w in report.warnings]) == (0, ["older-content"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_reads_the_same(tmp_path, starter, encoding, line):
    plain = [r | {"Notes/Additional Requirements": "Für “EYE”"} for r in FOUR]
    path = tmp_path / "list.csv"
    path.write_bytes(text_of(plain, line=line).encode(encoding))
    ingest(path, by="tests")
    assert ingest(write(tmp_path / "plain.csv", *plain), by="tests").writes == 0


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"Qualification Number": "601/2629/3"}, "number-check", "EYQ-224: 601/2629/3 fails its check character"),
        ({"Qualification Number": "601-2629"}, "number-shape", "EYQ-224: 601-2629 is not shaped like"),
        ({"Qualification Level": "4"}, "level-title", "the title says Level 3, the level column Level 4"),
        ({"Qualification Level": ""}, "level-missing", "the level is blank"),
        ({"To which date": "Aug-13"}, "dates-order", "it ends (Aug-13) before it begins (Sep-14)"),
        ({"RatioRequirements": "5flyb"}, "code-shape", "5flyb is not shaped like"),
    ],
)
def test_what_is_doubtful_is_loaded_with_a_warning(load, change, code, said):
    report = load(NUMBERED | change)
    assert report.added == 1
    (warning,) = [w for w in report.warnings if w.code == code]
    assert said in warning.message
    assert (warning.file, warning.row) == ("list.csv", 2)


def test_one_number_under_several_references_is_right_and_said(load):
    other = NUMBERED | {"Qualification Ref": "EYQ-522", "From which date": "Sep-24", "To which date": ""}
    report = load(NUMBERED, other)
    assert [w.code for w in report.warnings] == ["number-shared"]
    assert "601/2629/2 stands under 2 references: EYQ-224, EYQ-522" in report.warnings[0].message
    assert sorted(m.Recognition.objects.values_list("reference", flat=True)) == ["EYQ-224", "EYQ-522"]


def test_the_same_row_twice_is_read_once(load):
    report = load(OLD, OLD)
    assert (report.rows, report.added, [w.code for w in report.warnings]) == (2, 1, ["repeated-row"])
    assert report.warnings[0].row == 3


def test_a_level_that_differs_becomes_a_conflict_and_changes_nothing(load):
    report = load(NUMBERED | {"Qualification Level": "4"})
    held = m.Qualification.objects.get(number="60126292")
    assert held.level == "3"
    conflict = m.FieldConflict.objects.get(subject=held.code, field="level")
    assert (conflict.value_shown, conflict.value_other, conflict.decided_by) == ("3", "4", "")
    assert conflict.citation_shown == held.citation
    assert (conflict.citation_other.collection, conflict.citation_other.subject) == ("early-years", "EYQ-224")
    assert report.conflicts == [{"code": held.code, "field": "level", "shown": "3", "other": "4"}]
    assert "the catalogue says Level 3, the list Level 4" in report.warnings[-1].message


def test_a_conflict_that_holds_no_more_is_retired_and_comes_back(load):
    wrong = NUMBERED | {"Qualification Level": "4"}
    load(wrong)
    load(NUMBERED)
    conflict = m.FieldConflict.objects.get(citation_other__collection="early-years")
    assert conflict.retired_because == "The sources no longer disagree."
    load(wrong, revert=True)
    conflict.refresh_from_db()
    assert conflict.retired_on is None


def test_a_decided_conflict_is_remembered_and_not_raised_again(load, settings):
    load(NUMBERED | {"Qualification Level": "4"})
    found = m.FieldConflict.objects.filter(citation_other__collection="early-years")
    code = found.get().subject
    decide(by="reviewer", code=code, field="level", value="3", reason="The certificate says 3.")
    before = list(found.values())
    report = load(NUMBERED | {"Qualification Level": "4", "To which date": ""})
    assert report.conflicts == []
    assert list(found.values()) == before


def test_a_conflict_that_another_collection_raised_is_left_alone(load):
    known = m.FieldConflict.objects.get(field="level", value_other="3")
    held = m.Qualification.objects.get(code=known.subject)
    row = NUMBERED | {"Qualification Number": held.number, "Awarding Organisation Title": "TQUK"}
    before = list(m.FieldConflict.objects.values())
    assert load(row).conflicts == []
    assert list(m.FieldConflict.objects.values()) == before


@pytest.mark.parametrize(
    "owner",
    [
        "NCFE",
        "NCFE CACHE",
        "CACHE Council for Awards in Care Health and Education",
        "ncfe ltd",
        "Various Awarding Bodies",
    ],
)
def test_brands_mergers_and_many_are_no_conflict_of_owner(load, owner):
    assert load(NUMBERED | {"Awarding Organisation Title": owner}).conflicts == []


@pytest.mark.parametrize("owner", ["City & Guilds", "Pearson Education Ltd", "Portobello Institute"])
def test_another_organisation_is_a_conflict_of_owner(load, owner):
    report = load(NUMBERED | {"Awarding Organisation Title": owner})
    assert [(c["field"], c["shown"], c["other"]) for c in report.conflicts] == [("owner", "NCFE", owner)]


def test_a_corrected_number_moves_the_recognition(load):
    load(NUMBERED)
    wrong, right = "60126292", "60121476"
    load(NUMBERED | {"Qualification Number": "601/2147/6"})
    assert not m.OfficialLink.objects.filter(LIVE, qualification__number=wrong).exists()
    assert m.Recognition.objects.get(qualification__number=wrong).is_retired
    assert m.Recognition.objects.filter(LIVE).get().qualification.number == right
    assert AuditEvent.objects.filter(action="untie official row").count() == 1


def test_a_link_that_a_person_made_is_not_undone(load):
    load(NUMBERED, OLD)
    held = m.Qualification.objects.get(number="60121476")
    m.OfficialLink.objects.create(
        qualification=held, official_row=row_of("early-years", "EYQ-001"), because="Accepted by a reviewer"
    )
    load(NUMBERED, OLD | {"Qualification Level": "3"})
    assert m.OfficialLink.objects.filter(because="Accepted by a reviewer").exists()


def test_a_retired_qualification_keeps_its_recognition_and_gets_no_new_one(load):
    load(NUMBERED)
    m.Qualification.objects.filter(number="60126292").update(retired_on="2026-01-01", retired_because="Merged.")
    assert load(NUMBERED).writes == 0
    assert not m.Recognition.objects.get().is_retired
    load(NUMBERED | {"Qualification Ref": "EYQ-999"})
    assert m.Recognition.objects.count() == 1


def test_a_qualification_that_came_later_is_found_when_a_file_is_read_again(load):
    m.Qualification.objects.filter(number="60126292").update(number="")
    load(NUMBERED)
    assert m.Recognition.objects.count() == 0
    m.Qualification.objects.filter(title__startswith="NCFE CACHE Level 3 Diploma for the Early Years Work").update(
        number="60126292"
    )
    report = load(OLD)
    assert numbers(report) == (1, 0, 0, 0)
    assert m.Recognition.objects.get().citation.row == 2


def test_rows_without_a_number_are_proposed_and_never_tied(load):
    report = load(VARIOUS, OLD, DEGREE)
    (match,) = report.matches
    assert match["reference"] == "EYQ-018"
    assert m.Qualification.objects.get(code=match["code"]).title.startswith("NVQ Level 2 in Children's Care")
    assert match["title"] == VARIOUS["Qualification Name"]
    assert 0.75 <= match["score"] <= 1
    assert "same level" in match["why"]
    assert m.OfficialLink.objects.count() == 0


@pytest.mark.parametrize(("level", "code_level"), [("2", "2"), ("3", "3"), ("4", "4")])
def test_proposals_never_cross_levels(load, level, code_level):
    report = load(VARIOUS | {"Qualification Level": level})
    assert {m.Qualification.objects.get(code=f["code"]).level for f in report.matches} == {code_level}
    assert load(VARIOUS | {"Qualification Level": "7"}).matches == []


def test_a_certificate_is_not_proposed_for_a_diploma(load):
    diploma = OLD | {"Qualification Name": "Diploma in Playwork", "Qualification Level": "3"}
    titles = {f["matched_title"] for f in load(diploma).matches}
    assert titles
    assert all("Diploma" in title for title in titles)


def test_progress_is_told_from_start_to_end(load):
    told = []
    load(*FOUR, progress=lambda step, done, total: told.append((step, done, total)))
    assert [t[1] for t in told] == [0, 1, 2, 3, 4]
    assert (told[0][0], told[-1]) == ("reading", ("done", 4, 4))
