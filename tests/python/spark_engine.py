"""A Spark of the tests' own: a local session, or a standalone cluster behind a Thrift server.

Both come from the pyspark wheel and need Java 17. Everything lies in one folder and is gone with it.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pyspark

from engines import column_names, type_of
from extracts import Rows
from servers import die_with_parent, free_port
from tests.python.reference import TABLES

HOME = Path(pyspark.__file__).parent
INSTALL = "install Java 17 or later, on Debian `apt-get install openjdk-17-jre-headless`"
WORKERS = 2


class NoSpark(Exception):
    """No Spark can be started here; the message says what to install."""


def configured(folder: Path, **settings: str) -> dict[str, str]:
    """Write Spark's configuration into a folder; the environment in which it is found.

    Errors: NoSpark, where Java is missing.
    """
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise NoSpark(f"Spark needs Java, and there is no `java` on the path: {INSTALL}")
    settings = {
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
        ),
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder}",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.local.dir": str(folder / "scratch"),
        "spark.sql.catalogImplementation": "hive",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **settings,
    }
    conf = folder / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "spark-defaults.conf").write_text(
        "".join(f"{name} {value}\n" for name, value in settings.items()), encoding="utf-8"
    )
    (conf / "log4j2.properties").write_text(
        "rootLogger.level = error\nrootLogger.appenderRef.stderr.ref = stderr\n"
        "appender.stderr.type = Console\nappender.stderr.name = stderr\n"
        "appender.stderr.target = SYSTEM_ERR\nappender.stderr.layout.type = PatternLayout\n"
        "appender.stderr.layout.pattern = %p %c: %m%n\n",
        encoding="utf-8",
    )
    return {
        "SPARK_HOME": str(HOME),
        "SPARK_CONF_DIR": str(conf),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": shutil.which("python3") or "python3",
    }


class Spark(ABC):
    """Something that runs SQL: `query` gives rows, `environment` is what dbt needs to reach it."""

    environment: dict[str, str]

    @abstractmethod
    def query(self, sql: str) -> list[tuple]:
        """The rows that a statement gives; none for one that gives nothing."""

    def load(self, tables: Rows, folder: Path) -> None:
        """The tables into the schema `extracts`, all columns text, by way of Parquet files in a folder."""
        folder.mkdir(parents=True)
        self.query("drop schema if exists extracts cascade")
        self.query("create schema extracts")
        for table, rows in tables.items():
            name = table.replace(".", "_")
            columns = column_names(table, rows)
            with duckdb.connect() as connection:
                connection.execute(f"create table t ({', '.join(f'{c} varchar' for c in columns)})")
                texts = ", ".join("unnest(cast(? as varchar[]))" for _ in columns)
                connection.execute(
                    f"insert into t select {texts}",
                    [[row.get(column) for row in rows] for column in columns],
                )
                connection.execute(f"copy t to '{folder / name}.parquet' (format parquet)")
            self.query(
                f"create table extracts.{name} using parquet as"
                f" select * from parquet.`{folder / name}.parquet`"
            )

    def relations(self) -> dict[str, list[tuple[str, str]]]:
        """'marts.kpi_…' -> its columns, each with its type: all marts and accepted rows."""
        found = {}
        for schema, prefix in (("marts", ""), ("publication", ""), ("staging", "stg_")):
            for row in self.query(f"show tables in {schema}"):
                if row[1].startswith(prefix):
                    described = self.query(f"describe {schema}.{row[1]}")
                    found[f"{schema}.{row[1]}"] = [
                        (name, type_of(data_type)) for name, data_type, *_ in described
                    ]
        return found

    def empty(self) -> None:
        """Drop what an earlier build has left."""
        for schema in ("marts", "publication", "intermediate", "staging", "raw"):
            self.query(f"drop schema if exists {schema} cascade")


class LocalSession(Spark):
    """Spark in this process; dbt runs in it, too."""

    def __init__(self, folder: Path):
        os.environ.update(configured(folder, **{"spark.master": "local[2]"}))
        from pyspark.sql import SparkSession

        self.session = SparkSession.builder.enableHiveSupport().getOrCreate()
        self.session.conf.set("spark.sql.session.timeZone", "UTC")
        self.environment = {"SPARK_METHOD": "session"}

    def query(self, sql: str) -> list[tuple]:
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def stop(self) -> None:
        self.session.stop()


class Cluster(Spark):
    """A master, two workers with a core each, and a Thrift server in front, on loopback."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.master_port, self.web_port, self.thrift_port = free_port(), free_port(), free_port()
        self.master = f"spark://127.0.0.1:{self.master_port}"
        configuration = configured(
            folder,
            **{
                "spark.master": self.master,
                "spark.sql.session.timeZone": "UTC",
                "spark.cores.max": str(WORKERS),
                "spark.executor.cores": "1",
                "spark.executor.memory": "2g",
                "spark.hadoop.hive.server2.thrift.bind.host": "127.0.0.1",
                "spark.hadoop.hive.server2.thrift.port": str(self.thrift_port),
            },
        )
        self.daemons = {**os.environ, **configuration}
        self.processes: list[subprocess.Popen] = []
        self.workers: list[subprocess.Popen] = []
        self.environment = {
            "SPARK_METHOD": "thrift",
            "SPARK_HOST": "127.0.0.1",
            "SPARK_PORT": str(self.thrift_port),
        }

    def start(self) -> None:
        deploy = "org.apache.spark.deploy"
        self.run(
            f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(self.master_port),
            "--webui-port", str(self.web_port),
        )  # fmt: skip
        self.wait_for(self.web_port)
        for _ in range(WORKERS):
            self.start_worker()
        self.processes.append(
            subprocess.Popen(
                [HOME / "bin" / "spark-submit", "--class"]
                + ["org.apache.spark.sql.hive.thriftserver.HiveThriftServer2", "spark-internal"],
                env=self.daemons,
                cwd=self.folder,
                stdout=(self.folder / "thrift.log").open("ab"),
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        )
        self.wait_for(self.thrift_port)
        from pyhive import hive

        self.connection = hive.connect("127.0.0.1", self.thrift_port, username="sales_kpis")

    def run(self, *command: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [HOME / "bin" / "spark-class", *command],
            env=self.daemons,
            cwd=self.folder,
            stdout=(self.folder / "daemons.log").open("ab"),
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent,
        )
        self.processes.append(process)
        return process

    def start_worker(self) -> None:
        self.workers.append(
            self.run(
                "org.apache.spark.deploy.worker.Worker", self.master, "--host", "127.0.0.1",
                "--cores", "1", "--memory", "2g", "--webui-port", "0",
                "--work-dir", str(self.folder / "work"),
            )  # fmt: skip
        )

    def wait_for(self, port: int) -> None:
        for _ in range(600):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if any(process.poll() is not None for process in self.processes):
                break
            time.sleep(0.2)
        raise NoSpark(f"the cluster did not start; see the logs in {self.folder}")

    def kill_a_worker(self) -> None:
        """Kill a worker and the executor that it has started, as a machine that fails does."""
        worker = self.workers[0]
        children = subprocess.run(
            ["pgrep", "--parent", str(worker.pid)], capture_output=True, text=True
        )
        for process in [worker.pid, *map(int, children.stdout.split())]:
            os.kill(process, signal.SIGKILL)

    def query(self, sql: str) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            if not cursor.description:
                return []
            # the driver gives dates as text
            dates = [kind == "DATE_TYPE" for _, kind, *_ in cursor.description]
            return [
                tuple(
                    date.fromisoformat(value) if is_date and value else value
                    for value, is_date in zip(row, dates)
                )
                for row in cursor.fetchall()
            ]

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def spark_engine(folder: Path) -> Iterator[Spark]:
    """A local session, or with SPARK_CLUSTER=1 a cluster; stopped afterwards."""
    if not os.environ.get("SPARK_CLUSTER"):
        session = LocalSession(folder)
        try:
            yield session
        finally:
            session.stop()
        return
    cluster = Cluster(folder)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
