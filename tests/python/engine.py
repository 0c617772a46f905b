"""Run the project's compiled SQL without dbt, on a DuckDB in memory: a company in a fraction of a second.

dbt parses the project once and compiles it once per set of settings; after that a company is its
raw rows, loaded into the seeds' tables, and the models' statements in the order of their arrows.
"""

import graphlib
from typing import TYPE_CHECKING

import duckdb

from tests.python.reference import TABLES

if TYPE_CHECKING:
    from conftest import ParsedProject


class Engine:
    """The compiled models of one set of settings."""

    def __init__(self, project: "ParsedProject", settings: dict):
        result = project.invoke(
            "compile",
            "-s",
            "resource_type:model",
            "--exclude",
            "resource_type:test",
            settings=settings,
        )
        assert result.success, result.exception
        nodes = {item.node.unique_id: item.node for item in result.result.results}
        arrows = {name: set(node.depends_on.nodes) & nodes.keys() for name, node in nodes.items()}
        models = [nodes[name] for name in graphlib.TopologicalSorter(arrows).static_order()]
        #: (relation, its select) in the order of the arrows
        self.selects = [(model.relation_name, model.compiled_code) for model in models]
        # parsing is a fifth of a small company's build, so it is done once
        self.statements = [
            statement
            for model in models
            for statement in duckdb.extract_statements(
                f"create {model.config.materialized} {model.relation_name} as {model.compiled_code}"
            )
        ]

    def build(self, tables: dict[str, list[dict]]) -> "Warehouse":
        """The marts of a company: 'crm.leads' -> raw rows, each a dictionary of column -> text or None."""
        connection = duckdb.connect(":memory:", config={"threads": 1})
        connection.execute("attach ':memory:' as sales_kpis; use sales_kpis")
        for schema in ("raw", "staging", "intermediate", "marts", "publication"):
            connection.execute(f"create schema {schema}")
        for table, columns in TABLES.items():
            name = f"raw.raw_{table.replace('.', '__')}"
            connection.execute(
                f"create table {name} ({', '.join(f'{c.name} varchar' for c in columns)})"
            )
            rows = tables.get(table, [])
            # a parameter for each column: one for each row takes a hundred times as long
            texts = ", ".join("unnest(cast(? as varchar[]))" for _ in columns)
            connection.execute(
                f"insert into {name} select {texts}",
                [[row.get(column.name) for row in rows] for column in columns],
            )
        for statement in self.statements:
            connection.execute(statement)
        return Warehouse(connection)


class Warehouse:
    """What an engine has built; read it as a dbt run is read."""

    def __init__(self, connection):
        self.connection = connection

    def query(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    def marts(self) -> dict[str, list[dict]]:
        """All marts: name -> rows, each a dictionary of column -> value."""
        found = {}
        for name, columns in self.query(
            "select table_name, list(column_name order by column_index) from duckdb_columns() "
            "where schema_name = 'marts' group by all order by all"
        ):
            found[name] = [dict(zip(columns, row)) for row in self.query(f"from marts.{name}")]
        return found
