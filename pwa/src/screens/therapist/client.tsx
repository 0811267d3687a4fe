// One client: letting them in, what is set, and what they shared.
import { useEffect, useState } from "preact/hooks";
import { localDay, zoneHere } from "../../history/days.ts";
import type { WireRecord } from "../../data/types.ts";
import { Trouble, useReading } from "./action.tsx";
import { api, readJournal } from "./api.ts";
import { Assignments } from "./assignments.tsx";
import { Caseload, standing } from "./caseload.tsx";
import { Desk, useRoom } from "./desk.tsx";
import { InvitePanel } from "./invite-panel.tsx";
import { Journal } from "./journal.tsx";
import { useLibrary } from "./library.ts";
import { Limits } from "./limits.tsx";
import { SessionDates } from "./sessions.tsx";
import { SharedPlan } from "./shared-plan.tsx";
import { withRecord } from "./shared.ts";
import { clientOf, clients, keepClient, notice } from "./state.ts";
import { fullDay } from "./times.ts";
import type { Client } from "./types.ts";
import { useCaseload } from "./use-caseload.ts";
import { own, tt } from "./words.ts";

export function ClientPage({ id }: { id: string }) {
  const room = useRoom();
  const caseload = useCaseload();
  const reading = useReading(id, async () => keepClient(await api<Client>("GET", `/api/clients/${id}`)));
  const client = clientOf(id);
  return (
    <Desk title={client?.name ?? tt("therapist.client.title")} tab={tt("therapist.client.title")}
      {...(!room && { backTo: "/clients" })} beside={room && <><Caseload current={id} {...caseload} />{clients.value !== null && <a class="quiet desk-add" href="/clients">{tt("therapist.add.title")}</a>}</>}>
      <Trouble text={client ? null : reading.trouble} again={reading.again} />
      {client ? <Page key={id} client={client} /> : reading.trouble === null && <div class="desk-page-ghost" aria-hidden="true" />}
    </Desk>
  );
}

function Page({ client }: { client: Client }) {
  const [records, setRecords] = useState<WireRecord[] | null>(null);
  const [paused, setPaused] = useState(false);
  const library = useLibrary();
  const journal = useReading(client.id, async () => {
    const shared = await readJournal(client.id);
    setRecords(shared.records);
    setPaused(shared.paused);
  });
  const put = (record: WireRecord): void => setRecords((held) => withRecord(held ?? [], record));
  return (
    <>
      <Facts client={client} />
      <Notice client={client.id} />
      <InvitePanel client={client} />
      <Trouble text={journal.trouble} again={journal.again} />
      {records === null ? (
        journal.trouble === null && <p class="desk-page-ghost muted" role="status">{tt("therapist.journal.reading")}</p>
      ) : (
        <>
          <SessionDates client={client} records={records} put={put} />
          <Assignments client={client} library={library} records={records} put={put} changed={journal.again} />
          <Limits client={client} records={records} put={put} />
          <SharedPlan records={records} />
          {paused ? <Paused client={client} /> : <Journal client={client} library={library} records={records} reading={journal.reading} />}
        </>
      )}
    </>
  );
}

/** Facts in words; reminders only as far as a therapist can help with them. */
function Facts({ client }: { client: Client }) {
  const [zone, now] = [zoneHere(), Date.now()];
  const since = client.joined_at ?? client.created_at;
  const day = fullDay(localDay(since, zone), localDay(now, zone));
  return (
    <ul class="desk-facts muted">
      <li>{standing(client, now)}</li>
      <li>{tt(client.joined_at === null ? "therapist.client.added" : "therapist.client.joined", { day })}</li>
      {client.joined_at !== null && <li>{tt(`therapist.push.${client.push}`)}</li>}
    </ul>
  );
}

/** Sharing is paused: nothing of the client's is shown, and why is theirs. */
function Paused({ client }: { client: Client }) {
  return (
    <section class="stack tight desk-journal" aria-labelledby="journal-title">
      <h2 id="journal-title">{tt("therapist.journal.title")}</h2>
      <p class="notice">{tt("therapist.journal.paused", { name: own(client.name) })}</p>
    </section>
  );
}

/** What was just done, said once. */
function Notice({ client }: { client: string }) {
  const [text] = useState(() => (notice.peek()?.client === client ? notice.peek()?.text : undefined));
  useEffect(() => {
    notice.value = null;
  }, []);
  return text ? <div class="notice" role="status"><p>{text}</p></div> : null;
}
