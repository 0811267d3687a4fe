// What the client shared lately, newest first by the day it was lived; what they want to bring comes before.
import { useMemo } from "preact/hooks";
import { zoneHere } from "../../history/days.ts";
import type { Library } from "../../exercise/types.ts";
import type { WireRecord } from "../../data/types.ts";
import { DayList, OneDay } from "./day-list.tsx";
import { EntryView, type Reader } from "./entry.tsx";
import { jt } from "./journal-words.ts";
import { addressOf } from "./parts.ts";
import { broughtOf, daysOf, type Entry, entriesOf, firstDays } from "./shared.ts";
import { shortDay } from "./times.ts";
import type { Client } from "./types.ts";
import { useReader } from "./use-reader.ts";
import { own, tt } from "./words.ts";

type Props = {
  client: Client;
  library: Library | null;
  records: readonly WireRecord[];
  reading: boolean;
  /** Where the rest is. Without an address all of it is here. */
  rest?: string;
};

const LATELY = 3;
const BROUGHT = 3;

export function Journal({ client, library, records, reading, rest }: Props) {
  const entries = useMemo(() => entriesOf(records, zoneHere()), [records]);
  const reader = useReader(library, records);
  return (
    <section class="stack loose desk-journal" aria-labelledby="journal-title" aria-busy={reading}>
      <JournalHead client={client} />
      {entries.length === 0 && <p class="muted">{tt(client.joined_at === null ? "therapist.journal.notYet" : "therapist.journal.none")}</p>}
      <Brought entries={broughtOf(entries)} reader={reader} />
      {rest === undefined ? <DayList entries={entries} reader={reader} /> : <Lately entries={entries} reader={reader} rest={rest} />}
    </section>
  );
}

/** The title over what was shared, and what has to be known to read it. */
export function JournalHead({ client }: { client: Pick<Client, "name"> }) {
  return (
    <div class="stack tight">
      <h2 id="journal-title">{tt("therapist.journal.title")}</h2>
      <p class="muted small">{tt("therapist.journal.seen", { name: own(client.name) })}</p>
    </div>
  );
}

/** The newest days with a few entries between them, and the way to the others. */
function Lately({ entries, reader, rest }: { entries: Entry[]; reader: Reader; rest: string }) {
  const { days } = firstDays(daysOf(entries), LATELY);
  const left = entries.length - days.reduce((sum, day) => sum + day.entries.length, 0);
  return (
    <>
      {days.length > 0 && <div>{days.map((day) => <OneDay key={day.day} day={day} reader={reader} />)}</div>}
      {left > 0 && (
        <div class="stack tight">
          <p class="muted small">{jt("shared.earlier", { n: left })}</p>
          <a class="button desk-start" href={addressOf(rest, "entries")}>{jt("shared.all")}</a>
        </div>
      )}
    </>
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
