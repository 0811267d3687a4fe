import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckIn, LocalRecord } from "../src/data/types.ts";
import { answerText, exerciseAnswers } from "../src/history/answers.ts";
import { dayLabel } from "../src/history/day-words.ts";
import { addDays, daysBetween, localDay, sinceMidnight, weekday } from "../src/history/days.ts";
import { byDay, entriesOf, hasPrivate, idsOf, isShared } from "../src/history/entries.ts";
import { fieldsOf, summaryLine, titleOf } from "../src/history/fields.ts";
import { dailyMeans, periodUntil, placeOf, pointsOf } from "../src/history/series.ts";
import { textsOf } from "../src/history/texts.ts";
import type { Exercise, Vocabulary } from "../src/exercise/types.ts";

const TODAY = "2026-11-22";
const NOON = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;

let made = 0;
function record(body: object, more: Partial<LocalRecord> = {}): LocalRecord {
  made += 1;
  return {
    id: `r${made}`, kind: "checkin", schema: 1, audience: "therapist", author: "client", rev: "1.1", deleted: false,
    felt_at: NOON, zone: "Europe/Rome", day: TODAY, saved_at: NOON, body: body as Record<string, unknown>,
    conflict_of: null, state: "sent", reason: null, ...more,
  };
}
const rated = (distress: number, day = TODAY, more: Partial<LocalRecord> = {}) =>
  record({ distress }, { day, felt_at: Date.parse(`${day}T12:00:00Z`), ...more }) as LocalRecord<CheckIn>;

const VOCABULARY: Vocabulary = {
  families: [{ id: "fear", label: "Fear", definition: "", words: [{ id: "scared", label: "scared", v: -0.7, a: 0.7, definition: "" }] }],
  special: [{ id: "unknown", label: "I don't know yet" }],
  regions: [{ id: "heart", label: "heart area" }],
  sensations: [{ id: "lump", label: "a lump" }],
  wishes: [{ id: "safe", label: "to be safe" }],
  contexts: { where: [{ id: "home", label: "home" }], with: [], people: [] },
};

test("the day is the one of the zone, on both sides of midnight", () => {
  assert.equal(localDay(Date.parse("2026-11-22T23:30:00Z"), "Europe/Rome"), "2026-11-23");
  assert.equal(localDay(Date.parse("2026-11-22T02:00:00Z"), "America/New_York"), "2026-11-21");
});

test("days are counted on the calendar, also when the clocks change", () => {
  assert.equal(addDays("2026-10-24", 2), "2026-10-26");
  assert.equal(daysBetween("2026-03-28", "2026-03-30"), 2);
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
});

test("Monday is 1 and Sunday is 7", () => {
  assert.deepEqual([weekday("2026-11-23"), weekday(TODAY)], [1, 7]);
});

test("wall-clock time counts from midnight of the zone", () => {
  assert.equal(sinceMidnight(Date.parse("2026-11-22T23:30:00Z"), "Europe/Rome"), HOUR / 2);
});

test("a day is called today, yesterday or by its date", () => {
  const words = (key: string) => key;

  assert.equal(dayLabel(TODAY, TODAY, "en-GB", words), "history.today");
  assert.equal(dayLabel("2026-11-21", TODAY, "en-GB", words), "history.yesterday");
  assert.match(dayLabel("2026-11-18", TODAY, "en-GB", words), /^Wednesday,? 18 November$/);
  assert.match(dayLabel("2025-11-18", TODAY, "en-GB", words), /18 November 2025/);
});

test("a private part belongs to the entry it names", () => {
  const shared = record({ distress: 4 });
  const kept = record({ note: "x", part_of: shared.id }, { audience: "me", state: "only-here" });
  const [entry, ...others] = entriesOf([kept, shared]);

  assert.deepEqual(others, []);
  assert.deepEqual(idsOf(entry!), [shared.id, kept.id]);
  assert.deepEqual([isShared(entry!), hasPrivate(entry!)], [true, true]);
});

test("a private part whose shared part is gone stands by itself", () => {
  const kept = record({ note: "x", part_of: "gone" }, { audience: "me" });

  assert.deepEqual(entriesOf([kept]).map((entry) => [entry.id, isShared(entry)]), [[kept.id, false]]);
});

test("the other text of a private part that two windows changed stands by itself", () => {
  const shared = record({ distress: 4 });
  const kept = record({ note: "x", part_of: shared.id }, { audience: "me" });
  const other = record({ note: "y", part_of: shared.id }, { audience: "me", conflict_of: kept.id });

  assert.deepEqual(entriesOf([other, kept, shared]).map(({ id, parts }) => [id, parts.length]).sort(), [[shared.id, 1], [other.id, 0]].sort());
});

