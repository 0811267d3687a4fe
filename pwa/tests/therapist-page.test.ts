// A client's page: its parts, what is found in what was shared, scenes counted, and a journal that is read again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type JournalPage, readAgain, readPages } from "../src/data/shared-journal.ts";
import type { WireRecord } from "../src/data/types.ts";
import type { Exercise, Library, Vocabulary } from "../src/exercise/types.ts";
import { pointsOf } from "../src/history/series.ts";
import { checkInsOf, practised, turnsOf } from "../src/history/tallies.ts";
import { formulation } from "../src/screens/therapist/formulation.ts";
import { addressOf, partIn } from "../src/screens/therapist/parts.ts";
import { setsOf } from "../src/screens/therapist/shared.ts";
import { daysSought, EVERYTHING, isEverything, isNarrow, type Sought, soughtBy } from "../src/screens/therapist/sought.ts";
import { exercisesIn, toldBetween, toldIn } from "../src/screens/therapist/told.ts";

const TODAY = "2026-11-28";
const PERIOD = { from: "2026-10-30", to: TODAY, length: 30 };

let made = 0;
function record(body: object | null, more: Partial<WireRecord> = {}): WireRecord {
  made += 1;
  const day = more.day ?? TODAY;
  return {
    id: `r${made}`, kind: "checkin", schema: 1, audience: "therapist", author: "client", rev: `e.${made}`, saved_at: 0,
    felt_at: Date.parse(`${day}T12:00:00Z`) - made, zone: "Europe/Rome", day, body: body as Record<string, unknown>, ...more,
  };
}

// --- The parts and their addresses

test("each part of the page has an address, and nothing else is one", () => {
  const base = "/clients/c";

  assert.deepEqual([undefined, "entries", "charts", "words", "body", "exercises", "scenes"].map((page) => partIn(page)),
    ["overview", "entries", "charts", "words", "body", "exercises", "scenes"]);
  assert.deepEqual([partIn("overview"), partIn("assign"), partIn("elsewhere")], [null, null, null]);
  assert.deepEqual([addressOf(base, "overview"), addressOf(base, "words")], [base, "/clients/c/words"]);
});

// --- Which records count

test("what was taken back, deleted, kept private or written by the therapist is in no list and no count", () => {
  const shared = record({ distress: 4 });
  const others = [
    record(null), record({ distress: 9 }, { deleted: true }), record({ distress: 9 }, { audience: "me" }), record({ distress: 9 }, { audience: "service" }),
    record({ distress: 9 }, { author: "therapist" }),
  ];
  const told = toldIn([shared, ...others]);

  assert.deepEqual([told.map(({ id }) => id), checkInsOf(told).length, pointsOf(told, "distress", PERIOD).map(({ value }) => value)], [[shared.id], 1, [4]]);
});

test("a second version that nobody has looked at is listed and not counted", () => {
  const told = toldIn([record({ distress: 4 }), record({ distress: 9 }, { conflict_of: "r0" })]);

  assert.deepEqual([told.length, checkInsOf(told).length], [2, 1]);
});

test("a chart is drawn from the kinds and the days that it names", () => {
  const told = toldIn([record({ distress: 1 }, { day: "2026-10-29" }), record({ distress: 2 }, { day: "2026-10-30" }), record({ text: "x" }, { kind: "note" })]);

  assert.deepEqual(toldBetween(told, ["checkin"], PERIOD).map(({ day }) => day), ["2026-10-30"]);
});

test("an exercise that only this client was sent is known by its own text", () => {
  const library = { exercises: [{ id: "open", title: "Open" }] } as unknown as Library;
  const set = record({ exercise: "guarded", title: "Guarded", snapshot: { id: "guarded", title: "Guarded, as sent" } }, { kind: "assignment", author: "therapist" });
  const exerciseOf = exercisesIn(library, setsOf([set]));

  assert.deepEqual(["open", "guarded", "neither"].map((id) => exerciseOf(id)?.title), ["Open", "Guarded, as sent", undefined]);
});

