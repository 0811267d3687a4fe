// What of an entry is shared: as agreed, as chosen for one, changed later part by part; and what was opened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { afterCheckIn, lookedIn } from "../src/checkin/after.ts";
import { type CheckInDraft, emptyDraft } from "../src/checkin/draft.ts";
import { recordsOf } from "../src/checkin/records.ts";
import type { Item } from "../src/data/journal.ts";
import { openedBy, type ReadLog } from "../src/data/readings.ts";
import type { Body, LocalRecord } from "../src/data/types.ts";
import { type Entry, entriesOf, wholeBody } from "../src/history/entries.ts";
import { summaryLine, titleOf } from "../src/history/fields.ts";
import { weeksOf } from "../src/history/month.ts";
import { periodUntil, pointsOf } from "../src/history/series.ts";
import { agreementIn, idOf, USUAL } from "../src/sharing/agreement.ts";
import { partsIn, sharing } from "../src/sharing/entries.ts";

const MOMENT = { now: Date.parse("2026-11-22T18:00:00+01:00"), zone: "Europe/Rome", seconds: 12, source: "own" } as const;
const WHOLE = {
  affect: { v: 0.5, a: -0.5 }, distress: 3, words: [{ id: "sad" }, { id: "own_word", own: "grey" }], regions: ["chest"],
  contexts: ["home"], wish: "safe", note: "about the call",
} satisfies Partial<CheckInDraft>;
let made = 0;
const newId = () => `id-${(made += 1)}`;
const draft = (answers: Partial<CheckInDraft> = WHOLE): CheckInDraft => ({ ...emptyDraft(newId), ...answers });
const names = (body: Body = {}) => Object.keys(body).filter((name) => !["when", "source", "seconds", "part_of"].includes(name)).sort();

function kept(items: readonly Item[]): LocalRecord[] {
  return items.map(({ id = "", kind, audience, body, felt_at = null, zone = null, day = null }) => ({
    id, kind, schema: 1, audience, author: "client", rev: `e1.${id.length}`, deleted: false, felt_at, zone, day, saved_at: MOMENT.now,
    body: body as Body, conflict_of: null, state: "sent", reason: null,
  }));
}

function entry(items: readonly Item[]): Entry {
  const [one] = entriesOf(kept(items));
  assert.ok(one);
  return one;
}

const asSaved = (items: readonly Item[]) => items.map(({ audience, body }) => [audience, names(body as Body)]);

test("what was agreed not to be shared goes into the part that stays here", () => {
  const [shared, rest] = recordsOf(draft(), MOMENT, { ...USUAL.fields, words: false, body: false });

  assert.deepEqual(names(shared?.body), ["affect", "contexts", "distress"]);
  assert.deepEqual(names(rest?.body), ["note", "own_words", "regions", "wish", "words"]);
});

test("with nothing agreed to be shared a check-in is one record, and stays here", () => {
  const none = { affect: false, distress: false, words: false, body: false, contexts: false, runs: false };

  assert.deepEqual(recordsOf(draft(), MOMENT, none).map(({ audience }) => audience), ["me"]);
});

test("s25 notes, wishes and own words are not shared by any agreement", () => {
  assert.deepEqual(names(recordsOf(draft(), MOMENT, USUAL.fields)[0]?.body), ["affect", "contexts", "distress", "regions", "words"]);
});

test("s26 a choice for this one comes before what was agreed, both ways", () => {
  const [shared] = recordsOf(draft({ ...WHOLE, choice: { note: true, own_words: true, distress: false } }), MOMENT);

  assert.deepEqual(names(shared?.body), ["affect", "contexts", "note", "own_words", "regions", "words"]);
});

test("a note that was given to the therapist to read is shared, and can be brought", () => {
  const [note] = recordsOf(draft({ note: "a thought", bring: true, choice: { note: true } }), MOMENT);

  assert.deepEqual([note?.kind, note?.audience, note?.body], ["note", "therapist", { text: "a thought", bring: true }]);
});

test("what says nothing of an agreement is as usual; a field that is no yes or no, too", () => {
  assert.deepEqual(agreementIn([]), USUAL);
  assert.deepEqual(agreementIn([{ kind: "preference", body: { name: "sharing", fields: { words: "?" }, paused: 1 } }]), USUAL);
});