test("a card stays by itself, so that deleting the run leaves it", () => {
  const run = record({ exercise: "calm-place", ended: "finished" }, { kind: "run" });
  const card = record({ text: "the bench", part_of: run.id }, { kind: "card", audience: "me" });

  assert.equal(entriesOf([run, card]).length, 2);
});

test("plans, marks, deleted and emptied records are not shown", () => {
  const hidden = [record({ at: "19:00" }, { kind: "plan" }), record({ what: "done" }, { kind: "mark" }),
    record({ distress: 1 }, { deleted: true }), { ...record({}), body: null }];

  assert.deepEqual(entriesOf(hidden), []);
});

test("entries are newest first, and days hold what was lived on them", () => {
  const early = rated(1, "2026-11-20");
  const late = rated(2, TODAY, { felt_at: NOON + HOUR });
  const later = rated(3, TODAY, { felt_at: NOON + 2 * HOUR });
  const days = byDay(entriesOf([early, late, later]));

  assert.deepEqual(days.map(({ day, entries }) => [day, entries.map((entry) => entry.id)]),
    [[TODAY, [later.id, late.id]], ["2026-11-20", [early.id]]]);
});

test("a record without a day is put on the day of its own zone", () => {
  const at = Date.parse("2026-11-22T23:30:00Z");

  assert.equal(entriesOf([record({ distress: 1 }, { day: null, felt_at: at })])[0]?.day, "2026-11-23");
});

test("a period of 30 days holds today and the 29 before", () => {
  assert.deepEqual(periodUntil(TODAY, 30), { from: "2026-10-24", to: TODAY, length: 30 });
});

test("ratings outside the period, private parts and copies are not points", () => {
  const records = [rated(5, "2026-10-23"), rated(4, "2026-10-24"), rated(6, TODAY, { conflict_of: "r1" }),
    record({ note: "x", part_of: "r1" }) as LocalRecord<CheckIn>];

  assert.deepEqual(pointsOf(entriesOf(records), "distress", periodUntil(TODAY, 30)).map((point) => point.value), [4]);
});

test("a private check-in is drawn too: the page is the client's own", () => {
  assert.equal(pointsOf(entriesOf([rated(5, TODAY, { audience: "me" })]), "distress", periodUntil(TODAY, 30)).length, 1);
});

test("a zero is a rating", () => {
  assert.equal(pointsOf(entriesOf([rated(0)]), "distress", periodUntil(TODAY, 30)).length, 1);
});

test("days without a rating stay open; a day with several has their mean", () => {
  const period = periodUntil(TODAY, 4);
  const points = pointsOf(entriesOf([rated(2, "2026-11-19"), rated(4, TODAY), rated(7, TODAY)]), "distress", period);

  assert.deepEqual(dailyMeans(points, period), [2, null, null, 5.5]);
});

test("a day's place is counted from the start of the period", () => {
  assert.equal(placeOf(TODAY, periodUntil(TODAY, 30)), 29);
});

test("a check-in is named by its words, the person's own among them", () => {
  const shared = record({ words: [{ id: "scared", strength: 4 }] });
  const kept = record({ own_words: ["grey"], part_of: shared.id }, { audience: "me" });

  assert.equal(titleOf(entriesOf([shared, kept])[0]!, VOCABULARY), "Check-in: scared, grey");
});

test("the line under it says mood, distress and the first words of the note", () => {
  const shared = record({ affect: { v: -0.5, a: 0.5 }, distress: 6 });
  const kept = record({ note: "the call", part_of: shared.id }, { audience: "me" });

  assert.equal(summaryLine(entriesOf([shared, kept])[0]!),
    "somewhat unpleasant, a good deal of energy · hard to carry: 6 · “the call”");
});

test("every field says whether it stays on this phone", () => {
  const shared = record({ distress: 6, regions: ["heart"] });
  const kept = record({ note: "the call", part_of: shared.id }, { audience: "me" });

  assert.deepEqual(fieldsOf(entriesOf([shared, kept])[0]!, VOCABULARY, null).map((field) => [field.text, field.private]),
    [["6 of 10", false], ["heart area", false], ["the call", true]]);
});

test("without the vocabulary the ids are shown, not nothing", () => {
  assert.equal(titleOf(entriesOf([record({ words: [{ id: "scared" }] })])[0]!, null), "Check-in: scared");
});

