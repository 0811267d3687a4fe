// Supervision of this client: asking, what they said, ending it.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { Pick } from "./accompanying.tsx";
import { at, dayOf } from "./accompanying-words.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import type { Client, Colleague } from "./types.ts";
import { own } from "./words.ts";

interface Asked {
  id: string;
  supervisor: string;
  until: number;
  state: "asked" | "agreed" | "declined" | "ended";
}
const WEEKS = [1, 2, 4, 8, 12];

export function SupervisionOf({ client, colleagues }: { client: Client; colleagues: readonly Colleague[] }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const path = `/api/clients/${client.id}/supervision`;
  const reading = useReading(path, async () => setAsked((await api<{ supervision: Asked | null }>("GET", path)).supervision));
  const ending = useAction(async () => {
    await api("DELETE", path);
    reading.again();
  });
  const name = own(client.name);
  const live = asked?.state === "asked" || asked?.state === "agreed";
  return (
    <section class="card stack tight" aria-label={at("accompanying.supervision.title")}>
      <h3>{at("accompanying.supervision.title")}</h3>
      <p>{at("accompanying.supervision.text", { name })}</p>
      <Trouble text={reading.trouble} again={reading.again} />
      <p role="status">{asked === null ? "" : at(`accompanying.supervision.${asked.state}`, { name, supervisor: own(asked.supervisor), day: dayOf(asked.until) })}</p>
      {live && <div class="row"><button type="button" class="button" disabled={ending.busy} onClick={ending.run}>{at("accompanying.supervision.end")}</button></div>}
      <Trouble text={ending.trouble} />
      {!live && colleagues.length > 0 && <Ask path={path} name={name} colleagues={colleagues} done={reading.again} />}
      {!live && colleagues.length === 0 && <p>{at("accompanying.handOver.none")}</p>}
    </section>
  );
}

function Ask({ path, name, colleagues, done }: { path: string; name: string; colleagues: readonly Colleague[]; done: () => void }) {
  const [to, choose] = useState("");
  const [weeks, setWeeks] = useState(2);
  const id = useRef(newId());
  const asking = useAction(async () => {
    await api("POST", path, { id: id.current, to, weeks });
    id.current = newId();
    done();
  });
  return (
    <form class="stack tight" onSubmit={(event) => { event.preventDefault(); asking.run(); }}>
      <Pick id="supervisor" label={at("accompanying.handOver.who")} colleagues={colleagues} to={to} choose={choose} />
      <div class="field">
        <label for="supervision-weeks">{at("accompanying.supervision.weeks")}</label>
        <select id="supervision-weeks" class="input" value={weeks} onChange={({ currentTarget }) => setWeeks(Number(currentTarget.value))}>
          {WEEKS.map((n) => <option key={n} value={n}>{at("accompanying.supervision.for", { n })}</option>)}
        </select>
      </div>
      <Trouble text={asking.trouble} />
      <div class="row"><button type="submit" class="button" disabled={asking.busy || to === ""}>{at("accompanying.supervision.go", { name })}</button></div>
    </form>
  );
}
