// What the server knows of reminders: devices, what comes, what became of each. Told by this phone without a network too.
import { ask, call, Problem } from "./api.ts";
import { getNamed, putNamed } from "./door.ts";
import type { PushState } from "./push.ts";

/** A device this person is signed in on. `state` is what it said of itself last. */
export interface Device {
  id: string;
  name: string;
  current: boolean;
  state: PushState | null;
  said_at: number | null;
  reached: boolean;
  accepted_at?: number | null;
  shown_at?: number | null;
  broken_at?: number | null;
  why?: string | null;
}

/** A reminder to come; `at` is null where its time was drawn at random. */
export interface Next {
  plan: string;
  day: string;
  slot: number;
  at: number | null;
  again?: boolean;
}

/** What became of one. */
export interface Entry {
  id: string;
  plan: string;
  day: string;
  state: string;
  reason: string | null;
  at: number | null;
  sent_at: number | null;
  accepted: number;
  shown_at: number | null;
  opened_at: number | null;
  put_off: number;
  done: boolean;
}

export interface Feed {
  created_at: number;
  expires_at: number;
  read_at: number | null;
}

/** The newest entry first. */
export interface ReminderLog {
  now: number;
  devices: Device[];
  next: Next[];
  entries: Entry[];
  feed: Feed | null;
}

const NAME = "reminder-log";

/** What this phone last heard; null when it never asked. */
export async function keptLog(): Promise<ReminderLog | null> {
  return (await getNamed<ReminderLog>("meta", NAME)) ?? null;
}

/** What the server says now, and keeps it. Throws Problem. */
export async function freshLog(): Promise<ReminderLog> {
  const log = await call<ReminderLog>("GET", "/api/reminders");
  if (![log?.devices, log?.next, log?.entries].every(Array.isArray)) throw new Problem(0, "", "");
  await putNamed("meta", NAME, log).catch(() => undefined);
  return log;
}

/** Reminders at fixed times, for another calendar. Throws Problem: 404 when there is none. */
export async function calendarFile(): Promise<Blob> {
  return (await ask("/api/calendar", {})).blob();
}

/** A feed with a new address; the one from before stops. Throws Problem. */
export function makeFeed(): Promise<{ link: string; expires_at: number }> {
  return call("POST", "/api/calendar-feed");
}

/** Its address leads nowhere from now on. Throws Problem. */
export function endFeed(): Promise<void> {
  return call("DELETE", "/api/calendar-feed");
}
