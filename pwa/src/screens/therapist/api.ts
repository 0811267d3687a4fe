// Talking to the server as a therapist. A login that ended shows the sign-in form; what was typed stays.
import { locale } from "../../app/words.ts";
import { ask, call, Problem } from "../../data/api.ts";
import { newId } from "../../data/ids.ts";
import type { Recording } from "../../data/recordings.ts";
import { me } from "../../data/session.ts";
import { type JournalPage, readAgain, readPages, type SharedJournal } from "../../data/shared-journal.ts";
import type { WireRecord } from "../../data/types.ts";
import { zoneHere } from "../../history/days.ts";
import { type Set, setsOf } from "./shared.ts";
import { tt } from "./words.ts";

/** As `call`; the server is told in which zone this browser is, so that "today" is the same day here and there. Throws Problem. */
export function api<T = void>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  return signedIn(() => call<T>(method, path, body, { "X-Midweek-Zone": zoneHere() }));
}

async function signedIn<T>(asking: () => Promise<T>): Promise<T> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && me.value && me.value.role !== "client") leave();
    throw error;
  }
}

/** Milliseconds that a large file may take on a slow line. */
const LONG = 900_000;

/** Sends a file as the recording of a step, or of the whole exercise when `step` is empty. Throws Problem. */
export async function sendRecording(exercise: { id: string; version: number }, step: string, file: File): Promise<void> {
  const query = new URLSearchParams({ exercise: exercise.id, version: String(exercise.version), locale, step });
  const init = { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" }, signal: AbortSignal.timeout(LONG) };
  await signedIn(() => ask(`/api/recordings?${query}`, init));
}

/** Sends an exercise as a .zip. Throws Problem. */
export async function sendParcel<T>(path: string, file: Blob): Promise<T> {
  const init = { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } };
  return (await (await signedIn(() => ask(path, init))).json()) as T;
}

/** The sound of a recording, to hear it. Throws Problem when it does not come. */
export async function readSound({ id, type }: Recording): Promise<Blob> {
  const answer = await fetch(`/api/recordings/${id}`, { headers: { "X-Midweek": "1" }, signal: AbortSignal.timeout(LONG) }).catch(() => null);
  if (answer?.ok !== true) throw new Problem(0, "", "");
  return new Blob([await answer.arrayBuffer()], { type });
}

/** Where the login ended, to go on there. */
let left: string | null = null;

function leave(): void {
  left = location.pathname;
  me.value = null;
}

/** Where to go after signing in: where the login ended, once. */
export function wayBack(): string {
  const way = left ?? (me.value?.role === "admin" ? "/exercises" : "/clients");
  left = null;
  return way;
}

/** The whole shared journal, page after page: what is live may have been set long ago. One that is `known` is read again only
 *  if it changed. Throws Problem. */
export function readJournal(client: string, known: SharedJournal | null = null): Promise<SharedJournal> {
  const read = (query: string) => api<JournalPage>("GET", `/api/clients/${client}/journal?${query}`);
  return known === null ? readPages(read) : readAgain(read, known);
}

/** All that was set for a client, what has ended too, the newest first. Throws Problem. */
export async function readSets(client: string): Promise<Set[]> {
  return setsOf((await api<{ assignments: WireRecord[] }>("GET", `/api/clients/${client}/assignments`)).assignments);
}

/** Ends the assignment seen at `rev`. Throws Problem: 409 when it changed since. */
export function endAssignment(client: string, assignment: string, rev: string, op: string = newId()): Promise<WireRecord> {
  return api<WireRecord>("POST", `/api/clients/${client}/assignments/${assignment}/ending`, { op, base: rev });
}

/** Undoes an ending seen at `rev`: it goes on as it was. Throws Problem: 409 when it changed since. */
export function reopenAssignment(client: string, assignment: string, rev: string, op: string): Promise<WireRecord> {
  return api<WireRecord>("POST", `/api/clients/${client}/assignments/${assignment}/reopening`, { op, base: rev });
}

/** Takes back what was set by mistake, as seen at `rev`: nothing of it stays. Throws Problem: 409 when it changed since. */
export function withdrawAssignment(client: string, assignment: string, rev: string, op: string): Promise<WireRecord> {
  return api<WireRecord>("POST", `/api/clients/${client}/assignments/${assignment}/withdrawal`, { op, base: rev });
}

/** Lets an assignment that a restore set aside go on. Throws Problem: 409 when it changed since. */
export function confirmAssignment(client: string, assignment: string, rev: string, op: string): Promise<WireRecord> {
  return api<WireRecord>("POST", `/api/clients/${client}/assignments/${assignment}/confirmation`, { op, base: rev });
}

/** What happened, what is safe, what to do. */
export function sentence(error: unknown, doing: "reading" | "writing" = "writing"): string {
  if (!(error instanceof Problem)) {
    reportError(error);
    return tt("therapist.trouble.bug");
  }
  if (error.status !== 0) return error.detail;
  return tt(doing === "reading" ? "therapist.trouble.unread" : "therapist.trouble.unreachable");
}
