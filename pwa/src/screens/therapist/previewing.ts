// Where a preview stands: at any step that is asked for, and where it was after the exercise's file changed. Pure.
import type { State } from "../../exercise/state.ts";
import type { Exercise, Step } from "../../exercise/types.ts";

/** The run at `step`, wherever the way there would lead: back on the way taken, or one step further. What was answered
 *  stays. */
export function placedAt(state: State, step: string, now: number): State {
  const before = state.path.indexOf(step);
  const path = before === -1 ? [...state.path, step] : state.path.slice(0, before + 1);
  return { ...state, path, part: 0, between: null, ended: null, entered_at: now, paused_at: null, paused_ms: 0 };
}

/** The run in the exercise as it is now: on the steps that are still there, with the answers that still fit. Null when
 *  none of its steps is left. */
export function carriedOver(state: State, before: Exercise, after: Exercise, now: number): State | null {
  const path = state.path.filter((id) => canBeShown(after.steps.find((step) => step.id === id)));
  const last = path.at(-1);
  if (last === undefined) return null;
  const fits = (id: string): boolean => {
    const [old, fresh] = [before, after].map(({ steps }) => steps.find((step) => step.id === id));
    return JSON.stringify(shape(old)) === JSON.stringify(shape(fresh));
  };
  const answers = Object.fromEntries(Object.entries(state.answers).filter(([id]) => fits(id)));
  return placedAt({ ...state, version: after.version, path, answers }, last, now);
}

/** Whether a step is a screen: a silent fork only decides where to go on. */
export function canBeShown(step: Step | undefined): step is Step {
  return step !== undefined && (step.type !== "branch" || (step.offer ?? []).length > 0);
}

/** What an answer depends on: all of a step but its words and times. */
function shape(step: Step | undefined): object | undefined {
  return step && { ...step, text: null, words: Object.keys(step.words), seconds: 0, pause: 0 };
}
