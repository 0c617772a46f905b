// What SQL computed, as the page was given it: tables of columns, packed with gzip.

/** The tables of the page: name -> Table. Rejects where the browser cannot unpack them. */
async function loadTables() {
  const packed = document.getElementById("data").textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const tables = await new Response(stream).json();
  return Object.fromEntries(Object.entries(tables).map(([name, given]) => [name, new Table(given)]));
}

/** Rows by columns; texts and dates are kept once each, the column holds their places. */
class Table {
  constructor({ rows, columns }) {
    this.size = rows;
    this.columns = columns;
    this.names = Object.keys(columns);
    this.indexes = new Map();
  }

  /** The value of a column in a row: a text, a number, true, false or null. */
  at(row, name) {
    const { values, texts } = this.columns[name];
    const value = values[row];
    return texts && value !== null ? texts[value] : value;
  }

  row(number) {
    return Object.fromEntries(this.names.map((name) => [name, this.at(number, name)]));
  }

  rows() {
    return Array.from({ length: this.size }, (_, number) => this.row(number));
  }

  /** The rows in which all columns have these values, in the table's order: {column: value}. */
  where(wanted) {
    const names = Object.keys(wanted);
    const index = this.index(names);
    return (index.get(names.map((name) => wanted[name]).join("\u0000")) ?? []).map((number) => this.row(number));
  }

  index(names) {
    const key = names.join();
    if (!this.indexes.has(key)) {
      const index = new Map();
      for (let number = 0; number < this.size; number++) {
        const value = names.map((name) => this.at(number, name)).join("\u0000");
        index.has(value) ? index.get(value).push(number) : index.set(value, [number]);
      }
      this.indexes.set(key, index);
    }
    return this.indexes.get(key);
  }

  /** The values of a column, each once, in their order in the table. */
  distinct(name, wanted = {}) {
    const rows = Object.keys(wanted).length ? this.where(wanted) : this.rows();
    return [...new Set(rows.map((row) => row[name]))];
  }
}
