"""Spark gives what DuckDB gives: every row of every mart, every accepted and every rejected row.

In an environment of its own: `make test-spark`, with SPARK_CLUSTER=1 on a real cluster.
"""

import os

import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import ROOT, dbt
from engines import SCENARIOS, differences_between
from extracts import write_extract_of

pytest.importorskip("pyspark", reason="Spark has an environment of its own: `make test-spark`")

from spark_engine import NoSpark, spark_engine  # noqa: E402


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    try:
        with spark_engine(tmp_path_factory.mktemp("spark")) as engine:
            yield engine
    except NoSpark as error:
        pytest.fail(str(error), pytrace=False)


def build(spark, folder, command: str, settings: dict):
    """Run dbt in this process, where the session is; its result."""
    os.environ.update(spark.environment)
    return dbtRunner().invoke(
        [
            command,
            "--target",
            "spark",
            "--project-dir",
            str(ROOT),
            "--profiles-dir",
            str(ROOT),
            "--target-path",
            str(folder),
            "--vars",
            yaml.safe_dump({**settings, "input_schema": "extracts"}),
        ]
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_as_on_duckdb(scenario, spark, tmp_path):
    tables = scenario.tables()
    folder = write_extract_of(tables, tmp_path / "in")
    on_duckdb = dbt(
        tmp_path / "duckdb", "run", settings={**scenario.settings, "input_dir": str(folder)}
    )
    assert on_duckdb.code == 0, on_duckdb.output
    spark.empty()
    spark.load(tables, tmp_path / "parquet")
    result = build(spark, tmp_path / "spark", scenario.command, scenario.settings)
    messages = [item.message for item in result.result or [] if item.status in ("error", "fail")]
    assert result.success, "\n".join([str(result.exception or ""), *messages])
    found = differences_between(on_duckdb, spark.relations(), spark.query)
    assert not found, "\n".join(found)
