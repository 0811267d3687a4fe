// Everything a client shared, newest day first, and looking through it. What is typed stays in this browser.
import { useEffect, useMemo, useState } from "preact/hooks";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Entry as Told } from "../../history/entries.ts";
import { lookThrough, WHILE_TYPING } from "../../history/looking.ts";
import { DayList } from "./day-list.tsx";
import { JournalHead } from "./journal.tsx";
import { jt } from "./journal-words.ts";
import { look, lookedFor } from "./looked.ts";
import type { PartProps } from "./part.tsx";
import { Seek } from "./seek.tsx";
import { lastBefore, sessionsIn, sessionsRecord } from "../../pair/session-dates.ts";
import { type Entry, entriesOf } from "./shared.ts";
import { type Days, daysSought, EVERYTHING, hasWords, isEverything, isNarrow, isWithin, type Sought, soughtBy } from "./sought.ts";
import { exercisesIn, toldIn } from "./told.ts";
import { useReader } from "./use-reader.ts";
import { tt } from "./words.ts";

export function Timeline({ client, library, records, reading }: PartProps) {
  const today = localDay(Date.now(), zoneHere());
  const session = useMemo(() => lastBefore(sessionsIn(sessionsRecord(records)), today)?.day ?? null, [records, today]);
  const sought = lookedFor(client.id).sought ?? EVERYTHING;
  const reader = useReader(library, records);
  const entries = useMemo(() => entriesOf(records, zoneHere()), [records]);
  const found = useSought(entries, sought, daysSought(sought, today, session), { library, records, sets: reader.sets });
  return (
    <section class="stack loose desk-journal" aria-labelledby="journal-title" aria-busy={reading}>
      <JournalHead client={client} />
      {entries.length === 0 ? <p class="muted">{tt(client.joined_at === null ? "therapist.journal.notYet" : "therapist.journal.none")}</p> : (
        <>
          <Seek sought={sought} session={session} today={today} vocabulary={library?.vocabulary ?? null}
            change={(part) => look(client.id, { sought: { ...sought, ...part } })} />
          <p class="muted" role="status">{foundWords(found, sought)}</p>
          {found !== null && <DayList key={JSON.stringify(sought)} entries={found} reader={reader} />}
        </>
      )}
    </section>
  );
}

type Source = Pick<PartProps, "library" | "records"> & { sets: Parameters<typeof exercisesIn>[1] };

/** The entries looked for, newest first; null while it is looked through what they say. */
function useSought(entries: readonly Entry[], sought: Sought, days: Days, { library, records, sets }: Source): readonly Entry[] | null {
  const told = useMemo(() => toldIn(records), [records]);
  const { fits, says } = useMemo(() => {
    const exerciseOf = exercisesIn(library, sets);
    const exerciseIn = ({ main }: Told) => exerciseOf(String(main.body?.["exercise"] ?? "")) ?? null;
    return soughtBy(sought, days, library?.vocabulary ?? null, exerciseIn);
  }, [sought, days.from, days.to, library, sets]);
  const fitting = useMemo(() => told.filter(fits), [told, fits]);
  const words = hasWords(sought);
  const saying = useSaying(fitting, says, words);
  return useMemo(() => {
    if (!isNarrow(sought)) return entries.filter(({ day }) => isWithin(days, day)); // of newer kinds, too
    const hits = words ? saying : fitting;
    if (hits === null) return null;
    const ids = new Set(hits.map(({ id }) => id));
    return entries.filter(({ id }) => ids.has(id));
  }, [entries, sought, fitting, saying]);
}

const AT_ONCE = 100;
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Those that say what was typed, looked through a little at a time; null until all were. */
function useSaying(fitting: readonly Told[], says: (entry: Told) => boolean, words: boolean): readonly Told[] | null {
  const [found, setFound] = useState<{ by: unknown; entries: readonly Told[] } | null>(null);
  useEffect(() => {
    if (!words) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      const tell = ({ entries, done }: { entries: readonly Told[]; done: boolean }): void => {
        if (done) setFound({ by: says, entries });
      };
      void lookThrough([fitting], { is: says, gone: () => gone, tell, pause, atOnce: AT_ONCE }).catch(reportError);
    }, WHILE_TYPING);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [fitting, says, words]);
  return found?.by === says ? found.entries : null;
}

function foundWords(found: readonly Entry[] | null, sought: Sought): string {
  if (found === null) return jt("shared.find.looking");
  if (isEverything(sought)) return jt("shared.find.all", { n: found.length });
  return found.length === 0 ? jt("shared.find.none") : jt("shared.find.found", { n: found.length });
}
