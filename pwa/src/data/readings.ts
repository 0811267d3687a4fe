// Who looked at what was shared, as the server noted it: told by this phone without a network too.
import { call, Problem } from "./api.ts";
import { getNamed, putNamed } from "./door.ts";
import type { Epochs, LocalRecord } from "./types.ts";

/** One time someone looked. Everything shared up to the revision `through` was in front of them; null: there was nothing. */
export interface Reading {
  by: string;
  at: number;
  through: string | null;
  /** "reminders": they looked only whether those reach a device; "supervision": at numbers and codes. */
  what?: string;
  /** Nothing lived before this day was in front of them. */
  since?: string | null;
}
/** The newest first. */
export interface ReadLog {
  readings: Reading[];
  epochs: Epochs;
}

const NAME = "readings";

/** What this phone last heard; nothing when it never asked. */
export async function keptReadings(): Promise<ReadLog | null> {
  return (await getNamed<ReadLog>("meta", NAME)) ?? null;
}

/** What the server says now, and keeps it. Throws Problem. */
export async function freshReadings(): Promise<ReadLog> {
  const log = await call<ReadLog>("GET", "/api/journal/readings");
  if (!Array.isArray(log?.readings) || !Array.isArray(log.epochs)) throw new Problem(0, "", "");
  await putNamed("meta", NAME, log).catch(() => undefined);
  return log;
}

/** The first look at what a record says now, or null: it was not shared, not sent, or not looked at since. */
export function openedBy({ readings, epochs }: ReadLog, record: Pick<LocalRecord, "audience" | "state" | "rev"> & { day?: string | null }): Reading | null {
  const rev = record.audience === "therapist" && record.state === "sent" ? revOf(record.rev) : null;
  if (rev === null) return null;
  const order = new Map(epochs.map(([epoch], place) => [epoch, place]));
  const place = order.get(rev.epoch);
  if (place === undefined) return null;
  const covers = ({ through, since }: Reading): boolean => {
    if (since && record.day && record.day < since) return false;
    const seen = revOf(through);
    return seen !== null && (order.get(seen.epoch) ?? -1) >= place && seen.seq >= rev.seq;
  };
  return readings.filter(covers).reduce<Reading | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
}

function revOf(text: string | null): { epoch: string; seq: number } | null {
  const [, epoch, seq] = /^([0-9a-z]+)\.(\d+)$/i.exec(text ?? "") ?? [];
  return epoch === undefined || seq === undefined ? null : { epoch, seq: Number(seq) };
}
