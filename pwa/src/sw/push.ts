// Reminders: shown when they arrive, and what a tap on one opens. Every push shows something, also one that can't be
// read: browsers take the right to send away from those that stay silent. What became of it is told to the server where
// that is possible: without a network it is lost, and nothing waits for it.

import { ask } from "./ask.ts";

/** What is shown when a push says nothing readable, or comes too late. As neutral as every other line. */
export const PLAIN = { title: "Midweek", body: "Ready when you are. Later is fine.", tag: "midweek" } as const;
/** What is shown when "later today" could not be: there is no time left for it, or the server was not reached. */
export const NO_ROOM = "It can't come again later. Open me at a good time for you.";
export const NOT_SENT = "That did not go out just now. Open me at a good time for you.";
const ICONS = { icon: "/icons/icon-192.png", badge: "/icons/badge-96.png", lang: "en" } as const;
const ACK_WITHIN = 800;
const MOST_SEEN = 50;
const ID = /^[0-9a-f]{32}$/;

/** Which sending a notification is: the occasion's opaque id, and how often it was put off before. */
export interface Sending {
  id: string;
  nth: number;
}

export interface Shown {
  title: string;
  options: NotificationOptions & {
    actions?: { action: string; title: string }[];
    timestamp?: number;
    renotify?: boolean;
    data?: Sending;
  };
}

/** The notification for the text of a push. Never throws. */
export function shown(text: string | null, now: number): Shown {
  const said = read(text);
  const data = record(said["data"]);
  const late = typeof data["expires"] === "number" && data["expires"] <= now;
  const tag = word(said["tag"]) ?? PLAIN.tag;
  const title = word(said["title"]);
  if (title === null || late) return { title: PLAIN.title, options: { ...ICONS, body: PLAIN.body, tag, silent: true } };
  const sending = sendingOf(data, said["navigate"]);
  return {
    title,
    options: {
      ...ICONS,
      body: word(said["body"]) ?? "",
      tag,
      lang: word(said["lang"]) ?? ICONS.lang,
      renotify: sending !== null && sending.nth > 0,
      ...(typeof said["timestamp"] === "number" ? { timestamp: said["timestamp"] } : {}),
      ...(sending ? { data: sending } : {}),
      actions: actions(said["actions"]),
    },
  };
}

/** What is used of a service worker's scope. */
export interface Scope {
  addEventListener(type: "push", listener: (event: PushCame) => void): void;
  addEventListener(type: "notificationclick", listener: (event: Tapped) => void): void;
  addEventListener(type: "pushsubscriptionchange", listener: (event: Dropped) => void): void;
  registration: {
    showNotification(title: string, options: Shown["options"]): Promise<unknown>;
    getNotifications(): Promise<readonly { data?: unknown }[]>;
    pushManager: { subscribe(options: PushSubscriptionOptionsInit): Promise<Pick<PushSubscription, "toJSON">> };
  };
  clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface PushCame extends Lasting {
  data: { text(): string } | null;
}
interface Tapped extends Lasting {
  action: string;
  notification: { close(): void; tag: string; data?: unknown };
}
interface Dropped extends Lasting {
  oldSubscription?: { endpoint: string } | null;
}
interface Page {
  url: string;
  focused: boolean;
  focus(): Promise<Page>;
  navigate(url: string): Promise<unknown>;
  postMessage(message: object, transfer: MessagePort[]): void;
}

/** Listens for pushes, taps and lost subscriptions. */
export function listen(worker: Scope): void {
  const seen: string[] = [];
  worker.addEventListener("push", (event) => {
    const what = shown(textOf(event.data), Date.now());
    event.waitUntil(show(worker, what, seen).then(() => tellShown(what.options.data)));
  });
  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const { tag, data } = event.notification;
    const sending = sendingOf(record(data));
    event.waitUntil(event.action === "later" ? putOff(worker, tag, sending) : openToday(worker, sending));
  });
  worker.addEventListener("pushsubscriptionchange", (event) => {
    event.waitUntil(renew(worker, event.oldSubscription?.endpoint).catch(() => undefined));
  });
}

/** Shown always; without a sound when the very same one came before. */
async function show(worker: Scope, { title, options }: Shown, seen: string[]): Promise<void> {
  const again = options.data !== undefined && (await cameBefore(worker, options.data, seen).catch(() => false));
  await worker.registration.showNotification(title, again ? { ...options, silent: true, renotify: false } : options);
}

