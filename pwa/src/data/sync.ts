// Sending and fetching: one sender among all tabs, one round trip at a time. Nothing leaves the outbox, and nothing is
// called sent, before its own result arrived; whatever goes wrong on the way changes nothing here.
import { signal } from "@preact/signals";
import { call, Problem } from "./api.ts";
import { batch, MAX_OPS } from "./batch.ts";
import { allOps, change, getNamed } from "./door.ts";
import { answered } from "./merge.ts";
import { recount } from "./outbox.ts";
import { endedElsewhere, isOurs, isRevoked, me } from "./session.ts";
import { status, tell } from "./status.ts";
import { forgetExpired, type Place, receive, start } from "./receive.ts";
import type { SyncAnswer } from "./types.ts";
import { joined, nothing, type Queued } from "./versions.ts";

const PAGE = 200;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 600_000;
const LOOK_EVERY = 120_000;

/** When the server last answered: its clock, and this phone's then. Null before the first time. */
export const lastContact = signal<{ server: number; here: number } | null>(null);

let failures = 0;
let most = MAX_OPS;
let timer: ReturnType<typeof setTimeout> | undefined;
let busy = false;
let again = false;

/** Send and fetch as soon as it can be done. Safe to call at any time. */
export function syncSoon(): void {
  clearTimeout(timer);
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  void alone(() => untilQuiet())
    .catch(console.error)
    .finally(() => {
      busy = false;
      tell({ sending: false });
      if (!again) return;
      again = false;
      syncSoon();
    });
}

/** Sends and fetches now; resolves when there is nothing more to do or it can't be done. */
export async function syncNow(): Promise<void> {
  await alone(() => untilQuiet());
}

/** Runs `work` while no tab is sending. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return work();
  return (await navigator.locks.request("midweek-sync", work)) as T;
}

/** Wires what starts a sync: the app coming to the front, the network coming back, time. */
export async function startSync(): Promise<void> {
  const place = await getNamed<Place>("meta", "sync");
  if (place?.contact) lastContact.value ??= place.contact;
  if (place) await forgetExpired(place);
  await recount();
  addEventListener("online", syncSoon);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && syncSoon());
  syncSoon();
}

type Turn = "again" | "rest" | "wait" | "stop";

async function untilQuiet(): Promise<void> {
  let turn: Turn = "again";
  while (turn === "again") {
    again = false;
    turn = await oneTurn();
  }
  if (turn === "wait") timer = setTimeout(syncSoon, waitFor(failures));
  if (turn === "rest") timer = setTimeout(lookAgain, LOOK_EVERY);
}

function lookAgain(): void {
  if (document.visibilityState === "visible") syncSoon();
}

function waitFor(times: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** times) * (0.5 + Math.random() / 2);
}

async function oneTurn(): Promise<Turn> {
  const owner = await getNamed<string>("meta", "owner");
  if (me.value?.role !== "client" || me.value.id !== owner || status.value.signedOut) return "stop";
  try {
    return (await isOurs()) ? await exchange() : "stop";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return failed(error, []);
  }
}

async function exchange(): Promise<Turn> {
  const ops = await marked(batch(await allOps(), Date.now(), most));
  tell({ sending: ops.length > 0 });
  try {
    const answer = await post(ops);
    const progress = await receive(ops, answer);
    lastContact.value = { server: answer.now, here: Date.now() };
    failures = 0;
    most = Math.min(MAX_OPS, most * 2);
    if (answer.more || ((progress || ops.length === 0) && batch(await allOps(), Date.now()).length > 0)) return "again";
    return "rest";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return failed(error, ops);
  }
}

async function post(ops: readonly Queued[]): Promise<SyncAnswer> {
  const { cursor } = (await getNamed<Place>("meta", "sync")) ?? start;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = { cursor, limit: PAGE, zone: timeZone ?? null, ops: ops.map(({ op }) => op) };
  const answer = await call<SyncAnswer | undefined>("POST", "/api/sync", asked);
  if (!Array.isArray(answer?.results) || !Array.isArray(answer.records)) throw new Problem(502, "", "");
  return answer;
}

/** Notes, on disk, that these ops are about to leave: from now on their content is fixed. Answers those still there. */
async function marked(ops: readonly Queued[]): Promise<Queued[]> {
  if (ops.length === 0) return [];
  let leaving: Queued[] = [];
  await change(ops.map((op) => op.record), (seen) => {
    leaving = ops
      .map(({ record, id }) => seen.ops.get(record)?.find((op) => op.id === id))
      .filter((op) => op !== undefined)
      .map((op) => ({ ...op, tries: op.tries + 1 }));
    return { ...nothing(), ops: leaving };
  });
  return leaving;
}

/** A failure changes nothing. When the server is well and one op makes it fail, that op alone is held back. */
async function failed(problem: Problem, ops: readonly Queued[]): Promise<Turn> {
  if (isRevoked(problem)) void endedElsewhere().catch(console.error);
  if (problem.status === 401 || problem.status === 410) return "stop";
  failures += 1;
  const everyone = problem.status === 0 || problem.status === 429 || ops.length === 0;
  if (everyone || (problem.status >= 500 && failures < 3)) return "wait";
  if (ops.length > 1) {
    most = Math.ceil(ops.length / 2);
    return "again";
  }
  return blame(problem, ops);
}

async function blame(problem: Problem, ops: readonly Queued[]): Promise<Turn> {
  try {
    await receive([], await post([]));
  } catch (error) {
    if (error instanceof Problem) return "wait";
    throw error;
  }
  const place = (await getNamed<Place>("meta", "sync")) ?? start;
  const refusal = { status: "refused" as const, op: null, reason: problem.detail };
  await change(ops.map((op) => op.record), ({ rows, ops: queued }) => {
    const held = ops.flatMap(({ record, id }) => queued.get(record)?.filter((op) => op.id === id) ?? []);
    if (problem.status >= 500) return { ...nothing(), ops: held.map((op) => ({ ...op, next_at: Date.now() + waitFor(op.tries) })) };
    return joined(
      held.map((op) => {
        const [row, all] = [rows.get(op.record) ?? null, queued.get(op.record) ?? []];
        return answered(row, all, op, refusal, { id: op.record, row: null }, place);
      }),
    );
  });
  await recount();
  return "again";
}
