// Looking back: months, what is counted, what is found, and what stays the same object.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { LocalRecord } from "../src/data/types.ts";
import type { Vocabulary } from "../src/exercise/types.ts";
import { byDay, entriesOf } from "../src/history/entries.ts";
import { ANYTHING, asks, finder, type Wanted } from "../src/history/finding.ts";
import { daysOfMonth, isDay, isMonth, weeksOf } from "../src/history/month.ts";
import { partsOf, periodUntil } from "../src/history/series.ts";
import { oneStep, steady } from "../src/history/steady.ts";
import { checkInsOf, feltOf, picksOf, placesOf, practised, turnsOf, wordsOf } from "../src/history/tallies.ts";

let made = 0;
function record(body: object, more: Partial<LocalRecord> = {}): LocalRecord {
  made += 1;
  const day = more.day ?? "2026-11-22";
  return {
    id: `r${made}`, kind: "checkin", schema: 1, audience: "therapist", author: "client", rev: "1.1", deleted: false,
    felt_at: Date.parse(`${day}T12:00:00Z`) + made, zone: "Europe/Rome", day, saved_at: 0, body: body as Record<string, unknown>,
    conflict_of: null, state: "sent", reason: null, ...more,
  };
}
const word = (id: string, label = id) => ({ id, label, v: 0, a: 0, definition: "" });
const VOCABULARY: Vocabulary = {
  families: [{ id: "fear", label: "Fear", definition: "", words: [word("scared"), word("on_edge", "on edge")] }],
  special: [{ id: "unknown", label: "I don't know yet" }],
  regions: [{ id: "heart", label: "heart area" }], sensations: [], wishes: [], contexts: { where: [], with: [], people: [] },
};
const days = (...records: LocalRecord[]) => byDay(entriesOf(records));

test("a month has its first and last day, also in a leap year and at the end of one", () => {
  assert.deepEqual(["2024-02", "2026-02", "2026-12"].map((month) => daysOfMonth(month).to), ["2024-02-29", "2026-02-28", "2026-12-31"]);
});

test("an address is a month or a day only if there is one", () => {
  assert.deepEqual(["2026-11", "2026-13", "lines", "0197a000-0000-7000-8000-0000000000ab"].map(isMonth), [true, false, false, false]);
  assert.deepEqual(["2026-11-22", "2026-02-30", "2026-11"].map(isDay), [true, false, false]);
});

test("a week without entries is not drawn, and a day without entries is no cell", () => {
  const weeks = weeksOf(days(record({}, { day: "2026-11-02" }), record({}, { day: "2026-11-08" }), record({}, { day: "2026-11-23" })));

  assert.deepEqual(weeks.map(({ monday, cells }) => [monday, cells.map(({ day, column }) => [day, column])]),
    [["2026-11-02", [["2026-11-02", 1], ["2026-11-08", 7]]], ["2026-11-23", [["2026-11-23", 1]]]]);
});

test("a day's mark stands for the numbers that were given on it, and is a ring where there are none", () => {
  const cells = weeksOf(days(record({ distress: 0 }, { day: "2026-11-02" }), record({ distress: 10 }, { day: "2026-11-03" }),
    record({ words: [] }, { day: "2026-11-04" }), record({ distress: 3 }, { day: "2026-11-05" }), record({ distress: 6 }, { day: "2026-11-05" })))
    .flatMap(({ cells: of }) => of);

  assert.deepEqual(cells.map(({ n, hard, heat }) => [n, hard, heat]), [[1, [0], 0], [1, [10], 4], [1, [], null], [2, [3, 6], 2]]);
});

test("a copy that nobody has looked at gives no mark and is counted nowhere", () => {
  const copy = record({ distress: 9, words: [{ id: "scared" }], regions: ["heart"] }, { conflict_of: "r0" });

  assert.deepEqual([weeksOf(days(copy))[0]?.cells[0]?.heat, checkInsOf(entriesOf([copy])).length], [null, 0]);
});

test("days read again stay the same objects where nothing changed", () => {
  const [one, other, third] = [record({}, { day: "2026-11-01" }), record({}, { day: "2026-11-02" }), record({}, { day: "2026-11-02" })];
  const before = days(one, other, third);

  assert.equal(steady(days(one, other, third), before), before);
  const after = steady(days(one, { ...other, state: "waiting" }, third), before);
  assert.deepEqual([after[0] === before[0], after[1] === before[1]], [false, true]);
  assert.deepEqual(after[0]?.entries.map((entry) => before[0]?.entries.includes(entry)), [true, false]);
  assert.deepEqual(steady(days(one), before).length, 1);
});

test("days are drawn and brought up to date one a step, and what is gone goes at once", () => {
  const [one, other, third] = days(record({}, { day: "2026-11-03" }), record({}, { day: "2026-11-02" }), record({}, { day: "2026-11-01" }));
  const all = [one!, other!, third!];
  const again = all.map((day) => ({ ...day }));

  assert.deepEqual(oneStep([], all), [one]);
  assert.deepEqual(oneStep([one!, third!], [one!, other!]), [one, other]);
  assert.equal(oneStep(all, all), all);
  let drawn: readonly (typeof all)[number][] = all;
  const steps = [1, 2, 3, 4].map(() => (drawn = oneStep(drawn, again)).filter((day) => again.includes(day)).length);
  assert.deepEqual(steps, [1, 2, 3, 3]);
});

