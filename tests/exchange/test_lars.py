"""The Learning Aim Reference Service: a folder of tables, codes to the letter, open ends."""

import pytest

from iqf.exchange.sources.lars import ingest
from iqf.exchange.sources.lars.layouts import LAYOUTS
from iqf.exchange.sources.pattern import Refused
from iqf.register.queries import row_of, standing, under_number

from .lists import codes, everything, fields, numbers, refusal_of, write

pytestmark = pytest.mark.django_db
BY_TABLE = {layout.table: layout for layout in LAYOUTS}


def a_row(table, **cells):
    """A row of a table, every column blank that is not said."""
    return dict.fromkeys(BY_TABLE[table].columns, "") | cells


FROM = {"EffectiveFrom": "01 Feb 2013"}
FRAMEWORK = a_row(
    "Framework",
    FworkCode="403",
    ProgType="2",
    PwayCode="1",
    PathwayName=" ",
    NASTitle="Food and Drink",
    IssuingAuthorityTitle="Food and Drink - Advanced",
    SectorSubjectAreaTier2="4.20",
    MI_FullLevel2="0",
    MI_FullLevel3="1",
    **FROM,
)
AIM = a_row("FrameworkAims", FworkCode="403", ProgType="2", PwayCode="1", LearnAimRef="50040595", **FROM)
STANDARD = a_row(
    "Standard",
    StandardCode="430",
    StandardName="Early years educator",
    NotionalEndLevel="3",
    IntegratedDegreeStandard="n",
    **FROM,
)
S_AIM = a_row("StandardAims", StandardCode="430", LearnAimRef="Z0001946", EffectiveTo="31 Dec 2600", **FROM)
S96 = a_row(
    "Section96",
    LearnAimRef="00301061",
    Section96ApprovalStartDate="01 Jan 1900",
    Section96ValidPre16="0",
    Section96Valid16to18="-2",
    Section96Valid18plus="1",
    **FROM,
)
BODY = a_row("AwardOrgCode", AwardOrgCode="AAT", AwardOrgName="Association of Accounting Technicians", **FROM)
AREA = a_row("SectorSubjectArea", SectorSubjectAreaTier2="1.50", SectorSubjectAreaTier2Desc="Child development")
TABLES = {
    "Framework": [FRAMEWORK],
    "FrameworkAims": [AIM],
    "Standard": [STANDARD],
    "StandardAims": [S_AIM],
    "Section96": [S96],
    "AwardOrgCode": [BODY],
    "SectorSubjectArea": [AREA],
}


@pytest.fixture
def folder(tmp_path, db):
    for table, rows in TABLES.items():
        write(tmp_path / "lars" / f"{table}.csv", *rows)
    (tmp_path / "lars" / "Version.csv").write_text("MajorNumber\n1\n")
    return tmp_path / "lars"


def test_a_folder_feeds_a_list_for_each_table(folder):
    report = ingest(folder, by="tests")
    assert (report.rows, numbers(report), codes(report)) == (7, (7, 0, 0, 0), [])
    framework = row_of("lars-frameworks", "403-2-1")
    assert (framework.kind, framework.title, framework.printed) == (
        "framework",
        "Food and Drink - Advanced",
        FRAMEWORK,
    )
    assert framework.facts["effective_from"] == "2013-02-01"
    assert (framework.facts["effective_to"], framework.facts["full_level_3"]) == ("", True)
    assert row_of("lars-standards", "430").level == "3"
    assert row_of("lars-organisations", "AAT").kind == "organisation"
    assert row_of("lars-subject-areas", "1.50").title == "Child development"


