// What a therapist's pages decide: times as words, whose entry comes first, what became of an assignment, what is found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { saidIn } from "../src/screens/therapist/answers.ts";
import { byFamily, clientsNamed, exercisesFound } from "../src/screens/therapist/finding.ts";
import { affectInWords, labelsOf } from "../src/screens/therapist/labels.ts";
import { byMeasure, compared, dots, over, pairsOf, practised, singleRatings } from "../src/screens/therapist/practice.ts";
import { broughtOf, daysOf, type Entry, entriesOf, firstDays, setsOf, withRecord } from "../src/screens/therapist/shared.ts";
import { clock, dayAgo, dayTitle, minutesBetween, moment, shortDay, timeOfDay } from "../src/screens/therapist/times.ts";
import type { Assignable, Client, Week } from "../src/screens/therapist/types.ts";
import { own, tt } from "../src/screens/therapist/words.ts";
import type { Assignment, Run, WireRecord } from "../src/data/types.ts";
import type { Exercise, Vocabulary } from "../src/exercise/types.ts";

const EN = "en-GB";
const TODAY = "2026-11-22";
const NOON = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;

function record(part: Partial<WireRecord>): WireRecord {
  return { id: "r1", kind: "checkin", schema: 1, audience: "therapist", author: "client", rev: "e.1", saved_at: NOON, body: {}, ...part };
}
function run(body: Partial<Run>, id = "run1", at = NOON): Entry<Run> {
  return { id, kind: "run", at, day: TODAY, zone: "UTC", copy: false, body: { exercise: "calm-place", version: 1, ended: "finished", ...body } };
}
function assignable(part: Partial<Assignable>): Assignable {
  return {
    id: "calm-place", version: 1, title: "A place that's easy to be in", summary: "Build a place.", family: "imagery", functions: ["mastery"],
    intensity: "low", access: "self", minutes: 8, contraindications: ["DISS"], approved: true, assignable: true, why_not: null, ...part,
  };
}
const client = (name: string): Client => ({ id: name, name, created_at: 0, joined_at: null, active_at: null, push: "none" });

// --- Times

test("days near today are words, days long ago are weeks, months and years", () => {
  const said = [TODAY, "2026-11-21", "2026-11-12", "2026-11-01", "2026-08-22", "2023-11-22"].map((day) => dayAgo(day, TODAY, EN));

  assert.deepEqual(said, ["today", "yesterday", "10 days ago", "3 weeks ago", "3 months ago", "3 years ago"]);
});

test("a day ahead of this clock counts as today", () => {
  assert.equal(dayAgo("2026-11-23", TODAY, EN), "today");
});

test("a day's title names today and yesterday, and the year only when it is another", () => {
  const titles = [TODAY, "2026-11-21", "2026-11-02", "2025-12-31"].map((day) => dayTitle(day, TODAY, EN));

  assert.deepEqual(titles.slice(0, 3), ["Today, Sunday 22 November", "Yesterday, Saturday 21 November", "Monday 2 November"]);
  assert.match(titles[3] ?? "", /31 December 2025$/);
});

test("times follow the browser's language", () => {
  assert.equal(dayTitle("2026-11-21", TODAY, "it"), "Ieri, sabato 21 novembre");
});

test("an hour is the one lived where the client was", () => {
  assert.equal(timeOfDay(NOON, "Asia/Tokyo", EN), "21:00");
});

test("a zone this browser doesn't know does no harm", () => {
  assert.match(timeOfDay(NOON, "Mars/Olympus", EN), /^\d\d:00$/);
});

test("a moment today is its time, another day comes with its date", () => {
  assert.deepEqual([moment(NOON, NOON, "UTC", EN), moment(NOON + 48 * HOUR, NOON, "UTC", EN)], ["12:00", "24 Nov, 12:00"]);
});

test("the clock of a code counts down and stops at nothing", () => {
  assert.deepEqual([clock(900_000, 0), clock(61_000, 0), clock(59_001, 0), clock(0, 5_000)], ["15:00", "1:01", "1:00", "0:00"]);
});

test("how long something took is at least a minute, and unknown when the clock jumped", () => {
  assert.deepEqual([minutesBetween(0, 20_000), minutesBetween(0, 7 * 60_000), minutesBetween(5, 0), minutesBetween(undefined, 1)], [1, 7, null, null]);
});

test("a short day carries its year when it is another", () => {
  assert.deepEqual([shortDay("2026-11-02", TODAY, EN), shortDay("2025-11-02", TODAY, EN)], ["2 Nov", "2 Nov 2025"]);
});

// --- The shared journal

test("entries come newest first by when they were felt, not by when they arrived", () => {
  const records = [record({ id: "late", felt_at: NOON - HOUR, saved_at: NOON + HOUR }), record({ id: "now", felt_at: NOON, saved_at: NOON })];

  assert.deepEqual(entriesOf(records, "UTC").map(({ id }) => id), ["now", "late"]);
});

