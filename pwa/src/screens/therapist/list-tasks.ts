// Setting one exercise of a list for one client. What is kept closed for that client is left alone: setting opens it, and for
// many at once nobody would see that. Pure but for what it is given to ask with.
import { locale } from "../../app/words.ts";
import { Problem } from "../../data/api.ts";
import type { WireRecord } from "../../data/types.ts";
import { type Limit, limitIn } from "./limit.ts";
import { askedFor, closedFor, type Task } from "./template.ts";
import type { Assignable } from "./types.ts";
import { named, tt } from "./words.ts";

/** What came of a task: null as trouble when it is set. `again`: to try once more may help. */
export interface Came {
  task: Task;
  trouble: string | null;
  again: boolean;
}

/** Asks the server; throws Problem. */
export type Ask = <T>(method: "GET" | "POST", path: string, body?: object) => Promise<T>;
/** Limits read so far, by client. */
export type Limits = Map<string, Limit>;

/** `says` puts trouble that has no words here in a sentence. */
export async function setOne(task: Task, cards: readonly Assignable[], limits: Limits, ask: Ask, says: (error: unknown) => string): Promise<Came> {
  try {
    const closed = closedFor(task, cards, await limitOf(task.client.id, limits, ask));
    if (closed.length > 0) return { task, trouble: tt("therapist.lists.closed", { what: closed.map((code) => named("caution", code)).join("; ") }), again: false };
    await ask("POST", `/api/clients/${task.client.id}/assignments`, askedFor(task, cards, locale));
    return { task, trouble: null, again: false };
  } catch (error) {
    const gone = error instanceof Problem && error.status === 404;
    return { task, trouble: gone ? tt("therapist.lists.not_yours") : says(error), again: !(error instanceof Problem) || mayPass(error.status) };
  }
}

async function limitOf(client: string, limits: Limits, ask: Ask): Promise<Limit> {
  const known = limits.get(client);
  if (known) return known;
  const { settings } = await ask<{ settings: WireRecord | null }>("GET", `/api/clients/${client}/settings`);
  const limit = limitIn(settings === null ? [] : [settings]);
  limits.set(client, limit);
  return limit;
}

/** No answer, too many at once, and trouble of the server pass; what was refused stays refused. */
function mayPass(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
