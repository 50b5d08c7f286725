"""The packaged starter and small folders of its layout: what lands, once, and what is refused."""

import csv
import shutil
from collections import Counter

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import parse_qan
from iqf.evidence.models import Citation, Contradiction, Finding, NamedQualification, Retrieval, StatedFigure
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.starter.expected import read_credit
from iqf.exchange.sources.starter.ingest import ingest
from iqf.exchange.sources.starter.layout import PACKAGED
from iqf.places.models import Area

pytestmark = pytest.mark.django_db

COUNTED = {
    "additions/areas.csv": Area,
    "documents/cluster_schemes.csv": m.ClusterScheme,
    "documents/clusters.csv": m.Cluster,
    "documents/roles.csv": m.Role,
    "documents/role_clusters.csv": m.RoleCluster,
    "documents/framework_statements.csv": m.Statement,
    "documents/crosswalks.csv": m.Crosswalk,
    "documents/findings.csv": Finding,
    "documents/contradictions.csv": Contradiction,
    "documents/qualifications_named.csv": NamedQualification,
    "qualifications/qualifications.csv": m.Qualification,
    "qualifications/units.csv": m.Unit,
    "qualifications/qualification_units.csv": m.GroupUnit,
    "qualifications/role_qualifications.csv": m.Requirement,
    "qualifications/progression.csv": m.Progression,
    "qualifications/judged_units.csv": m.JudgedUnit,
    "qualifications/role_entry.csv": m.EntryPosition,
    "additions/employer_entry.csv": m.EntryCriterion,
    "additions/permissions.csv": m.Permission,
    "additions/levels.csv": m.LevelDescriptor,
    "additions/functions.csv": m.JobFunction,
    "additions/role_functions.csv": m.RoleFunction,
    "additions/organisation_names.csv": m.OrganisationName,
    "additions/conflicts.csv": m.FieldConflict,
    "additions/criteria.csv": m.Criterion,
}


