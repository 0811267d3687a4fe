// Scenes, plans, dialogues, silences and cards: what is asked, what is kept, and what is shown again.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Card, LocalRecord, Scene } from "../src/data/types.ts";
import { holds, isAnswer, numberOf, wordsOf } from "../src/exercise/answers.ts";
import { lastPart, saidSoFar, sideOf, turnAt, turnsIn, voicesOf, withTurn } from "../src/exercise/dialogue.ts";
import { cardOf, isOpen, mayGoBack, partOf } from "../src/exercise/engine.ts";
import { headingOf } from "../src/exercise/heading.ts";
import { recordsOf, type ToSave } from "../src/exercise/record.ts";
import { savedFrom } from "../src/exercise/saved.ts";
import { valueOf } from "../src/exercise/state.ts";
import { quietSeconds, timeLeft } from "../src/exercise/timing.ts";
import type { Dialogue, Exercise, Pause, Step, Support } from "../src/exercise/types.ts";
import { current, made, NOW, Run } from "./exercise-kit.ts";

const about = { id: "r1", assignment: null, label: (pick: { id: string }) => pick.id };
const saved = (run: Run): ToSave[] => recordsOf(run.exercise, run.state, about);
const of = (run: Run, kind: string, audience = "me") => saved(run).find((one) => one.kind === kind && one.audience === audience)?.body;
const close: Partial<Step> = { id: "close", type: "close", offer: ["done"] };

const scene = (more: Partial<Step>[] = []): Exercise => made([
  { id: "where", type: "episode", key: "scene", fields: ["when", "other"] },
  { id: "inside", type: "episode", key: "scene", fields: ["felt", "my_move"] },
  ...more, close,
], { id: "one-scene" });

test("steps with one key fill one scene, fields left empty are not there", () => {
  const run = new Run(scene()).answer({ when: " Monday ", other: "  " }).answer({ felt: "small" }).toEnd();

  assert.deepEqual(saved(run).map(({ kind, audience }) => `${kind} ${audience}`), ["run therapist", "scene me"]);
  assert.deepEqual(of(run, "scene"), { when: "Monday", felt: "small", from: "one-scene", part_of: "r1" });
});

test("a text kept under `title` is the scene's title", () => {
  const run = new Run(scene([{ id: "name", key: "title", type: "text", max_chars: 40 }])).answer({ when: "Monday" }).next().answer(" The queue ").toEnd();

  assert.equal(of(run, "scene")?.["title"], "The queue");
});

test("a scene with every field passed over is not kept", () => {
  assert.deepEqual(saved(new Run(scene()).skip().answer({ felt: "  " }).toEnd()).map(({ kind }) => kind), ["run"]);
});

test("a run that was stopped keeps what was written with the run, and no scene", () => {
  const run = new Run(scene()).answer({ when: "Monday" }).do({ type: "answer", value: { felt: "small" } }).stop();

  assert.equal(of(run, "scene"), undefined);
  assert.deepEqual(of(run, "run")?.["answers"], { scene: { when: "Monday", felt: "small" } });
  assert.equal(of(run, "run", "therapist")?.["answers"], undefined);
});

test("going back changes a field and loses none", () => {
  const run = new Run(scene()).answer({ when: "Monday", other: "a friend" }).answer({ felt: "small" }).back().back().answer({ when: "Tuesday", other: "a friend" });

  assert.deepEqual(valueOf(run.exercise, run.state, "scene"), { when: "Tuesday", other: "a friend", felt: "small" });
  assert.deepEqual(of(run.toEnd(), "scene"), { when: "Tuesday", other: "a friend", felt: "small", from: "one-scene", part_of: "r1" });
});

test("only the fields that were shared are told", () => {
  const steps = scene().steps.map((step) => (step.id === "inside" ? { ...step, share: "shared" as const } : step));
  const run = new Run({ ...scene(), steps }).answer({ when: "Monday" }).answer({ felt: "small" }).toEnd();

  assert.deepEqual(of(run, "run", "therapist")?.["answers"], { scene: { felt: "small" } });
});

const plan = (saves_as: string | null): Exercise => made([
  { id: "first", type: "plan", key: "plan", fields: ["what", "when"], saves_as },
  { id: "guess", type: "plan", key: "plan", fields: ["expectation", "sure"] }, close,
], { id: "tiny-experiment" });

test("a plan with a name is kept as a card to read, with its fields", () => {
  const run = new Run(plan("my_plan")).answer({ what: "ask for salt", when: "at lunch" }).answer({ sure: 0 }).toEnd();

  assert.deepEqual(of(run, "card"), {
    text: "What: ask for salt\nWhen: at lunch\nHow sure: 0 of 10", from: "tiny-experiment", name: "my_plan", part_of: "r1",
    fields: { what: "ask for salt", when: "at lunch", sure: 0 },
  });
  assert.equal(of(run, "run"), undefined);
});

