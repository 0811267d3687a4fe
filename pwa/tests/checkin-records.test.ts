import assert from "node:assert/strict";
import { test } from "node:test";
import { canSave, type CheckInDraft, emptyDraft, someoneInvolved } from "../src/checkin/draft.ts";
import { greeting } from "../src/checkin/greeting.ts";
import { livedAt, recordsOf } from "../src/checkin/records.ts";

const ZONE = "Europe/Rome";
const NOW = Date.parse("2026-11-22T18:00:00+01:00");
const MOMENT = { now: NOW, zone: ZONE, seconds: 14.2, source: "own" } as const;

let made = 0;
const draft = (answers: Partial<CheckInDraft> = {}): CheckInDraft => ({ ...emptyDraft(() => `id-${(made += 1)}`), ...answers });

test("an empty draft has nothing preset and nothing to save", () => {
  assert.equal(canSave(draft()), false);
});

for (const [name, answer] of Object.entries({
  affect: { affect: { v: 0, a: 0 } }, distress: { distress: 0 }, words: { words: [{ id: "unknown" }] }, note: { note: "x" },
} satisfies Record<string, Partial<CheckInDraft>>)) {
  test(`the first answer makes Save live: ${name}`, () => {
    assert.equal(canSave(draft(answer)), true);
  });
}

test("rather not say alone is nothing to save", () => {
  assert.equal(canSave(draft({ unsaid: true })), false);
});

test("a zero is an answer", () => {
  assert.equal(recordsOf(draft({ distress: 0 }), MOMENT)[0]?.body["distress"], 0);
});

test("without private words there is one record, shared", () => {
  const [record, ...rest] = recordsOf(draft({ distress: 4, words: [{ id: "sad", strength: 2 }] }), MOMENT);

  assert.deepEqual(rest, []);
  assert.equal(record?.audience, "therapist");
  assert.deepEqual(record?.body, {
    distress: 4, words: [{ id: "sad", strength: 2 }], when: "now", source: "own", seconds: 14,
  });
});

test("a note and own words go into a private part that names the shared one", () => {
  const made = draft({ distress: 4, note: " about the call ", words: [{ id: "sad" }, { id: "own_word", own: "grey" }] });
  const [shared, kept] = recordsOf(made, MOMENT);

  assert.deepEqual(kept?.body, { note: "about the call", own_words: ["grey"], part_of: shared?.id });
  assert.equal(kept?.audience, "me");
});

test("the shared part says nothing of the private one", () => {
  const made = draft({ distress: 4, note: "secret", words: [{ id: "own_word", own: "grey" }], wish: "safe" });

  assert.deepEqual(Object.keys(recordsOf(made, MOMENT)[0]?.body ?? {}).sort(), ["distress", "seconds", "source", "when"]);
});

test("an own word alone stays on the phone, whole", () => {
  const records = recordsOf(draft({ words: [{ id: "own_word", own: "grey" }] }), MOMENT);

  assert.deepEqual(records.map((record) => [record.audience, record.body["own_words"]]), [["me", ["grey"]]]);
});

test("a wish is shared only when that was said", () => {
  const shared = recordsOf(draft({ distress: 1, wish: "safe", choice: { wish: true } }), MOMENT);

  assert.equal(shared.length, 1);
  assert.equal(shared[0]?.body["wish"], "safe");
});

test("kept to oneself, everything is one private record", () => {
  const records = recordsOf(draft({ distress: 4, note: "mine", just_me: true }), MOMENT);

  assert.deepEqual(records.map((record) => record.audience), ["me"]);
  assert.equal(records[0]?.body["note"], "mine");
});

test("a note without an answer is a note", () => {
  const [record] = recordsOf(draft({ note: "a thought" }), MOMENT);

  assert.deepEqual([record?.kind, record?.audience, record?.day], ["note", "me", "2026-11-22"]);
});

test("a moment of longer ago is a note without a day", () => {
  const records = recordsOf(draft({ when: "older", distress: 5, note: "last month" }), MOMENT);

  assert.deepEqual(records.map((record) => [record.kind, record.day, record.body]), [["note", undefined, { text: "last month" }]]);
});

test("a moment of longer ago needs words", () => {
  assert.equal(canSave(draft({ when: "older", distress: 5 })), false);
});

test("making the records twice makes the same ids", () => {
  const made = draft({ distress: 3, note: "x" });

  assert.deepEqual(recordsOf(made, MOMENT).map((one) => one.id), recordsOf(made, { ...MOMENT, now: NOW + 5 }).map((one) => one.id));
});

test("yesterday keeps yesterday's day", () => {
  assert.equal(livedAt(draft({ when: "yesterday" }), MOMENT).day, "2026-11-21");
});

test("earlier today stays in today, also just after midnight", () => {
  const now = Date.parse("2026-11-22T00:20:00+01:00");
  const lived = livedAt(draft({ when: "earlier" }), { ...MOMENT, now });

  assert.equal(lived.day, "2026-11-22");
  assert.equal(lived.felt_at, now - 10 * 60_000);
});

test("the day is the one on the wall of the zone", () => {
  const now = Date.parse("2026-11-22T23:30:00Z");

  assert.equal(livedAt(draft(), { ...MOMENT, now }).day, "2026-11-23");
});

test("yesterday is the calendar day before, also when the clocks change", () => {
  const now = Date.parse("2026-10-25T23:30:00+01:00");

  assert.equal(livedAt(draft({ when: "yesterday" }), { ...MOMENT, now }).day, "2026-10-24");
});

test("a screen left open says nothing about seconds, nor does one over which the clock was put back", () => {
  for (const seconds of [3601, -0.2, -7200]) {
    assert.equal(recordsOf(draft({ distress: 1 }), { ...MOMENT, seconds })[0]?.body["seconds"], undefined);
  }
});

const PEOPLE = new Set(["alone", "friend", "animal", "not_said", "nothing_special", "row", "unknown"]);

test("the wish is asked for when someone was involved", () => {
  assert.equal(someoneInvolved(["home", "friend"], PEOPLE), true);
  assert.equal(someoneInvolved(["row"], PEOPLE), true);
});

test("alone, with an animal or at home, nobody was", () => {
  assert.equal(someoneInvolved(["home", "alone", "animal", "nothing_special", "unknown"], PEOPLE), false);
});

test("after six days the hello is the usual one, after seven it is a second hello", () => {
  assert.equal(greeting("2026-11-16", "2026-11-22"), "hello");
  assert.equal(greeting("2026-11-15", "2026-11-22"), "again");
  assert.equal(greeting(null, "2026-11-22"), "hello");
});
