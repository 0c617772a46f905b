// The page: what is chosen, and how it is shown. The choice stands in the address.

const GRAINS = ["month", "quarter", "year"];
const state = { lang: "en", theme: "auto", grain: "quarter", period: "", dimension: "company", value: "all", kpi: "", by: "", sort: "" };

let tables, kpis, dimensions, periods, reportingCurrency, asOf, fiscalYearStart, repNames;

const element = (id) => document.getElementById(id);

/** A new element: its attributes, then its children (elements or texts). */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// What the tables hold ----------------------------------------------------------------------------

function readTables() {
  const settings = new Map(tables.settings_in_use.rows().map((row) => [row.setting, row.setting_value]));
  reportingCurrency = settings.get("reporting_currency");
  asOf = settings.get("as_of_date");
  fiscalYearStart = Number(settings.get("fiscal_year_start_month"));
  repNames = new Map((tables.dim_rep_names?.rows() ?? []).map((row) => [row.user_id, row.rep_name]));
  kpis = tables.dim_kpis.rows().sort((one, other) => one.kpi_number - other.kpi_number);
  for (const kpi of kpis) {
    kpi.table = tables[`kpi_${kpi.kpi}`];
    kpi.figures = tables.dim_kpi_figures.where({ kpi: kpi.kpi });
    kpi.dimensions = inOrder((kpi.table.columns.dimension.texts ?? []).filter((name) => name !== "company"));
  }
  dimensions = inOrder([...new Set(kpis.flatMap((kpi) => kpi.dimensions))]);
  periods = Object.fromEntries(
    GRAINS.map((grain) => [
      grain,
      tables.dim_periods
        .where({ period_grain: grain })
        .sort((one, other) => (one.period_start < other.period_start ? -1 : 1)),
    ]),
  );
}

/** Dimensions as they stand in the texts; one that is not named there comes first. */
function inOrder(names) {
  const order = Object.keys(TEXTS);
  return names.sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

/** The row of a KPI for a period and a dimension value: the card's columns and the KPI's figures, or null. */
function rowOf(kpi, period, dimension, value) {
  const wanted = { period_grain: state.grain, period_start: period, dimension, dimension_value: value };
  const row = kpi.table.where(wanted)[0];
  return row ? { ...row, value: row[kpi.value_column] } : null;
}

/** What is shown of a KPI, or of a chart's table: the chosen dimension value where it has that dimension. */
function shown(ofDimensions) {
  return state.dimension === "company" || ofDimensions.includes(state.dimension)
    ? { dimension: state.dimension, value: state.value, isInstead: false }
    : { dimension: "company", value: "all", isInstead: true };
}

const kpiName = (kpi) => kpi[`kpi_name_${state.lang}`];
const figureName = (entry) => entry[`figure_name_${state.lang}`];
const currentPeriod = () => periods[state.grain].find((period) => period.period_start === state.period);
const nameOf = (period) => periodName(period.period_grain, period.period_start, period.period_end);
const chosenKpi = () => kpis.find((kpi) => kpi.kpi === state.kpi);

function selectionName({ dimension, value, isInstead }) {
  if (isInstead) return say("company_chart", { dimension: say(state.dimension).toLocaleLowerCase(locale()) });
  if (dimension === "company") return say("company");
  return `${say(dimension)}: ${valueName(dimension, value)}`;
}

/** Figures about people are all missing where there are too few of them. */
const isHidden = (kpi, row) => row && row.status !== "not_measured" && row.dimension !== "company" && kpi.figures.every((entry) => row[entry.column_name] === null);

// The choice --------------------------------------------------------------------------------------

/** Take the choice from the address; what is not there or does not exist becomes the default. */
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const pick = (name, allowed, standard) => (allowed.includes(given.get(name)) ? given.get(name) : standard);
  state.lang = pick("lang", ["tr", "en"], navigator.language.startsWith("tr") ? "tr" : "en");
  state.theme = pick("theme", ["auto", "light", "dark"], "auto");
  state.grain = pick("grain", GRAINS, "quarter");
  state.dimension = pick("dimension", dimensions, "company");
  state.kpi = pick("kpi", kpis.map((kpi) => kpi.kpi), kpis[0].kpi);
  state.value = given.get("value") ?? "all";
  state.period = given.get("period") ?? "";
  state.by = given.get("by") ?? "";
  state.sort = given.get("sort") ?? "";
  settle();
}

