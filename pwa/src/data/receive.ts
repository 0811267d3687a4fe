// Taking in an answer of the server: results first, then what a restore lost, then the page with its cursor last.
import { localDay, zoneHere } from "../history/days.ts";
import { type Answer, resultOf } from "./answer.ts";
import { LONGEST_WAIT } from "./batch.ts";
import { changed } from "./changes.ts";
import { allRows, change, findRows, getNamed, putNamed, type Seen, unsentRecords } from "./door.ts";
import { derivedId } from "./ids.ts";
import { answered, notDelivered, pulled, resent, sweep, trimmed } from "./merge.ts";
import { each } from "./rows.ts";
import type { Body, Epochs, Result, WireRecord } from "./types.ts";
import { type Change, joined, lost, nothing, type Queued, type Row } from "./versions.ts";

/** Where this phone stands in the journal. */
export interface Place {
  cursor: string | null;
  epochs: Epochs;
  /** Counts the pulls from the start, to tell what the server still lists. */
  pull: number;
  /** Why a pull from the start is going on. */
  whole: Answer["reset"];
  contact: { server: number; here: number } | null;
}
export const start: Place = { cursor: null, epochs: [], pull: 0, whole: null, contact: null };
/** What came of an answer. */
export interface Came {
  /** An op was settled, or the journal read further. */
  progress: boolean;
  /** Entries kept although the server did not list them. */
  kept: number;
}
const CHUNK = 100;
const LONGEST_AWAY = 400 * 24 * 60 * 60 * 1000;

export async function placeHere(): Promise<Place> {
  return (await getNamed<Place>("meta", "sync")) ?? start;
}

/** Applies an answer to `ops`. Of an odd one only the results. */
export async function receive(ops: readonly Queued[], answer: Answer): Promise<Came> {
  const before = await placeHere();
  const place: Place = {
    cursor: answer.cursor,
    epochs: answer.epochs,
    pull: answer.reset ? before.pull + 1 : before.pull,
    whole: answer.reset ?? before.whole,
    contact: answer.now === null ? before.contact : { server: answer.now, here: Date.now() },
  };
  const settled = await results(ops, answer, place);
  if (answer.odd) return { progress: settled, kept: 0 };
  if (answer.reset === "epoch") await sendAgain(place.epochs);
  await page(answer.records, place);
  const kept = answer.more ? 0 : await finish(place);
  return { progress: settled || answer.cursor !== before.cursor, kept };
}

/** What has no result that can be read stays, and is held back for a while. True when something was settled. */
async function results(ops: readonly Queued[], answer: Answer, place: Place): Promise<boolean> {
  const found = ops.map((op, i) => ({ op, result: resultOf(answer.results[i], op.id) }));
  const pairs = found.filter((pair): pair is { op: Queued; result: Result } => pair.result !== null);
  const open = found.filter(({ result }) => result === null).map(({ op }) => op);
  if (open.length > 0) await holdBack(open);
  if (pairs.length === 0) return false;
  const copies = await each(pairs, async ({ op, result: { status, copy } }) =>
    status === "conflict" ? (copy ?? derivedId(op.record, op.id)) : "",
  );
  await apply([...pairs.map(({ op }) => op.record), ...copies.filter((id) => id !== "")], ({ rows, ops: queued }) =>
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

/** These ops alone wait, each longer than the last time; those behind them go out meanwhile. */
export async function holdBack(ops: readonly Queued[]): Promise<void> {
  await change(ops.map((op) => op.record), ({ ops: queued }) => {
    const held = ops.flatMap(({ record, id }) => queued.get(record)?.filter((op) => op.id === id) ?? []);
    return { ...nothing(), ops: held.map((op) => ({ ...op, next_at: Date.now() + backOff(op.tries) })) };
  });
}

/** How long to wait after so many failures: from about a second to ten minutes, never all phones at once. */
export function backOff(times: number): number {
  return Math.min(LONGEST_WAIT, 1_000 * 2 ** times) * (0.5 + Math.random() / 2);
}

/** After a restore: queues what the server lost of this person's own writing. */
async function sendAgain(epochs: Epochs): Promise<void> {
  const rows = (await allRows()).filter((row) => lost(row.shown.rev, epochs));
  for (let i = 0; i < rows.length; i += CHUNK) {
    const some = rows.slice(i, i + CHUNK);
    const opIds = await each(some, (row) => derivedId(row.id, row.shown.rev ?? ""));
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

/** Everything was pulled: what should have come and did not is settled now. Answers how many it did not believe gone. */
async function finish(place: Place): Promise<number> {
  const expected = (await allRows("waiting")).filter((row) => row.expected).map((row) => row.id);
  if (expected.length > 0) {
    await apply(expected, ({ rows, ops }) =>
      [...rows.values()].filter((row) => row.expected).map((row) => notDelivered(row, ops.get(row.id) ?? [])),
    );
  }
  const kept = place.whole ? await sweepAll(place) : 0;
  await forgetExpired(place);
  return kept;
}

async function sweepAll(place: Place): Promise<number> {
  const known = place.whole !== "other"; // why this build was told to start over it can't know: nothing goes
  const { drop, kept } = known ? sweep(await allRows(), await unsentRecords(), place.pull) : { drop: [], kept: 0 };
  if (kept > 0) await putNamed("meta", "kept", kept);
  for (let i = 0; i < drop.length; i += CHUNK) {
    await apply(drop.slice(i, i + CHUNK), ({ rows: now, ops: queued }) => {
      const still = [...now.values()].filter((row) => row.state === "sent" && row.pull !== place.pull && !queued.get(row.id));
      return [{ ...nothing(), dropRows: still.map((row) => row.id) }];
    });
  }
  await putNamed("meta", "sync", { ...place, whole: null } satisfies Place);
  return kept;
}

/**
 * Text that only a therapist gives out goes from this phone when its day has passed. The day is the server's, carried on
 * by this phone's clock; one that claims more than the longest time away is not believed, since the text would not come
 * again. (That the exercise can't be started then is the gates' business.)
 */
export async function forgetExpired({ contact }: Place): Promise<void> {
  if (contact === null) return;
  const since = Date.now() - contact.here;
  const today = localDay(contact.server + (since > 0 && since < LONGEST_AWAY ? since : 0), zoneHere());
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
