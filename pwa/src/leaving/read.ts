// A file the person chose: what is in it, looked at before anything of it is stored. Throws Unusable with what and where.
import { livedDay } from "../history/entries.ts";
import type { Brought } from "./checks.ts";
import { daylioRecords, looksLikeDaylio } from "./daylio.ts";
import { recordsIn } from "./own-file.ts";
import { textOf } from "./text-of.ts";
import { Unusable } from "./unusable.ts";
import { isZip, megabytes, unzipped, WANTED } from "./unzipped.ts";
import { lt } from "./words.ts";

export const MOST_BYTES = 30_000_000;

/** What a file holds. */
export interface Found {
  name: string;
  from: "midweek" | "daylio";
  /** The person's own records. */
  records: Brought[];
  /** How many the therapist wrote, which stay with the practice. */
  theirs: number;
  days: { first: string; last: string };
}

/** Looks into a file. Its size is known before a byte of it is read. */
export async function readFile(file: File): Promise<Found> {
  const { name, size } = file;
  if (size > MOST_BYTES) throw new Unusable(lt("leaving.read.too_large", { name, size: megabytes(size), most: megabytes(MOST_BYTES) }));
  if (size === 0) throw new Unusable(lt("leaving.read.empty", { name }));
  const bytes = new Uint8Array(await bytesOf(file));
  return isZip(bytes) ? fromOwn(textOf(unzipped(bytes, name), WANTED), name) : fromText(textOf(bytes, name), name);
}

async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new Unusable(lt("leaving.read.unreadable", { name: file.name }));
  }
}

async function fromText(text: string, name: string): Promise<Found> {
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("{") || start.startsWith("[")) return fromOwn(text, name);
  if (start.includes(",") || looksLikeDaylio(start)) return found(name, "daylio", await daylioRecords(text, name));
  throw new Unusable(lt("leaving.read.neither", { name }));
}

function fromOwn(text: string, name: string): Found {
  return found(name, "midweek", recordsIn(text, name));
}

function found(name: string, from: Found["from"], all: readonly Brought[]): Found {
  const records = all.filter(({ author }) => author === "client");
  if (records.length === 0) throw new Unusable(lt("leaving.read.no_entries", { name }));
  const days = records.map((record) => livedDay(record)).sort();
  return { name, from, records, theirs: all.length - records.length, days: { first: days[0] ?? "", last: days.at(-1) ?? "" } };
}
