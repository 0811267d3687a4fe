import { useRoute } from "preact-iso/router";
import { Screen } from "../../app/shell.tsx";
import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import "../../styles/practise.css";
import { useRecords } from "../../data/journal.ts";
import { exerciseOf, library, shellExercises } from "../../data/library.ts";
import { me } from "../../data/session.ts";
import type { Assignment, LocalRecord, Menu, Run } from "../../data/types.ts";
import { useSetting } from "../../exercise/context.ts";
import { isApproved } from "../../exercise/approved.ts";
import type { Exercise } from "../../exercise/types.ts";
import { dayLabel, shortDay } from "../../history/day-words.ts";
import { livedDay } from "../../history/entries.ts";
import { daysBetween, localDay, zoneHere } from "../../history/days.ts";
import { type Assigned, lastDone, liveAssignments, setAside } from "../../practise/lists.ts";
import { nt } from "../../practise/not-today-words.ts";
import { useLeftToday } from "../../practise/use-left-today.ts";
import { ordered } from "../../practise/ordered.ts";
import { type Offered, shelves } from "../../practise/shelves.ts";
import { Icon } from "../../ui/icon.tsx";
import { useLate } from "../../ui/late.ts";
import { PractiseStart } from "./practise-start.tsx";

/** The exercises, or the page an exercise starts from. */
export function Practise() {
  const { id } = useRoute().params;
  return id === undefined ? <PractiseList /> : <PractiseStart id={id} />;
}

/** What the therapist set, then what anyone may start by themselves. */
function PractiseList() {
  const assignments = useRecords<Assignment>({ kinds: ["assignment"] });
  const runs = useRecords<Run>({ kinds: ["run"], limit: 400 }) ?? [];
  const setting = useSetting();
  const today = localDay(Date.now(), zoneHere());
  const menus = useRecords<Menu>({ kinds: ["menu"], limit: 1 });
  const left = useLeftToday();
  const late = useLate();
  const isRead = assignments !== null && setting !== null && menus !== null && left !== null;
  if (!isRead && !late) return <Screen title={t("practise.title")} />; // nothing moves under a finger
  const menu = menus?.[0]?.body;
  const live = ordered(liveAssignments(assignments ?? [], today), menu);
  const aside = setAside(assignments ?? [], today);
  const exercises = library.value?.exercises ?? shellExercises;
  return (
    <Screen title={t("practise.title")}>
      {live.length + aside.length > 0 && (
        <section class="stack" aria-labelledby="practise-set">
          <h2 id="practise-set">{t("practise.assigned")}</h2>
          {live.map((assignment) => (
            <AssignedCard key={assignment.id} assignment={assignment} runs={runs} today={today} first={menu?.first === assignment.id}
              left={left?.has(assignment.body.exercise) === true} />
          ))}
          {aside.map((assignment) => <AsideCard key={assignment.id} assignment={assignment} />)}
        </section>
      )}
      <section class="stack" aria-labelledby="practise-self">
        <h2 id="practise-self">{t(live.length > 0 ? "practise.self_also" : "practise.self")}</h2>
        {library.value === null && <p class="muted">{t("practise.not_here")}</p>}
        {shelves(exercises, me.value?.approvals ?? [], setting ?? {}).map((shelf) => (
          <div key={shelf.family} class="stack tight">
            <h3 class="shelf-name">{familyName(shelf.family)}</h3>
            <ul class="rows">
              {shelf.exercises.map((offered) => <li key={offered.exercise.id}><ShelfRow {...offered} /></li>)}
            </ul>
          </div>
        ))}
      </section>
    </Screen>
  );
}

type AssignedProps = { assignment: Assigned; runs: readonly LocalRecord<Run>[]; today: string; first: boolean; left: boolean };

function AssignedCard({ assignment, runs, today, first, left }: AssignedProps) {
  const { body } = assignment;
  const exercise = exerciseOf(body.exercise) ?? (body.snapshot as Exercise | undefined);
  return (
    <article class="card assigned">
      {first && <p class="eyebrow">{t("practise.first")}</p>}
      <h3>{exercise?.title ?? body.title}</h3>
      {body.reason !== undefined && body.reason !== "" && <p class="assigned-reason" dir="auto">{body.reason}</p>}
      <p class="hint">{facts(assignment, exercise)}</p>
      <p class="hint">{stateOf(lastDone(runs, body.exercise, livedDay), today)}{left && <> · {nt("notToday.said_short")}</>}</p>
      <a class="primary" href={`/practise/${body.exercise}`}>
        {t("practise.open")}<span class="visually-hidden"> {exercise?.title ?? body.title}</span>
      </a>
    </article>
  );
}

/** One that can't be opened for now, and why. */
function AsideCard({ assignment: { body } }: { assignment: Assigned }) {
  return (
    <article class="card assigned">
      <h3>{body.title}</h3>
      <p>{body.by ? t("practise.aside_by", { by: body.by }) : t("practise.aside")}</p>
    </article>
  );
}

/** By whom, how often, until when, how long, and that it is a draft: as far as each was said. */
function facts({ body }: Assigned, exercise: Exercise | undefined): string {
  return [
    body.by === "" ? null : t("practise.by", { by: body.by }),
    exercise === undefined ? null : t("practise.minutes", { n: exercise.minutes }),
    body.times_a_week == null ? null : t("practise.times", { n: body.times_a_week }),
    body.until == null ? null : t("practise.until", { day: shortDay(body.until, dates) }),
    exercise === undefined || isApproved(exercise, me.value?.approvals ?? []) ? null : t("practise.draft"),
  ].filter((fact) => fact !== null).join(" · ");
}

function stateOf(last: string | null, today: string): string {
  if (last === null) return t("practise.new");
  const ago = daysBetween(last, today);
  if (ago <= 1) return t(ago === 1 ? "practise.last_yesterday" : "practise.last_today");
  return t("practise.last", { day: dayLabel(last, today, dates, t) });
}

function ShelfRow({ exercise, approved }: Offered) {
  return (
    <a class="row-link" href={`/practise/${exercise.id}`}>
      <span class="shelf-words">
        <span class="shelf-title">{exercise.title}</span>
        <span class="hint">{exercise.summary}</span>
        <span class="hint">
          {t("practise.minutes", { n: exercise.minutes })}
          {!approved && <> · <span class="draft-mark">{t("practise.draft")}</span></>}
        </span>
      </span>
      <Icon name="forward" turns />
    </a>
  );
}

const NAMES = {
  "grounding-safety": "practise.family.grounding", "body-awareness": "practise.family.body",
  "emotion-labelling": "practise.family.labelling", imagery: "practise.family.imagery",
  mentalizing: "practise.family.mentalizing", "narrative-episode": "practise.family.narrative",
  mastery: "practise.family.mastery",
} as const;

/** The name of a family of exercises; a family of a newer version is shown by its id. */
export function familyName(family: string): string {
  const key = (NAMES as Record<string, (typeof NAMES)[keyof typeof NAMES] | undefined>)[family];
  return key === undefined ? family : t(key);
}

export default Practise;
