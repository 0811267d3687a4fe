import type { Assignment, LocalRecord, Run } from "../data/types.ts";

export type Assigned = LocalRecord<Assignment> & { body: Assignment };

/** Assignments that hold today, the newest first: not ended, and their last day is not over. */
export function liveAssignments(records: readonly LocalRecord<Assignment>[], today: string): Assigned[] {
  return records.filter((record): record is Assigned => {
    if (record.deleted || record.body === null || record.body.ended_at != null || record.body.suspended != null) return false;
    return [record.body.until, record.body.expires_on].every((last) => last == null || today <= last);
  });
}

/** Assignments that a restore set aside until the therapist has looked at them. */
export function setAside(records: readonly LocalRecord<Assignment>[], today: string): Assigned[] {
  const asThough = records.map((record) => ({ ...record, body: record.body && { ...record.body, suspended: null } }));
  const live = new Set(liveAssignments(asThough, today).map(({ id }) => id));
  return records.filter((record): record is Assigned => record.body?.suspended != null && live.has(record.id));
}

/** The assignment of an exercise that holds today. */
export function assignmentOf(exercise: string, live: readonly Assigned[]): Assigned | null {
  return live.find((assignment) => assignment.body.exercise === exercise) ?? null;
}

/** The day an exercise was last finished, or null. */
export function lastDone(runs: readonly LocalRecord<Run>[], exercise: string, dayOf: (run: LocalRecord<Run>) => string): string | null {
  const days = runs.filter(({ body }) => body?.exercise === exercise && body.ended === "finished" && !("part_of" in body)).map(dayOf);
  return days.sort().at(-1) ?? null;
}
