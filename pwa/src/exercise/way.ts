// Which step comes next: hidden steps are passed, silent forks are taken. Pure.
import { holds, wordsOf } from "./answers.ts";
import { current, lengthOf, ratedWords, type State, stepOf, valueOf } from "./state.ts";
import type { Answer, Branch, Condition, Emotions, Exercise, Step, Target } from "./types.ts";

/** A step to show, or the end that was reached. */
export type Landing = { step: Step } | { exit: Target };

const ENDS = new Set(["finish", "leave", "ground", "help", "restart"]);

/** Where an offer leads when the exercise does not say. */
const OFFERS: Readonly<Record<string, Target>> = {
  done: "finish", again: "restart", share: "finish", ground: "ground", help: "help", bring: "finish", keep: "finish",
};

/** Where `target` leads from the step with index `from`. A target no one knows ends the run, never breaks it. */
export function land(exercise: Exercise, state: State, from: number, target: Target): Landing {
  let at = from;
  let to = target;
  for (let hops = 0; hops <= exercise.steps.length * 2; hops += 1) {
    if (ENDS.has(to) || to.startsWith("exercise:")) return { exit: to };
    const index = to === "next" ? at + 1 : exercise.steps.findIndex((step) => step.id === to);
    const step = exercise.steps[index];
    if (step === undefined) return { exit: "finish" };
    at = index;
    if (!isShown(exercise, state, step)) to = "next";
    else if (step.type !== "branch" || offersNow(exercise, state, step)) return { step };
    else to = fork(exercise, state, step);
  }
  return { exit: "finish" };
}

/** Where the present step leads with the answer it has; for an option with its own way, there. */
export function targetOf(step: Step, answer: Answer | undefined): Target {
  if (typeof step.next === "string") return step.next;
  const option = typeof answer === "string" ? answer : undefined;
  return (option === undefined ? undefined : step.next?.[option]) ?? "next";
}

/** Where an offer of a branch or close leads. */
export function offerTarget(step: Step, offer: string): Target {
  if (step.type !== "branch" && step.type !== "close") return "next";
  return step.offers?.[offer] ?? OFFERS[offer] ?? (step.type === "close" ? "finish" : "next");
}

/** "Step `at` of `of`": the way taken, and the way ahead as it looks from here. */
export function progress(exercise: Exercise, state: State): { at: number; of: number } {
  const asked = (path: readonly string[]): number => path.filter((id) => !state.known.includes(id)).length;
  let ahead: State = state;
  for (let left = exercise.steps.length; left > 0; left -= 1) {
    const step = current(exercise, ahead);
    const from = exercise.steps.indexOf(step);
    const landing = land(exercise, ahead, from, targetOf(step, ahead.answers[step.id]));
    if (!("step" in landing) || ahead.path.includes(landing.step.id)) break;
    ahead = { ...ahead, path: [...ahead.path, landing.step.id] };
  }
  return { at: asked(state.path), of: asked(ahead.path) };
}

function isShown(exercise: Exercise, state: State, step: Step): boolean {
  if (state.known.includes(step.id)) return false;
  if (step.lengths != null && !step.lengths.includes(lengthOf(exercise, state))) return false;
  if (step.type === "choice" && step.sets === "eyes" && state.open_only) return false;
  if (step.type === "rate" && step.per_pick && ratedWords(exercise, state, step).length === 0) return false;
  if (step.type === "emotions" && hasNoPicks(exercise, state, step)) return false;
  if (step.type === "sensations" && step.per_region === true && regionsBefore(exercise, state, step)?.length === 0) return false;
  return step.show_if == null || meets(exercise, state, step.show_if);
}

/** True where the only words to pick from are those picked before, and there are none. */
function hasNoPicks(exercise: Exercise, state: State, { id, source }: Emotions): boolean {
  if (source === "all" || Array.isArray(source) || source.picked === undefined) return false;
  return wordsOf(valueOf(exercise, state, source.picked, id)).length === 0;
}

/** The places picked on the last body map before `step`; undefined when there is none before it. */
export function regionsBefore(exercise: Exercise, state: State, step: Step): string[] | undefined {
  const map = state.path.map((id) => stepOf(exercise, id)).filter((one) => one?.type === "body_map" && one !== step).at(-1);
  if (map?.type !== "body_map") return undefined;
  const answer = state.answers[map.id];
  const alone = new Set([...(map.extra ?? []), "nowhere", "unknown"]);
  return Array.isArray(answer) ? answer.filter((one): one is string => typeof one === "string" && !alone.has(one)) : [];
}

function offersNow(exercise: Exercise, state: State, step: Branch): boolean {
  if ((step.offer ?? []).length === 0) return false;
  return step.offers_if == null || meets(exercise, state, step.offers_if);
}

function fork(exercise: Exercise, state: State, step: Branch): Target {
  const value = step.on == null ? undefined : valueOf(exercise, state, step.on);
  return step.cases?.find((one) => holds(one, value))?.go ?? step.otherwise ?? "next";
}

function meets(exercise: Exercise, state: State, condition: Condition): boolean {
  return holds(condition, valueOf(exercise, state, condition.on));
}
