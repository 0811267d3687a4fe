// The form that sets an exercise: what is missing, what is sent, and that sending it twice sets one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { again, asked, chosen, doses, emptyForm, filledFrom, fitting, forClient, isDraft, isTyped, missing, rewritten, terms, tried, withTexts, wrongChange } from "../src/screens/therapist/assigning.ts";
import { ordered } from "../src/practise/ordered.ts";
import { moved, startingWith } from "../src/screens/therapist/menu.ts";
import { withWords } from "../src/exercise/tailored.ts";
import type { Asked } from "../src/screens/therapist/assigning.ts";
import type { Assignable } from "../src/screens/therapist/types.ts";
import type { Assignment } from "../src/data/types.ts";
import { exercise } from "./exercise-kit.ts";

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

test("a text over its limit is asked about, not cut", () => {
  assert.equal(missing({ ...form(), reason: "x".repeat(501) }, open, TODAY).reason, "therapist.assign.long");
  assert.equal(missing({ ...form(), rehearsed_on: TODAY, scene: "x".repeat(2001) }, guarded, TODAY).scene, "therapist.assign.long");
  assert.equal(missing({ ...form(), texts: { healthy_self: "x".repeat(161) }, together: true }, written, TODAY).texts, "therapist.assign.long");
  assert.equal(asked({ ...form(), reason: "x".repeat(501) }, open, "en").reason.length, 501);
});

test("other words are asked about when they are empty or too many, and go along", () => {
  const gap = (words: string) => missing({ ...form(), tailored: { sit: words } }, open, TODAY).tailored;

  assert.deepEqual([gap(" \n"), gap("word ".repeat(46)), gap("Sit.")], ["therapist.tailor.empty", "therapist.tailor.long", undefined]);
  assert.deepEqual(asked({ ...form(), tailored: { sit: "Sit." } }, open, "en").tailored, { sit: "Sit." });
  assert.equal("tailored" in asked(form(), open, "en"), false);
});

test("other words stay with their exercise and its steps", () => {
  const filled = { ...form(), exercise: "calm-place", tailored: { sit: "Sit." } };

  assert.deepEqual([chosen(filled, open).tailored, chosen(filled, guarded).tailored], [{ sit: "Sit." }, {}]);
  assert.deepEqual(fitting({ gone: "x", press: "y" }, exercise("feet-on-floor")), { press: "y" });
});

const set: Assignment = {
  exercise: "new-ending-recent", version: 1, title: "A new ending", by: "Teresa", reason: "To see.", times_a_week: 2, until: "2026-11-20", rehearsed_on: "2026-11-10",
  scene: "Kitchen", distress_limit: 3, suggested: { at: "18:00", days: [1, 3] }, tailored: { version: 1, words: { sit: "Sit." } },
};

test("to change it the form says what was agreed, and only that is sent", () => {
  const filled = filledFrom(set, form());

  assert.deepEqual(terms(filled, guarded, "en"), {
    locale: "en", reason: "To see.", times_a_week: 2, until: "2026-11-20", distress_limit: 3, suggested: { at: "18:00", days: [1, 3] }, tailored: { sit: "Sit." },
  });
});

test("set again needs no more than a tap: all as before, under new ids, but days that are past", () => {
  const filled = again({ ...set, ended_at: 1 }, form(), TODAY);

  assert.deepEqual([filled.id, filled.op, filled.until, filled.scene, filled.rehearsed_on], ["id-1", "op-1", "", "Kitchen", "2026-11-10"]);
  assert.deepEqual(missing(filled, guarded, TODAY), {});
  assert.equal(again({ ...set, until: "2026-12-01" }, form(), TODAY).until, "2026-12-01");
});

test("a preview has the steps of what was written so far, and no others", () => {
  const whole = exercise("session-image");
  const recalled = (texts: object) => withTexts(whole, texts).steps.flatMap((step) => (step.type === "recall" ? [step.from] : []));

  assert.deepEqual([recalled({ calm_image: "The bench.", healthy_self: " " }), recalled({})], [["calm_image"], []]);
  assert.equal(withTexts(exercise("feet-on-floor"), {}), exercise("feet-on-floor"));
});

