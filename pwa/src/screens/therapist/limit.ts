// What a client is kept from, in the records a therapist reads. Pure.
import type { WireRecord } from "../../data/types.ts";
import { type Hours, hasYes, isKeptClosed } from "../../exercise/gates.ts";
import { settingIn } from "../../exercise/setting.ts";
import type { Exercise } from "../../exercise/types.ts";

/** What may speak against an exercise for one person for longer than a day. */
export const CODES = ["BREATH", "BODY", "DISS", "TRAUMA", "PSYCH", "CRISIS", "GRIEF", "SHAME", "TINNITUS", "PARTNER-VIOLENCE"] as const;
/** Hours can be narrowed inside these, never widened; the server holds to the same. */
export const DAYTIME: Hours = ["09:00", "20:00"];

export interface Limit {
  blocks: readonly string[];
  openOnly: boolean;
  /** The only exercises to start by themselves; empty: all. */
  allowed: readonly string[];
  /** Exercises that wait for a yes, and have it. */
  ok: readonly string[];
  /** When exercises that only a therapist sets open; null: in the daytime. */
  hours: Hours | null;
}

/** What is set; nothing where nothing was. */
export function limitIn(records: readonly WireRecord[]): Limit {
  const body = limitRecord(records)?.body ?? {};
  const { blocks, allowed, ok, hours } = settingIn(body);
  return { blocks, openOnly: body["open_only"] === true, allowed: [...allowed], ok: [...ok], hours };
}

/** The record that says it, if there is one. */
export function limitRecord(records: readonly WireRecord[]): WireRecord | undefined {
  return records.find(({ kind, author, deleted }) => kind === "client-setting" && author === "therapist" && deleted !== true);
}

/** Which of these speak against an exercise for this client. */
export function against(contraindications: readonly string[], { blocks }: Limit): string[] {
  return contraindications.filter((code) => blocks.includes(code));
}

/** Those a client could start by themselves, whatever their list says; what steadies is on no list. */
export function listable(exercises: readonly Exercise[]): Exercise[] {
  return exercises.filter((one) => one.access === "self" && one.intensity !== "high" && isKeptClosed(one, { allowed: ["none"] }));
}

/** Those that wait for the therapist's yes. */
export function waiting(exercises: readonly Exercise[]): Exercise[] {
  return exercises.filter((one) => hasYes(one, { ok: [one.id] }));
}

/** Whether hours can be kept: inside the day, and ending after they begin. */
export function areHours([from, to]: Hours): boolean {
  return DAYTIME[0] <= from && from < to && to <= DAYTIME[1];
}
