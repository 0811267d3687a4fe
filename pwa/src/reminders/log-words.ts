// What became of one reminder, in sentences. Pure.
import type { Entry } from "../data/reminders.ts";
import { clock } from "./when.ts";
import { rt } from "./reaching-words.ts";

/** In the order in which it happened. */
export function entryWords(entry: Entry): string[] {
  return entry.sent_at === null && entry.shown_at === null ? [notSent(entry)] : [...sent(entry), ...later(entry), ...ended(entry)];
}

function sent({ accepted, shown_at: shown, opened_at: opened }: Entry): string[] {
  return [
    rt("reaching.log.sent", { n: Math.max(accepted, 1) }),
    shown === null ? rt("reaching.log.notShown") : rt("reaching.log.shown", { time: clock(shown) }),
    ...(opened === null ? [] : [rt("reaching.log.opened", { time: clock(opened) })]),
  ];
}

function later({ put_off: n, state, reason, at }: Entry): string[] {
  if (n === 0) return [];
  const put = rt("reaching.log.putOff", { n });
  if (state === "planned" && at !== null) return [put, rt("reaching.log.again", { time: clock(at) })];
  return state === "expired" || reason === "window" ? [put, rt("reaching.log.window")] : [put];
}

function ended({ done }: Entry): string[] {
  return done ? [rt("reaching.log.done")] : [];
}

function notSent({ state, reason }: Entry): string {
  if (state === "claimed") return rt("reaching.log.sending");
  if (state === "skipped") return rt(isKnown(reason) ? `reaching.log.skipped.${reason}` : "reaching.log.skipped");
  if (state === "expired") return rt(reason === "restored" ? "reaching.log.restored" : "reaching.log.expired");
  return rt(reason === "no-device" ? "reaching.log.noDevice" : "reaching.log.failed");
}

const SKIPPED = ["done", "plan", "quiet", "room", "paused", "most", "decay"] as const;

function isKnown(reason: string | null): reason is (typeof SKIPPED)[number] {
  return (SKIPPED as readonly (string | null)[]).includes(reason);
}

/** The entries of each day, the newest day first. */
export function byDay(entries: readonly Entry[]): [day: string, entries: Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) days.set(entry.day, [...(days.get(entry.day) ?? []), entry]);
  return [...days].sort(([one], [other]) => (one < other ? 1 : -1));
}