test("answers of a run stand under their questions, in the exercise's order", () => {
  const steps = [
    { id: "a", type: "rate", text: "How hard?", min: 0, max: 10, words: {} },
    { id: "b", type: "choice", text: "How does it fit?", options: ["fits"], words: { fits: "Fits well" } },
  ];
  const exercise = { steps } as unknown as Exercise;

  assert.deepEqual(exerciseAnswers({ answers: { b: "fits" }, ratings: { a: 3 } }, VOCABULARY, exercise),
    [{ label: "How hard?", text: "3 of 10" }, { label: "How does it fit?", text: "Fits well" }]);
});

test("an answer of any shape is put into words", () => {
  assert.equal(answerText({ v: 0, a: 0 }, VOCABULARY), "neither pleasant nor unpleasant, medium energy");
  assert.equal(answerText([{ id: "scared", strength: 4 }, { id: "own_word", own: "grey" }], VOCABULARY), "scared (4 of 5), grey");
  assert.equal(answerText([{ id: "lump", region: "heart" }], VOCABULARY), "a lump (heart area)");
  assert.equal(answerText(["heart", "something_new"], VOCABULARY), "heart area, something_new");
  assert.equal(answerText(null, VOCABULARY), "");
});

test("a run is named by its own title, else by its exercise", () => {
  const named = entriesOf([record({ title: "Feet", exercise: "x" }, { kind: "run" })])[0]!;
  const bare = entriesOf([record({ exercise: "x" }, { kind: "run" })])[0]!;

  assert.equal(titleOf(named, null, { title: "Other" } as Exercise), "Feet");
  assert.equal(titleOf(bare, null, { title: "Feet on the floor" } as Exercise), "Feet on the floor");
  assert.equal(titleOf(bare, null), "Exercise");
});

test("both texts of a conflict are found from either, newest first, and no others", () => {
  const first = record({ distress: 6 }, { saved_at: NOON });
  const copy = record({ distress: 8 }, { saved_at: NOON + HOUR, conflict_of: first.id });
  const copyOfCopy = record({ distress: 9 }, { saved_at: NOON + 2 * HOUR, conflict_of: copy.id });
  const all = entriesOf([first, copy, copyOfCopy, record({ distress: 1 })]);

  for (const entry of all.slice(0, 3)) {
    if (entry.main.body?.["distress"] === 1) continue;
    assert.deepEqual(textsOf(entry, all).map(({ main }) => main.body?.["distress"]), [9, 8, 6]);
  }
});

test("an entry without a conflict has one text, also when the other one of a copy is gone", () => {
  const lone = record({ distress: 2 }, { conflict_of: "gone" });
  const all = entriesOf([lone, record({ distress: 1 })]);
  assert.deepEqual(all.map((entry) => textsOf(entry, all).length), [1, 1]);
});

test("an entry that can't be read is listed and says so", () => {
  const [entry] = entriesOf([record({}, { body: null, unreadable: true }), record({}, { body: null })]);
  assert.ok(entry);
  assert.equal(summaryLine(entry), "Can't be read just now");
});

test("a scene is an entry of its own, with its fields, also beside the run it came from", () => {
  const run = record({ exercise: "one-scene", ended: "finished" }, { kind: "run" });
  const scene = record({ title: "The queue", when: "Monday", felt: "small", part_of: run.id }, { kind: "scene", audience: "me", state: "only-here" });
  const entry = entriesOf([scene, run]).find(({ kind }) => kind === "scene");

  assert.equal(titleOf(entry!, VOCABULARY), "Scene: The queue");
  assert.equal(summaryLine(entry!), "Monday · small");
  assert.deepEqual(fieldsOf(entry!, VOCABULARY, null).map(({ label, text }) => [label, text]), [["When and where", "Monday"], ["What I felt", "small"]]);
});

test("a form and a dialogue read line by line, whether or not the exercise is known", () => {
  const step = { words: { critic: "The critic" } } as unknown as Exercise["steps"][number];

  assert.equal(answerText({ when: "Monday", felt: "small" }, VOCABULARY), "When and where: Monday\nWhat I felt: small");
  assert.equal(answerText({ what: "ask", sure: 7 }, VOCABULARY), "What: ask\nHow sure: 7 of 10");
  assert.equal(answerText([{ id: "critic", text: "You" }, { id: "me", text: "", aloud: true }], VOCABULARY, step), "The critic: You\nme: Said out loud");
});
