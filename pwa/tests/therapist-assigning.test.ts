// The form that sets an exercise: what is missing, what is sent, and that sending it twice sets one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, chosen, doses, emptyForm, isDraft, isTyped, missing, tried } from "../src/screens/therapist/assigning.ts";
import type { Assignable } from "../src/screens/therapist/types.ts";

const TODAY = "2026-11-22";
const open: Assignable = {
  id: "calm-place", version: 1, title: "A place", summary: "", family: "imagery", functions: [], intensity: "low", access: "self", minutes: 8,
  contraindications: [], approved: true, assignable: true, why_not: null,
};
const guarded: Assignable = { ...open, id: "new-ending-recent", intensity: "high", access: "therapist", needs_scene: true };
const form = () => emptyForm("id-1", "op-1");
let made = 1;
const newOp = () => `op-${(made += 1)}`;

test("an ordinary exercise needs nothing more than a tap", () => {
  assert.deepEqual(missing(form(), open, TODAY), {});
});

test("a last day in the past is asked about, today is fine", () => {
  assert.deepEqual([Object.keys(missing({ ...form(), until: "2026-11-21" }, open, TODAY)), Object.keys(missing({ ...form(), until: TODAY }, open, TODAY))], [["until"], []]);
});

test("a therapist-only exercise needs the day it was done together and the scene", () => {
  assert.deepEqual(Object.keys(missing({ ...form(), scene: "  \n" }, guarded, TODAY)), ["rehearsed_on", "scene"]);
});

test("a session that is still to come was not done together", () => {
  assert.equal(missing({ ...form(), rehearsed_on: "2026-11-23", scene: "x" }, guarded, TODAY).rehearsed_on, "therapist.assign.rehearsedAhead");
});

test("an exercise without a scene asks for none", () => {
  assert.deepEqual(missing({ ...form(), rehearsed_on: TODAY }, { ...guarded, needs_scene: false }, TODAY), {});
});

test("only a high exercise has a limit of distress, since only there the phone keeps it", () => {
  const filled = { ...form(), rehearsed_on: TODAY, scene: "Kitchen", limit: 3 };

  assert.equal(asked(filled, guarded, "en").distress_limit, 3);
  assert.equal(asked(filled, { ...guarded, id: "slow-replay", intensity: "medium" }, "en").distress_limit, null);
});

test("what belongs to a therapist-only exercise is not sent with another one", () => {
  const filled = { ...form(), rehearsed_on: TODAY, scene: "Kitchen", limit: 3, reason: "  Try it. " };

  assert.deepEqual(asked(filled, open, "en"), {
    exercise: "calm-place", locale: "en", reason: "Try it.", times_a_week: 3, until: null, rehearsed_on: null, scene: null, distress_limit: null,
  });
});

test("the limit and the scene go with a therapist-only exercise", () => {
  const said = asked({ ...form(), times: null, rehearsed_on: TODAY, scene: " Kitchen ", limit: 3 }, guarded, "en");

  assert.deepEqual([said.times_a_week, said.rehearsed_on, said.scene, said.distress_limit], [null, TODAY, "Kitchen", 3]);
});

test("sent again unchanged, it is the same op", () => {
  const said = asked(form(), open, "en");
  const first = tried(form(), said, newOp);

  assert.deepEqual([first.op, tried(first, said, newOp).op], ["op-1", "op-1"]);
});

test("changed after a try, it is another op on the same record", () => {
  const first = tried(form(), asked(form(), open, "en"), newOp);

  const second = tried(first, asked({ ...form(), reason: "New" }, open, "en"), newOp);

  assert.deepEqual([second.id, second.op === first.op], ["id-1", false]);
});

test("a hard exercise is asked for at most twice a week", () => {
  assert.deepEqual([doses(guarded), chosen({ ...form(), times: 5 }, guarded).times, chosen({ ...form(), times: null }, guarded).times], [[1, 2], 1, null]);
});

test("only typed words count as something to lose", () => {
  assert.deepEqual([isTyped(form()), isTyped({ ...form(), times: 7 }), isTyped({ ...form(), scene: "x" })], [false, false, true]);
});

const written: Assignable = { ...guarded, id: "session-image", intensity: "medium", needs_scene: false, texts: ["calm_image", "healthy_self", "rehearsed_reply"] };

test("what is written together needs one text and the word that it was together, and no day", () => {
  const gaps = (part: object) => Object.keys(missing({ ...form(), ...part }, written, TODAY));

  assert.deepEqual(gaps({}), ["texts", "together"]);
  assert.deepEqual(gaps({ texts: { calm_image: "  " }, together: true }), ["texts"]);
  assert.deepEqual(gaps({ texts: { healthy_self: "I can wait." } }), ["together"]);
  assert.deepEqual(gaps({ texts: { rehearsed_reply: "Not now." }, together: true }), []);
});

test("only texts that were written are sent, and with no other exercise", () => {
  const filled = { ...form(), texts: { calm_image: " The bench. ", healthy_self: " " }, together: true, rehearsed_on: TODAY, scene: "x" };

  const said = asked(filled, written, "en");

  assert.deepEqual([said.texts, said.written_together, said.rehearsed_on, said.scene, said.distress_limit], [{ calm_image: "The bench." }, true, null, null, null]);
  assert.equal("texts" in asked(filled, guarded, "en"), false);
});

test("a text that was written counts as something to lose", () => {
  assert.equal(isTyped({ ...form(), texts: { calm_image: "The bench" } }), true);
});

test("a version the practice has not approved is a draft, but for what is always open", () => {
  const draft = { ...open, approved: false };

  assert.deepEqual([isDraft(open), isDraft(draft), isDraft({ ...draft, access: "always" })], [false, true, false]);
});

test("a suggested reminder goes along, and without a time there is none", () => {
  const suggesting = { ...form(), remind_at: "18:00", remind_days: [5, 1] };

  assert.deepEqual(asked(suggesting, open, "en").suggested, { at: "18:00", days: [1, 5] });
  assert.equal("suggested" in asked({ ...suggesting, remind_at: "" }, open, "en"), false);
  assert.deepEqual(missing({ ...suggesting, remind_days: [] }, open, TODAY), { remind_days: "therapist.assign.remindDaysMissing" });
});
