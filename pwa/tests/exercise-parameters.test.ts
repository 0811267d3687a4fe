// Paces, lengths, curves, words picked before, quotes, plans that begin with a saved one, and what a therapist closed.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Card, LocalRecord } from "../src/data/types.ts";
import { breathAt, breathOf, countAt, LEAD, pacesFor } from "../src/exercise/breath.ts";
import { changeIn, curveOf } from "../src/exercise/curve.ts";
import { isOpen } from "../src/exercise/engine.ts";
import { savedFields } from "../src/exercise/forms.ts";
import { quotesOf } from "../src/exercise/quotes.ts";
import { recordsOf } from "../src/exercise/record.ts";
import { regionsFor } from "../src/exercise/regions.ts";
import { savedFrom } from "../src/exercise/saved.ts";
import { wordsFor } from "../src/exercise/sources.ts";
import { blocksIn, isClosed, lengthOf, valueOf } from "../src/exercise/state.ts";
import { progress } from "../src/exercise/way.ts";
import type { BodyMap, Breathe, Emotions, Exercise, Plan, Step } from "../src/exercise/types.ts";
import { current, exercise, library, made, NOW, Run } from "./exercise-kit.ts";

const about = { id: "r1", assignment: null, label: (pick: { id: string }) => pick.id };
const close: Partial<Step> = { id: "close", type: "close", offer: ["done"] };
const told = (run: Run) => recordsOf(run.exercise, run.state, about)[0]?.body;

// --- Paces

const PRESETS = [{ id: "small", in: 3, out: 4 }, { id: "held", in: 4, hold_in: 2, out: 6 }];
const paced = (more: Partial<Breathe> = {}): Exercise => made([
  { id: "first", type: "breathe", key: "pace", in: 3, out: 4, cycles: 6, minutes: 1, presets: PRESETS, ...more },
  { id: "second", type: "breathe", key: "pace", in: 3, out: 4, cycles: 6, minutes: 2, presets: PRESETS }, close,
]);
const breath = (run: Run) => breathOf(run.exercise, run.state, current(run.exercise, run.state) as Breathe);

test("a breath with paces waits for one to be picked, and may be passed over", () => {
  const run = new Run(paced());

  assert.deepEqual([breath(run), isOpen(run.exercise, run.state)], [null, true]);
  assert.equal(run.skip().at, "second");
});

test("the breath begins when its pace is picked, and again with another", () => {
  const run = new Run(paced()).after(60_000).do({ type: "answer", value: "small" });
  const phase = (ms: number): string => breathAt(breath(run) ?? assert.fail(), run.state, run.now + ms).phase;
  assert.deepEqual([phase(0), phase(LEAD * 1000), phase((LEAD + 3) * 1000)], ["ready", "in", "out"]);

  run.after(30_000).do({ type: "pause" }).after(5000).do({ type: "answer", value: "held" });
  assert.deepEqual([run.state.paused_at, phase(0), phase((LEAD + 4) * 1000)], [null, "ready", "hold_in"]);
});

test("with minutes it lasts about as long at each pace", () => {
  const cycles = (id: string): number | undefined => breath(new Run(paced()).do({ type: "answer", value: id }))?.cycles;

  assert.deepEqual([cycles("small"), cycles("held")], [9, 5]);
  assert.equal(breath(new Run(made([{ id: "plain", type: "breathe", in: 4, out: 6, cycles: 3 }])))?.cycles, 3);
});

test("a pace that was picked is there in the next breath, and is kept with the run", () => {
  const run = new Run(paced()).answer("held");

  assert.deepEqual([run.at, isOpen(run.exercise, run.state), breath(run)?.cycles], ["second", false, 10]);
  assert.deepEqual(told(run.toEnd())?.["answers"], { pace: "held" });
});

test("holds are not shown to someone with a BREATH block, nor done", () => {
  const run = new Run(paced(), { blocks: ["BREATH"] });
  assert.deepEqual(pacesFor(current(run.exercise, run.state) as Breathe, run.state).map(({ id }) => id), ["small"]);

  const plain = made([{ id: "plain", type: "breathe", in: 4, hold_in: 2, out: 6, hold_out: 1, cycles: 3 }]);
  assert.deepEqual(breath(new Run(plain, { blocks: ["BREATH"] }))?.parts, [["in", 4], ["out", 6]]);
  assert.deepEqual(breath(new Run(plain))?.parts, [["in", 4], ["hold_in", 2], ["out", 6], ["hold_out", 1]]);
});

test("seconds are counted from one to the length of the phase", () => {
  assert.deepEqual([0, 0.24, 0.25, 0.99, 1].map((part) => countAt({ part, seconds: 4 })), [1, 1, 2, 4, 4]);
  assert.equal(countAt({ part: 0, seconds: 0 }), 0);
});