test("before and after are paired as on the phone, oldest first, with every pair kept", () => {
  const run = (day: string, before: number, after?: number) =>
    record({ exercise: "calm-place", ended: "finished", ratings: { distress_before: before, ...(after !== undefined && { distress_after: after }) } }, { kind: "run", day });
  const [done] = practised(toldIn([run("2026-11-20", 6, 7), run("2026-11-18", 5, 2), run("2026-11-19", 4)]));

  assert.deepEqual(done?.pairs.get("distress")?.map(({ before, after }) => [before, after]), [[5, 2], [6, 7]]);
});

// --- Looking for something

const vocabulary: Vocabulary = {
  families: [{ id: "fear", label: "Fear", definition: "", words: [{ id: "scared", label: "scared", v: 0, a: 0, definition: "" }] }],
  special: [], regions: [], sensations: [], wishes: [], contexts: { where: [], with: [], people: [] },
};
const hard = record({ distress: 7, words: [{ id: "scared" }], note: "Später im Café" }, { day: "2026-11-28" });
const easy = record({ distress: 6 }, { day: "2026-11-20" });
const unsaid = record({ words: [{ id: "fear" }] }, { day: "2026-11-10" });
const scene = record({ title: "The queue", distress: 9 }, { kind: "scene", day: "2026-08-01" });
const walk = record({ exercise: "slow-steps", answers: { how: "like rain" }, ended: "finished" }, { kind: "run", day: "2025-01-02" });
const TOLD = toldIn([hard, easy, unsaid, scene, walk]);

function found(part: Partial<Sought>, session: string | null = null): string[] {
  const sought = { ...EVERYTHING, ...part };
  const exercise = { id: "slow-steps", title: "Slow steps", steps: [] } as unknown as Exercise;
  const { fits, says } = soughtBy(sought, daysSought(sought, TODAY, session), vocabulary, () => exercise);
  return TOLD.filter(fits).filter(says).map(({ id }) => id);
}

test("every filter narrows down by itself, and all of them together", () => {
  assert.deepEqual(found({}), [hard, easy, unsaid, scene, walk].map(({ id }) => id));
  assert.deepEqual(found({ kind: "scene" }), [scene.id]);
  assert.deepEqual(found({ word: "fear" }), [hard.id, unsaid.id]);
  assert.deepEqual(found({ word: "scared", hard: true, kind: "checkin", span: "30" }), [hard.id]);
  assert.deepEqual(found({ word: "scared", kind: "run" }), []);
});

test("a hard moment is a check-in with 7 and more; where nothing was said nothing is inferred", () => {
  assert.deepEqual(found({ hard: true }), [hard.id]);
});

test("words are found without case and accents in notes, titles and answers", () => {
  assert.deepEqual([found({ text: "CAFE spater" }), found({ text: "queue" }), found({ text: "like rain" }), found({ text: "slow steps" }), found({ text: "cafe rain" })],
    [[hard.id], [scene.id], [walk.id], [walk.id], []]);
});

test("days count from both ends, whichever is written first, and an open end is open", () => {
  const between = (from: string, to: string) => found({ span: "own", from, to });

  assert.deepEqual([between("2026-11-10", "2026-11-20"), between("2026-11-20", "2026-11-10")], [[easy.id, unsaid.id], [easy.id, unsaid.id]]);
  assert.deepEqual([between("", "2026-08-01"), between("2026-11-28", "")], [[scene.id, walk.id], [hard.id]]);
});

test("the last 30 days end today, and what came since the last session begins on its day", () => {
  assert.deepEqual([found({ span: "30" }), found({ span: "session" }, "2026-11-20"), found({ span: "session" }).length], [[hard.id, easy.id, unsaid.id], [hard.id, easy.id], 5]);
});

test("blanks and days alone leave newer kinds in the list; everything is everything", () => {
  assert.deepEqual([isNarrow({ ...EVERYTHING, text: "  " }), isNarrow({ ...EVERYTHING, span: "30" }), isNarrow({ ...EVERYTHING, hard: true })], [false, false, true]);
  assert.deepEqual([isEverything(EVERYTHING), isEverything({ ...EVERYTHING, span: "30" })], [true, false]);
});

// --- Scenes counted

const told = (wish: string, expected: string, my_move: string, day = TODAY, more: Partial<WireRecord> = {}) => record({ wish, expected, my_move }, { kind: "scene", day, ...more });
const label = (wish: string) => (wish === "safe" ? "to be safe, not threatened" : wish);

