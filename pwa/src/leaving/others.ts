// What a copy holds besides entries, in words: reminders, the safety plan, messages, and whatever a newer app may keep.
import { kindWords } from "../app/keeping-words.ts";
import type { LocalRecord } from "../data/types.ts";
import { livedDay } from "../history/entries.ts";

export interface Other {
  title: string;
  lines: { label: string; text: string }[];
}

/** Marks and settings say nothing to read; an exercise's own text is not the person's. */
const SILENT = new Set(["mark", "preference", "client-setting", "menu"]);
const HIDDEN = new Set(["snapshot", "part_of", "about", "exercise", "version", "assignment"]);

export function otherLines(records: readonly LocalRecord[]): Other[] {
  return records.filter(({ kind }) => !SILENT.has(kind)).map((record) => ({
    title: `${named(record)}, ${livedDay(record)}`,
    lines: Object.entries(record.body ?? {}).flatMap(([field, value]) => {
      const text = HIDDEN.has(field) ? "" : plain(value);
      return text === "" ? [] : [{ label: field.replaceAll("_", " "), text }];
    }),
  }));
}

function named({ kind }: LocalRecord): string {
  if (kind === "plan") return kindWords(kind);
  const words = kind.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words, numbers and lists of them; of anything deeper, what is written in it. */
function plain(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number" || value === true) return String(value);
  if (Array.isArray(value)) return value.map(plain).filter((one) => one !== "").join(", ");
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value).map(([field, one]) => [field.replaceAll("_", " "), plain(one)]).filter(([, one]) => one !== "").map(([field, one]) => `${field}: ${one}`).join("\n");
}
