"""Spark gives what DuckDB gives: every row of every mart, every accepted and every rejected row.

In an environment of its own: `make test-spark`, with SPARK_CLUSTER=1 on a real cluster.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import FIXTURE_SETTINGS, ROOT, dbt
from engines import SCENARIOS, differences_between
from extracts import fixture_rows, write_extract_of

pytest.importorskip("pyspark", reason="Spark has an environment of its own: `make test-spark`")

from spark_engine import NoSpark, spark_engine  # noqa: E402


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    try:
        with spark_engine(tmp_path_factory.mktemp("spark")) as engine:
            yield engine
    except NoSpark as error:
        pytest.fail(str(error), pytrace=False)


def build(spark, folder, command: str, settings: dict) -> None:
    """Run dbt in this process, where the session is; it must succeed."""
    os.environ.update(spark.environment)
    result = dbtRunner().invoke(
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
            "--quiet",
            "--vars",
            yaml.safe_dump({**settings, "input_schema": "extracts"}),
        ]
    )
    messages = [item.message for item in result.result or [] if item.status in ("error", "fail")]
    assert result.success, "\n".join([str(result.exception or ""), *messages])


@pytest.fixture
def built_on_duckdb(tmp_path):
    """A function that builds tables on DuckDB."""

    def built(tables, settings):
        folder = write_extract_of(tables, tmp_path / "in")
        run = dbt(tmp_path / "duckdb", "run", settings={**settings, "input_dir": str(folder)})
        assert run.code == 0, run.output
        return run

    return built


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_as_on_duckdb(scenario, spark, built_on_duckdb, tmp_path):
    tables = scenario.tables()
    on_duckdb = built_on_duckdb(tables, scenario.settings)
    spark.empty()
    spark.load(tables, tmp_path / "parquet")
    build(spark, tmp_path / "spark", scenario.command, scenario.settings)
    found = differences_between(on_duckdb, spark.relations(), spark.query)
    assert not found, "\n".join(found)


@pytest.mark.skipif(not os.environ.get("SPARK_CLUSTER"), reason="needs a cluster: SPARK_CLUSTER=1")
def test_a_worker_killed_in_the_middle_changes_nothing(spark, built_on_duckdb, tmp_path):
    tables = fixture_rows()
    on_duckdb = built_on_duckdb(tables, FIXTURE_SETTINGS)
    spark.empty()
    spark.load(tables, tmp_path / "parquet")
    spark.query("create schema staging")

    def kill_in_the_middle():
        for _ in range(600):
            if len(spark.query("show tables in staging")) > 20:
                break
            time.sleep(0.5)
        spark.kill_a_worker()

    with ThreadPoolExecutor(1) as pool:
        killed = pool.submit(kill_in_the_middle)
        build(spark, tmp_path / "spark", "run", FIXTURE_SETTINGS)
        killed.result()
    assert spark.workers[0].poll() is not None
    found = differences_between(on_duckdb, spark.relations(), spark.query)
    assert not found, "\n".join(found)
