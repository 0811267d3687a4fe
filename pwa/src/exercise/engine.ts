// The exercise player's state machine: a state, an event and the time in; the next state out. No DOM, no clock of its own.
import { isAnswer, numberOf } from "./answers.ts";
import { isHad, lastPart } from "./dialogue.ts";
import { afterRating, cardFor, type Ruling, ruling, rulingAtClose } from "./rules.ts";
import { asks, type Between, current, type Ended, isAnswered, keyOf, type State } from "./state.ts";
import { counted, counting, turned } from "./spent.ts";
import { dueAt } from "./timing.ts";
import type { Answer, Exercise, Rate, Step, Support, Target } from "./types.ts";
import { land, offerTarget, targetOf } from "./way.ts";

export type Event =
  /** What was answered on this step; null takes the answer back. */
  | { type: "answer"; value: Answer | null }
  /** What was saved before, as the answer to begin with: once, and only where nothing was answered. */
  | { type: "fill"; value: Answer }
  | { type: "next" }
  /** On without an answer; where there is one, as `next`. */
  | { type: "skip" }
  /** To the step before. Nothing is erased. */
  | { type: "back" }
  /** Any time, no reason asked (R1). */
  | { type: "stop" }
  | { type: "leave" }
  /** One of the offers of a branch or close, or one of the buttons of a screen in between. */
  | { type: "pick"; id: string }
  /** Whether the answer of this step may be shared. */
  | { type: "share"; on: boolean }
  /** Whether all answers of this run stay on the phone. */
  | { type: "keep_back"; on: boolean }
  /** Time has passed. */
  | { type: "tick" }
  | { type: "pause" }
  | { type: "resume" }
  /** The page was hidden, or is in front again. */
  | { type: "hide" }
  | { type: "show" };

const HOUR = 3_600_000;

export interface Start {
  now: number;
  /** Eyes stay open: they are not asked about. */
  openOnly?: boolean;
  /** The therapist's own limit for the gate. */
  limit?: number | null;
  /** Distress that was asked before the start: the exercise does not ask it again. */
  distress?: number | null;
  /** When support card B was last shown: it comes at most once an hour. */
  cardBAt?: number | null;
  /** The length that was chosen, in minutes. */
  length?: number | null | undefined;
  /** What the therapist closed for this person, by code. */
  blocks?: readonly string[] | undefined;
}

/** A run at its first step. */
export function start(exercise: Exercise, options: Start): State {
  const { now, openOnly = false, limit = null, distress = null, cardBAt = null, length = null, blocks = [] } = options;
  const before = distress === null ? undefined : distressStep(exercise);
  const known = before === undefined ? [] : [before.id];
  const state: State = {
    exercise: exercise.id, version: exercise.version, started_at: now,
    path: known, answers: before === undefined || distress === null ? {} : { [before.id]: distress },
    eyes: "open", open_only: openOnly, limit, known,
    between: null, change_offered: false, supported: false, card_b_at: cardBAt, reopen_needed: false,
    shares: [], share_all: false, keep_back: null, bring: false, keep: false,
    entered_at: now, paused_at: null, paused_ms: 0, spent: counting(now), ended: null,
    ...(isLength(exercise, length) ? { length } : {}), ...(blocks.length > 0 ? { blocks } : {}),
  };
  const landing = land(exercise, state, -1, "next");
  return "step" in landing ? entered(state, landing.step, now) : ended(state, "finished", "end", now);
}

/** The state after `event` at `now`. A run that has ended stays as it is. */
export function play(exercise: Exercise, state: State, event: Event, now: number): State {
  if (state.ended !== null) return state;
  const next = after(exercise, state, event, now);
  return next === state || next.spent !== state.spent ? next : withTime(next, state, now);
}

/** What has passed counts for the step that was on screen. */
function withTime(next: State, before: State, now: number): State {
  return before.spent === undefined ? next : { ...next, spent: counted(before.spent, before, now) };
}