test("marks, plans, deleted and emptied records, and what the therapist wrote are no entries", () => {
  const records = [
    record({ id: "a", kind: "mark" }), record({ id: "b", kind: "plan" }), record({ id: "c", deleted: true }), record({ id: "d", body: null }),
    record({ id: "e", kind: "message", author: "therapist" }), record({ id: "f", kind: "note", body: { text: "x" } }),
  ];

  assert.deepEqual(entriesOf(records, "UTC").map(({ id }) => id), ["f"]);
});

test("an entry of a newer kind is kept", () => {
  assert.equal(entriesOf([record({ kind: "dream" })], "UTC").length, 1);
});

test("an entry stays on the day it was lived, whatever the reader's zone", () => {
  const [entry] = entriesOf([record({ felt_at: NOON, day: "2026-11-23", zone: "Pacific/Auckland" })], "America/Lima");

  assert.equal(entry?.day, "2026-11-23");
});

test("the second of two versions says that it is one", () => {
  assert.equal(entriesOf([record({ conflict_of: "r0" })], "UTC")[0]?.copy, true);
});

test("days without entries are not there", () => {
  const days = daysOf(entriesOf([record({ id: "a", day: "2026-11-22" }), record({ id: "b", day: "2026-11-10" })], "UTC"));

  assert.deepEqual(days.map(({ day }) => day), ["2026-11-22", "2026-11-10"]);
});

test("whole days are shown until there is enough to read", () => {
  const days = daysOf(entriesOf(["a", "b", "c", "d"].map((id, at) => record({ id, day: `2026-11-${20 - Math.floor(at / 2)}`, felt_at: NOON - at })), "UTC"));

  const first = firstDays(days, 1);

  assert.deepEqual([first.days.map(({ entries }) => entries.length), first.more, firstDays(days, 99).more], [[2], true, false]);
});

test("what the client brings is found among all entries", () => {
  const entries = entriesOf([record({ id: "a", body: { bring: true } }), record({ id: "b", body: { bring: false } })], "UTC");

  assert.deepEqual(broughtOf(entries).map(({ id }) => id), ["a"]);
});

test("a record put back takes the place of its earlier state", () => {
  const set = (rev: string) => record({ id: "s", kind: "assignment", author: "therapist", rev, body: { title: "Calm place" } });

  assert.deepEqual(setsOf(withRecord([set("e.1")], set("e.2"))).map(({ rev }) => rev), ["e.2"]);
});

// --- Assignments and their runs

const calm: Assignment = { exercise: "calm-place", version: 1, title: "A place", by: "Teresa" };

test("an assignment is over when it was ended, its last day is past, or it ran out", () => {
  const why = [
    over(calm, TODAY), over({ ...calm, until: TODAY }, TODAY), over({ ...calm, ended_at: 1 }, TODAY),
    over({ ...calm, until: "2026-11-21" }, TODAY), over({ ...calm, expires_on: "2026-11-21" }, TODAY),
  ];

  assert.deepEqual(why, [null, null, "ended", "past", "expired"]);
});

test("only what names the assignment is counted, whatever came of it", () => {
  const set = { id: "s1", rev: "e.1", at: 0, body: calm };
  const runs = [run({ assignment: "s1" }), run({ assignment: "s1", ended: "stopped" }), run({ assignment: "s1", ended: "left" }), run({}), run({ assignment: "s2" })];

  const later = ["s1", "s1", "s2"].map((assignment, n) => ({ ...run({}), id: `n${n}`, body: { exercise: "calm-place", assignment } }));

  const { begun, finished, stopped, left } = practised(set, runs, undefined, later);

  assert.deepEqual([begun, finished, stopped, left], [3, 1, 1, 2]);
});

test("before and after are paired by the exercise's own questions", () => {
  const exercise = { measures: [{ code: "S", before: "sure_before", after: "sure_after" }] } as Exercise;
  const ratings = { sure_before: 8, sure_after: 5, distress_before: 3 };

  assert.deepEqual(pairsOf(run({ ratings }), exercise.measures), [{ measure: "S", before: 8, after: 5, at: NOON, day: TODAY }]);
});

test("a text that is gone leaves pairs by name, and single ratings alone", () => {
  const one = run({ ratings: { distress_before: 6, distress_after: 4, agency_after: 7 } });

  assert.deepEqual([pairsOf(one, []).map(({ measure }) => measure), singleRatings(one, [])], [["D"], [["agency_after", 7]]]);
});

test("half a pair is no pair, and is shown by itself", () => {
  const one = run({ ratings: { distress_before: 6 } });

  assert.deepEqual([pairsOf(one, []), singleRatings(one, [])], [[], [["distress_before", 6]]]);
});

test("a change of one is about the same", () => {
  const pairs = [[5, 5], [5, 4], [5, 6], [5, 3], [5, 7]].map(([before = 0, after = 0]) => ({ measure: "D" as const, before, after, at: 0, day: TODAY }));

  assert.deepEqual(compared(pairs), { lower: 1, same: 3, higher: 1 });
});

