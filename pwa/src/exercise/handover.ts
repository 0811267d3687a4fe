// What the start page hands to the player: that the gate was passed a moment ago. It lives in memory only, so that no
// link and no reload opens an exercise past its gate.

export interface Handover {
  exercise: string;
  assignment: string | null;
  /** What was answered before the start; null when it was not asked, or left open. */
  distress: number | null;
  /** The length that was chosen, in minutes; null where there is no choice. */
  length: number | null;
  at: number;
}

const FRESH = 60_000;
let waiting: Handover | null = null;

export function handOver(start: Handover): void {
  waiting = start;
}

/** What was handed over for `exercise`, once. */
export function taken(exercise: string, now: number): Handover | null {
  const start = waiting;
  waiting = null;
  return start !== null && start.exercise === exercise && now - start.at < FRESH ? start : null;
}
