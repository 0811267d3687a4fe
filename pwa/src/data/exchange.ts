// What a round trip asks. The page and the worker send in the same words.
import { placeHere } from "./receive.ts";
import type { Queued } from "./versions.ts";

/** The body of a request to /api/sync that sends `ops`. */
export async function asking(ops: readonly Queued[], limit: number) {
  const { cursor } = await placeHere();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { cursor, limit, zone: timeZone ?? null, ops: ops.map(({ op }) => op) };
}
