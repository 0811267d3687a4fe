// What of an answer can be taken. A newer server may say more, in other words: what is not understood changes nothing.
// Whoever else answers on the way, a portal or a broken proxy, is never taken for the server. Pure.
import type { Epochs, Result, SyncAnswer, WireRecord } from "./types.ts";

/** An answer whose shape was looked at. */
export interface Answer extends Omit<SyncAnswer, "reset" | "now"> {
  /** Any reason but these two is a reset too: everything comes from the start. */
  reset: null | "epoch" | "age" | "other";
  now: number | null;
  /** A record in it can't be read: the page is not to be taken, and the cursor stays. */
  odd: boolean;
}
type Said = Record<string, unknown>;

/** The answer, or null when it is none. */
export function understood(said: unknown): Answer | null {
  if (!isObject(said)) return null;
  const { epochs, reset, results, records, cursor, more, now } = said;
  if (!Array.isArray(results) || !Array.isArray(records) || !isEpochs(epochs) || typeof cursor !== "string" || cursor === "") return null;
  return {
    epochs,
    reset: reset == null ? null : reset === "epoch" || reset === "age" ? reset : "other",
    results: results as Result[],
    records: records as WireRecord[],
    cursor,
    more: more === true,
    now: typeof now === "number" ? now : null,
    odd: !records.every(isRecord),
  };
}

const statuses = new Set<unknown>(["applied", "conflict", "stale", "refused"]);

/** The result of the op `id`, or null when this is none: then the op stays where it is. */
export function resultOf(said: unknown, id: string): Result | null {
  if (!isObject(said) || said["op"] !== id || !statuses.has(said["status"])) return null;
  const { rev, copy } = said;
  const fits = (rev == null || isRev(rev)) && (copy == null || typeof copy === "string");
  return fits ? (said as unknown as Result) : null;
}

function isRecord(said: unknown): boolean {
  if (!isObject(said)) return false;
  const { id, kind, rev, audience, author, body } = said;
  return [id, kind, audience, author].every((word) => typeof word === "string") && isRev(rev) && (body == null || isObject(body));
}

function isEpochs(said: unknown): said is Epochs {
  return Array.isArray(said) && said.every((one) => Array.isArray(one) && typeof one[0] === "string" && typeof one[1] === "number");
}

function isRev(said: unknown): said is string {
  return typeof said === "string" && /^[^.]+\.\d+$/.test(said);
}

function isObject(said: unknown): said is Said {
  return typeof said === "object" && said !== null && !Array.isArray(said);
}
