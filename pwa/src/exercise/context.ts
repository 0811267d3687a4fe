// What the gates look at, gathered from this phone.
import { useEffect } from "preact/hooks";
import { remembered } from "../data/flags.ts";
import { useRecords } from "../data/journal.ts";
import { exerciseOf } from "../data/library.ts";
import { me } from "../data/session.ts";
import { lastContact } from "../data/sync.ts";
import type { Assignment, LocalRecord, Mark, Scene } from "../data/types.ts";
import { sceneLines } from "./forms.ts";
import { type Context, isLive, type Kept, type LiveAssignment, mayStart, type PastRun, type Verdict } from "./gates.ts";
import { type Setting, settingIn } from "./setting.ts";
import { withWords } from "./tailored.ts";
import type { Exercise } from "./types.ts";
import { pastRuns } from "./uses.ts";

/** The latest this phone's clock was seen to show, and during which contact: a clock set back is found out by it. */
const seen = remembered<{ at: number; contact: number } | null>("clock-seen", null);

/** The context for `exercise`, without the person's answers; null until the journal was read. */
export function useContext(exercise: Exercise | undefined, assignment: LiveAssignment | null): Context | null {
  const runs = useRecords<PastRun>({ kinds: ["run"], limit: 400 });
  const marks = useRecords<Mark>({ kinds: ["mark"], limit: 400 });
  const scenes = useRecords<Scene>({ kinds: ["scene"], limit: 40 });
  const setting = useSetting();
  useEffect(noteClock, []);
  if (setting === null || runs === null || marks === null || scenes === null || seen.value.value === undefined || exercise === undefined) return null;
  const written = scenes.filter(({ body }) => body !== null && sceneLines(body).length > 0).length;
  return { ...contextAt(Date.now(), assignment), runs: pastRuns(runs, marks), scenes: written, ...keptIn(setting) };
}

/** The same context at this moment: the page may have stood open for hours. */
export function asOfNow(context: Context): Context {
  noteClock();
  const { runs, scenes = 0 } = context;
  return { ...contextAt(Date.now(), context.assignment), runs, scenes, ...keptIn(context) };
}

function keptIn({ blocks = [], allowed = [], ok = [], hours = null }: Kept): Required<Kept> {
  return { blocks, allowed, ok, hours };
}

/** Why `exercise` does not open now, whatever a person would answer; undefined when it does. */
export function whyClosed(exercise: Exercise, context: Context): Extract<Verdict, { ok: false }> | undefined {
  const verdict = mayStart(exercise, context);
  return verdict.ok || verdict.why === "ask-distress" ? undefined : verdict;
}

/** Whether the exercise of that id may be opened now, as far as is known; false until the journal was read. */
export function useIsOpen(id: string): boolean {
  const assignment = useAssignment(id);
  const exercise = snapshotOf(assignment) ?? exerciseOf(id);
  const context = useContext(exercise, assignment ?? null);
  return exercise !== undefined && assignment !== undefined && context !== null && whyClosed(exercise, context) === undefined;
}

/** The newest assignment of an exercise that holds now; null when there is none, undefined until the journal was read. */
export function useAssignment(exercise: string): LiveAssignment | null | undefined {
  const records = useRecords<Assignment>({ kinds: ["assignment"] });
  if (records === null) return undefined;
  const now = Date.now();
  return records.map(live).find((one) => one !== null && one.body.exercise === exercise && holds(one, now)) ?? null;
}

/** What the therapist has set for this person; null until the journal was read. */
export function useSetting(): Setting | null {
  const records = useRecords({ kinds: ["client-setting"], limit: 1 });
  return records === null ? null : settingIn(records.find(({ deleted }) => !deleted)?.body ?? {});
}

/** The exercise inside an assignment, for those that are in no public list. */
export function snapshotOf(assignment: LiveAssignment | null | undefined): Exercise | undefined {
  return (assignment?.body.snapshot ?? undefined) as Exercise | undefined;
}

/** The exercise as it is played for this person: that of the assignment or the public one, with the words that were changed. */
export function exerciseFor(id: string, assignment: LiveAssignment | null | undefined): Exercise | undefined {
  const whole = snapshotOf(assignment) ?? exerciseOf(id);
  return whole && withWords(whole, assignment?.body.tailored);
}

function live({ id, body, deleted }: LocalRecord<Assignment>): LiveAssignment | null {
  return body === null || deleted ? null : { id, body };
}

function holds(assignment: LiveAssignment, now: number): boolean {
  const { body } = assignment;
  const asked = { id: body.exercise, limits: snapshotOf(assignment)?.limits } as Exercise;
  return isLive(asked, contextAt(now, assignment)).ok;
}

function contextAt(now: number, assignment: LiveAssignment | null): Context {
  const contact = lastContact.value;
  const noted = seen.value.value;
  return {
    now, contact, assignment, runs: [], offset: -new Date(now).getTimezoneOffset(), approvals: me.value?.approvals ?? [],
    latest: noted != null && noted.contact === (contact?.server ?? 0) ? noted.at : null,
  };
}

const MINUTE = 60_000;

/** Notes what the clock shows, if that is later than before. A word from the server begins anew. */
function noteClock(): void {
  const note = async (): Promise<void> => {
    if (seen.value.peek() === undefined) await seen.load();
    const [now, contact, before] = [Date.now(), lastContact.peek()?.server ?? 0, seen.value.peek()];
    if (before != null && before.contact === contact && now < before.at + MINUTE) return;
    await seen.set({ at: now, contact });
  };
  void note().catch(console.error);
}
