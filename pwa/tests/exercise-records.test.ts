import assert from "node:assert/strict";
import { test } from "node:test";
import { recordsOf, type ToSave } from "../src/exercise/record.ts";
import { remembered } from "../src/exercise/remembered.ts";
import { howToResume, isLeftBehind, isOld, type Kept, taken } from "../src/exercise/resuming.ts";
import type { Answer, Exercise } from "../src/exercise/types.ts";
import { exercise, made, NOW, Run } from "./exercise-kit.ts";

const about = { id: "r1", assignment: null, label: (pick: { id: string; own?: string }) => pick.own ?? pick.id };
const saved = (run: Run): ToSave[] => recordsOf(run.exercise, run.state, about);
const of = (run: Run, kind: string, audience: string) => saved(run).find((one) => one.kind === kind && one.audience === audience)?.body;

test("a finished run tells its ratings and answers, and keeps free words here", () => {
  const guess = new Run(exercise("guess-and-check")).to("clarity_before").answer(3).to("picked").answer([{ id: "sad" }])
    .to("strength").answer({ sad: 4 }).to("before").answer("a call").toEnd();

  const { seconds: _, step_seconds: __, ...told } = of(guess, "run", "therapist") ?? {};

  assert.deepEqual(told, {
    exercise: "guess-and-check", version: 1, title: "Guess and check", started_at: NOW, ended_at: guess.now, ended: "finished",
    answers: { picked: [{ id: "sad", strength: 4 }] }, ratings: { clarity_before: 3 },
  });
  assert.deepEqual(of(guess, "run", "me")?.["answers"], { before: "a call" });
  assert.equal(of(guess, "run", "me")?.["part_of"], "r1");
});

test("with nothing private there is one record", () => {
  assert.deepEqual(saved(new Run(exercise("guess-and-check")).toEnd()).map(({ kind, audience }) => [kind, audience]), [["run", "therapist"]]);
});

test("a stopped run tells the step it stopped at and nothing that was answered; the answers stay here", () => {
  const run = new Run(exercise("guess-and-check")).to("clarity_before").answer(3).stop();

  assert.deepEqual(of(run, "run", "therapist"), {
    exercise: "guess-and-check", version: 1, title: "Guess and check", started_at: NOW, ended_at: run.now, ended: "stopped",
    stopped_at_step: "affect_before",
  });
  assert.deepEqual(of(run, "run", "me")?.["ratings"], { clarity_before: 3 });
});

test("a run that was left shares no answers", () => {
  const run = new Run(exercise("calm-place")).to("distress_before").answer(8).pick("not_today");

  assert.deepEqual([of(run, "run", "therapist")?.["ended"], of(run, "run", "therapist")?.["ratings"]], ["left", undefined]);
});

test("where the goodbye offers to share, Done shares nothing and Share shares all but what is private", () => {
  const scan = (offer: string): Run => new Run(exercise("five-stop-scan")).to("where").answer(["chest"])
    .to("one_word").answer("heavy").to("close").pick(offer);

  assert.equal(of(scan("done"), "run", "therapist")?.["answers"], undefined);
  assert.deepEqual(of(scan("done"), "run", "me")?.["answers"], { where: ["chest"], one_word: "heavy" });
  assert.deepEqual(of(scan("share"), "run", "therapist")?.["answers"], { where: ["chest"] });
  assert.deepEqual(of(scan("share"), "run", "me")?.["answers"], { one_word: "heavy" });
});

test("the person's own words stay here, also beside words that are shared", () => {
  const run = new Run(exercise("name-it-gently")).to("picked").answer([{ id: "sad" }, { id: "own_word", own: "blurgh" }]).to("close").pick("share");

  assert.deepEqual(of(run, "run", "therapist")?.["answers"], { picked: [{ id: "sad" }] });
  assert.deepEqual(of(run, "run", "me")?.["own_words"], ["blurgh"]);
});

test("only a word of their own shares no word at all", () => {
  const run = new Run(exercise("name-it-gently")).to("picked").answer([{ id: "own_word", own: "blurgh" }]).to("close").pick("share");

  assert.equal(of(run, "run", "therapist")?.["answers"], undefined);
});

