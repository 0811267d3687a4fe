// The exercises of the checkout as they are served, and ways to walk through them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isAnswer } from "../src/exercise/answers.ts";
import { turnAt, turnsIn, withTurn } from "../src/exercise/dialogue.ts";
import { type Event, maySkip, partOf, play, start, type Start } from "../src/exercise/engine.ts";
import { asks, current, ratedWords, type State } from "../src/exercise/state.ts";
import { regionsFor } from "../src/exercise/regions.ts";
import { wordsFor } from "../src/exercise/sources.ts";
import { regionsBefore } from "../src/exercise/way.ts";
import type { Answer, Exercise, Library, Step } from "../src/exercise/types.ts";

const FILE = new URL("../src/generated/library.json", import.meta.url);
if (!existsSync(FILE)) throw new Error("Make src/generated/library.json first: `make test` does.");

export const library = JSON.parse(readFileSync(FILE, "utf8")) as Library;
/** The folders of the checkout's exercises. */
export const folders = readdirSync(new URL("../../exercises/", import.meta.url), { withFileTypes: true })
  .filter((one) => one.isDirectory()).map((one) => one.name).sort();
export const NOW = Date.UTC(2026, 10, 22, 12);

export function exercise(id: string): Exercise {
  const found = library.exercises.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no exercise ${id}`);
  return found;
}

/** A made-up exercise of these steps. */
export function made(steps: Partial<Step>[], head: Partial<Exercise> = {}): Exercise {
  const whole = steps.map((step) => ({ text: step.id ?? "", words: {}, seconds: 10, ...step }) as Step);
  return {
    id: "made", version: 1, family: "imagery", functions: [], intensity: "low", access: "self", minutes: 1,
    contraindications: [], stop_rules: [], measures: [], title: "Made", summary: "", steps: whole, ...head,
  };
}

/** One run, with each event a moment after the one before. */
export class Run {
  readonly exercise: Exercise;
  state: State;
  now: number;

  constructor(of: Exercise, options: Partial<Start> = {}) {
    this.exercise = of;
    this.now = options.now ?? NOW;
    this.state = start(of, { now: this.now, ...options });
  }
  get at(): string {
    return current(this.exercise, this.state).id;
  }
  do(...events: Event[]): this {
    for (const event of events) {
      this.now += 1000;
      this.state = play(this.exercise, this.state, event, this.now);
    }
    return this;
  }
  answer(value: Answer): this {
    return this.do({ type: "answer", value }, { type: "next" });
  }
  pick(id: string): this {
    return this.do({ type: "pick", id });
  }
  next(): this {
    return this.do({ type: "next" });
  }
  skip(): this {
    return this.do({ type: "skip" });
  }
  back(): this {
    return this.do({ type: "back" });
  }
  stop(): this {
    return this.do({ type: "stop" });
  }
  after(ms: number): this {
    this.now += ms;
    this.state = play(this.exercise, this.state, { type: "tick" }, this.now);
    return this;
  }
  /** On by Next, calm answers where they are needed, until `id` is reached. */
  to(id: string, answers: Record<string, Answer | string> = {}): this {
    for (let left = 80; left > 0 && this.at !== id && this.state.ended === null; left -= 1) this.step(answers[this.at]);
    if (this.at !== id) throw new Error(`${this.exercise.id} never came to ${id}; it is at ${this.at}`);
    return this;
  }
  toEnd(answers: Record<string, Answer | string> = {}): this {
    for (let left = 120; left > 0 && this.state.ended === null; left -= 1) this.step(answers[this.at]);
    if (this.state.ended === null) throw new Error(`${this.exercise.id} does not end: ${this.at}`);
    return this;
  }
  private step(given: Answer | undefined): void {
    const step = current(this.exercise, this.state);
    if (this.state.between !== null) throw new Error(`a screen came in between: ${this.state.between.kind}`);
    if (step.type === "close" || step.type === "branch") this.pick(typeof given === "string" ? given : (step.offer?.[0] ?? ""));
    else if (given !== undefined) this.answer(given);
    else if (asks(step) && !maySkip(this.exercise, this.state)) this.answer(anAnswer(this.exercise, this.state));
    else this.next();
  }
}

/** An answer that could be given on the present step; numbers are low, so that no rule holds. */
export function anAnswer(of: Exercise, state: State): Answer {
  const step = current(of, state);
  switch (step.type) {
    case "choice": return step.multi === true ? [step.options?.[0] ?? "unknown"] : (step.options?.[0] ?? "unknown");
    case "rate": return step.per_pick ? Object.fromEntries(ratedWords(of, state, step).map((word) => [word.id, 2])) : step.min + 1;
    case "affect": return { v: -0.5, a: 0.5 };
    case "emotions": {
      const offer = wordsFor(of, state, step, library.vocabulary);
      if (!offer.all && offer.words.length === 0) return [{ id: "own_word", own: offer.own[0] ?? "" }];
      return [{ id: offer.all ? "sad" : (offer.words[0] ?? "sad") }];
    }
    case "breathe": return step.presets?.[0]?.id ?? "";
    case "body_map": return [regionsFor(step, state, library.vocabulary)[0]?.id ?? "nowhere"];
    case "sensations": return (regionsBefore(of, state, step) ?? ["chest"]).map((region) => ({ id: "warm", region }));
    case "text": return "a few words";
    case "checklist": return [...step.items];
    case "episode":
    case "plan": return Object.fromEntries(step.fields.map((field) => [field, field === "sure" ? 7 : `about ${field}`]));
    case "dialogue": {
      const turn = turnAt(partOf(state));
      const held = state.answers[step.id];
      return turn === null ? turnsIn(step, held) : withTurn(step, held, turn, { text: `turn ${turn}` });
    }
    default: throw new Error(`${step.type} asks for nothing`);
  }
}

export { asks, current, isAnswer, maySkip };
