import fcntl

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.exchange.statistics.files import HEADER, META, ROWS, spoilt, written

from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.statistics import ingest
from iqf.exchange.sources.statistics.ingest import working_folder
from iqf.indicators.models import Dataset
from iqf.places.actions import AreaFacts, MembershipFacts, hold_areas, hold_memberships

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


def outcomes(report):
    return {each["id"]: each["outcome"] for each in report.screening}


def test_a_good_table_passes_every_check(tmp_path):
    report = ingest(written(tmp_path), by="tests")
    assert set(outcomes(report).values()) == {"pass"}
    assert report.added == 4
    held = {"dataset": "staff", "version": "1.0", "changes": ["First release held here."], "protection": []}
    assert report.release == held


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            spoilt(3, "Reporting year", "Academic year"),
            'row 3, column time_identifier: "Academic year" stands beside',
        ),
        (
            spoilt(3, "Reporting year", "AY"),
            'row 3, column time_identifier: "AY" is not a time identifier; write one of',
        ),
        (
            spoilt(3, "Reporting year", "financial yr"),
            'row 3, column time_identifier: "financial yr" is not a time identifier; write Financial year.',
        ),
        (spoilt(2, "2024", "2024/25"), 'row 2, column time_period: "2024/25" is not a period; write 202425.'),
        (spoilt(2, "2024", "2024-2025"), 'row 2, column time_period: "2024-2025" is not a period; write 202425.'),
        (spoilt(2, "2024", "2024.0"), 'row 2, column time_period: "2024.0" is not a period; write 2024.'),
        (
            spoilt(2, "2024", "202426"),
            'row 2, column time_period: "202426" is not a period; write 2024, or 202324 where it spans two years.',
        ),
        (spoilt(2, "2024", "2024/26"), 'row 2, column time_period: "2024/26" is not a period; write 2024, or 202324'),
        (spoilt(4, "North East", "North West"), "row 4, column region_code: E12000001 is the code of North East"),
        (spoilt(4, "E12000001", "E12000099"), 'row 4, column region_code: "North East" has the code E12000001'),
        (
            spoilt(4, "Regional", "Region"),
            'row 4, column geographic_level: "Region" is not a geographic level; write Regional.',
        ),
        (
            spoilt(4, "Regional", "localAuthority"),
            'row 4, column geographic_level: "localAuthority" is not a geographic level; write Local authority.',
        ),
        (
            spoilt(4, "Regional", "National"),
            "row 4, column region_code: a row of the level National leaves region_code blank, and here it is "
            '"E12000001"; is it of another level?',
        ),
        (spoilt(4, "E12000001,North East", ","), "row 4, column region_code: a row of the level Regional needs"),
        (spoilt(2, ",120,", ',"1,234",'), 'row 2, column posts: "1,234" has thousands commas'),
        (spoilt(2, "10.5", "12.5%"), 'row 2, column rate: "12.5%" has a percent sign'),
        (spoilt(5, ",31,", ",?,"), 'row 5, column posts: "?" is neither a number nor a known marker'),
        (spoilt(5, ",31,", ",nan,"), 'row 5, column posts: "nan" is neither a number nor a known marker'),
        (
            spoilt(5, ",31,", ",1 031,"),
            "or a known marker (c, x, z, k, low, u, NA); write the figures without spaces.",
        ),
        (spoilt(5, ",31,", ",#REF!,"), "a spreadsheet wrote it: put the number there"),
        (spoilt(5, "31,z", '31,"10,5"'), '"10,5" is neither a number nor a known marker'),
        (spoilt(5, ",31,", ",1e400,"), 'row 5, column posts: "1e400" is larger than any number can be here'),
        (spoilt(5, "Female", "Fem\x00ale"), "row 5, column sex: the cell holds a null character"),
        ((*ROWS[:2], HEADER, *ROWS[2:]), "row 4: the names of the columns stand here again; take the row out."),
        (spoilt(3, "Female", "Total"), "row 3: the row is of the same period, place and filters as row 2"),
        (
            (*ROWS, "2024,Reporting year,National"),
            "row 6: the row has 3 cells where the header has 10; fill in the others, or take the row out.",
        ),
        ((*ROWS, "Source: a department"), "row 6: the row has 1 cell where the header has 10; if it is a note"),
        (
            spoilt(3, "Female", "Women, girls"),
            "row 3: the row has 11 cells where the header has 10; write a cell that",
        ),
    ],
)
def test_what_is_wrong_refuses_the_table_by_its_row_and_nothing_is_written(tmp_path, settings, rows, said):
    with pytest.raises(Refused) as refusal:
        ingest(written(tmp_path, rows), by="tests")
    assert any(str(fault).startswith("staff.csv, row ") and said in str(fault) for fault in refusal.value.faults), (
        refusal.value
    )
    assert not Dataset.objects.exists()
    assert not list(settings.IQF_HOME.rglob("*.parquet"))


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        (META[:3], 'staff.csv, row 1, column rate: the column "rate" has no row in the meta file'),
        ((*META, "age,Filter,Age,,,,,"), 'staff.meta.csv, column col_name: "age" is described'),
        (
            (*META[:3], "rate,Number,Rate,,%,1,,"),
            "staff.meta.csv, row 4, column col_type: write Filter or Indicator.",
        ),
        ((*META[:3], "rate,Indicator,,,%,1,,"), "staff.meta.csv, row 4, column label: the column has no label"),
        ((",".join(META).replace(",", ";"),), "staff.meta.csv, row 1: its cells are divided by semicolons; save it"),
        (("",), "staff.meta.csv: the meta file is empty; describe the columns there, or take it away"),
        ((*META[:3], "rate,Indicator,Rate,,furlongs,1,,"), "staff.meta.csv, row 4, column indicator_unit: known"),
    ],
)
def test_data_and_meta_file_agree(tmp_path, meta, said):
    with pytest.raises(Refused) as refusal:
        ingest(written(tmp_path, meta=meta), by="tests")
    assert any(str(fault).startswith(said) for fault in refusal.value.faults), refusal.value


