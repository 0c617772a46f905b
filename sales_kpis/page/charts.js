// The charts: Vega-Lite over rows that are looked up; each has its rows as a table beside it.

const PALETTES = {
  light: ["#1d4ed8", "#b45309", "#047857", "#a21caf", "#be123c", "#0e7490", "#4d7c0f", "#6d28d9"],
  dark: ["#79a6ff", "#f0a35e", "#4fd1a1", "#e28af0", "#ff8fa3", "#5cc9e0", "#a9d45f", "#b79bff"],
};
const AGES = {
  light: ["#9cc3f5", "#5f9be8", "#2f6fd0", "#c2570c", "#9b1c1c"],
  dark: ["#29527f", "#3b76b8", "#6aa5ea", "#f0a35e", "#ff8f87"],
};
const LINES = 6;
const TREND_PERIODS = 24;

/** What is being drawn: promises. */
let drawing = [];

const theme = () => document.documentElement.dataset.theme;
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function look() {
  const [ink, soft, line, panel] = ["ink", "soft", "line", "panel"].map(colour);
  const font = getComputedStyle(document.body).fontFamily;
  return {
    background: null,
    font,
    customFormatTypes: true,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal", labelLimit: 160 },
    text: { color: ink, fontSize: 11 },
    bar: { tooltip: { field: "tip" } },
    rect: { stroke: panel },
    legend: { disable: true },
    aria: false,
  };
}

/** Draw a chart into a figure: a title and a note stand above it, its rows below it as a table. */
function draw(figureNode, { label, spec, legend = [], columns, rows, empty, minWidth = 260 }) {
  const chart = make("div", { class: "chart", role: "img", "aria-label": label, tabindex: minWidth > figureNode.clientWidth ? "0" : null });
  const table = make("table");
  const shownRows = rows.length
    ? [legendOf(legend), chart, make("details", {}, make("summary", {}, say("as_table")), make("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": `${label}: ${say("as_table")}` }, table))]
    : [make("p", {}, empty ?? say("nothing"))];
  figureNode.replaceChildren(...shownRows);
  if (!rows.length) return;
  fillTable(table, [label], columns, rows);
  const width = Math.max(minWidth, figureNode.clientWidth);
  const full = { width, autosize: { type: "fit-x", contains: "padding" }, padding: 2, ...spec };
  const options = { mode: "vega-lite", renderer: "svg", actions: false, config: look(), ast: true, expressionFunctions: { pageTick: tick } };
  drawing.push(vegaEmbed(chart, full, options).then(() => silence(chart)));
}

/** A chart is one picture with a name; its rows are in the table, not in a hundred unnamed marks. */
function silence(chart) {
  for (const node of chart.querySelectorAll("[role]")) {
    node.removeAttribute("role");
    node.removeAttribute("aria-roledescription");
  }
  chart.querySelector("svg").setAttribute("aria-hidden", "true");
}

function legendOf(entries) {
  return make("ul", { class: "legend" }, ...entries.map(([name, fill]) => {
    const mark = make("i");
    mark.style.background = fill;
    return make("li", {}, mark, name);
  }));
}

const axisOf = (unit, more = {}) => ({ formatType: "pageTick", format: unit, title: null, ...more });

// On the cards and in the detail ------------------------------------------------------------------

