import { useEffect, useState } from "preact/hooks";
import { onChanged } from "../data/changes.ts";
import { pause } from "../data/rows.ts";
import type { Exercise, Vocabulary } from "../exercise/types.ts";
import { addDays, localDay, zoneHere } from "./days.ts";
import { type Entry, KINDS } from "./entries.ts";
import { asks, finder, type Wanted } from "./finding.ts";
import { entriesBack } from "./stretch.ts";

/** What was found so far, newest first, and whether all was looked through. */
export type Found = { entries: readonly Entry[]; done: boolean };

const WHILE_TYPING = 200;
const AT_ONCE = 4;

/** Looks through everything on this phone, a little at a time; anew when something else is wanted. Null when nothing is. */
export function useFound(wanted: Wanted, vocabulary: Vocabulary | null, exerciseIn: (entry: Entry) => Exercise | null): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const [change, setChange] = useState(0);
  useEffect(() => onChanged((kinds) => KINDS.some((kind) => kinds.includes(kind)) && setChange((before) => before + 1)), []);
  useEffect(() => {
    let gone = false;
    if (!asks(wanted)) setFound(null);
    else void look(wanted, finder(wanted, vocabulary, exerciseIn), () => gone, setFound).catch(console.error);
    return () => {
      gone = true;
    };
  }, [JSON.stringify(wanted), vocabulary, change]);
  return found;
}

async function look({ days }: Wanted, is: (entry: Entry) => boolean, gone: () => boolean, tell: (found: Found) => void): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, WHILE_TYPING));
  const since = days === null ? null : addDays(localDay(Date.now(), zoneHere()), 1 - days);
  const hits: Entry[] = [];
  if (!gone()) tell({ entries: [], done: false });
  for await (const entries of entriesBack(KINDS, since)) {
    for (let at = 0; at < entries.length; at += AT_ONCE) {
      if (gone()) return;
      hits.push(...entries.slice(at, at + AT_ONCE).filter(is));
      await pause();
    }
    if (gone()) return;
    if (hits.length > 0) tell({ entries: [...hits], done: false });
  }
  if (!gone()) tell({ entries: hits, done: true });
}
