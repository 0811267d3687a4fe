// Taking in an answer of the server: results first, then what a restore lost, then the page with its cursor last.
import { localDay, zoneHere } from "../history/days.ts";
import { changed } from "./changes.ts";
import { allOps, allRows, change, findRows, getNamed, putNamed, type Seen } from "./door.ts";
import { derivedId } from "./ids.ts";
import { answered, notDelivered, pulled, resent, sweep, trimmed } from "./merge.ts";
import { recount } from "./outbox.ts";
import { tell } from "./status.ts";
import type { Body, Epochs, SyncAnswer, WireRecord } from "./types.ts";
import { type Change, joined, lost, nothing, type Queued, type Row } from "./versions.ts";

/** Where this phone stands in the journal. */
export interface Place {
  cursor: string | null;
  epochs: Epochs;
  /** Counts the pulls from the start, to tell what the server still lists. */
  pull: number;
  /** Why a pull from the start is going on. */
  whole: null | "epoch" | "age";
  contact: { server: number; here: number } | null;
}
export const start: Place = { cursor: null, epochs: [], pull: 0, whole: null, contact: null };
const CHUNK = 100;

/** Applies an answer to `ops`. True when at least one op was settled. */
export async function receive(ops: readonly Queued[], answer: SyncAnswer): Promise<boolean> {
  const before = (await getNamed<Place>("meta", "sync")) ?? start;
  const place: Place = {
    cursor: answer.cursor,
    epochs: answer.epochs,
    pull: answer.reset ? before.pull + 1 : before.pull,
    whole: answer.reset ?? before.whole,
    contact: { server: answer.now, here: Date.now() },
  };
  const progress = await results(ops, answer, place);
  if (answer.reset === "epoch") await sendAgain(place.epochs);
  await page(answer.records, place);
  if (!answer.more) await finish(place);
  await recount();
  return progress;
}

async function results(ops: readonly Queued[], answer: SyncAnswer, place: Place): Promise<boolean> {
  const pairs = ops.flatMap((op, i) => {
    const result = answer.results[i];
    return result?.op === op.id ? [{ op, result }] : [];
  });
  if (pairs.length === 0) return false;
  const copies = await Promise.all(pairs.map(({ op, result }) => result.copy ?? derivedId(op.record, op.id)));
  await apply([...pairs.map(({ op }) => op.record), ...copies], ({ rows, ops: queued }) =>
    pairs.map(({ op, result }, i) => {
      const list = queued.get(op.record) ?? [];
      const sent = list.find(({ id }) => id === op.id);
      const copy = copies[i] as string;
      const there = { id: copy, row: rows.get(copy) ?? null };
      return sent ? answered(rows.get(op.record) ?? null, list, sent, result, there, place) : nothing();
    }),
  );
  return true;
}

/** After a restore: queues what the server lost of this person's own writing. */
async function sendAgain(epochs: Epochs): Promise<void> {
  const rows = (await allRows()).filter((row) => lost(row.shown.rev, epochs));
  for (let i = 0; i < rows.length; i += CHUNK) {
    const some = rows.slice(i, i + CHUNK);
    const opIds = await Promise.all(some.map((row) => derivedId(row.id, row.shown.rev ?? "")));
    await apply(some.map((row) => row.id), ({ rows: now, ops }) =>
      some.map(({ id }, n) => {
        const row = now.get(id);
        return row ? resent(row, ops.get(id) ?? [], opIds[n] as string, epochs) : nothing();
      }),
    );
  }
}

function page(records: readonly WireRecord[], place: Place): Promise<void> {
  const last = new Map(records.map((record) => [record.id, record]));
  return apply(
    [...last.keys()],
    ({ rows, ops }) =>
      [...last.values()].map((record) => pulled(rows.get(record.id) ?? null, ops.get(record.id) ?? [], record, place)),
    { sync: place },
  );
}

/** Everything was pulled: what should have come and did not is settled now. */
async function finish(place: Place): Promise<void> {
  const expected = (await allRows("waiting")).filter((row) => row.expected).map((row) => row.id);
  if (expected.length > 0) {
    await apply(expected, ({ rows, ops }) =>
      [...rows.values()].filter((row) => row.expected).map((row) => notDelivered(row, ops.get(row.id) ?? [])),
    );
  }
  if (place.whole) await sweepAll(place);
  await forgetExpired(place);
}

async function sweepAll(place: Place): Promise<void> {
  const [rows, ops] = await Promise.all([allRows(), allOps()]);
  const { drop, kept } = sweep(rows, new Set(ops.map((op) => op.record)), place.pull);
  if (kept > 0) {
    await putNamed("meta", "kept", kept);
    tell({ kept });
  }
  for (let i = 0; i < drop.length; i += CHUNK) {
    await apply(drop.slice(i, i + CHUNK), ({ rows: now, ops: queued }) => {
      const still = [...now.values()].filter((row) => row.state === "sent" && row.pull !== place.pull && !queued.get(row.id));
      return [{ ...nothing(), dropRows: still.map((row) => row.id) }];
    });
  }
  await putNamed("meta", "sync", { ...place, whole: null } satisfies Place);
}

/** Text that only a therapist gives out goes from this phone when its day has passed, by the later of the two clocks. */
export async function forgetExpired(place: Place): Promise<void> {
  const today = localDay(Math.max(Date.now(), place.contact?.server ?? 0), zoneHere());
  const bare = ({ kind, shown }: Row): Body | null => trimmed(kind, shown.body, today);
  const over = (await findRows({ kinds: ["assignment"] })).filter((row) => bare(row) !== row.shown.body);
  if (over.length === 0) return;
  await apply(over.map((row) => row.id), ({ rows }) => [
    { ...nothing(), rows: [...rows.values()].map((row) => ({ ...row, shown: { ...row.shown, body: bare(row) } })) },
  ]);
}

async function apply(ids: readonly string[], decide: (seen: Seen) => Change[], meta?: Record<string, unknown>): Promise<void> {
  const kinds = new Set<string>();
  await change([...new Set(ids)], (seen) => {
    const whole = joined(decide(seen));
    for (const row of [...seen.rows.values(), ...whole.rows]) kinds.add(row.kind);
    return meta ? { ...whole, meta } : whole;
  });
  changed(kinds);
}