/** Replace what the rest of the choice does not allow. */
function settle() {
  const offered = periods[state.grain];
  if (!currentPeriod()) {
    // the last period that is over, or the only one there is
    state.period = (offered.findLast((period) => period.is_complete) ?? offered.at(-1)).period_start;
  }
  const values = valuesOf(state.dimension);
  if (!values.includes(state.value)) state.value = largestOf(values);
  const { dimensions: offeredDimensions } = chosenKpi();
  if (!["company", ...offeredDimensions].includes(state.by)) {
    state.by = offeredDimensions.includes(state.dimension) ? state.dimension : (offeredDimensions[0] ?? "company");
  }
}

/** The value with which a dimension opens: the one of the chosen KPI's highest figure, where it has one. */
function largestOf(values) {
  const { table, value_column: column } = chosenKpi();
  const rows = table
    .where({ period_grain: state.grain, period_start: state.period, dimension: state.dimension })
    .filter((row) => row[column] !== null && values.includes(row.dimension_value) && !isNobody(row.dimension_value));
  const largest = rows.reduce((one, other) => (one && one[column] >= other[column] ? one : other), null);
  return largest?.dimension_value ?? values[0];
}

function choose(changes) {
  Object.assign(state, changes);
  settle();
  const address = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
  history.replaceState(null, "", `#${address}`);
  render();
}

/** All values of a dimension, in the order of the reader's alphabet; what nothing is known of comes last. */
function valuesOf(dimension) {
  if (dimension === "company") return ["all"];
  const values = new Set();
  for (const kpi of kpis.filter((entry) => entry.dimensions.includes(dimension))) {
    for (const value of kpi.table.distinct("dimension_value", { dimension })) values.add(value);
  }
  const byName = new Intl.Collator(locale(), { numeric: true }).compare;
  return [...values].sort(
    (one, other) => isNobody(one) - isNobody(other) || byName(valueName(dimension, one), valueName(dimension, other)),
  );
}

// The parts of the page ---------------------------------------------------------------------------

function options(id, entries, chosen) {
  element(id).replaceChildren(
    ...entries.map(([value, name]) => make("option", { value, selected: value === chosen }, name)),
  );
  element(id).value = chosen;
}

function renderFilters() {
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  document.documentElement.lang = state.lang;
  const isDark = state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  document.title = say("title");
  const selection = { dimension: state.dimension, value: state.value };
  element("subtitle").textContent = [say("subtitle", { day: day(asOf) }), nameOf(currentPeriod()), selectionName(selection)].join(" · ");
  element("filters").setAttribute("aria-label", say("filters"));
  options("grain", GRAINS.map((grain) => [grain, say(grain)]), state.grain);
  const offered = [...periods[state.grain]].reverse();
  options(
    "period",
    offered.map((period) => [period.period_start, nameOf(period) + (period.is_complete ? "" : ` (${say("running")})`)]),
    state.period,
  );
  options("dimension", ["company", ...dimensions].map((name) => [name, say(name)]), state.dimension);
  element("value-label").hidden = state.dimension === "company";
  element("value-name").textContent = say(state.dimension);
  options("value", valuesOf(state.dimension).map((value) => [value, valueName(state.dimension, value)]), state.value);
  options("theme", ["auto", "light", "dark"].map((name) => [name, say(name)]), state.theme);
  element("languages").setAttribute("aria-label", say("language"));
  element("languages").replaceChildren(
    ...["tr", "en"].map((lang) =>
      make("button", { type: "button", lang, "data-key": lang, "aria-pressed": String(state.lang === lang), onclick: () => choose({ lang }) }, lang.toUpperCase()),
    ),
  );
}

const MARKS = { on_target: "✓", off_target: "!", no_target: "", no_value: "–", not_measured: "–", kept_back: "–" };
const ARROWS = { "-1": "▼", 0: "■", 1: "▲" };

/** "▲ +2,1 puan önceki çeyreğe göre", coloured by whether that is better. */
function changeText(change, verdict, unit, against, isFinal) {
  if (change === null) return make("span", { class: "small" }, `– ${say(against)}: ${say("no_change")}`);
  const text = difference(change, unit);
  // what rounds to nothing is neither better nor worse to the eye
  const seen = /[1-9]/.test(text) ? verdict : "same";
  return make(
    "span",
    { class: "small change" },
    make("b", { class: isFinal ? seen : null }, `${ARROWS[seen === "same" ? 0 : Math.sign(change)]} ${text}`),
    ` ${say(against)}`,
    make("span", { class: "visually-hidden" }, ` (${say(seen)})`),
  );
}

