// An exercise that is left for another day: why, as far as the person likes to say, and who may read it.
import { useLocation } from "preact-iso/router";
import { useMemo, useState } from "preact/hooks";
import { FullNotice } from "../../app/full-notice.tsx";
import { Screen } from "../../app/shell.tsx";
import { useDraft } from "../../data/drafts.ts";
import { newId } from "../../data/ids.ts";
import { exerciseFor, useAssignment } from "../../exercise/context.ts";
import { type About, draftOf, type Kept, leaveForToday, takeBack } from "../../practise/leave-for-today.ts";
import { formOf, goneOn, type Leaving, type Left, MOST, MUCH, REASONS, UNSAID } from "../../practise/not-today.ts";
import { nt, reasonWords } from "../../practise/not-today-words.ts";
import { useLeftToday } from "../../practise/use-left-today.ts";
import { whyUnseen } from "../../sharing/accompanied-words.ts";
import { useAgreement } from "../../sharing/agreed.ts";
import { useStanding } from "../../sharing/answering.ts";
import { unseen } from "../../sharing/standing.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { Chips } from "../../ui/inputs/index.ts";

const SHOW_LEFT_FROM = 60;

export default function NotToday() {
  const { path } = useLocation();
  const exercise = path.split("/")[2] ?? "";
  const assignment = useAssignment(exercise);
  const left = useLeftToday();
  const [kept, setKept] = useState<Kept | null>(null);
  const backTo = `/practise/${exercise}`;
  if (kept !== null) return <Saved kept={kept} backTo={backTo} />;
  if (assignment === undefined || left === null) return <Screen title={nt("notToday.title")} backTo={backTo} />;
  if (assignment === null) return <Nothing />;
  const title = exerciseFor(exercise, assignment)?.title ?? assignment.body.title;
  return <Form about={{ exercise, title, assignment: assignment.id }} before={left.get(exercise)} saved={setKept} />;
}

function Nothing() {
  return (
    <Screen title={nt("notToday.title")} backTo="/practise">
      <p>{nt("notToday.nothing")}</p>
      <p><a class="button" href="/practise">{nt("notToday.to_list")}</a></p>
    </Screen>
  );
}

interface FormProps {
  about: About;
  /** What was said today already. */
  before: Left | undefined;
  saved: (kept: Kept) => void;
}

/** Two buttons and no preset: who may read it is chosen with the tap that saves it. What was there when this opened is what is
 *  changed, also when midnight passes. */
function Form({ about, before: now, saved }: FormProps) {
  const before = useMemo(() => now, []);
  const begun = useMemo(() => formOf(before, newId()), []);
  const { value, set } = useDraft<Leaving>(draftOf(about.exercise), begun);
  const standing = useStanding();
  const form = value.value && goneOn(value.value, begun);
  const saving = (audience: "me" | "therapist") => async () => {
    if (form !== null) saved(await leaveForToday(form, about, audience, before));
  };
  const share = useAction(saving("therapist"));
  const keep = useAction(saving("me"));
  const busy = share.busy || keep.busy;
  const alone = standing !== null && unseen(standing) === "alone";
  const backTo = `/practise/${about.exercise}`;
  if (form === null || standing === null) return <Screen title={nt("notToday.title")} backTo={backTo} />;
  return (
    <Screen title={nt("notToday.title")} backTo={backTo}>
      <div class="stack">
        <h2 dir="auto">{about.title}</h2>
        <p class="lead">{nt("notToday.lead")}</p>
      </div>
      <Chips label={nt("notToday.why")} hint={nt("notToday.why_hint")} multi alone={[UNSAID]} value={form.reasons}
        options={REASONS.map((id) => ({ id, label: reasonWords(id) }))} onChange={(reasons) => set({ ...form, reasons })} />
      <OwnWords form={form} alone={alone} change={(text) => set({ ...form, text })} />
      <WhoReads />
      {(share.trouble ?? keep.trouble) && <p class="problem" role="alert">{share.trouble ?? keep.trouble}</p>}
      <div class="stack tight">
        {!alone && <button type="button" class="primary wide-button" disabled={busy} onClick={share.run}>{nt("notToday.share", names())}</button>}
        <button type="button" class={`${alone ? "primary" : "button"} wide-button`} disabled={busy} onClick={keep.run}>{nt("notToday.keep")}</button>
        {before !== undefined && <TakeBack id={before.id} backTo={backTo} />}
      </div>
    </Screen>
  );
}

function OwnWords({ form, alone, change }: { form: Leaving; alone: boolean; change: (text: string) => void }) {
  const left = MOST - form.text.length;
  return (
    <div class="field">
      <label for="own">{nt("notToday.own")}</label>
      <p class="hint" id="own-hint">{alone ? nt("notToday.alone") : nt("notToday.when", names())}</p>
      <FullNotice />
      <textarea id="own" class="input" rows={3} dir="auto" maxLength={MOST} value={form.text} aria-describedby="own-hint"
        onInput={(event) => change(event.currentTarget.value)} />
      <p class="hint" role="status">{left <= SHOW_LEFT_FROM ? nt("notToday.left", { n: left }) : ""}</p>
    </div>
  );
}

/** Where what is shared is not seen as usual, why. */
function WhoReads() {
  const standing = useStanding();
  const paused = useAgreement()?.paused === true;
  const why = standing === null ? null : whyUnseen(standing);
  if (why === null && !paused) return null;
  return <p class="hint">{why} {paused && st("sharing.pause.small", names())}</p>;
}

function TakeBack({ id, backTo, quiet = false }: { id: string; backTo: string; quiet?: boolean }) {
  const { route } = useLocation();
  const back = useAction(async () => {
    await takeBack(id);
    route(backTo, true);
  });
  return (
    <>
      {back.trouble && <p class="problem" role="alert">{back.trouble}</p>}
      <button type="button" class={`${quiet ? "quiet" : "button"} wide-button`} disabled={back.busy} onClick={back.run}>{nt("notToday.take_back")}</button>
    </>
  );
}

/** That it was saved, who may read it, and grounding where it was too much. Nothing here has to be answered. */
function Saved({ kept: { id, audience, reasons, rests }, backTo }: { kept: Kept; backTo: string }) {
  const much = reasons.includes(MUCH);
  return (
    <Screen title={nt("notToday.saved.title")} backTo="/">
      <div class="stack tight">
        <p class="lead">{nt("notToday.saved.text")}</p>
        {rests && <p>{nt("notToday.saved.reminders")}</p>}
        <p>{audience === "therapist" ? nt("notToday.saved.shared", names()) : nt("notToday.saved.kept")}</p>
      </div>
      <div class="stack tight">
        {much && <a class="primary wide-button" href="/play/back-in-the-room">{nt("notToday.saved.ground")}</a>}
        <a class={`${much ? "button" : "primary"} wide-button`} href="/">{nt("notToday.saved.today")}</a>
        <TakeBack id={id} backTo={backTo} quiet />
      </div>
    </Screen>
  );
}
