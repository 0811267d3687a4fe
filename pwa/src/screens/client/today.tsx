// Today: what is next, a check-in, and what was begun. Never more than three cards.
import { useEffect, useState } from "preact/hooks";
import { historyAhead } from "../../app/history-ahead.ts";
import { later, Nothing } from "../../app/later.tsx";
import { Notices } from "../../app/notices.tsx";
import { Screen } from "../../app/shell.tsx";
import { dates } from "../../app/dates.ts";
import { t } from "../../app/words.ts";
import { InstallHint } from "../../app/install-hint.tsx";
import { reminded } from "../../app/tapped.ts";
import { DRAFT } from "../../checkin/draft.ts";
import { draftNames } from "../../data/drafts.ts";
import { plannedToday } from "../../data/due.ts";
import { useRecords } from "../../data/journal.ts";
import { exerciseOf } from "../../data/library.ts";
import { me } from "../../data/session.ts";
import type { Assignment, CheckIn, Mark, Menu, Plan, Run } from "../../data/types.ts";
import { isApproved } from "../../exercise/approved.ts";
import { type Unfinished, unfinishedRun } from "../../exercise/resume.ts";
import type { Exercise } from "../../exercise/types.ts";
import { addDays, localDay, zoneHere } from "../../history/days.ts";
import { livedDay } from "../../history/entries.ts";
import { liveAssignments } from "../../practise/lists.ts";
import { useLeftToday } from "../../practise/use-left-today.ts";
import { Icon } from "../../ui/icon.tsx";
import { type Next, nextOf } from "./next.ts";

const CHECK_IN = "checkin";
const PutOff = later(() => import("./reminder-later.tsx"));
const GoneQuiet = later(() => import("./reminders-quiet.tsx"), Nothing, Nothing);
const Accompanied = later(() => import("./accompanied-card.tsx"), Nothing, Nothing);
const Alone = later(() => import("./today-alone.tsx"), Nothing, Nothing);
const Note = later(() => import("./today-note.tsx"), Nothing, Nothing);

export default function Today() {
  const today = localDay(Date.now(), zoneHere());
  const assignments = useRecords<Assignment>({ kinds: ["assignment"] });
  const runs = useRecords<Run>({ kinds: ["run"], limit: 200 });
  const checkIns = useRecords<CheckIn>({ kinds: ["checkin"], from: addDays(today, -1), limit: 20 });
  const plans = useRecords<Plan>({ kinds: ["plan"] });
  const menus = useRecords<Menu>({ kinds: ["menu"], limit: 1 });
  const marks = useRecords<Mark>({ kinds: ["mark"], limit: 100 });
  const standing = useRecords({ kinds: ["relationship"], limit: 1 });
  const left = useLeftToday();
  const begun = useBegun();
  const coming = assignments === null || menus === null || runs === null || checkIns === null || plans === null || marks === null || standing === null || left === null || begun === undefined;
  useEffect(() => {
    if (!coming) historyAhead();
  }, [coming]);
  if (coming) {
    return <Screen title={greeting()} extra={<ToSettings />} />;
  }
  const live = liveAssignments(assignments, today);
  const planned = plannedToday(plans, marks, Date.now(), zoneHere());
  const about = plans.find(({ id }) => id === reminded.value?.plan)?.body?.about ?? planned.find(({ due }) => due)?.about;
  const next = nextOf(live, runs, today, { about, menu: menus[0]?.body, aside: left });
  const ended = standing[0]?.body?.["state"] === "ended";
  const last = checkIns.find((record) => livedDay(record) === today && record.body?.part_of === undefined);
  const checkIn = (
    <CheckInCard
      begun={begun.checkIn}
      lastAt={last ? (last.felt_at ?? last.saved_at) : null}
      plannedAt={planned.find((one) => one.about === CHECK_IN)?.at ?? null}
      main={begun.run === null && (next === null || about === CHECK_IN)}
    />
  );
  return (
    <Screen title={greeting()} extra={<ToSettings />}>
      <Notices />
      <Accompanied />
      {reminded.value?.later && <PutOff />}
      <GoneQuiet />
      {begun.run && <GoOnRun run={begun.run} />}
      {about === CHECK_IN && checkIn}
      {next ? <NextCard next={next} more={live.length - 1} main={begun.run === null && about !== CHECK_IN} /> : !ended && <NothingSet />}
      {about !== CHECK_IN && checkIn}
      {next === null && ended && <Alone />}
      <Note />
      {checkIns.length > 0 && <InstallHint />}
    </Screen>
  );
}