test("words, families, own words and special answers are counted apart, by how they came", () => {
  const shared = record({ words: [{ id: "scared" }, { id: "fear" }], source: "reminder" });
  const kept = record({ own_words: ["grey"], part_of: shared.id }, { audience: "me" });
  const checkIns = checkInsOf(entriesOf([shared, kept, record({ words: [{ id: "unknown" }] }), record({ words: [{ id: "scared" }] })]));
  const { families, words, own, special } = wordsOf(checkIns, VOCABULARY);

  assert.deepEqual([families, words, own, special].map((counts) => [...counts]),
    [[["fear", { own: 0, reminder: 1 }]], [["scared", { own: 1, reminder: 1 }]], [["grey", { own: 0, reminder: 1 }]], [["unknown", { own: 1, reminder: 0 }]]]);
  assert.deepEqual(picksOf(checkIns, VOCABULARY).sort(), ["grey", "scared", "scared"]);
  assert.deepEqual(feltOf(checkIns, VOCABULARY).map((one) => one.words).filter((picked) => picked.length === 0).length, 1);
});

test("a place counts once in an entry", () => {
  const checkIns = checkInsOf(entriesOf([record({ regions: ["heart", "heart"] }), record({ regions: ["heart"], source: "reminder" })]));

  assert.deepEqual([...placesOf(checkIns)], [["heart", { own: 1, reminder: 1 }]]);
});

test("before and after are paired within a run, oldest first, also where one side stays on this phone", () => {
  const run = (ratings: object, more: Partial<LocalRecord> = {}) => record({ exercise: "feet", title: "Feet", ended: "finished", ratings }, { kind: "run", ...more });
  const first = run({ hard_before: 7 }, { day: "2026-11-01" });
  const kept = record({ exercise: "feet", ratings: { hard_after: 5 }, part_of: first.id }, { kind: "run", audience: "me", day: "2026-11-01" });
  const [done] = practised(entriesOf([run({ hard_before: 4, hard_after: 4 }, { day: "2026-11-02" }), first, kept, run({ hard_before: 4 }, { day: "2026-11-03" })]));

  assert.deepEqual(done?.pairs.get("hard")?.map(({ day, before, after }) => [day, before, after]), [["2026-11-01", 7, 5], ["2026-11-02", 4, 4]]);
  assert.equal(done?.endings.length, 3);
});

test("scenes are counted when they name wish, answer and move, whatever their capitals", () => {
  const scene = (wish: string, my_move = "Froze") => record({ wish, expected: "left", my_move }, { kind: "scene" });

  assert.deepEqual(turnsOf(entriesOf([scene("To be heard"), scene("to be heard "), scene("", "x")])),
    Array.from({ length: 2 }, () => ({ wish: "to be heard", expected: "left", move: "froze" })));
});

test("of a scene that was changed on two devices only one text is counted", () => {
  const said = { wish: "to be heard", expected: "left", my_move: "froze" };

  assert.equal(turnsOf(entriesOf([record(said, { kind: "scene" }), record(said, { kind: "scene", conflict_of: "r0" })])).length, 1);
});

test("S23: no word of a chart speaks to one of the two who read it", () => {
  assert.doesNotMatch(readFileSync(new URL("../src/words/en/charts.json", import.meta.url), "utf8"), /\b(you|your|yourself|my|me|they|their|client)\b/i);
});

test("only whole parts of a period stand beside one another, and the last ends today", () => {
  assert.deepEqual(partsOf(periodUntil("2026-11-28", 30)).map(({ from }) => from), ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"]);
  assert.deepEqual([90, 365].map((length) => partsOf(periodUntil("2026-11-28", length)).length), [3, 12]);
});

const shared = record({ words: [{ id: "on_edge" }], regions: ["heart"] });
const kept = record({ note: "Später im Café", own_words: ["grey fog"], part_of: shared.id }, { audience: "me" });
const scene = record({ title: "The queue", felt: "small" }, { kind: "scene" });
const ALL = entriesOf([shared, kept, scene, record({ text: "A bench" }, { kind: "card" }), record({ text: "naïve" }, { kind: "note" })]);
const found = (wanted: Partial<Wanted>) => ALL.filter(finder({ ...ANYTHING, ...wanted }, VOCABULARY, () => null)).map(({ kind }) => kind);

for (const [typed, kinds] of [
  ["spater cafe", ["checkin"]], ["SPÄTER", ["checkin"]], ["GREY", ["checkin"]], ["on edge", ["checkin"]], ["small queue", ["scene"]],
  ["bench", ["card"]], ["naive", ["note"]], ["nai\u0308ve", ["note"]], ["cafe bench", []],
] as const) {
  test(`"${typed}" finds ${kinds.join(", ") || "nothing"}`, () => assert.deepEqual(found({ text: typed }), kinds));
}

test("filters narrow down by kind, by family or word, and by notes", () => {
  assert.deepEqual([found({ kind: "card" }), found({ word: "fear" }), found({ word: "scared" }), found({ notes: true }).sort()],
    [["card"], ["checkin"], [], ["checkin", "note"]]);
  assert.deepEqual([asks(ANYTHING), asks({ ...ANYTHING, text: " " }), asks({ ...ANYTHING, days: 30 })], [false, false, true]);
});

const WORDS = ["looking-back", "charts"].map((name) => readFileSync(new URL(`../src/words/en/${name}.json`, import.meta.url), "utf8")).join("\n");

test("S22: no word of looking back is a score, a level, a trend or a prediction", () => {
  assert.doesNotMatch(WORDS, /score|\brisk|relapse|\bsafer?\b|trend|improv|worse|better|progress|diagnos|predict|[↑↓↗↘▲▼]/i);
});

test("S31: no word of looking back compares with others, counts days kept up or gives a percentage", () => {
  assert.doesNotMatch(WORDS, /%|percent|average (person|user)|other people|others like|streak|missed|in a row|goal|well done|great/i);
});