/** The KPI's values up to the chosen period (twelve of them), the target dashed, the last one marked. */
function sparkline(kpi, dimension, value) {
  const last = periods[state.grain].findIndex((period) => period.period_start === state.period);
  const stretch = periods[state.grain].slice(Math.max(0, last - 11), last + 1);
  const points = stretch.map((period) => rowOf(kpi, period.period_start, dimension, value));
  const heights = points.flatMap((row) => [row?.value, row?.target_value]).filter((height) => height !== null && height !== undefined);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 120 40");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  if (!heights.length) return svg;
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const x = (place) => (stretch.length > 1 ? (place / (stretch.length - 1)) * 116 + 2 : 60);
  const y = (height) => (high > low ? 37 - ((height - low) / (high - low)) * 34 : 20);
  const path = (column) => {
    let drawn = "";
    points.forEach((row, place) => {
      const height = row?.[column] ?? null;
      const before = place ? (points[place - 1]?.[column] ?? null) : null;
      if (height !== null) drawn += `${before === null ? "M" : "L"}${x(place).toFixed(1)} ${y(height).toFixed(1)}`;
    });
    return drawn;
  };
  const add = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, given] of Object.entries(attributes)) node.setAttribute(name, given);
    svg.append(node);
  };
  const lines = { fill: "none", "vector-effect": "non-scaling-stroke" };
  add("path", { ...lines, d: path("target_value"), stroke: colour("soft"), "stroke-width": 1.2, "stroke-dasharray": "3 3" });
  add("path", { ...lines, d: path("value"), stroke: colour("accent"), "stroke-width": 2 });
  const end = points.at(-1)?.value ?? null;
  if (end !== null) {
    const dot = `M${x(points.length - 1)} ${y(end)}h0.01`;
    add("path", { ...lines, d: dot, stroke: colour("accent"), "stroke-width": 8, "stroke-linecap": "round" });
  }
  return svg;
}

/** Lines of the first values of the table, the chosen one among them, the company and its target. */
function drawTrend(kpi, values) {
  const selection = shown(kpi.dimensions);
  const chosen = state.dimension === state.by ? [state.value] : [];
  const lines = state.by === "company" ? [] : [...new Set([...chosen, ...largest(kpi, values)])].slice(0, LINES);
  const colours = coloursOf(lines);
  // beside the company's count those of its parts would lie on the ground
  const hasCompany = !lines.length || kpi.unit !== "count";
  const series = [
    ...(hasCompany ? [["company", "all", say("company"), colour("soft")]] : []),
    ...lines.map((value) => [state.by, value, valueName(state.by, value), colours.get(value)]),
  ];
  const stretch = periods[state.grain].slice(-TREND_PERIODS);
  const rows = series.flatMap(([dimension, value, name, line]) =>
    stretch.flatMap((period) => {
      // a period without a row breaks the line
      const row = rowOf(kpi, period.period_start, dimension, value) ?? { dimension, value: null, target_value: null };
      const isFinal = period.is_complete && row.is_mature;
      return [{ ...row, period: nameOf(period), series: `${dimension}:${value}`, name, line, point: isFinal ? line : colour("panel"), tip: `${name}, ${nameOf(period)}: ${figure(row.value, kpi.unit)}` }];
    }),
  );
  const hasTarget = rows.some((row) => row.dimension === "company" && row.target_value !== null);
  const order = stretch.map(nameOf);
  const x = { field: "period", type: "ordinal", sort: order, scale: { domain: order }, axis: { title: null, labelAngle: 0, labelOverlap: "parity", labelSeparation: 6, grid: false } };
  const y = { field: "value", type: "quantitative", scale: { zero: kpi.unit === "count", nice: true }, axis: axisOf(kpi.unit, { tickCount: 5 }) };
  const detail = { field: "series", type: "nominal" };
  const spec = {
    height: 250,
    data: { values: rows },
    encoding: { x },
    layer: [
      ...(!hasTarget ? [] : [{ transform: [{ filter: "datum.dimension === 'company' && datum.target_value !== null" }], mark: { type: "line", strokeDash: [5, 4], color: colour("soft"), strokeWidth: 1.4 }, encoding: { y: { ...y, field: "target_value" } } }]),
      { mark: { type: "line", strokeWidth: 2, invalid: "break-paths-show-domains" }, encoding: { y, detail, color: { field: "line", type: "nominal", scale: null }, opacity: { condition: { test: "datum.dimension === 'company'", value: 0.75 }, value: 1 } } },
      { transform: [{ filter: "datum.value !== null" }], mark: { type: "point", filled: false, size: 34, strokeWidth: 1.6, opacity: 1, tooltip: { field: "tip" } }, encoding: { y, detail, stroke: { field: "line", type: "nominal", scale: null }, fill: { field: "point", type: "nominal", scale: null }, tooltip: { field: "tip" } } },
    ],
  };
  const label = say("trend_of", { kpi: kpiName(kpi) });
  draw(element("trend"), {
    label,
    spec,
    rows: rows.filter((row) => row.period_start),
    empty: emptyOf(kpi, rows),
    legend: series.map(([, , name, line]) => [name, line]),
    columns: [
      { title: say("period"), text: (row) => row.period },
      { title: say(state.by), text: (row) => row.name },
      { title: say("value"), text: (row) => figure(row.value, kpi.unit) },
      { title: say("change"), text: (row) => difference(row.change, kpi.unit) },
    ],
  });
  const cut = values.length > LINES ? ` ${say("trend_first", { shown: LINES, all: values.length })}` : "";
  const target = hasTarget ? ` ${say("trend_target")}` : "";
  element("trend").prepend(make("p", {}, `${selectionName(selection)}.${target} ${say("trend_note")}${cut}`));
}

