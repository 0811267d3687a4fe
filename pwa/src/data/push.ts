// Whether this phone is reached by reminders, and making it so. Permission is only ever asked from a tap.
import { signal } from "@preact/signals";
import { call, Problem } from "./api.ts";
import { isApple, isInstalled } from "./device.ts";
import { dropNamed, getNamed, putNamed } from "./door.ts";
import { me } from "./session.ts";
import { tidyReminders } from "./shown-reminders.ts";
import { answerTap } from "./tapped.ts";

/**
 * What stands between this phone and a reminder. `unsupported`: this browser has no push. `install`: on an iPhone or
 * iPad, only the app on the home screen has. `denied`: notifications are blocked. `off`: not asked for here.
 * `waiting`: asked for, but the server does not know yet. `on`: the server can reach this phone.
 */
export type PushState = "unsupported" | "install" | "denied" | "off" | "waiting" | "on";

/** Undefined until it was looked at. */
export const pushState = signal<PushState | undefined>(undefined);

/** What the server was last told about this phone. */
interface Told {
  endpoint: string;
  kid: string;
  login: string;
}
interface PushKey {
  kid: string;
  key: string;
}
export interface Tested {
  id: string;
  sent_at: number;
  state: "accepted" | "gone" | "refused" | "later";
  detail: string;
}

const TOLD = "push";
const WANTED = "push-wanted";
const SAID = "push-said";
const GIVEN_UP = 409;
const READY_WITHIN = 10_000;
const SUBSCRIBED_WITHIN = 20_000;

/** What this browser can do, before anything is asked. */
export function ability(): "unsupported" | "install" | "denied" | "able" {
  const has = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  if (isApple() && !isInstalled()) return "install";
  if (!has) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "able";
}

/** Looks again; nothing is asked and nothing is sent. */
export async function lookAtPush(): Promise<PushState> {
  const can = ability();
  const state = can === "able" ? await standing() : can;
  pushState.value = state;
  return state;
}

async function standing(): Promise<PushState> {
  const [subscription, told, wanted] = await Promise.all([here(), getNamed<Told>("meta", TOLD), getNamed<boolean>("meta", WANTED)]);
  if (Notification.permission !== "granted" || wanted !== true) return "off";
  return subscription !== null && told?.endpoint === subscription.endpoint && told.login === me.value?.login ? "on" : "waiting";
}

/** Asks for permission and subscribes. Call it from a tap, with nothing awaited before. Throws Problem. */
export async function turnOnPush(): Promise<PushState> {
  const answer = await Notification.requestPermission();
  if (answer === "granted") {
    await putNamed("meta", WANTED, true);
    try {
      await inTurn(tellServer);
    } finally {
      await lookAtPush();
    }
  }
  return sayState(true);
}

/** Reminders no longer reach this phone; the plans stay. */
export async function turnOffPush(): Promise<PushState> {
  await dropNamed("meta", WANTED);
  await inTurn(leave);
  return sayState();
}

async function leave(): Promise<void> {
  const told = await getNamed<Told>("meta", TOLD);
  const subscription = await here();
  await subscription?.unsubscribe();
  const endpoint = subscription?.endpoint ?? told?.endpoint;
  if (endpoint !== undefined) await forget(endpoint).catch(() => undefined);
}

/** What the browser holds, what the server knows and what the person wants are made one again. */
export async function reconcilePush(): Promise<void> {
  if (me.value?.role !== "client" || ability() === "unsupported" || ability() === "install") return;
  try {
    await inTurn(makeOne);
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof DOMException)) throw error;
  }
  await sayState();
}

