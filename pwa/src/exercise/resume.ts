// Runs that were cut off: a closed tab, an empty battery. Each is a draft under its own id until it is saved.
import { draftNames, forgetPending, readDraft, store } from "../data/drafts.ts";
import { dropNamed } from "../data/door.ts";
import { exerciseOf } from "../data/library.ts";
import { howToResume, isOld, type Kept, type Resuming } from "./resuming.ts";
import { progress } from "./way.ts";

const PREFIX = "run:";

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

/** The name a run's draft is kept under; `data/journal.save` clears it in the same transaction. */
export function draftOf(run: string): string {
  return `${PREFIX}${run}`;
}

/** Keeps where a run stands. Called at every step and every answer. */
export function keep(kept: Kept): void {
  store(draftOf(kept.run), kept);
}

export function kept(run: string): Promise<Kept | undefined> {
  return readDraft<Kept>(draftOf(run));
}

/** Lets go of a run without saving anything. */
export async function drop(run: string): Promise<void> {
  await forgetPending(draftOf(run));
  await dropNamed("drafts", draftOf(run));
}

/** The run touched last that is not finished, or null. */
export async function unfinishedRun(now: number = Date.now()): Promise<Unfinished | null> {
  const [last] = await keptRuns();
  return last === undefined ? null : shown(last, now);
}

/** Every run that is not finished, the one touched last first. */
export async function keptRuns(): Promise<Kept[]> {
  const names = (await draftNames()).filter(({ name }) => name.startsWith(PREFIX)).sort((one, other) => other.at - one.at);
  const found = await Promise.all(names.map(({ name }) => readDraft<Kept>(name)));
  return found.filter((one) => one !== undefined);
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