/** The values in the order of what they are made of: the KPI's first count in the chosen period. */
function largest(kpi, values) {
  const count = kpi.figures.find((entry) => entry.unit === "count")?.column_name;
  const size = (value) => rowOf(kpi, state.period, state.by, value)?.[count] ?? 0;
  return [...values].sort((one, other) => size(other) - size(one));
}

/** A colour for each of some values, the same one whatever their order: by their place in the alphabet. */
function coloursOf(values) {
  const palette = PALETTES[theme()];
  const all = valuesOf(state.by);
  const found = new Map();
  for (const value of [...values].sort((one, other) => all.indexOf(one) - all.indexOf(other))) {
    const free = palette.filter((fill) => ![...found.values()].includes(fill));
    const own = palette[all.indexOf(value) % palette.length];
    found.set(value, free.includes(own) ? own : free[0]);
  }
  return found;
}

/** Why a KPI's chart has nothing to show. */
function emptyOf(kpi, rows) {
  if (rows.some((row) => row.status === "not_measured")) return say("absent_input");
  return rows.some((row) => isHidden(kpi, row)) ? say("hidden") : say("nothing");
}

// Below --------------------------------------------------------------------------------------------

/** A report's rows for what is chosen; the company's where it does not have that dimension. */
function reportRows(name, more = {}) {
  const table = tables[name];
  const has = table.columns.dimension.texts ?? [];
  const selection = shown(has);
  return { selection, rows: table.where({ ...more, dimension: selection.dimension, dimension_value: selection.value }) };
}

const ofPeriod = () => ({ period_grain: state.grain, period_start: state.period });
const asOfNow = () => say("as_of", { day: day(asOf) });

