import { isApproved } from "../exercise/approved.ts";
import { hasYes, isKeptClosed, type Kept } from "../exercise/gates.ts";
import type { Exercise } from "../exercise/types.ts";

export type Offered = { exercise: Exercise; approved: boolean };
export type Shelf = { family: string; exercises: Offered[] };

const FAMILIES = [
  "grounding-safety", "body-awareness", "emotion-labelling", "imagery", "mentalizing", "narrative-episode", "mastery",
];

/** What a person may start by themselves, by family in a fixed order: low exercises, and medium ones the practice approved;
 *  none that their therapist keeps closed for them. */
export function shelves(exercises: readonly Exercise[], approvals: readonly string[], kept: Kept = {}): Shelf[] {
  const open = exercises.filter((exercise) => isSelfServe(exercise, approvals, kept) && !isKeptClosed(exercise, kept));
  const families = [...new Set([...FAMILIES, ...open.map((exercise) => exercise.family)])];
  return families.flatMap((family) => {
    const here = open.filter((exercise) => exercise.family === family).sort(shortestFirst);
    return here.length === 0
      ? [] : [{ family, exercises: here.map((exercise) => ({ exercise, approved: isApproved(exercise, approvals) })) }];
  });
}

function isSelfServe(exercise: Exercise, approvals: readonly string[], kept: Kept): boolean {
  if (exercise.access !== "always" && exercise.access !== "self" && !hasYes(exercise, kept)) return false;
  if (exercise.intensity === "low") return true;
  return exercise.intensity === "medium" && isApproved(exercise, approvals);
}

function shortestFirst(one: Exercise, other: Exercise): number {
  return one.minutes - other.minutes || (one.title < other.title ? -1 : 1);
}
