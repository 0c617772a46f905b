// Words and numbers in the reader's language. Nothing is computed here: a figure is looked up and written.

/** A text of the page; {name} in it is filled from `filled`. */
function say(key, filled = {}) {
  const text = TEXTS[key]?.[state.lang] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? "");
}

const locale = () => (state.lang === "tr" ? "tr-TR" : "en-GB");

function number(value, decimals = 0, sign = false) {
  const written = new Intl.NumberFormat(locale(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: sign ? "exceptZero" : "negative",
  }).format(value);
  return written.replace("-", "−");
}

/** ₺ 1.234.567 in Turkish, ₺1,234,567 in English. */
function currency(value, sign) {
  const parts = new Intl.NumberFormat(locale(), {
    style: "currency",
    currency: reportingCurrency,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  const symbol = parts.find((part) => part.type === "currency").value;
  const gap = state.lang === "tr" || symbol.length > 1 ? "\u00a0" : "";
  const written = number(value, 0, sign);
  const mark = /^[+−]/.test(written) ? written[0] : "";
  return `${mark}${symbol}${gap}${written.slice(mark.length)}`;
}

/** %27,3 in Turkish, 27.3% in English; a difference of shares is in percentage points. */
function share(value, decimals = 1) {
  const written = new Intl.NumberFormat(locale(), {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "negative",
  }).format(value);
  return written.replace("-", "−");
}

function points(value) {
  const written = new Intl.NumberFormat(locale(), {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(value);
  return `${written.replace("-", "−").replace(/[%\s]/g, "")}\u00a0${say("points")}`;
}

/** A figure in its unit; null is a dash. */
function figure(value, unit) {
  if (value === null || value === undefined) return "–";
  if (unit === "share") return share(value);
  if (unit === "currency") return currency(value, false);
  if (unit === "days" || unit === "months") return `${number(value, 1)}\u00a0${say(unit)}`;
  return number(value, unit === "ratio" ? 1 : 0);
}

/** A difference between two figures, with its sign. */
function difference(value, unit) {
  if (value === null || value === undefined) return "–";
  if (unit === "share") return points(value);
  if (unit === "currency") return currency(value, true);
  if (unit === "days" || unit === "months") return `${number(value, 1, true)}\u00a0${say(unit)}`;
  return number(value, unit === "ratio" ? 1 : 0, true);
}

/** A figure on an axis: short. */
function tick(value, unit) {
  if (unit === "share") return share(value, 0);
  if (unit === "currency") {
    const text = new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 1 }).format(value);
    // a thousand's short form in Turkish looks like a billion's elsewhere
    return state.lang === "tr" ? text.replace(/\u00a0?\s?B$/, " bin") : text;
  }
  return number(value, Number.isInteger(value) ? 0 : 1);
}

const dayOf = (text) => new Date(`${text}T00:00:00Z`);

function date(text, options) {
  return new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(dayOf(text));
}

const day = (text) => date(text, { day: "numeric", month: "long", year: "numeric" });

/** Oct 2026, Q4 2026 (2026-Ç4 in Turkish), 2026; in a fiscal year of its own: Oct–Dec 2026. */
function periodName(grain, start, end) {
  const year = start.slice(0, 4);
  const isCalendarYear = fiscalYearStart === 1;
  if (grain === "month") return date(start, { month: "short", year: "numeric" });
  if (grain === "quarter" && isCalendarYear) {
    const quarter = Math.floor(dayOf(start).getUTCMonth() / 3) + 1;
    return state.lang === "tr" ? `${year}-Ç${quarter}` : `Q${quarter} ${year}`;
  }
  if (grain === "year" && isCalendarYear) return year;
  const month = (text) => date(text, { month: "short" });
  const from = grain === "year" || year !== end.slice(0, 4) ? `${month(start)} ${year}` : month(start);
  return `${from}–${month(end)} ${end.slice(0, 4)}`;
}

/** Is this value no one's: where nothing says which it is? */
const isNobody = (value) => ["unknown", "unassigned"].includes(value);

/** A value of a dimension as people call it; a label was cleaned, its words are parted again. */
function valueName(dimension, value) {
  if (value === "all" || isNobody(value)) return say(value);
  if (["segment", "source"].includes(dimension)) return value.replaceAll("_", " ");
  return (dimension === "rep" && repNames.get(value)) || value;
}
