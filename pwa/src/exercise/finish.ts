// The end of a run, kept: all its records and the draft's removal in one transaction.
import { derivedId, newId } from "../data/ids.ts";
import { get, list, save, saveNew } from "../data/journal.ts";
import { lastContact } from "../data/sync.ts";
import { Taken } from "../data/trouble.ts";
import type { Mark, Plan } from "../data/types.ts";
import { localDay, zoneHere } from "../history/days.ts";
import { vocabulary } from "../pair/vocabulary.ts";
import { readAgreement } from "../sharing/agreed.ts";
import { pickLabel } from "../ui/inputs/index.ts";
import { nameOf } from "./answers.ts";
import { doneByRun } from "./done.ts";
import { play } from "./engine.ts";
import { recordsOf } from "./record.ts";
import { draftOf, keptRuns } from "./kept-runs.ts";
import { asBegun, remembered } from "./remembered.ts";
import { isLeftBehind, type Kept } from "./resuming.ts";
import type { State } from "./state.ts";
import type { Exercise, Picked } from "./types.ts";
import { serverTime, usesOf } from "./uses.ts";

/** A run to put away. */
export interface Ending {
  exercise: Exercise;
  run: string;
  assignment: string | null;
}

/** The runs this tab has saved, or is saving. */
const finished = new Map<string, Promise<void>>();

/** Saves a run that has ended, with the marks for today's reminders. Saved twice it is there once: its parts have the
 *  same ids each time. One that ended otherwise in another tab becomes a run of its own. Throws NotSaved; its draft is
 *  then still there. */
export function finish(ending: Ending, state: State): Promise<void> {
  const { run } = ending;
  const before = finished.get(run);
  if (before) return before;
  const saving = kept(ending, state, draftOf(run)).catch((error: unknown) => {
    if (error instanceof Taken) return kept({ ...ending, run: newId() }, state, draftOf(run));
    throw error;
  });
  finished.set(run, saving);
  saving.catch(() => finished.delete(run));
  return saving;
}

/** The moment a run ended in, and how long it took, make it no other run. */
const ASIDE = ["ended_at", "locked_until", "at", "seconds", "hidden_seconds", "step_seconds"];

/** Tells at once that a high run is past its gate, and once. */
export async function markUse({ exercise, run, assignment }: Ending, state: State, now: number): Promise<void> {
  for (const mark of await usesOf(exercise, run, assignment, state, serverTime(now, lastContact.peek()))) {
    if ((await get(mark.id)) === undefined) await save([mark]);
  }
}

async function kept({ exercise, run, assignment }: Ending, state: State, draft: string): Promise<void> {
  const at = state.ended?.at ?? Date.now();
  const zone = zoneHere();
  const day = localDay(at, zone);
  const told = serverTime(at, lastContact.peek());
  const [{ fields }, marks, uses] = await Promise.all([
    readAgreement(), assignment === null ? [] : marksOf(run, assignment, state, zone), usesOf(exercise, run, assignment, state, told),
  ]);
  const records = recordsOf(exercise, state, { id: run, assignment, label: wordOf, agreed: fields.runs, at: told });
  const parts = await Promise.all(records.map(async (one, n) => ({ ...one, id: one.id ?? (await derivedId(run, `part ${n}`)), zone, day })));
  await saveNew([...parts, ...marks, ...uses], draft, ASIDE);
}

/** Puts a run away that was cut off, as it had ended or else as `how` says, at the moment it was last touched: what was
 *  noted stays on this phone. */
export async function putAway(kept: Kept, exercise: Exercise | undefined, how: "stopped" | "left"): Promise<void> {
  const of = exercise === undefined ? remembered(kept) : asBegun(kept, exercise);
  const event = { type: how === "stopped" ? "stop" : "leave" } as const;
  await finish({ exercise: of, run: kept.run, assignment: kept.assignment }, play(of, kept.state, event, kept.at));
}

/** Puts away older runs of the same exercise that were never finished: a new one has begun, `from` here. */
export async function putAwayOthers({ exercise, run, from }: Ending & { from: State }): Promise<void> {
  const by = { exercise: exercise.id, run, began: from.entered_at };
  for (const kept of await keptRuns()) {
    if (!kept.elsewhere && isLeftBehind(kept, by, Date.now())) await putAway(kept, exercise, "left");
  }
}

function wordOf(pick: Picked): string {
  return vocabulary.value === null ? nameOf(pick) : pickLabel(pick, vocabulary.value, vocabulary.value.special);
}

/** "Done" to the reminders of what it was done for. They hold no answer. */
async function marksOf(run: string, assignment: string, state: State, zone: string) {
  const [plans, marks] = await Promise.all([list<Plan>({ kinds: ["plan"] }), list<Mark>({ kinds: ["mark"], limit: 100 })]);
  return Promise.all(doneByRun(state, assignment, plans, marks, zone).map(async ({ plan, day, slot }) => (
    { id: await derivedId(run, slot === 0 ? plan : `${plan} ${slot}`), kind: "mark", audience: "service" as const, body: { what: "done", plan, day, slot } }
  )));
}
