// A high exercise that was past its gate is told by a mark at once, and not only when its run has ended: so its rest holds
// on every device of the person's, also when the app was killed in the middle, or the run is deleted later. Pure.
import { derivedId } from "../data/ids.ts";
import type { LocalRecord, Mark } from "../data/types.ts";
import { type Contact, lockedUntil, type PastRun } from "./gates.ts";
import { wentIn } from "./record.ts";
import type { State } from "./state.ts";
import type { Exercise } from "./types.ts";

const USE = "use";
const REOPEN = "reopen";

/** A mark to save. It holds no answer, and goes to no therapist. */
export interface UseMark {
  id: string;
  kind: "mark";
  audience: "service";
  body: Mark;
}

/** What has to be told of a high run: that it was past its gate, and that it waits to be opened again. Else nothing. */
export async function usesOf(exercise: Exercise, run: string, assignment: string | null, state: State, at: number): Promise<UseMark[]> {
  if (exercise.intensity !== "high" || !wentIn(exercise, state)) return [];
  const known = { exercise: exercise.id, run, ...(assignment === null ? {} : { assignment }) };
  const mark = async (what: string, more: Partial<Mark>): Promise<UseMark> =>
    ({ id: await derivedId(run, what), kind: "mark", audience: "service", body: { what, ...known, ...more } });
  const use = await mark(USE, { at, locked_until: lockedUntil(exercise, at) });
  return state.reopen_needed ? [use, await mark(REOPEN, {})] : [use];
}

/** A moment of this phone's clock, as the server's would have shown it. */
export function serverTime(here: number, contact: Contact | null): number {
  return contact === null ? here : here + contact.server - contact.here;
}

/** Runs as the gates look at them: each with its marks, and those of which only a mark is there. Pure. */
export function pastRuns(runs: readonly LocalRecord<PastRun>[], marks: readonly LocalRecord<Mark>[]): PastRun[] {
  const told = marks.flatMap(({ body }) => (body?.run === undefined ? [] : [{ ...body, run: body.run }]));
  const open = told.filter(({ what }) => what === REOPEN).map(({ run }) => run);
  const uses = new Map(told.filter(({ what }) => what === USE).map((use) => [use.run, use]));
  const whole = runs.flatMap(({ id, body }) => (body === null || "part_of" in body ? [] : [{ id, body }]));
  const known = new Set(whole.map(({ id }) => id));
  const bare = [...uses.values()].filter(({ run }) => !known.has(run));
  return [
    ...whole.map(({ id, body }) => joined(body, uses.get(id))),
    ...bare.map((use): PastRun => ({
      ...joined({ exercise: use.exercise ?? "", ended: "stopped", intensity: "high" }, use),
      ...(use.assignment === undefined ? {} : { assignment: use.assignment }), reopen: open.includes(use.run),
    })),
  ];
}

function joined(body: PastRun, use: Mark | undefined): PastRun {
  const locked = Math.max(body.locked_until ?? 0, use?.locked_until ?? 0);
  return { ...body, ...(use?.at === undefined ? {} : { at: use.at }), ...(locked > 0 ? { locked_until: locked } : {}) };
}
