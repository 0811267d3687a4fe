// Tables as text that spreadsheets open: RFC 4180, UTF-8 with a byte order mark. Pure.

export type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet may take for a formula: also after blanks, and in the wide forms of some keyboards. */
const FORMULA = /^[\s\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** Rows as text, row by row. Numbers stand bare, texts in quotes; a text that looks like a formula gets an apostrophe before it. */
export function* csv(rows: Iterable<readonly Cell[]>): Generator<string> {
  let mark = "\uFEFF";
  for (const row of rows) {
    yield `${mark}${row.map(cell).join(",")}\r\n`;
    mark = "";
  }
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
}

/** A row as read, with the line of the file on which each cell begins. */
export interface ReadRow {
  cells: string[];
  lines: number[];
}

/** Quotes that don't fit: where, counted from 1. */
export class BadQuote extends Error {
  readonly line: number;
  readonly column: number;

  constructor(line: number, column: number) {
    super(`A quote does not fit at line ${line}, column ${column}.`);
    this.line = line;
    this.column = column;
  }
}

/** The rows of a text, empty lines left out. A cell in quotes may hold commas, quotes and lines. Throws BadQuote. */
export function rowsOf(text: string): ReadRow[] {
  const rows: ReadRow[] = [];
  let row: ReadRow = { cells: [], lines: [] };
  let [at, line, lineStart] = [text.startsWith("\uFEFF") ? 1 : 0, 1, 0];
  const count = (from: number, to: number): void => {
    for (let next = text.indexOf("\n", from); next >= 0 && next < to; next = text.indexOf("\n", next + 1)) [line, lineStart] = [line + 1, next + 1];
  };
  const endRow = (): void => {
    if (row.cells.length > 1 || row.cells[0] !== "") rows.push(row);
    row = { cells: [], lines: [] };
  };
  while (at < text.length || row.cells.length > 0) {
    row.lines.push(line);
    const { value, end } = text[at] === '"' ? quoted(text, at, () => new BadQuote(line, at - lineStart + 1)) : bare(text, at);
    row.cells.push(value);
    count(at, end);
    const stop = text[end];
    at = end + 1;
    if (stop === ",") continue;
    if (stop === "\r" && text[end + 1] === "\n") at += 1;
    if (stop !== undefined) count(end, at);
    endRow();
  }
  return rows;
}

const STOP = /[,\r\n]/g;

function bare(text: string, at: number): { value: string; end: number } {
  STOP.lastIndex = at;
  const end = STOP.exec(text)?.index ?? text.length;
  return { value: text.slice(at, end), end };
}

function quoted(text: string, at: number, bad: () => BadQuote): { value: string; end: number } {
  for (let next = text.indexOf('"', at + 1); next >= 0; next = text.indexOf('"', next + 2)) {
    if (text[next + 1] === '"') continue;
    const stop = text[next + 1];
    if (stop !== undefined && stop !== "," && stop !== "\r" && stop !== "\n") throw bad();
    return { value: text.slice(at + 1, next).replaceAll('""', '"'), end: next + 1 };
  }
  throw bad();
}
