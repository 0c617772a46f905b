"""The page as a reader meets it, in a real browser without a network: its figures are those of SQL."""

import json
import os
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from browser import NoBrowser, Reader, started_browser
from conftest import ROOT
from sales_kpis.publication import publication_of
from sales_kpis.published_files import PublishedFiles

SCREENSHOTS = ROOT / "target" / "screenshots"
LANGUAGES = ("tr", "en")


@pytest.fixture(scope="module")
def published(fixture_build, tmp_path_factory) -> PublishedFiles:
    """The fixture, published as a build does."""
    folder = tmp_path_factory.mktemp("page")
    manifest = json.loads((fixture_build.warehouse.parent / "target" / "manifest.json").read_text())
    place = PublishedFiles(folder / "published")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SALES_KPIS_DUCKDB_PATH", str(fixture_build.warehouse))
        place.publish(publication_of(manifest, fixture_build.query, {}))
    return place


@pytest.fixture(scope="module")
def query(published):
    """Rows of a query on what is published, as dictionaries."""
    with duckdb.connect(str(published.folder / "sales_kpis.duckdb"), read_only=True) as connection:

        def rows(sql: str, *given) -> list[dict]:
            result = connection.execute(sql, given)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row)) for row in result.fetchall()]

        yield rows


@pytest.fixture(scope="module")
def browser():
    try:
        with started_browser() as started:
            yield started
    except NoBrowser as error:
        if os.environ.get("REQUIRE_BROWSER"):
            raise
        pytest.skip(str(error))


@pytest.fixture
def reader(browser, published):
    """A reader at a desk; leaves nothing on the console and asks for nothing but the file."""
    reader = Reader(browser, published.folder / "sales_kpis.html")
    yield reader
    assert reader.complaints == []
    assert {url.split("#")[0] for url in reader.requests} <= {reader.file.as_uri(), "about:blank"}
    reader.context.close()


# How figures are written, apart from the page's own way -------------------------------------------


def written(value: Decimal | int | None, unit: str, language: str) -> str:
    """A figure as the page has to write it; half is rounded away from zero."""
    if value is None:
        return "–"
    decimals = {"share": 1, "days": 1, "months": 1, "ratio": 1}.get(unit, 0)
    shown = Decimal(value) * (100 if unit == "share" else 1)
    shown = shown.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(shown):,.{decimals}f}"
    if language == "tr":
        text = text.translate(str.maketrans(",.", ".,"))
    sign = "−" if shown < 0 else ""
    if unit == "share":
        return f"{sign}%{text}" if language == "tr" else f"{sign}{text}%"
    if unit == "currency":
        return f"{sign}₺ {text}" if language == "tr" else f"{sign}₺{text}"
    words = {"days": {"tr": "gün", "en": "days"}, "months": {"tr": "ay", "en": "months"}}
    return f"{sign}{text} {words[unit][language]}" if unit in words else f"{sign}{text}"


def test_figures_are_written_as_people_write_them():
    assert written(Decimal("1234567.5"), "currency", "tr") == "₺ 1.234.568"
    assert written(Decimal("0.2734"), "share", "tr") == "%27,3"
    assert written(Decimal("0.2735"), "share", "en") == "27.4%"
    assert written(Decimal("-1234.56"), "days", "en") == "−1,234.6 days"
    assert written(None, "count", "en") == "–"


# The figures --------------------------------------------------------------------------------------

