// A run that was begun with another version of its exercise: what was written in it is kept, whatever became of its steps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, start } from "../src/exercise/engine.ts";
import { recordsOf, type ToSave } from "../src/exercise/record.ts";
import { asBegun } from "../src/exercise/remembered.ts";
import type { Kept } from "../src/exercise/resuming.ts";
import type { Answer, Exercise, Step } from "../src/exercise/types.ts";
import { anAnswer, asks, exercise, library, made, NOW, Run } from "./exercise-kit.ts";

const before = made([
  { id: "clear", type: "rate", min: 0, max: 10, measure: "other" },
  { id: "wrote", type: "text", max_chars: 80 },
  { id: "looked", type: "imagine" },
  { id: "after", type: "say" },
]);
const without = (...ids: string[]): Exercise => ({ ...before, version: 2, steps: before.steps.filter(({ id }) => !ids.includes(id)) });
const turnedInto = (step: Partial<Step>): Exercise =>
  made(before.steps.map((one) => (one.id === "wrote" ? { ...step, id: "wrote" } as Step : one)), { version: 2 });
const written = (of: Exercise = before): Run => new Run(of).answer(3).answer("a call");
const kept = ({ state, now }: Pick<Run, "state" | "now">, of: Exercise = before): Kept =>
  ({ run: "r1", title: of.title, intensity: of.intensity, assignment: null, state, at: now });

/** What is saved of a run that is put away by the exercise as it is now. */
function putAway(run: Kept, now: Exercise, how: "leave" | "stop" = "leave"): ToSave[] {
  const of = asBegun(run, now);
  return recordsOf(of, play(of, run.state, { type: how }, run.at), { id: "r1", assignment: null, label: ({ id }) => id });
}
const shared = (records: ToSave[]) => records.find(({ audience }) => audience === "therapist")?.body;
const here = (records: ToSave[]) => records.find(({ audience }) => audience === "me")?.body;

for (const how of ["leave", "stop"] as const) {
  test(`words of a step that is gone stay on the phone with the rest (${how})`, () => {
    const records = putAway(kept(written()), without("wrote"), how);

    assert.deepEqual([here(records)?.["answers"], here(records)?.["ratings"]], [{ wrote: "a call" }, { clear: 3 }]);
    assert.deepEqual([shared(records)?.["answers"], shared(records)?.["ratings"], shared(records)?.["version"]], [undefined, undefined, 1]);
  });
}

test("a run that had finished keeps the words of a step that is gone on the phone, and shares the rest as it was shared", () => {
  const records = putAway(kept(written().toEnd()), without("wrote"));

  assert.deepEqual([shared(records)?.["ended"], shared(records)?.["ratings"], shared(records)?.["answers"]], ["finished", { clear: 3 }, undefined]);
  assert.deepEqual(here(records)?.["answers"], { wrote: "a call" });
});

for (const [what, step] of Object.entries<Partial<Step>>({
  "words to read": { type: "say" }, "a form": { type: "plan", fields: ["what"] }, "options": { type: "choice", options: ["yes", "no"] },
  "a number": { type: "rate", min: 0, max: 10, measure: "other" }, "one number a word": { type: "rate", min: 0, max: 10, measure: "other", per_pick: "felt" },
})) {
  test(`words of a step that is ${what} now stay on the phone, also when the run had finished`, () => {
    for (const run of [written(), written().toEnd()]) {
      const records = putAway(kept(run), turnedInto(step));

      assert.deepEqual([here(records)?.["answers"], shared(records)?.["answers"]], [{ wrote: "a call" }, undefined]);
    }
  });
}

test("answers of any shape are kept of steps that are gone", () => {
  const answers: Record<string, Answer> = {
    felt: [{ id: "own_word", own: "blurgh" }], where: ["chest"], scene: { when: "yesterday" }, voices: [{ id: "critic", text: "hm" }], dot: { v: 1, a: 0 },
  };
  const run = kept(written());
  const state = { ...run.state, path: [...run.state.path, ...Object.keys(answers)], answers: { ...run.state.answers, ...answers } };

  const body = here(putAway({ ...run, state }, without("looked")));

  assert.deepEqual([body?.["answers"], body?.["own_words"]], [{ wrote: "a call", ...answers }, ["blurgh"]]);
});

test("of an exercise that lost a step that was gone through the lock is kept", () => {
  const high = new Run(exercise("new-ending-recent")).to("mid_1").answer(4);
  const inward = high.exercise.steps.filter(({ type }) => type !== "imagine" && type !== "attend" && type !== "move");

  const records = putAway(kept(high, high.exercise), { ...high.exercise, version: 99, steps: inward }, "stop");

  assert.ok(Number(shared(records)?.["locked_until"]) > NOW);
  assert.deepEqual(here(records)?.["ratings"], { distress_before: 1, mid_1: 4 });
});

test("answers that fit their steps as they are now are told as ever", () => {
  for (const now of library.exercises) {
    const state = start(now, { now: NOW });
    for (const step of now.steps.filter(asks)) {
      const at = { ...state, version: 0, path: [step.id] };
      const run = kept({ state: { ...at, answers: { [step.id]: anAnswer(now, at) } }, now: NOW }, now);

      assert.deepEqual(asBegun(run, now).steps, now.steps, `${now.id} ${step.id}`);
    }
  }
});