function card(kpi) {
  const { dimension, value, isInstead } = shown(kpi.dimensions);
  const row = rowOf(kpi, state.period, dimension, value);
  const notes = [];
  if (isInstead) notes.push(say("company_instead", { dimension: say(state.dimension).toLocaleLowerCase(locale()) }));
  if (!row) notes.push(say("no_records"));
  else if (row.status === "not_measured") notes.push(say("absent_input"));
  else if (isHidden(kpi, row)) notes.push(say("hidden"));
  else {
    if (!currentPeriod().is_complete) notes.push(say("running"));
    if (!row.is_mature) notes.push(say("immature"));
  }
  const status = isHidden(kpi, row) ? "kept_back" : (row?.status ?? "no_value");
  // a period that still runs, or can still change, is not judged in colours
  const isFinal = currentPeriod().is_complete && (row?.is_mature ?? true);
  const isJudged = ["on_target", "off_target"].includes(status);
  const statusText = isJudged && !isFinal ? say("so_far", { status: say(status) }) : say(status);
  const tone = isJudged && !isFinal ? "provisional" : status;
  const attained = row?.target_attainment ?? null;
  const bar = make("span", { class: `bar ${attained === null ? "none" : tone}` }, make("span"));
  if (attained !== null) bar.firstChild.style.width = `${Math.min(100, 100 * attained)}%`;
  const target = row?.target_value ?? null;
  const targetText = target === null ? "\u00a0" : `${say("target", { value: figure(target, kpi.unit) })}${attained === null ? "" : ` · ${say("of_target", { share: share(attained, attained < 1 && attained > 0.995 ? 1 : 0) })}`}`;
  return make(
    "button",
    { type: "button", class: "card", "aria-pressed": String(state.kpi === kpi.kpi), "data-kpi": kpi.kpi, "data-key": kpi.kpi, onclick: () => (choose({ kpi: kpi.kpi, by: "", sort: "" }), showDetail()) },
    make(
      "span",
      { class: "top" },
      make("span", { class: "name" }, kpiName(kpi)),
      make("span", { class: `badge ${tone}` }, `${MARKS[status]} ${statusText}`.trim()),
    ),
    make(
      "span",
      {},
      make("span", { class: "figure", "data-figure": row?.value ?? "" }, figure(row?.value, kpi.unit)),
      make("span", { class: "small" }, targetText),
    ),
    sparkline(kpi, dimension, value),
    bar,
    make(
      "span",
      { class: "notes" },
      changeText(row?.change ?? null, row?.change_verdict, kpi.unit, `vs_${state.grain}`, isFinal),
      state.grain === "year" ? null : changeText(row?.year_ago_change ?? null, row?.year_ago_verdict, kpi.unit, "vs_year_ago", isFinal),
      notes.length ? make("span", { class: "small" }, notes.join(" · ")) : null,
    ),
  );
}

function renderCards() {
  element("cards").replaceChildren(...kpis.map((kpi) => make("li", {}, card(kpi))));
}

/** What was asked for comes into view, where it is below it. */
function showDetail() {
  const { top } = element("detail").getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (top > innerHeight * 0.75) element("detail").scrollIntoView({ behavior: calm ? "auto" : "smooth" });
}

/** A table: columns [{name, title, text(row), sorts(row)}]; with `sort` the headings are buttons. */
function fillTable(table, caption, columns, rows, { sort, isChosen } = {}) {
  const head = columns.map((column) => {
    const [sorted, direction] = (sort ?? "").split(":");
    const isSorted = sorted === column.name;
    const next = `${column.name}:${isSorted && direction === "descending" ? "ascending" : "descending"}`;
    return sort === undefined
      ? make("th", { scope: "col" }, column.title)
      : make("th", { scope: "col", "aria-sort": isSorted ? direction : "none" }, make("button", { type: "button", "data-key": `sort:${column.name}`, onclick: () => choose({ sort: next }) }, column.title));
  });
  table.replaceChildren(
    make("caption", {}, ...caption),
    make("thead", {}, make("tr", {}, ...head)),
    make(
      "tbody",
      {},
      ...rows.map((row) =>
        make(
          "tr",
          { class: isChosen?.(row) ? "selected" : null },
          ...columns.map((column, place) => make(place ? "td" : "th", place ? {} : { scope: "row" }, column.text(row))),
        ),
      ),
    ),
  );
}