CHOICES = [
    {},
    {"grain": "month", "period": "2026-10-01"},
    {"grain": "year", "period": "2026-01-01"},
    {"grain": "quarter", "period": "2026-10-01"},
    {"grain": "quarter", "period": "2024-04-01", "dimension": "team", "value": "Inside Sales"},
    {"grain": "month", "period": "2025-03-01", "dimension": "segment", "value": "smb"},
    {"grain": "year", "period": "2025-01-01", "dimension": "source", "value": "web"},
    {"grain": "quarter", "period": "2026-07-01", "dimension": "rep", "value": "unassigned"},
    {"grain": "quarter", "period": "2023-01-01"},
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: "-".join(choice.values()) or "default")
def test_every_card_shows_what_sql_computed(reader, query, language, choice):
    reader.open(lang=language, **choice)
    grain, start = choice.get("grain", "quarter"), choice.get("period", "2026-07-01")
    dimension, value = choice.get("dimension", "company"), choice.get("value", "all")
    kpis = query("select * from marts.dim_kpis order by kpi_number")
    cards = reader.page.query_selector_all("#cards button.card")
    assert [card.get_attribute("data-kpi") for card in cards] == [kpi["kpi"] for kpi in kpis]
    for kpi, card in zip(kpis, cards):
        has = query(f"select count(*) as rows from marts.kpi_{kpi['kpi']} where dimension = ?", dimension)[0]["rows"]
        rows = query(
            "select * from marts.kpi_scorecard where kpi = ? and period_grain = ? and period_start = cast(? as date)"
            " and dimension = ? and dimension_value = ?",
            *(kpi["kpi"], grain, start, *((dimension, value) if has else ("company", "all"))),
        )
        row = rows[0] if rows else {"value": None, "target_value": None, "status": "no_value"}
        text = " ".join(card.inner_text().split())
        figure = " ".join(card.query_selector(".figure").inner_text().split())
        assert kpi[f"kpi_name_{language}"] in text
        assert figure == written(row["value"], kpi["unit"], language), kpi["kpi"]
        if row["target_value"] is not None:
            assert written(row["target_value"], kpi["unit"], language) in text
        tone = "kept_back" if is_hidden(query, kpi["kpi"], row) else row["status"]
        if tone in ("on_target", "off_target") and not final(
            query, kpi["kpi"], grain, start, row["dimension"], row["dimension_value"]
        ):
            # what can still change is said, and not judged in colours
            tone = "provisional"
            assert {"tr": "Şimdilik", "en": "so far"}[language] in text
        assert card.query_selector(f".badge.{tone}") is not None, (kpi["kpi"], text)
        # where a KPI is not kept by the chosen dimension the card says so
        assert (not has) == bool(re.search("Company: not|Şirket geneli", text)), text
        if rows and grain == "quarter" and start == "2026-10-01":
            assert {"tr": "sürüyor", "en": "still running"}[language] in text


def is_hidden(query, kpi, row) -> bool:
    """Whether a team is so small that none of its figures is published."""
    if not row.get("dimension_value") or row["dimension"] == "company":
        return False
    columns = [entry["column_name"] for entry in query("select column_name from marts.dim_kpi_figures where kpi = ?", kpi)]
    (figures,) = query(
        f"select {', '.join(columns)} from marts.kpi_{kpi} where period_grain = ? and period_start = ?"
        " and dimension = ? and dimension_value = ?",
        *(row[name] for name in ("period_grain", "period_start", "dimension", "dimension_value")),
    )
    return not any(value is not None for value in figures.values())


def final(query, kpi, grain, start, dimension="company", value="all") -> bool:
    """Whether a card's figure will not change any more."""
    (row,) = query(
        "select is_complete and is_mature as is_final from marts.rpt_kpi_cards where kpi = ? and period_grain = ?"
        " and period_start = cast(? as date) and dimension = ? and dimension_value = ?",
        *(kpi, grain, start, dimension, value),
    )
    return row["is_final"]


