import { recordsBetween, recordsOf } from "../data/by-day.ts";
import { get } from "../data/journal.ts";
import { useReading } from "../data/use-by-day.ts";
import { entriesOf, type Entry, KINDS, livedDay } from "./entries.ts";

/** The entry that the record `id` belongs to, and the others that may say the same: of years of entries only those of its
 *  day are opened. Null until it was read; `entry` is undefined when it is not here. */
export function useEntry(id: string): { entry: Entry | undefined; near: Entry[] } | null {
  return useReading(KINDS, id, async () => {
    const near = entriesOf(await nearTo(id));
    return { near, entry: near.find((one) => [one.main, ...one.parts].some((record) => record.id === id)) };
  });
}

async function nearTo(id: string) {
  const record = await get(id);
  if (record === undefined) return [];
  if (record.day === null) return recordsOf(KINDS);
  const day = livedDay(record);
  return recordsBetween(KINDS, day, day);
}