function after(exercise: Exercise, state: State, event: Event, now: number): State {
  switch (event.type) {
    case "answer": return answered(exercise, state, event.value, now);
    case "fill": return filled(exercise, state, event.value);
    case "next": return moved(exercise, state, now);
    case "skip": return passed(exercise, state, now);
    case "back": return backed(exercise, state, now);
    case "stop": return ended(state, "stopped", "ground", now);
    case "leave": return ended(state, "left", "end", now);
    case "pick": return picked(exercise, state, event.id, now);
    case "share": return shared(exercise, state, event.on);
    case "keep_back": return { ...state, keep_back: event.on };
    case "tick": return ticked(exercise, state, now);
    case "pause": return state.paused_at === null ? { ...state, paused_at: now } : state;
    case "resume": return resumed(state, now);
    case "hide": return turned(state, true, now);
    case "show": return turned(state, false, now);
  }
}

/** True when the present step may be passed without an answer. A ready-check is never passed: what is not ticked leads out. */
export function maySkip(exercise: Exercise, state: State): boolean {
  const step = current(exercise, state);
  return step.skip !== false && !isReadyCheck(step);
}

function isReadyCheck(step: Step): boolean {
  return step.type === "checklist" && step.all_required === true && step.else != null;
}

/** True when the screen asks for something that was not answered yet. */
export function isOpen(exercise: Exercise, state: State): boolean {
  const step = current(exercise, state);
  if (step.type === "dialogue") return !isHad(step, state.answers[step.id], partOf(state));
  return asks(step) && !isAnswered(exercise, state);
}

/** True when there is a step, a part of one, or a small screen, to go back from. */
export function mayGoBack(state: State): boolean {
  if (state.between !== null) return state.between.kind !== "gate";
  if (partOf(state) > 0) return true;
  return state.path.filter((id) => !state.known.includes(id)).length > 1;
}

/** Which part of its step is on screen. */
export function partOf(state: State): number {
  return state.part ?? 0;
}

/** The card a support step shows: the one that puts people first comes at most once an hour. */
export function cardOf(step: Support, state: State): "A" | "B" {
  return step.level === "B" && state.card_b_step === step.id ? "B" : "A";
}

/** The gate a rating must not be over: the exercise's, or the therapist's where that is lower. */
export function gateOf(step: Rate, state: State): number | undefined {
  return step.gate == null ? undefined : Math.min(step.gate.at_most, state.limit ?? Number.POSITIVE_INFINITY);
}

/** The clock of a breath begins when its pace is picked. */
function answered(exercise: Exercise, state: State, value: Answer | null, now: number): State {
  const step = current(exercise, state);
  const { [step.id]: _, ...rest } = state.answers;
  const answers = value === null ? rest : { ...rest, [step.id]: value };
  const next = { ...state, answers, eyes: eyesAfter(step, value, state) };
  return step.type === "breathe" ? fresh(next, now) : next;
}

function filled(exercise: Exercise, state: State, value: Answer): State {
  const { id } = current(exercise, state);
  if (state.filled?.includes(id) === true || isAnswer(state.answers[id])) return state;
  return { ...state, filled: [...(state.filled ?? []), id], answers: { ...state.answers, [id]: value } };
}

function isLength(exercise: Exercise, length: number | null): length is number {
  return exercise.lengths?.some(({ minutes }) => minutes === length) === true;
}

function eyesAfter(step: Step, value: Answer | null, state: State): State["eyes"] {
  if (step.type !== "choice" || step.sets !== "eyes") return state.eyes;
  return value === "closed" && !state.open_only ? "closed" : "open";
}

/** On to the next step, unless an answer is needed or the answer calls for something else first. */
function moved(exercise: Exercise, state: State, now: number): State {
  const step = current(exercise, state);
  const answer = state.answers[step.id];
  if (state.between !== null || step.type === "close") return state;
  if (step.type === "checklist" && step.all_required === true && step.else != null && !allTicked(step.items, answer)) {
    return between(state, { kind: "gate", go: step.else });
  }
  if (!isAnswer(answer) && step.skip === false && asks(step)) return state;
  if (step.type === "rate") return rated(exercise, state, step, answer, now);
  return further(step, state, now) ?? onward(exercise, state, targetOf(step, answer), now);
}

