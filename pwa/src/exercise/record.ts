// What a run leaves behind: one part the therapist may see, and one that stays on this phone. Pure.
import type { Body } from "../data/types.ts";
import { isAnswer, isTurn, nameOf, wasSaid, wordsOf } from "./answers.ts";
import { asText, filledIn, isForm, planLines, written } from "./forms.ts";
import { lockedUntil } from "./gates.ts";
import { secondsOf } from "./spent.ts";
import { asks, keyOf, ratedWords, type State, stepOf, valueOf } from "./state.ts";
import type { Answer, Exercise, Picked, Share, Step } from "./types.ts";

/** A record to save: `data/journal.save` takes a list of these and writes them together. */
export interface ToSave {
  id?: string;
  kind: string;
  audience: "me" | "therapist";
  felt_at?: number;
  body: Body;
}

export interface About {
  /** The id of the shared part. */
  id: string;
  /** The id of the assignment it was done for. */
  assignment: string | null;
  /** The words of picked feelings and options, for a saved card. */
  label: (pick: Picked) => string;
  /** Whether answers in exercises are shared, as it was agreed; a choice made for this run comes before. Agreed, if not said. */
  agreed?: boolean;
  /** When it ended, by the server's clock: a lock counts from there. Without it, by this phone's. */
  at?: number;
}

/** The records of a run that has ended, the shared part first. */
export function recordsOf(exercise: Exercise, state: State, about: About): ToSave[] {
  const { ended } = state;
  if (ended === null) return [];
  const agreed = about.agreed ?? true;
  const told = { ...answersFor(exercise, state, "shared", agreed), ...(tellsTime(exercise, state, agreed) ? secondsOf(state) : {}) };
  const kept = answersFor(exercise, state, "private", agreed);
  const body = { ...bareFacts(exercise, state, about), ...told };
  const run: ToSave = { id: about.id, kind: "run", audience: "therapist", felt_at: ended.at, body };
  return [
    run, ...privatePart(exercise, state, about, kept), ...offeredNotes(exercise, state, about), ...cards(exercise, state, about),
    ...scenes(exercise, state, about),
  ];
}

const PRIVATE = new Set<Step["type"]>(["text", "checklist", "episode", "plan", "dialogue"]);

/** How an answer is shared: as the step says; but where the goodbye offers to share, nothing goes before that. */
export function shareOf(exercise: Exercise, step: Step): Share {
  const share = step.share ?? (PRIVATE.has(step.type) ? "private" : "shared");
  return share === "shared" && offersShare(exercise) ? "ask" : share;
}

/** Whether the goodbye offers to share. */
export function offersShare(exercise: Exercise): boolean {
  return exercise.steps.some((step) => step.type === "close" && step.offer.includes("share"));
}

/** Whether `Done` would tell more than that it was done: something was answered that is shared as it stands. */
export function tellsAnswers(exercise: Exercise, state: State): boolean {
  return !tellsOnlyThat(exercise) && stepsOnTheWay(exercise, state)
    .some((step) => isShared(exercise, { ...state, keep_back: false }, step, true) && isAnswer(valueOf(exercise, state, keyOf(step))));
}

/** Whether the answers stay here: as it was chosen for this run, else as it was agreed. */
export function keepsBack({ keep_back }: State, agreed: boolean): boolean {
  return keep_back ?? !agreed;
}

/** A run of one of these tells only that it was done, whatever was answered. */
export function tellsOnlyThat(exercise: Exercise): boolean {
  return exercise.access === "therapist";
}

/** What is always told: which, when, how it ended, and until when it is locked. */
function bareFacts(exercise: Exercise, state: State, { assignment, at }: About): Body {
  const { ended } = state;
  const high = exercise.intensity === "high";
  const locks = high && wentIn(exercise, state) && ended !== null;
  return {
    exercise: exercise.id, version: exercise.version, title: exercise.title,
    started_at: state.started_at, ended_at: ended?.at, ended: ended?.how,
    ...(state.length === undefined ? {} : { length: state.length }),
    ...(assignment === null ? {} : { assignment }),
    ...(exercise.tailored === undefined ? {} : { tailored: exercise.tailored }),
    ...(ended?.how === "stopped" ? { stopped_at_step: ended.step } : {}),
    ...(high ? { intensity: exercise.intensity } : {}),
    ...(locks ? { locked_until: lockedUntil(exercise, at ?? ended.at) } : {}),
    ...(state.reopen_needed ? { reopen: true } : {}),
    ...(state.bring && ended?.how === "finished" ? { bring: true } : {}),
  };
}