test("a plan without a name stays with its run", () => {
  const run = new Run(plan(null)).answer({ what: "ask" }).toEnd();

  assert.deepEqual([of(run, "card"), of(run, "run")?.["answers"]], [undefined, { plan: { what: "ask" } }]);
});

test("the fields of a form are no rating and no words", () => {
  assert.equal(numberOf({ what: "ask", sure: 7 }), undefined);
  assert.deepEqual(wordsOf({ what: "ask" }), []);
  assert.deepEqual([isAnswer({ what: " " }), isAnswer({ sure: 0 })], [false, true]);
  assert.equal(holds({ unset: true }, { what: "" }), true);
});

const talk = (more: Partial<Dialogue> = {}, head: Partial<Exercise> = {}): Exercise => made([
  { id: "two", type: "dialogue", voices: ["critic", "me"], turns: 2, third: "fair", words: { critic: "The critic", me: "Me", move: "Change seats." }, ...more },
  close,
], head);
const voices = talk().steps[0] as Dialogue;

test("two voices take turns, and the third has the last word", () => {
  assert.deepEqual(voicesOf(voices), ["critic", "me", "critic", "me", "fair"]);
  assert.deepEqual(voicesOf({ ...voices, turns: 1, third: null }), ["critic", "me"]);
  assert.deepEqual(voicesOf(voices).map((voice) => sideOf(voices, voice)), ["first", "second", "first", "second", "third"]);
});

test("between two turns there is a change of seats", () => {
  assert.deepEqual([0, 1, 2, 3, lastPart(voices)].map(turnAt), [0, null, 1, null, 4]);
  const run = new Run(talk());
  const titles = [headingOf(current(run.exercise, run.state), run.state)];
  for (let left = 2; left > 0; left -= 1) titles.push(headingOf(current(run.exercise, run.skip().state), run.state));

  assert.deepEqual(titles, [{ title: "two", text: "" }, { title: "Change seats.", text: "Next: Me." }, { title: "Turn 2 of 5", text: "" }]);
});

test("each turn can be passed over, and the dialogue comes to its end", () => {
  const run = new Run(talk());
  const parts: number[] = [];
  for (; run.at === "two"; run.skip()) parts.push(partOf(run.state));

  assert.deepEqual([parts, run.at, partOf(run.state)], [[0, 1, 2, 3, 4, 5, 6, 7, 8], "close", 0]);
  assert.deepEqual(saved(run.toEnd()).map(({ kind }) => kind), ["run"]);
});

test("back goes part by part, and erases nothing", () => {
  const run = new Run(talk()).answer(withTurn(voices, undefined, 0, { text: "You again" })).next();
  assert.deepEqual([partOf(run.state), mayGoBack(run.state), isOpen(run.exercise, run.state)], [2, true, true]);

  run.back().back();
  assert.deepEqual([partOf(run.state), mayGoBack(run.state), isOpen(run.exercise, run.state)], [0, false, false]);
  assert.equal(turnsIn(voices, run.state.answers["two"])[0]?.text, "You again");
});

test("back from the step after a dialogue lands on its last turn", () => {
  const run = new Run(talk());
  while (run.at === "two") run.skip();

  assert.deepEqual([run.back().at, partOf(run.state)], ["two", 8]);
});

test("a dialogue that was cut off goes on at the same turn", () => {
  const run = new Run(talk()).skip().skip();
  run.state = JSON.parse(JSON.stringify(run.state)) as typeof run.state;

  assert.deepEqual([run.skip().at, partOf(run.state)], ["two", 3]);
});

test("what was said is kept here turn by turn, also what was said out loud, and is never taken for words", () => {
  let held = withTurn(voices, undefined, 0, { text: " You again " });
  held = withTurn(voices, held, 2, { text: "", aloud: true });
  const run = new Run(talk()).do({ type: "answer", value: held });
  while (run.at === "two") run.next();
  run.do({ type: "pick", id: "done" });
  const kept = run.state.keep;

  assert.deepEqual(of(run, "run")?.["answers"], { two: [{ id: "critic", text: "You again" }, { id: "critic", text: "", aloud: true }] });
  assert.deepEqual([of(run, "run")?.["own_words"], of(run, "run", "therapist")?.["answers"], kept], [undefined, undefined, false]);
  assert.deepEqual(wordsOf(held), []);
});

test("keep makes no card of a dialogue, nor of sensations", () => {
  const keeps = talk().steps.map((step) => (step.type === "close" ? { ...step, offer: ["keep"] } : step));
  const run = new Run({ ...talk(), steps: [{ id: "like", type: "sensations", max: 2, text: "", words: {}, seconds: 5 }, ...keeps] });
  run.answer([{ id: "warm" }]).do({ type: "answer", value: withTurn(voices, undefined, 0, { text: "You again" }) });
  while (run.at === "two") run.next();

  assert.equal(of(run.pick("keep"), "card"), undefined);
});

