// Do reminders reach me? Every device and what is true of it, what comes next, what became of each, and calendars.
import { useEffect, useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { useRecords } from "../../data/journal.ts";
import { lookAtPush, pushState, reconcilePush } from "../../data/push.ts";
import { type Device, freshLog, keptLog, type Next, type ReminderLog } from "../../data/reminders.ts";
import type { Assignment, Plan } from "../../data/types.ts";
import { deviceWords } from "../../reminders/device-words.ts";
import { clock, dayWords, whenShort } from "../../reminders/when.ts";
import { rt } from "../../reminders/reaching-words.ts";
import { Calendars } from "./reaching-calendar.tsx";
import { Entries } from "./reaching-log.tsx";
import { ThisPhone } from "./reminders-phone.tsx";

export default function Reaching() {
  const { log, fresh, again } = useLog();
  const about = useAbout();
  useEffect(() => void lookAtPush().catch(console.error), []);
  return (
    <Screen title={rt("reaching.title")} backTo="/settings">
      <p class="lead">{rt("reaching.lead")}</p>
      {fresh === false && <p class="notice warm" role="status">{log ? rt("reaching.kept", { when: whenShort(log.now, Date.now()) }) : rt("reaching.never")}</p>}
      <section class="card" aria-labelledby="this-device">
        <h2 id="this-device">{rt("reaching.phone.title")}</h2>
        <ThisPhone alone trouble={log && troubleHere(log)} after={again} />
      </section>
      {fresh === undefined && log === null && <p class="muted" role="status">{rt("reaching.loading")}</p>}
      {log && <Devices devices={log.devices} now={log.now} />}
      {log && <Coming next={log.next} now={log.now} about={about} />}
      {log && <Entries entries={log.entries} now={log.now} about={about} />}
      <Calendars feed={log?.feed ?? null} again={again} />
    </Screen>
  );
}

/** What this phone last heard, then what the server says: `fresh` once it did, false when it can't be reached. */
function useLog(): { log: ReminderLog | null; fresh: boolean | undefined; again: () => void } {
  const [log, setLog] = useState<ReminderLog | null>(null);
  const [fresh, setFresh] = useState<boolean>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    const hear = (heard: ReminderLog, now: boolean) => {
      if (gone) return;
      setLog((before) => (now || before === null ? heard : before));
      if (now) setFresh(true);
    };
    void keptLog().then((kept) => kept && hear(kept, false)).catch(console.error);
    const ask = async () => {
      const heard = await freshLog();
      hear(heard, true);
      if (!(await mended(heard))) return;
      hear(await freshLog(), true);
    };
    void ask().catch(() => gone || setFresh(false));
    return () => {
      gone = true;
    };
  }, [round]);
  return { log, fresh, again: () => setRound((before) => before + 1) };
}

/** This device thought that it is reached, and the server says that it is not: that is put right at once. */
async function mended({ devices }: ReminderLog): Promise<boolean> {
  if (pushState.value !== "on" || devices.some(({ current, reached }) => current && reached)) return false;
  await reconcilePush();
  return true;
}

/** What keeps the server from reaching this device, although reminders are on here. */
function troubleHere({ devices, now }: ReminderLog): string | null {
  const here = devices.find(({ current }) => current);
  return here?.reached && here.broken_at ? (deviceWords(here, now)[0] ?? null) : null;
}

/** What a plan is about, in words; only this phone knows. */
function useAbout(): (plan: string) => string {
  const plans = useRecords<Plan>({ kinds: ["plan"] }) ?? [];
  const assignments = useRecords<Assignment>({ kinds: ["assignment"] }) ?? [];
  return (plan) => {
    const about = plans.find(({ id }) => id === plan)?.body?.about;
    if (about === "checkin") return rt("reaching.about.checkin");
    return assignments.find(({ id }) => id === about)?.body?.title ?? rt("reaching.about.gone");
  };
}

function Devices({ devices, now }: { devices: readonly Device[]; now: number }) {
  return (
    <section class="card" aria-labelledby="devices">
      <h2 id="devices">{rt("reaching.devices.title")}</h2>
      <ul class="plain-list stack" role="list">
        {devices.map((device) => (
          <li key={device.id}>
            <h3>{device.current ? rt("reaching.devices.here", { name: device.name }) : device.name}</h3>
            {deviceWords(asItIs(device), now).map((line) => <p key={line} class="muted">{line}</p>)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of itself this device knows more than it has told. */
function asItIs(device: Device): Device {
  return device.current && pushState.value ? { ...device, state: pushState.value } : device;
}

function Coming({ next, now, about }: { next: readonly Next[]; now: number; about: (plan: string) => string }) {
  return (
    <section class="card" aria-labelledby="coming">
      <h2 id="coming">{rt("reaching.next.title")}</h2>
      {next.length === 0 && <p class="muted">{rt("reaching.next.none")}</p>}
      <ul class="plain-list" role="list">
        {next.map((one) => (
          <li key={`${one.plan} ${one.day} ${one.slot}`}>
            {dayWords(one.day, now)}: {rt("reaching.log.line", { time: timeOf(one), about: about(one.plan) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function timeOf({ at, again }: Next): string {
  if (at === null) return rt("reaching.next.drawn");
  return again ? rt("reaching.next.again", { time: clock(at) }) : clock(at);
}