/** Past the gate: a step was taken that looks inward. */
export function wentIn(exercise: Exercise, state: State): boolean {
  return state.path.some((id) => {
    const type = stepOf(exercise, id)?.type;
    return type === "imagine" || type === "attend" || type === "move" || type === "dialogue";
  });
}

/** Answers and ratings of one side. A run that did not finish, or may tell only that it was done, shares none. */
function answersFor(exercise: Exercise, state: State, side: "shared" | "private", agreed: boolean): Body {
  const bare = state.ended?.how !== "finished" || tellsOnlyThat(exercise);
  const answers: Record<string, unknown> = {};
  const ratings: Record<string, number> = {};
  const here = (step: Step): boolean => (side === "shared") === (!bare && isShared(exercise, state, step, agreed));
  for (const step of stepsOnTheWay(exercise, state)) {
    if (side === "private" && keepsItself(exercise, state, step)) continue;
    const value = isForm(step) ? filledIn(exercise, state, keyOf(step), here) : here(step) ? valueOf(exercise, state, keyOf(step)) : undefined;
    if (!isAnswer(value)) continue;
    if (typeof value === "number") ratings[keyOf(step)] = value;
    else if (!(step.type === "rate" && step.per_pick)) answers[keyOf(step)] = told(exercise, state, step, value, side);
  }
  return { ...some("answers", withSomething(answers)), ...some("ratings", ratings) };
}

/**
 * How long each step took goes where the answers go: with them to the therapist, or with them into the part that stays here.
 * A run that tells only that it was done, and one that was stopped or left, tells when it began and ended and no more.
 */
function tellsTime(exercise: Exercise, state: State, agreed: boolean): boolean {
  if (state.ended?.how !== "finished" || tellsOnlyThat(exercise)) return false;
  return offersShare(exercise) ? state.share_all : !keepsBack(state, agreed);
}

/** A scene, or a plan with a name, is kept as a record of its own when the run is finished, and not twice. */
function keepsItself(exercise: Exercise, state: State, step: Step): boolean {
  return state.ended?.how === "finished" && (step.type === "episode" || nameOfPlan(exercise, step) !== undefined);
}

/** The name a plan is saved under; any of its steps may give it. */
function nameOfPlan(exercise: Exercise, step: Step): string | undefined {
  if (step.type !== "plan") return undefined;
  const named = exercise.steps.find((one) => one.type === "plan" && keyOf(one) === keyOf(step) && one.saves_as != null);
  return named?.type === "plan" ? (named.saves_as ?? undefined) : undefined;
}

/** An answer as it is kept: words with the strength they were given, and of a dialogue what was said. */
function told(exercise: Exercise, state: State, step: Step, value: Answer, side: "shared" | "private"): unknown {
  if (Array.isArray(value) && value.some(isTurn)) return value.filter(isTurn).filter(wasSaid).map((one) => ({ ...one, text: one.text.trim() }));
  if (step.type !== "emotions" || !Array.isArray(value)) return value;
  const strengths = strengthsOf(exercise, state, keyOf(step));
  const picks = value.filter((one): one is Picked => typeof one !== "string").map((pick) => {
    const strength = strengths[nameOf(pick)] ?? pick.strength;
    return strength === undefined ? pick : { ...pick, strength };
  });
  return side === "shared" ? picks.filter((pick) => pick.own === undefined) : picks;
}

function strengthsOf(exercise: Exercise, state: State, key: string): Record<string, number> {
  const step = exercise.steps.find((one) => one.type === "rate" && one.per_pick === key && state.path.includes(one.id));
  const value = step === undefined ? undefined : state.answers[step.id];
  const given = typeof value === "object" && !Array.isArray(value) ? (value as Record<string, number>) : {};
  const words = step === undefined ? [] : ratedWords(exercise, state, step).map(nameOf);
  return Object.fromEntries(Object.entries(given).filter(([word]) => words.includes(word)));
}

/** Without the keys whose words were all the person's own: what is left of them says nothing. */
function withSomething(answers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
}

