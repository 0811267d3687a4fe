// The brief of one client: read before the session, printed, and what was talked about marked in it.
import { useState } from "preact/hooks";
import { Sheet } from "../../brief/sheet.tsx";
import type { Brief } from "../../brief/types.ts";
import { bt } from "../../brief/words.ts";
import { newId } from "../../data/ids.ts";
import { WhatIsShown } from "./accompanying.tsx";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { Desk } from "./desk.tsx";
import { useLibrary } from "./library.ts";
import { clientOf, keepClient } from "./state.ts";
import type { Client } from "./types.ts";

export default function BriefPage({ id }: { id: string }) {
  const [since, setSince] = useState("");
  const [brief, setBrief] = useState<Brief | null>(null);
  const library = useLibrary();
  const reading = useReading(`${id} ${since}`, async () => {
    const [client, made] = await Promise.all([
      api<Client>("GET", `/api/clients/${id}`),
      api<Brief>("GET", `/api/clients/${id}/brief${since && `?since=${since}`}`),
    ]);
    keepClient(client);
    setBrief(made);
  });
  return (
    <Desk title={clientOf(id)?.name ?? bt("brief.title")} tab={bt("brief.title")} backTo={`/clients/${id}`}>
      <Trouble text={reading.trouble} again={reading.again} />
      {brief === null ? reading.trouble === null && <p class="muted" role="status">{bt("brief.reading")}</p> : (
        <>
          <div class="row brief-since not-printed">
            <Since brief={brief} choose={setSince} />
            <button type="button" class="button" onClick={() => print()}>{bt("brief.print")}</button>
          </div>
          {clientOf(id) && <WhatIsShown client={clientOf(id) as Client} />}
          <Sheet brief={brief} library={library} beside={{ entry: (entry) => <Discussed key={entry} client={id} entry={entry} known={brief.discussed.includes(entry)} /> }} />
        </>
      )}
    </Desk>
  );
}

/** From when on. The day that is shown is the one the server chose until another is. */
function Since({ brief, choose }: { brief: Brief; choose: (day: string) => void }) {
  const [day, setDay] = useState(brief.since);
  return (
    <form class="row brief-since" onSubmit={(event) => { event.preventDefault(); choose(day); }}>
      <label class="field">
        <span>{bt("brief.since")}</span>
        <input class="input desk-date" type="date" required value={day} max={brief.until} onInput={({ currentTarget }) => setDay(currentTarget.value)} />
      </label>
      <button type="submit" class="button">{bt("brief.show")}</button>
    </form>
  );
}

/** One tap marks it, another takes the mark back. */
function Discussed({ client, entry, known }: { client: string; entry: string; known: boolean }) {
  const [marked, setMarked] = useState(known);
  const turn = useAction(async () => {
    await api(marked ? "DELETE" : "PUT", `/api/clients/${client}/discussed/${entry}`, { op: newId() });
    setMarked(!marked);
  });
  return (
    <div class="row not-printed">
      <button type="button" class="quiet" disabled={turn.busy} onClick={turn.run}>{bt(marked ? "brief.discussed.undo" : "brief.discussed")}</button>
      <p class="muted small" role="status">{marked ? bt("brief.discussed.done") : ""}</p>
      <Trouble text={turn.trouble} />
    </div>
  );
}
