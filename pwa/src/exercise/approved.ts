// Apart from the gates: Today says it of one exercise, and should not load them all.
import type { Exercise } from "./types.ts";

/** "draft, not yet approved by your practice" is shown on what this is false for. */
export function isApproved(exercise: Exercise, approvals: readonly string[]): boolean {
  return exercise.access === "always" || approvals.includes(`${exercise.id}@${exercise.version}`);
}
