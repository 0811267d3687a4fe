import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cueAt, isOn, mannerOf, type Narration } from "../src/exercise/narration.ts";
import { dueAfter } from "../src/exercise/timing.ts";
import type { Step } from "../src/exercise/types.ts";
import { goOn, hold, hush, localVoices, mention, read, sentencesOf, unheard } from "../src/exercise/voice.ts";
import { made, NOW, Run } from "./exercise-kit.ts";
import { type Fake, speech, voice } from "./support/speech.ts";

const HERE = { voice: voice("here"), pace: 110 };
const WORDS = ["Feel your feet. Let the floor hold you.", "Fine", "Not sure"];
let fake: Fake;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
  fake = speech();
});
afterEach(() => {
  hush();
  mock.timers.reset();
});

const pass = (ms: number): void => {
  for (let left = ms; left > 0; left -= 50) mock.timers.tick(Math.min(50, left));
};
const said = (): string[] => fake.said.map(({ text }) => text);

test("only voices of this phone that speak the language are used, the person's own kind of it first", () => {
  const all = [voice("far", "en-GB", false), voice("Hans", "de-DE"), voice("Sam", "en-US"), voice("Kate", "en_GB")];

  assert.deepEqual(localVoices(all, ["en-GB", "en"]).map(({ name }) => name), ["Kate", "Sam"]);
});

test("a voice from elsewhere never gets a word", () => {
  read(WORDS, { voice: voice("far", "en-GB", false), pace: 110 });
  mention("Breathe in", { voice: voice("far", "en-GB", false), pace: 110 });
  pass(10_000);

  assert.deepEqual(said(), []);
  assert.equal(unheard.value, false);
});

test("everything is read, sentence by sentence", () => {
  read(WORDS, HERE);
  pass(30_000);

  assert.deepEqual(fake.heard, ["Feel your feet.", "Let the floor hold you.", "Fine", "Not sure"]);
  assert.equal(unheard.value, false);
});

for (const pace of [100, 110, 130]) {
  test(`sentences begin at a pace of ${pace} words a minute, however fast the voice is`, () => {
    read(["One two three four five six seven eight nine ten eleven.", "Next."], { ...HERE, pace });
    pass(20_000);

    const [first, second] = fake.said;
    assert.ok(Math.abs((second?.at ?? 0) - (first?.at ?? 0) - (11 * 60_000) / pace) <= 100);
  });
}

test("a slow voice is not hurried", () => {
  fake.aWord = 1_000;
  read(["One two three.", "Four."], HERE);
  pass(2_900);

  assert.deepEqual(said(), ["One two three."]);
});

test("silence comes at once, and what was cut off says nothing more", () => {
  read(WORDS, HERE);
  pass(500);
  hush();
  pass(10_000);

  assert.deepEqual([said(), fake.heard, unheard.value], [["Feel your feet."], [], false]);
});

test("what takes its place is read once, though the end of what was cut off is told late", () => {
  read(WORDS, HERE);
  pass(500);
  read(["Look around.", "Name one thing."], HERE);
  pass(10_000);

  assert.deepEqual(said(), ["Feel your feet.", "Look around.", "Name one thing."]);
});

test("after a pause the sentence that was cut off is said again, and nothing before it", () => {
  read(WORDS, HERE);
  pass(2_500);
  hold();
  pass(60_000);
  assert.deepEqual([said().length, unheard.value], [2, true]);
  goOn();
  pass(20_000);

  assert.deepEqual(fake.heard, ["Feel your feet.", "Let the floor hold you.", "Fine", "Not sure"]);
});

test("a voice that never begins leaves the words to the screen, and holds nothing up", () => {
  fake.mute = true;
  read(WORDS, HERE);
  pass(30_000);

  assert.deepEqual([said(), unheard.value], [["Feel your feet."], false]);
});

test("a word beside the text waits until the text was read", () => {
  read(["Breathe as it suits you."], HERE);
  pass(500);
  mention("Breathe in", HERE);
  pass(10_000);
  mention("Breathe out", HERE);
  pass(1_000);

  assert.deepEqual(said(), ["Breathe as it suits you.", "Breathe out"]);
});

