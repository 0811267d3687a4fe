// Everything of the person's that this phone holds, as a copy takes it along. docs/export.md tells the format.
import { type Begun, begunHere } from "./begun.ts";
import { change, findRows, type Seen, unsentRecords } from "./door.ts";
import { lines } from "./edits.ts";
import { shownRecord } from "./journal.ts";
import type { LocalRecord } from "./types.ts";
import { apart, type Queued, type Row } from "./versions.ts";

/** Sent or not, shared or private, on screen or not, saved or only begun. */
export interface Everything {
  format: "midweek-export";
  version: 1;
  made_at: string;
  records: (LocalRecord & { unsent: boolean })[];
  drafts: Begun[];
}

export async function everything(now: number = Date.now()): Promise<Everything> {
  const drafts = await begunHere();
  const { rows: unsent, ops } = await waitingHere(); // first: what a sync settles meanwhile is there twice, and not missing
  const shown = (await findRows({})).map((row) => ({ ...shownRecord(row), unsent: unsent.has(row.id) }));
  const others = [...unsent.values()].flatMap((row) => othersOf(row, ops.get(row.id) ?? [])).map((one) => ({ ...one, unsent: true }));
  return { format: "midweek-export", version: 1, made_at: new Date(now).toISOString(), records: [...shown, ...others], drafts };
}

/** The same as text to keep. */
export async function exportAll(): Promise<string> {
  return JSON.stringify(await everything(), null, 2);
}

/** The rows that have something in the outbox, deleted ones too, with their ops. */
async function waitingHere(): Promise<Seen> {
  let found: Seen = { rows: new Map(), ops: new Map() };
  await change([...(await unsentRecords())], (seen) => {
    found = seen;
    return null;
  });
  return found;
}

/** The texts of a record that wait behind the one on screen, each as a record of its own, under the id it keeps when the
 *  share of the record is taken back (see edits.ts). */
function othersOf(row: Row, ops: readonly Queued[]): LocalRecord[] {
  return lines(ops).others.filter(({ op }) => op.action === "put").map((op) => (
    shownRecord({ ...row, id: op.id, state: op.state, reason: op.reason, shown: apart(op, row) })
  ));
}
