// Writing an exercise as a form: each change gives a whole form, what depends on it follows, and nothing else is touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  differing, freeId, headed, inOrder, moved, optionsOf, placed, plainId, removed, set, timed, withOption, withoutOption, worded,
} from "../src/screens/therapist/own/change.ts";
import { beyond, FIELDS, fresh, isSilent, KINDS } from "../src/screens/therapist/own/kinds.ts";
import { leading, leads, lengthsOf, lengthWorded, partOfLengths, withLength, withoutLength, withParts, withThird } from "../src/screens/therapist/own/parts.ts";
import { filesIn, NotTaken } from "../src/screens/therapist/own/parcel.ts";
import type { Form, FormStep } from "../src/screens/therapist/own/types.ts";
import { library } from "./exercise-kit.ts";

const step = (id: string, type: string, more: Record<string, unknown> = {}): FormStep => ({ id, type, seconds: 10, ...more });
const rate = (id: string, measure: string, more: Record<string, unknown> = {}): FormStep => step(id, "rate", { min: 0, max: 10, measure, ...more });
const form = (steps: FormStep[], head: Record<string, unknown> = {}): Form => ({
  head: { intensity: "low", access: "self", minutes: 1, contraindications: [], stop_rules: ["R1"], measures: [], ...head },
  steps, title: "T", summary: "S", caution: "",
  parts: Object.fromEntries(steps.map(({ id }) => [id, { text: id, slots: {} }])),
});
const ids = ({ steps }: Form): string[] => steps.map(({ id }) => id);

for (const { steps, ...head } of library.exercises) {
  test(`${head.id}: what follows from its steps is as its author wrote it`, () => {
    const { measures, stop_rules, rules = {}, limits = undefined, contraindications, access } = head;
    const after = inOrder(form(steps as unknown as FormStep[], { ...head })).head as unknown as typeof head;

    assert.deepEqual(after.measures, measures);
    assert.deepEqual(after.rules ?? {}, rules);
    assert.deepEqual([...after.stop_rules].sort(), [...new Set(["R1", ...stop_rules])].sort());
    assert.deepEqual([after.limits, after.contraindications, after.access], [limits, contraindications, access]);
  });
}

test("a step goes up and down, and not past the ends", () => {
  const three = form([step("a", "say"), step("b", "say"), step("c", "say")]);

  assert.deepEqual(ids(moved(three, "b", 1)), ["a", "c", "b"]);
  assert.deepEqual(ids(moved(three, "b", -1)), ["b", "a", "c"]);
  assert.equal(moved(three, "a", -1), three);
  assert.equal(moved(three, "c", 1), three);
  assert.equal(moved(three, "nothing", 1), three);
});

test("a step that was taken out can be put back as it was, words and all", () => {
  const three = form([step("a", "say"), step("b", "rate"), step("c", "say")]);
  const less = removed(three, "b");

  assert.deepEqual([ids(less), less.parts["b"]], [["a", "c"], undefined]);
  assert.deepEqual(placed(less, 1, three.steps[1] as FormStep, { text: "b", slots: {} }).parts["b"], three.parts["b"]);
});

test("a question asked first and last is one measure, and no more when one of the two is gone", () => {
  const two = inOrder(form([rate("before", "D"), step("x", "say"), rate("after", "D")]));

  assert.deepEqual(two.head["measures"], [{ code: "D", before: "before", after: "after" }]);
  assert.deepEqual(removed(two, "after").head["measures"], []);
  assert.deepEqual(moved(moved(two, "after", -1), "after", -1).head["measures"], [{ code: "D", before: "after", after: "before" }]);
  assert.deepEqual(set(two, "after", { measure: "K" }).head["measures"], []);
});

test("a rule that a scale uses is named with its numbers, and leaves with it; numbers that were written stay", () => {
  const one = form([rate("mid", "other")]);
  const ruled = set(one, "mid", { rule: "R2" });
  const own = set({ ...ruled, head: { ...ruled.head, rules: { R2: { at: 6, rise: 2 } } } }, "mid", { skip: false });

  assert.deepEqual([ruled.head["stop_rules"], ruled.head["rules"]], [["R1", "R2"], { R2: { at: 8, rise: 3 } }]);
  assert.deepEqual(own.head["rules"], { R2: { at: 6, rise: 2 } });
  assert.deepEqual([set(own, "mid", { rule: undefined }).head["stop_rules"], "rules" in set(own, "mid", { rule: undefined }).head], [["R1"], false]);
});

