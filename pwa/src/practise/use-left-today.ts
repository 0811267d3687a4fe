// What was left for another day today, kept up to date.
import { useRecords } from "../data/journal.ts";
import type { NotToday } from "../data/types.ts";
import { addDays, localDay, zoneHere } from "../history/days.ts";
import { KIND, type Left, leftToday } from "./not-today.ts";

const MOST = 40;

/** The newest of today's, by exercise; null until the journal was read. */
export function useLeftToday(): ReadonlyMap<string, Left> | null {
  const today = localDay(Date.now(), zoneHere());
  const records = useRecords<NotToday>({ kinds: [KIND], from: addDays(today, -1), limit: MOST });
  return records === null ? null : leftToday(records, today);
}
