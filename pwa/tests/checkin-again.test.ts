// A saved check-in opened in its form again: the same answers, the same records, the moment it was about.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canSaveAgain, changed, draftOf, recordsAgain, type SavedCheckIn } from "../src/checkin/again.ts";
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

/** The same entry after another device's text came. */
function since({ main, part }: SavedCheckIn): SavedCheckIn {
  return { main: { ...main, rev: "e.2", body: { ...main.body, distress: 8 } }, part: part && { ...part, rev: "e.3" } };
}

test("a change that was begun before another text came is put on top of what it began from", () => {
  const before = saved(whole);
  const draft = changed(null, draftOf(before, newId), { distress: 6 });
  const now = since(before);

  const { items } = recordsAgain(changed(draft, draftOf(now, newId), { note: "later" }), now);

  assert.deepEqual(items.map(({ base }) => base), [before.main.rev, before.part?.rev]);
  assert.equal((items[0]?.body as CheckIn).distress, 6);
});

test("a draft from before that was noted is put on top of what is there", () => {
  const [before, now] = [saved(whole), since(saved(whole))];
  const { base: _, ...old } = draftOf(before, newId);
  const draft = { ...old, id: now.main.id, private_id: now.part?.id ?? "" };

  const asItWas = recordsAgain(draft, now);
  const again = recordsAgain(changed(draft, draftOf(now, newId), { distress: 6 }), { ...now, main: { ...now.main, rev: "e.4" } });

  assert.deepEqual(asItWas.items.map(({ base }) => base), ["e.2", "e.3"]);
  assert.deepEqual(again.items.map(({ base }) => base), ["e.2", "e.3"]);
});

test("a private part that came after the change was begun does not go with it", () => {
  const before = saved({ distress: 3 });
  const draft = changed(null, draftOf(before, newId), { distress: 6 });
  const { part } = saved({ distress: 3, note: "written since" });

  const { items, gone } = recordsAgain(draft, { ...before, part });

  assert.deepEqual([items.map(({ id }) => id), gone], [[before.main.id], []]);
});
