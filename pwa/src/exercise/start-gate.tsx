// Before an exercise: what it is, when it is better left for another day, what goes where, and Start.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { pt } from "./words.ts";
import { exerciseOf } from "../data/library.ts";
import { syncSoon } from "../data/sync.ts";
import { nt } from "../practise/not-today-words.ts";
import { useLeftToday } from "../practise/use-left-today.ts";
import { Chips, RatingRow } from "../ui/inputs/index.ts";
import { isApproved } from "./approved.ts";
import { asOfNow, useContext, whyClosed } from "./context.ts";
import { type Context, type LiveAssignment, mayStart, type Verdict } from "./gates.ts";
import { handOver, type Handover } from "./handover.ts";
import { useAgreement } from "../sharing/agreed.ts";
import { offersShare, tellsOnlyThat } from "./record.ts";
import { RecordingNote } from "./recording-note.tsx";
import { isOutdated } from "./tailored.ts";
import { dayInWords, timeInWords } from "./times.ts";
import type { Exercise } from "./types.ts";
import "../styles/player.css";

export interface StartGateProps {
  exercise: Exercise;
  /** The assignment it is done for, if there is one that holds. */
  assignment: LiveAssignment | null;
  /** Called at Start; without it the player opens. */
  onStart?: (start: Handover) => void;
}

/** The start page's content, under the exercise's title. */
export function StartGate({ exercise, assignment, onStart }: StartGateProps) {
  const { route } = useLocation();
  const context = useContext(exercise, assignment);
  const [, lookAgain] = useState(0);
  const [length, setLength] = useState(exercise.minutes);
  const guarded = exercise.access === "therapist";
  // What was done on another device, and what the therapist changed, is asked for before it can be started here.
  useEffect(() => {
    if (guarded) syncSoon();
  }, [guarded]);
  const begin = (distress: number | null): void => {
    if (context === null) return;
    if (!mayStart(exercise, { ...asOfNow(context), distress, groundingOffered: true }).ok) return lookAgain((times) => times + 1);
    const start: Handover = { exercise: exercise.id, assignment: assignment?.id ?? null, distress, length: exercise.lengths == null ? null : length, at: Date.now() };
    if (onStart !== undefined) return onStart(start);
    handOver(start);
    route(`/play/${exercise.id}`);
  };
  const closed = context === null ? undefined : whyClosed(exercise, context);
  return (
    <div class="stack loose start-gate">
      <About exercise={exercise} assignment={assignment} approvals={context?.approvals ?? []} voice={<RecordingNote exercise={exercise} />} />
      {closed !== undefined ? <Closed verdict={closed} /> : <BeforeStart exercise={exercise} />}
      {closed === undefined && <Lengths exercise={exercise} length={length} onChange={setLength} />}
      {context !== null && closed === undefined && <Gate exercise={exercise} context={context} onStart={begin} />}
      {assignment !== null && <AnotherDay exercise={exercise.id} />}
    </div>
  );
}

/** What was set may be left for another day, and that is said to whom the person likes. */
function AnotherDay({ exercise }: { exercise: string }) {
  const left = useLeftToday();
  if (left === null) return null;
  const href = `/practise/${exercise}/not-today`;
  if (!left.has(exercise)) return <a class="quiet wide-button" href={href}>{nt("notToday.title")}</a>;
  return (
    <div class="notice">
      <p>{nt("notToday.said")}</p>
      <a class="quiet" href={href}>{nt("notToday.change")}</a>
    </div>
  );
}

type No = Extract<Verdict, { ok: false }>;

interface AboutProps {
  exercise: Exercise;
  assignment: LiveAssignment | null;
  approvals: readonly string[];
  /** Whose voice reads it; in a preview nothing is fetched for that. */
  voice?: ComponentChildren;
}

/** What it is, from whom, and which of its words are the therapist's own. */
export function About({ exercise, assignment, approvals, voice }: AboutProps) {
  const facts = [
    pt("player.start.minutes", { n: exercise.minutes }),
    ...(assignment !== null && assignment.body.by !== "" ? [pt("player.start.by", { name: assignment.body.by })] : []),
  ];
  return (
    <>
      <p class="lead">{exercise.summary}</p>
      <p class="muted">{facts.join(" · ")}</p>
      {voice}
      {assignment?.body.reason && <blockquote class="reason" dir="auto">{assignment.body.reason}</blockquote>}
      <OtherWords exercise={exercise} assignment={assignment} />
      {assignment?.body.rewritten_at !== undefined && (
        <p class="notice">{pt("player.start.rewritten", { day: dayInWords(assignment.body.rewritten_at), name: assignment.body.by || pt("player.start.your_therapist") })}</p>
      )}
      {!isApproved(exercise, approvals) && <p class="draft-mark">{pt("player.start.draft")}</p>}
    </>
  );
}

function OtherWords({ exercise, assignment }: Pick<AboutProps, "exercise" | "assignment">) {
  const name = assignment?.body.by || pt("player.start.your_therapist");
  if (isOutdated(exercise, assignment?.body.tailored)) return <p class="muted">{pt("player.start.own_words_again", { name })}</p>;
  const n = exercise.tailored?.length ?? 0;
  return n === 0 ? null : <p class="muted">{pt("player.start.tailored", { n, name })}</p>;
}

