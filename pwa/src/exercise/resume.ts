// A run that was cut off: a closed tab, an empty battery. Small, because Today looks for it at every start.
import { exerciseOf } from "../data/library.ts";
import { keptRuns } from "./kept-runs.ts";
import { howToResume, isOld, type Kept, type Resuming } from "./resuming.ts";
import { progress } from "./way.ts";

/** A run that waits to be gone on with. */
export interface Unfinished {
  run: string;
  exercise: string;
  title: string;
  /** "Go on from step 4"; null where it does not go on from a step. */
  step: number | null;
  /** Where it opens: `go-on` and `ask-again` at its step, `ground` at Back in the room, `over` from the start. */
  how: Resuming;
  /** More than a day ago: offer to start over, too. */
  old: boolean;
  /** When it was last touched. */
  at: number;
  /** The screen that takes it up. */
  path: string;
}

/** The run touched last that is not finished, or null. Runs that had ended, and were cut off while saving, are saved now. */
export async function unfinishedRun(now: number = Date.now()): Promise<Unfinished | null> {
  const runs = await keptRuns();
  const ended = runs.filter(({ state, elsewhere }) => state.ended !== null && !elsewhere);
  if (ended.length > 0) void saveNow(ended).catch(console.error);
  const last = runs.find(({ state }) => state.ended === null);
  return last === undefined ? null : shown(last, now);
}

/** Loaded when it is needed: it knows much that Today does not need. */
async function saveNow(ended: readonly Kept[]): Promise<void> {
  const { putAway } = await import("./finish.ts");
  for (const kept of ended) await putAway(kept, exerciseOf(kept.state.exercise), "left");
}

function shown(found: Kept, now: number): Unfinished {
  const exercise = exerciseOf(found.state.exercise);
  const how = howToResume(found, exercise, now);
  const goesOn = how === "go-on" || how === "ask-again";
  return {
    run: found.run, exercise: found.state.exercise, title: found.title, how, at: found.at, old: isOld(found, now),
    step: goesOn && exercise !== undefined ? progress(exercise, found.state).at : null,
    path: `/play/${found.state.exercise}?run=${found.run}`,
  };
}
