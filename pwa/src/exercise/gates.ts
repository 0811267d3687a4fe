// May this exercise start now? Pure: everything it looks at is handed in, the time too.
import type { Assignment, Run } from "../data/types.ts";
import { isApproved } from "./approved.ts";
import type { Exercise, Limits, Step } from "./types.ts";

export type Why =
  /** Not yet looked at and allowed by the practice: medium and high do not start. */
  | "draft"
  /** Only with a live assignment from the therapist. */
  | "assignment"
  /** Opens once the therapist has said yes. */
  | "needs-ok"
  /** The therapist keeps it closed for this person, unless they set it. */
  | "blocked"
  /** The assignment's last day is over. */
  | "expired"
  /** No contact with the server for too long, or the phone's clock was set back since. */
  | "connect"
  /** After a hard rating, until the therapist opens it again. */
  | "reopen"
  /** Used a short while ago. */
  | "locked"
  /** Used often enough in seven days. */
  | "often"
  /** A high exercise was done today: today only low ones. */
  | "after-high"
  /** Outside the allowed hours. */
  | "hours"
  /** It looks at the person's own scenes, and there are too few of them on this phone. */
  | "scenes"
  /** Distress has to be asked first (medium: it may be left open). */
  | "ask-distress"
  /** Grounding is offered first; the choice stays with the person. */
  | "ground-first"
  /** Over the limit of a high exercise. */
  | "distress";

export type Verdict =
  | { ok: true }
  /** Until when, where that is known; of scenes, how many there are and how many it takes. */
  | { ok: false; why: Why; until?: number; have?: number; of?: number };

/** A run as the journal holds it, or what is told of one by its mark (see uses.ts), with the time it was past its gate. */
export type PastRun = Pick<Run, "exercise" | "assignment" | "started_at" | "ended_at" | "ended" | "locked_until">
  & { intensity?: string; reopen?: boolean; at?: number };

/** When the server last answered: its clock, and this phone's then. */
export interface Contact {
  server: number;
  here: number;
}

export interface LiveAssignment {
  id: string;
  body: Assignment;
}

/** What the therapist has set for this person. What they set as an exercise opens all the same: setting it is their yes. */
export interface Kept {
  /** Closed, by what speaks against an exercise. */
  blocks?: readonly string[];
  /** The only exercises to start by oneself; empty: all that are open. */
  allowed?: readonly string[];
  /** Exercises that wait for the therapist's yes, and have it. */
  ok?: readonly string[];
  /** When exercises that only a therapist sets may open, inside their own hours. */
  hours?: Hours | null;
}
export type Hours = readonly [from: string, to: string];