def test_a_column_that_must_be_there_is_named(tmp_path):
    path = written(tmp_path, header=HEADER.replace("time_identifier", "time_kind"), meta=())
    with pytest.raises(Refused, match='the column "time_identifier" of a statistical table'):
        ingest(path, by="tests")


LONDON = (
    *ROWS,
    "2024,Reporting year,Regional,E92000001,England,E13000001,Inner London,Total,9,1",
    "2024,Reporting year,Regional,E92000001,England,E13000001,Inner London,Female,8,2",
)


@pytest.mark.parametrize(
    ("rows", "check", "count"),
    [
        (LONDON, "inner-outer-london", 2),
        (ROWS[:3], "complete-matrix", 1),
        (spoilt(5, ",31,", ",,"), "blank-cells", 1),
        (tuple(r.replace("Total", "Everyone") for r in ROWS), "filter-totals", 1),
        (tuple(r.replace("Female", "F" * 121) for r in ROWS), "filter-items", 1),
        (spoilt(5, ",31,", ",-31,"), "counts-not-negative", 1),
    ],
)
def test_what_is_doubtful_warns_and_is_held(tmp_path, rows, check, count):
    report = ingest(written(tmp_path, rows), by="tests")
    found = next(each for each in report.screening if each["id"] == check)
    assert (found["outcome"], found["count"]) == ("warning", count)
    assert found["guidance"]
    assert [o for o in outcomes(report).values() if o == "fail"] == []


BOYS = (*ROWS, *(row.replace("Female", "Male") for row in ROWS if "Female" in row))
"""60 posts in the North East, held by 31 women and 31 men; those of England are kept back."""


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ("60", ""),
        ("62", ""),
        ("90", 'row 4, column posts: 90 stands for all, and the other values of "Sex" come to 62, the largest 31'),
        ("12", 'row 4, column posts: 12 stands for all, and the other values of "Sex" come to 62, the largest 31'),
    ],
)
def test_a_total_beside_parts_that_it_cannot_be_of_warns_with_its_row(tmp_path, total, said):
    rows = tuple(r.replace("North East,Total,60", f"North East,Total,{total}") for r in BOYS)
    report = ingest(written(tmp_path, rows), by="tests")
    found = next(each for each in report.screening if each["id"] == "totals-add-up")
    assert (found["outcome"], found["count"]) == (("warning", 1) if said else ("pass", 0))
    assert said in found["message"]


