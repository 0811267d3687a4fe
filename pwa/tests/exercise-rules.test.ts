import assert from "node:assert/strict";
import { test } from "node:test";
import { library, made, maySkip, NOW, Run } from "./exercise-kit.ts";
import type { Exercise, Rate, RuleCode, Step } from "../src/exercise/types.ts";

const rate = (id: string, more: Partial<Rate> = {}): Partial<Step> =>
  ({ id, type: "rate", min: 0, max: 10, measure: "D", words: { low: "low", high: "high" }, ...more });
const NUMBERS: Record<RuleCode, { at: number; rise: number }> = { R2: { at: 8, rise: 3 }, R3: { at: 7, rise: 2 }, R4: { at: 7, rise: 2 } };

function ruled(rule: RuleCode, more: Partial<Rate> = {}, head: Partial<Exercise> = {}): Exercise {
  return made([rate("before"), { id: "in", type: "imagine" }, rate("mid", { rule, ...more }), { id: "end", type: "say" },
    { id: "close", type: "close", offer: ["done"] }], { rules: { [rule]: NUMBERS[rule] }, ...head });
}

/** What a run shows after `before` (null: skipped) and then `mid`. */
function shows(rule: RuleCode, before: number | null, mid: number | null, more: Partial<Rate> = {}): string {
  const run = new Run(ruled(rule, more));
  if (before === null) run.skip();
  else run.answer(before);
  run.next();
  if (mid === null) run.skip();
  else run.answer(mid);
  if (run.state.ended !== null) return run.state.ended.then;
  return run.state.between?.kind ?? run.at;
}

const CASES: [rule: RuleCode, before: number | null, mid: number | null, then: string, why: string][] = [
  ["R2", 6, 6, "end", "6 is under the limit"],
  ["R2", 6, 7, "end", "7 is under the limit, a rise of 1"],
  ["R2", 7, 8, "too-much", "8 is at the limit"],
  ["R2", 8, 7, "end", "7 after 8 went down"],
  ["R2", 4, 5, "end", "a rise of 1"],
  ["R2", 4, 6, "end", "a rise of 2"],
  ["R2", 4, 7, "too-much", "a rise of 3"],
  ["R2", null, 6, "end", "no start, 6"],
  ["R2", null, 7, "end", "no start, 7"],
  ["R2", null, 8, "too-much", "no start, 8"],
  ["R2", 0, null, "end", "no rating"],
  ["R2", null, null, "end", "no ratings at all"],
  ["R3", 5, 6, "end", "6 is under the limit, a rise of 1"],
  ["R3", 6, 6, "end", "6, no rise"],
  ["R3", 6, 7, "ground", "7 is at the limit"],
  ["R3", 8, 8, "ground", "8 is over the limit"],
  ["R3", 3, 4, "end", "a rise of 1"],
  ["R3", 3, 5, "ground", "a rise of 2"],
  ["R3", 3, 6, "ground", "a rise of 3"],
  ["R3", null, 6, "end", "no start, 6"],
  ["R3", null, 7, "ground", "no start, 7"],
  ["R3", null, 8, "ground", "no start, 8"],
  ["R4", 6, 6, "end", "6, no rise"],
  ["R4", 6, 7, "support", "7 is at the limit"],
  ["R4", 8, 8, "support", "8 is over the limit"],
  ["R4", 3, 4, "end", "a rise of 1"],
  ["R4", 3, 5, "support", "a rise of 2"],
  ["R4", 3, 6, "support", "a rise of 3"],
  ["R4", null, 6, "end", "no start, 6"],
  ["R4", null, 7, "support", "no start, 7"],
  ["R4", null, null, "end", "no ratings at all"],
];
for (const [rule, before, mid, then, why] of CASES) {
  test(`${rule}: ${before ?? "nothing"} then ${mid ?? "nothing"} leads to ${then} (${why})`, () => {
    assert.equal(shows(rule, before, mid), then);
  });
}

for (const event of ["next", "skip"] as const) {
  test(`R3 lets nothing past without an answer (${event}): a number, or an end`, () => {
    const asked = (): Run => new Run(ruled("R3", {}, { intensity: "medium" })).answer(2).next().do({ type: event });
    assert.deepEqual([asked().at, asked().state.between?.kind, asked().state.ended], ["mid", "unsaid", null]);

    assert.deepEqual([asked().pick("say").at, asked().pick("say").state.between], ["mid", null]);
    assert.equal(asked().pick("say").answer(3).at, "end");
    assert.equal(asked().pick("say").answer(4).state.ended?.waits, true);
    assert.equal(asked().back().state.between, null);
    const { ended } = asked().pick("stop").state;
    assert.deepEqual([ended?.how, ended?.then, ended?.waits], ["stopped", "ground", true]);
  });
}

test("fine is an answer to R3", () => {
  assert.equal(new Run(ruled("R3", { mode: "three-when-closed" })).skip().next().answer("fine").at, "end");
});

