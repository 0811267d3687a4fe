// Two tabs of one phone: one sender, one store, no lost words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Network, noAnswer } from "./support/network.ts";
import { nothing } from "../src/data/versions.ts";
import { freshPhone, holds, openTab, quiet, type Tab, until } from "./support/tab.ts";

const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });
const texts = async ({ journal }: Tab) => (await journal.list({})).map(({ body }) => body?.["text"]).sort();

async function start() {
  const network = new Network();
  const one = await freshPhone(network);
  const two = await openTab(network);
  await two.session.startSession();
  await two.sync.startSync();
  await quiet();
  network.requests.length = 0;
  return { network, one, two };
}

test("what one tab saves the other shows, and what one sends the other no longer counts", async () => {
  const { network, one, two } = await start();
  network.twist = noAnswer;
  const heard: string[][] = [];
  (await two.load<typeof import("../src/data/changes.ts")>("changes")).onChanged((kinds) => heard.push([...kinds]));

  await one.journal.save([note("one")]);
  await until(() => heard.length > 0);
  await until(() => two.status.status.value.waiting === 1);
  assert.deepEqual([heard[0], await texts(two)], [["note"], ["one"]]);

  network.twist = null;
  await one.sync.syncNow();
  await until(() => two.status.status.value.waiting === 0);
});

test("two tabs that send at once send every op once, one after the other", async () => {
  const { network, one, two } = await start();
  let [under, most] = [0, 0];
  network.twist = async (_asked, next) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setImmediate(resolve));
    const answer = await next();
    under -= 1;
    return answer;
  };
  await one.journal.save(Array.from({ length: 30 }, (_, i) => note(`one ${i}`)));
  await two.journal.save(Array.from({ length: 30 }, (_, i) => note(`two ${i}`)));

  await Promise.all([one.sync.syncNow(), two.sync.syncNow()]);

  assert.deepEqual([most, network.sent.reduce((sum, count) => sum + count, 0), network.server.state.records.size], [1, 60, 60]);
});

test("an edit in one tab while the other sends the text before it makes no copy", async () => {
  const { network, one, two } = await start();
  const [saved] = await one.journal.save([note("one")]);
  network.twist = async (_asked, next) => {
    network.twist = null;
    await two.journal.save([{ ...note("two"), id: saved?.id ?? "", base: saved?.rev ?? null }]);
    return next();
  };

  await one.sync.syncNow();
  await quiet();

  assert.deepEqual([await texts(one), network.server.state.records.size], [["two"], 1]);
});

test("an edit that was decided before the text it replaces left is decided again", async () => {
  const { network, one, two } = await start();
  network.twist = noAnswer;
  const [saved] = await one.journal.save([note("one")]);
  await quiet();
  await one.door.change([saved?.id ?? ""], ({ ops }) => ({ ...nothing(), ops: [...ops.values()].flat().map((op) => ({ ...op, tries: 0 })) }));
  const { encrypt } = crypto.subtle;
  let left: Promise<unknown> | undefined;
  crypto.subtle.encrypt = async (...how) => {
    left ??= one.door.takeDue(Date.now(), 9);
    await left;
    return encrypt.apply(crypto.subtle, how);
  };
  await two.journal.save([{ ...note("two"), id: saved?.id ?? "", base: saved?.rev ?? null }]);
  crypto.subtle.encrypt = encrypt;
  network.twist = null;

  const { ops } = await holds(two);

  assert.deepEqual(ops.map(({ op }) => op.action === "put" && op.body["text"]), ["one", "two"]);
});

test("two tabs that edit the same entry at once keep both texts", async () => {
  const { network, one, two } = await start();
  const [saved] = await one.journal.save([note("first")]);
  await one.sync.syncNow();
  const shown = await one.journal.get(saved?.id ?? "");
  network.twist = noAnswer;
  const edit = (text: string) => ({ ...note(text), id: shown?.id ?? "", base: shown?.rev ?? null });
  await Promise.all([one.journal.save([edit("one's")]), two.journal.save([edit("two's")])]);

  network.twist = null;
  await one.sync.syncNow();
  await two.sync.syncNow();

  assert.deepEqual(await texts(one), ["one's", "two's"]);
});

test("many saves from both tabs at once are all there, each once", async () => {
  const { network, one, two } = await start();
  const saves = Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).journal.save([note(`note ${i}`)]));
  await Promise.all(saves);
  await one.sync.syncNow();
  assert.deepEqual([(await texts(two)).length, network.server.state.records.size], [20, 20]);
});

test("a tab that signs out takes the other along, and nothing is sent any more", async () => {
  const { network, one, two } = await start();
  network.twist = noAnswer;
  await one.journal.save([note("one")]);
  await one.session.signOut();
  network.twist = null;
  network.requests.length = 0;

  await two.sync.syncNow();

  assert.deepEqual([network.sent, network.server.state.records.size, await texts(two)], [[], 0, []]);
});
