// Who works in the practice, for its admins: ending access at once, and handing over the clients who are left behind.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { me } from "../../data/session.ts";
import { Pick, Sure } from "./accompanying.tsx";
import { at } from "./accompanying-words.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { Desk } from "./desk.tsx";
import { own } from "./words.ts";

interface Member {
  id: string;
  name: string;
  role: "therapist" | "admin";
  disabled: boolean;
  clients: number;
}
type Named = { id: string; name: string };

export default function Staff() {
  const [staff, setStaff] = useState<Member[] | null>(null);
  const [said, say] = useState("");
  const reading = useReading("staff", async () => setStaff((await api<{ staff: Member[] }>("GET", "/api/practice/staff")).staff));
  const done = (words: string): void => {
    say(words);
    reading.again();
  };
  return (
    <Desk title={at("accompanying.staff.title")} backTo="/clients">
      <p>{at("accompanying.staff.text")}</p>
      <Trouble text={reading.trouble} again={reading.again} />
      <p role="status">{said}</p>
      {staff !== null && <ul class="desk-cards">{staff.map((one) => <li key={one.id}><One member={one} staff={staff} done={done} /></li>)}</ul>}
    </Desk>
  );
}

type Props = { member: Member; staff: readonly Member[]; done: (words: string) => void };

function One({ member, staff, done }: Props) {
  const { id, role, disabled, clients } = member;
  const name = own(member.name);
  const facts = [role === "admin" ? at("accompanying.staff.admin") : at("accompanying.staff.therapist", { n: clients }), ...(disabled ? [at("accompanying.staff.off")] : [])];
  return (
    <section class="card stack tight" aria-label={member.name}>
      <h2><bdi>{member.name}</bdi></h2>
      <p class="muted">{facts.join(" · ")}</p>
      {disabled && clients > 0 && <p>{at("accompanying.staff.left", { n: clients })}</p>}
      {clients > 0 && <Clients member={member} staff={staff} done={done} />}
      {disabled ? <Enable member={member} done={done} /> : id !== me.value?.id && (
        <Sure title={at("accompanying.staff.sure", { name })} text={at("accompanying.staff.sure_text")} go={at("accompanying.staff.disable")}
          label={at("accompanying.staff.disable_which", { name })} work={async () => {
            await api("POST", `/api/practice/staff/${id}/disabling`);
            done(at("accompanying.staff.disabled", { name }));
          }} />
      )}
    </section>
  );
}

function Enable({ member, done }: { member: Member; done: (words: string) => void }) {
  const name = own(member.name);
  const enabling = useAction(async () => {
    await api("DELETE", `/api/practice/staff/${member.id}/disabling`);
    done(at("accompanying.staff.enabled", { name }));
  });
  return (
    <>
      <Trouble text={enabling.trouble} />
      <div class="row"><button type="button" class="quiet" disabled={enabling.busy} onClick={enabling.run} aria-label={at("accompanying.staff.enable_which", { name })}>{at("accompanying.staff.enable")}</button></div>
    </>
  );
}

/** Names alone; read only when they are asked for. */
function Clients({ member, staff, done }: Props) {
  const [clients, setClients] = useState<Named[] | null>(null);
  const showing = useAction(async () => setClients((await api<{ clients: Named[] }>("GET", `/api/practice/staff/${member.id}/clients`)).clients));
  const others = staff.filter(({ id, role, disabled }) => role === "therapist" && !disabled && id !== member.id);
  if (clients === null) {
    return (
      <>
        <Trouble text={showing.trouble} />
        <div class="row"><button type="button" class="button" disabled={showing.busy} onClick={showing.run} aria-label={at("accompanying.staff.show_which", { name: own(member.name) })}>{at("accompanying.staff.show")}</button></div>
      </>
    );
  }
  const handed = (client: Named): void => {
    setClients(clients.filter(({ id }) => id !== client.id));
    done(at("accompanying.staff.handed", { name: own(client.name) }));
  };
  return (
    <div class="stack tight">
      <h3>{at("accompanying.staff.clients")}</h3>
      <ul class="desk-list">{clients.map((client) => <li key={client.id}><HandOver client={client} colleagues={others} handed={() => handed(client)} /></li>)}</ul>
    </div>
  );
}

function HandOver({ client, colleagues, handed }: { client: Named; colleagues: readonly Named[]; handed: () => void }) {
  const [to, choose] = useState("");
  const id = useRef(newId());
  const handing = useAction(async () => {
    await api("POST", `/api/practice/clients/${client.id}/hand-over`, { id: id.current, to });
    handed();
  });
  return (
    <form class="stack tight" onSubmit={(event) => { event.preventDefault(); handing.run(); }}>
      <Pick id={`to-${client.id}`} label={at("accompanying.staff.to", { name: own(client.name) })} colleagues={colleagues} to={to} choose={choose} />
      <Trouble text={handing.trouble} />
      <div class="row"><button type="submit" class="button" disabled={handing.busy || to === ""}>{at("accompanying.staff.go")}</button></div>
    </form>
  );
}
