// The caseload: who is there, whether they joined, when something last arrived. No risk colours, no ranks.
import { useState } from "preact/hooks";
import { zoneHere } from "../../history/days.ts";
import { Trouble } from "./action.tsx";
import { clientsNamed } from "./finding.ts";
import { clients } from "./state.ts";
import { daysAgo } from "./times.ts";
import type { Client } from "./types.ts";
import { tt } from "./words.ts";

type Props = { current?: string | undefined; reading: boolean; trouble: string | null; again: () => void };

export function Caseload({ current, reading, trouble, again }: Props) {
  const [typed, setTyped] = useState("");
  const all = clients.value;
  const found = clientsNamed(all ?? [], typed);
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
  return (
    <a class="row-link desk-client" href={`/clients/${client.id}`} aria-current={here ? "page" : undefined}>
      <span class="desk-client-words">
        <bdi class="desk-client-name">{client.name}</bdi>
        <span class="muted small">{standing(client)}</span>
        {client.push === "broken" && <span class="muted small">{tt("therapist.push.broken")}</span>}
      </span>
    </a>
  );
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