def rows_of(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def edit(path, change):
    """Rewrite a file after `change(rows)`."""
    rows = rows_of(path)
    columns = list(rows[0])
    change(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path, starter):
    """A copy of the packaged folder to edit."""
    return shutil.copytree(PACKAGED, tmp_path / "starter")


@pytest.fixture
def small(tmp_path, starter):
    """A small framework of another maker: two qualifications, one unit."""
    base = tmp_path / "small"
    (base / "qualifications").mkdir(parents=True)
    (base / "documents").mkdir()
    (base / "documents/roles.csv").write_text("role_id,title\nrider,Rider\n")
    (base / "qualifications/qualifications.csv").write_text(
        "local_id,title,level,credit\nS1,Level 2 Award in Riding,2,6\nS2,Level 3 Award in Riding,3,8\n"
    )
    (base / "qualifications/units.csv").write_text("unit_id,title,credit\nSU1,Falling off,12-15\n")
    (base / "qualifications/unit_groups.csv").write_text("qualification_local_id,group_code,kind\nS1,M,mandatory\n")
    (base / "qualifications/qualification_units.csv").write_text(
        "qualification_local_id,group_code,unit_id\nS1,M,SU1\n"
    )
    (base / "qualifications/progression.csv").write_text("from_local_id,to_local_id\nS1,S2\n")
    return base


def load(path, **kwargs):
    return ingest(path, by="tests", collection="small", **kwargs)


@pytest.mark.parametrize("path", sorted(COUNTED))
def test_counts_agree_with_the_files_counted_by_hand(starter, path):
    assert COUNTED[path].objects.count() == len(rows_of(PACKAGED / path))


def test_counts_of_what_stands_in_several_files(starter):
    where = PACKAGED / "qualifications"
    organisations = rows_of(where / "organisations.csv") + rows_of(PACKAGED / "additions/organisations_extra.csv")
    assert m.Organisation.objects.count() == len(organisations)
    aligned = Counter(m.Alignment.objects.values_list("verb", flat=True))
    assert aligned["teaches"] == len(rows_of(where / "alignments.csv"))
    assert aligned["requires"] == len(rows_of(where / "role_statements.csv"))
    figures = sum(len(rows_of(path)) for path in (PACKAGED / "documents").glob("figures_*.csv"))
    assert StatedFigure.objects.count() == figures
    groups = rows_of(where / "unit_groups.csv")
    nodes = m.RuleGroup.objects.exclude(key__in=("root", "pathways"))
    assert nodes.count() == len(groups)
    roots = m.RuleGroup.objects.filter(key="root").count()
    assert roots == len({g["qualification_local_id"] for g in groups})


def test_numbers_levels_and_owners_agree_with_the_file(starter):
    listed = rows_of(PACKAGED / "qualifications/qualifications.csv")
    held = {
        a.value: a.thing
        for a in m.QualificationAlias.objects.filter(scheme="starter").select_related("thing", "thing__owner")
    }
    for row in listed:
        thing = held[row["local_id"]]
        number = parse_qan(row["number"])
        assert thing.number == (number.stored if number else "")
        assert (thing.owner.title if thing.owner else "") == row["awarding_organisation"]
        assert thing.title == row["title"]
        assert thing.credit == (int(row["credit"]) if row["credit"] else None)


def test_the_first_load_said_what_it_did(starter):
    assert starter.added > 5000
    assert starter.retired == 0
    assert {"code", "field", "shown", "other"} <= set(starter.conflicts[0])
    assert Retrieval.objects.filter(source__key="starter").get().summary == starter.summary()


def test_a_second_run_writes_nothing(starter):
    before = AuditEvent.objects.count(), Citation.objects.count(), Retrieval.objects.count()
    report = ingest(by="tests")
    assert (report.writes, report.added, report.changed, report.retired, report.changes) == (0, 0, 0, 0, [])
    assert (AuditEvent.objects.count(), Citation.objects.count(), Retrieval.objects.count()) == before
    for each in (starter, report):
        assert each.rows == each.added + each.changed + each.unchanged + each.rest
        assert each.rest == 571


def test_the_real_conflict_is_held_as_one(starter):
    held = m.Qualification.objects.get(number="60127260")
    conflict = m.FieldConflict.objects.get(subject=held.code, field="level")
    assert (conflict.value_shown, conflict.value_other, conflict.decided_by) == ("2", "3", "")
    assert conflict.citation_shown.source != conflict.citation_other.source


EDITS = [
    ("documents/roles.csv", ("role_id", "playworker"), "description", "Plays.", ("description", "Plays.", False)),
    ("qualifications/units.csv", ("unit_id", "U-SHC34"), "glh", "99", ("glh", 99, False)),
    (
        "qualifications/qualifications.csv",
        ("local_id", "Q002"),
        "available_to",
        "2013",
        ("operational_end", "2013", False),
    ),
    (
        "qualifications/qualifications.csv",
        ("local_id", "Q001"),
        "title",
        "City & Guilds LEVEL 3  Diploma for the Children and Young People’s Workforce (England) ",
        ("title", "City & Guilds LEVEL 3 Diploma for the Children and Young People's Workforce (England)", True),
    ),
]
"""File, row, column and text of a cell; and the field that it changes, to what, and if only in its looks."""


def test_each_edited_cell_changes_exactly_its_field(folder):
    for file, (key, row), column, value, _ in EDITS:
        edit(folder / file, lambda rows: next(r for r in rows if r[key] == row).update({column: value}))  # noqa: B023
    report = ingest(folder, by="tests")
    assert (report.added, report.changed, report.retired) == (0, len(EDITS), 0)
    found = [(c["field"], c["after"], c["cosmetic"]) for c in report.changes]
    assert sorted(found, key=str) == sorted((change for *_, change in EDITS), key=str)


def test_what_is_no_longer_listed_is_retired_and_comes_back(folder):
    path = folder / "qualifications/progression.csv"
    kept = path.read_bytes()
    edit(path, lambda rows: rows.pop(0))
    report = ingest(folder, by="tests")
    assert (report.retired, report.added, report.changed) == (1, 0, 0)
    gone = m.Progression.objects.get(retired_on__isnull=False)
    assert gone.retired_because == "No longer listed in starter"
    path.write_bytes(kept)
    report = ingest(folder, by="tests")
    assert (report.changed, report.retired) == (1, 0)
    gone.refresh_from_db()
    assert (gone.retired_on, gone.retired_because) == (None, "")


def test_a_file_that_is_not_there_says_nothing_and_missing_additions_are_the_shipped_ones(folder):
    (folder / "qualifications/progression.csv").unlink()
    shutil.rmtree(folder / "additions")
    assert ingest(folder, by="tests").writes == 0


def test_a_dry_run_says_exactly_what_a_run_does_and_writes_nothing(small):
    before = AuditEvent.objects.count(), m.Qualification.objects.count(), m.CodeSequence.objects.get(kind="unit").last
    dry = load(small, dry_run=True)
    after = AuditEvent.objects.count(), m.Qualification.objects.count(), m.CodeSequence.objects.get(kind="unit").last
    assert after == before
    wet = load(small)
    assert vars(dry) | {"dry_run": False} == vars(wet)
    assert wet.added == 7


def test_a_small_framework_stands_beside_the_starter(small):
    starters = m.Qualification.objects.filter(LIVE, citation__collection="starter").count()
    report = load(small)
    assert (report.retired, report.changed) == (0, 0)
    assert m.Qualification.objects.filter(LIVE, citation__collection="starter").count() == starters
    assert load(small).writes == 0
    unit = m.UnitAlias.objects.get(scheme="small", value="SU1").thing
    assert (unit.credit_low, unit.credit_high) == (12, 15)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("3", (3, 3)),
        ("12-15", (12, 15)),
        ("12 – 15", (12, 15)),
        ("0", (0, 0)),
        ("15-12", None),
        ("-3", None),
        ("3.5", None),
        ("three", None),
    ],
)
def test_credit_values(text, bounds):
    assert read_credit(text) == bounds


