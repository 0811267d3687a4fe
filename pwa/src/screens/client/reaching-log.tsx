// What became of each reminder, by day.
import { useState } from "preact/hooks";
import type { Entry } from "../../data/reminders.ts";
import { byDay, entryWords } from "../../reminders/log-words.ts";
import { clock, dayWords } from "../../reminders/when.ts";
import { rt } from "../../reminders/reaching-words.ts";

const FEW = 5;
const MORE = 14;

export function Entries({ entries, now, about }: { entries: readonly Entry[]; now: number; about: (plan: string) => string }) {
  const [shown, setShown] = useState(FEW);
  const days = byDay(entries);
  return (
    <section class="card" aria-labelledby="log">
      <h2 id="log">{rt("reaching.log.title")}</h2>
      <p class="muted">{rt(days.length === 0 ? "reaching.log.none" : "reaching.log.lead")}</p>
      {days.slice(0, shown).map(([day, of]) => (
        <div key={day} class="stack tight">
          <h3>{dayWords(day, now)}</h3>
          <ul class="plain-list" role="list">
            {of.map((entry) => (
              <li key={entry.id}>
                <p>{rt("reaching.log.line", { time: entry.at === null ? rt("reaching.log.random") : clock(entry.at), about: about(entry.plan) })}</p>
                <p class="muted">{entryWords(entry).join(" ")}</p>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {days.length > shown && (
        <button type="button" class="quiet" onClick={() => setShown(shown + MORE)}>{rt("reaching.log.more")}</button>
      )}
    </section>
  );
}
