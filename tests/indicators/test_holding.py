import duckdb
import pytest
from tests.indicators.tables import held

from iqf.accounts.models import AuditEvent
from iqf.catalogue.queries import NotFoundError
from iqf.indicators import queries, store
from iqf.indicators.models import Column, Dataset, Release

pytestmark = pytest.mark.django_db
FIRST = """
time_period,time_identifier,geographic_level,country_name,sex,posts
2024,Reporting year,National,England,Total,120
2024,Reporting year,National,England,Female,c
2024,Reporting year,National,England,Male,[low]
2023,Reporting year,National,England,Total,
"""


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    return settings.IQF_HOME


def cells(table):
    return duckdb.sql(f"SELECT sex, posts, posts__symbol FROM '{table.path}'").fetchall()


def test_a_marker_stays_a_marker_and_is_no_number(tmp_path):
    table = held(tmp_path, FIRST).table
    assert cells(table) == [
        ("Total", 120.0, None),
        ("Female", None, "c"),
        ("Male", None, "low"),
        ("Total", None, None),
    ]
    assert (table.version, table.current, table.rows) == ("1.0", True, 4)


def test_the_same_bytes_write_nothing(tmp_path):
    held(tmp_path, FIRST)
    counts = [m.objects.count() for m in (Dataset, Release, Column, AuditEvent)]
    again = held(tmp_path, FIRST)
    assert not again.new
    assert again.writes == 0
    assert [m.objects.count() for m in (Dataset, Release, Column, AuditEvent)] == counts


@pytest.mark.parametrize(
    ("printed", "indicators", "version", "said"),
    [
        (FIRST.replace(",120", ",125"), ("posts",), "1.1", '1 value of "posts" revised.'),
        (FIRST.replace("Female,c", "Female,61"), ("posts",), "1.1", '1 value of "posts" revised.'),
        (FIRST + "2025,Reporting year,National,England,Total,9\n", ("posts",), "1.1", "1 row is added."),
        (FIRST.replace("2023,Reporting year,National,England,Total,\n", ""), ("posts",), "2.0", "1 row is gone"),
        (FIRST.replace(",posts", ",jobs"), ("jobs",), "2.0", 'The indicator "posts" is gone.'),
        (FIRST.replace(",sex,", ",gender,"), ("posts",), "2.0", 'The filter "sex" is gone.'),
    ],
)
def test_what_changed_decides_the_version(tmp_path, printed, indicators, version, said):
    before = held(tmp_path, FIRST).table
    after = held(tmp_path, printed, indicators=indicators)
    assert after.table.version == version
    assert any(sentence.startswith(said) for sentence in after.table.changes), after.table.changes
    assert cells(before) == cells(queries.dataset("small", "1.0")), "an earlier release never changes"
    assert queries.dataset("small").version == version
    assert queries.dataset("SMALL").versions == (version, "1.0")


def test_a_dry_run_says_the_version_and_leaves_no_trace(tmp_path, home):
    assert held(tmp_path, FIRST, dry_run=True).table.version == "1.0"
    assert not Release.objects.exists()
    assert not list((home / "statistics").rglob("*.parquet"))


def test_a_folder_left_by_a_run_that_broke_off_is_replaced(tmp_path, home):
    stale = home / "statistics/small/1.0/table.parquet"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"half a table")
    assert len(cells(held(tmp_path, FIRST).table)) == 4


def test_every_hold_is_in_the_trail(tmp_path):
    held(tmp_path, FIRST)
    event = AuditEvent.objects.get(subject="dataset:small")
    assert (event.action, event.after["version"]) == ("hold release", "1.0")


@pytest.mark.parametrize(
    ("code", "version", "said"),
    [
        ("smal", None, 'There is no data set "smal"; did you mean "small"?'),
        ("zzz", None, 'There is no data set "zzz"; see them all with: iqf figures'),
        ("small", "3.1", '"small" has no version "3.1"; it has 1.0.'),
    ],
)
def test_what_is_not_held_is_said_in_one_sentence(tmp_path, code, version, said):
    held(tmp_path, FIRST)
    with pytest.raises(NotFoundError) as error:
        queries.dataset(code, version)
    assert str(error.value) == said


def test_what_is_larger_than_memory_spills_beside_the_tables(home, monkeypatch):
    monkeypatch.setattr(store, "MEMORY", "20MB")
    groups = "SELECT repeat('x', 200) || i AS key, count(*) FROM range(300000) t(i) GROUP BY 1"
    with store.asked() as db:
        assert db.execute(f"SELECT count(*) FROM ({groups})").fetchone() == (300000,)
    assert list((home / "statistics/spill").iterdir())