function BeforeStart({ exercise }: { exercise: Exercise }) {
  const agreed = useAgreement();
  return (
    <>
      {exercise.caution && <Caution exercise={exercise} caution={exercise.caution} />}
      <ul class="start-notes">
        {hasEyes(exercise) && <li>{pt("player.start.eyes")}</li>}
        <li>{pt("player.start.stop")}</li>
        {agreed !== null && <li>{pt(`player.start.${whatGoes(exercise, agreed.fields.runs)}`)}</li>}
      </ul>
    </>
  );
}

function Caution({ exercise, caution }: { exercise: Exercise; caution: string }) {
  const lighter = exercise.lighter == null ? undefined : exerciseOf(exercise.lighter);
  return (
    <div class="notice warm">
      <p>{caution}</p>
      {lighter !== undefined && <a class="quiet" href={`/practise/${lighter.id}`}>{pt("player.start.lighter", { title: lighter.title })}</a>}
    </div>
  );
}

/** Where it can be shorter or longer; the usual length is chosen until another is. */
function Lengths({ exercise, length, onChange }: { exercise: Exercise; length: number; onChange: (length: number) => void }) {
  if (exercise.lengths == null) return null;
  const options = exercise.lengths.map(({ minutes, label }) => ({ id: String(minutes), label, description: pt("player.start.minutes", { n: minutes }) }));
  return <Chips label={pt("player.start.length")} rows options={options} value={[String(length)]} onChange={([id]) => onChange(Number(id ?? length))} />;
}

function hasEyes(exercise: Exercise): boolean {
  return exercise.steps.some((step) => step.type === "choice" && step.sets === "eyes");
}

function whatGoes(exercise: Exercise, agreed: boolean): "only_that" | "nothing" | "share_first" | "answers" | "kept" {
  if (tellsOnlyThat(exercise)) return "only_that";
  if (exercise.steps.every((step) => step.share == null || step.share === "private")) return "nothing";
  if (offersShare(exercise)) return "share_first";
  return agreed ? "answers" : "kept";
}

interface GateProps {
  exercise: Exercise;
  context: Context;
  /** Distress is asked whether or not the exercise asks by itself. */
  always?: boolean;
  onStart: (distress: number | null) => void;
}

/** The gate itself: a question where one is needed, the reason where it stays closed, or Start. */
export function Gate({ exercise, context, always = false, onStart }: GateProps) {
  const [given, setGiven] = useState<number | null | undefined>(undefined);
  const verdict = mayStart(exercise, { ...context, distress: given });
  if (verdict.ok && (!always || given !== undefined)) return <Start again={always} onStart={() => onStart(given ?? null)} />;
  if (verdict.ok || verdict.why === "ask-distress") {
    return <AskDistress optional={exercise.intensity === "medium"} onAnswer={setGiven} />;
  }
  if (verdict.why === "ground-first") return <GroundFirst again={always} leave={always || context.assignment === null} onAnyway={() => onStart(given ?? null)} />;
  return <Closed verdict={verdict} />;
}

function Start({ again, onStart }: { again: boolean; onStart: () => void }) {
  return (
    <button type="button" class="primary wide-button start" onClick={onStart}>{pt(again ? "player.start.go_on" : "player.start.start")}</button>
  );
}

/** Asked before a harder exercise. For a medium one it may stay open. */
function AskDistress({ optional, onAnswer }: { optional: boolean; onAnswer: (distress: number | null) => void }) {
  const [value, setValue] = useState<number | null>(null);
  return (
    <div class="stack">
      <RatingRow label={pt("player.start.distress")} min={0} max={10} low={pt("player.start.distress_low")}
        high={pt("player.start.distress_high")} value={value} onChange={setValue} />
      <button type="button" class="primary wide-button" disabled={value === null} onClick={() => onAnswer(value)}>
        {pt("player.start.go_on")}
      </button>
      {optional && <button type="button" class="quiet wide-button" onClick={() => onAnswer(null)}>{pt("player.start.unsaid")}</button>}
    </div>
  );
}

/** Grounding first; the choice stays with the person. */
function GroundFirst({ again, leave, onAnyway }: { again: boolean; leave: boolean; onAnyway: () => void }) {
  return (
    <div class="stack tight">
      <p class="lead">{pt("player.start.a_lot")}</p>
      <a class="primary wide-button" href="/play/five-senses">{pt("player.start.ground_first")}</a>
      <button type="button" class="button wide-button" onClick={onAnyway}>{pt(again ? "player.start.go_on" : "player.start.anyway")}</button>
      {leave && <a class="button wide-button" href="/">{pt("player.start.not_today")}</a>}
    </div>
  );
}

/** The exercise that a person's scenes come from. */
const WRITES_SCENES = "one-scene";

function Closed({ verdict }: { verdict: No }) {
  return (
    <div class="notice">
      <p>{whyWords(verdict)}</p>
      {verdict.why === "scenes" && exerciseOf(WRITES_SCENES) !== undefined
        && <a class="primary wide-button" href={`/practise/${WRITES_SCENES}`}>{pt("player.why.write_scene")}</a>}
      <a class="quiet" href="/practise">{pt("player.why.others")}</a>
    </div>
  );
}

/** Why it does not start now, and from when it does where that is known. */
function whyWords({ why, until, have = 0, of = 0 }: No): string {
  const closed = why === "scenes" ? pt("player.why.scenes", { n: have, of }) : pt(`player.why.${why}`);
  return until === undefined ? closed : `${closed} ${pt("player.why.until", { when: timeInWords(until) })}`;
}
