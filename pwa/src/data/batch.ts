// Which ops go out next. Pure.
import type { Queued } from "./versions.ts";

export const MAX_OPS = 100;
export const MAX_BYTES = 256 * 1024;
/** No op is held back for longer. */
export const LONGEST_WAIT = 600_000;

type Waiting = Pick<Queued, "state" | "record" | "after" | "next_at">;

/** The ops to send now: at most one of each record, its oldest; in order; within the bounds. */
export function batch(ops: readonly Queued[], now: number, most: number = MAX_OPS): Queued[] {
  return due(ops, now, ({ op }) => new TextEncoder().encode(JSON.stringify(op)).length, most);
}

/** The same, where `sizeOf` knows how large an op is. */
export function due<Op extends Waiting>(ops: readonly Op[], now: number, sizeOf: (op: Op) => number, most: number): Op[] {
  const chosen: Op[] = [];
  const busy = new Set<string>();
  let bytes = 0;
  for (const op of ops) {
    if (op.state !== "waiting" || busy.has(op.record)) continue;
    busy.add(op.record);
    if (op.after || heldFor(op, now) > 0) continue;
    bytes += sizeOf(op);
    if (chosen.length >= most || (chosen.length > 0 && bytes > MAX_BYTES)) break;
    chosen.push(op);
  }
  return chosen;
}

/** For how long an op is held back still. A clock that was set back holds nothing up: no wait is that long. */
export function heldFor({ next_at }: Pick<Queued, "next_at">, now: number): number {
  const left = next_at - now;
  return left > 0 && left <= LONGEST_WAIT ? left : 0;
}
