// One client: letting them in, what is set, and what they shared.
import { useEffect, useRef, useState } from "preact/hooks";
import { later } from "../../app/later.tsx";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import type { Library } from "../../exercise/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import Accompanying, { WhatIsShown } from "./accompanying.tsx";
import { Trouble, useReading } from "./action.tsx";
import { api, withdrawAssignment } from "./api.ts";
import { Assignments } from "./assignments.tsx";
import { Caseload, standing } from "./caseload.tsx";
import { Desk, useRoom } from "./desk.tsx";
import { InvitePanel } from "./invite-panel.tsx";
import { Journal } from "./journal.tsx";
import { jt } from "./journal-words.ts";
import { useLibrary } from "./library.ts";
import { Limits } from "./limits.tsx";
import { Message } from "./message.tsx";
import { isChart, type Part } from "./parts.ts";
import { SafetyPart } from "./safety-part.tsx";
import { Sections, Ways } from "./sections.tsx";
import { SessionDates } from "./sessions.tsx";
import { SharedPlan } from "./shared-plan.tsx";
import { clientOf, clients, keepClient, notice, weeks } from "./state.ts";
import { fullDay } from "./times.ts";
import type { Client } from "./types.ts";
import { UndoLine } from "./undo.tsx";
import { useCaseload } from "./use-caseload.ts";
import { useJournal } from "./use-journal.ts";
import { Vocabulary } from "./vocabulary.tsx";
import { own, tt } from "./words.ts";

const SharedPart = later(() => import("./part.tsx"));

export function ClientPage({ id, part }: { id: string; part: Part }) {
  const room = useRoom();
  const caseload = useCaseload();
  const reading = useReading(id, async () => keepClient(await api<Client>("GET", `/api/clients/${id}`)));
  const client = clientOf(id);
  const tab = part === "overview" ? tt("therapist.client.title") : jt(`shared.part.${isChart(part) ? "charts" : part}`);
  return (
    <Desk title={client?.name ?? tt("therapist.client.title")} tab={tab}
      {...(!room && { backTo: "/clients" })} beside={room && <><Caseload current={id} {...caseload} />{clients.value !== null && <a class="quiet desk-add" href="/clients">{tt("therapist.add.title")}</a>}</>}>
      <Trouble text={client ? null : reading.trouble} again={reading.again} />
      {client ? <Page key={id} client={client} part={part} /> : reading.trouble === null && <div class="desk-page-ghost" aria-hidden="true" />}
    </Desk>
  );
}

function Page({ client, part }: { client: Client; part: Part }) {
  const base = `/clients/${client.id}`;
  const library = useLibrary();
  const journal = useJournal(client.id, part);
  const { records, paused, reading } = journal;
  return (
    <>
      <Sections base={base} part={part} />
      {part === "overview" ? <Overview client={client} library={library} journal={journal} rest={base} /> : <Ways base={base} />}
      <Trouble text={journal.trouble} again={journal.again} />
      {records === null && journal.trouble === null && <p class="desk-page-ghost muted" role="status">{tt("therapist.journal.reading")}</p>}
      {records !== null && part !== "overview" && (
        paused ? <Paused client={client} /> : <SharedPart part={part} base={base} client={client} library={library} records={records} reading={reading} />
      )}
    </>
  );
}

type OverviewProps = { client: Client; library: Library | null; journal: ReturnType<typeof useJournal>; rest: string };

/** What is agreed and set, and what came lately. */
function Overview({ client, library, journal, rest }: OverviewProps) {
  const { records, put, paused, reading } = journal;
  return (
    <>
      <Facts client={client} />
      <Said client={client} records={records} changed={journal.again} />
      <WhatIsShown client={client} />
      <InvitePanel client={client} />
      {records !== null && (
        <>
          <SessionDates client={client} records={records} put={put} />
          <Assignments client={client} library={library} records={records} put={put} changed={journal.again} />
          {paused ? <Paused client={client} /> : <Journal client={client} library={library} records={records} reading={reading} rest={rest} />}
          <Limits client={client} records={records} put={put} />
          <Message client={client} records={records} put={put} />
          <Vocabulary client={client} records={records} put={put} />
          <SafetyPart client={client} records={records} put={put} />
          <SharedPlan records={records} />
          <Accompanying client={client} />
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
  if (weeks.value.get(client.id)?.frozen) return null; // that is said above, and it is something else
  return (
    <section class="stack tight desk-journal" aria-labelledby="journal-title">
      <h2 id="journal-title">{tt("therapist.journal.title")}</h2>
      <p class="notice">{tt("therapist.journal.paused", { name: own(client.name) })}</p>
    </section>
  );
}

/** What was just done, said once, with the way back. */
function Said({ client, records, changed }: { client: Client; records: readonly WireRecord[] | null; changed: () => void }) {
  const [said] = useState(() => (notice.peek()?.client === client.id ? notice.peek() : null));
  const op = useRef(newId());
  useEffect(() => {
    notice.value = null;
  }, []);
  if (!said) return null;
  const { undo, text } = said;
  const since = records?.some(({ id, rev, deleted }) => id === undo?.id && rev !== undo.rev && deleted !== true);
  const takeBack = undo && !since && (async () => {
    await withdrawAssignment(client.id, undo.id, undo.rev, op.current);
    changed();
    return tt("therapist.undo.taken", { title: own(undo.title), name: own(client.name) });
  });
  return <UndoLine text={text} undo={takeBack || undefined} which={undo && tt("therapist.undo.set", { title: undo.title })} />;
}