test("an answer taken back lets nothing past R3 either", () => {
  const run = new Run(ruled("R3")).skip().next().do({ type: "answer", value: 3 }, { type: "answer", value: null }, { type: "next" });

  assert.equal(run.state.between?.kind, "unsaid");
});

test("a ready-check is not passed by skipping it", () => {
  const ready = made([{ id: "ready", type: "checklist", items: ["one", "two"], all_required: true, else: "leave" }, { id: "in", type: "imagine" }]);
  const run = new Run(ready);

  assert.equal(maySkip(ready, run.state), false);
  assert.equal(run.skip().state.between?.kind, "gate");
  assert.equal(new Run(ready).answer(["one"]).state.between?.kind, "gate");
  assert.equal(new Run(ready).answer(["one", "two"]).at, "in");
});

test("ratings on two scales are two questions", () => {
  const of = (max: number): Run => new Run(made([rate("one", { max: 5 }), rate("two", { rule: "R3", max }), { id: "end", type: "say" }]));

  assert.equal(of(5).answer(1).answer(3).state.ended?.then, "ground");
  assert.equal(of(10).answer(1).answer(3).at, "end");
});

/** Every rating of the checkout that a rule looks at, with what is said at its limit and just under it. */
const RULED = library.exercises.flatMap((one) => one.steps.flatMap((step) =>
  (step.type === "rate" && step.rule != null ? [{ one, step, rule: step.rule }] : [])));
/** Where a run of `one` stands right before `step`: at it, with `earlier` as the only rating of the same question. */
function before(one: Exercise, step: Rate, earlier: number | null): Run {
  const run = new Run(one);
  const first = one.steps.find((other) => other.type === "rate" && other.id !== step.id && other.measure === step.measure
    && other.per_pick == null && step.per_pick == null && (step.measure !== "other" || other.text === step.text));
  const path = first === undefined || earlier === null ? [step.id] : [first.id, step.id];
  run.state = { ...run.state, path, answers: first === undefined || earlier === null ? {} : { [first.id]: earlier } };
  return run;
}
const SAYS: Record<RuleCode, string> = { R2: "too-much", R3: "ground", R4: "support" };

test("the exercises have ratings for every rule", () => {
  assert.deepEqual([...new Set(RULED.map(({ rule }) => rule))].sort(), ["R2", "R3", "R4"]);
  assert.ok(RULED.length > 20, String(RULED.length));
});

for (const { one, step, rule } of RULED.filter(({ step: { per_pick } }) => per_pick == null)) {
  test(`${one.id}, ${step.id}: ${rule} holds from its limits on, and not under them`, () => {
    const { at, rise } = one.rules?.[rule] ?? NUMBERS[rule];
    const shown = (earlier: number | null, value: number): string => {
      const { state } = before(one, step, earlier).answer(value);
      return state.ended?.then ?? state.between?.kind ?? "on";
    };
    const holds = (earlier: number | null, value: number): boolean => shown(earlier, value) === SAYS[rule];
    const rises = before(one, step, 0).state.path.length === 2;

    assert.deepEqual([at - 1, at, 10].map((value) => holds(null, value)), [false, true, true]);
    assert.deepEqual([at - 1, at, 10].map((value) => holds(value, value)), [false, true, true]);
    if (rises && rise < at) assert.deepEqual([rise - 1, rise, rise + 1].map((value) => holds(0, value)), [false, true, true]);
    if (!rises) assert.equal(holds(0, at - 1), false);
    assert.equal(holds(at, at - 1), false);
  });
}

test("a rise between two different questions does not count", () => {
  assert.equal(shows("R2", 0, 7, { measure: "other" }), "end");
  assert.equal(shows("R3", 0, 6, { measure: "other" }), "end");
  assert.equal(shows("R4", 0, 6, { measure: "K" }), "end");
});

test("two ratings of the kind other are the same question only when they ask the same", () => {
  const of = (text: string): Run => new Run(made([
    rate("one", { measure: "other", text: "How strong is it?" }), rate("two", { measure: "other", rule: "R3", text }),
    { id: "close", type: "close", offer: ["done"] },
  ]));

  assert.equal(of("How strong is it?").answer(2).answer(4).state.ended?.then, "ground");
  assert.equal(of("How clear is it?").answer(2).answer(4).at, "close");
});

test("a rise is counted from the first rating, not from the last", () => {
  const run = new Run(made([rate("one"), rate("two"), rate("three", { rule: "R4" }), { id: "close", type: "close", offer: ["done"] }]));

  run.answer(3).answer(4).answer(5);

  assert.equal(run.state.between?.kind, "support");
});

test("the exercise's own numbers hold", () => {
  const own = ruled("R2", {}, { rules: { R2: { at: 6, rise: 1 } } });

  assert.equal(new Run(own).answer(2).next().answer(3).state.between?.kind, "too-much");
  assert.equal(new Run(own).skip().next().answer(6).state.between?.kind, "too-much");
});