test("with closed eyes a pace is picked with open ones, and then the breath goes on by itself", () => {
  const eyes = made([{ id: "eyes", type: "choice", sets: "eyes", options: ["closed", "open"] }, ...paced().steps]);
  const run = new Run(eyes).answer("closed").after(3_600_000);
  assert.deepEqual([run.at, isClosed(run.exercise, run.state)], ["first", false]);

  run.do({ type: "answer", value: "small" });
  assert.equal(isClosed(run.exercise, run.state), true);
  assert.equal(run.after((LEAD + 9 * 7) * 1000 - 1).at, "first");
  assert.equal(run.after(2).at, "second");
});

// --- Lengths

const long = made([
  { id: "always", type: "say" }, { id: "more", type: "say", lengths: [5, 8] }, { id: "most", type: "say", lengths: [8] }, close,
], { minutes: 5, lengths: [{ minutes: 2, label: "A taste" }, { minutes: 5, label: "The usual" }, { minutes: 8, label: "Long" }] });

test("a run has the steps of its length, and says so", () => {
  const seen = (length: number | null) => {
    const run = new Run(long, { length });
    return { of: progress(run.exercise, run.state).of, path: run.toEnd().state.path, told: told(run)?.["length"] };
  };

  assert.deepEqual(seen(2), { of: 2, path: ["always", "close"], told: 2 });
  assert.deepEqual(seen(8), { of: 4, path: ["always", "more", "most", "close"], told: 8 });
  assert.deepEqual(seen(null), { of: 3, path: ["always", "more", "close"], told: undefined });
});

test("a length that is not there is the usual one, and an old kept run is too", () => {
  const run = new Run(long, { length: 3 });

  assert.deepEqual([run.state.length, lengthOf(long, run.state)], [undefined, 5]);
  assert.equal(new Run(exercise("calm-place"), { length: 2 }).state.length, undefined);
});

test("a longer out-breath takes about as long as was chosen", () => {
  const out = exercise("longer-out-breath");
  for (const { minutes } of out.lengths ?? assert.fail()) {
    const run = new Run(out, { length: minutes }).toEnd();
    const seconds = run.state.path.reduce((sum, id) => sum + (out.steps.find((step) => step.id === id)?.seconds ?? 0), 0);
    assert.ok(Math.abs(seconds - 60 * minutes) <= 15 * minutes, `${minutes} minutes take ${seconds} seconds`);
    assert.equal(run.state.path.filter((id) => id.startsWith("breathe") || id === "taste").length, 1);
  }
  assert.ok(out.steps.every((step) => step.type !== "breathe" || step.presets?.every((pace) => pace.hold_in === 0 && pace.hold_out === 0)));
});

// --- Curves

const frame = { min: 0, max: 10, width: 120, height: 120, edge: 10 };

test("several looks are compared from the first number to the last, in neutral words", () => {
  assert.deepEqual(changeIn([7, 9, undefined, 4]), { word: "lower", before: 7, after: 4 });
  assert.deepEqual(changeIn([undefined, 4, 6]), { word: "higher", before: 4, after: 6 });
  assert.deepEqual(changeIn([4, 9, 5])?.word, "same");
  assert.deepEqual([changeIn([undefined, 4]), changeIn([])], [null, null]);
});

test("a curve goes through its numbers, and what was left open is a gap", () => {
  assert.deepEqual(curveOf([0, 10, 5], frame), {
    lines: ["10,110 60,10 110,60"], dots: [{ x: 10, y: 110 }, { x: 60, y: 10 }, { x: 110, y: 60 }],
  });
  const gap = curveOf([0, 0, undefined, 5, 10, undefined], frame);
  assert.deepEqual([gap.lines, gap.dots.length], [["10,110 30,110", "70,60 90,10"], 4]);
  assert.deepEqual(curveOf([undefined, 5, undefined], frame).lines, []);
});

// --- Words picked before

const picking = made([
  { id: "words", type: "emotions", key: "picked", source: "all", max: 3, extra: ["unknown"] },
  { id: "keep", type: "emotions", key: "kept", source: { picked: "picked" }, max: 1 }, close,
]);

test("one of the words picked before can be kept, the person's own among them", () => {
  const run = new Run(picking).answer([{ id: "sad" }, { id: "own_word", own: "wobbly" }, { id: "angry" }]);

  assert.deepEqual(wordsFor(picking, run.state, current(picking, run.state) as Emotions, library.vocabulary),
    { all: false, words: ["sad", "angry"], own: ["wobbly"] });
  assert.deepEqual(valueOf(picking, run.answer([{ id: "own_word", own: "wobbly" }]).state, "kept"), [{ id: "own_word", own: "wobbly" }]);
});

