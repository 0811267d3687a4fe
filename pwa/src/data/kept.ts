// Entries kept although the server no longer lists them (the wipe guard), and the two ways out: remove them here too, or
// keep them and send them again. The person chooses; until then they stay and are part of every export.
import { changed } from "./changes.ts";
import { allRows, change, getNamed, putNamed, unsentRecords } from "./door.ts";
import { newId } from "./ids.ts";
import { shownRecord } from "./journal.ts";
import { absent } from "./merge.ts";
import { recount } from "./outbox.ts";
import { placeHere } from "./receive.ts";
import { kept } from "./flags.ts";
import { syncSoon } from "./sync.ts";
import { tell } from "./status.ts";
import { notSaved } from "./trouble.ts";
import type { LocalRecord } from "./types.ts";
import { type Change, content, joined, local, nothing, queued, type Row, type Version } from "./versions.ts";

/** What was kept, newest first. While everything is being pulled from the start: none, since it is not known yet. */
export async function keptRecords(): Promise<LocalRecord[]> {
  const rows = (await keptRows()).filter(({ shown }) => !shown.deleted).map(shownRecord);
  return rows.sort((one, other) => (other.felt_at ?? other.saved_at) - (one.felt_at ?? one.saved_at));
}

/** How many there are. While everything is being pulled from the start, as many as before it. */
export async function keptCount(): Promise<number> {
  const { whole } = await placeHere();
  return whole === null ? (await keptRecords()).length : ((await getNamed<number>("meta", "kept")) ?? 0);
}

/** Removes them from this phone too. Throws NotSaved. */
export function releaseKept(): Promise<void> {
  return settle(({ id }) => ({ ...nothing(), dropRows: [id] }));
}

/**
 * Keeps them. What the person wrote is sent again as something new, under the same id; what the therapist wrote stays on
 * this phone as it is. Throws NotSaved.
 */
export async function resendKept(): Promise<void> {
  const { pull } = await placeHere();
  await settle((row) => (row.shown.author === "client" ? sentAgain(row) : { ...nothing(), rows: [{ ...row, pull }] }));
}

function sentAgain(row: Row): Change {
  if (row.shown.deleted || row.shown.body === null) return { ...nothing(), dropRows: [row.id] };
  const id = newId();
  const shown: Version = { ...row.shown, rev: local(id), conflict_of: null };
  const op = queued(row.id, false, { ...content(shown), action: "put", id, record: row.id, kind: row.kind, base: null });
  return { ...nothing(), rows: [{ ...row, state: "waiting", shown, before: null }], ops: [op] };
}

/** Ends the notice when nothing is kept any more: the server lists all of it again. */
export async function lookAgain(): Promise<void> {
  if ((await placeHere()).whole === null && (await keptRows()).length === 0) await noneKept();
}

async function settle(decide: (row: Row) => Change): Promise<void> {
  const found = await keptRows();
  const ids = new Set(found.map(({ id }) => id));
  try {
    await change([...ids], ({ rows, ops }) =>
      joined([...rows.values()].filter((row) => row.state === "sent" && !ops.has(row.id)).map(decide)),
    );
    await noneKept();
  } catch (error) {
    throw notSaved(error);
  }
  changed(found.map(({ kind }) => kind));
  await recount();
  syncSoon();
}

async function noneKept(): Promise<void> {
  await putNamed("meta", "kept", 0);
  kept.value.value = 0;
  tell({ kept: 0 });
}

async function keptRows(): Promise<Row[]> {
  const { pull, whole } = await placeHere();
  return whole === null ? absent(await allRows("sent"), await unsentRecords(), pull) : [];
}