test("an agreement of a newer app is read as far as it is known", () => {
  const { fields, paused } = agreementIn([{ kind: "preference", body: { name: "sharing", fields: { words: false, dreams: true }, paused: true } }]);

  assert.deepEqual([fields, paused], [{ ...USUAL.fields, words: false }, true]);
});

test("the agreement has the id that the server works out", async () => {
  assert.equal(await idOf("01a0c000-0000-7000-8000-00000000000a"), "97b59bbe-00ca-506d-9faa-19133ee452cd");
});

test("the parts of a check-in are those that were answered, each with who sees it", () => {
  const parts = partsIn(entry(recordsOf(draft({ distress: 3, note: "x" }), MOMENT)));

  assert.deepEqual(parts.map(({ key, shared }) => [key, shared]), [["distress", true], ["note", false]]);
});

test("s26 parts of a check-in are shared and taken back by themselves, and nothing else moves", () => {
  const before = recordsOf(draft(), MOMENT);

  const { items, gone } = sharing(entry(before), new Set(["note", "affect"]), newId);

  assert.deepEqual(asSaved(items), [["therapist", ["affect", "note"]], ["me", ["contexts", "distress", "own_words", "regions", "wish", "words"]]]);
  assert.deepEqual([items.map(({ id }) => id), gone], [before.map(({ id }) => id), []]);
  assert.deepEqual(items.map(({ day }) => day), ["2026-11-22", "2026-11-22"]);
});

test("with every part switched off all of it stays here, under the id it had", () => {
  const before = recordsOf(draft(), MOMENT);

  const { items, gone } = sharing(entry(before), new Set(), newId);

  assert.deepEqual(items.map(({ id, audience }) => [id, audience]), [[before[0]?.id, "me"]]);
  assert.deepEqual(gone, [before[1]?.id]);
});

test("a check-in kept to oneself can be shared later, in part", () => {
  const before = recordsOf(draft({ ...WHOLE, just_me: true }), MOMENT);

  const { items } = sharing(entry(before), new Set(["distress"]), newId);

  assert.deepEqual(asSaved(items).map(([audience]) => audience), ["therapist", "me"]);
  assert.deepEqual(names(items[0]?.body as Body), ["distress"]);
});

const RUN: Item = {
  id: "run-1", kind: "run", audience: "therapist", felt_at: MOMENT.now, zone: "Europe/Rome", day: "2026-11-22",
  body: { exercise: "five", version: 2, title: "Five", ended: "finished", assignment: "a", ratings: { before: 6, after: 4 }, answers: { where: ["chest"] } },
};
const REST: Item = { ...RUN, id: "run-2", audience: "me", body: { exercise: "five", part_of: "run-1", own_words: ["grey"], answers: { said: "a line" } } };

test("answers of an exercise move between what is shared and what stays, and that it was done stays told", () => {
  const { items, gone } = sharing(entry([RUN, REST]), new Set(["ratings.after", "answers.said"]), newId);

  const [told, rest] = items;
  assert.deepEqual(told?.body, { exercise: "five", version: 2, title: "Five", ended: "finished", assignment: "a", ratings: { after: 4 }, answers: { said: "a line" } });
  assert.deepEqual(rest?.body, { exercise: "five", part_of: "run-1", own_words: ["grey"], ratings: { before: 6 }, answers: { where: ["chest"] } });
  assert.deepEqual(gone, []);
});

test("a run whose answers were all shared gets a part that stays here when one is taken back", () => {
  const { items } = sharing(entry([RUN]), new Set(["ratings.before"]), newId);

  assert.deepEqual(items.map(({ audience }) => audience), ["therapist", "me"]);
  assert.deepEqual((items[1]?.body as Body)["part_of"], "run-1");
});

test("the part that stays here goes when nothing is left in it", () => {
  const alone: Item = { ...REST, body: { exercise: "five", part_of: "run-1", answers: { said: "a line" } } };

  const { items, gone } = sharing(entry([RUN, alone]), new Set(["ratings.before", "ratings.after", "answers.where", "answers.said"]), newId);

  assert.deepEqual([items.length, gone], [1, ["run-2"]]);
});