/** What is asked about goes where that was said, whatever was agreed for the rest. */
function isShared(exercise: Exercise, state: State, step: Step, agreed: boolean): boolean {
  const share = shareOf(exercise, step);
  if (share === "shared") return !keepsBack(state, agreed);
  return share === "ask" && state.keep_back !== true && (state.share_all || state.shares.includes(step.id));
}

/** The part that stays here: private words, the person's own words, and all of it when the run was not finished. */
function privatePart(exercise: Exercise, state: State, about: About, kept: Body): ToSave[] {
  const own = ownWords(exercise, state);
  if (Object.keys(kept).length === 0 && own.length === 0) return [];
  const body = {
    exercise: exercise.id, version: exercise.version, title: exercise.title, ended: state.ended?.how,
    part_of: about.id, ...(tellsTime(exercise, state, about.agreed ?? true) ? {} : secondsOf(state)), ...kept, ...(own.length > 0 ? { own_words: own } : {}),
  };
  return [{ kind: "run", audience: "me", ...(state.ended === null ? {} : { felt_at: state.ended.at }), body }];
}

function ownWords(exercise: Exercise, state: State): string[] {
  const picks = stepsOnTheWay(exercise, state).flatMap((step) => wordsOf(valueOf(exercise, state, keyOf(step))));
  return [...new Set(picks.flatMap((pick) => pick.own ?? []))];
}

/** Words the person chose to share from an exercise whose run tells nothing else. */
function offeredNotes(exercise: Exercise, state: State, about: About): ToSave[] {
  if (state.ended?.how !== "finished" || !tellsOnlyThat(exercise)) return [];
  return exercise.steps.filter((step) => state.path.includes(step.id) && isShared(exercise, state, step, true)).flatMap((step): ToSave[] => {
    const text = asText(step, state.answers[step.id]);
    if (text === "") return [];
    return [{ kind: "note", audience: "therapist", ...(state.ended ? { felt_at: state.ended.at } : {}), body: { text, part_of: about.id } }];
  });
}

/** Things to come back to by name, and the words the person asked to keep. */
function cards(exercise: Exercise, state: State, about: About): ToSave[] {
  if (state.ended?.how !== "finished") return [];
  const card = (name: string, text: string, more: Body = {}): ToSave =>
    ({ kind: "card", audience: "me", body: { text, from: exercise.id, name, part_of: about.id, ...more } });
  const named = stepsOnTheWay(exercise, state).flatMap((step) => {
    const plan = nameOfPlan(exercise, step);
    const fields = plan === undefined ? {} : filledIn(exercise, state, keyOf(step));
    if (plan !== undefined) return isAnswer(fields) ? [card(plan, written(planLines(fields)), { fields })] : [];
    const text = state.answers[step.id];
    const saves = step.type === "text" && step.saves_as != null && typeof text === "string" && isAnswer(text);
    return saves ? [card(step.saves_as ?? step.id, text.trim())] : [];
  });
  const words = [...new Set(stepsOnTheWay(exercise, state).filter((step) => step.type !== "sensations")
    .flatMap((step) => wordsOf(valueOf(exercise, state, keyOf(step)))).map(about.label))];
  return state.keep && words.length > 0 ? [...named, card(exercise.title, words.join(", "))] : named;
}

/** Scenes, each by itself: an exercise that looks at scenes finds them. A text kept under `title` is their title. */
function scenes(exercise: Exercise, state: State, about: About): ToSave[] {
  if (state.ended?.how !== "finished") return [];
  const { at } = state.ended;
  const named = valueOf(exercise, state, "title");
  const title = typeof named === "string" ? { title: named.trim() } : {};
  return stepsOnTheWay(exercise, state).filter((step) => step.type === "episode").flatMap((step): ToSave[] => {
    const fields = filledIn(exercise, state, keyOf(step));
    if (!isAnswer(fields)) return [];
    return [{ kind: "scene", audience: "me", felt_at: at, body: { ...fields, ...title, from: exercise.id, part_of: about.id } }];
  });
}

/** The steps of the way taken that have an answer's place, each key once, in the order of the exercise. */
function stepsOnTheWay(exercise: Exercise, state: State): Step[] {
  const seen = new Set<string>();
  return exercise.steps.filter((step) => {
    if (!asks(step) || !state.path.includes(step.id) || seen.has(keyOf(step))) return false;
    seen.add(keyOf(step));
    return true;
  });
}

function some(name: string, of: Record<string, unknown>): Body {
  return Object.keys(of).length > 0 ? { [name]: of } : {};
}
