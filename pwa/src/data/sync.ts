// Sending and fetching: one sender among all tabs, one round trip at a time. Nothing leaves the outbox, and nothing is
// called sent, before its own result arrived; whatever goes wrong on the way changes nothing here.
import { signal } from "@preact/signals";
import { type Answer, understood } from "./answer.ts";
import { call, Problem } from "./api.ts";
import { MAX_OPS } from "./batch.ts";
import { change, getNamed, takeDue, untilDue } from "./door.ts";
import { asking } from "./exchange.ts";
import { answered } from "./merge.ts";
import { recount } from "./outbox.ts";
import { backOff, forgetExpired, holdBack, placeHere, receive } from "./receive.ts";
import { endedElsewhere, isOurs, me, recognise, whyEnded } from "./session.ts";
import { status, tell } from "./status.ts";
import { joined, nothing, type Queued } from "./versions.ts";

const LOOK_EVERY = 120_000;

/** When the server last answered: its clock, and this phone's then. Null before the first time. */
export const lastContact = signal<{ server: number; here: number } | null>(null);

let failures = 0;
let most = MAX_OPS;
/** Until when the server asked not to be asked, by a clock that nobody can set. */
let pausedUntil = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let busy = false;
let again = false;

/** Send and fetch as soon as it can be done. Safe to call at any time. */
export function syncSoon(): void {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  void syncNow()
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
  const place = await placeHere();
  if (place.contact) lastContact.value ??= place.contact;
  await forgetExpired(place);
  await recount();
  addEventListener("online", syncSoon);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && syncSoon());
  syncSoon();
}

type Turn = "again" | "rest" | "wait" | "stop";

async function untilQuiet(): Promise<void> {
  clearTimeout(timer);
  let turn: Turn = pause() > 0 ? "wait" : "again";
  while (turn === "again") {
    again = false;
    turn = await oneTurn().catch(unexpected);
  }
  if (turn === "stop") return;
  const held = await untilDue(Date.now());
  if (turn === "wait") timer = setTimeout(syncSoon, Math.max(pause(), backOff(failures)));
  else timer = setTimeout(held === null ? lookAgain : syncSoon, Math.min(held ?? LOOK_EVERY, LOOK_EVERY));
  if (held !== null) void sendWhenClosed().catch(() => undefined);
}

function unexpected(error: unknown): Turn {
  console.error(error);
  failures += 1;
  return "wait";
}

function lookAgain(): void {
  if (document.visibilityState === "visible") syncSoon();
}

function pause(): number {
  return Math.max(0, pausedUntil - performance.now());
}

interface BackgroundSync {
  sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser, where it can do that, to let the worker send what is left once there is a network again. */
async function sendWhenClosed(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as BackgroundSync | undefined;
  await registration?.sync?.register("send");
}

async function oneTurn(): Promise<Turn> {
  try {
    return (await mayTalk()) ? await exchange() : "stop";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return failed(error, []);
  }
}

/** Nothing is sent before the server and this phone agree whose phone this is. */
async function mayTalk(): Promise<boolean> {
  const owner = await getNamed<string>("meta", "owner");
  if (me.value?.role !== "client" || status.value.signedOut) return false;
  if (owner === undefined) await recognise();
  else if (owner !== me.value.id) return false;
  return isOurs();
}

async function exchange(): Promise<Turn> {
  const ops = await takeDue(Date.now(), most);
  tell({ sending: ops.length > 0 });
  try {
    const answer = await post(ops);
    const { progress, kept } = await receive(ops, answer);
    if (kept > 0) tell({ kept });
    await recount();
    if (answer.odd) throw new Problem(502, "", "");
    if (answer.now !== null) lastContact.value = { server: answer.now, here: Date.now() };
    failures = 0;
    most = Math.min(MAX_OPS, most * 2);
    if ((await untilDue(Date.now())) === 0) return "again";
    return answer.more ? (progress ? "again" : "wait") : "rest";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return failed(error, ops);
  }
}

/** On a bad line less is asked for too. */
async function post(ops: readonly Queued[]): Promise<Answer> {
  const answer = understood(await call("POST", "/api/sync", await asking(ops, 2 * most)));
  if (!answer) throw new Problem(502, "", "");
  return answer;
}

const notUs = new Set([0, 401, 410, 429, 502, 503, 504, 507]);

/** A failure changes nothing. When the server is well and one op makes it fail, that op alone is held back. */
async function failed(problem: Problem, ops: readonly Queued[]): Promise<Turn> {
  if (whyEnded(problem)) void endedElsewhere().catch(console.error);
  if (problem.status === 401 || problem.status === 410) return "stop";
  failures += 1;
  pausedUntil = performance.now() + problem.pause;
  const fewer = Math.ceil(Math.min(ops.length || most, most) / 2);
  if (problem.slug === "timeout") most = fewer;
  if (notUs.has(problem.status) || ops.length === 0 || (problem.status >= 500 && failures < 3)) return "wait";
  if (ops.length === 1) return blame(problem, ops);
  most = fewer;
  return "again";
}

async function blame(problem: Problem, ops: readonly Queued[]): Promise<Turn> {
  const alone = await post([]).catch(unlessProblem);
  if (!alone) return "wait";
  await receive([], alone);
  if (problem.status >= 500) await holdBack(ops);
  else await refuse(problem.detail, ops);
  await recount();
  return "again";
}

function unlessProblem(error: unknown): null {
  if (!(error instanceof Problem)) throw error;
  return null;
}

async function refuse(reason: string, ops: readonly Queued[]): Promise<void> {
  const place = await placeHere();
  await change(ops.map((op) => op.record), ({ rows, ops: queued }) =>
    joined(
      ops.map((op) => {
        const all = queued.get(op.record) ?? [];
        const sent = all.find(({ id }) => id === op.id);
        const refusal = { status: "refused" as const, op: op.id, reason };
        return sent ? answered(rows.get(op.record) ?? null, all, sent, refusal, { id: op.record, row: null }, place) : nothing();
      }),
    ),
  );
}
