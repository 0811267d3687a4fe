import assert from "node:assert/strict";
import { test } from "node:test";
import { listen, NO_ROOM, NOT_SENT, PLAIN, type Scope, shown } from "../src/sw/push.ts";

const NOW = 1_790_000_000_000;
const ID = "0123456789abcdef0123456789abcdef";
const said = (changes: object = {}) => ({
  web_push: 8030,
  notification: {
    title: "Midweek",
    body: "A small pause is waiting.",
    navigate: `https://midweek.example.org/?reminder=${ID}`,
    tag: "topic",
    lang: "en",
    timestamp: NOW,
    data: { id: ID, expires: NOW + 7_200_000 },
    actions: [
      { action: "open", title: "Open", navigate: "https://midweek.example.org/" },
      { action: "later", title: "Later today", navigate: "https://midweek.example.org/?later=occasion" },
    ],
    ...changes,
  },
});
const padded = (message: object) => JSON.stringify(message).padEnd(1024);

test("a declarative message is shown as it says", () => {
  const { title, options } = shown(padded(said()), NOW);

  assert.equal(title, "Midweek");
  assert.equal(options.body, "A small pause is waiting.");
  assert.equal(options.tag, "topic");
  assert.equal(options.timestamp, NOW);
  assert.deepEqual(options.actions, [{ action: "open", title: "Open" }, { action: "later", title: "Later today" }]);
  assert.deepEqual([options.data, options.renotify], [{ id: ID, nth: 0 }, false]);
  assert.equal("navigate" in options, false);
});

test("one that was put off makes itself heard again", () => {
  const { options } = shown(padded(said({ data: { id: ID, expires: NOW + 1, nth: 1 } })), NOW);

  assert.deepEqual([options.data, options.renotify], [{ id: ID, nth: 1 }, true]);
});

test("the smallest message is known by the address it leads to", () => {
  const { options } = shown(padded(said({ data: undefined })), NOW);

  assert.deepEqual(options.data, { id: ID, nth: 0 });
});

for (const [name, text] of Object.entries({
  "nothing": null,
  "an empty text": "",
  "no JSON": "{",
  "an array": "[1]",
  "a number": "7",
  "null": "null",
  "another version": JSON.stringify({ ...said(), web_push: 9000 }),
  "no title": padded(said({ title: undefined })),
  "a title that is no text": padded(said({ title: { evil: true } })),
  "a notification that is a text": JSON.stringify({ web_push: 8030, notification: "hello" }),
})) {
  test(`${name} is still shown, neutral and silent`, () => {
    const { title, options } = shown(text, NOW);

    assert.deepEqual([title, options.body, options.silent], [PLAIN.title, PLAIN.body, true]);
  });
}

test("one that comes too late is shown neutral and silent, in the place of the earlier one", () => {
  const { options } = shown(padded(said()), NOW + 7_200_000);

  assert.deepEqual([options.body, options.silent, options.tag], [PLAIN.body, true, "topic"]);
});

test("parts of the wrong kind are left out", () => {
  const { options } = shown(padded(said({ body: 7, tag: [], lang: {}, timestamp: "x", data: "x", actions: [null, "x", { action: "a" }] })), NOW);

  assert.deepEqual([options.body, options.tag, options.lang, options.timestamp, options.actions], ["", PLAIN.tag, "en", undefined, []]);
});

interface Window {
  url: string;
  focused: boolean;
  answers: boolean;
  log: string[];
}

/** A worker scope with the given windows; `fire` runs an event to its end. An answer that is an Error never comes. */
function worker(windows: Partial<Window>[] = [], answers: Record<string, unknown> = {}, open: object[] = []) {
  const log: string[] = [];
  const handlers = new Map<string, (event: object) => void>();
  const clients = windows.map((window, index) => ({
    url: window.url ?? "https://midweek.example.org/history",
    focused: window.focused ?? false,
    focus() {
      log.push(`focus ${index}`);
      return Promise.resolve(this);
    },
    navigate(to: string) {
      log.push(`navigate ${index} ${to}`);
      return Promise.resolve(this);
    },
    postMessage(message: { type: string; id: string | null }, [port]: MessagePort[]) {
      log.push(`${message.type} ${index}${message.id === null ? "" : ` ${message.id}`}`);
      if (window.answers !== false) port?.postMessage("going");
    },
  }));
  const scope = {
    addEventListener: (type: string, handler: (event: object) => void) => handlers.set(type, handler),
    registration: {
      showNotification: (title: string, options: { body: string; silent?: boolean }) =>
        Promise.resolve(log.push(`show ${title}: ${options.body}${options.silent ? " (silent)" : ""}`)),
      getNotifications: () => Promise.resolve(open),
      pushManager: {
        subscribe: ({ applicationServerKey }: { applicationServerKey: string }) => {
          log.push(`subscribe ${applicationServerKey}`);
          return Promise.resolve({ toJSON: () => ({ endpoint: "https://push/new", keys: { p256dh: "p", auth: "a" } }) });
        },
      },
    },
    clients: {
      matchAll: () => Promise.resolve(clients),
      openWindow: (to: string) => Promise.resolve(log.push(`open ${to}`)),
    },
  };
  globalThis.fetch = (path, init) => {
    log.push(`${init?.method} ${String(path)} ${typeof init?.body === "string" ? init.body : ""}`.trim());
    const answer = answers[String(path)] ?? {};
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(Response.json(answer));
  };
  listen(scope as unknown as Scope);
  const fire = async (type: string, event: object) => {
    const work: Promise<unknown>[] = [];
    handlers.get(type)?.({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) });
    await Promise.all(work);
    return log;
  };
  return fire;
}