export interface Context extends Kept {
  /** The phone's clock. */
  now: number;
  /** Null before the phone and the server first spoke. */
  contact: Contact | null;
  /** The latest that this phone's clock has shown since then, where it was noted. */
  latest?: number | null;
  /** Minutes to add to UTC for the person's own time. */
  offset: number;
  /** "id@version" of what the practice has allowed. */
  approvals: readonly string[];
  assignment: LiveAssignment | null;
  runs: readonly PastRun[];
  /** How many scenes of the person's own are on this phone. */
  scenes?: number;
  /** 0..10; null: asked and left open; undefined: not asked yet. */
  distress?: number | null | undefined;
  /** The person chose to go on after grounding was offered. */
  groundingOffered?: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
/** A clock that is put right moves by less than this. */
const SLACK = 5 * MINUTE;
/** Distress from which grounding is offered before a medium exercise. */
export const OFFER_GROUNDING_AT = 8;
/** A therapist may lower the gate, and no one may raise it above this. */
const HIGHEST_GATE = 6;
const USUAL: Limits = {
  gate: 5, hours: ["09:00", "20:00"], lock_hours: 24, max_in_7_days: 2, expires_days: 14, sync_hours: 72,
};

/** Whether `exercise` may start, and if not why, and until when where that is known. */
export function mayStart(exercise: Exercise, context: Context): Verdict {
  if (exercise.access === "always") return { ok: true };
  return inOrder(
    () => approved(exercise, context),
    () => allowed(exercise, context),
    () => unblocked(exercise, context),
    () => connected(exercise, context),
    () => afterHigh(exercise, context),
    () => (exercise.intensity === "high" ? withinLimits(exercise, context) : atItsHours(exercise, context)),
    () => withScenes(exercise, context),
    () => calmEnough(exercise, context),
  );
}

/** The highest distress a high exercise may start with: the lowest of the three limits. */
export function gateFor(exercise: Exercise, assignment: LiveAssignment | null): number {
  const gate = exercise.limits?.gate ?? USUAL.gate;
  return Math.min(gate, assignment?.body.distress_limit ?? gate, HIGHEST_GATE);
}

/** Whether distress is asked before the start: where the exercise has no such question with a way out of its own. */
export function asksBefore(exercise: Exercise): boolean {
  if (exercise.intensity === "low") return false;
  return !exercise.steps.some((step) => (step.type === "rate" && step.gate != null) || offersOn(exercise, step));
}

/** When a high exercise that ended at `ended` opens again. */
export function lockedUntil(exercise: Exercise, ended: number): number {
  return ended + (exercise.limits?.lock_hours ?? USUAL.lock_hours) * HOUR;
}

/** Whether an assignment still holds: not ended, and its days are not over. */
export function isLive(exercise: Exercise, context: Context): Verdict {
  const body = context.assignment?.body;
  if (body === undefined || body.exercise !== exercise.id || body.ended_at != null) return { ok: false, why: "assignment" };
  const today = dayOf(latestOf(context), context.offset);
  const last = [body.expires_on, body.until].filter((day) => day != null).sort()[0] ?? expiresByItself(exercise, body);
  return last !== undefined && today > last ? { ok: false, why: "expired" } : { ok: true };
}

function approved(exercise: Exercise, context: Context): Verdict | undefined {
  if (exercise.intensity === "low" || isApproved(exercise, context.approvals)) return undefined;
  return { ok: false, why: "draft" };
}

function allowed(exercise: Exercise, context: Context): Verdict | undefined {
  if (exercise.access === "self" && exercise.intensity !== "high") return undefined;
  const live = isLive(exercise, context);
  if (exercise.access === "after-ok") return live.ok || hasYes(exercise, context) ? undefined : { ok: false, why: "needs-ok" };
  if (!live.ok) return live;
  return exercise.access === "therapist" && context.assignment?.body.snapshot == null
    ? { ok: false, why: "assignment" } : undefined;
}

/** What a therapist sets comes with their yes. */
function unblocked(exercise: Exercise, context: Context): Verdict | undefined {
  return isKeptClosed(exercise, context) && !isLive(exercise, context).ok ? { ok: false, why: "blocked" } : undefined;
}

/** The family of what steadies: no list leaves it out. */
const STEADYING = "grounding-safety";

/** Whether the therapist keeps an exercise from this person: something speaks against it, or it is none of those to start. */
export function isKeptClosed(exercise: Exercise, kept: Kept): boolean {
  const { blocks = [], allowed: only = [] } = kept;
  const listed = only.length === 0 || only.includes(exercise.id) || hasYes(exercise, kept) || exercise.family === STEADYING;
  return !listed || isClosedTo(exercise, blocks);
}

/** Whether the therapist has said yes to an exercise that waits for it. Not to a high one: each time of that is set. */
export function hasYes({ id, access, intensity }: Exercise, { ok = [] }: Kept): boolean {
  return access === "after-ok" && intensity !== "high" && ok.includes(id);
}

/** Minutes that an exercise may take for someone who often feels unreal. */
const SHORT = 5;

/** Whether something speaks against an exercise that the therapist keeps this person from. */
export function isClosedTo(exercise: Exercise, blocks: readonly string[]): boolean {
  return exercise.contraindications.some((code) => blocks.includes(code) && closes(exercise, code));
}

/** Breath is not held and a body is looked at in hands and feet, by the player itself; who often feels unreal does what is
 *  short and asks for no closed eyes. */
function closes(exercise: Exercise, code: string): boolean {
  if (code === "BREATH" || code === "BODY") return false;
  if (code !== "DISS") return true;
  return exercise.minutes > SHORT || exercise.steps.some((step) => step.type === "choice" && step.sets === "eyes");
}

/** With these, the eyes stay open whatever the exercise offers. */
const OPEN_EYES = new Set(["DISS", "BODY"]);

/** Whether this person's eyes stay open. */
export function keepsEyesOpen(blocks: readonly string[], openOnly: boolean): boolean {
  return openOnly || blocks.some((code) => OPEN_EYES.has(code));
}

function connected(exercise: Exercise, context: Context): Verdict | undefined {
  if (exercise.access !== "therapist") return undefined;
  const { now, contact, latest } = context;
  const longest = (exercise.limits?.sync_hours ?? USUAL.sync_hours) * HOUR;
  const back = isSetBack(now, contact) || now < (latest ?? 0) - SLACK;
  return contact === null || now - contact.here > longest || back ? { ok: false, why: "connect" } : undefined;
}

/** Whether the phone's clock was set back since the server last answered, by more than putting it right would. */
export function isSetBack(now: number, contact: Contact | null): boolean {
  return contact !== null && now < contact.here - SLACK;
}

/** After a high one only low ones and grounding that day; so two high ones are never back to back. */
function afterHigh(exercise: Exercise, context: Context): Verdict | undefined {
  if (exercise.intensity === "low") return undefined;
  const at = trusted(context);
  const today = dayOf(at, context.offset);
  const done = context.runs.some((run) => run.intensity === "high" && isUse(run) && run.exercise !== exercise.id
    && dayOf(when(run), context.offset) === today);
  return done ? { ok: false, why: "after-high", until: nextMidnight(at, context.offset) } : undefined;
}

function withinLimits(exercise: Exercise, context: Context): Verdict | undefined {
  const limits = exercise.limits ?? USUAL;
  const at = trusted(context);
  const mine = context.runs.filter((run) => run.exercise === exercise.id);
  if (mine.some((run) => run.reopen === true && run.assignment === context.assignment?.id)) return { ok: false, why: "reopen" };
  const locked = Math.max(0, ...mine.map((run) => run.locked_until ?? 0));
  if (locked > at) return { ok: false, why: "locked", until: locked };
  const uses = mine.filter((run) => isUse(run) && when(run) > at - 7 * DAY).map(when).sort((x, y) => y - x);
  const oldest = uses[limits.max_in_7_days - 1];
  if (oldest !== undefined) return { ok: false, why: "often", until: oldest + 7 * DAY };
  return withinHours(narrowed(limits.hours, context.hours), context);
}

/** One that is not high has hours only where the therapist set them. */
function atItsHours({ access, limits }: Exercise, context: Context): Verdict | undefined {
  if (access !== "therapist" || context.hours == null) return undefined;
  return withinHours(narrowed(limits?.hours ?? USUAL.hours, context.hours), context);
}

/** The hours that lie in both. Where none do, the exercise's own stand. */
function narrowed(own: Hours, set: Hours | null | undefined): Hours {
  const from = set != null && set[0] > own[0] ? set[0] : own[0];
  const to = set != null && set[1] < own[1] ? set[1] : own[1];
  return from < to ? [from, to] : own;
}

function withinHours([from, to]: Hours, context: Context): Verdict | undefined {
  const at = trusted(context);
  const minute = Math.floor(at / MINUTE + context.offset) % (24 * 60);
  if (minute >= minutesOf(from) && minute < minutesOf(to)) return undefined;
  const midnight = nextMidnight(at, context.offset) - (minute < minutesOf(from) ? DAY : 0);
  return { ok: false, why: "hours", until: midnight + minutesOf(from) * MINUTE };
}

function withScenes({ needs_scenes = 0 }: Exercise, { scenes = 0 }: Context): Verdict | undefined {
  return scenes < needs_scenes ? { ok: false, why: "scenes", have: scenes, of: needs_scenes } : undefined;
}

function calmEnough(exercise: Exercise, context: Context): Verdict | undefined {
  const { distress } = context;
  const needed = asksBefore(exercise);
  if (distress === undefined) return needed ? { ok: false, why: "ask-distress" } : undefined;
  if (exercise.intensity === "high") {
    if (distress === null) return needed ? { ok: false, why: "ask-distress" } : undefined;
    return distress > gateFor(exercise, context.assignment) ? { ok: false, why: "distress" } : undefined;
  }
  if (exercise.intensity === "low" || distress === null || context.groundingOffered === true) return undefined;
  return distress >= OFFER_GROUNDING_AT ? { ok: false, why: "ground-first" } : undefined;
}

function offersOn(exercise: Exercise, step: Step): boolean {
  if (step.type !== "branch" || step.offers_if == null) return false;
  const keys = exercise.measures.filter((measure) => measure.code === "D").map((measure) => measure.before);
  return keys.includes(step.offers_if.on);
}

function expiresByItself(exercise: Exercise, { set_on }: Assignment): string | undefined {
  if (exercise.limits == null || set_on === undefined) return undefined;
  const set = Date.parse(`${set_on.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(set) ? undefined : dayOf(set + exercise.limits.expires_days * DAY, 0);
}

/** For what ends with time: the later of the phone's clock and the server's last word. */
export function latestOf({ now, contact }: Pick<Context, "now" | "contact">): number {
  return Math.max(now, contact?.server ?? 0);
}

/** For what opens with time: the server's last word, and what the phone's clock has counted since. */
export function trusted({ now, contact }: Pick<Context, "now" | "contact">): number {
  return contact === null ? now : contact.server + Math.max(0, now - contact.here);
}

/** A run that got past its gate has a mark or a lock. One that was stopped or left at the door is no use. */
function isUse(run: PastRun): boolean {
  return run.at !== undefined || run.locked_until != null || run.ended === "finished";
}

function when(run: PastRun): number {
  return run.at ?? run.ended_at ?? run.started_at ?? 0;
}

function dayOf(at: number, offset: number): string {
  return new Date(at + offset * MINUTE).toISOString().slice(0, 10);
}

function nextMidnight(at: number, offset: number): number {
  return Math.floor((at + offset * MINUTE) / DAY + 1) * DAY - offset * MINUTE;
}

function minutesOf(clockTime: string): number {
  const [hours, minutes] = clockTime.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function inOrder(...checks: (() => Verdict | undefined)[]): Verdict {
  for (const check of checks) {
    const verdict = check();
    if (verdict !== undefined) return verdict;
  }
  return { ok: true };
}
