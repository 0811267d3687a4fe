// The recordings of an exercise: who read what, attaching one, hearing and removing it.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import type { Recording } from "../../data/recordings.ts";
import type { Exercise } from "../../exercise/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api, readSound, sendRecording } from "./api.ts";
import { fullDay } from "./times.ts";
import { own, tt } from "./words.ts";

const MB = 1024 * 1024;
const MOST = 20 * MB;
const FIRST_WORDS = 48;

export function Recordings({ exercise }: { exercise: Exercise }) {
  const [all, setAll] = useState<Recording[] | null>(null);
  const reading = useReading(exercise.id, async () => {
    const { recordings } = await api<{ recordings: Recording[] }>("GET", "/api/recordings");
    setAll(recordings.filter((one) => one.exercise === exercise.id && one.locale === locale));
  });
  return (
    <section class="card stack" aria-labelledby="recordings">
      <h2 id="recordings">{tt("therapist.recordings.title")}</h2>
      <p>{tt("therapist.recordings.text")}</p>
      <Trouble text={reading.trouble} again={reading.again} />
      {all?.length === 0 && <p class="muted">{tt("therapist.recordings.none")}</p>}
      {all !== null && all.length > 0 && (
        <ul class="desk-list">{all.map((one) => <li key={one.id}><One recording={one} exercise={exercise} changed={reading.again} /></li>)}</ul>
      )}
      {all !== null && <Attach exercise={exercise} all={all} changed={reading.again} />}
    </section>
  );
}

function One({ recording, exercise, changed }: { recording: Recording; exercise: Exercise; changed: () => void }) {
  const part = partOf(exercise, recording.step);
  const removing = useAction(async () => {
    await api("DELETE", `/api/recordings/${recording.id}`);
    changed();
  });
  return (
    <div class="stack tight">
      <p>{part}</p>
      <p class="muted small">{factsOf(recording)}</p>
      {recording.version !== exercise.version && <p class="notice warm">{tt("therapist.recordings.old", { n: recording.version })}</p>}
      <Hear recording={recording} part={part} />
      <p>
        <button type="button" class="quiet" disabled={removing.busy} onClick={removing.run}
          aria-label={tt("therapist.recordings.remove_which", { part })}>{tt("therapist.recordings.remove")}</button>
      </p>
      <Trouble text={removing.trouble} />
    </div>
  );
}

/** Its sound comes when it is asked for. */
function Hear({ recording, part }: { recording: Recording; part: string }) {
  const [address, setAddress] = useState<string | null>(null);
  const reading = useAction(async () => setAddress(URL.createObjectURL(await readSound(recording))));
  useEffect(() => () => {
    if (address !== null) URL.revokeObjectURL(address);
  }, [address]);
  if (address !== null) return <audio controls autoplay src={address} aria-label={part} />;
  return (
    <>
      <p>
        <button type="button" class="quiet" disabled={reading.busy} onClick={reading.run}
          aria-label={tt("therapist.recordings.hear_which", { part })}>{tt("therapist.recordings.hear")}</button>
      </p>
      <Trouble text={reading.trouble} />
    </>
  );
}

function Attach({ exercise, all, changed }: { exercise: Exercise; all: readonly Recording[]; changed: () => void }) {
  const [part, file] = [useId(), useId()];
  const input = useRef<HTMLInputElement>(null);
  const [step, setStep] = useState("");
  const [said, setSaid] = useState<string | null>(null);
  const sending = useAction(async () => {
    const chosen = input.current?.files?.[0];
    setSaid(chosen === undefined ? tt("therapist.recordings.choose") : chosen.size > MOST ? tt("therapist.recordings.large") : null);
    if (chosen === undefined || chosen.size > MOST) return input.current?.focus();
    await sendRecording(exercise, step, chosen);
    if (input.current) input.current.value = "";
    setSaid(tt("therapist.recordings.done"));
    changed();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.run();
  };
  const there = all.some((one) => one.step === step);
  return (
    <form class="stack desk-form" noValidate onSubmit={submit}>
      <div class="field">
        <label for={part}>{tt("therapist.recordings.part")}</label>
        <select id={part} class="input" value={step} aria-describedby={`${part}-hint`} onChange={(event) => setStep(event.currentTarget.value)}>
          <option value="">{tt("therapist.recordings.whole")}</option>
          {exercise.steps.filter(({ text }) => text !== null).map(({ id }) => <option key={id} value={id}>{partOf(exercise, id)}</option>)}
        </select>
        <p class="hint" id={`${part}-hint`}>{tt("therapist.recordings.part_hint")}</p>
      </div>
      <div class="field">
        <label for={file}>{tt("therapist.recordings.file")}</label>
        <input ref={input} id={file} class="input" type="file" accept="audio/*,.m4a,.mp3,.ogg,.opus,.webm,.wav" aria-describedby={`${file}-hint`} />
        <p class="hint" id={`${file}-hint`}>{tt("therapist.recordings.file_hint")}</p>
      </div>
      <Trouble text={sending.trouble} />
      <p role="status">{sending.busy ? tt("therapist.recordings.sending") : sending.trouble === null ? said : null}</p>
      <button type="submit" class="button" disabled={sending.busy}>{tt(there ? "therapist.recordings.replace" : "therapist.recordings.attach")}</button>
    </form>
  );
}

/** The name of a part: the whole, or a step with its place and first words. */
function partOf({ steps }: Exercise, id: string): string {
  if (id === "") return tt("therapist.recordings.whole");
  const at = steps.findIndex((step) => step.id === id);
  const text = steps[at]?.text ?? "";
  if (at < 0) return tt("therapist.recordings.gone", { id });
  const words = text.length <= FIRST_WORDS ? text : `${text.slice(0, text.lastIndexOf(" ", FIRST_WORDS))}…`;
  return tt("therapist.recordings.step", { n: at + 1, words });
}

function factsOf({ by, at, size }: Recording): string {
  const day = localDay(at, zoneHere());
  const megabytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(Math.max(0.1, size / MB));
  return tt("therapist.recordings.facts", { name: own(by), day: fullDay(day, localDay(Date.now(), zoneHere())), size: megabytes });
}
