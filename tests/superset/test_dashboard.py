"""A Superset of its own, from nothing, imports the published dashboard and shows what is published.

`make test-superset`, in an environment of its own and with its older DuckDB; needs `make build` and `make
exports` before.
"""

import math
import os
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import sqlalchemy
import yaml

ROOT = Path(__file__).resolve().parents[2]

PUBLISHED = Path(os.environ.get("SALES_KPIS_PUBLISHED", ROOT / "published")).resolve()

BUNDLE = PUBLISHED / "exports" / "superset.zip"


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """A copy of the published folder, which a test may change."""
    folder = tmp_path_factory.mktemp("readers") / "published"
    shutil.copytree(PUBLISHED, folder, symlinks=True)
    return folder


@pytest.fixture(scope="module")
def bundle(published, tmp_path_factory) -> Path:
    """The bundle, with the copy's address."""
    path = tmp_path_factory.mktemp("bundle") / "superset.zip"
    with zipfile.ZipFile(BUNDLE) as archive, zipfile.ZipFile(path, "w") as copy:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            if name.startswith("sales_kpis/databases/"):
                assert str(PUBLISHED) in text
                text = text.replace(str(PUBLISHED), str(published))
            copy.writestr(name, text)
    return path


@pytest.fixture(scope="module")
def client(bundle, tmp_path_factory):
    """A client of a Superset with an empty metadata database, into which the bundle has been imported."""
    folder = tmp_path_factory.mktemp("superset")
    (folder / "superset_config.py").write_text(
        f"SECRET_KEY = 'known to everybody, and of one test alone'\n"
        f"SQLALCHEMY_DATABASE_URI = 'sqlite:///{folder}/superset.db?check_same_thread=false'\n"
        f"WTF_CSRF_ENABLED = False\n"
        f"RATELIMIT_ENABLED = False\n"
        f"TALISMAN_ENABLED = False\n"
    )
    os.environ["SUPERSET_CONFIG_PATH"] = str(folder / "superset_config.py")
    os.environ["SUPERSET_HOME"] = str(folder)
    os.environ["FLASK_APP"] = "superset.app:create_app()"
    for command in (
        ["db", "upgrade"],
        ["fab", "create-admin", "--username", "admin", "--firstname", "A", "--lastname", "B"]
        + ["--email", "admin@example.com", "--password", "admin"],
        ["init"],
        ["import-dashboards", "--path", str(bundle), "--username", "admin"],
    ):
        finished = subprocess.run(
            [str(Path(sys.executable).with_name("superset")), *command],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert finished.returncode == 0, finished.stdout[-5000:]
    from superset.app import create_app

    client = create_app().test_client()
    answer = client.post(
        "/api/v1/security/login",
        json={"username": "admin", "password": "admin", "provider": "db"},
    )
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {answer.json['access_token']}"
    return client


@pytest.fixture(scope="module")
def charts(client) -> dict[str, int]:
    """uuid -> id of every chart that Superset has."""
    found = client.get("/api/v1/chart/", query_string={"q": "(page_size:100)"}).json["result"]
    ids = [chart["id"] for chart in found]
    return {client.get(f"/api/v1/chart/{number}").json["result"]["uuid"]: number for number in ids}


def bundled(kind: str, bundle: Path = BUNDLE) -> dict[str, dict]:
    """name -> content of the bundle's files of a kind."""
    with zipfile.ZipFile(bundle) as archive:
        return {
            Path(name).stem: yaml.safe_load(archive.read(name))
            for name in archive.namelist()
            if name.startswith(f"sales_kpis/{kind}/")
        }


def query(sql: str) -> list[tuple]:
    with duckdb.connect(str(PUBLISHED / "sales_kpis.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


KPIS = [name for (name,) in query("select kpi from marts.dim_kpis order by kpi_number")]


def data_of(client, chart: int) -> list[dict]:
    answer = client.get(f"/api/v1/chart/{chart}/data/", query_string={"force": "true"})
    assert answer.status_code == 200, answer.text
    (result,) = answer.json["result"]
    assert result["error"] is None
    return result["data"]


def is_close(shown, published) -> bool:
    if isinstance(published, (Decimal, float)):
        return math.isclose(shown, published, rel_tol=1e-12)
    return shown == published


def test_the_bundle_has_a_chart_for_each_kpi_and_the_table(client, charts):
    content = bundled("charts")
    assert set(content) == {"latest_quarter", *KPIS}
    assert set(charts) == {chart["uuid"] for chart in content.values()}
    (dashboard,) = client.get("/api/v1/dashboard/").json["result"]
    on_it = client.get(f"/api/v1/dashboard/{dashboard['id']}/charts").json["result"]
    assert {chart["id"] for chart in on_it} == set(charts.values())


@pytest.mark.parametrize("kpi", KPIS)
def test_a_trend_shows_what_is_published(client, charts, kpi):
    ((column,),) = query(f"select value_column from marts.dim_kpis where kpi = '{kpi}'")
    published = query(
        f"select epoch_ms(period_start::timestamp), {column} from marts.kpi_{kpi}"
        " where period_grain = 'month' and dimension = 'company' and is_complete order by all"
    )
    shown = data_of(client, charts[bundled("charts")[kpi]["uuid"]])
    shown = sorted(((row["period_start"], row[column]) for row in shown), key=lambda row: row[0])
    assert len(shown) == len(published) > 12
    for (month, value), (published_month, published_value) in zip(shown, published):
        assert month == published_month
        assert is_close(value, published_value), (kpi, month)


def test_the_table_shows_the_latest_quarter(client, charts):
    published = query(
        """
        select
            kpi_name_en, kpi_name_tr, value, target_value, change, year_ago_value, status, unit,
            epoch_ms(period_start::timestamp)
        from marts.kpi_scorecard inner join marts.dim_kpis using (kpi, kpi_name_en, kpi_name_tr, unit)
        where period_grain = 'quarter' and dimension = 'company' and period_start = (
            select max(period_start) from marts.kpi_scorecard where period_grain = 'quarter' and is_complete
        )
        order by kpi_number
        """
    )
    shown = data_of(client, charts[bundled("charts")["latest_quarter"]["uuid"]])
    assert len(shown) == len(published) == len(KPIS)
    for row, (name_en, name_tr, *values, status, unit, start) in zip(shown, published):
        assert (row["kpi_name_en"], row["kpi_name_tr"], row["status"]) == (name_en, name_tr, status)
        assert row["period_start"] == start
        for column, value in zip(["value", "target_value", "change", "year_ago_value"], values):
            in_percent = value * 100 if unit == "share" and value is not None else value
            assert is_close(row[column], in_percent), (name_en, column)


@pytest.mark.parametrize("statement", ["create table marts.mine as select 1 as i", "delete from marts.dim_kpis"])
def test_superset_cannot_write_into_what_is_published(client, bundle, statement):
    (database,) = client.get("/api/v1/database/").json["result"]
    answer = client.post(
        "/api/v1/sqllab/execute/", json={"database_id": database["id"], "sql": statement, "runAsync": False}
    )
    assert answer.status_code != 200
    # nor could it if somebody allowed it there; the copy's address, in case it can
    engine = sqlalchemy.create_engine(bundled("databases", bundle)["sales_kpis"]["sqlalchemy_uri"])
    with pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only mode"):
        engine.execute(statement)


def test_a_new_version_shows_without_a_restart(client, charts, published):
    chart = charts[bundled("charts")[KPIS[0]]["uuid"]]
    before = data_of(client, chart)
    ((column,),) = query(f"select value_column from marts.dim_kpis where kpi = '{KPIS[0]}'")
    shutil.copytree((published / "current").resolve(), published / "versions" / "next", symlinks=True)
    with duckdb.connect(str(published / "versions" / "next" / "sales_kpis.duckdb")) as connection:
        connection.execute(f"update marts.kpi_{KPIS[0]} set {column} = 2 * {column}")
    (published / "new").symlink_to(Path("versions", "next"))
    os.replace(published / "new", published / "current")
    after = data_of(client, chart)
    assert [row[column] for row in after] == [2 * row[column] for row in before]


def test_importing_again_replaces_what_was_there_but_the_address(client, charts, published):
    # this one has the address at which the file was made
    with BUNDLE.open("rb") as file:
        answer = client.post(
            "/api/v1/dashboard/import/", data={"formData": (file, "superset.zip"), "overwrite": "true"}
        )
    assert answer.status_code == 200, answer.text
    assert len(client.get("/api/v1/dashboard/").json["result"]) == 1
    assert client.get("/api/v1/chart/").json["count"] == len(charts)
    (database,) = client.get("/api/v1/database/").json["result"]
    connection = client.get(f"/api/v1/database/{database['id']}/connection").json["result"]
    assert str(published) in connection["sqlalchemy_uri"]