function greeting(): string {
  const hour = new Date().getHours();
  const part = hour < 5 ? "night" : hour < 12 ? "morning" : hour < 18 ? "afternoon" : hour < 23 ? "evening" : "night";
  const words = t(`foundation.today.${part}`);
  const name = me.value?.name ?? "";
  return name === "" ? words : t("foundation.today.greeting", { greeting: words, name });
}

interface Begun {
  run: Unfinished | null;
  checkIn: boolean;
}

/** What was begun and not saved; undefined until it was read. */
function useBegun(): Begun | undefined {
  const [begun, setBegun] = useState<Begun>();
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const [run, drafts] = await Promise.all([unfinishedRun(), draftNames()]);
      if (!gone) setBegun({ run, checkIn: drafts.some(({ name }) => name === DRAFT) });
    };
    void read().catch(() => gone || setBegun({ run: null, checkIn: false }));
    return () => {
      gone = true;
    };
  }, []);
  return begun;
}

function ToSettings() {
  return (
    <a class="quiet round" href="/settings" aria-label={t("foundation.settings")}>
      <Icon name="settings" />
    </a>
  );
}

function GoOnRun({ run }: { run: Unfinished }) {
  return (
    <section class="card" aria-labelledby="go-on">
      <p class="eyebrow">{t("foundation.today.goOn.exercise")}</p>
      <h2 id="go-on">{run.title}</h2>
      {run.step !== null && <p class="muted">{t("foundation.today.goOn.step", { step: run.step })}</p>}
      <a class="primary" href={run.path}>
        {t("foundation.today.goOn.button")}
      </a>
    </section>
  );
}

function NextCard({ next, more, main }: { next: Next; more: number; main: boolean }) {
  const { body } = next.assignment;
  const exercise = exerciseOf(body.exercise) ?? (body.snapshot as Exercise | undefined);
  return (
    <section class="card" aria-labelledby="next">
      <p class="eyebrow">{t(next.aside ? "foundation.today.aside" : "foundation.today.next")}</p>
      <h2 id="next">{exercise?.title ?? body.title}</h2>
      {body.reason && <p>{body.reason}</p>}
      <p class="muted small">
        {facts(next, exercise)}
        <br />
        {dose(next)}
      </p>
      <div class="row">
        <a class={main && !next.aside ? "primary" : "button"} href={`/practise/${body.exercise}`}>
          {t("foundation.today.start")}
          <span class="visually-hidden"> {exercise?.title ?? body.title}</span>
        </a>
        {!next.aside && !next.enough && <a class="quiet" href={`/practise/${body.exercise}/not-today`}>{t("foundation.today.not_today")}</a>}
      </div>
      {more > 0 && (
        <a class="quiet more" href="/practise">
          {t("foundation.today.more", { n: more })}
        </a>
      )}
    </section>
  );
}

function facts({ assignment }: Next, exercise: Exercise | undefined): string {
  const by = assignment.body.by || me.value?.therapist || "";
  const minutes = exercise ? t("foundation.today.minutes", { n: exercise.minutes }) : "";
  const draft = exercise && !isApproved(exercise, me.value?.approvals ?? []) ? t("practise.draft") : "";
  return [minutes, by === "" ? "" : t("foundation.today.by", { name: by }), draft].filter((fact) => fact !== "").join(" · ");
}

function dose({ asked, enough }: Next): string {
  if (enough) return t("foundation.today.done");
  return asked === null ? "" : t("foundation.today.dose", { n: asked });
}

function NothingSet() {
  return (
    <section class="card" aria-labelledby="nothing">
      <h2 id="nothing">{t("foundation.today.nothing.title")}</h2>
      <p class="muted">{t("foundation.today.nothing.text")}</p>
      <a class="button" href="/practise">
        {t("foundation.today.nothing.link")}
      </a>
    </section>
  );
}

type CheckInProps = { begun: boolean; lastAt: number | null; plannedAt: string | null; main: boolean };

function CheckInCard({ begun, lastAt, plannedAt, main }: CheckInProps) {
  const said = lastAt === null ? t("foundation.today.checkIn.text") : t("foundation.today.checkIn.again", { time: clock(lastAt) });
  return (
    <section class="card" aria-labelledby="how">
      <h2 id="how">{t("foundation.today.checkIn.title")}</h2>
      {plannedAt !== null && <p>{t("foundation.today.checkIn.planned", { time: clock(Date.parse(`${localDay(Date.now(), zoneHere())}T${plannedAt}`)) })}</p>}
      <p class="muted">{begun ? t("foundation.today.goOn.checkIn") : said}</p>
      <a class={main || begun ? "primary" : "button"} href="/check-in">
        {begun ? t("foundation.today.goOn.button") : t("foundation.today.checkIn.button")}
      </a>
    </section>
  );
}

function clock(at: number): string {
  return new Intl.DateTimeFormat(dates, { timeStyle: "short" }).format(at);
}