/** Looks again, and tells the server what this phone says of itself, once reminders were asked for here. */
async function sayState(tapped = false): Promise<PushState> {
  const state = await lookAtPush();
  const said = await getNamed<string>("meta", SAID);
  const now = `${me.value?.login ?? ""} ${state}`;
  const asked = tapped || said !== undefined || (await getNamed<boolean>("meta", WANTED)) === true;
  if (!asked || said === now) return state;
  try {
    await call("PUT", "/api/reminders/device", { state });
    await putNamed("meta", SAID, now);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return state;
}

async function makeOne(): Promise<void> {
  const [told, wanted] = await Promise.all([getNamed<Told>("meta", TOLD), getNamed<boolean>("meta", WANTED)]);
  if (wanted === true && Notification.permission === "granted") await tellServer();
  else if (told) await forget(told.endpoint);
}

/** Has one message sent to this phone now; what the push service said. Throws Problem. */
export async function testPush(): Promise<Tested> {
  await inTurn(tellServer);
  const subscription = await here();
  return call<Tested>("POST", "/api/push-subscriptions/test", { endpoint: subscription?.endpoint ?? "" });
}

/** When this phone said that it showed the test; null while it has not. Throws Problem. */
export async function testShownAt(id: string): Promise<number | null> {
  return (await call<{ shown_at: number | null }>("GET", `/api/push-subscriptions/test/${id}`)).shown_at;
}

/** At every start of the app, once it is known who is signed in. */
export async function startPush(): Promise<void> {
  followReminders();
  await answerTap();
  tidyReminders();
  await reconcilePush();
}

/** A tap on a reminder comes to this page as a message: go to Today without loading anew. */
function followReminders(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data, ports }: MessageEvent<{ type?: unknown; id?: unknown } | null>) => {
    if (data?.type !== "open-today") return;
    ports[0]?.postMessage("going");
    if (location.pathname !== "/") {
      history.pushState(null, "", "/");
      dispatchEvent(new PopStateEvent("popstate"));
    }
    void answerTap(typeof data.id === "string" ? { id: data.id, nth: null } : null).catch(console.error);
  });
}

/**
 * One at a time, also among tabs. Two that subscribe at once leave a Chromium with two addresses, of which it knows one;
 * and what looks after a subscription at the start must not make it again while the person turns it off.
 */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return (await navigator.locks.request("midweek-push", work)) as T;
}

/** Subscribes with the server's present key, if this browser has not, and tells the server. */
async function tellServer(): Promise<void> {
  const { kid, key } = await call<PushKey>("GET", "/api/push-key");
  try {
    await tell(await subscribed(key), kid);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== GIVEN_UP) throw error;
    await (await here())?.unsubscribe();
    await tell(await subscribed(key), kid);
  }
}

/** The server has the address of this phone. Throws Problem: 409 for one that its push service gave up. */
async function tell(subscription: PushSubscription, kid: string): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const old = await getNamed<Told>("meta", TOLD);
  await call("PUT", "/api/push-subscriptions", { endpoint, keys: { p256dh: keys?.["p256dh"], auth: keys?.["auth"] }, kid });
  if (old && old.endpoint !== endpoint) await forget(old.endpoint);
  await putNamed("meta", TOLD, { endpoint: subscription.endpoint, kid, login: me.value?.login ?? "" } satisfies Told);
}

async function subscribed(key: string): Promise<PushSubscription> {
  const { pushManager } = await registration();
  const found = await pushManager.getSubscription();
  if (found && madeWith(found, key)) return found;
  if (found) {
    await found.unsubscribe();
    await call("DELETE", "/api/push-subscriptions", { endpoint: found.endpoint }); // it may be one that the worker made
  }
  return within(SUBSCRIBED_WITHIN, pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
}

/** Whether a subscription was made with this key, given as base64url. */
export function madeWith(subscription: { options: { applicationServerKey: ArrayBuffer | null } }, key: string): boolean {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key.replaceAll("=", "");
}

async function forget(endpoint: string): Promise<void> {
  await call("DELETE", "/api/push-subscriptions", { endpoint });
  await dropNamed("meta", TOLD);
}

async function here(): Promise<PushSubscription | null> {
  const found = await navigator.serviceWorker.getRegistration();
  return (await found?.pushManager.getSubscription()) ?? null;
}

/** The worker that will show reminders; it may still be on its way at the very first start. */
function registration(): Promise<ServiceWorkerRegistration> {
  return within(READY_WITHIN, navigator.serviceWorker.ready);
}

/** A browser that can't reach its push service may never answer. */
function within<T>(time: number, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new DOMException("No answer", "TimeoutError")), time);
  });
  return Promise.race([work, late]);
}