def test_codes_keep_their_zeros_and_open_ends_are_blank(folder):
    ingest(folder, by="tests")
    approval = row_of("lars-section96", "00301061")
    assert (approval.facts["aim"], approval.facts["approved_from"], approval.facts["effective_to"]) == (
        "00301061",
        "",
        "",
    )
    answers = ("valid_before_16", "valid_16_to_18", "valid_from_18")
    assert [approval.facts[a] for a in answers] == [False, None, True]
    assert row_of("lars-standard-aims", "430-Z0001946").facts["effective_to"] == ""
    assert row_of("lars-standard-aims", "430-Z0001946").number == ""
    (aim,) = under_number("500/4059/5")
    assert (aim.reference, aim.title, aim.kind) == (
        "403-2-1-50040595",
        "500/4059/5 in framework 403-2-1",
        "component",
    )


def test_again_nothing_and_one_cell_is_that_field(folder):
    ingest(folder, by="tests")
    before = everything()
    assert ingest(folder, by="tests").writes == 0
    assert ingest(folder / "Standard.csv", by="tests").writes == 0
    assert everything() == before
    write(folder / "Standard.csv", STANDARD | {"LastDateStarts": "31 Jul 2026"})
    report = ingest(folder, by="tests")
    assert fields(report) == [("430", "LastDateStarts", "", "31 Jul 2026")]
    assert row_of("lars-standards", "430").facts["last_new_start"] == "2026-07-31"


def test_a_row_that_is_gone_is_retired_and_a_table_that_is_not_there_is_not_spoken_of(folder):
    write(folder / "Standard.csv", STANDARD, STANDARD | {"StandardCode": "431"})
    ingest(folder, by="tests")
    write(folder / "Standard.csv", STANDARD)
    report = ingest(folder / "Standard.csv", by="tests")
    assert numbers(report) == (0, 0, 1, 1)
    assert standing("lars-frameworks").count() == 1


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(folder):
    before = everything()
    dry = ingest(folder, by="tests", dry_run=True)
    assert everything() == before
    assert vars(dry) | {"dry_run": False} == vars(ingest(folder, by="tests"))


def test_what_is_doubtful_is_loaded(folder):
    write(folder / "Section96.csv", S96 | {"LearnAimRef": "50040594"}, S96 | {"EffectiveTo": "01 Jan 2012"})
    write(folder / "Standard.csv", STANDARD | {"NotionalEndLevel": ""})
    report = ingest(folder, by="tests")
    assert codes(report) == ["dates-order", "level-missing", "number-check"]
    assert row_of("lars-section96", "50040594").title == "Section 96 approval of 50040594"


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("Standard", STANDARD | {"StandardCode": " "}, 'the column "StandardCode" is blank'),
        ("Standard", STANDARD | {"NotionalEndLevel": "9"}, '"9" is not a level.'),
        ("Standard", STANDARD | {"LastDateStarts": "31 Feb 2020"}, '"31 Feb 2020" is not a day.'),
        ("Standard", STANDARD | {"IntegratedDegreeStandard": "perhaps"}, '"perhaps" is neither yes nor no.'),
        ("Framework", FRAMEWORK | {"NASTitle": "Other"}, "403-2-1 stands in row 2 too, with other content"),
    ],
)
def test_one_broken_table_refuses_them_all(folder, table, row, message):
    first = TABLES[table] if table == "Framework" else [STANDARD | {"StandardCode": "1"}]
    write(folder / f"{table}.csv", *first, row)
    (fault,) = refusal_of(lambda: ingest(folder, by="tests"))
    assert (fault.file, fault.row) == (f"{table}.csv", 3)
    assert message in fault.message


def test_a_folder_without_its_tables_and_a_table_with_another_header(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match=r"none of the service's tables is here; they are called Framework\.csv"):
        ingest(tmp_path / "empty", by="tests")
    with pytest.raises(Refused, match="there is no such file"):
        ingest(tmp_path / "nothing.csv", by="tests")
    write(folder / "Standard.csv", {"StandardCode": "1", "Price": "2"})
    faults = refusal_of(lambda: ingest(folder, by="tests"))
    assert any(f.message.startswith('the column "Price" is not one of') for f in faults)
