import { useEffect, useState } from "preact/hooks";
import { onChanged } from "../data/changes.ts";
import { pause } from "../data/rows.ts";
import type { Exercise, Vocabulary } from "../exercise/types.ts";
import { addDays, localDay, zoneHere } from "./days.ts";
import { type Entry, KINDS } from "./entries.ts";
import { asks, finder, type Wanted } from "./finding.ts";
import { type Found, lookThrough, WHILE_TYPING } from "./looking.ts";
import { entriesBack } from "./stretch.ts";


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
  await lookThrough(entriesBack(KINDS, since), { is, gone, tell, pause, atOnce: AT_ONCE });
}