@pytest.mark.parametrize(
    ("england", "outcome"),
    [("1200", "pass"), ("1150", "pass"), ("1100", "warning"), ("1310", "warning"), ("500", "warning")],
)
def test_a_country_beside_regions_that_come_to_something_else_warns(tmp_path, england, outcome):
    row = "2024,Reporting year,{},E92000001,England,{},{},Total,{},1"
    regions = [("E12000001", "North East", 600), ("E12000002", "North West", 600), ("E13000001", "Inner London", 90)]
    rows = [row.format("National", "", "", england), *(row.format("Regional", *region) for region in regions)]
    report = ingest(written(tmp_path, rows), by="tests")
    assert outcomes(report)["totals-add-up"] == outcome, "Inner London is counted in London, and not again"


def test_stray_spaces_make_no_second_value_and_no_second_place(tmp_path):
    ingest(written(tmp_path), by="tests")
    rows = tuple(r.replace("Total", "Total ").replace("North East", "North\u00a0East ") for r in ROWS[2:])
    trial = ingest(written(tmp_path, (*ROWS[:2], *rows)), by="tests", dry_run=True)
    assert (trial.added, trial.changed, trial.retired, trial.unchanged) == (0, 0, 0, 4)
    with pytest.raises(Refused, match="row 6: the row is of the same period, place and filters as row 5"):
        ingest(written(tmp_path, (*ROWS, ROWS[3].replace("Female", " Female"))), by="tests")


def test_reorganised_authorities_warn_and_are_not_joined(tmp_path):
    header = "time_period,time_identifier,geographic_level,country_code,country_name,new_la_code,la_name,posts"
    row = "{},Reporting year,Local authority,E92000001,England,{},{},5"
    rows = [row.format(year, "E09000001", "City of London") for year in (2022, 2023)]
    rows += [row.format(2022, "E10000023", "North Yorkshire"), row.format(2023, "E06000065", "North Yorkshire")]
    report = ingest(written(tmp_path, rows, header, meta=()), by="tests")
    found = next(each for each in report.screening if each["id"] == "reorganised-authorities")
    assert (found["outcome"], found["count"]) == ("warning", 2)
    assert "its other code is E06000065" in found["message"]


def test_columns_without_a_meta_file_are_guessed_with_a_warning_or_confirmed(tmp_path):
    path = written(tmp_path, meta=())
    asked = []
    report = ingest(path, by="tests", confirm=lambda guess: asked.append(guess) or True)
    assert "indicators: posts, rate; as filters: sex." in asked[0]
    assert "meta-inferred" in {w.code for w in report.warnings}
    with pytest.raises(Refused, match=r"describe the columns in other\.meta\.csv"):
        ingest(written(tmp_path, meta=(), name="other.csv"), by="tests", confirm=lambda guess: False)


def test_a_file_is_read_in_any_encoding_it_declares_and_blank_lines_keep_their_row_numbers(tmp_path):
    path = tmp_path / "staff.csv"
    rows = (*ROWS[:2], "", *ROWS[2:3], ROWS[3].replace("31", "?"))
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-16")
    with pytest.raises(Refused, match=r"row 6, column posts"):
        ingest(path, by="tests")
    path.write_bytes(("\n".join((HEADER, *ROWS)).replace("Female", "Fémale")).encode("latin-1"))
    with pytest.raises(Refused, match=r"staff.csv, row 3: the text is not UTF-8"):
        ingest(path, by="tests")


def test_reading_again_writes_nothing_and_a_revised_file_is_the_next_release(tmp_path):
    path = written(tmp_path)
    ingest(path, by="tests")
    again = ingest(path, by="tests")
    assert (again.writes, again.unchanged) == (0, 4)
    trial = ingest(written(tmp_path, spoilt(2, ",120,", ",121,")), by="tests", dry_run=True)
    assert trial.release["version"] == "1.1"
    assert Dataset.objects.get().releases.count() == 1
    real = ingest(path, by="tests")
    assert real.release["changes"] == ['1 value of "Posts filled" revised.']


