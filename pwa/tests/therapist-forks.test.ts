// Forks written as a form: where they lead is kept right whatever happens to the steps, and what is wrong is said in its words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { play, start } from "../src/exercise/engine.ts";
import type { Exercise } from "../src/exercise/types.ts";
import { answersOf, askedAbove, freshTest, howsOf } from "../src/screens/therapist/own/asked.ts";
import { freeId, moved, placed, removed, set, withoutOption, worded } from "../src/screens/therapist/own/change.ts";
import {
  casesOf, caseUp, DECIDES, freshFork, isOffering, lookedAt, looking, offerLeads, OFFERS, withCase, withCondition, withGo, withoutCase, withOffer, withTest,
} from "../src/screens/therapist/own/forks.ts";
import { beyond } from "../src/screens/therapist/own/kinds.ts";
import { placeOf, speakingOf, takenNames } from "../src/screens/therapist/own/leading.ts";
import { plain } from "../src/screens/therapist/own/plain.ts";
import { forkSays, stepSays } from "../src/screens/therapist/own/says.ts";
import type { Form, FormStep } from "../src/screens/therapist/own/types.ts";
import { library, made } from "./exercise-kit.ts";

const step = (id: string, type: string, more: Record<string, unknown> = {}): FormStep => ({ id, type, seconds: 10, ...more });
const form = (...steps: FormStep[]): Form => ({
  head: { intensity: "low", access: "self", minutes: 1 }, steps, title: "T", summary: "S", caution: "",
  parts: Object.fromEntries(steps.map(({ id }) => [id, { text: `Words of ${id}`, slots: {} }])),
});
const one = (all: Form, id: string): FormStep => all.steps.find((each) => each.id === id) as FormStep;
const RATE = step("heavy", "rate", { min: 0, max: 10, measure: "D" });
const ASK = step("ask", "choice", { options: ["yes", "no"], extra: ["unknown"] });
const LONG = form(step("hello", "say"), RATE, ASK, step("a", "say"), step("b", "say"), step("end", "close", { offer: ["done"] }));
/** With a fork at a place. */
const forked = (at: number, kind: string, all = LONG): Form => {
  const { step: made, part } = freshFork(all, at, kind, "fork");
  return placed(all, at, made, part);
};

test("a new fork looks at the nearest scale above it, is whole where it can be, and leads to the last step", () => {
  const decides = one(forked(3, DECIDES), "fork");
  const offers = one(forked(3, OFFERS), "fork");

  assert.deepEqual([decides["on"], decides["cases"], decides["otherwise"]], ["heavy", [{ at_least: 8, go: "end" }], "next"]);
  assert.deepEqual([offers["offers_if"], offers["offer"], isOffering(offers), isOffering(decides)], [{ on: "heavy", at_least: 8 }, [], true, false]);
  assert.deepEqual([forked(3, DECIDES).parts["fork"], forked(3, OFFERS).parts["fork"]], [undefined, { text: "", slots: {} }]);
  assert.deepEqual([lookedAt(one(forked(0, DECIDES), "fork")), casesOf(one(forked(0, DECIDES), "fork"))], ["", [{ unset: true, go: "end" }]]);
  assert.deepEqual([beyond(decides), beyond(offers)], [[], []]);
});

test("a fork looks only at what is asked above it, each answer once, and compares it as it can be", () => {
  const twice = form(ASK, step("again", "choice", { key: "ask", options: ["yes"] }), RATE, step("x", "say"), step("late", "text"));

  assert.deepEqual(askedAbove(twice, "x").map(({ key, step: at }) => [key, at.id]), [["ask", "again"], ["heavy", "heavy"]]);
  assert.deepEqual([howsOf(RATE), howsOf(ASK), howsOf(step("t", "text"))], [["at_least", "at_most", "unset"], ["is", "lacks", "unset"], ["unset"]]);
  assert.deepEqual([freshTest(RATE), freshTest(ASK), freshTest(RATE, "at_most"), freshTest(step("t", "text"))], [{ at_least: 8 }, { is: ["yes"] }, { at_most: 3 }, { unset: true }]);
});

