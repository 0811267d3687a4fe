// Every exercise of the checkout, walked in every way a person can.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen, play } from "../src/exercise/engine.ts";
import { isClosed } from "../src/exercise/state.ts";
import { plannedMs } from "../src/exercise/timing.ts";
import { progress } from "../src/exercise/way.ts";
import { recordsOf, tellsOnlyThat } from "../src/exercise/record.ts";
import type { Exercise, Step } from "../src/exercise/types.ts";
import { anAnswer, asks, current, exercise, folders, library, made, maySkip, Run } from "./exercise-kit.ts";

/** A step of every type: a type that is not here is a compile error. */
const everyType: { [T in Step["type"]]: Partial<Extract<Step, { type: T }>> } = {
  say: { shows: "date" }, settle: {}, attend: { region: "feet" }, anchor: { sense: "see" }, imagine: {}, move: { posture: "stand" },
  pause: { pause: 20 }, breathe: { in: 4, out: 6, cycles: 3, presets: [{ id: "slow", in: 4, out: 6 }], quotes: ["text"] }, choice: { options: ["one", "two"] }, rate: { min: 0, max: 10, measure: "K" },
  affect: {}, emotions: { source: "all", max: 3 }, body_map: { max: 3 }, sensations: { max: 2 }, text: { max_chars: 80 },
  checklist: { items: ["one", "two"] }, recall: { from: "scenes", count: 3 }, episode: { fields: ["when", "felt"] },
  plan: { fields: ["what", "sure"], saves_as: "my_plan" },
  dialogue: { voices: ["one", "two"], turns: 3, third: "fair", aloud: true }, compare: { keys: ["rate", "rate", "rate"] }, support: { level: "B" },
  branch: { offer: ["on"], offers: { on: "next" } }, close: { offer: ["done"] },
};
const sampler = made(Object.entries(everyType).map(([type, step]) => ({ id: type, type, ...step }) as Partial<Step>), { id: "sampler" });
const all: Exercise[] = [...library.exercises, sampler];
const ids = all.map((one) => one.id);
const byId = (id: string): Exercise => (id === sampler.id ? sampler : exercise(id));
const about = { id: "r1", assignment: null, label: (pick: { id: string }) => pick.id };
const LONGEST = 200;

/** One event that takes a run on, with an answer where there can be one. */
function on(run: Run, answering: boolean): void {
  const step = current(run.exercise, run.state);
  if (run.state.between?.kind === "unsaid") run.pick("say").answer(anAnswer(run.exercise, run.state));
  else if (run.state.between !== null) run.pick("done").pick("carry").pick("change");
  else if (step.type === "close" || step.type === "branch") run.pick(step.offer?.find((one) => one !== "again") ?? "");
  else if (!asks(step)) run.next();
  else if (answering || !maySkip(run.exercise, run.state)) run.answer(anAnswer(run.exercise, run.state));
  else run.skip();
}

/** Every exercise, in each of its lengths. */
const ways = all.flatMap(({ id, lengths }) => (lengths ?? [null]).map((one) => (
  one === null ? { id, length: null, name: id } : { id, length: one.minutes, name: `${id} in ${one.minutes} minutes` })));