const tap = (action = "", data: object | null = null) => ({ action, notification: { close: () => undefined, tag: "topic", data } });
const fresh = (changes: object = {}) => ({ data: { text: () => padded(said({ data: { id: ID, expires: Date.now() + 60_000 }, ...changes })) } });
const SHOWN = "show Midweek: A small pause is waiting.";

test("every push shows one notification", async () => {
  const fire = worker();

  await fire("push", fresh());
  await fire("push", { data: null });
  const log = await fire("push", { data: { text: () => { throw new TypeError("not text"); } } });

  assert.deepEqual(log, [SHOWN, `POST /api/reminders/${ID}/shown`, `show Midweek: ${PLAIN.body} (silent)`, `show Midweek: ${PLAIN.body} (silent)`]);
});

test("that it was shown is told after it is shown, and is lost without a network", async () => {
  const log = await worker([], { [`/api/reminders/${ID}/shown`]: new TypeError("offline") })("push", fresh());

  assert.deepEqual(log, [SHOWN, `POST /api/reminders/${ID}/shown`]);
});

test("one that comes too late is not told as shown", async () => {
  const log = await worker()("push", fresh({ data: { id: ID, expires: 1 } }));

  assert.deepEqual(log, [`show Midweek: ${PLAIN.body} (silent)`]);
});

test("the same one again makes no sound, also after the worker was stopped in between", async () => {
  const fire = worker();
  await fire("push", fresh());
  const log = await fire("push", fresh());
  const restarted = await worker([], {}, [{ data: { id: ID, nth: 0 } }])("push", fresh());

  assert.deepEqual([log[2], restarted[0]], [`${SHOWN} (silent)`, `${SHOWN} (silent)`]);
});

test("an id that can't be one of ours is told to nobody", async () => {
  const fire = worker();
  const log = await fire("push", fresh({ data: { id: "not an id", expires: Date.now() + 60_000 }, navigate: 7 }));

  assert.deepEqual(log, [SHOWN]);
});

test("a tap with no window open opens Today", async () => {
  assert.deepEqual(await worker()("notificationclick", tap()), ["open /"]);
});

test("a tap takes the window that is open to Today without loading it anew", async () => {
  assert.deepEqual(await worker([{}, { focused: true }])("notificationclick", tap("open")), ["focus 1", "open-today 1"]);
});

test("a tap takes along which reminder it was, into an open window or a new one", async () => {
  const data = { id: ID, nth: 0 };

  assert.deepEqual(await worker()("notificationclick", tap("open", data)), [`open /?reminder=${ID}`]);
  assert.deepEqual(await worker([{}])("notificationclick", tap("", data)), ["focus 0", `open-today 0 ${ID}`]);
  assert.deepEqual(await worker([{ answers: false }])("notificationclick", tap("", data)), [
    "focus 0", `open-today 0 ${ID}`, `navigate 0 /?reminder=${ID}`,
  ]);
});

test("a window that does not answer is loaded anew at Today", async () => {
  assert.deepEqual(await worker([{ answers: false }])("notificationclick", tap()), ["focus 0", "open-today 0", "navigate 0 /"]);
});

const later = tap("later", { id: ID, nth: 1 });
const LATER = `/api/reminders/${ID}/later`;
const ASKED = `POST ${LATER} {"nth":1}`;

test("later today is told to the server and opens nothing", async () => {
  assert.deepEqual(await worker([{}], { [LATER]: { at: NOW, why: null } })("notificationclick", later), [ASKED]);
  assert.deepEqual(await worker([{}], { [LATER]: { at: null, why: "done" } })("notificationclick", later), [ASKED]);
});

test("when it can't come again, or nobody was reached, that is said without a sound", async () => {
  assert.deepEqual(await worker([], { [LATER]: { at: null, why: "over" } })("notificationclick", later), [ASKED, `show Midweek: ${NO_ROOM} (silent)`]);
  assert.deepEqual(await worker([], { [LATER]: new TypeError("offline") })("notificationclick", later), [ASKED, `show Midweek: ${NOT_SENT} (silent)`]);
});

test("later today for one without an id only puts it away", async () => {
  assert.deepEqual(await worker([{}])("notificationclick", tap("later")), []);
});

test("a subscription the browser dropped is made anew, and the server is told", async () => {
  const fire = worker([], { "/api/push-key": { kid: "k1", key: "KEY" } });

  const log = await fire("pushsubscriptionchange", { oldSubscription: { endpoint: "https://push/old" }, newSubscription: null });

  assert.deepEqual(log, [
    "GET /api/push-key",
    "subscribe KEY",
    'PUT /api/push-subscriptions {"endpoint":"https://push/new","keys":{"p256dh":"p","auth":"a"},"kid":"k1"}',
    'DELETE /api/push-subscriptions {"endpoint":"https://push/old"}',
  ]);
});
