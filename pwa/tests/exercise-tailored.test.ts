// Other words for a step: put in for their version alone, as text, with nothing else of the exercise changed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { headingOf } from "../src/exercise/heading.ts";
import { recordsOf } from "../src/exercise/record.ts";
import { changeable, cleaned, isOutdated, tooLong, withWords, wordsIn } from "../src/exercise/tailored.ts";
import { plannedMs } from "../src/exercise/timing.ts";
import type { Step } from "../src/exercise/types.ts";
import { exercise, library, made, Run } from "./exercise-kit.ts";

type Case = { why: string; raw: string; kept: string };
const CASES = JSON.parse(readFileSync(new URL("../../tests/tailoring.json", import.meta.url), "utf8")) as Case[];
const STEPS = [{ id: "sit", type: "say" }, { id: "how", type: "rate", min: 0, max: 10 }, { id: "look", type: "anchor", seconds: 20, pause: 10 }] as Partial<Step>[];

for (const { why, raw, kept } of CASES) {
  test(`what is kept of words: ${why}`, () => {
    assert.deepEqual([cleaned(raw), cleaned(kept)], [kept, kept]);
  });
}

test("only what is read or heard can have other words, and nothing that has to be there as it is", () => {
  assert.deepEqual(changeable(made(STEPS)).map(({ id }) => id), ["sit", "look"]);
  assert.deepEqual(changeable(exercise("back-in-the-room")), []);
  assert.deepEqual(changeable(made([{ id: "a", type: "say", text: "If you feel dizzy, breathe as you like." }] as Partial<Step>[])), []);
  assert.ok(library.exercises.filter(({ access }) => access !== "always").every((one) => changeable(one).length > 0));
});

test("other words are shown in the place of the step's own, the first paragraph as its title", () => {
  const of = withWords(made(STEPS), { version: 1, words: { sit: "Sit by the window.\nAs in the room.", how: "How bad is it?" } });
  const run = new Run(of);

  assert.deepEqual(headingOf(of.steps[0] as Step, run.state), { title: "Sit by the window.", text: "As in the room." });
  assert.deepEqual([of.tailored, of.steps[1]?.text], [["sit"], "how"]);
});

test("a step takes as long as its new words and its own silence", () => {
  const of = withWords(made(STEPS), { version: 1, words: { look: "one two three four five six seven eight nine ten eleven" } });

  assert.equal(Math.round(plannedMs(of.steps[2] as Step) / 1000), 16);
});

test("words for another version, for no known step, or empty ones change nothing", () => {
  const whole = made(STEPS);

  for (const tailored of [null, undefined, { version: 2, words: { sit: "Sit." } }, { version: 1, words: { gone: "Sit." } }, { version: 1, words: { sit: " \n" } }]) {
    assert.equal(withWords(whole, tailored), whole);
  }
  assert.deepEqual([isOutdated(whole, { version: 2, words: {} }), isOutdated(whole, { version: 1, words: {} }), isOutdated(whole, null)], [true, false, false]);
});

test("a run says which of its steps were read in other words", () => {
  const told = (of: ReturnType<typeof made>) => recordsOf(of, new Run(of).toEnd().state, { id: "r", assignment: "a", label: () => "" })[0]?.body["tailored"];

  assert.deepEqual([told(withWords(made(STEPS), { version: 1, words: { sit: "Sit." } })), told(made(STEPS))], [["sit"], undefined]);
});

test("a name that every object has is no step", () => {
  const whole = made([{ id: "constructor", type: "say" }] as Partial<Step>[]);

  assert.equal(withWords(whole, { version: 1, words: {} }), whole);
});

test("the same words in the same exercise are the same exercise, so that no screen begins anew", () => {
  const [whole, tailored] = [made(STEPS), { version: 1, words: { sit: "Sit." } }];

  assert.equal(withWords(whole, tailored), withWords(whole, tailored));
  assert.notEqual(withWords(made(STEPS), tailored), withWords(whole, tailored));
});

test("what fits on a screen is counted as the exercises' own words are", () => {
  assert.equal(wordsIn("Don't look: the well-known bench, 2 trees."), 7);
  assert.deepEqual([tooLong("word ".repeat(45).trim()), tooLong("word ".repeat(46).trim()), tooLong("x".repeat(401))], [false, true, true]);
});