test("each way has its own comparison and its own place to go, and no change touches another way", () => {
  const two = withCase(forked(3, DECIDES), one(forked(3, DECIDES), "fork"));
  const led = withGo(two, one(two, "fork"), 1, "b");
  const tested = withTest(led, one(led, "fork"), 1, { at_most: 2 });
  const up = caseUp(tested, one(tested, "fork"), 1);

  assert.deepEqual(casesOf(one(two, "fork")), [{ at_least: 8, go: "end" }, { unset: true, go: "next" }]);
  assert.deepEqual(casesOf(one(up, "fork")), [{ at_most: 2, go: "b" }, { at_least: 8, go: "end" }]);
  assert.deepEqual(casesOf(one(withoutCase(up, one(up, "fork"), 0), "fork")), [{ at_least: 8, go: "end" }]);
});

test("another answer to look at keeps the number of a scale, and begins anew where it can't stay", () => {
  const scale = step("later", "rate", { min: 0, max: 10, measure: "K" });
  const all = forked(4, DECIDES, form(step("hello", "say"), RATE, ASK, scale, step("end", "close")));
  const tested = withTest(all, one(all, "fork"), 0, { at_least: 6 });

  assert.deepEqual(casesOf(one(looking(tested, one(tested, "fork"), "heavy"), "fork")), [{ at_least: 6, go: "end" }]);
  assert.deepEqual(casesOf(one(looking(tested, one(tested, "fork"), "ask"), "fork")), [{ is: ["yes"], go: "end" }]);
});

test("a choice has its words and its way, is never one of those that do more, and takes both along", () => {
  const bare = forked(3, OFFERS);
  const two = withOffer(withOffer(bare, one(bare, "fork"), "Stop here"), one(withOffer(bare, one(bare, "fork"), "Stop here"), "fork"), "Share");
  const led = offerLeads(two, one(two, "fork"), "stop_here", "leave");
  const less = withoutOption(led, "fork", "stop_here");
  const none = withoutOption(less, "fork", "share_2");

  assert.deepEqual([one(led, "fork")["offer"], one(led, "fork")["offers"]], [["stop_here", "share_2"], { stop_here: "leave", share_2: "next" }]);
  assert.deepEqual([less.parts["fork"]?.slots, one(less, "fork")["offers"]], [{ share_2: "Share" }, { share_2: "next" }]);
  assert.deepEqual([isOffering(one(none, "fork")), lookedAt(one(none, "fork"))], [true, "heavy"]);
});

test("what a fork leads to stays the same step when steps are moved, added and renamed", () => {
  const all = withGo(forked(3, DECIDES), one(forked(3, DECIDES), "fork"), 0, "b");
  const later = worded(placed(moved(all, "a", 1), 0, step("new", "say"), { text: "New", slots: {} }), "b", { text: "Another title" });
  const place = placeOf(later, one(later, "fork"), "b");

  assert.deepEqual([place.kind, "n" in place && place.n], ["step", 6]);
  assert.equal(forkSays(later, one(later, "fork")), "If step 3 is 8 or more: step 6. Otherwise: the next step.");
  assert.equal(placeOf(moved(moved(moved(later, "b", -1), "b", -1), "b", -1), one(later, "fork"), "b").kind, "above");
});

test("a step that is gone is told where it was led to, nothing else takes its name, and put back all is as before", () => {
  const all = withGo(forked(3, DECIDES), one(forked(3, DECIDES), "fork"), 0, "b");
  const less = removed(all, "b");

  assert.deepEqual([speakingOf(all, "b"), speakingOf(all, "heavy"), speakingOf(all, "a")], [[4], [4], []]);
  assert.deepEqual([placeOf(less, one(less, "fork"), "b").kind, freeId("b", takenNames(less))], ["gone", "b_2"]);
  assert.equal(forkSays(less, one(less, "fork")), "If step 2 is 8 or more: a step that is gone. Otherwise: the next step.");
  assert.deepEqual(placed(less, 5, one(all, "b"), { text: "Words of b", slots: {} }), all);
});

test("what two people wrote of a fork is told by where it leads, and a step that is not there as none", () => {
  const offers = forked(3, OFFERS);
  const all = withOffer(worded(offers, "fork", { text: "It is a lot." }), one(offers, "fork"), "Stay");

  assert.equal(stepSays(forked(3, DECIDES), "fork"), "If step 2 is 8 or more: step 7. Otherwise: the next step.");
  assert.equal(stepSays(all, "fork"), "It is a lot.\nIf step 2 is 8 or more: “\u2068Stay\u2069” leads to: the next step.");
  assert.deepEqual([stepSays(all, "hello"), stepSays(all, "nothing")], ["Words of hello", null]);
});

