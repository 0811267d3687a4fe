// The kinds of steps that can be added, and what can be set in each. What is not here is changed in the two files. Pure.
import { isOffering } from "./forks.ts";
import type { FormStep, Part } from "./types.ts";

export type Field =
  | { kind: "number"; key: string; min: number; max: number; optional?: boolean }
  | { kind: "pick"; key: string; options: readonly string[]; optional?: boolean }
  | { kind: "switch"; key: string }
  | { kind: "list"; key: string; options: readonly string[]; max: number };

const PAUSE: Field = { kind: "number", key: "pause", min: 0, max: 120 };
const SHARE: Field = { kind: "pick", key: "share", options: ["private", "ask", "shared"], optional: true };
const most = (max: number): Field => ({ kind: "number", key: "max", min: 1, max });

const REGIONS = [
  "breath", "sound_near", "sound_far", "head", "forehead", "eyes", "face", "jaw", "throat", "neck", "shoulders", "chest", "heart",
  "upper_back", "lower_back", "belly", "stomach", "arms", "hands", "hips", "legs", "knees", "feet", "skin",
];

/** The parts of a small plan, in the order they are asked. */
const PLAN = ["what", "when", "where", "how_long", "expectation", "sure", "care_after"];

/** What can be set, by the type of a step. */
export const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  say: [PAUSE],
  settle: [PAUSE],
  attend: [{ kind: "pick", key: "region", options: REGIONS }, PAUSE],
  anchor: [
    { kind: "pick", key: "sense", options: ["see", "touch", "hear", "smell", "taste", "see+touch", "smell+taste"] },
    { kind: "number", key: "count", min: 1, max: 10, optional: true }, PAUSE,
  ],
  imagine: [PAUSE, { kind: "pick", key: "eyes", options: ["choice", "open"] }, { kind: "pick", key: "cue", options: ["soft_tone", "end_tone"], optional: true }],
  move: [PAUSE],
  pause: [PAUSE, { kind: "pick", key: "show", options: ["ring", "nothing"] }],
  breathe: [
    { kind: "number", key: "in", min: 0, max: 20 }, { kind: "number", key: "out", min: 1, max: 20 },
    { kind: "number", key: "hold_in", min: 0, max: 7, optional: true }, { kind: "number", key: "hold_out", min: 0, max: 7, optional: true },
    { kind: "number", key: "cycles", min: 1, max: 100 },
  ],
  choice: [{ kind: "switch", key: "multi" }, SHARE],
  rate: [
    { kind: "pick", key: "measure", options: ["D", "K", "S", "P", "C", "other"] },
    { kind: "pick", key: "rule", options: ["R2", "R3", "R4"], optional: true }, SHARE,
  ],
  affect: [SHARE],
  emotions: [most(10), { kind: "switch", key: "own_word" }, SHARE],
  body_map: [most(30), SHARE],
  sensations: [most(30), SHARE],
  text: [{ kind: "number", key: "max_chars", min: 1, max: 2000 }, SHARE],
  checklist: [{ kind: "switch", key: "all_required" }],
  support: [{ kind: "pick", key: "level", options: ["A", "B"] }],
  dialogue: [
    { kind: "number", key: "turns", min: 1, max: 3 }, { kind: "number", key: "max_chars", min: 40, max: 280, optional: true },
    { kind: "switch", key: "aloud" }, SHARE,
  ],
  plan: [{ kind: "list", key: "fields", options: PLAN, max: 4 }, SHARE],
};

const say = (more: Record<string, unknown>, slots: Record<string, string> = {}): [Record<string, unknown>, Part] => [more, { text: "", slots }];

/** A new step of each kind that can be added here. Its words are still to be written. */
const NEW: Readonly<Record<string, [Record<string, unknown>, Part]>> = {
  say: say({ pause: 4 }),
  pause: say({ pause: 20, show: "ring" }),
  anchor: say({ sense: "touch", pause: 10 }),
  attend: say({ region: "feet", pause: 12 }),
  imagine: say({ pause: 12, eyes: "choice" }),
  move: say({ posture: "movement", pause: 12 }, { alt: "" }),
  breathe: say({ in: 4, out: 6, cycles: 6 }),
  choice: say({ options: ["yes", "no", "unknown"] }, { yes: "Yes", no: "No", unknown: "I don't know yet" }),
  rate: say({ min: 0, max: 10, measure: "other" }, { low: "Not at all", high: "Very much" }),
  affect: say({}),
  emotions: say({ source: "all", max: 3, extra: ["unknown"] }, { unknown: "I don't know yet" }),
  body_map: say({ max: 3, extra: ["unknown"] }, { unknown: "I don't know yet" }),
  sensations: say({ max: 3, extra: ["unknown"] }, { unknown: "I don't know yet" }),
  text: say({ max_chars: 140 }, { helper: "No names needed." }),
  plan: say({ fields: ["what", "when"] }, { what: "What will you do?", when: "When, or after what?" }),
  dialogue: say({ voices: ["first", "second"], turns: 1, aloud: true }, { first: "The one voice", second: "The other voice", move: "Change seats, or lean the other way." }),
};

/** The kinds that can be added, in the order they are offered. */
export const KINDS = Object.keys(NEW);

/** A new step of a kind, under an id. */
export function fresh(type: string, id: string): { step: FormStep; part: Part } {
  const [more, part] = NEW[type] ?? say({});
  return { step: { id, type, seconds: 10, ...structuredClone(more) }, part: structuredClone(part) };
}

/** Whether nothing is read there: a fork that only decides, and the card whose words are the app's own. */
export function isSilent(step: FormStep): boolean {
  return step.type === "support" || (step.type === "branch" && !isOffering(step));
}

/** What every step has, what has fields of its own, and what nobody needs to change. */
const COMMON = new Set(["id", "type", "seconds", "skip", "key", "options", "items", "offer", "extra", "min", "max", "posture", "view", "voices", "third", "lengths", "show_if"]);
/** What a fork has. */
const FORK = new Set(["on", "cases", "otherwise", "offers_if", "offers"]);

/** Whether it can be said where a step goes on: a fork and the end say that in ways of their own. */
function leadsOn(step: FormStep): boolean {
  return step.type !== "branch" && step.type !== "close" && (step.type === "choice" || typeof step["next"] === "string");
}

/** What a step has beside its words that can't be set here, by name. */
export function beyond(step: FormStep): string[] {
  const known = new Set((FIELDS[step.type] ?? []).map(({ key }) => key));
  const forked = (key: string): boolean => (key === "next" && leadsOn(step)) || (step.type === "branch" && FORK.has(key));
  return Object.keys(step).filter((key) => !COMMON.has(key) && !known.has(key) && !forked(key) && step[key] !== "all");
}
