// What is set for a client, and what became of it as neutral facts. No adherence, no arrows, no scores.
import { useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { me } from "../../data/session.ts";
import { isApproved } from "../../exercise/gates.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Exercise, Library } from "../../exercise/types.ts";
import type { Assignment, Run, WireRecord } from "../../data/types.ts";
import { Ending } from "./ending.tsx";
import { exerciseFor } from "./library.ts";
import { over, practised, type Practice } from "./practice.ts";
import { Ratings } from "./ratings.tsx";
import { type Reach, reachWords, useReaches } from "./reach.ts";
import { SetAside } from "./set-aside.tsx";
import { type Entry, entriesOf, type Set, setsOf } from "./shared.ts";
import { fullDay, shortDay } from "./times.ts";
import { WrittenTogether } from "./together.tsx";
import type { Client } from "./types.ts";
import { tt } from "./words.ts";

type Props = {
  client: Client;
  library: Library | null;
  records: readonly WireRecord[];
  put: (record: WireRecord) => void;
  /** Something is not as it is shown here: read it again. */
  changed: () => void;
};

export function Assignments({ client, library, records, put, changed }: Props) {
  const today = localDay(Date.now(), zoneHere());
  const sets = setsOf(records);
  const runs = entriesOf(records, zoneHere()).filter(({ kind }) => kind === "run") as unknown as Entry<Run>[];
  const reaches = useReaches(client.id, sets.some(({ body }) => over(body, today) === null));
  const card = (set: Set) => {
    const exercise = exerciseFor(set.body.exercise, library, set.body.snapshot);
    const draft = exercise !== undefined && !isApproved(exercise, me.value?.approvals ?? []);
    return (
      <li key={set.id}>
        <Card set={set} today={today} client={client} put={put} changed={changed} practice={practised(set, runs, exercise)} draft={draft} reach={reaches.get(set.id)} />
      </li>
    );
  };
  const live = sets.filter(({ body }) => over(body, today) === null);
  const ended = sets.filter(({ body }) => over(body, today) !== null);
  return (
    <section class="stack" aria-labelledby="set-title">
      <div class="row spread">
        <h2 id="set-title">{tt("therapist.set.title")}</h2>
        <a class="primary" href={`/clients/${client.id}/assign`}>{tt("therapist.set.assign")}</a>
      </div>
      {live.length === 0 && <p class="muted">{tt("therapist.set.none")}</p>}
      {live.length > 0 && <ul class="desk-cards">{live.map(card)}</ul>}
      {ended.length > 0 && (
        <details class="desk-more">
          <summary>{tt("therapist.set.ended", { n: ended.length })}</summary>
          <ul class="desk-cards">{ended.map(card)}</ul>
        </details>
      )}
    </section>
  );
}

type CardProps = { set: Set; today: string; client: Client; practice: Practice; draft: boolean; reach: Reach | undefined; put: (record: WireRecord) => void; changed: () => void };

function Card({ set, today, client, practice, draft, reach, put, changed }: CardProps) {
  const [ending, setEnding] = useState(false);
  const why = over(set.body, today);
  return (
    <article class="card desk-set">
      <div class="desk-title">
        <h3><bdi>{set.body.title}</bdi></h3>
        {why === null && <button type="button" class="quiet" aria-label={tt("therapist.end.which", { title: set.body.title })} onClick={() => setEnding(true)}>{tt("therapist.end.go")}</button>}
      </div>
      <p class="muted small">{[...facts(set.body, today), ...(why === null && draft ? [t("practise.draft")] : [])].join(" · ")}</p>
      {set.body.reason && <p dir="auto" class="desk-quote">{set.body.reason}</p>}
      {why === null && set.body.suspended && <SetAside client={client} set={set} put={put} />}
      <WrittenTogether exercise={set.body.snapshot as Exercise | undefined} />
      <Done practice={practice} />
      {why === null && reach && <p class="muted small">{reachWords(reach, today)}</p>}
      {practice.pairs.length > 0 && <Ratings pairs={practice.pairs} today={today} />}
      {ending && <Ending client={client} set={set} put={put} changed={changed} onClose={() => setEnding(false)} />}
    </article>
  );
}

function Done({ practice: { begun, finished, stopped } }: { practice: Practice }) {
  if (begun === 0) return <p>{tt("therapist.practice.none")}</p>;
  const said = [tt("therapist.practice.begun", { n: begun }), tt("therapist.practice.finished", { n: finished })];
  if (stopped > 0) said.push(tt("therapist.practice.stopped", { n: stopped }));
  return <p>{said.join(", ")}.</p>;
}

/** Dose, when it was set, until when, and what was agreed for it. */
function facts(body: Assignment, today: string): string[] {
  const why = over(body, today);
  return [
    dose(body.times_a_week ?? null),
    ...(body.set_on ? [tt("therapist.set.on", { day: shortDay(body.set_on, today) })] : []),
    ...(why === "ended" ? [tt("therapist.set.endedOn", { day: shortDay(localDay(body.ended_at ?? 0, zoneHere()), today) })] : []),
    ...(why !== "ended" && body.until ? [tt(why ? "therapist.set.ranUntil" : "therapist.set.until", { day: shortDay(body.until, today) })] : []),
    ...(why !== "ended" && !body.until && body.expires_on ? [tt(why ? "therapist.set.ranUntil" : "therapist.set.expires", { day: shortDay(body.expires_on, today) })] : []),
    ...(body.rehearsed_on ? [tt("therapist.set.rehearsed", { day: fullDay(body.rehearsed_on, today) })] : []),
    ...(body.distress_limit !== undefined && body.distress_limit !== null ? [tt("therapist.set.limit", { n: body.distress_limit })] : []),
  ];
}

/** How often, in words. */
export function dose(times: number | null): string {
  return times === null ? tt("therapist.dose.once") : tt("therapist.dose.week", { n: times });
}
