// What the gates look at, gathered from this phone.
import { useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import { lastContact } from "../data/sync.ts";
import type { Assignment, LocalRecord } from "../data/types.ts";
import { type Context, isLive, type LiveAssignment, type PastRun } from "./gates.ts";
import type { Exercise } from "./types.ts";

/** The context for `exercise`, without the person's answers; null until the journal was read. */
export function useContext(exercise: Exercise | undefined, assignment: LiveAssignment | null): Context | null {
  const runs = useRecords<PastRun>({ kinds: ["run"], limit: 400 });
  if (runs === null || exercise === undefined) return null;
  return contextAt(Date.now(), assignment, runs);
}

/** The newest assignment of an exercise that holds now; null when there is none, undefined until the journal was read. */
export function useAssignment(exercise: string): LiveAssignment | null | undefined {
  const records = useRecords<Assignment>({ kinds: ["assignment"] });
  if (records === null) return undefined;
  const now = Date.now();
  return records.map(live).find((one) => one !== null && one.body.exercise === exercise && holds(one, now)) ?? null;
}

/** The exercise inside an assignment, for those that are in no public list. */
export function snapshotOf(assignment: LiveAssignment | null | undefined): Exercise | undefined {
  return (assignment?.body.snapshot ?? undefined) as Exercise | undefined;
}

function live({ id, body, deleted }: LocalRecord<Assignment>): LiveAssignment | null {
  return body === null || deleted ? null : { id, body };
}

function holds(assignment: LiveAssignment, now: number): boolean {
  const { body } = assignment;
  const asked = { id: body.exercise, limits: snapshotOf(assignment)?.limits } as Exercise;
  return isLive(asked, contextAt(now, assignment, [])).ok;
}

function contextAt(now: number, assignment: LiveAssignment | null, runs: readonly LocalRecord<PastRun>[]): Context {
  const contact = lastContact.value;
  return {
    now, assignment, offset: -new Date(now).getTimezoneOffset(), approvals: me.value?.approvals ?? [],
    serverNow: contact?.server ?? null,
    // A clock set back since then tells nothing: what the server said counts.
    lastSync: contact === null ? null : contact.here <= now ? contact.here : contact.server,
    runs: runs.flatMap(({ body }) => (body === null || "part_of" in body ? [] : [body])),
  };
}
