"""The same build on one engine after the other: `python -m benchmarks.engines postgres --size 0.1`.

Starts the server that the tests use, loads generated inputs into the schema `extracts` and times
`dbt run`, without data tests; what loading takes is not in it, but `duckdb` reads the files. `spark`
needs the environment that `make test-spark` makes, and is a local session there, a cluster of two
workers with SPARK_CLUSTER=1.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .generate import AS_OF_DATE, generate, tables

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "python")]

REPORTING_START_DATE = "2022-01-01"


def arguments(target: str, folder: Path, inputs: dict[str, str]) -> list[str]:
    settings = {
        **inputs,
        "as_of_date": AS_OF_DATE,
        "reporting_start_date": REPORTING_START_DATE,
    }
    return ["run", "--quiet", "--target", target, "--project-dir", str(ROOT), "--profiles-dir", str(ROOT)] + [
        "--target-path", str(folder / "target"), "--vars", json.dumps(settings)
    ]  # fmt: skip


IN_A_SCHEMA = {"input_schema": "extracts"}


def on_duckdb(inputs: Path, folder: Path) -> float:
    """Seconds of a build on DuckDB, from CSV files."""
    os.environ["SALES_KPIS_DUCKDB_PATH"] = str(folder / "sales_kpis.duckdb")
    command = arguments("duckdb", folder, {"input_dir": str(inputs)})
    start = time.perf_counter()
    subprocess.run([Path(sys.executable).with_name("dbt"), *command], check=True)
    return time.perf_counter() - start


def on_postgres(inputs: Path, folder: Path) -> float:
    """Seconds of a build on a PostgreSQL server."""
    import psycopg2
    from postgres_server import postgres_server

    with postgres_server() as environment:
        os.environ.update(environment)
        with psycopg2.connect(dbname=environment["PGDATABASE"]) as connection:
            cursor = connection.cursor()
            cursor.execute("create schema extracts")
            for name in tables(1):
                table = f"extracts.{name.replace('/', '_')}"
                with (inputs / f"{name}.csv").open(encoding="utf-8") as file:
                    columns = file.readline().strip().split(",")
                    cursor.execute(f"create table {table} ({', '.join(f'{c} text' for c in columns)})")
                    cursor.copy_expert(f"copy {table} from stdin with (format csv)", file)
        start = time.perf_counter()
        subprocess.run([Path(sys.executable).with_name("dbt"), *arguments("postgres", folder, IN_A_SCHEMA)], check=True)
        return time.perf_counter() - start


def on_spark(inputs: Path, folder: Path) -> float:
    """Seconds of a build on Spark; dbt runs in this process, where a local session is."""
    from dbt.cli.main import dbtRunner
    from spark_engine import spark_engine

    with spark_engine(folder / "spark") as spark:
        os.environ.update(spark.environment)
        spark.query("create schema extracts")
        for name in tables(1):
            spark.query(
                f"create table extracts.{name.replace('/', '_')} using parquet as"
                f" select * from parquet.`{inputs / name}.parquet`"
            )
        start = time.perf_counter()
        result = dbtRunner().invoke(arguments("spark", folder, IN_A_SCHEMA))
        seconds = time.perf_counter() - start
        if not result.success:
            raise SystemExit("\n".join(str(item.message) for item in result.result if item.status == "error"))
        return seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engine", choices=["duckdb", "postgres", "spark"])
    parser.add_argument("--size", type=float, default=0.1)
    parser.add_argument("--inputs", type=Path, default=ROOT / "target" / "bench" / "inputs")
    options = parser.parse_args()
    build, format_ = {
        "duckdb": (on_duckdb, "csv"), "postgres": (on_postgres, "csv"), "spark": (on_spark, "parquet"),
    }[options.engine]  # fmt: skip
    inputs = options.inputs / f"{options.size:g}" / format_
    if not (inputs / "reference" / f"kpi_targets.{format_}").exists():
        generate(inputs, options.size, format_)
    with tempfile.TemporaryDirectory(prefix="sales_kpis_bench_") as folder:
        seconds = build(inputs, Path(folder))
    print(f"{options.engine}, size {options.size:g}: {seconds:.0f} s without data tests")


if __name__ == "__main__":
    main()
