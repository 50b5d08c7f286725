"""The measures of statistical tables on Apache Spark, in this process: equal to what DuckDB answers, row by row."""

import pytest
from tests.indicators import small_tables
from tests.indicators.every_measure import every_measure

from iqf.indicators import measures

pytestmark = [
    pytest.mark.spark,
    # Spark 4 asks pandas 3 in ways it no longer needs, and leaves sockets to its Java half to close.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()
    patch.undo()


def test_spark_answers_as_duckdb_does(spark, tmp_path):
    import ibis

    paths = (small_tables.starts(tmp_path), small_tables.aims(tmp_path))
    engine = ibis.pyspark.connect(spark)
    there = every_measure(*(engine.read_parquet(str(path)) for path in paths))
    here = every_measure(*(measures.parquet(path) for path in paths))
    for name, measure in here.items():
        rows = measures.answer(measure)
        assert rows, name
        assert measures.answer(there[name]) == rows, name