function funnel() {
  const { selection, rows } = reportRows("rpt_lead_funnel", ofPeriod());
  for (const row of rows) {
    row.name = say(row.stage);
    row.left = -(row.share_of_entered ?? 0) / 2;
    row.right = -row.left;
    const spent = row.median_days_in_stage === null ? "" : ` · ${figure(row.median_days_in_stage, "days")}`;
    row.text = `${number(row.leads)} (${share(row.share_of_entered ?? 0, 0)})${spent}`;
    row.tip = `${row.name}: ${row.text}`;
  }
  const y = { field: "name", type: "nominal", sort: null, axis: { title: null, domain: false, ticks: false, labelFontSize: 12 } };
  return {
    title: say("funnel"),
    table: "rpt_lead_funnel",
    note: say("funnel_note", { count: number(rows[0]?.leads ?? 0), period: nameOf(currentPeriod()), as_of: asOfNow(), selection: selectionName(selection) }),
    rows: rows[0]?.leads ? rows : [],
    spec: {
      height: 42 * rows.length,
      data: { values: rows },
      encoding: { y },
      layer: [
        { mark: { type: "bar", height: 24, cornerRadius: 3 }, encoding: { x: { field: "left", type: "quantitative", scale: { domain: [-0.5, innerWidth < 640 ? 2 : 1.05] }, axis: null }, x2: { field: "right" }, color: { field: "stage_number", type: "ordinal", scale: { range: { light: ["#bcd3fb", "#93b4f5", "#6690ec", "#3b6ade", "#1d4ed8"], dark: ["#23406f", "#2f5695", "#4270bb", "#5b8ddf", "#79a6ff"] }[theme()] } } } },
        { mark: { type: "text", align: "left", dx: 8, fontWeight: 600 }, encoding: { x: { field: "right", type: "quantitative" }, text: { field: "text" } } },
      ],
    },
    columns: [
      { title: say("stage"), text: (row) => row.name },
      { title: say("leads"), text: (row) => number(row.leads) },
      { title: say("share_of_entered"), text: (row) => figure(row.share_of_entered, "share") },
      { title: say("average_days_in_stage"), text: (row) => figure(row.average_days_in_stage, "days") },
      { title: say("median_days_in_stage"), text: (row) => figure(row.median_days_in_stage, "days") },
    ],
  };
}

/** Open leads of each team, or of what is chosen; who waits how long is the colour. */
function ageing() {
  const table = tables.rpt_open_lead_ageing;
  const isByTeam = ["company", "team"].includes(state.dimension);
  const selection = shown(table.columns.dimension.texts);
  const dimension = isByTeam ? "team" : selection.dimension;
  const rows = table
    .where({ ...ofPeriod(), dimension })
    .filter((row) => isByTeam || row.dimension_value === selection.value)
    .map((row) => ({ ...row, name: dimension === "company" ? say("company") : valueName(dimension, row.dimension_value), bucket_name: say(row.bucket) }));
  for (const row of rows) row.tip = `${row.name}, ${row.bucket_name}: ${number(row.open_leads)} (${say("stale_count", { count: number(row.stale_leads) })})`;
  const waiting = tables.kpi_lead_waiting_time;
  const totals = waiting
    .where({ ...ofPeriod(), dimension })
    .map((row) => ({ name: dimension === "company" ? say("company") : valueName(dimension, row.dimension_value), open_leads: row.open_leads, text: say("stale_count", { count: number(row.stale_leads) }) }))
    .filter((row) => rows.some((other) => other.name === row.name));
  const count = waiting.where({ ...ofPeriod(), dimension: isByTeam ? "company" : selection.dimension, dimension_value: isByTeam ? "all" : selection.value })[0];
  const names = [...new Set(rows.map((row) => row.name))].sort(new Intl.Collator(locale(), { numeric: true }).compare);
  const y = { field: "name", type: "nominal", sort: names, axis: { title: null, domain: false, ticks: false, labelFontSize: 12 } };
  const buckets = [...new Set(rows.map((row) => row.bucket_number))].sort();
  const bucketNames = buckets.map((place) => rows.find((row) => row.bucket_number === place).bucket_name);
  return {
    title: say("ageing"),
    table: "rpt_open_lead_ageing",
    note: say("ageing_note", { count: number(count?.open_leads ?? 0), stale: number(count?.stale_leads ?? 0), day: day(currentPeriod().cutoff), dimension: say(dimension).toLocaleLowerCase(locale()), selection: isByTeam ? say("company") : selectionName(selection) }),
    rows,
    legend: bucketNames.map((name, place) => [`${name} ${say("days")}`, AGES[theme()][place]]),
    spec: {
      height: 38 * names.length,
      encoding: { y },
      layer: [
        { data: { values: rows }, mark: { type: "bar", height: 22 }, encoding: { x: { field: "open_leads", type: "quantitative", stack: "zero", axis: axisOf("count", { tickCount: 5 }), scale: { domainMax: { expr: `${innerWidth < 640 ? 1.4 : 1.18} * domainEnd` } } }, order: { field: "bucket_number", type: "ordinal" }, color: { field: "bucket_number", type: "ordinal", scale: { domain: buckets, range: AGES[theme()] } } } },
        { data: { values: totals }, mark: { type: "text", align: "left", dx: 6 }, encoding: { x: { field: "open_leads", type: "quantitative" }, text: { field: "text" } } },
      ],
      params: [{ name: "domainEnd", value: Math.max(1, ...totals.map((row) => row.open_leads)) }],
    },
    columns: [
      { title: say(dimension), text: (row) => row.name },
      { title: say("bucket"), text: (row) => row.bucket_name },
      { title: say("open_leads"), text: (row) => number(row.open_leads) },
      { title: say("stale_leads"), text: (row) => number(row.stale_leads) },
    ],
  };
}

