// Reminders: shown when they arrive, and what a tap on one opens. Every push shows something, also one that can't be
// read: browsers take the right to send away from those that stay silent.

import { ask } from "./ask.ts";

/** What is shown when a push says nothing readable, or comes too late. As neutral as every other line. */
export const PLAIN = { title: "Midweek", body: "Ready when you are. Later is fine.", tag: "midweek" } as const;
const ACK_WITHIN = 800;

export interface Shown {
  title: string;
  options: NotificationOptions & { actions?: { action: string; title: string }[]; timestamp?: number; renotify?: boolean };
}

/** The notification for the text of a push. Never throws. */
export function shown(text: string | null, now: number): Shown {
  const said = read(text);
  const data = record(said["data"]);
  const late = typeof data["expires"] === "number" && data["expires"] <= now;
  const base = { icon: "/icons/icon-192.png", badge: "/icons/badge-96.png", lang: "en", renotify: false };
  const tag = word(said["tag"]) ?? PLAIN.tag;
  const title = word(said["title"]);
  if (title === null || late) return { title: PLAIN.title, options: { ...base, body: PLAIN.body, tag, silent: true } };
  return {
    title,
    options: {
      ...base,
      body: word(said["body"]) ?? "",
      tag,
      lang: word(said["lang"]) ?? base.lang,
      ...(typeof said["timestamp"] === "number" ? { timestamp: said["timestamp"] } : {}),
      data: { id: word(data["id"]) },
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
  notification: { close(): void };
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
  worker.addEventListener("push", (event) => {
    const { title, options } = shown(textOf(event.data), Date.now());
    event.waitUntil(worker.registration.showNotification(title, options));
  });
  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    if (event.action !== "later") event.waitUntil(openToday(worker));
  });
  worker.addEventListener("pushsubscriptionchange", (event) => {
    event.waitUntil(renew(worker, event.oldSubscription?.endpoint).catch(() => undefined));
  });
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

/** Today, in a window that is open already if there is one: what is typed there is kept. */
async function openToday(worker: Scope): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((one) => one.focused) ?? windows[0];
  if (open === undefined) {
    await worker.clients.openWindow("/");
    return;
  }
  const there = await open.focus().catch(() => open);
  if (new URL(there.url).pathname === "/" || (await told(there))) return;
  await there.navigate("/").catch(() => worker.clients.openWindow("/"));
}

/** Asks the page to go to Today without loading anew; false when it does not answer. */
function told(page: Page): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    const done = (heard: boolean): void => {
      clearTimeout(timer);
      channel.port1.close();
      resolve(heard);
    };
    const timer = setTimeout(() => done(false), ACK_WITHIN);
    channel.port1.onmessage = () => done(true);
    page.postMessage({ type: "open-today" }, [channel.port2]);
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