def test_changes_are_written_with_their_sign_and_judged(reader, query):
    reader.open(lang="en", grain="quarter", period="2026-07-01")
    kpis = query("select * from marts.dim_kpis order by kpi_number")
    seen = set()
    for kpi, card in zip(kpis, reader.page.query_selector_all("#cards button.card")):
        (row,) = query(
            "select * from marts.kpi_scorecard where kpi = ? and period_grain = 'quarter'"
            " and period_start = date '2026-07-01' and dimension = 'company'",
            kpi["kpi"],
        )
        lines = card.query_selector_all(".notes > .small")
        for line, change in zip(
            lines,
            (row["change"], None if row["year_ago_value"] is None else row["value"] - row["year_ago_value"]),
        ):
            text = " ".join(line.inner_text().split())
            if change is None:
                assert "no figure to compare" in text
                continue
            amount = written(abs(change), kpi["unit"], "en").replace("%", " pp")
            assert amount in text, (kpi["kpi"], text)
            better = change > 0 if kpi["better"] == "higher" else change < 0
            verdict = "better" if better else "worse" if change else "same"
            if final(query, kpi["kpi"], "quarter", "2026-07-01"):
                assert line.query_selector("b").get_attribute("class") == verdict
                seen.add(verdict)
            else:
                assert line.query_selector("b").get_attribute("class") is None
                assert f"({verdict})" in line.text_content()
    assert {"better", "worse"} <= seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_on_a_card_opens_its_figures_and_its_values(reader, query, language):
    """The trend's rows, the companions and the table of values: every KPI, all its columns."""
    reader.open(lang=language, grain="quarter", period="2026-07-01")
    for kpi in query("select * from marts.dim_kpis order by kpi_number"):
        reader.page.click(f"[data-kpi={kpi['kpi']}]")
        reader.drawn()
        assert reader.text("#detail-title") == kpi[f"kpi_name_{language}"]
        assert reader.text("#detail-definition") == kpi[f"definition_{language}"]
        figures = query("select * from marts.dim_kpi_figures where kpi = ? order by figure_number", kpi["kpi"])
        chosen = "period_grain = 'quarter' and period_start = date '2026-07-01'"
        (company,) = query(f"select * from marts.kpi_{kpi['kpi']} where {chosen} and dimension = 'company'")
        assert reader.table("#companions") == [
            [entry[f"figure_name_{language}"], written(company[entry["column_name"]], entry["unit"], language)]
            for entry in figures
        ]
        by = reader.page.input_value("#by")
        rows = query(f"select * from marts.kpi_{kpi['kpi']} where {chosen} and dimension = ?", by)
        shown = {cells[0]: cells[1:2] + cells[4:] for cells in reader.table("#values")}
        names = {"unassigned": "atanmamış", "unknown": "bilinmiyor"} if language == "tr" else {}
        assert shown == {
            names.get(row["dimension_value"], words_of(by, row["dimension_value"])): [
                written(row[entry["column_name"]], entry["unit"], language) for entry in figures
            ]
            for row in rows
        }, kpi["kpi"]
        # beside its parts a company's count is not drawn
        reader.page.select_option("#by", "company")
        reader.drawn()
        trend = [cells for cells in reader.table("#trend table") if cells[1] in ("Company", "Şirket")]
        values = query(
            f"select {figures[0]['column_name']} as value from marts.kpi_{kpi['kpi']}"
            " where period_grain = 'quarter' and dimension = 'company' order by period_start"
        )
        assert [cells[2] for cells in trend] == [written(row["value"], kpi["unit"], language) for row in values]


def words_of(dimension: str, value: str) -> str:
    """A label was cleaned for the marts; a reader sees its words apart."""
    return value.replace("_", " ") if dimension in ("segment", "source") else value


def test_a_dimension_opens_with_the_value_of_the_highest_figure(reader, query):
    reader.open(lang="en", grain="quarter", period="2026-07-01", kpi="new_pipeline_leads", dimension="rep")
    (highest,) = query(
        "select dimension_value from marts.kpi_new_pipeline_leads where period_grain = 'quarter'"
        " and period_start = date '2026-07-01' and dimension = 'rep' and dimension_value <> 'unassigned'"
        " order by new_leads desc, dimension_value limit 1"
    )
    assert reader.page.input_value("#value") == highest["dimension_value"]


def test_a_click_on_a_heading_sorts_what_is_missing_last(reader, query):
    reader.open(lang="en", kpi="annual_contract_value", by="rep", grain="quarter", period="2026-07-01")
    rows = query(
        "select total_acv from marts.kpi_annual_contract_value where period_grain = 'quarter'"
        " and period_start = date '2026-07-01' and dimension = 'rep'"
    )
    expected = sorted((row["total_acv"] for row in rows), reverse=True)
    place = reader.page.eval_on_selector_all("#values thead th", "heads => heads.map(head => head.textContent)").index(
        "Total annual value"
    )
    for direction, order in (("descending", expected), ("ascending", expected[::-1])):
        reader.page.click(f"#values thead th:nth-child({place + 1}) button")
        reader.drawn()
        head = reader.page.query_selector(f"#values thead th:nth-child({place + 1})")
        assert head.get_attribute("aria-sort") == direction
        assert [cells[place] for cells in reader.table("#values")] == [
            written(value, "currency", "en") for value in order
        ]
    reader.open(lang="en", kpi="lead_conversion_rate", by="rep", grain="month", period="2026-10-01", sort="average_days_to_win:ascending")
    cells = [row[-2] for row in reader.table("#values")]
    assert "–" in cells and cells[cells.index("–") :] == ["–"] * cells.count("–")


