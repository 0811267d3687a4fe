import assert from "node:assert/strict";
import { test } from "node:test";
import type { LocalRecord } from "../src/data/types.ts";
import { answerText } from "../src/history/answers.ts";
import { picksOf, type Said, wordsOf } from "../src/history/tallies.ts";
import { wordsFor } from "../src/exercise/sources.ts";
import type { Emotions, Exercise } from "../src/exercise/types.ts";
import { tablesOf } from "../src/leaving/columns.ts";
import { materialOf } from "../src/leaving/material.ts";
import { reportOf } from "../src/leaving/report.ts";
import { meetingOf, notesIn } from "../src/pair/notes.ts";
import { nextAfter, type Sessions } from "../src/pair/session-dates.ts";
import { hiddenIn, withNames, withShared, wordsIn } from "../src/pair/shared-words.ts";
import { isOut, togetherIn } from "../src/safety/together.ts";
import { pickLabel, search } from "../src/ui/inputs/emotion-words.ts";
import type { Meant } from "../src/ui/inputs/types.ts";
import { library } from "./exercise-kit.ts";

const ROME = "Europe/Rome";
const HOUR = 3_600_000;
/** Monday 21 September 2026, 12:00 in Rome. */
const NOON = 1_789_984_800_000;
const DAY = 24 * HOUR;
const THURSDAYS: Sessions = { weekly: { weekday: 4, at: "16:30", since: "2026-09-03" }, single: [], off: [] };
const NONE: Sessions = { weekly: null, single: [], off: [] };

const record = (id: string, more: Partial<LocalRecord>): LocalRecord => ({
  id, kind: "message", schema: 1, audience: "therapist", author: "therapist", rev: `e.${id.length}`, deleted: false, felt_at: NOON, zone: null, day: null,
  saved_at: NOON, body: { text: id, by: "Teresa Rossi" }, conflict_of: null, state: "sent", reason: null, ...more,
});
const word = (id: string, more: object = {}, rest: Partial<LocalRecord> = {}): LocalRecord =>
  record(id, { kind: "word", body: { word: id, meaning: `What ${id} means`, by: "Teresa Rossi", ...more }, ...rest });
const hide = (...hidden: string[]): LocalRecord => record("h", { kind: "preference", author: "client", body: { name: "words", hidden } });

test("the first session after an instant may be on the same day, when it is still to come", () => {
  const thursday = NOON + 3 * DAY;
  assert.deepEqual(nextAfter(THURSDAYS, thursday, ROME), { day: "2026-09-24", at: "16:30" });
  assert.deepEqual(nextAfter(THURSDAYS, thursday + 5 * HOUR, ROME), { day: "2026-10-01", at: "16:30" });
  assert.equal(nextAfter(NONE, NOON, ROME), null);
});

test("a note holds through the day of the session it is for, and is found among the earlier ones after", () => {
  const note = record("note", {});
  const at = (now: number) => notesIn([note], THURSDAYS, now, ROME).theirs;

  assert.equal(at(NOON + 3 * DAY + 11 * HOUR).now?.text, "note");
  assert.deepEqual([at(NOON + 4 * DAY).now, at(NOON + 4 * DAY).earlier.map(({ text }) => text)], [null, ["note"]]);
});

test("one written in the session itself is for the next one", () => {
  const inSession = record("note", { felt_at: NOON + 3 * DAY + 5 * HOUR });

  assert.equal(meetingOf({ at: NOON + 3 * DAY + 5 * HOUR }, THURSDAYS, ROME)?.day, "2026-10-01");
  assert.equal(notesIn([inSession], THURSDAYS, NOON + 4 * DAY, ROME).theirs.now?.text, "note");
});

test("a session that is moved moves what is for it", () => {
  const moved: Sessions = { ...THURSDAYS, off: ["2026-09-24"], single: [{ day: "2026-09-28", at: "10:00" }] };

  assert.equal(notesIn([record("note", {})], moved, NOON + 5 * DAY, ROME).theirs.now?.text, "note");
});

test("without a date a note stays until another takes its place", () => {
  const all = [record("old", { felt_at: NOON - 60 * DAY }), record("new", { felt_at: NOON - 50 * DAY })];
  const { theirs } = notesIn(all, NONE, NOON, ROME);

  assert.deepEqual([theirs.now?.text, theirs.earlier.map(({ text }) => text)], ["new", ["old"]]);
});

test("each side has its own; what says nothing or was deleted is no note", () => {
  const all = [
    record("hers", { author: "client" }), record("gone", { deleted: true }), record("empty", { body: { text: " " } }), record("no body", { body: null }),
    record("other", { kind: "note" }),
  ];
  const { theirs, mine } = notesIn(all, NONE, NOON, ROME);

  assert.deepEqual([theirs, mine.now?.text, mine.earlier], [{ now: null, earlier: [] }, "hers", []]);
});