async function cameBefore(worker: Scope, { id, nth }: Sending, seen: string[]): Promise<boolean> {
  const name = `${id}.${nth}`;
  if (seen.includes(name)) return true;
  seen.splice(0, 0, name);
  seen.length = Math.min(seen.length, MOST_SEEN);
  const open = (await worker.registration.getNotifications()).map(({ data }) => sendingOf(record(data)));
  return open.some((one) => one !== null && one.id === id && one.nth === nth);
}

async function tellShown(sending: Sending | undefined): Promise<void> {
  if (sending) await ask("POST", `/api/reminders/${sending.id}/shown`).catch(() => undefined);
}

/** Later today. Nothing is shown when that is so; when it can't be, that is said, as neutrally as everything else. */
async function putOff(worker: Scope, tag: string, sending: Sending | null): Promise<void> {
  if (sending === null) return;
  const said = await answer(sending).catch(() => null);
  if (said !== null && (typeof said["at"] === "number" || said["why"] === "done")) return;
  const body = said === null ? NOT_SENT : NO_ROOM;
  await worker.registration.showNotification(PLAIN.title, { ...ICONS, body, tag, silent: true });
}

async function answer({ id, nth }: Sending): Promise<Record<string, unknown>> {
  return record(await (await ask("POST", `/api/reminders/${id}/later`, { nth })).json());
}

/** The id a message carries, in its data or in the address it leads to; null when there is none. */
function sendingOf(data: Record<string, unknown>, navigate?: unknown): Sending | null {
  const id = word(data["id"]) ?? word(navigate)?.split("?reminder=")[1];
  if (id === undefined || !ID.test(id)) return null;
  return { id, nth: typeof data["nth"] === "number" ? data["nth"] : 0 };
}

function textOf(data: PushCame["data"]): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}

/** The `notification` of a declarative message, or nothing. */
function read(text: string | null): Record<string, unknown> {
  try {
    const said = record(JSON.parse(text ?? "null"));
    return said["web_push"] === 8030 ? record(said["notification"]) : {};
  } catch {
    return {};
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function word(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** At most two, as browsers show; each with a name and words. */
function actions(value: unknown): { action: string; title: string }[] {
  const given = Array.isArray(value) ? value.map(record) : [];
  return given
    .map((one) => ({ action: word(one["action"]), title: word(one["title"]) }))
    .filter((one): one is { action: string; title: string } => one.action !== null && one.title !== null)
    .slice(0, 2);
}

/** Today, in a window that is open already if there is one: what is typed there is kept. The page tells the server. */
async function openToday(worker: Scope, sending: Sending | null): Promise<void> {
  const address = sending === null ? "/" : `/?reminder=${sending.id}`;
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((one) => one.focused) ?? windows[0];
  if (open === undefined) {
    await worker.clients.openWindow(address);
    return;
  }
  const there = await open.focus().catch(() => open);
  if (await told(there, sending)) return;
  await there.navigate(address).catch(() => worker.clients.openWindow(address));
}

/** Asks the page to go to Today without loading anew; false when it does not answer. */
function told(page: Page, sending: Sending | null): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    const done = (heard: boolean): void => {
      clearTimeout(timer);
      channel.port1.close();
      resolve(heard);
    };
    const timer = setTimeout(() => done(false), ACK_WITHIN);
    channel.port1.onmessage = () => done(true);
    page.postMessage({ type: "open-today", id: sending?.id ?? null }, [channel.port2]);
  });
}

/** The browser dropped the subscription: make a new one and tell the server. If that fails, the next start mends it. */
async function renew(worker: Scope, old: string | undefined): Promise<void> {
  const answer = await ask("GET", "/api/push-key");
  const { kid, key } = (await answer.json()) as { kid: string; key: string };
  const fresh = await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = fresh.toJSON();
  await ask("PUT", "/api/push-subscriptions", { endpoint, keys: { p256dh: keys?.["p256dh"], auth: keys?.["auth"] }, kid });
  if (old !== undefined && old !== endpoint) await ask("DELETE", "/api/push-subscriptions", { endpoint: old });
}

declare const self: unknown;
if (typeof self === "object" && self !== null && "registration" in self) listen(self as Scope);
