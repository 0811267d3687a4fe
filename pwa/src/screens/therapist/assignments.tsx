// What is set for a client, and what became of it as neutral facts. No adherence, no arrows, no scores.
import { useLocation } from "preact-iso/router";
import { useRef, useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { me } from "../../data/session.ts";
import { newId } from "../../data/ids.ts";
import { isApproved } from "../../exercise/approved.ts";
import { isOutdated } from "../../exercise/tailored.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Exercise, Library } from "../../exercise/types.ts";
import type { Assignment, NotToday, Run, WireRecord } from "../../data/types.ts";
import { KIND as NOT_TODAY } from "../../practise/not-today.ts";
import { Trouble, useAction } from "./action.tsx";
import { reopenAssignment } from "./api.ts";
import { again, emptyForm } from "./assigning.ts";
import { Ending } from "./ending.tsx";
import { exerciseFor } from "./library.ts";
import { inOrder, menuIn } from "./menu.ts";
import { MenuOrder } from "./menu-order.tsx";
import { over, practised, type Practice } from "./practice.ts";
import { Ratings } from "./ratings.tsx";
import { type Reach, reachWords, useReaches } from "./reach.ts";
import { SetAside } from "./set-aside.tsx";
import { type Entry, entriesOf, type Set, setsOf } from "./shared.ts";
import { keepForm } from "./state.ts";
import { fullDay, shortDay } from "./times.ts";
import { WrittenTogether } from "./together.tsx";
import type { Client } from "./types.ts";
import { UndoLine } from "./undo.tsx";
import { own, tt } from "./words.ts";

type Props = {
  client: Client;
  library: Library | null;
  records: readonly WireRecord[];
  put: (record: WireRecord) => void;
  /** Something is not as it is shown here: read it again. */
  changed: () => void;
};

export function Assignments({ client, library, records, put, changed }: Props) {
  const [ordering, setOrdering] = useState(false);
  const [ended, setEnded] = useState<Set | null>(null);
  const today = localDay(Date.now(), zoneHere());
  const sets = setsOf(records);
  const menu = menuIn(records);
  const entries = entriesOf(records, zoneHere());
  const runs = entries.filter(({ kind }) => kind === "run") as unknown as Entry<Run>[];
  const left = entries.filter(({ kind }) => kind === NOT_TODAY) as unknown as Entry<NotToday>[];
  const live = inOrder(sets.filter(({ body }) => over(body, today) === null), menu);
  const past = sets.filter(({ body }) => over(body, today) !== null);
  const reaches = useReaches(client.id, live.length > 0);
  const onEnded = (record: WireRecord): void => {
    put(record);
    setEnded(setsOf([record])[0] ?? null);
  };
  const card = (set: Set) => {
    const exercise = exerciseFor(set.body.exercise, library, set.body.snapshot);
    const draft = exercise !== undefined && !isApproved(exercise, me.value?.approvals ?? []);
    return (
      <li key={set.id}>
        <Card set={set} today={today} client={client} put={put} changed={changed} onEnded={onEnded} practice={practised(set, runs, exercise, left)} draft={draft}
          reach={reaches.get(set.id)} first={menu?.first === set.id} outdated={exercise !== undefined && isOutdated(exercise, set.body.tailored)} />
      </li>
    );
  };
  return (
    <section class="stack" aria-labelledby="set-title">
      <div class="row spread">
        <h2 id="set-title">{tt("therapist.set.title")}</h2>
        <a class="primary" href={`/clients/${client.id}/assign`}>{tt("therapist.set.assign")}</a>
      </div>
      {ended && <Ended key={ended.rev} client={client} set={ended} put={put} />}
      {live.length === 0 && <p class="muted">{tt("therapist.set.none")}</p>}
      {live.length > 1 && (ordering
        ? <MenuOrder client={client} sets={live} records={records} put={put} onClose={() => setOrdering(false)} />
        : <button type="button" class="quiet desk-undo" onClick={() => setOrdering(true)}>{tt("therapist.menu.open")}</button>)}
      {live.length > 0 && <ul class="desk-cards">{live.map(card)}</ul>}
      {past.length > 0 && (
        <details class="desk-more">
          <summary>{tt("therapist.set.ended", { n: past.length })}</summary>
          <ul class="desk-cards">{past.map(card)}</ul>
        </details>
      )}
    </section>
  );
}

/** What was just ended, and the way back, until the page is left. */
function Ended({ client, set, put }: { client: Client; set: Set; put: (record: WireRecord) => void }) {
  const op = useRef(newId());
  const undo = async (): Promise<string> => {
    put(await reopenAssignment(client.id, set.id, set.rev, op.current));
    return tt("therapist.undo.reopened", { title: own(set.body.title) });
  };
  return <UndoLine text={tt("therapist.undo.ended", { title: own(set.body.title) })} undo={undo} which={tt("therapist.undo.end", { title: set.body.title })} focus />;
}

type CardProps = {
  set: Set; today: string; client: Client; practice: Practice; draft: boolean; reach: Reach | undefined; first: boolean; outdated: boolean;
  put: (record: WireRecord) => void; changed: () => void; onEnded: (record: WireRecord) => void;
};

function Card({ set, today, client, practice, draft, reach, first, outdated, put, changed, onEnded }: CardProps) {
  const [ending, setEnding] = useState(false);
  const why = over(set.body, today);
  return (
    <article class="card desk-set">
      <div class="desk-title">
        <h3><bdi>{set.body.title}</bdi></h3>
        {why === null ? (
          <>
            <a class="quiet" href={`/clients/${client.id}/assign/${set.id}`} aria-label={tt("therapist.edit.which", { title: set.body.title })}>{tt("therapist.edit.go")}</a>
            <button type="button" class="quiet" aria-label={tt("therapist.end.which", { title: set.body.title })} onClick={() => setEnding(true)}>{tt("therapist.end.go")}</button>
          </>
        ) : <SetAgain client={client} set={set} today={today} />}
      </div>
      {why === "ended" && <GoesOn client={client} set={set} put={put} />}
      <p class="muted small">{[...(first && why === null ? [tt("therapist.menu.isFirst")] : []), ...facts(set.body, today), ...(why === null && draft ? [t("practise.draft")] : [])].join(" · ")}</p>
      {set.body.reason && <p dir="auto" class="desk-quote">{set.body.reason}</p>}
      {why === null && outdated && <p class="notice">{tt("therapist.tailor.outdated")}</p>}
      {why === null && set.body.suspended && <SetAside client={client} set={set} put={put} />}
      <WrittenTogether exercise={set.body.snapshot as Exercise | undefined} />
      <Done practice={practice} />
      {why === null && reach && <p class="muted small">{reachWords(reach, today)}</p>}
      {practice.pairs.length > 0 && <Ratings pairs={practice.pairs} today={today} />}
      {ending && <Ending client={client} set={set} changed={changed} onClose={() => setEnding(false)} onEnded={onEnded} />}
    </article>
  );
}

/** An ending that was not meant, found out later: it goes on as it was, with the texts that were written together. */
function GoesOn({ client, set, put }: { client: Client; set: Set; put: (record: WireRecord) => void }) {
  const op = useRef(newId());
  const going = useAction(async () => put(await reopenAssignment(client.id, set.id, set.rev, op.current)));
  return (
    <>
      <button type="button" class="quiet desk-undo" disabled={going.busy} aria-label={tt("therapist.undo.goesOn_which", { title: set.body.title })} onClick={going.run}>{tt("therapist.undo.goesOn")}</button>
      <Trouble text={going.trouble} />
    </>
  );
}

/** Opens the form as it was filled the last time: one more tap sets it again. */
function SetAgain({ client, set, today }: { client: Client; set: Set; today: string }) {
  const { route } = useLocation();
  const open = (): void => {
    keepForm(client.id, again(set.body, emptyForm(newId(), newId()), today));
    route(`/clients/${client.id}/assign`);
  };
  return <button type="button" class="quiet" aria-label={tt("therapist.again.which", { title: set.body.title })} onClick={open}>{tt("therapist.again.go")}</button>;
}

function Done({ practice: { begun, finished, stopped, left } }: { practice: Practice }) {
  if (begun + left === 0) return <p>{tt("therapist.practice.none")}</p>;
  const said = begun === 0 ? [tt("therapist.practice.unopened")] : [tt("therapist.practice.begun", { n: begun }), tt("therapist.practice.finished", { n: finished })];
  if (stopped > 0) said.push(tt("therapist.practice.stopped", { n: stopped }));
  if (left > 0) said.push(tt("therapist.practice.left", { n: left }));
  return <p>{said.join(", ")}.</p>;
}

/** Dose, when it was set, until when, and what was agreed for it. */
export function facts(body: Assignment, today: string): string[] {
  const why = over(body, today);
  return [
    dose(body.times_a_week ?? null),
    ...(body.set_on ? [tt("therapist.set.on", { day: shortDay(body.set_on, today) })] : []),
    ...(why === "ended" ? [tt("therapist.set.endedOn", { day: shortDay(localDay(body.ended_at ?? 0, zoneHere()), today) })] : []),
    ...(why !== "ended" && body.until ? [tt(why ? "therapist.set.ranUntil" : "therapist.set.until", { day: shortDay(body.until, today) })] : []),
    ...(why !== "ended" && !body.until && body.expires_on ? [tt(why ? "therapist.set.ranUntil" : "therapist.set.expires", { day: shortDay(body.expires_on, today) })] : []),
    ...(body.rehearsed_on ? [tt("therapist.set.rehearsed", { day: fullDay(body.rehearsed_on, today) })] : []),
    ...(body.distress_limit !== undefined && body.distress_limit !== null ? [tt("therapist.set.limit", { n: body.distress_limit })] : []),
    ...(body.tailored ? [tt("therapist.tailor.said", { n: Object.keys(body.tailored.words).length })] : []),
  ];
}

/** How often, in words. */
export function dose(times: number | null): string {
  return times === null ? tt("therapist.dose.once") : tt("therapist.dose.week", { n: times });
}
