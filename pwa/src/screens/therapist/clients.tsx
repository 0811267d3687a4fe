import { useLocation } from "preact-iso/router";
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { RowTo } from "../../ui/row-to.tsx";
import { at } from "./accompanying-words.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { Caseload } from "./caseload.tsx";
import { Desk, useRoom } from "./desk.tsx";
import Former from "./former.tsx";
import { clients, inviting, keepClient } from "./state.ts";
import type { Client } from "./types.ts";
import { useCaseload } from "./use-caseload.ts";
import { tt } from "./words.ts";

const NAME_MAX = 80;

/** Where a therapist arrives: the clients, and adding one. */
export function Clients() {
  const caseload = useCaseload();
  const room = useRoom();
  const list = <Caseload {...caseload} />;
  return (
    <Desk title={tt("therapist.clients.title")} beside={room && list}>
      {!room && list}
      {room && <p class="muted">{tt("therapist.clients.choose")}</p>}
      {(room || clients.value !== null) && <AddClient />}
      {(room || clients.value !== null) && (
        <ul class="rows">
          <RowTo href="/clients/lists" name={tt("therapist.lists.title")} />
          <RowTo href="/exercises" name={tt("therapist.exercises.link")} />
          <RowTo href="/crisis-lines" name={tt("therapist.lines.title")} />
          <RowTo href="/clients/supervised" name={at("accompanying.supervised.link")} />
        </ul>
      )}
      {(room || clients.value !== null) && <Former />}
    </Desk>
  );
}

/** A name, and on to the invite. */
function AddClient() {
  const [name, setName] = useState("");
  const trying = useRef({ id: "", name: "" });
  const { route } = useLocation();
  const adding = useAction(async () => {
    const said = name.trim();
    if (trying.current.name !== said) trying.current = { id: newId(), name: said };
    const client = await api<Client>("POST", "/api/clients", trying.current);
    keepClient(client);
    inviting.value = client.id;
    route(`/clients/${client.id}`);
  });
  return (
    <form class="card desk-form" onSubmit={(event) => { event.preventDefault(); adding.run(); }}>
      <h2>{tt("therapist.add.title")}</h2>
      <div class="field">
        <label for="new-client">{tt("therapist.add.name")}</label>
        <input id="new-client" class="input" type="text" autocomplete="off" required pattern=".*\S.*" maxLength={NAME_MAX}
          aria-describedby="new-client-hint" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        <p id="new-client-hint" class="hint">{tt("therapist.add.hint")}</p>
      </div>
      <Trouble text={adding.trouble} />
      <button type="submit" class="primary" disabled={adding.busy}>{tt("therapist.add.go")}</button>
    </form>
  );
}