test("a high exercise in which voices spoke is locked, and tells what was offered as a note", () => {
  const run = new Run(talk({ share: "ask" }, { access: "therapist", intensity: "high" }));
  run.do({ type: "answer", value: withTurn(voices, undefined, 0, { text: "You again" }) }, { type: "share", on: true });
  while (run.at === "two") run.next();
  run.pick("done");

  assert.equal(typeof of(run, "run", "therapist")?.["locked_until"], "number");
  assert.deepEqual(of(run, "note", "therapist"), { text: "The critic: You again", part_of: "r1" });
});

test("what the same voices said in a dialogue before is still there", () => {
  const steps = [talk().steps[0], { ...talk().steps[0], id: "again" }, { ...talk().steps[0], id: "others", voices: ["a", "b"] }] as Step[];
  const run = new Run({ ...talk(), steps }).do({ type: "answer", value: withTurn(voices, undefined, 0, { text: "You again" }) });
  const shown = (): string[] => saidSoFar(run.exercise, run.state, current(run.exercise, run.state) as Dialogue, partOf(run.state)).map(({ said }) => said.text);
  assert.deepEqual(shown(), []);
  while (run.at === "two") run.next();
  assert.deepEqual(shown(), ["You again"]);
  while (run.at === "again") run.skip();
  assert.deepEqual(shown(), []);
});

test("a silence is as long as it says, and its words are rough", () => {
  const pause = { id: "rest", type: "pause", pause: 60, text: "", words: {}, seconds: 65 } satisfies Pause;

  assert.equal(quietSeconds(pause), 60);
  assert.deepEqual([60, 46, 45, 21, 20, 0].map(timeLeft), ["minute", "minute", "half", "half", "little", "little"]);
});

test("a silence with open eyes waits as long as it takes, and with closed eyes goes on by itself", () => {
  const rest = made([
    { id: "eyes", type: "choice", sets: "eyes", options: ["closed", "open"] }, { id: "rest", type: "pause", pause: 20, seconds: 24 }, close,
  ]);

  assert.equal(new Run(rest).answer("open").after(3_600_000).at, "rest");
  assert.equal(new Run(rest).answer("open").next().at, "close");
  assert.equal(new Run(rest).answer("closed").after(25_000).at, "close");
});

const card = (level: "A" | "B"): Exercise => made([{ id: "card", type: "support", level, text: null }, { id: "end", type: "say" }]);
const shownOn = (run: Run): "A" | "B" => cardOf(current(run.exercise, run.state) as Support, run.state);

test("a support step has the app's own words", () => {
  const run = new Run(card("A"));

  assert.equal(headingOf(current(run.exercise, run.state), run.state).title, "That sounds like a lot to carry.");
});

test("the card that puts people first is shown once an hour, also as a step", () => {
  assert.equal(shownOn(new Run(card("B"))), "B");
  assert.equal(new Run(card("B")).state.card_b_at, NOW);
  assert.equal(shownOn(new Run(card("B"), { cardBAt: NOW - 3_599_999 })), "A");
  assert.equal(shownOn(new Run(card("B"), { cardBAt: NOW - 3_600_000 })), "B");
  assert.equal(shownOn(new Run(card("B")).next().back()), "B");
});

const record = <B extends object>(id: string, body: B | null, saved_at = NOW) => ({ id, body, saved_at, felt_at: null }) as LocalRecord<B>;

test("a name shows the newest text saved under it, and the agreed scene is the assignment's", () => {
  const cards = [record<Card>("c2", { name: "place", text: "the bench" }), record<Card>("c1", { name: "place", text: "the sea" }),
    record<Card>("c0", { name: "agreed_scene", text: "a card of that name" })];

  assert.deepEqual(savedFrom(cards, [], "what was agreed").texts, { place: "the bench", agreed_scene: "what was agreed" });
  assert.deepEqual(savedFrom(cards, [], undefined).texts, { place: "the bench" });
  assert.deepEqual(savedFrom(cards, [], undefined, { place: "what was written together" }).texts["place"], "what was written together");
});

test("scenes are shown newest first, by their title or their day, without those that say nothing", () => {
  const { scenes } = savedFrom([], [
    record<Scene>("s3", { title: "The queue", felt: "small", when: "Monday" }), record<Scene>("s2", { from: "one-scene" }),
    record<Scene>("s1", { when: "Sunday" }, Date.UTC(2026, 10, 20, 12)), record<Scene>("s0", null),
  ], undefined);

  assert.deepEqual(scenes.map(({ id }) => id), ["s3", "s1"]);
  assert.deepEqual(scenes[0]?.lines, [{ label: "When and where", text: "Monday" }, { label: "What I felt", text: "small" }]);
  assert.match(scenes[1]?.title ?? "", /^Scene of .*20/);
});