test("keep makes a card of the words", () => {
  const run = new Run(exercise("guess-and-check")).to("picked").answer([{ id: "sad" }]).to("close").pick("keep");

  assert.deepEqual(of(run, "card", "me"), { text: "sad", from: "guess-and-check", name: "Guess and check", part_of: "r1" });
});

test("a place is kept by its name", () => {
  const run = new Run(exercise("calm-place")).to("my_place").answer("  the bench ").toEnd();

  assert.deepEqual(of(run, "card", "me"), { text: "the bench", from: "calm-place", name: "my_place", part_of: "r1" });
});

test("bring marks the run for the session", () => {
  const run = new Run(exercise("three-guesses")).to("close").pick("bring");

  assert.equal(of(run, "run", "therapist")?.["bring"], true);
});

const high = (): Run => new Run(exercise("new-ending-recent")).to("mid_1").answer(4);
test("an exercise only a therapist gives tells only that it was done, and its lock", () => {
  const run = high().to("note_move").answer("I asked").toEnd();
  const records = recordsOf(run.exercise, run.state, { ...about, assignment: "a1" });

  assert.deepEqual(records[0]?.body, {
    exercise: "new-ending-recent", version: run.exercise.version, title: run.exercise.title, started_at: NOW, ended_at: run.now, ended: "finished",
    assignment: "a1", intensity: "high", locked_until: run.now + 24 * 3_600_000,
  });
  assert.deepEqual(records.map(({ kind, audience }) => `${kind} ${audience}`), ["run therapist", "run me"]);
});

test("words the person chose to share go as a note of their own", () => {
  const run = high().to("note_move").do({ type: "answer", value: "I asked" }, { type: "share", on: true }).toEnd();

  assert.deepEqual(of(run, "note", "therapist"), { text: "I asked", part_of: "r1" });
});

test("a share taken back shares nothing, nor does a stop after it", () => {
  const chosen = (): Run => high().to("note_move").do({ type: "answer", value: "I asked" }, { type: "share", on: true });

  assert.equal(of(chosen().do({ type: "share", on: false }).toEnd(), "note", "therapist"), undefined);
  assert.equal(of(chosen().stop(), "note", "therapist"), undefined);
});

test("stopped at the door a high exercise is not locked; past it, it is", () => {
  const door = new Run(exercise("new-ending-recent")).stop();
  const past = high().stop();

  assert.equal(of(door, "run", "therapist")?.["locked_until"], undefined);
  assert.equal(of(past, "run", "therapist")?.["locked_until"], past.now + 24 * 3_600_000);
});

test("a hard after-rating is told as a lock until the therapist opens it", () => {
  const run = high().to("distress_after").answer(8).pick("done").toEnd();

  assert.equal(of(run, "run", "therapist")?.["reopen"], true);
});

test("an answer of a way not taken is not told", () => {
  const run = new Run(exercise("guess-and-check")).to("picked").answer([{ id: "angry" }]).next().answer("too_strong" satisfies Answer)
    .answer([{ id: "annoyed" }]).back().back().answer("fits").toEnd();

  assert.deepEqual((of(run, "run", "therapist")?.["answers"] as { picked: unknown }).picked, [{ id: "angry" }]);
});

const kept = (run: Run, at: number): Kept =>
  ({ run: "r1", title: run.exercise.title, intensity: run.exercise.intensity, assignment: null, state: run.state, at });
const HOUR = 3_600_000;
const medium: Exercise = made([{ id: "one", type: "say" }, { id: "two", type: "say" }], { intensity: "medium" });

test("a low run goes on at any time, and after a day may start over, too", () => {
  const run = new Run(exercise("feet-on-floor")).next();
  const found = kept(run, NOW);

  assert.equal(howToResume(found, run.exercise, NOW + 90 * 24 * HOUR), "go-on");
  assert.deepEqual([isOld(found, NOW + 24 * HOUR), isOld(found, NOW + 24 * HOUR + 1), isOld(found, NOW - 24 * HOUR - 1)], [false, true, true]);
});

