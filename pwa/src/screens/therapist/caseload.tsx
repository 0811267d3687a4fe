// The caseload: who is there, whether they joined, when something last arrived. No risk colours, no ranks.
import { useState } from "preact/hooks";
import { addDays, localDay, noon, zoneHere } from "../../history/days.ts";
import { dates } from "../../app/dates.ts";
import { at } from "./accompanying-words.ts";
import { Trouble } from "./action.tsx";
import { clientsNamed } from "./finding.ts";
import { clients, weeks } from "./state.ts";
import { daysAgo, shortDay } from "./times.ts";
import type { Client, Week } from "./types.ts";
import { tt } from "./words.ts";

type Props = { current?: string | undefined; reading: boolean; trouble: string | null; again: () => void };

export function Caseload({ current, reading, trouble, again }: Props) {
  const [typed, setTyped] = useState("");
  const all = clients.value;
  const found = clientsNamed(all ?? [], typed, weeks.value);
  return (
    <div class="stack" aria-busy={reading}>
      <Trouble text={trouble} again={again} />
      {all?.length !== 0 && <Search typed={typed} onType={setTyped} found={found.length} />}
      {all === null && trouble === null && <Waiting />}
      {all?.length === 0 && <p class="muted">{tt("therapist.clients.none")}</p>}
      {found.length > 0 && (
        <ul class="rows">
          {found.map((client) => <li key={client.id}><Row client={client} here={client.id === current} /></li>)}
        </ul>
      )}
    </div>
  );
}

function Search({ typed, onType, found }: { typed: string; onType: (typed: string) => void; found: number }) {
  return (
    <div class="field">
      <label for="find-client">{tt("therapist.clients.search")}</label>
      <input id="find-client" class="input" type="search" autocomplete="off" spellcheck={false} value={typed}
        onInput={(event) => onType(event.currentTarget.value)} />
      <p class="hint" role="status">{typed.trim() === "" ? "" : tt("therapist.clients.found", { n: found })}</p>
    </div>
  );
}

function Row({ client, here }: { client: Client; here: boolean }) {
  const week = weeks.value.get(client.id);
  return (
    <a class="row-link desk-client" href={`/clients/${client.id}`} aria-current={here ? "page" : undefined}>
      <span class="desk-client-words">
        <bdi class="desk-client-name">{client.name}</bdi>
        <span class="muted small">{standing(client)}</span>
        {week && <ThisWeek week={week} />}
        {client.push === "broken" && <span class="muted small">{tt("therapist.push.broken")}</span>}
      </span>
    </a>
  );
}

/** When they meet next, what is new, and on which of the last seven days something was shared. */
function ThisWeek({ week: { next, news, days, paused, frozen, choice } }: { week: Week }) {
  const today = localDay(Date.now(), zoneHere());
  const said = [
    ...(next ? [tt("therapist.clients.next", { day: shortDay(next.day, today), time: next.at })] : []),
    frozen ? at("accompanying.row.frozen") : paused ? tt("therapist.clients.paused") : choice === "asked" ? at("accompanying.row.asked") : tt("therapist.clients.news", { n: news }),
  ];
  return (
    <>
      <span class="muted small">{said.join(" · ")}</span>
      {!paused && days.length > 0 && <span class="desk-dots small" role="img" aria-label={tt("therapist.clients.days", { days: days.map(weekdayOf).join(", ") })}>{strip(days, today)}</span>}
    </>
  );
}

/** The last seven days, today last: a dot where something was shared. */
function strip(days: readonly string[], today: string): string {
  return Array.from({ length: 7 }, (_, place) => (days.includes(addDays(today, place - 6)) ? "●" : "·")).join("");
}

function weekdayOf(day: string): string {
  return new Intl.DateTimeFormat(dates, { weekday: "long", timeZone: "UTC" }).format(noon(day));
}

/** Whether they joined, and when something last arrived from them. */
export function standing(client: Client, now: number = Date.now()): string {
  if (client.joined_at === null) return tt("therapist.clients.waiting");
  if (client.active_at === null) return tt("therapist.clients.joined");
  return tt("therapist.clients.active", { when: daysAgo(client.active_at, now, zoneHere()) });
}

/** Rows of the height the list will have, so that nothing jumps. */
function Waiting() {
  return (
    <div class="rows" aria-hidden="true">
      {[1, 2, 3, 4, 5, 6].map((row) => <div key={row} class="desk-ghost row-link" />)}
    </div>
  );
}
