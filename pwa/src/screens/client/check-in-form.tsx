import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useMemo, useRef } from "preact/hooks";
import { t } from "../../app/words.ts";
import { useBefore } from "../../checkin/before.ts";
import { canSave, type CheckInDraft, DRAFT, emptyDraft, isBlank } from "../../checkin/draft.ts";
import { greeting } from "../../checkin/greeting.ts";
import type { Moment } from "../../checkin/records.ts";
import { type Saved, saveCheckIn } from "../../checkin/save.ts";
import { useDraft } from "../../data/drafts.ts";
import { newId } from "../../data/ids.ts";
import { useRecords } from "../../data/journal.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { Affect, EmotionPicker, RatingRow } from "../../ui/inputs/index.ts";
import { useLate } from "../../ui/late.ts";
import { CheckInMore } from "./check-in-more.tsx";
import { CheckInWhen } from "./check-in-when.tsx";
import { NoteField } from "./check-in-note.tsx";
import { useSees, WhoWillSee } from "./check-in-sees.tsx";
import { FullNotice } from "../../app/full-notice.tsx";

/** What each part of the form gets: the draft, and a way to change some of it. */
export type Part = { draft: CheckInDraft; change: (some: Partial<CheckInDraft>) => void };

/** A new check-in while it is made. `fresh`: it begins empty, whatever another tab has begun. */
export function CheckInForm({ fresh, onSaved }: { fresh: boolean; onSaved: (saved: Saved) => void }) {
  const empty = useMemo(() => emptyDraft(newId), []);
  const kept = useDraft(DRAFT, empty, fresh);
  const hello = useGreeting();
  const before = useBefore();
  const change = (some: Partial<CheckInDraft>) => {
    const next = { ...(kept.value.peek() ?? empty), ...some };
    if (isBlank(next) && !next.more) void kept.clear();
    else kept.set(next);
  };
  return (
    <>
      <p class="lead">{t(`checkin.${hello}`)}</p>
      <Form draft={kept.value.value} change={change} mayChangeWhen ready={canSave}
        save={async (draft, moment) => onSaved(await saveCheckIn(draft, moment, await before()))} />
    </>
  );
}

interface FormProps {
  /** Null until it was read. */
  draft: CheckInDraft | null;
  change: Part["change"];
  mayChangeWhen: boolean;
  ready: (draft: CheckInDraft) => boolean;
  save: (draft: CheckInDraft, moment: Moment) => Promise<void>;
  /** What else there is to do, beside Save. */
  children?: ComponentChildren;
}

/** The questions and Save. Every answer is kept as it is given; Save is live from the first one. */
export function Form({ draft, change, mayChangeWhen, ready, save, children }: FormProps) {
  const { state, run } = useSave(save);
  const [sees, late] = [useSees(), useLate()];
  if (draft === null || (sees === null && !late)) return null; // nothing moves under a finger
  const live = ready(draft);
  return (
    <>
      <WhoWillSee draft={draft} sees={sees} />
      <form class="checkin stack loose" onSubmit={(event) => { event.preventDefault(); if (live) void run(draft); }}>
        {mayChangeWhen && <CheckInWhen draft={draft} change={change} />}
        {draft.when === "older"
          ? <NoteField draft={draft} change={change} label={t("checkin.note_older")} />
          : <><Questions draft={draft} change={change} /><CheckInMore draft={draft} change={change} /></>}
        {!draft.more && draft.when !== "older" && <FullNotice />}
        {children}
        <SaveBar live={live} state={state} />
      </form>
    </>
  );
}

/** Saving draws this again, and not the questions. */
function SaveBar({ live, state }: { live: boolean; state: Signal<Saving> }) {
  const { busy, problem } = state.value;
  return (
    <div class={live ? "save-bar live" : "save-bar"}>
      {problem !== null && <p class="problem" role="alert">{problem}</p>}
      <button type="submit" class="primary wide-button" disabled={!live || busy}>{t("checkin.save")}</button>
    </div>
  );
}

function Questions({ draft, change }: Part) {
  const words = vocabulary.value;
  return (
    <>
      <Affect label={t("checkin.where")} value={draft.affect} onChange={(affect) => change({ affect })} />
      <RatingRow label={t("checkin.distress")} min={0} max={10} low={t("checkin.distress_low")} high={t("checkin.distress_high")}
        value={draft.distress} onChange={(distress) => change({ distress, unsaid: false })}
        unsaid={draft.unsaid} onUnsaid={(unsaid) => change({ unsaid, distress: null })} />
      {words === null
        ? <p class="hint">{t("checkin.no_words")}</p>
        : (
          <EmotionPicker label={t("checkin.words")} hint={t("checkin.words_hint")} vocabulary={words} near={draft.affect}
            max={3} extra={words.special} ownWord levels value={draft.words} onChange={(words) => change({ words })} />
        )}
    </>
  );
}

function useGreeting(): "hello" | "again" {
  const last = useRecords({ kinds: ["checkin"], limit: 1 })?.[0];
  return greeting(last?.day ?? null, localDay(Date.now(), zoneHere()));
}

interface Saving {
  /** It takes long enough to show. */
  busy: boolean;
  problem: string | null;
}

const LONG = 150;

function useSave(work: FormProps["save"]) {
  const { query } = useLocation();
  const opened = useRef(Date.now());
  const state = useSignal<Saving>({ busy: false, problem: null });
  const saving = useRef(false);
  const run = async (draft: CheckInDraft) => {
    if (saving.current) return;
    saving.current = true;
    const slow = setTimeout(() => { state.value = { ...state.peek(), busy: true }; }, LONG);
    const now = Date.now();
    const source = query["from"] === "reminder" ? "reminder" : "own";
    try {
      await work(draft, { now, zone: zoneHere(), seconds: (now - opened.current) / 1000, source });
      clearTimeout(slow);
    } catch (error) {
      clearTimeout(slow);
      state.value = { busy: false, problem: error instanceof Error ? error.message : t("checkin.not_saved") };
      saving.current = false;
    }
  };
  return { state, run };
}
