// What the client shared, newest first by the day it was lived; what they want to bring comes before.
import { useState } from "preact/hooks";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Library } from "../../exercise/types.ts";
import type { WireRecord } from "../../data/types.ts";
import { EntryView, type Reader } from "./entry.tsx";
import { labelsOf } from "./labels.ts";
import { broughtOf, daysOf, type Entry, entriesOf, firstDays, setsOf } from "./shared.ts";
import { dayTitle, shortDay } from "./times.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = {
  client: Client;
  library: Library | null;
  records: readonly WireRecord[];
  reading: boolean;
};

const STEP = 20;
const BROUGHT = 3;

export function Journal({ client, library, records, reading }: Props) {
  const [least, setLeast] = useState(STEP);
  const today = localDay(Date.now(), zoneHere());
  const entries = entriesOf(records, zoneHere());
  const { days, more } = firstDays(daysOf(entries), least);
  const reader: Reader = { labels: labelsOf(library?.vocabulary ?? null), library, sets: setsOf(records), today };
  return (
    <section class="stack loose desk-journal" aria-labelledby="journal-title" aria-busy={reading}>
      <div class="stack tight">
        <h2 id="journal-title">{tt("therapist.journal.title")}</h2>
        <p class="muted small">{tt("therapist.journal.seen", { name: own(client.name) })}</p>
      </div>
      {entries.length === 0 && <p class="muted">{tt(client.joined_at === null ? "therapist.journal.notYet" : "therapist.journal.none")}</p>}
      <Brought entries={broughtOf(entries)} reader={reader} />
      {days.map(({ day, entries: held }) => (
        <section key={day} class="stack tight" aria-labelledby={`day-${day}`}>
          <h3 id={`day-${day}`} class="desk-day">{dayTitle(day, today)}</h3>
          <ul class="desk-cards">
            {held.map((one) => <li key={one.id}><EntryView entry={one} reader={reader} /></li>)}
          </ul>
        </section>
      ))}
      {more && <button type="button" class="button desk-start" onClick={() => setLeast(least + STEP)}>{tt("therapist.journal.earlier")}</button>}
      {entries.length > 0 && !more && <p class="muted small">{tt("therapist.journal.all")}</p>}
    </section>
  );
}

function Brought({ entries, reader }: { entries: Entry[]; reader: Reader }) {
  if (entries.length === 0) return null;
  const [first, rest] = [entries.slice(0, BROUGHT), entries.slice(BROUGHT)];
  const list = (some: Entry[]) => (
    <ul class="desk-cards">
      {some.map((one) => <li key={one.id}><EntryView entry={one} reader={reader} under={shortDay(one.day, reader.today)} /></li>)}
    </ul>
  );
  return (
    <section class="stack tight desk-brought" aria-labelledby="brought-title">
      <h3 id="brought-title">{tt("therapist.journal.brought")}</h3>
      {list(first)}
      {rest.length > 0 && (
        <details class="desk-more">
          <summary>{tt("therapist.journal.broughtEarlier", { n: rest.length })}</summary>
          {list(rest)}
        </details>
      )}
    </section>
  );
}
