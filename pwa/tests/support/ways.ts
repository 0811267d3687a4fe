// Which answers lead where: for each exercise the fewest ways through it that together show every step that can be shown.
// The real engine tells; the browser tests then take these ways by what is on screen.
//
// stdin: the library, whole. stdout: by exercise, ways as {"screens": [...], "answers": {step: answer}}.
import { readFileSync } from "node:fs";
import { play, start } from "../../src/exercise/engine.ts";
import { headingOf } from "../../src/exercise/heading.ts";
import { asks, current, keyOf, ratedWords, type State } from "../../src/exercise/state.ts";
import { wordsFor } from "../../src/exercise/sources.ts";
import { offerTarget } from "../../src/exercise/way.ts";
import type { Answer, Exercise, Library, Step, Test } from "../../src/exercise/types.ts";

/** An answer as a person gives it: by the name of an option, as a number, or any word for a feeling. */
type Given = { name: string } | { number: number } | { word: true };
interface Try {
  given: Given | null;
  answer?: Answer;
  pick?: string;
}
interface Shown {
  step: string;
  title: string;
  between: boolean;
}
interface Way {
  screens: Shown[];
  answers: Record<string, Given>;
  /** The name of the length that is chosen first, where there is a choice. */
  length: string | null;
  /** To the goodbye; otherwise it is left before. */
  finishes: boolean;
}
interface Walk extends Omit<Way, "finishes"> {
  state: State;
}

const MOST = 20_000;
const CALM = 2;
const { exercises, vocabulary } = JSON.parse(readFileSync(0, "utf8")) as Library;

process.stdout.write(JSON.stringify(Object.fromEntries(exercises.map((one) => [one.id, fewest(waysThrough(one))]))));

/** Every way through that the answers which matter make, up to a number that no exercise comes near. */
function waysThrough(exercise: Exercise): Way[] {
  const found: Way[] = [];
  const lengths = exercise.lengths ?? [{ minutes: undefined, label: null }];
  const open = lengths.map(({ minutes, label }): Walk =>
    ({ state: start(exercise, { now: 0, length: minutes }), screens: [], answers: {}, length: label }));
  for (let walk = open.pop(); walk !== undefined && found.length < MOST; walk = open.pop()) {
    const { state: { ended }, screens, answers, length } = walk;
    if (ended?.then === "end") found.push({ screens, answers, length, finishes: ended.how === "finished" });
    else if (ended === null) open.push(...further(exercise, walk));
  }
  return found;
}

function further(exercise: Exercise, { state, screens, answers, length }: Walk): Walk[] {
  const step = current(exercise, state);
  const between = state.between !== null;
  const seen = [...screens, { step: step.id, title: between ? "" : headingOf(step, state).title, between }];
  if (between) {
    const on = ["go", "done", "carry", "change"].reduce((at, id) => (at.between === null ? at : play(exercise, at, { type: "pick", id }, 0)), state);
    return [{ state: on, screens: seen, answers, length }];
  }
  return tries(exercise, state, step).map(({ given, answer, pick }) => {
    const told = given === null ? answers : { ...answers, [step.id]: given };
    if (pick !== undefined) return { state: play(exercise, state, { type: "pick", id: pick }, 0), screens: seen, answers: told, length };
    const held = answer === undefined ? state : play(exercise, state, { type: "answer", value: answer }, 0);
    return { state: play(exercise, held, { type: answer === undefined ? "skip" : "next" }, 0), screens: seen, answers: told, length };
  });
}