test("with no word picked there is none to keep, and the step is passed over", () => {
  assert.equal(new Run(picking).skip().at, "close");
  assert.equal(new Run(picking).answer([{ id: "unknown" }]).at, "close");
});

// --- Quotes

const quoting = made([
  { id: "line", type: "text", max_chars: 80 },
  { id: "feeling", type: "emotions", key: "word", source: "all", max: 2, extra: ["unknown"], words: { unknown: "I don't know yet" } },
  { id: "part", type: "choice", options: ["feet", "other"], multi: true, words: { feet: "How the feet stand", other: "Something else" } },
  { id: "plan", type: "plan", fields: ["what", "sure"] },
  { id: "again", type: "emotions", key: "word", source: "all", max: 1, quotes: ["word"] },
  { id: "see", type: "say", quotes: ["line", "word", "part", "plan"] }, close,
]);
const quotes = (run: Run) => quotesOf(quoting, run.state, current(quoting, run.state), library.vocabulary).map(({ how, text }) => [how, text]);

test("what was answered is shown again, as it was written and by its words", () => {
  const run = new Run(quoting).answer("  I am late ").answer([{ id: "sad" }, { id: "own_word", own: "wobbly" }]).answer(["feet", "other"])
    .answer({ what: "ask", sure: 7 });
  assert.deepEqual(quotes(run), [["picked", "sad, wobbly"]]);
  assert.deepEqual(quotes(run.do({ type: "answer", value: [{ id: "angry" }] })), [["picked", "sad, wobbly"]]);

  run.answer([{ id: "angry" }]);
  assert.deepEqual(quotes(run), [["wrote", "I am late"], ["picked", "angry"], ["picked", "How the feet stand"], ["wrote", "What: ask\nHow sure: 7 of 10"]]);
});

test("what was left open, or says only that it is not known, is not shown", () => {
  assert.deepEqual(quotes(new Run(quoting).skip().answer([{ id: "unknown" }]).answer(["other"]).skip().skip()), []);
});

// --- Plans that begin with a saved one

const planning = made([
  { id: "change", type: "plan", fields: ["what", "when"], from: "experiment", saves_as: "next_step" }, close,
]);
const card = (name: string, fields: Card["fields"]) => ({ id: name, saved_at: NOW, felt_at: null, body: { name, text: "", fields } }) as unknown as LocalRecord<Card>;
const { plans } = savedFrom([card("experiment", { what: "ask for salt", sure: 7 }), card("experiment", { what: "an older one" })], [], undefined);
const begun = savedFields(planning.steps[0] as Plan, plans);

test("a plan begins with the newest one saved under its name, as far as it asks for its fields", () => {
  assert.deepEqual(begun, { what: "ask for salt" });
  assert.equal(savedFields(planning.steps[0] as Plan, {}), null);
});

test("what is on screen is what is kept, under the step's own name", () => {
  const run = new Run(planning).do({ type: "fill", value: begun ?? {} });
  assert.equal(isOpen(run.exercise, run.state), false);

  const kept = recordsOf(planning, run.toEnd().state, about).find(({ kind }) => kind === "card")?.body;
  assert.deepEqual([kept?.["name"], kept?.["fields"]], ["next_step", { what: "ask for salt" }]);
});

test("it is filled in once: what was changed or emptied stays so", () => {
  const fill = { type: "fill", value: { what: "ask for salt" } } as const;
  const own = new Run(planning).do({ type: "answer", value: { what: "my own" } }, fill);
  const emptied = new Run(planning).do(fill, { type: "answer", value: null }, fill);

  assert.deepEqual([own.state.answers["change"], emptied.state.answers["change"]], [{ what: "my own" }, undefined]);
});

// --- Where in the body

test("only codes close something", () => {
  assert.deepEqual([blocksIn(["BODY", 3, null]), blocksIn(undefined), blocksIn("BODY")], [["BODY"], [], []]);
});

test("a body map shows the places it names, or all but those it hides; with a BODY block hands and feet at most", () => {
  const shown = (map: Partial<BodyMap>, blocks: string[] = []): string[] =>
    regionsFor({ id: "map", type: "body_map", max: 2, text: "", words: {}, seconds: 5, ...map }, new Run(picking, { blocks }).state, library.vocabulary)
      .map(({ id }) => id);

  assert.deepEqual(shown({ regions: ["hands", "feet"] }), ["hands", "feet"]);
  assert.equal(shown({ hidden_regions: ["chest"] }).includes("chest"), false);
  assert.equal(shown({ hidden_regions: ["chest"] }).length, shown({}).length - 1);
  assert.deepEqual([shown({}, ["BODY"]), shown({ regions: ["chest", "feet"] }, ["BODY"])], [["hands", "feet"], ["feet"]]);
  assert.equal(shown({}).includes("nowhere"), false);
});