for (const { id, length, name } of ways) {
  for (const answering of [true, false]) {
    test(`${name} comes to its end ${answering ? "with an answer to everything" : "with every skip"}`, () => {
      const run = new Run(byId(id), { length });
      for (let left = LONGEST; left > 0 && run.state.ended === null; left -= 1) on(run, answering);

      assert.deepEqual([run.state.ended?.how, run.state.ended?.then], ["finished", "end"]);
      const [told, ...others] = recordsOf(run.exercise, run.state, about);
      assert.equal(told?.body["ended"], "finished");
      if (tellsOnlyThat(run.exercise)) assert.deepEqual([told?.body["answers"], told?.body["ratings"]], [undefined, undefined]);
      assert.ok(others.every(({ audience }) => audience === "me"));
    });

    test(`${name}: back and on again lands on the same step with nothing erased, ${answering ? "answered" : "skipped"}`, () => {
      const run = new Run(byId(id), { length });
      for (let left = LONGEST; left > 0 && run.state.ended === null; left -= 1) {
        const before = run.at;
        on(run, answering);
        if (run.state.ended !== null || run.state.between !== null) continue;
        const { at, state: { answers } } = run;
        run.back();
        assert.equal(run.at, before);
        assert.deepEqual(run.state.answers, answers);
        const step = current(run.exercise, run.state);
        if (step.type === "branch") run.pick(String(answers[step.id]));
        else if (isOpen(run.exercise, run.state) && maySkip(run.exercise, run.state)) run.skip();
        else run.next();
        assert.equal(run.at, at);
      }
    });

    test(`${name}: Stop at any step leads to Back in the room, ${answering ? "answered" : "skipped"}`, () => {
      const run = new Run(byId(id), { length });
      for (let left = LONGEST; left > 0 && run.state.ended === null; left -= 1) {
        const stopped = play(run.exercise, run.state, { type: "stop" }, run.now + 1);
        assert.deepEqual([stopped.ended?.how, stopped.ended?.then, stopped.ended?.step], ["stopped", "ground", run.at]);
        const told = recordsOf(run.exercise, stopped, about);
        assert.deepEqual(told.filter(({ audience }) => audience === "therapist").map(({ body }) => body["answers"] ?? body["ratings"]), [undefined]);
        assert.ok(told.every(({ kind }) => kind === "run"));
        on(run, answering);
      }
    });
  }

  test(`${name} says which step of how many, never more than there are`, () => {
    const run = new Run(byId(id), { length });
    for (let left = LONGEST; left > 0 && run.state.ended === null; left -= 1) {
      const { at, of } = progress(run.exercise, run.state);
      assert.ok(at >= 1 && at <= of, `${at} of ${of} at ${run.at}`);
      on(run, true);
    }
  });

  test(`${name} can be cut off at any step and gone on with`, () => {
    const run = new Run(byId(id), { length });
    for (let left = LONGEST; left > 0 && run.state.ended === null; left -= 1) {
      const again = JSON.parse(JSON.stringify(run.state)) as typeof run.state;
      assert.deepEqual(again, run.state);
      run.state = again;
      on(run, true);
    }
    assert.equal(run.state.ended?.how, "finished");
  });
}

test("every exercise of the checkout is walked", () => {
  assert.deepEqual(library.exercises.map((one) => one.id).sort(), folders);
});

test("only the gates of a high exercise can't be skipped", () => {
  const fixed = library.exercises.flatMap((one) => one.steps.filter((step) => step.skip === false).map((step) => [one.intensity, step.type]));

  assert.deepEqual([...new Set(fixed.map(([intensity]) => intensity))], ["high"]);
});

test("with open eyes nothing moves on but the first words after a Stop", () => {
  for (const id of ids.filter((one) => !byId(one).steps.some((step) => step.type === "settle"))) {
    const run = new Run(byId(id));
    for (let left = LONGEST; left > 0 && run.state.ended === null; left -= 1) {
      const { at } = run;
      run.after(3_600_000);
      assert.equal(run.at, at);
      on(run, false);
    }
  }
});

test("Back in the room begins by itself", () => {
  const run = new Run(exercise("back-in-the-room"));

  assert.equal(run.after(12_000).at, "arrive");
  assert.equal(run.after(2_000).at, "feet");
});

test("five stops with closed eyes go by themselves, in their planned time, up to the next question", () => {
  const run = new Run(exercise("five-stop-scan"));
  run.next().answer("closed").skip().skip();
  const planned = run.exercise.steps.slice(4, 13).reduce((sum, step) => sum + plannedMs(step), 0);

  assert.equal(run.after(planned - 1).at, "all_five");
  assert.equal(run.after(2).at, "where");
});

test("a tab that slept catches up to the first question and waits there", () => {
  const run = new Run(exercise("calm-place")).to("eyes").answer("closed").after(3_600_000);

  assert.equal(run.at, "mid");
  assert.equal(run.after(3_600_000).at, "mid");
});

test("a pause stops the clock", () => {
  const run = new Run(exercise("calm-place")).to("eyes").answer("closed").do({ type: "pause" }).after(3_600_000);
  assert.equal(run.at, "settle_in");

  run.do({ type: "resume" }).after(14_000);
  assert.equal(run.at, "settle_in");
  assert.equal(run.after(2_000).at, "let_it_come");
});

test("closed eyes hold for what looks inward, and end with the anchor", () => {
  const run = new Run(exercise("calm-place")).to("eyes").answer("closed");
  const closed: string[] = [];
  for (let left = 40; left > 0 && run.at !== "close"; left -= 1) {
    if (isClosed(run.exercise, run.state)) closed.push(run.at);
    run.next();
  }

  assert.deepEqual([closed[0], closed.at(-1)], ["settle_in", "come_back"]);
  assert.ok(closed.includes("mid"));
});
