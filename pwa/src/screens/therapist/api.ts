// Talking to the server as a therapist. A login that ended shows the sign-in form; what was typed stays.
import { call, Problem } from "../../data/api.ts";
import { newId } from "../../data/ids.ts";
import { me } from "../../data/session.ts";
import type { WireRecord } from "../../data/types.ts";
import type { JournalPage } from "./types.ts";
import { tt } from "./words.ts";

const PAGE = 500;

/** As `call`. Throws Problem. */
export async function api<T = void>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  try {
    return await call<T>(method, path, body);
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && me.value && me.value.role !== "client") leave();
    throw error;
  }
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

/** The whole shared journal, page after page: what is live may have been set long ago. Throws Problem. */
export async function readJournal(client: string): Promise<WireRecord[]> {
  const records = new Map<string, WireRecord>();
  let cursor: string | null = null;
  for (;;) {
    const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: JournalPage = await api<JournalPage>("GET", `/api/clients/${client}/journal?limit=${PAGE}${from}`);
    for (const record of page.records) records.set(record.id, record);
    if (!page.more || page.cursor === cursor) return [...records.values()];
    cursor = page.cursor;
  }
}

/** Ends the assignment seen at `rev`. Throws Problem: 409 when it changed since. */
export function endAssignment(client: string, assignment: string, rev: string, op: string = newId()): Promise<WireRecord> {
  return api<WireRecord>("POST", `/api/clients/${client}/assignments/${assignment}/ending`, { op, base: rev });
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
