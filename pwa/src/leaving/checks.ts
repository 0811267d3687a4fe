// Whether what a file says can be kept as a record: the screens rely on these shapes. Fields of newer apps pass. Pure.
import type { Coming } from "../data/bring-in.ts";
import type { Role } from "../data/types.ts";

/** A record as a file brings it. */
export interface Brought extends Coming {
  author: Role;
}

type Fields = Record<string, unknown>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isWhole: Check = (value) => Number.isInteger(value);
const within = (low: number, high: number): Check => (value) => isNumber(value) && (value as number) >= low && (value as number) <= high;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);
const maybe = (check: Check): Check => (value) => value === undefined || value === null || check(value);
const oneOf = (...words: readonly string[]): Check => (value) => words.includes(value as string);
const each = (check: Check): Check => (value) => isFields(value) && Object.values(value).every(check);
const isTime = within(-8.64e15, 8.64e15);
const isId: Check = (value) => isText(value) && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value as string);
const isPlace: Check = (value) => isFields(value) && within(-1, 1)(value["v"]) && within(-1, 1)(value["a"]);
const isPick: Check = (value) => isFields(value) && isText(value["id"]) && maybe(isNumber)(value["strength"]) && maybe(isText)(value["own"]);

function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

function isZone(value: unknown): boolean {
  try {
    return typeof value === "string" && new Intl.DateTimeFormat("en", { timeZone: value }) !== null;
  } catch {
    return false;
  }
}

const HEAD: Record<string, Check> = {
  id: isId,
  kind: (value) => isText(value) && /^[a-z][a-z0-9-]{0,39}$/.test(value as string),
  schema: (value) => isWhole(value) && within(1, 1_000_000)(value),
  audience: oneOf("me", "service", "therapist"),
  author: maybe(oneOf("client", "therapist", "admin")),
  felt_at: maybe(isTime),
  saved_at: isTime,
  zone: maybe(isZone),
  day: maybe(isDay),
  conflict_of: maybe(isId),
  body: isFields,
};

const CHECK_IN: Record<string, Check> = {
  affect: maybe(isPlace), distress: maybe(within(0, 10)), words: maybe(list(isPick)), regions: maybe(list(isText)),
  sensations: maybe(list(isText)), contexts: maybe(list(isText)), own_words: maybe(list(isText)), note: maybe(isText), wish: maybe(isText),
  part_of: maybe(isText), source: maybe(isText), when: maybe(isText),
};
const RUN: Record<string, Check> = {
  exercise: isText, title: maybe(isText), ended: maybe(oneOf("finished", "stopped", "left")), ratings: maybe(each(isNumber)), answers: maybe(isFields),
  own_words: maybe(list(isText)), started_at: maybe(isTime), ended_at: maybe(isTime), locked_until: maybe(isTime), part_of: maybe(isText),
};
const FIELDS = ["when", "other", "they_did", "felt", "body", "thought", "wish", "expected", "my_move", "about_me", "healthier", "title", "from", "part_of"];
const SCENE = Object.fromEntries(FIELDS.map((field) => [field, maybe(isText)]));
const BODIES: Record<string, Record<string, Check>> = {
  checkin: CHECK_IN,
  run: RUN,
  scene: SCENE,
  "not-today": { exercise: isText, title: maybe(isText), assignment: maybe(isText), reasons: maybe(list(isText)), text: maybe(isText) },
  note: { text: isText, part_of: maybe(isText) },
  card: { text: isText, from: maybe(isText), name: maybe(isText), fields: maybe(isFields), part_of: maybe(isText) },
  message: { text: isText },
  plan: { at: isText, days: list(within(1, 7)), about: isText, on: (value) => typeof value === "boolean" },
};

/** The record, or the name of the field that can't be taken. */
export function recordOf(value: unknown): Brought | { field: string } {
  if (!isFields(value)) return { field: "record" };
  const wrong = wrongIn(value, HEAD);
  if (wrong !== undefined) return { field: wrong };
  const body = value["body"] as Fields;
  const inBody = wrongIn(body, BODIES[value["kind"] as string] ?? {});
  if (inBody !== undefined) return { field: `body.${inBody}` };
  const { id, kind, schema, audience, author, felt_at, zone, day, saved_at, conflict_of } = value as unknown as Brought;
  const rest = { author: author ?? "client", felt_at: felt_at ?? null, zone: zone ?? null, day: day ?? null, conflict_of: conflict_of ?? null };
  const unsent = value["unsent"] === true;
  return { id: id.toLowerCase(), kind, schema, audience, saved_at, body, unsent, ...rest };
}

function wrongIn(fields: Fields, checks: Record<string, Check>): string | undefined {
  return Object.keys(checks).find((field) => !checks[field]?.(fields[field]));
}