test("the dots show both ends of the scale, and one sign where nothing moved", () => {
  assert.deepEqual([dots({ before: 0, after: 10 }), dots({ before: 6, after: 6 })], ["○·········●", "······◉····"]);
});

test("different questions are never mixed", () => {
  const pairs = pairsOf(run({ ratings: { distress_before: 6, distress_after: 4, clarity_before: 1, clarity_after: 5 } }), []);

  assert.deepEqual(byMeasure(pairs).map(([code, same]) => [code, same.length]), [["D", 1], ["K", 1]]);
});

// --- Words and answers

const vocabulary: Vocabulary = {
  families: [{ id: "sadness", label: "sad", definition: "", words: [{ id: "let_down", label: "let down", v: -0.5, a: -0.2, definition: "" }] }],
  special: [{ id: "unknown", label: "I don't know yet" }],
  regions: [{ id: "heart", label: "heart area" }], sensations: [{ id: "lump", label: "a lump" }], wishes: [{ id: "safe", label: "to be safe" }],
  contexts: { where: [{ id: "home", label: "home" }], with: [], people: [{ id: "row", label: "a row" }] },
};

test("ids become the words the client saw, and unknown ones stay readable", () => {
  const labels = labelsOf(vocabulary);

  assert.deepEqual(
    [labels.word("let_down"), labels.word("sadness"), labels.word("unknown"), labels.region("heart"), labels.context("row"), labels.word("brand_new-word")],
    ["let down", "sad", "I don't know yet", "heart area", "a row", "brand new word"],
  );
});

test("a place on the square is said in words, never in numbers", () => {
  assert.equal(affectInWords({ v: -0.5, a: 0.9 }), "somewhat unpleasant, as much energy as can be");
});

test("shared answers are shown with the question, whatever their shape", () => {
  const exercise = {
    steps: [
      { id: "kind", type: "choice", text: "Which one?", words: { soft: "A soft one" } },
      { id: "note", type: "text", text: "Write a line.\n\nNo names needed.", words: {} },
      { id: "feel", type: "emotions", text: "A word?", words: {}, key: "words" },
      { id: "where", type: "sensations", text: "What is it like?", words: {} },
      { id: "dot", type: "affect", text: "Where are you?", words: {} },
    ],
  } as unknown as Exercise;
  const answers = {
    kind: "soft", note: "he_said no", words: [{ id: "let_down", strength: 3 }, { id: "unknown" }],
    where: [{ id: "lump", region: "heart" }], dot: { v: 0, a: 0 }, gone: ["home", "row"], nothing: [], empty: null,
  };

  const said = saidIn(run({ answers: answers as unknown as NonNullable<Run["answers"]> }).body, exercise, labelsOf(vocabulary));

  assert.deepEqual(said.map(({ question, answer }) => [question, answer]), [
    ["Which one?", "A soft one"],
    ["Write a line.", "he_said no"],
    ["A word?", "let down (3 of 5), I don't know yet"],
    ["What is it like?", "heart area: a lump"],
    ["Where are you?", "neither pleasant nor unpleasant, medium energy"],
    ["gone", "home, a row"],
  ]);
});

test("a name that turns letters around is kept apart from the sentence", () => {
  assert.equal(tt("therapist.assign.title", { name: own("\u202eannA") }), "Assign to \u2068\u202eannA\u2069");
});

// --- Finding

test("a name is found without case and accents, in the order of the alphabet", () => {
  const found = clientsNamed([client("Zoë K."), client("Anna B."), client("zoe A.")], " zoe ");

  assert.deepEqual(found.map(({ name }) => name), ["zoe A.", "Zoë K."]);
});

test("whoever is met next comes first, and who has no date last", () => {
  const people = [client("Anna B."), client("Bruno C."), client("Clara D.")].map((one) => ({ ...one, id: one.name }));
  const week = (name: string, day: string): [string, Week] => [name, { client: name, next: { day, at: "10:00" }, news: 0, days: [], paused: false, frozen: false, choice: "all" }];

  const found = clientsNamed(people, "", new Map([week("Clara D.", "2026-09-22"), week("Bruno C.", "2026-09-23")]));

  assert.deepEqual(found.map(({ name }) => name), ["Clara D.", "Bruno C.", "Anna B."]);
});

test("an exercise is found by title, function, intensity and family, all typed words together", () => {
  const all = [assignable({}), assignable({ id: "b", title: "Three guesses", summary: "", family: "mentalizing", functions: ["decentration"], intensity: "medium" })];
  const ids = (typed: string) => exercisesFound(all, typed).map(({ id }) => id);

  assert.deepEqual([ids("place MASTERY"), ids("mentalizing medium"), ids("mastery medium"), ids("")], [["calm-place"], ["b"], [], ["calm-place", "b"]]);
});

test("exercises of one family stand together", () => {
  const all = [assignable({ id: "a" }), assignable({ id: "b", family: "mastery" }), assignable({ id: "c" })];

  assert.deepEqual(byFamily(all).map(([family, some]) => [family, some.map(({ id }) => id)]), [["imagery", ["a", "c"]], ["mastery", ["b"]]]);
});