/** The next part of the same step, or undefined after its last. */
function further(step: Step, state: State, now: number): State | undefined {
  return partOf(state) < lastPart(step) ? { ...fresh(state, now), part: partOf(state) + 1 } : undefined;
}

function rated(exercise: Exercise, state: State, step: Rate, answer: Answer | undefined, now: number): State {
  const value = numberOf(answer);
  const gate = gateOf(step, state);
  if (gate !== undefined && step.gate && (value === undefined || value > gate)) {
    return between(state, { kind: "gate", go: step.gate.else });
  }
  return ruled(exercise, state, ruling(exercise, state, step, answer), value, now)
    ?? onward(exercise, state, targetOf(step, answer), now);
}

/** What a ruling makes of the run, or undefined when it goes on. */
function ruled(exercise: Exercise, state: State, said: Ruling, value: number | undefined, now: number): State | undefined {
  const high = exercise.intensity === "high";
  switch (said) {
    case "go-on": return undefined;
    case "stop": return ended(state, "stopped", "ground", now);
    case "end": return ended(state, "stopped", "ground", now, true);
    case "offer-stop": return between(state, { kind: "too-much" });
    case "unsaid": return between(state, { kind: "unsaid" });
    case "offer-change": return between({ ...state, change_offered: true }, { kind: "change" });
    case "support": return supported({ ...state, reopen_needed: high }, value, now);
  }
}

/** The card that puts people first comes at most once an hour; in between it is the other one. */
function supported(state: State, value: number | undefined, now: number): State {
  const level = hadLately(state, now) ? "A" : cardFor(value);
  return between({ ...state, supported: true, card_b_at: level === "B" ? now : state.card_b_at }, { kind: "support", level });
}

function hadLately({ card_b_at }: State, now: number): boolean {
  return card_b_at !== null && now - card_b_at < HOUR;
}

/** Over the step without an answer, where that is allowed. No rule is passed by skipping: an answer that is there counts. */
function passed(exercise: Exercise, state: State, now: number): State {
  const step = current(exercise, state);
  const guards = isReadyCheck(step) || (step.type === "rate" && step.rule === "R3");
  if (guards || isAnswer(state.answers[step.id])) return moved(exercise, state, now);
  if (step.skip === false || state.between !== null || step.type === "close") return state;
  return further(step, state, now) ?? onward(exercise, state, targetOf(step, undefined), now);
}

function backed(exercise: Exercise, state: State, now: number): State {
  if (!mayGoBack(state)) return state;
  if (state.between !== null) return { ...state, between: null };
  if (partOf(state) > 0) return { ...fresh(state, now), part: partOf(state) - 1 };
  const path = state.path.slice(0, -1);
  return fresh({ ...state, path, part: lastPart(current(exercise, { ...state, path })) }, now);
}

function picked(exercise: Exercise, state: State, id: string, now: number): State {
  if (state.between !== null) return pickedBetween(exercise, state, state.between, id, now);
  const step = current(exercise, state);
  if ((step.type !== "branch" && step.type !== "close") || step.offer?.includes(id) !== true) return state;
  const kept = { ...state, answers: { ...state.answers, [step.id]: id }, ...asked(id) };
  return onward(exercise, id === "eyes_open" ? { ...kept, eyes: "open" } : kept, offerTarget(step, id), now);
}

/** What the known offers ask for beside the way they lead. */
function asked(id: string): Partial<State> {
  if (id === "share") return { share_all: true };
  if (id === "bring") return { bring: true };
  return id === "keep" ? { keep: true } : {};
}

function pickedBetween(exercise: Exercise, state: State, screen: Between, id: string, now: number): State {
  const clear: State = { ...state, between: null };
  const on = (next: State): State => onward(exercise, next, targetOf(current(exercise, next), undefined), now);
  switch (screen.kind) {
    case "too-much":
      return id === "stop" ? ended(clear, "stopped", "ground", now) : on({ ...clear, eyes: "open", open_only: true });
    case "unsaid":
      return id === "stop" ? ended(clear, "stopped", "ground", now, true) : clear;
    case "change":
      return on(id === "open" ? { ...clear, eyes: "open", open_only: true } : clear);
    case "gate":
      return id === "leave" ? ended(clear, "left", "end", now) : onward(exercise, clear, screen.go, now);
    case "support":
      if (id === "ground") return ended(clear, "finished", "ground", now);
      if (id === "help") return ended(clear, "finished", "help", now);
      return current(exercise, clear).type === "close" ? clear : on(clear);
  }
}

