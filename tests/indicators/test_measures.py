"""Measures of statistical tables: sums, shares and rates against a plain reckoning; nothing hidden counts as 0."""

import ibis
import pytest
from ibis.backends.sql.compilers import PostgresCompiler, PySparkCompiler
from ibis.config import Config
from tests.indicators import small_tables
from tests.indicators.every_measure import BOUNDS, REGION, YEAR, every_measure

from iqf.indicators import measures


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    return tuple(measures.parquet(path) for path in (small_tables.starts(folder), small_tables.aims(folder)))


def by_key(rows, *keys):
    return {tuple(row[k] for k in keys): row for row in rows}


@pytest.mark.parametrize("by", [(REGION,), (YEAR, "cluster"), (YEAR, REGION, "cluster")])
@pytest.mark.parametrize("indicator", ["starts", "people"])
def test_sums_are_those_reckoned_by_hand(tables, by, indicator):
    found = by_key(measures.answer(measures.added(tables[0], by, indicator, BOUNDS)), *by)
    sums = {
        k: tuple(r[c] for c in ("cells", "missing", "symbol", "total", "at_least", "at_most"))
        for k, r in found.items()
    }
    assert sums == small_tables.added_by_hand(indicator, *by)


def test_a_suppressed_cell_leaves_bounds_and_no_total(tables):
    found = by_key(measures.answer(every_measure(*tables)["added"]), REGION)
    hidden, unbounded, half = (found[(code,)] for code in ("E12000002", "E12000003", "E12000004"))
    assert (hidden["total"], hidden["at_least"], hidden["at_most"]) == (None, 70, 74)
    assert (unbounded["total"], unbounded["at_least"], unbounded["at_most"]) == (None, 0, None)
    assert (half["cells"], half["total"]) == (1, 10)


def test_without_a_rule_of_protection_nothing_bounds_a_hidden_count_from_above(tables):
    (row,) = measures.answer(measures.added(measures.chosen(tables[0], {REGION: ["E12000002"]}), [REGION], "starts"))
    assert (row["at_least"], row["at_most"]) == (70, None)


def test_no_share_is_built_on_a_whole_that_lacks_a_part(tables):
    shares = every_measure(*tables)
    assert {row["share"] for row in measures.answer(shares["shares of all"])} == {None}
    within = by_key(measures.answer(shares["shares within years"]), YEAR, "cluster")
    assert within[("2024", "Care")]["share"] == pytest.approx(170 / 280)
    assert within[("2025", "Youth")]["share"] is None


def test_rates_come_from_sums_and_a_rate_of_none_is_null(tables):
    found = {row[REGION]: row["rate"] for row in measures.answer(every_measure(*tables)["rates"])}
    assert found["E12000001"] == pytest.approx(100 * 50 / 90)
    assert [found[f"E1200000{n}"] for n in (2, 3, 4)] == [None, None, None]


def test_people_are_counted_once_however_many_aims_they_have(tables):
    found = by_key(measures.answer(every_measure(*tables)["learners"]), REGION, "cluster", "level")
    youth = found[("E12000001", "Youth", "2")]
    assert (youth["learners"], youth["aims"]) == (2, 3)
    whole = measures.answer(measures.learners(tables[1], [REGION]))
    assert [row["learners"] for row in whole] == [2, 1]


def test_learners_stand_beside_people_and_an_area_that_one_table_lacks_stays(tables):
    starts, _ = tables
    some = measures.chosen(starts, {YEAR: ["2025"]})
    both = measures.beside(
        measures.added(some, [REGION], "starts"), measures.added(starts, [REGION], "people"), REGION
    )
    found = by_key(measures.answer(both), REGION)
    assert (found[("E12000001",)]["learners"], found[("E12000001",)]["base"]) == (35, 135)
    assert (found[("E12000002",)]["learners"], found[("E12000002",)]["base"]) == (None, 110)


def test_a_table_is_asked_from_any_thread_and_again(tables, tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    path = small_tables.aims(tmp_path)
    with ThreadPoolExecutor(3) as pool:
        counts = [
            row["aims"] for rows in pool.map(lambda _: _asked(path), range(6)) for row in rows if row["aims"] == 4
        ]
    assert counts == [4] * 6


def _asked(path):
    return measures.answer(measures.learners(measures.parquet(path), [REGION]))


class _Spark(Config):
    """The one option that the compiler reads; the rest of the engine needs Java and is not loaded here."""

    treat_nan_as_null: bool = False


@pytest.mark.parametrize("compiler", [PySparkCompiler, PostgresCompiler])
def test_the_same_measures_compile_for_other_engines(tables, compiler, monkeypatch):
    monkeypatch.setattr(ibis.options, "pyspark", ibis.options.pyspark or _Spark())
    texts = {
        name: compiler().to_sqlglot(measure).sql(dialect=compiler.dialect)
        for name, measure in every_measure(*tables).items()
    }
    quoted = '"{}"' if compiler is PostgresCompiler else "`{}`"
    assert all(quoted.format(REGION) in text for name, text in texts.items() if name != "shares within years")
    assert "COUNT(DISTINCT" in texts["learners"]
    assert "OVER (PARTITION BY" in texts["shares within years"]
    assert "FULL OUTER JOIN" in texts["beside"]
