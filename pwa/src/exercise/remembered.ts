// The exercise a run began with, as far as it is still known: it may have changed since, or be gone. Pure.
import { isAnswer, isTurn } from "./answers.ts";
import { isForm } from "./forms.ts";
import type { Kept } from "./resuming.ts";
import { stepOf } from "./state.ts";
import type { Answer, Exercise, Step } from "./types.ts";

/** What is known of an exercise that is not here any more: enough to keep its run, and the lock of a high one. */
export function remembered({ state, title, intensity }: Kept): Exercise {
  return {
    id: state.exercise, version: state.version, title, intensity, summary: "", family: "", functions: [], access: "therapist",
    minutes: 0, contraindications: [], stop_rules: [], measures: [],
    steps: state.path.map((id) => stepLike(id, state.answers[id])),
  };
}

/** The exercise as it is now, to put away a run that began with another version of it: what was answered in steps that are
 *  gone, or ask for something else by now, is kept too, and on this phone only. */
export function asBegun({ state }: Kept, exercise: Exercise): Exercise {
  const changed = exercise.version !== state.version;
  const gone = [...new Set(state.path)].filter((id) => {
    const step = stepOf(exercise, id);
    return step === undefined || (changed && !takes(step, state.answers[id]));
  });
  const still = exercise.steps.filter(({ id }) => !gone.includes(id));
  return { ...exercise, version: state.version, steps: [...still, ...gone.map((id) => stepLike(id, state.answers[id]))] };
}

function stepLike(id: string, answer: Answer | undefined): Step {
  const base = { id, text: "", words: {}, seconds: 0, share: "private" } as const;
  if (typeof answer === "number") return { ...base, type: "rate", min: 0, max: 10, measure: "other" };
  if (typeof answer === "string") return { ...base, type: "text", max_chars: answer.length };
  return answer === undefined ? { ...base, type: "imagine" } : { ...base, type: "choice" };
}

/** Whether `answer` can have been given to this step. In doubt it can't: words are never told as an option. */
function takes(step: Step, answer: Answer | undefined): boolean {
  if (!isAnswer(answer)) return true;
  if (typeof answer === "number") return step.type === "rate" && !step.per_pick;
  if (typeof answer === "string") return step.type === "text" || optionsOf(step).includes(answer);
  if (Array.isArray(answer)) return answer.every((one) => takesOne(step, one));
  if ("v" in answer) return step.type === "affect";
  const numbers = Object.values(answer).every((one) => typeof one === "number");
  return isForm(step) || (numbers && step.type === "rate" && Boolean(step.per_pick));
}

function takesOne(step: Step, one: string | object): boolean {
  if (typeof one === "string") return step.type === "body_map" || optionsOf(step).includes(one);
  if (isTurn(one)) return step.type === "dialogue";
  return step.type === "emotions" ? !("region" in one) : step.type === "sensations" && !("own" in one);
}

function optionsOf(step: Step): string[] {
  if (step.type === "choice") return [...(step.options ?? []), ...(step.extra ?? [])];
  if (step.type === "breathe") return (step.presets ?? []).map(({ id }) => id);
  return step.type === "checklist" ? step.items : [];
}