/** To where `target` leads. With nothing left but the goodbye a run is finished; an end before that is leaving. */
function onward(exercise: Exercise, state: State, target: Target, now: number): State {
  const step = current(exercise, state);
  const landing = land(exercise, state, exercise.steps.indexOf(step), target);
  if ("step" in landing) return atClose(exercise, entered(state, landing.step, now));
  const whole = landing.exit === "finish" || landing.exit === "restart" || onlyCloseAfter(exercise, step);
  return ended(state, whole ? "finished" : "left", afterwards(landing.exit), now);
}

/** R4 at the close: the card comes before the goodbye, once. */
function atClose(exercise: Exercise, state: State): State {
  const step = current(exercise, state);
  if (step.type !== "close" || step.rule !== "R4" || state.supported) return state;
  const after = afterRating(exercise, state);
  const value = after === undefined ? undefined : numberOf(state.answers[after.id]);
  return ruled(exercise, state, rulingAtClose(exercise, state), value, state.entered_at) ?? state;
}

/** With time passed: over every step whose planned time is over. A tab that slept catches up; an answer is never forced. */
function ticked(exercise: Exercise, state: State, now: number): State {
  let at = state;
  for (let left = exercise.steps.length; left > 0; left -= 1) {
    const due = dueAt(exercise, at);
    if (due === null || due > now) return at;
    at = withTime(moved(exercise, at, due), at, due);
    if (at.ended !== null) return at;
  }
  return at;
}

function shared(exercise: Exercise, state: State, on: boolean): State {
  const key = current(exercise, state).id;
  const others = state.shares.filter((id) => id !== key);
  return { ...state, shares: on ? [...others, key] : others };
}

function resumed(state: State, now: number): State {
  if (state.paused_at === null) return state;
  return { ...state, paused_at: null, paused_ms: state.paused_ms + Math.max(0, now - state.paused_at) };
}

function entered(state: State, step: Step, now: number): State {
  const shown = step.type === "support" && step.level === "B" && !hadLately(state, now);
  const card = shown ? { card_b_at: now, card_b_step: step.id } : {};
  return fresh({ ...state, ...card, path: [...state.path, step.id], part: 0 }, now);
}

/** The clock of the present step from the start. */
function fresh(state: State, now: number): State {
  return { ...state, entered_at: now, paused_at: null, paused_ms: 0 };
}

function between(state: State, screen: Between): State {
  return { ...state, between: screen };
}

function ended(state: State, how: Ended["how"], then: Ended["then"], now: number, waits?: true): State {
  const step = state.path.at(-1) ?? "";
  return { ...state, between: null, ended: { how, at: now, then, step, ...(waits ? { waits } : {}) } };
}

function afterwards(exit: Target): Ended["then"] {
  if (exit === "ground" || exit === "help") return exit;
  if (exit === "restart") return "again";
  return exit.startsWith("exercise:") ? `exercise:${exit.slice("exercise:".length)}` : "end";
}

function onlyCloseAfter(exercise: Exercise, step: Step): boolean {
  return exercise.steps.slice(exercise.steps.indexOf(step) + 1).every((one) => one.type === "close" || one.type === "branch");
}

function allTicked(items: readonly string[], answer: Answer | undefined): boolean {
  return items.every((item) => Array.isArray(answer) && answer.some((one) => one === item));
}

/** The rating of distress before the exercise, where it has one that asks without a gate. */
function distressStep(exercise: Exercise): Rate | undefined {
  const keys = exercise.measures.filter((measure) => measure.code === "D").map((measure) => measure.before);
  const step = exercise.steps.find((one) => one.type === "rate" && one.gate == null && keys.includes(keyOf(one)));
  return step?.type === "rate" ? step : undefined;
}