CHARTS = {
    "funnel": (
        "rpt_lead_funnel", "stage_number",
        [("leads", "count"), ("share_of_entered", "share"), ("average_days_in_stage", "days"), ("median_days_in_stage", "days")],
    ),
    "bridge": ("rpt_contract_value_bridge", "step_number", [("amount", "currency")]),
}  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("dimension, value", [("company", "all"), ("team", "Inside Sales")])
def test_charts_of_a_period_show_their_marts_rows(reader, query, chart, dimension, value):
    reader.open(lang="en", grain="quarter", period="2025-10-01", dimension=dimension, value=value)
    table, order, columns = CHARTS[chart]
    rows = query(
        f"select * from marts.{table} where period_grain = 'quarter' and period_start = date '2025-10-01'"
        f" and dimension = ? and dimension_value = ? order by {order}",
        *(dimension, value),
    )
    assert rows
    shown = [[cell.lstrip("+") for cell in cells[1:]] for cells in reader.table(f"#chart-{chart} table")]
    assert shown == [[written(row[name], unit, "en") for name, unit in columns] for row in rows]


def test_the_ageing_of_open_leads_is_by_team_and_says_how_many(reader, query):
    reader.open(lang="en", grain="quarter", period="2026-07-01")
    rows = query(
        "select * from marts.rpt_open_lead_ageing where period_grain = 'quarter'"
        " and period_start = date '2026-07-01' and dimension = 'team'"
    )
    shown = {tuple(cells[:2]): cells[2:] for cells in reader.table("#chart-ageing table")}
    names = {"0_30": "0–30", "31_60": "31–60", "61_90": "61–90", "91_180": "91–180", "over_180": "over 180"}
    assert shown == {
        (row["dimension_value"], names[row["bucket"]]): [str(row["open_leads"]), str(row["stale_leads"])]
        for row in rows
    }
    (company,) = query(
        "select * from marts.kpi_lead_waiting_time where period_grain = 'quarter'"
        " and period_start = date '2026-07-01' and dimension = 'company'"
    )
    note = reader.text("#chart-ageing > p")
    assert note.startswith(f"{company['open_leads']} leads open on 30 September 2026")
    assert f"{company['stale_leads']} of them are stale" in note


def test_cohorts_and_ramp_up_show_their_marts_rows(reader, query):
    reader.open(lang="en", dimension="segment", value="smb")
    rows = query(
        "select * from marts.rpt_customer_cohorts where dimension = 'segment' and dimension_value = 'smb'"
        " order by cohort_start, quarters_since"
    )
    assert [cells[1:] for cells in reader.table("#chart-cohorts table")] == [
        [str(row["quarters_since"]), str(row["customers"]), str(row["active_customers"]), written(row["retention_rate"], "share", "en")]
        for row in rows
    ]  # fmt: skip
    rows = query(
        "select * from marts.rpt_ramp_up_curve where dimension = 'company' order by cohort_start, days_since_start"
    )
    assert [cells[1:] for cells in reader.table("#chart-rampUp table")] == [
        [str(row["days_since_start"]), str(row["new_reps"]), str(row["ramped_reps"]), written(row["ramped_share"], "share", "en")]
        for row in rows
        if row["ramped_share"] is not None
    ]  # fmt: skip


def test_small_teams_are_said_to_be_hidden(reader, query):
    """What small_group_minimum hides is neither on the page nor in the file."""
    (row,) = query(
        "select dimension_value, period_start from marts.kpi_sales_team_retention where period_grain = 'quarter'"
        " and dimension = 'team' and headcount_start is null order by period_start desc, 1 limit 1"
    )
    reader.open(lang="en", grain="quarter", period=str(row["period_start"]), dimension="team", value=row["dimension_value"])
    card = reader.text("[data-kpi=sales_team_retention]")
    assert "Too few people to show" in card and "–" in card


