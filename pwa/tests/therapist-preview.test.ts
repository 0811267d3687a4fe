// The preview: every step of every exercise can be gone to, and a changed exercise is gone on with where it stood.
import assert from "node:assert/strict";
import { test } from "node:test";
import { current } from "../src/exercise/state.ts";
import type { Exercise, Step } from "../src/exercise/types.ts";
import { canBeShown, carriedOver, placedAt } from "../src/screens/therapist/previewing.ts";
import { exercise, library, made, NOW, Run } from "./exercise-kit.ts";

for (const one of library.exercises) {
  test(`${one.id}: each screen can be gone to, those behind a fork too, and gone on from`, () => {
    for (const step of one.steps.filter(canBeShown)) {
      const run = new Run(one);
      run.state = placedAt(run.state, step.id, NOW);
      assert.equal(run.at, step.id);
      assert.equal(run.state.ended, null);
      run.next();
      run.skip();
    }
  });
}

test("a fork that shows nothing is no screen", () => {
  const silent = { id: "fork", type: "branch", cases: [], offer: [], text: null, words: {}, seconds: 0 } as Step;

  assert.deepEqual([canBeShown(silent), canBeShown({ ...silent, offer: ["stay"] } as Step), canBeShown(undefined)], [false, true, false]);
});

const steps = [{ id: "one", type: "say" }, { id: "two", type: "rate", min: 0, max: 10 }, { id: "three", type: "say" }] as Partial<Step>[];

test("a step behind is gone back to, one ahead is added to the way, and answers stay", () => {
  const run = new Run(made(steps)).next().answer(4);

  assert.deepEqual(placedAt(run.state, "two", NOW).path, ["one", "two"]);
  assert.deepEqual(placedAt(placedAt(run.state, "one", NOW), "three", NOW).path, ["one", "three"]);
  assert.deepEqual(placedAt(run.state, "one", NOW).answers, { two: 4 });
});

test("a stopped run can be gone on with anywhere", () => {
  assert.equal(placedAt(new Run(made(steps)).stop().state, "three", NOW).ended, null);
});

function changed(before: Exercise, more: Partial<Record<string, object | null>>): Exercise {
  return { ...before, steps: before.steps.flatMap((step) => (more[step.id] === null ? [] : [{ ...step, ...more[step.id] } as Step])) };
}

test("another word changes nothing of where the run stands", () => {
  const before = made(steps);
  const run = new Run(before).next().answer(4);
  const after = changed(before, { three: { text: "Another word" }, two: { text: "How much?", seconds: 20 } });

  const kept = carriedOver(run.state, before, after, NOW);

  assert.deepEqual([kept && current(after, kept).text, kept?.answers], ["Another word", { two: 4 }]);
});

test("an answer that no longer fits is let go", () => {
  const before = made(steps);
  const run = new Run(before).next().answer(4);

  assert.deepEqual(carriedOver(run.state, before, changed(before, { two: { max: 3 } }), NOW)?.answers, {});
});

test("when its step is gone the run stands on the one before, and with none left it begins anew", () => {
  const before = made(steps);
  const run = new Run(before).next().answer(4);

  assert.deepEqual(carriedOver(run.state, before, changed(before, { three: null }), NOW)?.path, ["one", "two"]);
  assert.equal(carriedOver(run.state, before, exercise("feet-on-floor"), NOW), null);
});
