"""MetricFlow's answers beside the marts': the metrics of a parsed project, asked in this process.

A query of the command `mf` takes seconds, nearly all of them for starting; here MetricFlow writes the
SQL, and whoever has the warehouse runs it.
"""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow.sql.render.postgres import PostgresSQLSqlPlanRenderer
from metricflow.sql.render.sql_plan_renderer import SqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

#: what the marts call a dimension -> what the metrics layer calls it
GROUP_BYS = {
    "annual_contract_value": "customer__{}",
    "customer_lifetime_value": "customer__{}",
    "new_pipeline_leads": "lead__{}",
    "lead_waiting_time": "lead__{}",
    "lead_conversion_rate": "lead__{}",
    "sales_team_retention": "sales_{}",
    "rep_ramp_up_time": "sales_{}",
    "customer_referrals": "customer__{}",
    "customer_retention": "customer__{}",
}
CALENDAR = {"month": "month", "quarter": "quarter", "year": "year"}
FISCAL_CALENDAR = {"month": "month", "quarter": "fiscal_quarter", "year": "fiscal_year"}


@dataclass(frozen=True)
class Warehouse:
    """What MetricFlow asks of a warehouse when it only writes the SQL."""

    sql_engine_type: SqlEngine
    sql_plan_renderer: SqlPlanRenderer


DUCKDB = Warehouse(SqlEngine.DUCKDB, DuckDbSqlPlanRenderer())
POSTGRES = Warehouse(SqlEngine.POSTGRES, PostgresSQLSqlPlanRenderer())


class Metrics:
    """The metrics of a parsed project, and MetricFlow's SQL for them."""

    def __init__(self, target: Path, warehouse: Warehouse = DUCKDB):
        manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
        self.semantic_manifest = parse_manifest_from_dbt_generated_manifest(
            (target / "semantic_manifest.json").read_text(encoding="utf-8")
        )
        self.metrics = {metric["name"]: metric for metric in manifest["metrics"].values()}
        self.columns = {
            (node["name"].removeprefix("kpi_"), name): column
            for node in manifest["nodes"].values()
            if node["name"].startswith("kpi_") and node["resource_type"] == "model"
            for name, column in node["columns"].items()
        }
        self.engine = MetricFlowEngine(SemanticManifestLookup(self.semantic_manifest), warehouse)
        additive = {
            measure.name
            for model in self.semantic_manifest.semantic_models
            for measure in model.measures
            if measure.agg.value in ("sum", "count", "count_distinct")
        }
        #: counts and sums: the marts say 0 where there is nothing, MetricFlow says nothing
        self.totals = {
            name
            for name, metric in self.metrics.items()
            if metric["type"] == "simple"
            and metric["type_params"]["measure"]["name"] in additive
        }

    def of(self, kpi: str) -> dict[str, str]:
        """The KPI's metrics: name -> column of its mart."""
        return {
            name: metric["config"]["meta"]["column"]
            for name, metric in self.metrics.items()
            if metric["config"]["meta"]["kpi"] == kpi
        }

    @functools.cache  # writing the SQL takes MetricFlow longer than the warehouse takes to run it
    def sql(self, **request: tuple[str, ...] | str) -> str:
        explained = self.engine.explain(MetricFlowQueryRequest.create(**request))
        return explained.sql_statement.without_descriptions.sql

    def differences(
        self, query: Callable[[str], list[tuple]], kpi: str, grains: dict[str, str]
    ) -> list[str]:
        """Where MetricFlow and the mart differ, in the mart's periods: by every dimension and grain.

        query: runs SQL on the warehouse; grains: the mart's name of a grain -> MetricFlow's.
        """
        found = []
        columns = self.of(kpi)
        dimensions = query(f"select distinct dimension from marts.kpi_{kpi} order by 1")
        for (dimension,) in dimensions:
            for grain, grain_name in grains.items():
                mart = {
                    row[:2]: dict(zip(columns, row[2:]))
                    for row in query(
                        f"select period_start, dimension_value, {', '.join(columns.values())} "
                        f"from marts.kpi_{kpi} "
                        f"where dimension = '{dimension}' and period_grain = '{grain}'"
                    )
                }
                group_by = [f"metric_time__{grain_name}"]
                if dimension != "company":
                    group_by.append(GROUP_BYS[kpi].format(dimension))
                asked = self.sql(metric_names=tuple(columns), group_by_names=tuple(group_by))
                value = group_by[1] if dimension != "company" else "'all'"
                answer = {
                    row[:2]: dict(zip(columns, row[2:]))
                    for row in query(
                        f"select cast({group_by[0]} as date), {value}, {', '.join(columns)} "
                        f"from ({asked}) as answer"
                    )
                }
                if grain_name == grain and any(period is None for period, _ in answer):
                    found.append(f"{kpi} by {dimension} and {grain}: rows without a period")
                periods = {period for period, _ in mart}
                assert len(mart) > 1, f"{kpi} has nothing to compare by {dimension} and {grain}"
                for key in sorted(mart.keys() | answer.keys(), key=str):
                    if key[0] not in periods:
                        continue
                    for metric in columns:
                        expected, got = (rows.get(key, {}).get(metric) for rows in (mart, answer))
                        if not self.equal(metric, key in mart, expected, got):
                            found.append(
                                f"{metric} by {dimension} and {grain_name}, {key}: "
                                f"{expected} in the mart, {got} of MetricFlow"
                            )
        return found

    def equal(self, metric: str, is_in_mart: bool, expected, got) -> bool:
        """A value of which the KPI has no record has no row in the mart: nothing of it may be more than 0."""
        if not is_in_mart or (expected == 0 and metric in self.totals):
            return got is None or got == 0
        if expected is None or got is None:
            return expected is got
        # the marts round to six decimals
        return abs(Decimal(expected) - Decimal(got)) <= Decimal("0.000001")
