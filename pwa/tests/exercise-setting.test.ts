// What a therapist sets for a person: what stays closed, what is open, and when.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepsEyesOpen } from "../src/exercise/gates.ts";
import type { Exercise, Step } from "../src/exercise/types.ts";
import { settingIn } from "../src/exercise/setting.ts";
import { shelves } from "../src/practise/shelves.ts";
import { exercise, made, NOW } from "./exercise-kit.ts";
import { assignment, contact, DAY, high, HOUR, low, medium, MINUTE, why } from "./gates-kit.ts";

const unreal = made([{ id: "in", type: "imagine" }], { id: "unreal-one", intensity: "low", contraindications: ["DISS", "PSYCH"] });
const breath = made([{ id: "in", type: "imagine" }], { id: "breath-one", intensity: "low", contraindications: ["BREATH"] });
const set = (of: Exercise, more: object = {}) => ({ id: "a2", body: { exercise: of.id, version: of.version, title: of.title, by: "Teresa", set_on: "2026-11-20", ...more } });

test("what the therapist keeps closed for a person does not start by itself, approved or not", () => {
  assert.equal(why(unreal, { assignment: null, blocks: ["PSYCH"] }), "blocked");
  assert.equal(why(unreal, { assignment: null, blocks: ["GRIEF"] }), "ok");
});

test("what the therapist sets comes with their yes, and no longer than it is set", () => {
  assert.equal(why(unreal, { assignment: set(unreal), blocks: ["PSYCH"] }), "ok");
  assert.equal(why(unreal, { assignment: set(unreal, { ended_at: NOW - DAY }), blocks: ["PSYCH"] }), "blocked");
  assert.equal(why(unreal, { assignment: set(low), blocks: ["PSYCH"] }), "blocked");
});

test("an exercise that does itself otherwise for such a person stays open", () => {
  assert.equal(why(breath, { assignment: null, blocks: ["BREATH"] }), "ok");
});

test("who often feels unreal does what is short and asks for no closed eyes", () => {
  const eyes: Partial<Step> = { id: "eyes", type: "choice", sets: "eyes", options: ["open", "closed"] };
  const closed = made([eyes], { id: "closed-eyes", intensity: "low", contraindications: ["DISS"] });
  const of = (one: Exercise) => why(one, { assignment: null, blocks: ["DISS"] });

  assert.deepEqual([of({ ...unreal, minutes: 5 }), of({ ...unreal, minutes: 6 }), of({ ...closed, minutes: 2 })], ["ok", "blocked", "blocked"]);
});

test("grounding is never kept closed", () => {
  assert.equal(why(exercise("back-in-the-room"), { assignment: null, blocks: ["BREATH", "BODY", "DISS", "PSYCH"] }), "ok");
});

test("s6 eyes stay open by the therapist's word, or by what is known of the person", () => {
  assert.deepEqual([keepsEyesOpen([], false), keepsEyesOpen([], true), keepsEyesOpen(["DISS"], false), keepsEyesOpen(["GRIEF"], false)],
    [false, true, true, false]);
});

test("what is kept closed is on no shelf", () => {
  assert.deepEqual(shelves([unreal, breath], [], { blocks: ["PSYCH"] }).flatMap((shelf) => shelf.exercises.map((one) => one.exercise.id)), ["breath-one"]);
});

test("with a list only what is on it opens, and what steadies, and what the therapist sets", () => {
  const only = { allowed: [low.id] };
  const other = exercise("calm-place");

  assert.equal(why(low, only), "ok");
  assert.equal(why(other, only), "blocked");
  assert.equal(why(exercise("my-safety-plan"), only), "ok");
  assert.equal(why(exercise("five-senses"), only), "ok");
  assert.equal(why(other, { ...only, assignment: assignment({ exercise: other.id, snapshot: null }) }), "ok");
  assert.deepEqual(shelves([low, other], [], only).flatMap((shelf) => shelf.exercises.map((one) => one.exercise.id)), [low.id]);
});

test("what waits for the therapist's yes opens with it, once the practice approved it", () => {
  const companion = made([{ id: "in", type: "imagine" }], { id: "kind-companion", intensity: "medium", access: "after-ok" });
  const yes = { ok: ["kind-companion"], assignment: null, approvals: ["kind-companion@1"], distress: 3 };

  assert.equal(why(companion, { ...yes, ok: [] }), "needs-ok");
  assert.equal(why(companion, yes), "ok");
  assert.equal(why(companion, { ...yes, allowed: [low.id] }), "ok");
  assert.equal(why(companion, { ...yes, approvals: [] }), "draft");
  assert.equal(why({ ...companion, intensity: "high" }, yes), "needs-ok");
  assert.equal(why({ ...companion, contraindications: ["PSYCH"] }, { ...yes, blocks: ["PSYCH"] }), "blocked");
  assert.deepEqual(shelves([companion], yes.approvals, yes).flatMap((shelf) => shelf.exercises.map((one) => one.exercise.id)), ["kind-companion"]);
  assert.deepEqual(shelves([companion], yes.approvals), []);
});

for (const [clock, then] of [[10, "hours"], [11, "ok"], [15.99, "ok"], [16, "hours"]] as const) {
  test(`set to open from 11 to 16 a high exercise at ${clock}: ${then}`, () => {
    assert.equal(why(high, { hours: ["11:00", "16:00"], now: NOW + (clock - 12) * HOUR, contact: contact(NOW + (clock - 12) * HOUR - MINUTE) }), then);
  });
}

test("hours set for a person never reach past those of the exercise", () => {
  const early = NOW - 4 * HOUR;

  assert.equal(why(high, { hours: ["07:00", "22:00"], now: early, contact: contact(early - MINUTE) }), "hours");
});

test("hours hold for whatever only a therapist sets, and for nothing else", () => {
  const set = made([{ id: "in", type: "imagine" }], { id: "medium-one", intensity: "medium", access: "therapist" });
  const context = { hours: ["13:00", "16:00"] as const, now: NOW, contact: contact(NOW - MINUTE), distress: 2 };
  const given = assignment({ exercise: "medium-one", snapshot: set, set_on: undefined, expires_on: undefined });

  assert.equal(why(set, { ...context, assignment: given }), "hours");
  assert.equal(why(set, { ...context, assignment: given, hours: null }), "ok");
  assert.equal(why(medium, context), "ok");
  assert.equal(why(low, context), "ok");
});

test("a setting says what it says, and what is not of its shape sets nothing", () => {
  const odd = settingIn({ blocks: "all", allowed: [1, "a"], ok: null, hours: { from: "20:00", to: "09:00" }, open_only: "yes" });

  assert.deepEqual(odd, { blocks: [], openOnly: false, allowed: ["a"], ok: [], hours: null });
  assert.deepEqual(settingIn({ hours: { from: "10:00", to: "17:30" } }).hours, ["10:00", "17:30"]);
});