for (const kind of ["note", "card", "scene"]) {
  test(`a ${kind} is shared whole, and taken back whole`, () => {
    const one: Item = { id: "n", kind, audience: "me", body: { text: "words", when: "Monday" } };

    const shared = sharing(entry([one]), new Set(["all"]), newId).items;
    const back = sharing(entry(shared), new Set(), newId).items;

    assert.deepEqual([shared, back].map(([item]) => [item?.audience, item?.body]), [["therapist", one.body], ["me", one.body]]);
  });
}

const EPOCHS = [["e1", 0], ["e2", 7]] as const;
const look = (at: number, through: string | null) => ({ by: "Teresa", at, through });
const log = (...readings: ReadLog["readings"]): ReadLog => ({ readings, epochs: EPOCHS });
const sent = (rev: string, more: Partial<LocalRecord> = {}) => ({ audience: "therapist", state: "sent", rev, ...more }) as const;

for (const [name, of, record, at] of [
  ["the first look that came this far", log(look(30, "e1.9"), look(20, "e1.5"), look(10, "e1.4")), sent("e1.5"), 20],
  ["no look that did not come this far", log(look(10, "e1.4")), sent("e1.5"), null],
  ["no look while sharing was paused", log(look(10, null)), sent("e1.5"), null],
  ["a look after a restore", log(look(40, "e2.9")), sent("e1.5"), 40],
  ["no look before a restore at what came after it", log(look(40, "e1.20")), sent("e2.9"), null],
  ["nothing that has not arrived yet", log(look(10, "e1.9")), sent("~op", { state: "waiting" }), null],
  ["nothing that is not shared", log(look(10, "e1.9")), sent("e1.5", { audience: "me" }), null],
  ["nothing of an epoch that nobody knows", log(look(10, "e1.9")), sent("e7.1"), null],
] as const) {
  test(`s26 opened: ${name}`, () => assert.equal(openedBy(of, record)?.at ?? null, at));
}

const NONE = { affect: false, distress: false, words: false, body: false, contexts: false, runs: false };
const MARKED = { ...NONE, contexts: true };
const kind = (answers: Partial<CheckInDraft>) => entry(recordsOf(draft({ contexts: ["home"], ...answers }), { ...MOMENT, source: "reminder" }, MARKED));

test("what is kept from the therapist still counts in one's own history, as it came", () => {
  const one = kind({ distress: 8, words: [{ id: "sad" }], note: "about it" });

  assert.deepEqual(pointsOf([one], "distress", periodUntil("2026-11-22", 30)).map(({ value, source }) => [value, source]), [[8, "reminder"]]);
  assert.deepEqual(weeksOf([{ day: "2026-11-22", entries: [one] }])[0]?.cells[0]?.hard, [8]);
  assert.match(summaryLine(one), /hard to carry: 8 · “about it”/);
  assert.equal(titleOf(one, null), "Check-in: sad");
});

test("what is kept from the therapist still counts for what is offered after a hard stretch", () => {
  const before = [7, 8].flatMap((distress, at) => kept(recordsOf(draft({ contexts: ["home"], distress }), { ...MOMENT, now: MOMENT.now - (at + 1) * 86_400_000 }, MARKED)));

  const past = lookedIn(before.map((record) => ({ ...record, saved_at: record.felt_at ?? 0 })));

  assert.deepEqual(past.map(({ distress }) => distress), [7, 8]);
  assert.equal(afterCheckIn({ distress: 7 }, past, MOMENT.now).hardStretch, true);
});

test("ratings of one run that lie in both of its parts are one run's", () => {
  const rest: Item = { ...REST, body: { exercise: "five", part_of: "run-1", ratings: { before: 6 }, answers: { said: "x" } } };
  const main: Item = { ...RUN, body: { ...(RUN.body as Body), ratings: { after: 4 } } };

  assert.deepEqual(wholeBody(entry([main, rest])), { ...main.body, ratings: { before: 6, after: 4 }, answers: { said: "x", where: ["chest"] } });
});