function cohorts() {
  const { selection, rows } = reportRows("rpt_customer_cohorts");
  const ends = new Map(periods.quarter.map((period) => [period.period_start, period]));
  const named = rows.filter((row) => ends.has(row.cohort_start)).map((row) => {
    const cohort = nameOf(ends.get(row.cohort_start));
    const rate = figure(row.retention_rate, "share");
    return { ...row, cohort, name: `${cohort} (${number(row.customers)})`, text: share(row.retention_rate, 0), tip: `${cohort} +${row.quarters_since}: ${rate}, ${number(row.active_customers)} / ${number(row.customers)}${row.is_complete ? "" : ` (${say("running")})`}` };
  });
  const columns = Math.max(0, ...named.map((row) => row.quarters_since)) + 1;
  const count = named.filter((row) => row.quarters_since === 0).reduce((sum, row) => sum + row.customers, 0);
  const ramp = { light: ["#eaf1fe", "#1d4ed8"], dark: ["#1b2a45", "#79a6ff"] }[theme()];
  const [ink, contrast] = { light: ["#111827", "#ffffff"], dark: ["#f0f3f6", "#0d1117"] }[theme()];
  const text = { text: { field: "text" }, color: { condition: { test: "datum.retention_rate > 0.75", value: contrast }, value: ink } };
  return {
    title: say("cohorts"),
    table: "rpt_customer_cohorts",
    note: say("cohorts_note", { count: number(count), as_of: asOfNow(), selection: selectionName(selection) }),
    isWide: columns > 10,
    minWidth: 120 + 34 * columns,
    rows: named,
    spec: {
      height: 24 * new Set(named.map((row) => row.name)).size,
      data: { values: named },
      encoding: {
        y: { field: "name", type: "nominal", sort: null, axis: { title: null, domain: false, ticks: false } },
        x: { field: "quarters_since", type: "ordinal", axis: { orient: "top", title: say("quarters_since"), labelAngle: 0, domain: false, ticks: false } },
      },
      layer: [
        { mark: { type: "rect", tooltip: { field: "tip" } }, encoding: { color: { field: "retention_rate", type: "quantitative", scale: { domain: [0, 1], range: ramp, interpolate: "rgb" } }, tooltip: { field: "tip" } } },
        { transform: [{ filter: "datum.is_complete" }], mark: { type: "text", fontSize: 10 }, encoding: text },
        { transform: [{ filter: "!datum.is_complete" }], mark: { type: "text", fontSize: 10, fontStyle: "italic" }, encoding: text },
      ],
    },
    columns: [
      { title: say("cohort_start"), text: (row) => row.cohort },
      { title: say("quarters_since"), text: (row) => number(row.quarters_since) },
      { title: say("customers"), text: (row) => number(row.customers) },
      { title: say("active_customers"), text: (row) => number(row.active_customers) },
      { title: say("retention_rate"), text: (row) => figure(row.retention_rate, "share") },
    ],
  };
}