test("a high one is the therapist's, has limits and names a crisis; one that is high no more has none", () => {
  const high = headed(form([step("a", "say")]), { intensity: "high" }).head;

  assert.equal(high["access"], "therapist");
  assert.deepEqual(high["contraindications"], ["CRISIS"]);
  assert.equal((high["limits"] as { gate: number }).gate, 5);
  assert.equal("limits" in headed({ ...form([]), head: high }, { intensity: "medium" }).head, false);
});

test("an answer more or less changes its words and where it led, and no other", () => {
  const one = form([step("c", "choice", { options: ["yes", "no"], next: { yes: "x", no: "y" } })]);
  const more = withOption(one, "c", "Maybe so!");
  const less = withoutOption(more, "c", "yes");

  assert.deepEqual([optionsOf(more.steps[0] as FormStep), more.parts["c"]?.slots], [["yes", "no", "maybe_so"], { maybe_so: "Maybe so!" }]);
  assert.deepEqual([optionsOf(less.steps[0] as FormStep), less.steps[0]?.["next"]], [["no", "maybe_so"], { no: "y" }]);
  assert.equal(optionsOf(step("t", "text")), null);
});

test("ids are small letters and free", () => {
  assert.deepEqual(["Über mich!", "  ", "3 things", "—"].map(plainId), ["uber_mich", "answer", "things", "answer"]);
  assert.deepEqual([freeId("say", ["say", "say_2"]), freeId("Say", [])], ["say_3", "say"]);
});

const ORDER = ["what", "when", "where"];

test("the parts of a plan are asked in their order, a new one in its usual words, and one that is gone takes its words along", () => {
  const one = worded(form([step("p", "plan", { fields: ["when"] })]), "p", { slots: { when: "After what?" } });
  const more = withParts(one, one.steps[0] as FormStep, ["when", "what"], ORDER, (part) => `${part}?`);
  const less = withParts(more, more.steps[0] as FormStep, ["what"], ORDER, String);

  assert.deepEqual([more.steps[0]?.["fields"], more.parts["p"]?.slots], [["what", "when"], { what: "what?", when: "After what?" }]);
  assert.deepEqual([less.steps[0]?.["fields"], less.parts["p"]?.slots], [["what"], { what: "what?" }]);
});

test("a third voice comes with its words and goes with them; the two others stay", () => {
  const { step: two, part } = fresh("dialogue", "d");
  const one = placed(form([]), 0, two, part);
  const three = withThird(one, two, "A fair one");

  assert.deepEqual([three.steps[0]?.["third"], three.parts["d"]?.slots["fair"]], ["fair", "A fair one"]);
  assert.deepEqual(withThird(three, three.steps[0] as FormStep, null), one);
});

test("each answer of a choice can lead to its own step, and on to the next again", () => {
  const one = form([step("c", "choice", { options: ["yes", "no"] }), step("a", "say"), step("b", "say")]);
  const led = leading(one, one.steps[0] as FormStep, "yes", "b");

  assert.deepEqual(leads(led.steps[0] as FormStep), { yes: "b" });
  assert.deepEqual([beyond(led.steps[0] as FormStep), beyond(step("c", "close", { next: "b" }))], [[], ["next"]]);
  assert.equal("next" in (leading(led, led.steps[0] as FormStep, "yes", "").steps[0] as FormStep), false);
});

test("a first length comes beside the usual one; the last two go together, and no step names what is gone", () => {
  const one = form([step("a", "say"), step("b", "say"), step("c", "say")], { minutes: 5 });
  const two = withLength(one, 2, "Short", "Usual");
  const cut = partOfLengths(two, two.steps[1] as FormStep, [5]);
  const three = lengthWorded(withLength(cut, 8, "Long", ""), 8, "Longer");

  assert.deepEqual(lengthsOf(three), [{ minutes: 2, words: "Short" }, { minutes: 5, words: "Usual" }, { minutes: 8, words: "Longer" }]);
  assert.deepEqual(withLength(two, 2, "Again", ""), two);
  assert.equal("lengths" in (partOfLengths(cut, cut.steps[1] as FormStep, [2, 5]).steps[1] as FormStep), false);
  assert.equal(partOfLengths(cut, cut.steps[1] as FormStep, []), cut);
  const less = withoutLength(three, 5);
  assert.deepEqual([less.head["minutes"], less.head["lengths"], "lengths" in (less.steps[1] as FormStep)], [2, [2, 8], false]);
  assert.deepEqual([withoutLength(less, 8).head["lengths"], lengthsOf(withoutLength(less, 8)), withoutLength(less, 8).parts["lengths"]], [undefined, [], undefined]);
  assert.deepEqual([differing(two, lengthWorded(two, 2, "Brief")), differing(two, cut)], [[""], ["b"]]);
});

