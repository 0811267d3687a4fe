// Reminders, a part of Settings: the times, what comes next, and whether this phone is reached.
import { useEffect, useRef, useState } from "preact/hooks";
import { locale, t } from "../../app/words.ts";
import { remove, save, useRecords } from "../../data/journal.ts";
import { coming, inQuietHours, isWhole, QUIET } from "../../data/plans.ts";
import { lookAtPush, pushState } from "../../data/push.ts";
import type { LocalRecord, Mark, Plan } from "../../data/types.ts";
import { addDays, localDay, noon, zoneHere } from "../../history/days.ts";
import { useAction } from "../../ui/action.ts";
import { Chips } from "../../ui/inputs/index.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { ThisPhone } from "./reminders-phone.tsx";

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const MOST = 3;
const AHEAD = 7;
const SUGGESTED = "18:00";
/** A Monday, to name the days of the week by. */
const MONDAY = "2026-01-05";

export default function Reminders() {
  const plans = useRecords<Plan>({ kinds: ["plan"] });
  const marks = useRecords<Mark>({ kinds: ["mark"], limit: 60 });
  const [editing, setEditing] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => void lookAtPush().catch(console.error), []);
  if (plans === null || marks === null) return <section class="card" aria-busy="true" aria-label={t("reminders.loading")} />;
  const own = plans.filter(({ body }) => body !== null && isWhole(body)).sort((one, other) => timeOf(one).localeCompare(timeOf(other)));
  const close = () => {
    setEditing(null);
    title.current?.focus();
  };
  return (
    <section class="card" aria-labelledby="reminders">
      <h2 id="reminders" ref={title} tabIndex={-1}>{t("reminders.title")}</h2>
      <p class="muted">{t("reminders.intro")}</p>
      {own.map((plan) =>
        editing === plan.id ? (
          <PlanForm key={plan.id} plan={plan} close={close} />
        ) : (
          <PlanRow key={plan.id} plan={plan} edit={() => setEditing(plan.id)} />
        ),
      )}
      {editing === "new" && <PlanForm plan={null} close={close} />}
      {editing === null && own.length < MOST && (
        <button type="button" class={own.length === 0 ? "primary" : "button"} onClick={() => setEditing("new")}>
          {t(own.length === 0 ? "reminders.add.first" : "reminders.add")}
        </button>
      )}
      {(own.length > 0 || pushState.value === "on") && <ThisPhone />}
      {own.length > 0 && <NextOnes plans={own} marks={marks} />}
    </section>
  );
}

function PlanRow({ plan, edit }: { plan: LocalRecord<Plan>; edit: () => void }) {
  const time = shownTime(timeOf(plan));
  const change = useAction(() => keep(plan, { ...(plan.body as Plan), on: !plan.body?.on }));
  const drop = useAction(() => remove([plan.id]));
  return (
    <div class="stack" role="group" aria-label={t("reminders.plan", { time })}>
      <Switch label={time} description={daysInWords(plan.body?.days ?? [])} on={plan.body?.on === true} onChange={change.run} />
      <div class="chips">
        <button type="button" class="quiet" aria-label={t("reminders.plan.edit.which", { time })} onClick={edit}>
          {t("reminders.plan.edit")}
        </button>
        <button type="button" class="quiet" aria-label={t("reminders.plan.remove.which", { time })} onClick={drop.run} disabled={drop.busy}>
          {t("reminders.plan.remove")}
        </button>
      </div>
      <Trouble text={change.trouble ?? drop.trouble} />
    </div>
  );
}

