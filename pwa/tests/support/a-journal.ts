// A journal with one of everything, as a phone exports it.
import type { Everything } from "../../src/data/everything.ts";
import type { LocalRecord } from "../../src/data/types.ts";

export const NOON = Date.parse("2026-11-22T12:00:00Z");
export const ANNA = "01a0c000-0000-7000-8000-00000000000a";
const DAY = 86_400_000;

let made = 0;
export function id(): string {
  made += 1;
  return `01a0c001-0000-7000-8000-${made.toString(16).padStart(12, "0")}`;
}

type Kept = Everything["records"][number];
export function record(kind: string, body: object, more: Partial<LocalRecord> & { ago?: number } = {}): Kept {
  const { ago = 0, ...rest } = more;
  const at = NOON - ago * DAY;
  return {
    id: id(), kind, schema: 1, audience: "therapist", author: "client", rev: "e1.1", deleted: false, felt_at: at, zone: "Europe/Rome",
    day: new Date(at).toISOString().slice(0, 10), saved_at: at, body: body as Record<string, unknown>, conflict_of: null, state: "sent", reason: null, unsent: false, ...rest,
  };
}

export const whole = (records: Kept[]): Everything => ({ format: "midweek-export", version: 1, made_at: new Date(NOON).toISOString(), records, drafts: [] });

/** Check-ins with their private part, a run with ratings before and after, a stopped one, one left for another day, a scene, a card, a note, a plan. */
export function aJournal(): Everything {
  const shared = record("checkin", { when: "now", source: "own", seconds: 14, affect: { v: -0.5, a: 0.75 }, distress: 7, words: [{ id: "uneasy", strength: 3 }, { id: "fear" }], regions: ["heart"], sensations: ["lump"], contexts: ["home"], wish: "safe", bring: true });
  const run = record("run", {
    exercise: "five-stop-scan", version: 1, title: "Five stops", started_at: NOON - 400_000, ended_at: NOON, ended: "finished", seconds: 380,
    ratings: { before: 6, after: 4 }, answers: { eyes: "open", place: [{ id: "lump", region: "heart" }], how: { v: 0.25, a: -0.25 } },
  }, { ago: 1 });
  const mine = { audience: "me", rev: null, state: "only-here" } as const;
  return whole([
    shared,
    record("checkin", { note: "A note of my own, “quoted”, with\ntwo lines", own_words: ["wobbly"], part_of: shared.id }, mine),
    record("checkin", { when: "now", source: "reminder", affect: { v: 0.25, a: 0 }, distress: 3 }, { ago: 2 }),
    record("checkin", { when: "yesterday", source: "own", affect: { v: 1, a: -1 }, distress: 0 }, { ago: 3 }),
    run,
    record("run", { exercise: "five-stop-scan", version: 1, title: "Five stops", ended: "finished", part_of: run.id, answers: { noticed: "My shoulders" }, own_words: ["heavy"] }, { ...mine, ago: 1 }),
    record("run", { exercise: "calm-place", version: 2, title: "Calm place", started_at: NOON, ended_at: NOON, ended: "stopped", stopped_at_step: "arrive" }, { ago: 4 }),
    record("not-today", { exercise: "calm-place", title: "Calm place", reasons: ["tired"], text: "Too loud at home" }, { ago: 5 }),
    record("scene", { when: "At lunch", other: "a friend", felt: "left out", title: "The table" }, { ...mine, ago: 5 }),
    record("card", { text: "warm, steady", name: "A warm thing", from: "calm-place" }, { ...mine, ago: 5 }),
    record("note", { text: "=HYPERLINK(\"http://example.org\")" }, { ...mine, ago: 6 }),
    record("plan", { at: "18:30", days: [1, 3, 5], about: "checkin", on: true }, { audience: "service", felt_at: null, day: null }),
    record("mark", { what: "done", plan: id(), day: "2026-11-20", slot: 0 }, { audience: "service", felt_at: null }),
    record("assignment", { exercise: "calm-place", version: 2, title: "Calm place", by: "Teresa" }, { author: "therapist" }),
    record("hologram", { depth: 3 }, mine),
  ]);
}
