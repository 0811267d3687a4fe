// Which ops go out next. Pure.
import type { Queued } from "./versions.ts";

export const MAX_OPS = 100;
export const MAX_BYTES = 256 * 1024;

/** The ops to send now: at most one of each record, its oldest; in order; within the bounds. */
export function batch(ops: readonly Queued[], now: number, most: number = MAX_OPS): Queued[] {
  const chosen: Queued[] = [];
  const busy = new Set<string>();
  let bytes = 0;
  for (const op of ops) {
    if (op.state !== "waiting" || busy.has(op.record)) continue;
    busy.add(op.record);
    if (op.after || op.next_at > now) continue;
    bytes += new TextEncoder().encode(JSON.stringify(op.op)).length;
    if (chosen.length >= most || (chosen.length > 0 && bytes > MAX_BYTES)) break;
    chosen.push(op);
  }
  return chosen;
}