test("an answer that is looked for and gone stays picked, without words", () => {
  assert.deepEqual(answersOf(worded(LONG, "ask", { slots: { yes: "Yes!" } }), ASK, ["maybe"], library.vocabulary), [
    { id: "yes", label: "Yes!" }, { id: "no", label: "no" }, { id: "unknown", label: "unknown" }, { id: "maybe", label: null },
  ]);
  assert.equal(answersOf(LONG, step("m", "body_map", { regions: ["jaw"] }), [], library.vocabulary)[0]?.label, "jaw");
});

test("a condition can be set at any step and taken away again", () => {
  const shown = withCondition(LONG, one(LONG, "a"), "show_if", { on: "heavy", at_least: 5 });

  assert.deepEqual(one(shown, "a")["show_if"], { on: "heavy", at_least: 5 });
  assert.deepEqual(withCondition(shown, one(shown, "a"), "show_if", undefined).steps, withCondition(LONG, one(LONG, "a"), "show_if", undefined).steps);
  assert.deepEqual(beyond(one(set(shown, "a", { next: "b" }), "a")), []);
});

for (const head of library.exercises) {
  const steps = head.steps as unknown as FormStep[];
  test(`${head.id}: every fork is read whole, and writing it again as it is changes nothing`, () => {
    const all: Form = { ...form(...steps), head: {} };
    for (const fork of steps.filter(({ type }) => type === "branch")) {
      assert.deepEqual(beyond(fork).filter((key) => !["text", "words"].includes(key)), []);
      const [first] = casesOf(fork);
      const same = isOffering(fork) ? looking(all, fork, lookedAt(fork)) : withTest(all, fork, 0, first ?? {});
      assert.deepEqual(one(same, fork.id), one(set(all, fork.id, {}), fork.id));
    }
  });
}

test("a fork made in the form is played as it says", () => {
  const all = withGo(forked(3, DECIDES), one(forked(3, DECIDES), "fork"), 0, "b");
  const exercise = made(all.steps as unknown as Exercise["steps"]);
  const walk = (heavy: number): string | undefined => {
    let state = start(exercise, { now: 0 });
    for (const value of [null, heavy, "yes"]) state = play(exercise, value === null ? state : play(exercise, state, { type: "answer", value }, 1), { type: "next" }, 2);
    return state.path.at(-1);
  };

  assert.deepEqual([walk(8), walk(7)], ["b", "a"]);
});

interface Fault { why: string; step: FormStep; part?: { text: string; slots: Record<string, string> }; says: string[]; plain: string[] }
const FAULTS = JSON.parse(readFileSync(new URL("../../tests/forks.json", import.meta.url), "utf8")) as Fault[];
const AROUND = form(step("welcome", "say"), step("notice_first", "text"), step("clarity_before", "rate"), step("notice", "text"), step("clarity_after", "rate"), step("close", "close"));

for (const { why, step: fork, part, says, plain: told } of FAULTS) {
  test(`${why}: it is said in the words of the form`, () => {
    const all = placed(AROUND, 4, fork, part ?? { text: "", slots: {} });

    assert.deepEqual([...new Set(says.map((each) => plain({ file: "exercise.toml", says: each, step: "fork" }, all)))], told);
    assert.ok(!/[`[\]{}]|cases|offers/.test(told.join()), told.join());
  });
}

test("what the checker says of words stays, and names this step and others by their number", () => {
  const said = (says: string): string => plain({ file: "en.md", says }, AROUND);

  assert.equal(said('The step `notice` says "relax", which is on the list of words we don\'t use. Say it another way.'), 'This step says "relax", which is on the list of words we don\'t use. Say it another way.');
  assert.equal(said("At 5 minutes, the step `notice` is never reached. Lead to it."), "At 5 minutes, this step is never reached. Lead to it.");
  assert.equal(said("It has no title."), "It has no title.");
  assert.equal(said("The step `gone` has no words. Write them."), "The step `gone` has no words. Write them.");
  assert.equal(said("The step `notice` has the type `hypnosis`, which is not known. The types are `say` and `close`."), "It is of a kind that Midweek does not know (\u2068hypnosis\u2069). Take it out, or write its type in the files.");
});

test("lines of a file nobody sees are told by the step they are in, or as those above the steps", () => {
  const says = "Line 5: there is a character that can't be seen (U+202E). Write the line again, without it.";

  assert.equal(plain({ file: "en.md", line: 5, step: "notice", says }, AROUND), "There is a character that can't be seen (U+202E). Write the line again, without it.");
  assert.match(plain({ file: "en.md", line: 5, says }, AROUND), /^Title, summary or caution: there is/);
});
