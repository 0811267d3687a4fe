// What a client wants of all their reminders together: quiet hours, the most a day, a pause. Pure.
import { derivedId } from "../data/ids.ts";
import type { LocalRecord } from "../data/types.ts";
import type { Hours } from "./clocks.ts";

export interface Limits {
  quiet: Hours;
  /** Whether the quiet hours are the client's own word. */
  own: boolean;
  most: number;
  /** The first day with reminders again. */
  paused_until: string | null;
  /** Assignments whose suggested reminder the client does not want. */
  declined: readonly string[];
}

export const USUAL: Limits = { quiet: { from: "21:00", to: "08:00" }, own: false, most: 3, paused_until: null, declined: [] };
export const MOST_CHOICES = [1, 2, 3, 4, 5] as const;

export const KIND = "preference";
export const NAME = "reminders";
/** Of the ids that phone and server both work out; `server/store/known_ids.py` has the same. */
const NAMESPACE = "4f6d4a1e-6f0f-5d6b-9c53-6a1f0f2b7c11";
type Kept = Pick<LocalRecord, "kind" | "body">;

/** What the records say; what none of them says is as usual. */
export function limitsIn(records: readonly Kept[]): Limits {
  const said = limitsRecord(records)?.body ?? {};
  const quiet = said["quiet"] as Hours | null | undefined;
  return {
    quiet: quiet ?? USUAL.quiet,
    own: quiet !== undefined && quiet !== null,
    most: typeof said["most"] === "number" ? said["most"] : USUAL.most,
    paused_until: typeof said["paused_until"] === "string" ? said["paused_until"] : null,
    declined: Array.isArray(said["declined"]) ? (said["declined"] as string[]) : [],
  };
}

/** The record that holds them, if there is one yet. */
export function limitsRecord<R extends Kept>(records: readonly R[]): R | undefined {
  return records.find(({ kind, body }) => kind === KIND && body?.["name"] === NAME);
}

/** The id of a client's limits. */
export function idOf(client: string): Promise<string> {
  return derivedId(NAMESPACE, `reminders ${client}`);
}
