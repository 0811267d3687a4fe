// The practice's exercises: each with its whole text to read, and who approved the version there is.
import { useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import type { Exercise } from "../../exercise/types.ts";
import { me } from "../../data/session.ts";
import { Trouble, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { Approval } from "./approval.tsx";
import { isOwn } from "./assigning.ts";
import { Desk } from "./desk.tsx";
import { ExerciseText } from "./exercise-text.tsx";
import { Recordings } from "./recordings.tsx";
import type { PracticeExercise } from "./types.ts";
import { named, tt } from "./words.ts";

/** The list: what is approved, and what still has to be read. */
export function ExercisesPage() {
  const [exercises, setExercises] = useState<PracticeExercise[] | null>(null);
  const reading = useReading("exercises", async () => setExercises(await readExercises()));
  const open = exercises?.filter(({ approval }) => approval === null) ?? [];
  return (
    <Desk title={tt("therapist.exercises.title")} {...(me.value?.role === "therapist" && { backTo: "/clients" })}>
      <p class="muted">{tt("therapist.exercises.text")}</p>
      <p><a class="button" href="/exercises/own">{tt("therapist.exercises.own")}</a></p>
      {me.value?.role === "admin" && <p><a class="quiet" href="/crisis-lines">{tt("therapist.lines.title")}</a></p>}
      <Trouble text={reading.trouble} again={reading.again} />
      {exercises === null
        ? reading.trouble === null && <div class="desk-page-ghost" aria-hidden="true" />
        : <p role="status">{open.length === 0 ? tt("therapist.exercises.none_open") : tt("therapist.exercises.open", { n: open.length })}</p>}
      <ul class="rows">{exercises?.map((exercise) => <li key={exercise.id}><Row exercise={exercise} /></li>)}</ul>
    </Desk>
  );
}

function Row({ exercise }: { exercise: PracticeExercise }) {
  return (
    <a class="row-link" href={`/exercises/${exercise.id}`}>
      <span class="desk-client-words">
        <span class="desk-client-name"><bdi>{exercise.title}</bdi></span>
        <span class="muted small">{facts(exercise)}</span>
      </span>
      <span class="small">{tt(exercise.approval ? "therapist.exercises.approved" : "therapist.exercises.draft")}</span>
    </a>
  );
}

/** One exercise, as people will read it, and the approval at its end. */
export function ExercisePage({ id }: { id: string }) {
  const [shown, setShown] = useState<{ exercise: Exercise; entry: PracticeExercise } | null>(null);
  const reading = useReading(id, async () => {
    const [exercise, all] = await Promise.all([
      api<Exercise>("GET", `/api/practice/exercises/${id}?locale=${locale}`), readExercises(),
    ]);
    const entry = all.find((one) => one.id === id);
    if (entry) setShown({ exercise, entry });
  });
  return (
    <Desk title={shown?.entry.title ?? tt("therapist.exercises.title")} tab={tt("therapist.exercises.title")} backTo="/exercises">
      <Trouble text={reading.trouble} again={reading.again} />
      {shown && (
        <>
          <p class="muted">{facts(shown.entry)}</p>
          <p class="row">
            <a class="button" href={`/exercises/${id}/preview`}>{tt("therapist.play.open")}</a>
            {isOwn(id) && <a class="button" href={`/exercises/${id}/edit`}>{tt("therapist.exercises.write")}</a>}
          </p>
          <ExerciseText exercise={shown.exercise} />
          <Recordings exercise={shown.exercise} />
          <Approval key={shown.entry.approval?.day} entry={shown.entry} changed={reading.again} />
        </>
      )}
    </Desk>
  );
}

async function readExercises(): Promise<PracticeExercise[]> {
  return (await api<{ exercises: PracticeExercise[] }>("GET", `/api/practice/exercises?locale=${locale}`)).exercises;
}

function facts({ id, family, intensity, minutes, version, access }: PracticeExercise): string {
  return [
    ...(isOwn(id) ? [tt("therapist.exercises.yours")] : []),
    named("family", family), named("intensity", intensity), tt("therapist.exercises.minutes", { n: minutes }),
    ...(access === "therapist" ? [tt("therapist.exercises.guarded")] : []), tt("therapist.exercises.version", { n: version }),
  ].join(" · ");
}