function rampUp() {
  const { selection, rows } = reportRows("rpt_ramp_up_curve");
  const years = new Map(periods.year.map((period) => [period.period_start, period]));
  const colours = PALETTES[theme()];
  const starts = [...new Set(rows.map((row) => row.cohort_start))].filter((start) => years.has(start)).sort();
  const lineOf = new Map(starts.map((start, place) => [start, colours[place % colours.length]]));
  const named = rows.filter((row) => lineOf.has(row.cohort_start) && row.ramped_share !== null).map((row) => {
    const cohort = nameOf(years.get(row.cohort_start));
    const line = lineOf.get(row.cohort_start);
    return { ...row, cohort, line, point: row.is_mature ? line : colour("panel"), tip: `${cohort}, ${number(row.days_since_start)} ${say("days")}: ${figure(row.ramped_share, "share")} (${number(row.ramped_reps)} / ${number(row.new_reps)})` };
  });
  const atStart = named.filter((row) => row.days_since_start === 0);
  const y = { field: "ramped_share", type: "quantitative", scale: { domain: [0, 1] }, axis: axisOf("share", { tickCount: 5 }) };
  return {
    title: say("ramp"),
    table: "rpt_ramp_up_curve",
    empty: rows.length ? say("hidden") : say("nothing"),
    note: say("ramp_note", { count: number(atStart.reduce((sum, row) => sum + row.new_reps, 0)), as_of: asOfNow(), selection: selectionName(selection) }),
    rows: named,
    legend: atStart.map((row) => [`${say("hired")}: ${row.cohort} (${number(row.new_reps)})`, row.line]),
    spec: {
      height: 230,
      data: { values: named },
      encoding: { x: { field: "days_since_start", type: "quantitative", axis: { title: say("days_since_start"), grid: false, tickCount: 7 } }, y },
      layer: [
        { mark: { type: "line", strokeWidth: 2 }, encoding: { color: { field: "line", type: "nominal", scale: null }, detail: { field: "cohort_start", type: "nominal" } } },
        { mark: { type: "point", size: 34, strokeWidth: 1.6, opacity: 1 }, encoding: { stroke: { field: "line", type: "nominal", scale: null }, fill: { field: "point", type: "nominal", scale: null }, tooltip: { field: "tip" } } },
      ],
    },
    columns: [
      { title: say("hired"), text: (row) => row.cohort },
      { title: say("days_since_start"), text: (row) => number(row.days_since_start) },
      { title: say("new_reps"), text: (row) => number(row.new_reps) },
      { title: say("ramped_reps"), text: (row) => number(row.ramped_reps) },
      { title: say("ramped_share"), text: (row) => figure(row.ramped_share, "share") },
    ],
  };
}

function bridge() {
  const { selection, rows } = reportRows("rpt_contract_value_bridge", ofPeriod());
  // where a bar stands: an end stands on the ground, a change on what was there before it
  let reached = 0;
  for (const row of rows) {
    const isEnd = ["start", "end"].includes(row.step);
    row.name = say(row.step);
    row.from = isEnd ? 0 : reached;
    row.to = isEnd ? row.amount : reached + row.amount;
    row.top = Math.max(row.from, row.to);
    reached = row.to;
    row.fill = isEnd ? colour("accent") : row.amount < 0 ? colour("bad") : colour("good");
    row.text = isEnd ? tick(row.amount, "currency") : `${row.amount > 0 ? "+" : ""}${tick(row.amount, "currency")}`.replace("-", "−");
    row.tip = `${row.name}: ${isEnd ? currency(row.amount, false) : currency(row.amount, true)}`;
  }
  const x = { field: "name", type: "nominal", sort: null, axis: { title: null, labelAngle: innerWidth < 640 ? -40 : 0, ticks: false, labelLimit: 80 } };
  return {
    title: say("bridge"),
    table: "rpt_contract_value_bridge",
    minWidth: 440,
    note: say("bridge_note", { period: nameOf(currentPeriod()), day: day(currentPeriod().cutoff), selection: selectionName(selection) }),
    rows,
    spec: {
      height: 230,
      data: { values: rows },
      encoding: { x },
      layer: [
        { mark: { type: "bar", cornerRadius: 2, tooltip: { field: "tip" } }, encoding: { y: { field: "from", type: "quantitative", axis: axisOf("currency", { tickCount: 5 }) }, y2: { field: "to" }, color: { field: "fill", type: "nominal", scale: null }, tooltip: { field: "tip" } } },
        { mark: { type: "text", dy: -8, fontWeight: 600, fontSize: innerWidth < 640 ? 8.5 : 11 }, encoding: { y: { field: "top", type: "quantitative" }, text: { field: "text" } } },
      ],
    },
    columns: [
      { title: say("step"), text: (row) => row.name },
      { title: say("amount"), text: (row) => currency(row.amount, !["start", "end"].includes(row.step)) },
    ],
  };
}

