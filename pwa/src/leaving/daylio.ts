// Daylio's table (its "CSV" export), row by row, as private check-ins. Its words for a mood are the person's own, and stay
// words: no number is made of them. Pure but for the ids.
import { derivedId } from "../data/ids.ts";
import { instant } from "../data/plans.ts";
import { zoneHere } from "../history/days.ts";
import type { Brought } from "./checks.ts";
import { BadQuote, type ReadRow, rowsOf } from "./csv.ts";
import { Unusable } from "./unusable.ts";
import { lt } from "./words.ts";

const NEEDED = ["full_date", "time", "mood"] as const;
const KNOWN = [...NEEDED, "date", "weekday", "activities", "scales", "note_title", "note"] as const;
type Name = (typeof KNOWN)[number];
/** Where ids of imported rows come from: the same row has the same id on every phone, however often it is brought in. */
const SPACE = "6f1d3c0a-5f0e-5b67-9c1c-2d7a4e0b8d11";

interface Row {
  of: (name: Name) => string;
  line: (name: Name) => number;
}

/** A record for each row. Throws Unusable. */
export async function daylioRecords(text: string, name: string): Promise<Brought[]> {
  const zone = zoneHere();
  const seen = new Map<string, number>();
  const records: Brought[] = [];
  for (const row of rowsIn(text, name)) {
    const said = KNOWN.map(row.of).join("\u001f");
    seen.set(said, (seen.get(said) ?? 0) + 1);
    records.push(await recordOf(row, zone, await derivedId(SPACE, `${said}\u001f${seen.get(said)}`), name));
  }
  return records;
}

/** Whether the first line of a text names Daylio's columns, or some of them. */
export function looksLikeDaylio(text: string): boolean {
  const head = text.slice(0, 500).toLowerCase();
  return KNOWN.filter((column) => new RegExp(`(^|[",;\\s\\uFEFF])${column}([",;\\s]|$)`).test(head.split(/[\r\n]/)[0] ?? "")).length >= 2;
}

function rowsIn(text: string, name: string): Row[] {
  const [head, ...rows] = cellsOf(text, name);
  const columns = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const missing = NEEDED.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new Unusable(lt("leaving.read.columns", { name, missing: missing.join(", "), found: shown(columns) }));
  return rows.map((row) => {
    const line = row.lines[0] ?? 1;
    if (row.cells.length !== columns.length) throw new Unusable(lt("leaving.read.cells", { name, line, cells: row.cells.length, columns: columns.length }));
    const at = (column: Name): number => columns.indexOf(column);
    return { of: (column) => row.cells[at(column)]?.trim() ?? "", line: (column) => row.lines[at(column)] ?? line };
  });
}

function cellsOf(text: string, name: string): ReadRow[] {
  try {
    return rowsOf(text);
  } catch (error) {
    if (!(error instanceof BadQuote)) throw error;
    throw new Unusable(lt("leaving.read.quote", { name, line: error.line, column: error.column }));
  }
}

async function recordOf(row: Row, zone: string, id: string, name: string): Promise<Brought> {
  const day = row.of("full_date");
  if (!isDay(day)) throw new Unusable(lt("leaving.read.day", { name, line: row.line("full_date"), value: short(day) }));
  const time = timeOf(row.of("time"));
  if (time === null) throw new Unusable(lt("leaving.read.time", { name, line: row.line("time"), value: short(row.of("time")) }));
  const felt_at = instant(day, time);
  return {
    id, kind: "checkin", schema: 1, audience: "me", author: "client", felt_at, zone, day, saved_at: felt_at, conflict_of: null, unsent: false,
    body: bodyOf(row),
  };
}

function bodyOf(row: Row): Record<string, unknown> {
  const [mood, activities, scales] = [row.of("mood"), partsOf(row.of("activities")), partsOf(row.of("scales"))];
  const note = [plain(row.of("note_title")), plain(row.of("note")), activities.join(", "), scales.join(", ")].filter((one) => one !== "").join("\n\n");
  return {
    imported_from: "daylio",
    ...(mood === "" ? {} : { own_words: [mood] }),
    ...(note === "" ? {} : { note }),
    ...(activities.length === 0 ? {} : { activities }),
  };
}

/** Activities stand with a bar between them. */
function partsOf(cell: string): string[] {
  return cell.split("|").map((part) => part.trim()).filter((part) => part !== "");
}

const TAGS = /<\/?(?:b|i|u|s|strong|em|span|font|div|p|ul|ol|li)(?:\s[^>]*)?>/gi;
const MARKS: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " " };

/** Daylio keeps the looks of a note as HTML: lines stay lines, the rest goes. */
function plain(note: string): string {
  const lines = note.replaceAll(/<br\s*\/?>|<\/(?:div|p|li)>/gi, "\n").replaceAll(TAGS, "");
  return lines.replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (mark) => MARKS[mark] ?? mark).replaceAll(/\n{3,}/g, "\n\n").trim();
}

/** "22:04", "10:04 pm", "10:04 p.m." or "10.04" as "22:04"; null when it is no time. */
function timeOf(cell: string): string | null {
  const [, hours, minutes, half] = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?[\s\u202F\u00A0]*(?:([ap])\.?[\s\u202F\u00A0]?m\.?)?$/i.exec(cell) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (minute > 59 || (half === undefined ? hour > 23 : hour < 1 || hour > 12)) return null;
  const past = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return `${String(past).padStart(2, "0")}:${minutes}`;
}

function isDay(cell: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? new Date(`${cell}T12:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(cell);
}

function shown(columns: readonly string[]): string {
  return columns.slice(0, 12).map(short).join(", ");
}

function short(words: string): string {
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}