function PlanForm({ plan, close }: { plan: LocalRecord<Plan> | null; close: () => void }) {
  const [at, setAt] = useState(plan?.body?.at ?? SUGGESTED);
  const [days, setDays] = useState<readonly number[]>(plan?.body?.days ?? EVERY_DAY);
  const [asking, setAsking] = useState(false);
  const whole = isWhole({ at, days: [...days] });
  const time = useRef<HTMLInputElement>(null);
  useEffect(() => time.current?.focus(), []);
  const write = useAction(async () => {
    await keep(plan, { about: "checkin", ...plan?.body, at, days: [...days].sort(), on: true });
    close();
  });
  const submit = (event: Event) => {
    event.preventDefault();
    if (!whole) return;
    if (inQuietHours(at) && at !== plan?.body?.at && !asking) setAsking(true);
    else write.run();
  };
  return (
    <form class="stack" onSubmit={submit} aria-label={plan ? t("reminders.plan", { time: shownTime(at) }) : t("reminders.plan.new")}>
      <div class="field">
        <label for="reminder-time">{t("reminders.time")}</label>
        <input id="reminder-time" ref={time} class="input" type="time" required value={at} aria-describedby="reminder-time-hint"
          onInput={({ currentTarget }) => { setAt(currentTarget.value.slice(0, 5)); setAsking(false); }} />
        <p id="reminder-time-hint" class="hint">{t("reminders.time.hint")}</p>
      </div>
      <Chips label={t("reminders.days")} multi options={weekdays()} value={days.map(String)} onChange={(picked) => setDays(picked.map(Number))} />
      {!whole && <p class="problem" role="status">{t(days.length === 0 ? "reminders.days.none" : "reminders.time.none")}</p>}
      {asking ? <AskQuiet at={at} keepIt={write.run} change={() => setAsking(false)} /> : <FormButtons ready={whole && !write.busy} close={close} />}
      <Trouble text={write.trouble} />
    </form>
  );
}

function FormButtons({ ready, close }: { ready: boolean; close: () => void }) {
  return (
    <div class="chips">
      <button type="submit" class="primary" disabled={!ready}>{t("reminders.save")}</button>
      <button type="button" class="quiet" onClick={close}>{t("foundation.cancel")}</button>
    </div>
  );
}

function AskQuiet({ at, keepIt, change }: { at: string; keepIt: () => void; change: () => void }) {
  const [time, from, to] = [at, QUIET.from, QUIET.to].map(shownTime) as [string, string, string];
  return (
    <div class="notice" role="alert">
      <p>{t("reminders.quiet", { time, from, to })}</p>
      <button type="button" class="button" onClick={keepIt}>{t("reminders.quiet.keep", { time })}</button>
      <button type="button" class="quiet" onClick={change}>{t("reminders.quiet.change")}</button>
    </div>
  );
}

function NextOnes({ plans, marks }: { plans: LocalRecord<Plan>[]; marks: LocalRecord<Mark>[] }) {
  const now = Date.now();
  const next = coming(plans, marks, now, AHEAD, zoneHere());
  const byDay = new Map<string, number[]>();
  for (const { day, at } of next) byDay.set(day, [...(byDay.get(day) ?? []), at]);
  const unreached = next.length > 0 && pushState.value !== undefined && pushState.value !== "on";
  return (
    <div class="stack">
      <h3>{t("reminders.next")}</h3>
      {next.length === 0 && <p class="muted">{t("reminders.next.none")}</p>}
      {unreached && <p class="muted">{t("reminders.next.unreached")}</p>}
      <ul class="facts" role="list">
        {[...byDay].map(([day, times]) => (
          <li key={day}>{`${dayInWords(day, now)}: ${times.map(clock).join(", ")}`}</li>
        ))}
      </ul>
    </div>
  );
}

function Trouble({ text }: { text: string | null }) {
  return text === null ? null : <p class="problem" role="alert">{text}</p>;
}

function keep(plan: LocalRecord<Plan> | null, body: Plan): Promise<unknown> {
  const known = plan ? { id: plan.id, base: plan.rev } : {};
  return save([{ ...known, kind: "plan", audience: "service", zone: zoneHere(), body }]);
}

function timeOf(plan: LocalRecord<Plan>): string {
  return plan.body?.at ?? "";
}

function weekdays(): { id: string; label: string }[] {
  return EVERY_DAY.map((day) => ({ id: String(day), label: weekdayName(addDays(MONDAY, day - 1), "short") }));
}

function daysInWords(days: readonly number[]): string {
  if (days.length === EVERY_DAY.length) return t("reminders.days.every");
  const names = [...days].sort().map((day) => weekdayName(addDays(MONDAY, day - 1), "short"));
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(names);
}

function dayInWords(day: string, now: number): string {
  const today = localDay(now, zoneHere());
  if (day === today) return t("reminders.next.today");
  return day === addDays(today, 1) ? t("reminders.next.tomorrow") : weekdayName(day, "long");
}

function weekdayName(day: string, weekday: "short" | "long"): string {
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(noon(day));
}

/** "18:00" as people here write it. */
function shownTime(at: string): string {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(Date.UTC(2026, 0, 5, hour, minute));
}

function clock(at: number): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(at);
}