function referrals() {
  const table = tables.kpi_customer_referrals;
  const rows = table.where({ ...ofPeriod(), dimension: "segment" }).map((row) => {
    const name = valueName("segment", row.dimension_value);
    const text = `${number(row.won_referrals)} / ${number(row.referrals)}`;
    return { ...row, name, text, tip: `${name}: ${text}` };
  });
  const company = table.where({ ...ofPeriod(), dimension: "company", dimension_value: "all" })[0];
  const y = { field: "name", type: "nominal", sort: rows.map((row) => row.name).sort(new Intl.Collator(locale(), { numeric: true }).compare), axis: { title: null, domain: false, ticks: false, labelFontSize: 12 } };
  const x = (field) => ({ field, type: "quantitative", axis: axisOf("count", { tickCount: 5, tickMinStep: 1 }) });
  const [wash, full] = { light: ["#a9c4f7", "#1d4ed8"], dark: ["#2f5695", "#79a6ff"] }[theme()];
  return {
    title: say("referrals"),
    note: say("referrals_note", { count: number(company?.referrals ?? 0), won: number(company?.won_referrals ?? 0), period: nameOf(currentPeriod()), as_of: asOfNow() }),
    rows,
    legend: [[say("referrals_count"), wash], [say("won_referrals"), full]],
    spec: {
      height: 38 * rows.length,
      data: { values: rows },
      encoding: { y },
      layer: [
        { mark: { type: "bar", height: 24, color: wash }, encoding: { x: x("referrals") } },
        { mark: { type: "bar", height: 12, color: full }, encoding: { x: x("won_referrals") } },
        { mark: { type: "text", align: "left", dx: 6 }, encoding: { x: x("referrals"), text: { field: "text" } } },
      ],
    },
    columns: [
      { title: say("segment"), text: (row) => row.name },
      { title: say("referrals_count"), text: (row) => number(row.referrals) },
      { title: say("won_referrals"), text: (row) => number(row.won_referrals) },
      ...tables.dim_kpi_figures.where({ kpi: "customer_referrals" }).slice(3).map((entry) => ({ title: figureName(entry), text: (row) => figure(row[entry.column_name], entry.unit) })),
    ],
  };
}

/** Below the detail, in this order; each answers {title, table, note, rows, spec, legend, columns, empty}. */
const CHARTS = { funnel, ageing, cohorts, rampUp, bridge, referrals };

function renderCharts() {
  if (!element("charts").children.length) {
    for (const name of Object.keys(CHARTS)) {
      element("charts").append(make("section", { class: "panel", id: `chart-${name}`, "aria-labelledby": `title-${name}` }, make("h3", { id: `title-${name}` }), make("p"), make("figure")));
    }
  }
  for (const [name, chartOf] of Object.entries(CHARTS)) {
    const panel = element(`chart-${name}`);
    const [heading, note, figureNode] = panel.children;
    const chart = chartOf();
    heading.textContent = chart.title;
    note.textContent = chart.note;
    panel.classList.toggle("wide", Boolean(chart.isWide));
    const isAbsent = tables[chart.table]?.size === 0;
    draw(figureNode, { label: chart.title, ...chart, empty: isAbsent ? say("absent_input") : chart.empty });
  }
}