/** The answers worth trying: those that something looks at, and none. */
function tries(exercise: Exercise, state: State, step: Step): Try[] {
  const name = (id: string): string => step.words[id] ?? vocabulary.wishes.find((wish) => wish.id === id)?.label ?? id;
  if (step.type === "close") return [{ given: { name: name(step.offer[0] ?? "") }, pick: step.offer[0] ?? "" }];
  if (step.type === "branch") {
    const on = (step.offer ?? []).filter((id) => ["next", ...exercise.steps.map((one) => one.id)].includes(offerTarget(step, id)));
    return (on.length > 0 ? on : (step.offer ?? [])).map((id) => ({ given: { name: name(id) }, pick: id }));
  }
  if (!asks(step)) return [{ given: null }];
  const tests = testsOn(exercise, keyOf(step));
  const left: Try[] = step.skip === false || isHard(step) || isReady(step) ? [] : [{ given: null }];
  const named = (ids: string[], many: boolean, of: (id: string) => Answer = (id) => (many ? [id] : id)): Try[] =>
    ids.map((id) => ({ given: { name: name(id) }, answer: of(id) }));
  const looked = new Set(tests.flatMap(({ is = [], has = [], lacks = [] }) => [is, has, lacks].flat()));
  switch (step.type) {
    case "choice": {
      const all = [...(step.options ?? []), ...(step.extra ?? []), ...(step.source === "wishes" ? vocabulary.wishes.map(({ id }) => id) : [])];
      const leads = typeof step.next === "object" && step.next !== null ? Object.entries(step.next).filter(([, to]) => isInside(exercise, to)).map(([id]) => id) : [];
      const other = all.find((id) => !looked.has(id) && !leads.includes(id));
      const worth = looked.size + leads.length === 0 ? [] : [...all.filter((id) => looked.has(id) || leads.includes(id)), ...(other === undefined ? [] : [other])];
      return [...named(worth, step.multi === true), ...left];
    }
    case "emotions": {
      const offer = wordsFor(exercise, state, step, vocabulary);
      const first = offer.all ? (vocabulary.families[0]?.words[0]?.id ?? "") : (offer.words[0] ?? "");
      const others = (step.extra ?? []).filter((id) => looked.has(id));
      const matters = tests.length > 0 || exercise.steps.some((one) => one.type === "rate" && one.per_pick === keyOf(step));
      return [...(matters ? [{ given: { word: true as const }, answer: [{ id: first }] }] : []), ...named(others, true, (id) => [{ id }]), ...left];
    }
    case "body_map": return [...named((step.extra ?? []).filter((id) => looked.has(id)), true), ...left];
    case "rate": {
      const bounds = tests.flatMap(({ at_least, at_most }) => [...(at_least === undefined ? [] : [at_least, at_least - 1]), ...(at_most === undefined ? [] : [at_most, at_most + 1])]);
      const numbers = [...new Set([...bounds, ...(step.skip === false || isHard(step) ? [CALM] : [])])].filter((n) => n >= step.min && n <= step.max);
      const words = ratedWords(exercise, state, step);
      const answer = (n: number): Answer => (step.per_pick ? Object.fromEntries(words.map(({ id }) => [id, n])) : n);
      return [...numbers.map((n) => ({ given: { number: n }, answer: answer(n) })), ...left];
    }
    case "checklist": return [...(step.skip === false || isReady(step) ? [{ given: null, answer: [...step.items] }] : []), ...left];
    default: return left;
  }
}

/** Without a number it ends, or is asked again: that is no way through. */
function isHard(step: Step): boolean {
  return step.type === "rate" && step.rule === "R3";
}

/** A ready-check that leads elsewhere unless all of it is so. */
function isReady(step: Step): boolean {
  return step.type === "checklist" && step.all_required === true;
}

/** Everything that looks at what is kept under `key`. */
function testsOn(exercise: Exercise, key: string): Test[] {
  return exercise.steps.flatMap((step) => [
    ...(step.show_if?.on === key ? [step.show_if] : []),
    ...(step.type === "branch" && step.on === key ? (step.cases ?? []) : []),
    ...(step.type === "branch" && step.offers_if?.on === key ? [step.offers_if] : []),
  ]);
}

function isInside(exercise: Exercise, target: string): boolean {
  return target === "next" || exercise.steps.some((step) => step.id === target);
}

/** As few of the ways as show all that any of them shows; the one that adds most first. */
function fewest(ways: readonly Way[]): Way[] {
  const left = new Set(ways.flatMap(({ screens }) => screens.map(({ step }) => step)));
  const chosen: Way[] = [];
  const adds = ({ screens }: Way): number => new Set(screens.map(({ step }) => step).filter((id) => left.has(id))).size;
  while (left.size > 0) {
    const best = ways.reduce((one, other) => (adds(other) > adds(one) ? other : one));
    chosen.push(best);
    for (const { step } of best.screens) left.delete(step);
  }
  return chosen;
}