test("scenes stand by wish, the most frequent first, each count with the scenes it is made of", () => {
  const scenes = [
    told("safe", "they shout", "froze", "2026-11-01"), told("To be heard", "they laugh", "Went quiet ", "2026-11-20"), told("to be heard", "they laugh", "went quiet", "2026-11-10"),
    told("to be heard", "they look away", "said it", "2026-11-05"), told("to be heard", "", "said it"), told("to be heard", "they laugh", "went quiet", TODAY, { conflict_of: "r0" }),
  ];
  const { wishes, n, days, few } = formulation(toldIn(scenes), label);

  assert.deepEqual(wishes.map(({ wish, n: of, cells }) => [wish, of, cells.map(({ expected, move, ids }) => [expected, move, [...ids]])]), [
    ["To be heard", 3, [["they laugh", "Went quiet", [scenes[1]?.id, scenes[2]?.id]], ["they look away", "said it", [scenes[3]?.id]]]],
    ["to be safe, not threatened", 1, [["they shout", "froze", [scenes[0]?.id]]]],
  ]);
  assert.deepEqual([n, days, few], [4, { from: "2026-11-01", to: "2026-11-20" }, null]);
  assert.equal(n, turnsOf(toldIn(scenes)).length);
});

test("S23: below three scenes nothing is said to come more than once, and without any there is no table", () => {
  const two = formulation(toldIn([told("a", "b", "c"), told("a", "b", "c")]), label);

  assert.deepEqual([two.few, two.wishes.length], [{ n: 2, needs: 3 }, 1]);
  assert.deepEqual(formulation(toldIn([told("a", "", "c")]), label), { wishes: [], n: 0, days: null, few: null });
});

// --- The journal, read again

function serverOf(journal: { records: WireRecord[]; seq: number; paused?: boolean }) {
  const asked: string[] = [];
  const read = (query: string): Promise<JournalPage> => {
    asked.push(query);
    const { limit, cursor } = Object.fromEntries(new URLSearchParams(query)) as { limit: string; cursor?: string };
    const after = Number(cursor?.split(".")[1] ?? 0);
    const rows = journal.records.filter(({ rev, author }) => Number(rev.split(".")[1]) > after && (journal.paused !== true || author === "therapist"));
    const more = rows.length > Number(limit);
    const page = rows.slice(0, Number(limit));
    return Promise.resolve({ records: page, more, cursor: more ? (page.at(-1)?.rev ?? "") : `e.${journal.seq}`, paused: journal.paused ?? false });
  };
  return { read, asked };
}
const numbered = (count: number) => Array.from({ length: count }, (_, at) => record({ distress: 1 }, { id: `n${at + 1}`, rev: `e.${at + 1}` }));

test("a journal that did not change is asked for once more in one short page, however long it is", async () => {
  const { read, asked } = serverOf({ records: numbered(1200), seq: 1200 });
  const known = await readPages(read);
  const pages = asked.length;

  assert.deepEqual([known.records.length, pages, await readAgain(read, known) === known, asked.slice(pages)], [1200, 3, true, ["limit=1&cursor=e.1200"]]);
});

test("what was taken back or paused since is gone when the journal is read again", async () => {
  const journal = { records: numbered(3), seq: 3, paused: false };
  const { read } = serverOf(journal);
  const known = await readPages(read);
  Object.assign(journal, { records: journal.records.filter(({ id }) => id !== "n2"), seq: 4 });
  const without = await readAgain(read, known);
  Object.assign(journal, { paused: true });
  const paused = await readAgain(read, without);

  assert.deepEqual([without.records.map(({ id }) => id), paused.records.length, paused.paused], [["n1", "n3"], 0, true]);
});

const WORDS = readFileSync(new URL("../src/words/en/therapist-journal.json", import.meta.url), "utf8");

test("no word of the page is a score, a rank, a share in per cent, a colour or a claim of effect", () => {
  assert.doesNotMatch(WORDS, /score|rank|%|percent|adheren|complian|\brisk|relapse|trend|improv|worse|better|progress|diagnos|predict|alert|pattern|\bred\b|\bgreen\b|[↑↓↗↘▲▼]/i);
});
