// Shared entries by the day they were lived, a few days at a time: however many years there are, only what was asked for is drawn.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { EntryView, type Reader } from "./entry.tsx";
import { type Day, daysOf, type Entry, firstDays } from "./shared.ts";
import { dayTitle } from "./times.ts";
import { tt } from "./words.ts";
import "../../styles/history.css";

const STEP = 20;

export function DayList({ entries, reader }: { entries: readonly Entry[]; reader: Reader }) {
  const [least, setLeast] = useState(STEP);
  const days = useMemo(() => daysOf(entries), [entries]);
  const { days: shown, more } = firstDays(days, least);
  const added = useAdded(shown);
  return (
    <div>
      {shown.map((day) => <OneDay key={day.day} day={day} reader={reader} />)}
      {more && (
        <button type="button" class="button desk-earlier not-printed" onClick={() => { added(); setLeast(least + STEP); }}>{tt("therapist.journal.earlier")}</button>
      )}
      {entries.length > 0 && !more && <p class="muted small desk-earlier">{tt("therapist.journal.all")}</p>}
    </div>
  );
}

/** A day that is there stays as it is drawn while others come. */
export function OneDay({ day: { day, entries }, reader }: { day: Day; reader: Reader }) {
  return useMemo(() => (
    <section class="stack tight day-group" aria-labelledby={`day-${day}`}>
      <h3 id={`day-${day}`} class="desk-day" tabIndex={-1}>{dayTitle(day, reader.today)}</h3>
      <ul class="desk-cards">
        {entries.map((one) => <li key={one.id}><EntryView entry={one} reader={reader} /></li>)}
      </ul>
    </section>
  ), [entries, reader]);
}

/** Who asked for more reads on at the first day that came. */
function useAdded(shown: readonly Day[]): () => void {
  const from = useRef<number | null>(null);
  useEffect(() => {
    const first = from.current === null ? undefined : shown[from.current];
    from.current = null;
    if (first) document.getElementById(`day-${first.day}`)?.focus({ preventScroll: true });
  }, [shown.length]);
  return () => {
    from.current = shown.length;
  };
}
