// With whom the therapist has ended: names alone, and the way to ask them to begin again.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { at, dayOf } from "./accompanying-words.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { readClients, told } from "./state.ts";
import { own } from "./words.ts";

interface FormerClient {
  id: string;
  name: string;
  since: number;
  until: number;
}

export default function Former() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <p role="status">{told.value}</p>
      <details class="desk-more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{at("accompanying.former.title")}</summary>
        {open && <List />}
      </details>
    </>
  );
}

function List() {
  const [found, setFound] = useState<FormerClient[] | null>(null);
  const reading = useReading("former", async () => setFound((await api<{ clients: FormerClient[] }>("GET", "/api/former-clients")).clients));
  return (
    <div class="stack tight">
      <Trouble text={reading.trouble} again={reading.again} />
      {found?.length === 0 && <p class="muted">{at("accompanying.former.none")}</p>}
      {!!found?.length && <p class="muted">{at("accompanying.former.text")}</p>}
      {!!found?.length && <ul class="desk-list">{found.map((one) => <li key={one.id}><One client={one} changed={reading.again} /></li>)}</ul>}
    </div>
  );
}

function One({ client, changed }: { client: FormerClient; changed: () => void }) {
  const id = useRef(newId());
  const asking = useAction(async () => {
    await api("POST", `/api/former-clients/${client.id}/return`, { id: id.current });
    await readClients();
    told.value = at("accompanying.former.done", { name: own(client.name) });
    changed();
  });
  return (
    <>
      <span class="desk-title">
        <span><bdi>{client.name}</bdi> <span class="muted small">{at("accompanying.former.row", { from: dayOf(client.since), until: dayOf(client.until) })}</span></span>
        <button type="button" class="quiet" disabled={asking.busy} onClick={asking.run} aria-label={at("accompanying.former.which", { name: own(client.name) })}>
          {at("accompanying.former.again")}
        </button>
      </span>
      <Trouble text={asking.trouble} />
    </>
  );
}