for (const [after, how] of [
  [0, "ask-again"], [HOUR - 1_000, "ask-again"], [HOUR, "ask-again"], [HOUR + 1, "over"], [HOUR + 1_000, "over"], [3 * 24 * HOUR, "over"],
  [-HOUR, "ask-again"], [-HOUR - 1, "over"], [-24 * HOUR, "over"], [Number.POSITIVE_INFINITY, "over"],
] as const) {
  test(`a medium run, ${after / 60_000} minutes later by the phone's clock: ${how}`, () => {
    const run = new Run(medium).next();

    assert.equal(howToResume(kept(run, NOW), medium, NOW + after), how);
  });
}

for (const after of [0, HOUR, HOUR + 1, 3 * 24 * HOUR, 400 * 24 * HOUR, -HOUR, -3 * 24 * HOUR]) {
  test(`a low run goes on at its step and a high one at Back in the room, ${after / HOUR} hours later`, () => {
    const run = new Run(exercise("feet-on-floor")).next();

    assert.equal(howToResume(kept(run, NOW), run.exercise, NOW + after), "go-on");
    assert.equal(howToResume(kept(high(), NOW), exercise("new-ending-recent"), NOW + after), "ground");
  });
}

test("s6 who keeps the eyes open now goes on with open eyes, however it was begun", () => {
  const closed = { ...kept(new Run(exercise("calm-place")), NOW) };
  const from = taken({ ...closed, state: { ...closed.state, eyes: "closed" } }, NOW, true);

  assert.deepEqual([from.eyes, from.open_only], ["open", true]);
});

test("a run that had ended before it was saved is not gone on with", () => {
  const run = new Run(exercise("feet-on-floor")).toEnd();

  assert.equal(howToResume(kept(run, NOW), run.exercise, NOW), "over");
});

test("what was begun before is left behind by another run, and one begun after it is not", () => {
  const by = { exercise: "feet-on-floor", run: "r2", began: NOW };
  const left = (at: number, more: Partial<Kept> = {}): boolean =>
    isLeftBehind({ ...kept(new Run(exercise("feet-on-floor")).next(), at), ...more }, by, NOW + 300);

  assert.deepEqual([left(NOW - 1), left(NOW + 200), left(NOW + 301)], [true, false, true]); // the last by a clock set back since
  assert.equal(left(NOW - 1, { run: "r2" }), false);
  assert.equal(left(NOW - 1, { state: new Run(exercise("calm-place")).state }), false);
});

test("a high run opens at Back in the room, also when its assignment is gone", () => {
  assert.equal(howToResume(kept(high(), NOW), exercise("new-ending-recent"), NOW + 1), "ground");
  assert.equal(howToResume(kept(high(), NOW), undefined, NOW + 1), "ground");
});

test("an exercise that changed, or is gone, starts over", () => {
  const run = new Run(exercise("feet-on-floor")).next();

  assert.equal(howToResume(kept(run, NOW), { ...run.exercise, version: 2 }, NOW), "over");
  assert.equal(howToResume(kept(run, NOW), undefined, NOW), "over");
});

test("a run whose texts were written anew meanwhile starts over, with the new ones; else it goes on with those it began with", () => {
  const run = new Run(exercise("feet-on-floor")).next();
  const before = kept(run, NOW);
  const after = { ...before, rewritten: NOW - HOUR };

  assert.deepEqual([howToResume(before, run.exercise, NOW, null), howToResume(before, run.exercise, NOW, NOW)], ["go-on", "over"]);
  assert.deepEqual([NOW - HOUR, NOW, null].map((at) => howToResume(after, run.exercise, NOW, at)), ["go-on", "over", "over"]);
});

test("going on starts the clock of the step again", () => {
  const run = new Run(exercise("calm-place")).to("eyes").answer("closed").do({ type: "pause" });
  const state = taken(kept(run, NOW), NOW + HOUR);

  assert.deepEqual([state.path, state.entered_at, state.paused_at, state.paused_ms], [run.state.path, NOW + HOUR, null, 0]);
});

test("a run kept back tells only that it was done", () => {
  const run = new Run(exercise("guess-and-check")).to("clarity_before").answer(3).to("close").do({ type: "keep_back", on: true }).pick("done");

  assert.deepEqual([of(run, "run", "therapist")?.["ratings"], of(run, "run", "me")?.["ratings"]], [undefined, { clarity_before: 3 }]);
});