def test_a_code_beside_the_name_of_another_area_is_refused_and_one_on_no_list_warns(tmp_path):
    hold_areas(
        by="tests",
        areas=[
            AreaFacts("E08000032", "Bradford", "authority"),
            AreaFacts("E08000035", "Leeds", "authority"),
            AreaFacts("E47000003", "West Yorkshire", "combined authority"),
        ],
    )
    hold_memberships(by="tests", facts=[MembershipFacts("E08000035", "E47000003", "2025")])
    header = "time_period,time_identifier,geographic_level,country_code,country_name,new_la_code,la_name,posts"
    row = "2024,Reporting year,Local authority,E92000001,England,{},{},5"
    with pytest.raises(
        Refused, match=r'row 2, column new_la_code: E08000035 is the code of Leeds, not of "Bradford"'
    ):
        ingest(written(tmp_path, [row.format("E08000035", "Bradford")], header, meta=()), by="tests")
    rows = [row.format("E08000035", "City of Leeds"), row.format("E08000999", "Nowhere")]
    report = ingest(written(tmp_path, rows, header, meta=()), by="tests")
    found = next(each for each in report.screening if each["id"] == "known-areas")
    assert (found["outcome"], found["count"]) == ("warning", 1)
    assert "Nowhere (E08000999) is on no list of areas held here; taken as printed." in found["message"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("wide.csv", ",".join(f"c{i}" for i in range(501)).encode() + b"\n1\n", "the file has 501 columns, and 500"),
        ("wide16.csv", "time_period,a\n1,2\n".encode("utf-16-le"), "the file holds UTF-16 without its mark"),
        ("cut.parquet", b"PAR1" + b"x" * 100, "the Parquet file is damaged or cut short"),
        ("blank.csv", b"\n\n\n", "blank.csv, row 1: the first row is blank; the names of the columns belong there."),
        ("mark.csv", b"\xef\xbb\xbf", "mark.csv, row 1: the first row is blank"),
        ("rows.json", b'[{"starts": 1}]', "rows.json: this is JSON, not a table"),
        (
            "commas.csv",
            b"a,b,,,\n1,2,,,\n",
            "row 1: the headings of columns 3, 4 and 5 are blank; name what is there",
        ),
        ("two.csv", b'a,"b\nc",d\n1,2,3\n', "row 1: a heading goes over more than one line"),
        ("long.csv", b"x" * 121 + b",a\n1,2\n", "the heading of column 1 has 121 signs, and 120 is the most."),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        ingest(path, by="tests")
    (fault,) = refusal.value.faults
    assert said in str(fault)


def test_a_column_of_lists_is_no_column_of_a_table(tmp_path):
    header, cells = HEADER.split(","), [row.split(",") for row in ROWS]
    columns = {name: [row[at] for row in cells] for at, name in enumerate(header)}
    path = tmp_path / "staff.parquet"
    pq.write_table(pa.table(columns | {"sex": [[value] for value in columns["sex"]]}), path)
    with pytest.raises(Refused, match=r'staff.parquet, column sex: the column "sex" holds lists or groups'):
        ingest(path, by="tests")
    pq.write_table(pa.table(columns), path)
    assert ingest(path, by="tests").added == 4


def test_a_meta_file_of_another_table_is_called_that(tmp_path):
    other = (META[0], "age,Filter,Age,,,,,", "starts,Indicator,Starts,,,0,,")
    with pytest.raises(Refused) as refusal:
        ingest(written(tmp_path, meta=other), by="tests")
    (fault,) = refusal.value.faults
    assert 'staff.meta.csv describes 0 of its 3 columns, and others ("age", "starts"); it is of another' in str(fault)


def test_what_a_killed_ingest_left_is_removed_by_the_next_and_what_another_holds_is_not(settings):
    arriving = settings.IQF_HOME / "statistics/arriving"
    for name in ("dead", "alive"):
        (arriving / name).mkdir(parents=True)
        (arriving / f"{name}.lock").touch()
    with (arriving / "alive.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with working_folder() as work:
            assert {p.name for p in arriving.iterdir()} == {"alive", "alive.lock", work.name, f"{work.name}.lock"}
    assert {p.name for p in arriving.iterdir()} == {"alive", "alive.lock"}