# The page -----------------------------------------------------------------------------------------


def test_filters_stand_in_the_address_and_the_address_opens_the_view(reader):
    reader.open(lang="tr").choose(grain="year", period="2025-01-01", dimension="region", value="Marmara")
    reader.page.click("[data-kpi=customer_retention]")
    reader.drawn()
    cards, address = reader.text("#cards"), reader.page.url.split("#")[1]
    again = reader.open(**dict(pair.split("=") for pair in address.split("&")))
    assert again.text("#cards") == cards
    assert again.page.get_attribute("[data-kpi=customer_retention]", "aria-pressed") == "true"


def test_an_address_of_something_that_is_not_there_opens_the_default(reader):
    default = reader.open(lang="en").text("#cards")
    assert reader.open(lang="en", grain="week", period="1999-01-01", dimension="x", value="y", kpi="z", by="q", sort="w").text("#cards") == default


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_in_the_way_of_a_screen_reader(reader, language, theme):
    reader.open(lang=language, theme=theme, dimension="team")
    for summary in reader.page.query_selector_all("summary"):
        summary.click()
    assert reader.violations() == []
    assert reader.page.get_attribute("html", "lang") == language
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    reader.open(lang=language, theme=theme).page.screenshot(
        path=SCREENSHOTS / f"page_{language}_{theme}.png", full_page=True
    )


def test_the_keyboard_is_enough(reader):
    reader.open(lang="en")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    reader.page.focus("[data-kpi=customer_referrals]")
    reader.page.keyboard.press("Enter")
    reader.drawn()
    assert reader.text("#detail-title") == "Customer Referrals"
    assert reader.page.evaluate("document.activeElement.dataset.kpi") == "customer_referrals"


@pytest.mark.parametrize("width", [360, 390, 768])
def test_nothing_is_wider_than_a_telephone(browser, published, width):
    reader = Reader(browser, published.folder / "sales_kpis.html", width=width, has_touch=True)
    reader.open(lang="tr", dimension="team")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.complaints == []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    reader.page.screenshot(path=SCREENSHOTS / f"page_tr_{width}.png", full_page=True)
    reader.context.close()


def test_it_prints_on_a4(reader):
    reader.open(lang="tr", theme="dark")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    printed = reader.page.pdf(path=SCREENSHOTS / "page_tr.pdf", format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4
    reader.page.emulate_media(media="print")
    assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not reader.page.is_visible("#filters")


def test_names_are_texts_whatever_is_in_them(reader):
    """The fixture has regions that look like HTML, formulas and templates."""
    reader.open(lang="en", dimension="region", value="%3Cb%3EEge%3C/b%3E", by="region")
    assert "<b>Ege</b>" in reader.page.inner_text("#values")
    assert reader.page.query_selector("#values b, #trend b") is None


def test_the_file_asks_for_nothing_and_is_small(published):
    path = published.folder / "sales_kpis.html"
    html = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 2_000_000
    assert "default-src 'none'" in html
    without_scripts = re.sub(r"(?s)<script>.*?</script>", "", html)
    assert not re.search(r"<(?:link|img|iframe|script)[^>]+(?:src|href)=|url\(|@import", without_scripts)


def test_the_page_is_of_the_version_beside_it(published, query):
    (run,) = query("select run_id from marts.published_run")
    link = published.folder / "sales_kpis.html"
    assert link.is_symlink() and link.resolve().parent.name == run["run_id"]
    path = published.write_page()
    assert path == link and path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_no_list_of_the_kpis_is_kept_in_the_page():
    """A tenth KPI comes by itself: the page's own files name those alone that a chart is drawn from."""
    catalogue = (ROOT / "macros" / "marts" / "kpi_catalogue.sql").read_text(encoding="utf-8")
    kpis = re.findall(r"'kpi': '(\w+)'", catalogue)
    parts = Path(ROOT / "sales_kpis" / "page")
    written_there = "".join(path.read_text(encoding="utf-8") for path in sorted(parts.iterdir()) if path.is_file())
    assert len(kpis) >= 9
    assert {kpi for kpi in kpis if kpi in written_there} <= {"lead_waiting_time", "customer_referrals"}
