import csv
import io
import zipfile

import pytest
from tests.indicators.tables import held

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.figures import figures_csv, figures_json, package
from iqf.exchange.sources.statistics import ingest
from iqf.indicators.queries import dataset
from iqf.reports.figures import figures

pytestmark = pytest.mark.django_db
PRINTED = """
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,sex,posts,rate
2024,Reporting year,National,E92000001,England,,,Total,36186.3,11.8
2024,Reporting year,National,E92000001,England,,,Female,c,12
2024,Reporting year,Regional,E92000001,England,E12000001,North East,Total,2299.3,low
2024,Reporting year,Regional,E92000001,England,E12000001,North East,Female,,z
2023,Reporting year,National,E92000001,England,,,Total,100,1
2023,Reporting year,National,E92000001,England,,,Female,50,2
2023,Reporting year,Regional,E92000001,England,E12000001,North East,Total,60,3
2023,Reporting year,Regional,E92000001,England,E12000001,North East,Female,30,4
"""


@pytest.fixture(autouse=True)
def table(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    held(tmp_path, PRINTED, indicators=("posts", "rate"))


def cells(answer):
    return [(r.area, r.period, r.cells["sex"], r.indicator, r.symbol or r.value) for r in answer.rows]


def naive(**wanted):
    """The same, row by row in plain Python: a second implementation of choosing rows."""
    rows = csv.DictReader(io.StringIO(PRINTED.strip()))
    return [r["posts"] for r in rows if all(r[name] == value for name, value in wanted.items())]


@pytest.mark.parametrize(
    "where",
    [{"sex": "Female"}, {"region_name": "North East", "time_period": "2023"}, {"geographic_level": "National"}],
)
def test_rows_are_chosen_by_the_files_own_columns_and_values(where):
    answer = figures("small", where=list(where.items()), indicators=("posts",))
    shown = ["" if r.value is None and not r.symbol else r.symbol or f"{r.value:g}" for r in answer.rows]
    assert shown == [v if v in ("c", "") else f"{float(v):g}" for v in naive(**where)]


def test_by_keeps_a_column_open_and_holds_the_others_at_their_totals():
    answer = figures("small", by=("region_name",), indicators=("posts",))
    assert cells(answer) == [("North East", "2024", "Total", "posts", 2299.3)]
    answer = figures("small", by=("time_period", "sex"), indicators=("rate",))
    assert [r[1:3] for r in cells(answer)] == [
        ("2024", "Total"),
        ("2024", "Female"),
        ("2023", "Total"),
        ("2023", "Female"),
    ]
    assert {r[0] for r in cells(answer)} == {"England"}


def test_a_filter_without_a_total_is_never_added_up(tmp_path):
    held(tmp_path, PRINTED.replace("Total", "Men"), code="men", indicators=("posts", "rate"))
    with pytest.raises(NotFoundError, match='"sex" has no value for all of it, and figures are never added up here'):
        figures("men", by=("region_name",))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"where": [("sexx", "Total")]}, '"small" has no column "sexx"; did you mean "sex"?'),
        ({"where": [("sex", "Femal")]}, 'No row of "small" has sex "Femal"; did you mean "Female"?'),
        ({"where": [("posts", "3")]}, '"posts" is a number; choose rows by one of: time_period'),
        ({"indicators": ["post"]}, '"small" has no indicator "post"; did you mean "posts"?'),
        ({"by": ["regio_name"]}, '"small" has no column "regio_name"; did you mean "region_name"'),
    ],
)
def test_what_the_table_has_not_is_said_with_the_nearest(asked, said):
    with pytest.raises(NotFoundError) as error:
        figures("small", **asked)
    assert str(error.value).startswith(said)


def test_a_row_of_the_shape_has_a_value_or_the_marker_in_its_place():
    rows = figures_json(figures("small", where=[("time_period", "2024")]))["rows"]
    assert rows[0] == {
        "sex": "Total",
        "area": "England",
        "area_code": "E92000001",
        "geographic_level": "National",
        "period": "2024",
        "time_identifier": "Reporting year",
        "indicator": "posts",
        "value": 36186.3,
    }
    assert rows[2]["symbol"] == "c"
    assert "value" not in rows[2]
    assert rows[6]["value"] is None, "a blank cell is blank, not zero"


def test_one_page_after_the_other_is_the_whole():
    whole = figures("small").rows
    assert len(whole) == 16
    parts = [r for start in range(0, 16, 3) for r in figures("small", limit=3, offset=start).rows]
    assert parts == list(whole)


def test_the_address_has_the_version_and_what_was_asked():
    answer = figures("small", by=("region_name",), where=[("sex", "Total")])
    assert answer.address == "/figures/small/1.0?by=region_name&where=sex%3DTotal"


def test_csv_has_the_marker_in_a_column_of_its_own():
    lines = figures_csv(figures("small", where=[("sex", "Female"), ("time_period", "2024")])).splitlines()
    assert lines[0] == "\ufeffsex,area,area_code,geographic_level,period,time_identifier,indicator,value,symbol"
    assert lines[1].endswith("posts,,c")


def test_the_package_of_a_release_passes_our_own_screening_and_is_the_same_table(tmp_path):
    with zipfile.ZipFile(io.BytesIO(package(dataset("small")))) as archive:
        assert set(archive.namelist()) == {"small.csv", "small.meta.csv", "datapackage.json"}
        archive.extractall(tmp_path / "again")
    report = ingest(tmp_path / "again/small.csv", by="tests")
    assert "fail" not in {each["outcome"] for each in report.screening}
    again = dataset("small")
    assert again.version == "1.1"
    assert [s for s in again.changes if "revised" in s or "gone" in s or "added" in s] == []
    assert (again.counting, again.location_basis, again.title) == ("workers", "workplace", "A small table")
