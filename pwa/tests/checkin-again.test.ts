// A saved check-in opened in its form again: the same answers, the same records, the moment it was about.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canSaveAgain, draftOf, recordsAgain, type SavedCheckIn } from "../src/checkin/again.ts";
import { type CheckInDraft, emptyDraft } from "../src/checkin/draft.ts";
import { recordsOf } from "../src/checkin/records.ts";
import type { CheckIn, LocalRecord } from "../src/data/types.ts";

const NOW = Date.parse("2026-11-22T18:00:00+01:00");
let made = 0;
const newId = () => `id-${(made += 1)}`;

function saved(answers: Partial<CheckInDraft>, more: object = {}): SavedCheckIn {
  const draft = { ...emptyDraft(newId), ...answers };
  const [main, part] = recordsOf(draft, { now: NOW, zone: "Europe/Rome", seconds: 20, source: "reminder" }).map(
    ({ felt_at = null, zone = null, day = null, body, ...record }): LocalRecord<CheckIn> => ({
      schema: 1, author: "client", rev: `~${record.id}`, deleted: false, saved_at: NOW, conflict_of: null, state: "refused",
      reason: "Too long.", felt_at, zone, day, ...record, body: { ...body, ...more },
    }),
  );
  assert.ok(main);
  return { main, part: part ?? null };
}
const whole = { when: "yesterday", affect: { v: 0.5, a: -0.5 }, distress: 3, words: [{ id: "sad", strength: 2 }, { id: "own_word", own: "grey" }], regions: ["heart"], sensations: ["lump"], contexts: ["home"], wish: "safe", note: "about the call", bring: true } satisfies Partial<CheckInDraft>;

for (const [name, answers] of Object.entries({ whole, "with the wish shared": { ...whole, choice: { wish: true } }, "kept to oneself": { ...whole, just_me: true }, small: { distress: 0 } } satisfies Record<string, Partial<CheckInDraft>>)) {
  test(`opened and saved unchanged, a check-in is what it was: ${name}`, () => {
    const before = saved(answers);

    const { items, gone } = recordsAgain(draftOf(before, newId), before);

    const was = [before.main, ...(before.part ? [before.part] : [])];
    assert.deepEqual(items.map(({ id, body, audience, day, felt_at, base }) => ({ id, body, audience, day, felt_at, base })),
      was.map(({ id, body, audience, day, felt_at, rev }) => ({ id, body, audience, day, felt_at, base: rev })));
    assert.deepEqual(gone, []);
  });
}

test("fields that the form does not ask for are kept", () => {
  const before = saved({ distress: 3 }, { aura: { shape: "ring" } });
  const { items } = recordsAgain({ ...draftOf(before, newId), distress: 5 }, before);
  assert.deepEqual(items[0]?.body, { ...before.main.body, distress: 5 });
});

test("a note that is taken out goes with its record", () => {
  const before = saved({ distress: 3, note: "long words" });
  const { items, gone } = recordsAgain({ ...draftOf(before, newId), note: "" }, before);
  assert.deepEqual([items.map(({ id }) => id), gone], [[before.main.id], [before.part?.id]]);
});

test("without any answer it can't be saved: it would be another kind of record", () => {
  const before = saved({ distress: 3, note: "words" });
  assert.equal(canSaveAgain({ ...draftOf(before, newId), distress: null }), false);
});

test("one that was refused for its seconds can be changed and is then right", () => {
  const before = saved({ distress: 3 }, { seconds: -3600 });
  const { items } = recordsAgain({ ...draftOf(before, newId), distress: 5 }, before);
  assert.deepEqual(items[0]?.body, { distress: 5, when: "now", source: "reminder" });
});
