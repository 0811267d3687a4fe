import assert from "node:assert/strict";
import { test } from "node:test";
import { listen, PLAIN, type Scope, shown } from "../src/sw/push.ts";

const NOW = 1_790_000_000_000;
const said = (changes: object = {}) => ({
  web_push: 8030,
  notification: {
    title: "Midweek",
    body: "A small pause is waiting.",
    navigate: "https://midweek.example.org/",
    tag: "topic",
    lang: "en",
    timestamp: NOW,
    data: { id: "occasion", expires: NOW + 7_200_000 },
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
  assert.equal("navigate" in options, false);
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

/** A worker scope with the given windows; `fire` runs an event to its end. */
function worker(windows: Partial<Window>[] = [], answers: Record<string, unknown> = {}) {
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
    postMessage(message: { type: string }, [port]: MessagePort[]) {
      log.push(`${message.type} ${index}`);
      if (window.answers !== false) port?.postMessage("going");
    },
  }));
  const scope = {
    addEventListener: (type: string, handler: (event: object) => void) => handlers.set(type, handler),
    registration: {
      showNotification: (title: string, options: { body: string }) => Promise.resolve(log.push(`show ${title}: ${options.body}`)),
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
    return Promise.resolve(Response.json(answers[String(path)] ?? {}));
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

const tap = (action = "") => ({ action, notification: { close: () => undefined } });

test("every push shows one notification", async () => {
  const fire = worker();

  await fire("push", { data: { text: () => padded(said({ data: { expires: Date.now() + 60_000 } })) } });
  await fire("push", { data: null });
  const log = await fire("push", { data: { text: () => { throw new TypeError("not text"); } } });

  assert.deepEqual(log, ["show Midweek: A small pause is waiting.", `show Midweek: ${PLAIN.body}`, `show Midweek: ${PLAIN.body}`]);
});

test("a tap with no window open opens Today", async () => {
  assert.deepEqual(await worker()("notificationclick", tap()), ["open /"]);
});

test("a tap takes the window that is open to Today without loading it anew", async () => {
  assert.deepEqual(await worker([{}, { focused: true }])("notificationclick", tap("open")), ["focus 1", "open-today 1"]);
});

test("a window that does not answer is loaded anew at Today", async () => {
  assert.deepEqual(await worker([{ answers: false }])("notificationclick", tap()), ["focus 0", "open-today 0", "navigate 0 /"]);
});

test("a window that shows Today already is only brought to the front", async () => {
  assert.deepEqual(await worker([{ url: "https://midweek.example.org/" }])("notificationclick", tap()), ["focus 0"]);
});

test("later today only puts it away", async () => {
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