test("words are those that a therapist added, by the alphabet", () => {
  const all = [word("storm"), word("knot", { ended_at: 1 }), word("mine", {}, { author: "client" }), word("gone", {}, { deleted: true }), word("bare", { word: "" })];

  assert.deepEqual(wordsIn(all).map(({ word: said, ended }) => [said, ended]), [["knot", true], ["storm", false]]);
});

test("the vocabulary holds them in a place of their own; ended and hidden ones can't be picked and keep their name", () => {
  const shared = withShared(library.vocabulary, [word("storm"), word("knot", { ended_at: 1 }), word("fog"), hide("fog")]).shared;

  assert.deepEqual(shared?.words.map(({ id, off }) => [id, off]), [["fog", true], ["knot", true], ["storm", false]]);
  assert.equal(withShared(library.vocabulary, []), library.vocabulary);
  assert.equal(withShared(null, [word("storm")]), null);
  assert.deepEqual(hiddenIn([record("s", { kind: "preference", body: { name: "sharing", hidden: ["x"] } })]), []);
});

test("a shared word is found by what it means, and read by its name wherever it was picked", () => {
  const vocabulary = withShared(library.vocabulary, [word("storm", { word: "Storm", meaning: "Everything at once" })]);
  const found = search<Meant>([{ words: vocabulary.shared?.words ?? [] }, ...vocabulary.families], "everything at");

  assert.deepEqual(found.map(({ id }) => id), ["storm"]);
  assert.equal(pickLabel({ id: "storm" }, vocabulary, []), "Storm");
  assert.equal(answerText([{ id: "storm", strength: 3 }], vocabulary).startsWith("Storm"), true);
  assert.equal(answerText([{ id: "storm" }], withNames(library.vocabulary, { storm: "Storm" })), "Storm");
});

test("it is counted as any word, and as no family's", () => {
  const said = { body: { words: [{ id: "storm" }, { id: "anger" }, { id: "unknown" }] }, own_words: [] } as unknown as Said;
  const vocabulary = withShared(library.vocabulary, [word("storm")]);

  assert.deepEqual(picksOf([said], vocabulary), ["storm"]);
  assert.deepEqual([...wordsOf([said], vocabulary).words.keys()], ["storm"]);
});

test("an exercise that goes on with the words picked before goes on with a shared one", () => {
  const steps = [
    { id: "first", type: "emotions", text: "", words: {}, seconds: 0, source: "all", max: 3, key: "word" },
    { id: "then", type: "emotions", text: "", words: {}, seconds: 0, source: { picked: "word" }, max: 1 },
  ] as unknown as Emotions[];
  const exercise = { steps } as unknown as Exercise;
  const state = { path: ["first", "then"], answers: { first: [{ id: "storm" }, { id: "sad" }] } };
  const offer = wordsFor(exercise, state as never, steps[1] as Emotions, withShared(library.vocabulary, [word("storm")]));

  assert.deepEqual(offer, { all: false, words: ["storm", "sad"], own: [] });
});

test("what was written together is out of the plan as it was then, and in it again when it is written anew", () => {
  const part = (rev: string) => record("part", { kind: "safety-part", rev, body: { around: "To my sister.", by: "Teresa Rossi" } });
  const out = record("o", { kind: "preference", author: "client", body: { name: "safety-part-out", out: "e.5" } });
  const [then, anew] = [togetherIn([part("e.5")]), togetherIn([part("e.9")])];

  assert.equal(then?.around, "To my sister.");
  assert.deepEqual([then, anew].map((one) => one !== null && isOut(one, [out])), [true, false]);
  assert.equal(togetherIn([record("plan", { kind: "safety-plan", author: "client", body: { around: "x" } })]), null);
});

test("a copy says what a shared word is called, and holds the notes and the part written together", () => {
  const records = [
    word("0197a000-0000-7000-8000-0000000000aa", { word: "Storm" }), record("note", { body: { text: "Small steps.", by: "Teresa Rossi" } }),
    record("part", { kind: "safety-part", body: { around: "To my sister.", by: "Teresa Rossi" } }),
    record("c", { kind: "checkin", author: "client", day: "2026-09-21", zone: ROME, body: { words: [{ id: "0197a000-0000-7000-8000-0000000000aa" }] } }),
  ].map((one) => ({ ...one, unsent: false }));
  const everything = { format: "midweek-export", version: 1, made_at: "2026-09-21T10:00:00Z", records } as const;
  const material = materialOf(everything as unknown as Parameters<typeof materialOf>[0], "p", library as unknown as Parameters<typeof materialOf>[2]);
  const report = [...reportOf(material)].join("");
  const names = [...tablesOf(material).find(({ file }) => file === "vocabulary.csv")?.rows ?? []].flat();

  assert.ok(names.includes("Storm"));
  for (const said of ["Check-in: Storm", "Small steps.", "To my sister."]) assert.ok(report.includes(said), said);
});
