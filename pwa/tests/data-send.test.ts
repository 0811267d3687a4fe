// Sending by the worker, with no window open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Scope, sendLater } from "../src/sw/later.ts";
import { json, Network, noAnswer, problem } from "./support/network.ts";
import { freshPhone, holds, type Tab } from "./support/tab.ts";

type Sender = typeof import("../src/sw/send.ts");
const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });

/** A phone whose app was closed while `texts` waited. */
async function closed(texts: string[]) {
  const network = new Network();
  const phone = await freshPhone(network);
  network.twist = noAnswer;
  await phone.journal.save(texts.map(note));
  await phone.sync.syncNow();
  network.twist = null;
  network.requests.length = 0;
  const { send } = await phone.load<Sender>("../sw/send");
  return { network, phone, send };
}
const states = async ({ journal }: Tab) => (await journal.list({})).map(({ state }) => state);

test("what waits goes out, and the app finds it sent", async () => {
  const { network, phone, send } = await closed(["one", "two"]);
  await send();
  assert.deepEqual([network.server.state.records.size, await states(phone)], [2, ["sent", "sent"]]);
});

test("when it can't be sent nothing changes, and the browser is told to try again", async () => {
  for (const twist of [noAnswer, () => problem(503, "unavailable"), () => json({ portal: true })]) {
    const { network, phone, send } = await closed(["one"]);
    const before = await holds(phone);
    network.twist = twist;
    await assert.rejects(send());
    assert.deepEqual(await holds(phone), before);
  }
});

test("an op without a result is left for later, the others are settled", async () => {
  const { network, phone, send } = await closed(["one", "two"]);
  network.twist = async (_asked, next) => {
    const { results, ...rest } = (await (await next()).json()) as { results: unknown[] };
    return json({ ...rest, results: results.slice(0, 1) });
  };
  await assert.rejects(send());
  assert.deepEqual((await states(phone)).sort(), ["sent", "waiting"]);
});

test("nothing goes out for a person who has left, or for another one", async () => {
  const left = await closed(["one"]);
  await left.phone.door.putNamed("meta", "leaving", true);
  await left.send();
  const other = await closed(["one"]);
  other.network.me = { ...other.network.me, id: "0197a000-0000-7000-8000-00000000000b" };
  await other.send();
  assert.deepEqual([left.network.sent, other.network.sent], [[], []]);
});

test("the worker sends when the browser says so, with the sender it took along, where there is such a thing", async () => {
  const heard = new Map<string, (event: { tag: string; waitUntil(work: Promise<unknown>): void }) => void>();
  const taken: string[] = [];
  let sent = 0;
  const scope = (registration: object): Scope => ({
    addEventListener: (type: string, listener: never) => void heard.set(type, listener),
    registration,
    importScripts: (url) => void taken.push(url),
  });
  Object.assign(globalThis, { midweekSend: { send: async () => void (sent += 1) } });
  sendLater(scope({}));
  assert.equal(heard.size, 0);

  sendLater(scope({ sync: {} }));
  heard.get("install")?.({ tag: "", waitUntil: () => undefined });
  heard.get("sync")?.({ tag: "else", waitUntil: () => undefined });
  heard.get("sync")?.({ tag: "send", waitUntil: () => undefined });

  assert.deepEqual([taken, sent], [["/send.js", "/send.js"], 1]);
});

test("while something waits the page asks for it", async () => {
  const { network, phone } = await closed([]);
  const asked: string[] = [];
  const registration = { sync: { register: async (tag: string) => void asked.push(tag) } };
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: { getRegistration: async () => registration } });
  network.twist = noAnswer;
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(asked.includes("send"));
  Reflect.deleteProperty(navigator, "serviceWorker");
});