test("let's stop here leads to Back in the room as a stop", () => {
  const run = new Run(ruled("R2")).answer(2).next().answer(9).pick("stop");

  assert.deepEqual([run.state.ended?.how, run.state.ended?.then, run.state.ended?.waits], ["stopped", "ground", undefined]);
});

test("carry on keeps the eyes open from then on", () => {
  const run = new Run(made([
    { id: "eyes", type: "choice", options: ["open", "closed"], sets: "eyes" }, rate("mid", { rule: "R2" }), { id: "in", type: "imagine" },
  ])).answer("closed").answer(9).pick("carry");

  assert.deepEqual([run.at, run.state.eyes, run.state.open_only], ["in", "open", true]);
});

test("a hard limit ends the exercise and says that this can wait", () => {
  const run = new Run(ruled("R3", {}, { intensity: "high" })).answer(2).next().answer(7);

  assert.deepEqual(run.state.ended, { how: "stopped", at: run.now, then: "ground", step: "mid", waits: true });
});

test("not sure offers a change once, after that to stop", () => {
  const three: Partial<Rate> = { mode: "three-when-closed" };
  const run = new Run(made([
    rate("one", { rule: "R2", ...three }), rate("two", { rule: "R2", ...three }), { id: "end", type: "say" },
  ])).answer("not_sure");

  assert.equal(run.state.between?.kind, "change");
  run.pick("change").answer("not_sure");
  assert.equal(run.state.between?.kind, "too-much");
});

test("open my eyes opens them for the rest", () => {
  const run = new Run(ruled("R2", { mode: "three-when-closed" })).skip().next().answer("not_sure").pick("open");

  assert.deepEqual([run.at, run.state.eyes, run.state.open_only], ["end", "open", true]);
});

test("the third button is Stop, and fine goes on", () => {
  const three = ruled("R2", { mode: "three-when-closed" });

  assert.equal(new Run(three).skip().next().answer("stop").state.ended?.then, "ground");
  assert.equal(new Run(three).skip().next().answer("fine").at, "end");
});

test("not sure ends an exercise with a hard limit", () => {
  const run = new Run(ruled("R3", { mode: "three-when-closed" })).skip().next().answer("not_sure");

  assert.equal(run.state.ended?.waits, true);
});

test("a hard after-rating puts people first from 9 on", () => {
  const level = (value: number): string | undefined => {
    const { between } = new Run(ruled("R4")).skip().next().answer(value).state;
    return between?.kind === "support" ? between.level : undefined;
  };

  assert.deepEqual([level(7), level(8), level(9), level(10)], ["A", "A", "B", "B"]);
});

test("the support card leads to grounding, to help, or on to the goodbye", () => {
  const after = (id: string): Run => new Run(ruled("R4")).skip().next().answer(8).pick(id);

  assert.deepEqual([after("ground").state.ended?.how, after("ground").state.ended?.then], ["finished", "ground"]);
  assert.equal(after("help").state.ended?.then, "help");
  assert.equal(after("done").at, "end");
});

test("a high exercise waits for the therapist after a hard after-rating", () => {
  const high = new Run(ruled("R4", {}, { intensity: "high" })).skip().next().answer(7).pick("done").toEnd();
  const low = new Run(ruled("R4")).skip().next().answer(7).pick("done").toEnd();

  assert.deepEqual([high.state.reopen_needed, low.state.reopen_needed], [true, false]);
});

test("a card at the goodbye comes once, from the after-rating", () => {
  const measures = [{ code: "D" as const, before: "before", after: "after" }];
  const scan = made([rate("before"), { id: "in", type: "attend", region: "feet" }, rate("after"),
    { id: "close", type: "close", offer: ["done"], rule: "R4" }], { measures });
  const run = new Run(scan).answer(4).next().answer(6);

  assert.equal(run.state.between?.kind, "support");
  run.pick("done");
  assert.deepEqual([run.at, run.state.between], ["close", null]);
  assert.equal(new Run(scan).answer(4).next().answer(5).state.between, null);
  assert.equal(new Run(scan).answer(4).next().skip().state.between, null);
});

test("a rating mis-tapped before an offer to stop can be put right", () => {
  const run = new Run(ruled("R2")).answer(2).next().answer(9).back().answer(3);

  assert.equal(run.at, "end");
});

test("the card that puts people first comes once an hour, in between the other one", () => {
  const level = (ago: number): string | undefined => {
    const { between } = new Run(ruled("R4"), { cardBAt: NOW - ago }).skip().next().answer(10).state;
    return between?.kind === "support" ? between.level : undefined;
  };

  assert.deepEqual([level(0), level(3_500_000), level(3_600_000)], ["A", "A", "B"]);
});