test("a tone is over before the voice begins", () => {
  read(WORDS, HERE, 1_400);
  pass(1_350);
  assert.deepEqual(said(), []);
  pass(100);

  assert.deepEqual(said(), ["Feel your feet."]);
});

test("no part of a sentence is longer than browsers can say, and no word is lost", () => {
  const long = `${"I saw the long road home, and it was still light outside, ".repeat(9)}then I slept.`;
  const parts = sentencesOf(long);

  assert.ok(parts.length > 3 && parts.every((part) => part.length <= 160));
  assert.equal(parts.join(" "), long);
  assert.ok(sentencesOf("x".repeat(500)).every((part) => part.length <= 160));
});

test("marks without words are not read", () => {
  assert.deepEqual(sentencesOf("Who? · … "), ["Who?"]);
});

// --- When it reads

const setting = (when: Narration["when"]): Narration => ({ when, voice: null, pace: 110 });

test("it reads when that was chosen: never, with closed eyes, or the whole time", () => {
  const table = (["off", "closed", "on"] as const).map((when) => [isOn(setting(when), false), isOn(setting(when), true)]);

  assert.deepEqual(table, [[false, false], [false, true], [true, true]]);
});

test("without a voice on the phone there is none; a chosen one that is gone makes way for the nearest", () => {
  const here = [voice("Kate"), voice("Sam")];

  assert.equal(mannerOf(setting("on"), []), null);
  assert.equal(mannerOf({ ...setting("on"), voice: "Sam" }, here)?.voice.name, "Sam");
  assert.equal(mannerOf({ ...setting("on"), voice: "gone" }, here)?.voice.name, "Kate");
  assert.equal(mannerOf({ ...setting("on"), pace: 900 }, here)?.pace, 130);
});

// --- Tones

const part = (closed: boolean, more: object = {}) => ({ closed, step: { id: "a", type: "imagine", ...more } as Step });

test("a start tone where eyes close, an end tone where they open, and one of each", () => {
  const ended = part(true, { cue: "end_tone" });

  assert.equal(cueAt(null, part(false), true), null);
  assert.equal(cueAt(part(false), part(true), true), "start");
  assert.equal(cueAt(part(true), part(true), true), null);
  assert.equal(cueAt(part(true), part(true, { cue: "soft_tone" }), true), "start");
  assert.equal(cueAt(part(true), ended, true), "end");
  assert.equal(cueAt(ended, part(false), true), null);
  assert.equal(cueAt(part(true), part(false), true), "end");
});

test("without a voice every part with closed eyes has its tone", () => {
  assert.equal(cueAt(part(true), part(true), false), "start");
});

// --- The silence after the words

const inward = made([
  { id: "eyes", type: "choice", options: ["open", "closed"], sets: "eyes" },
  { id: "place", type: "imagine", pause: 20, seconds: 30 },
  { id: "after", type: "say" },
]);
const atPlace = (): Run => new Run(inward).answer("closed");

test("the silence of a step begins when its words were heard", () => {
  const { exercise, state } = atPlace();

  assert.equal(dueAfter(exercise, state, 0), state.entered_at + 30_000);
  assert.equal(dueAfter(exercise, state, 8_000), state.entered_at + 30_000);
  assert.equal(dueAfter(exercise, state, 25_000), state.entered_at + 45_000);
});

test("no step moves on while it is read", () => {
  const { exercise, state } = atPlace();

  assert.equal(dueAfter(exercise, state, Number.POSITIVE_INFINITY), null);
});

test("breaths begin when the words were heard, all of them", () => {
  const breath = made([
    { id: "eyes", type: "choice", options: ["open", "closed"], sets: "eyes" },
    { id: "breath", type: "breathe", in: 4, out: 6, cycles: 3, seconds: 0 }, { id: "after", type: "say" },
  ]);
  const { exercise, state } = new Run(breath).answer("closed");

  assert.equal(dueAfter(exercise, state, 9_000), state.entered_at + 9_000 + 34_000);
});