@pytest.mark.parametrize(
    ("file", "content", "row", "column", "message"),
    [
        (
            "qualification_units",
            "qualification_local_id,group_code,unit_id\nS1,M,SU1\nS1,M,SU9\n",
            3,
            "unit_id",
            'there is no unit "SU9"',
        ),
        (
            "qualification_units",
            "qualification_local_id,group_code,unit_id\nS1,X,SU1\n",
            2,
            "",
            'there is no rule group "S1 X"',
        ),
        (
            "progression",
            "from_local_id,to_local_id\nS1,S2\nS2,S9\n",
            3,
            "to_local_id",
            'there is no qualification "S9"',
        ),
        (
            "progression",
            "from_local_id,to_local_id\nS1,S1\n",
            2,
            "to_local_id",
            "a qualification cannot lead to itself",
        ),
        ("units", "unit_id,title,credit\nSU1,One,-3\n", 2, "credit", '"-3" is not a credit value'),
        ("units", "unit_id,title,credit\nSU1,One,15-12\n", 2, "credit", '"15-12" is not a credit value'),
        ("units", "unit_id,title,level\nSU1,One,3/4\n", 2, "level", '"3/4" is not a level'),
        ("units", "unit_id,title\nSU1,One\nSU1,Two\n", 3, "unit_id", "SU1 stands in row 2 too, with other content"),
        ("units", "unit_id,title\n,One\nSU1,Two\n", 2, "unit_id", "is blank; every row needs one"),
        (
            "unit_groups",
            "qualification_local_id,group_code,kind\nS1,M,perhaps\n",
            2,
            "kind",
            '"perhaps" is not one of: mandatory, optional',
        ),
        (
            "unit_groups",
            "qualification_local_id,group_code,kind,min_units\nS1,M,mandatory,two\n",
            2,
            "min_units",
            '"two" is not a whole number',
        ),
        ("units", "unit_id\nSU1\n", 1, "title", 'the column "title" is missing'),
    ],
)
def test_what_is_broken_refuses_the_folder_with_its_place(small, file, content, row, column, message):
    path = small / f"qualifications/{file}.csv"
    path.write_text(content)
    before = AuditEvent.objects.count()
    with pytest.raises(Refused) as refusal:
        load(small)
    found = [f for f in refusal.value.faults if f.file == f"qualifications/{file}.csv"]
    assert (found[0].row, found[0].column) == (row, column)
    assert message in found[0].message
    assert AuditEvent.objects.count() == before


def test_a_date_that_does_not_exist(small):
    path = small / "qualifications/qualifications.csv"
    path.write_text("local_id,title,available_from\nS1,One,2024-02-31\nS2,Two,2024-13\n")
    with pytest.raises(Refused) as refusal:
        load(small)
    assert [(f.row, f.column) for f in refusal.value.faults] == [(2, "available_from"), (3, "available_from")]


def test_statements_that_stand_under_each_other(small):
    header = "framework_id,framework_title,statement_id,kind,title,parent_id\n"
    rows = "f-2020,F,A,area,A,B\nf-2020,F,B,area,B,A\n"
    (small / "documents/framework_statements.csv").write_text(header + rows)
    with pytest.raises(Refused, match="its parents go round in a circle"):
        load(small)