test("other words for a step whose text is not written wait for it, and are neither asked about nor sent", () => {
  const whole = exercise("session-image");
  const filled = { ...form(), together: true, tailored: { seat: "Sit.", self_say: "" } };
  const said = (texts: Asked["texts"]) => {
    const got = forClient({ ...filled, texts }, whole);
    return [missing(got, written, TODAY).tailored, asked(got, written, "en").tailored];
  };

  assert.deepEqual(said({ calm_image: "The bench.", healthy_self: " " }), [undefined, { seat: "Sit." }]);
  assert.deepEqual(said({ healthy_self: "I can wait." }), ["therapist.tailor.empty", { seat: "Sit.", self_say: "" }]);
  assert.equal(forClient(filled, null), filled);
});

test("what was written is seen with the other words for its steps, and without those for others", () => {
  const whole = exercise("session-image");
  const seen = (texts: Asked["texts"]) => withWords(withTexts(whole, texts), { version: whole.version, words: { seat: "Sit.", self_say: "Slowly." } });

  assert.deepEqual(seen({ calm_image: "The bench." }).tailored, ["seat"]);
  assert.deepEqual(seen({ healthy_self: "I can wait." }).tailored, ["seat", "self_say"]);
});

test("the order is changed one place at a time, and stays at its ends", () => {
  assert.deepEqual([moved(["a", "b", "c"], "c", -1), moved(["a", "b", "c"], "a", 1), moved(["a", "b"], "a", -1), moved(["a"], "x", 1)],
    [["a", "c", "b"], ["b", "a", "c"], ["a", "b"], ["a"]]);
});

test("the one to begin with stands at the top", () => {
  assert.deepEqual([startingWith(["a", "b"], "b"), startingWith(["a", "b"], null)], [{ order: ["b", "a"], first: "b" }, { order: ["a", "b"], first: null }]);
});

test("what the order does not name comes after, as it came; without an order nothing moves", () => {
  const all = ["a", "b", "c", "d"].map((id) => ({ id }));

  assert.deepEqual(ordered(all, { order: ["c", "gone", "b"] }).map(({ id }) => id), ["c", "b", "a", "d"]);
  assert.deepEqual([ordered(all, null), ordered(all, {})], [all, all]);
});

test("of what was done and written together only what is new is sent, and only that is looked at", () => {
  const before = { ...form(), rehearsed_on: "2026-11-20", scene: "Kitchen" };
  const unseen = { ...form(), rehearsed_on: "2026-11-20" };

  assert.deepEqual(rewritten({ ...before, scene: "Kitchen " }, before, guarded), {});
  assert.deepEqual(rewritten({ ...before, scene: " Hall ", rehearsed_on: TODAY }, before, guarded), { rehearsed_on: TODAY, scene: "Hall" });
  assert.deepEqual(rewritten({ ...before, scene: "Hall" }, before, open), {});
  assert.deepEqual([rewritten(unseen, unseen, guarded), wrongChange(unseen, unseen, guarded, TODAY)], [{}, {}]);
  assert.deepEqual(wrongChange({ ...before, scene: " " }, before, guarded, TODAY), { scene: "therapist.assign.sceneMissing" });
  assert.deepEqual(wrongChange({ ...before, rehearsed_on: "2026-11-23" }, before, guarded, TODAY), { rehearsed_on: "therapist.assign.rehearsedAhead" });
});

test("new texts are all sent with the word that they were written together, which is asked for again", () => {
  const before = { ...form(), texts: { calm_image: "The bench." } };
  const now = { ...before, texts: { calm_image: "The bench. ", healthy_self: "I can wait." } };

  assert.deepEqual(rewritten({ ...before, texts: { calm_image: "The bench. " } }, before, written), {});
  assert.deepEqual(rewritten(now, before, written), { texts: { calm_image: "The bench.", healthy_self: "I can wait." }, written_together: false });
  assert.deepEqual(wrongChange(now, before, written, TODAY), { together: "therapist.together.saidMissing" });
  assert.deepEqual(wrongChange({ ...now, together: true, texts: {} }, before, written, TODAY), { texts: "therapist.together.textsMissing" });
  assert.deepEqual(wrongChange(before, before, written, TODAY), {});
});
