// The copy itself: one ZIP of everything, made on this phone. It is written a little at a time, so that the screen stays
// awake, and stays in memory until it is saved.
import { strToU8, Zip, ZipDeflate } from "fflate";
import { codebook, tablesOf } from "./columns.ts";
import { csv } from "./csv.ts";
import { fhirOf } from "./fhir.ts";
import type { Everything } from "../data/everything.ts";
import { pause } from "../data/rows.ts";
import type { Material } from "./material.ts";
import { reportOf } from "./report.ts";
import { lt } from "./words.ts";

/** One file of the copy, in pieces. */
export interface Piece {
  name: string;
  text: Iterable<string>;
}

/** The files of a copy. `server` is what the server holds, as it answered; null when it was not asked or not reached. */
export function* filesOf(material: Material, server: string | null): Generator<Piece> {
  const tables = tablesOf(material);
  yield { name: "README.txt", text: [`\uFEFF${lt("leaving.readme").replaceAll("\n", "\r\n")}\r\n`] };
  yield { name: "report.html", text: reportOf(material) };
  yield { name: "midweek.json", text: recordsOf(material.everything) };
  for (const { file, columns, rows } of [...tables, codebook(tables)]) {
    yield { name: `tables/${file}`, text: csv(withHead(columns.map(({ name }) => name), rows)) };
  }
  yield { name: "fhir.json", text: fhirOf(material) };
  if (server !== null) yield { name: "server.json", text: [server] };
}

function* withHead<Row>(head: Row, rows: Iterable<Row>): Generator<Row> {
  yield head;
  yield* rows;
}

/** The entries as they are kept, one a line. */
function* recordsOf({ records, ...head }: Everything): Generator<string> {
  let lead = `${JSON.stringify(head).slice(0, -1)},"records":[\n`;
  for (const record of records) {
    yield lead + JSON.stringify(record);
    lead = ",\n";
  }
  yield records.length === 0 ? `${lead}]}\n` : "\n]}\n";
}

/** So many bytes are packed at a time. */
const STEP = 32 * 1024;

/** These files as one ZIP. */
export async function zipped(files: Iterable<Piece>, made: Date): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    parts.push(data as Uint8Array<ArrayBuffer>);
  });
  for (const { name, text } of files) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = made;
    zip.add(file);
    await packed(file, text);
  }
  zip.end();
  return parts;
}

let last = 0;

async function packed(file: ZipDeflate, text: Iterable<string>): Promise<void> {
  let waiting = "";
  for (const piece of text) {
    waiting += piece;
    if (waiting.length >= STEP) {
      await pushed(file, strToU8(waiting));
      waiting = "";
    } else if (performance.now() - last > 15) await breath();
  }
  await pushed(file, strToU8(waiting));
  file.push(new Uint8Array(), true);
}

async function pushed(file: ZipDeflate, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += STEP) {
    file.push(bytes.subarray(at, at + STEP), false);
    if (performance.now() - last > 15) await breath();
  }
}

/** Lets the screen do what waits. */
async function breath(): Promise<void> {
  await pause();
  last = performance.now();
}