def test_roles_and_organisations_that_replace_one_another_in_a_circle(small):
    (small / "documents/roles.csv").write_text("role_id,title\na,A\nb,B\nc,C\nd,D\n")
    (small / "additions").mkdir()
    extras = small / "additions/role_extras.csv"
    extras.write_text(
        "role_id,status,contact,successor_role_id\na,,frequent,b\nb,,frequent,c\nc,,frequent,a\nd,,frequent,a\n"
    )
    (small / "qualifications/organisations.csv").write_text("name\nOne\nTwo\n")
    names = small / "additions/organisation_names.csv"
    names.write_text("organisation,other_name,kind\nOne,Two,merged into\nTwo,One,successor\nTwo,Deux,former\n")
    before = AuditEvent.objects.count()
    with pytest.raises(Refused) as refusal:
        load(small)
    found = [(f.file, f.row, f.column) for f in refusal.value.faults if "round in a circle" in f.message]
    assert found == [
        *((f"additions/{extras.name}", row, "successor_role_id") for row in (2, 3, 4)),
        *((f"additions/{names.name}", row, "other_name") for row in (2, 3)),
    ]
    assert str(refusal.value).count("a is replaced by itself in the end; its successors go round in a circle.") == 1
    assert AuditEvent.objects.count() == before
    extras.write_text("role_id,status,contact,successor_role_id\na,,frequent,b\nb,,frequent,c\n")
    names.unlink()
    assert load(small).added > 0
    extras.write_text("role_id,contact,contact_evidence\na,frequent,hearsay\n")
    with pytest.raises(Refused, match='column contact_evidence: "hearsay" is not one of: blank, page, '):
        load(small)


def test_every_row_of_a_small_framework_is_counted_once(small):
    for report in (load(small), load(small)):
        assert (report.rows, report.rest) == (report.added + report.changed + report.unchanged, 0)


def test_a_folder_that_is_none_or_holds_nothing(tmp_path, starter):
    with pytest.raises(Refused, match="there is no such folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(Refused, match="none of the files of the layout is here"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("F9,,criterion,1,x", 'row 2, column framework_id: there is no framework "F9" in this folder'),
        ("F1,A9,criterion,1,x", 'row 2, column statement_id: there is no statement "A9" in this framework'),
        ("F1,A1,criterion,1,", "row 2, column text: the text is blank"),
        ("F1,A1,rumour,1,x", 'row 2, column kind: "rumour" is not one of: criterion, example, evidence'),
    ],
)
def test_criteria_are_of_a_statement_or_framework_of_the_folder(small, line, message):
    (small / "documents").mkdir(exist_ok=True)
    (small / "additions").mkdir(exist_ok=True)
    statements = "framework_id,framework_title,statement_id,kind,title\nF1,One,A1,area,First\n"
    (small / "documents/framework_statements.csv").write_text(statements)
    path = small / "additions/criteria.csv"
    path.write_text(f"framework_id,statement_id,kind,position,text\n{line}\n")
    with pytest.raises(Refused, match=message):
        ingest(small, by="tests", collection="small")
    path.write_text("framework_id,statement_id,kind,position,text\nF1,A1,evidence,1,A letter\nF1,,criterion,1,All\n")
    ingest(small, by="tests", collection="small")
    assert m.Criterion.objects.filter(framework__key="F1").count() == 2


def test_mass_loss_is_refused_unless_it_is_meant(small):
    before = m.Qualification.objects.filter(LIVE).count()
    with pytest.raises(Refused, match="would be retired; give the folder a name of its own"):
        ingest(small, by="tests")
    assert m.Qualification.objects.filter(LIVE).count() == before
    report = ingest(small, by="tests", allow_retire=True)
    assert report.retired > 1000
    assert m.Qualification.objects.filter(LIVE).count() == 2


def test_an_unknown_column_is_warned_of_and_not_read(small):
    (small / "qualifications/units.csv").write_text("unit_id,title,colour\nSU1,Falling off,red\n")
    assert [(w.code, w.row) for w in load(small).warnings] == [("unknown-column", 1)]


def test_doubtful_values_are_loaded_with_a_warning(small):
    path = small / "qualifications/qualifications.csv"
    path.write_text(
        "local_id,title,level,number\nS1,Level 2 Award in Riding,3,610/3696/3\nS2,Award in Riding,3,not one\n"
    )
    report = load(small)
    assert [w.code for w in report.warnings] == ["number-check", "level-title", "number-shape"]
    assert m.Qualification.objects.filter(number="61036963").exists()
