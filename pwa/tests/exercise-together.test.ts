// What was written together: whichever texts there are, it is a whole exercise with its checks and its way back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asksBefore } from "../src/exercise/gates.ts";
import type { Exercise } from "../src/exercise/types.ts";
import { exercise, Run } from "./exercise-kit.ts";

const whole = exercise("session-image");
const CHOICES = [
  ["calm_image"], ["healthy_self"], ["rehearsed_reply"], ["calm_image", "healthy_self"], ["calm_image", "rehearsed_reply"],
  ["healthy_self", "rehearsed_reply"], ["calm_image", "healthy_self", "rehearsed_reply"],
];
/** As the server leaves out the steps of a text that was not written. */
const of = (texts: string[]): Exercise =>
  ({ ...whole, steps: whole.steps.filter(({ needs }) => needs == null || needs.some((name) => texts.includes(name))) });
const recalled = (one: Exercise): string[] => one.steps.flatMap((step) => (step.type === "recall" ? [step.from] : []));

for (const texts of CHOICES) {
  test(`${texts.join(" and ")}: played to its end, past a check and the senses`, () => {
    const run = new Run(of(texts)).toEnd();

    assert.deepEqual([recalled(run.exercise), run.state.ended?.how], [texts, "finished"]);
    assert.ok(run.state.path.some((id) => id.startsWith("mid_")));
    assert.deepEqual(["look_touch", "distress_after", "close"].map((id) => run.state.path.includes(id)), [true, true, true]);
  });

  test(`${texts.join(" and ")}: too much at its first check offers to stop`, () => {
    const run = new Run(of(texts));
    const mid = run.exercise.steps.find(({ id }) => id.startsWith("mid_"))!;

    run.to(mid.id).answer(8);

    assert.equal(run.state.between?.kind, "too-much");
    assert.equal(run.pick("stop").state.ended?.then, "ground");
  });
}

test("a rise of three from the first check to the second offers to stop", () => {
  const run = new Run(whole).to("mid_1").answer(2).to("mid_2").answer(5);

  assert.equal(run.state.between?.kind, "too-much");
});

test("it asks first how hard things are, and at eight offers other ways", () => {
  assert.equal(asksBefore(whole), false);
  assert.equal(new Run(whole).to("distress_before").answer(8).at, "a_lot");
});

test("seven afterwards brings grounding and the support card", () => {
  assert.equal(new Run(whole).to("distress_after").answer(7).state.between?.kind, "support");
});

test("eyes stay open all the way", () => {
  const run = new Run(whole);
  while (run.state.ended === null && run.at !== "close") {
    assert.equal(run.state.eyes, "open");
    run.next();
  }
  assert.ok(whole.steps.every((step) => step.type !== "imagine" || step.eyes === "open"));
});