function renderDetail() {
  const kpi = chosenKpi();
  const selection = shown(kpi.dimensions);
  const period = currentPeriod();
  const row = rowOf(kpi, state.period, selection.dimension, selection.value);
  element("detail-title").textContent = kpiName(kpi);
  element("detail-definition").textContent = kpi[`definition_${state.lang}`];
  options("by", ["company", ...kpi.dimensions].map((name) => [name, say(name)]), state.by);

  element("companions-frame").setAttribute("aria-label", say("companions", { selection: selectionName(selection), period: nameOf(period) }));
  fillTable(
    element("companions"),
    [say("companions", { selection: selectionName(selection), period: nameOf(period) }), make("span", {}, ` · ${say("as_known", { cutoff: day(period.cutoff), day: day(asOf) })}`)],
    [
      { name: "figure", title: say("figure"), text: figureName },
      { name: "value", title: say("value"), text: (entry) => figure(row?.[entry.column_name], entry.unit) },
    ],
    kpi.figures,
  );

  const rows = kpi.table.where({ period_grain: state.grain, period_start: state.period, dimension: state.by });
  const columns = [
    { name: "dimension_value", title: say(state.by), text: (entry) => valueName(state.by, entry.dimension_value), sorts: (entry) => valueName(state.by, entry.dimension_value) },
    ...kpi.figures.map((entry) => ({ name: entry.column_name, title: figureName(entry), text: (item) => figure(item[entry.column_name], entry.unit), sorts: (item) => item[entry.column_name] })),
  ];
  columns.splice(
    2,
    0,
    { name: "change", title: say("change"), text: (entry) => difference(entry.change, kpi.unit), sorts: (entry) => entry.change },
    { name: "year_ago_change", title: say("year_ago"), text: (entry) => difference(entry.year_ago_change, kpi.unit), sorts: (entry) => entry.year_ago_change },
  );
  const sort = state.sort || `${kpi.figures[0].column_name}:descending`;
  sortRows(rows, columns, sort);
  element("values-frame").setAttribute("aria-label", say("by_value", { kpi: kpiName(kpi), dimension: say(state.by), period: nameOf(period) }));
  fillTable(
    element("values"),
    [say("by_value", { kpi: kpiName(kpi), dimension: say(state.by).toLocaleLowerCase(locale()), period: nameOf(period) }), make("span", {}, ` · ${say("sort_hint")}`)],
    columns,
    rows,
    { sort, isChosen: (entry) => state.dimension === state.by && entry.dimension_value === state.value },
  );
  drawTrend(kpi, rows.map((entry) => entry.dimension_value));
}

/** Sort in place; what is missing stands last in both directions. */
function sortRows(rows, columns, sort) {
  const [name, direction] = sort.split(":");
  const column = columns.find((entry) => entry.name === name) ?? columns[0];
  const sign = direction === "ascending" ? 1 : -1;
  const byName = new Intl.Collator(locale(), { numeric: true }).compare;
  rows.sort((one, other) => {
    const [left, right] = [column.sorts(one), column.sorts(other)];
    if (left === null || right === null) return (left === null) - (right === null);
    return sign * (typeof left === "string" ? byName(left, right) : left - right) || byName(one.dimension_value, other.dimension_value);
  });
}

function renderFooter() {
  const run = tables.published_run.row(0);
  const { raw, rejected } = tables.page_facts.row(0);
  element("footer").textContent = say("footer", { run: run.run_id, published: run.published_at, currency: reportingCurrency, raw: number(raw), rejected: number(rejected) });
}

async function render() {
  delete document.documentElement.dataset.drawn;
  const focused = document.activeElement?.dataset?.key;
  renderFilters();
  renderCards();
  renderDetail();
  renderCharts();
  renderFooter();
  // what had the focus has been made anew
  if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  await Promise.all(drawing.splice(0));
  document.documentElement.dataset.drawn = "true";
}

async function start() {
  try {
    tables = await loadTables();
  } catch (error) {
    element("main").replaceChildren(make("p", {}, TEXTS.too_old.en, " / ", TEXTS.too_old.tr));
    throw error;
  }
  readTables();
  readAddress();
  for (const id of ["grain", "period", "dimension", "value", "theme", "by"]) {
    element(id).addEventListener("change", (event) => {
      const changes = { [id]: event.target.value };
      if (id === "grain") changes.period = "";
      if (id === "dimension") changes.by = "";
      if (id === "by") changes.sort = "";
      choose(changes);
    });
  }
  element("filters").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => (readAddress(), render()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  let waiting;
  addEventListener("resize", () => (clearTimeout(waiting), (waiting = setTimeout(render, 150))));
  render();
}

start();