test("a run whose exercise is gone is kept all the same, with the lock of a high one", () => {
  const run = high().stop();
  const gone = remembered(kept(run, NOW));
  const records = recordsOf(gone, run.state, about);

  assert.deepEqual([records[0]?.body["exercise"], records[0]?.body["locked_until"]], ["new-ending-recent", run.now + 24 * 3_600_000]);
  assert.deepEqual(records[1]?.body["ratings"], { distress_before: 1, mid_1: 4 });
});

test("how long it took is told with the answers, step by step, and hidden time apart", () => {
  const run = new Run(exercise("guess-and-check")).to("clarity_before");
  run.now += 9_000;
  run.answer(3).do({ type: "hide" });
  run.now += 59_000;
  run.do({ type: "show" });
  run.now += 5_000;
  run.answer({ v: 0, a: 0 }).toEnd();
  const told = of(run, "run", "therapist") as unknown as { seconds: number; hidden_seconds: number; step_seconds: Record<string, number> };

  assert.equal(told.step_seconds["clarity_before"], 11);
  assert.equal(told.step_seconds["affect_before"], 8);
  assert.equal(told.hidden_seconds, 60);
  assert.equal(told.seconds, Object.values(told.step_seconds).reduce((sum, one) => sum + one, 0));
  assert.equal(told.seconds + told.hidden_seconds, (run.now - NOW) / 1000);
});

test("where only that it was done is told, the seconds stay here with the answers", () => {
  for (const run of [high().toEnd(), high().stop(), new Run(exercise("guess-and-check")).to("clarity_before").answer(3).stop(),
    new Run(exercise("guess-and-check")).to("clarity_before").answer(3).to("close").do({ type: "keep_back", on: true }).pick("done"),
    new Run(exercise("five-stop-scan")).to("where").answer(["chest"]).to("close").pick("done")]) {
    assert.deepEqual(Object.keys(of(run, "run", "therapist") ?? {}).filter((field) => field.includes("seconds")), []);
    assert.ok(Number(of(run, "run", "me")?.["seconds"]) > 0);
    assert.ok(Object.keys(of(run, "run", "me")?.["step_seconds"] ?? {}).length > 0);
  }
});

test("a run shared at the goodbye tells its seconds too", () => {
  const run = new Run(exercise("five-stop-scan")).to("where").answer(["chest"]).to("close").pick("share");

  assert.ok(Number(of(run, "run", "therapist")?.["seconds"]) > 0);
});

test("time between a kill and going on is no time of the run", () => {
  const run = new Run(exercise("guess-and-check")).to("affect_before");
  const before = run.now;
  run.state = taken(kept(run, run.now), before + 3 * 24 * HOUR);
  run.now = before + 3 * 24 * HOUR;
  run.toEnd();

  assert.equal(of(run, "run", "therapist")?.["seconds"], (run.now - NOW - 3 * 24 * HOUR) / 1000);
});

test("with closed eyes each step that went by itself has its own seconds", () => {
  const run = new Run(exercise("five-stop-scan")).next().answer("closed").skip().skip();
  run.after(3_600_000);

  const planned = run.exercise.steps.find(({ id }) => id === "hands")?.seconds ?? 0;
  assert.equal((run.state.spent?.steps["hands"] ?? 0) / 1000, planned);
});

test("a clock set back takes no time away", () => {
  const run = new Run(exercise("guess-and-check")).to("affect_before");
  run.now -= HOUR;
  run.answer({ v: 0, a: 0 });

  assert.equal(run.state.spent?.steps["affect_before"], 1000);
});

test("a clock put right by years in the middle of a run leaves it without seconds, which the server would refuse", () => {
  const run = new Run(exercise("guess-and-check")).to("affect_before");
  run.now += 56 * 365 * 24 * HOUR;
  run.toEnd();

  assert.deepEqual(["seconds", "hidden_seconds", "step_seconds"].map((field) => of(run, "run", "therapist")?.[field]), [undefined, undefined, undefined]);
});

test("a run kept by a build that did not count has no seconds", () => {
  const run = new Run(exercise("guess-and-check")).to("affect_before");
  const { spent: _, ...old } = run.state;
  run.state = taken({ ...kept(run, run.now), state: old }, run.now);
  run.toEnd();

  assert.equal(of(run, "run", "therapist")?.["seconds"], undefined);
});