test("the times follow the words, and minutes follow the times", () => {
  const two = form([step("a", "say"), step("b", "say"), step("fork", "branch", { seconds: 0 })]);

  const slow = timed(two, { a: 100, b: 60 });
  assert.deepEqual([slow.steps.map(({ seconds }) => seconds), slow.head["minutes"]], [[100, 60, 0], 3]);
  assert.equal(timed(slow, { a: 100, b: 60 }), slow);
});

test("a time that fits no number of minutes is brought to one that does", () => {
  for (let total = 46; total < 300; total += 1) {
    const few = Array.from({ length: 6 }, (_, n) => step(`s${n}`, "say"));
    const seconds = Object.fromEntries(few.map(({ id }, n) => [id, Math.floor(total / 6) + (n < total % 6 ? 1 : 0)]));
    const { steps, head } = timed(form(few), seconds);
    const all = steps.reduce((sum, one) => sum + one.seconds, 0);

    assert.ok(Math.abs(all - 60 * Number(head["minutes"])) <= 15 * Number(head["minutes"]), `${total}`);
    for (const one of steps) assert.ok(Math.abs(one.seconds - (seconds[one.id] ?? 0)) <= 5);
  }
});

test("what two people wrote differently is named, and what they wrote alike is not", () => {
  const one = form([step("a", "say"), step("b", "say")], { version: 1 });
  const other = worded({ ...one, head: { ...one.head, version: 2 } }, "b", { text: "another" });

  assert.deepEqual(differing(one, other), ["b"]);
  assert.deepEqual(differing(one, { ...one, title: "Another" }), [""]);
  assert.deepEqual(differing(one, removed(one, "a")), ["a"]);
  assert.deepEqual(differing(one, structuredClone(one)), []);
});

test("a fork that only decides has no words to write, one with an offer has", () => {
  assert.deepEqual([step("b", "branch"), step("b", "branch", { offer: [] }), step("b", "branch", { offer: ["stay"] }), step("s", "say")].map(isSilent), [true, true, false, false]);
});

test("every kind that can be added has all that can be set in it, and nothing it lacks is hidden", () => {
  for (const type of KINDS) {
    const { step: one } = fresh(type, "x");
    assert.ok(type in FIELDS, type);
    assert.deepEqual(beyond(one), [], type);
  }
  assert.deepEqual(beyond(step("c", "choice", { next: "x", show_if: {}, multi: true, quotes: ["x"] })), ["quotes"]);
});

const file = (name: string, bytes: Uint8Array | string, size = bytes.length) => ({
  name, size, arrayBuffer: () => Promise.resolve((typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes).buffer as ArrayBuffer),
});

/** Why these are not taken: what, which file, and its line. */
const why = (files: Parameters<typeof filesIn>[0]): Promise<unknown> =>
  filesIn(files).then(() => "taken", (error: unknown) => (error instanceof NotTaken ? [error.why, error.file, error.line] : error));

test("the two files are taken as they are", async () => {
  const files = await filesIn([file("en.md", "# Perché"), file("exercise.toml", "id = 1"), file("editions.toml", "")]);

  assert.deepEqual(files, { structure: "id = 1", words: "# Perché" });
});

test("what is no exercise is told by its name, and where in it", async () => {
  const [words, structure] = [file("en.md", "# A"), file("exercise.toml", "")];

  assert.deepEqual(await why([file("brief.pdf", "%PDF")]), ["names", "brief.pdf", 0]);
  assert.deepEqual(await why([words]), ["missing", "exercise.toml", 0]);
  assert.deepEqual(await why([words, words, structure]), ["names", "en.md", 0]);
  assert.deepEqual(await why([words, file("exercise.toml", "", 300_000)]), ["large", "exercise.toml", 0]);
  assert.deepEqual(await why([file("en.md", "a".repeat(40_001)), structure]), ["large", "en.md", 0]);
  assert.deepEqual(await why([file("en.md", new Uint8Array([35, 10, 97, 10, 0xe9, 10, 98])), structure]), ["encoding", "en.md", 3]);
  assert.deepEqual(await why([file("en.md", "a\nb\0"), structure]), ["nul", "en.md", 2]);
  assert.deepEqual(await why([words, { ...structure, arrayBuffer: () => Promise.reject(new Error("gone")) }]), ["unread", "exercise.toml", 0]);
});
