// The whole way of an entry, from the tap to "sent", over a database and a network that a test turns by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_BYTES } from "../src/data/batch.ts";
import { json, Network, noAnswer, problem } from "./support/network.ts";
import type { SyncRequest } from "./support/fake-server.ts";
import { browser, exported, freshPhone, quiet, type Tab, until } from "./support/tab.ts";

const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });
const states = async ({ journal }: Tab) =>
  Object.fromEntries((await journal.list({})).map(({ body, state }) => [String(body?.["text"]).slice(0, 9), state]));
const opsOf = (body: unknown) => (body as SyncRequest).ops;

async function start() {
  const network = new Network();
  return { network, phone: await freshPhone(network) };
}

test("what is saved goes out by itself and is then called sent", async () => {
  const { network, phone } = await start();
  const [saved] = await phone.journal.save([note("one")]);
  assert.equal(saved?.state, "waiting");

  await until(async () => (await phone.journal.get(saved?.id ?? ""))?.state === "sent");

  assert.equal(network.server.state.records.size, 1);
  await until(() => phone.status.status.value.waiting === 0);
});

test("record, outbox and draft are one: a save clears the draft, a failed one keeps it", async () => {
  const { phone } = await start();
  phone.drafts.store("note", { text: "one" });
  await phone.drafts.draftsKept();
  await assert.rejects(phone.journal.save([{ ...note("one"), body: { text: 1n } }], "note"), { name: "NotSaved" });
  assert.deepEqual([await phone.drafts.readDraft("note"), await phone.journal.list({})], [{ text: "one" }, []]);

  await phone.journal.save([note("one")], "note");

  assert.deepEqual([await phone.drafts.readDraft("note"), (await phone.journal.list({})).length], [undefined, 1]);
});

test("a save whose answer got lost is asked for again and is there once", async () => {
  const { network, phone } = await start();
  network.twist = async (_asked, next) => (await next(), noAnswer());
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  assert.deepEqual(await states(phone), { one: "waiting" });

  network.twist = null;
  await phone.sync.syncNow();

  assert.deepEqual([await states(phone), network.server.state.records.size], [{ one: "sent" }, 1]);
});

test("an op that makes the server fail is found, held back alone, and goes when it can", async () => {
  const { network, phone } = await start();
  network.twist = (asked, next) => (opsOf(asked.body).some((op) => JSON.stringify(op).includes("poison")) ? problem(500, "internal") : next());
  await phone.journal.save([note("one"), note("poison"), note("two"), note("three")]);
  await settle(phone, () => network.server.state.records.size === 3);
  assert.deepEqual(await states(phone), { one: "sent", poison: "waiting", two: "sent", three: "sent" });

  network.twist = null;
  await settle(phone, () => network.server.state.records.size === 4);

  assert.equal((await states(phone))["poison"], "sent");
});

/** Lets time pass until `met`, as a phone left alone would. */
async function settle({ sync }: Tab, met: () => boolean): Promise<void> {
  for (let i = 0; i < 30 && !met(); i += 1) {
    await sync.syncNow();
    browser.pass();
  }
  await sync.syncNow();
}

test("a refused op says why, and those behind it go through", async () => {
  const { network, phone } = await start();
  network.server.refuses = (op) => (JSON.stringify(op).includes('"bad"') ? "Too long." : null);
  await phone.journal.save([note("bad"), note("good")]);
  await phone.sync.syncNow();
  const [bad] = await phone.journal.list({ states: ["refused"] });
  assert.deepEqual([bad?.reason, (await states(phone))["good"]], ["Too long.", "sent"]);
  assert.match(await exported(phone), /"text": "bad"[^]*"unsent": true/);

  network.server.refuses = () => null;
  await phone.journal.retry(bad?.id ?? "");
  await phone.sync.syncNow();

  assert.equal((await states(phone))["bad"], "sent");
});

test("a later edit of what is being refused takes its place", async () => {
  const { network, phone } = await start();
  const [saved] = await phone.journal.save([note("bad")]);
  const id = saved?.id ?? "";
  network.server.refuses = (op) => (JSON.stringify(op).includes('"bad"') ? "No." : null);
  network.twist = async (_asked, next) => {
    network.twist = null;
    const answer = await next();
    await phone.journal.save([{ ...note("better"), id, base: saved?.rev ?? null }]);
    return answer;
  };

  await phone.sync.syncNow();

  assert.deepEqual(await states(phone), { better: "sent" });
});

test("a request that is too large is split until it fits, also by the word of a proxy", async () => {
  const { network, phone } = await start();
  network.twist = ({ body }, next) => (opsOf(body).length > 3 ? new Response("<html>", { status: 413 }) : next());
  await phone.journal.save(Array.from({ length: 20 }, (_, i) => note(`note ${i}`)));

  await phone.sync.syncNow();

  assert.equal(network.server.state.records.size, 20);
});

test("an entry that is too large by itself is turned away alone, with the reason", async () => {
  const { network, phone } = await start();
  network.twist = ({ body }, next) => (JSON.stringify(body).length > 5_000 ? problem(413, "too-large") : next());
  await phone.journal.save([note("x".repeat(6_000)), note("small")]);

  await phone.sync.syncNow();

  const [large] = await phone.journal.list({ states: ["refused"] });
  assert.deepEqual([large?.reason, (await states(phone))["small"]], ["The server said too-large.", "sent"]);
});

test("a batch stays within its bytes and is sent in order", async () => {
  const { network, phone } = await start();
  await phone.journal.save(Array.from({ length: 9 }, (_, i) => note(`${i}`.repeat(MAX_BYTES / 4))));

  await phone.sync.syncNow();

  const order = network.requests.flatMap(({ body }) => (body ? opsOf(body) : [])).map((op) => (op.action === "put" ? String(op.body["text"])[0] : ""));
  assert.deepEqual(order.join(""), "012345678");
  assert.ok(network.sent.every((count) => count <= 4), String(network.sent));
});

test("when the server asks for a pause it gets one, whatever the person does meanwhile", async () => {
  const { network, phone } = await start();
  network.twist = () => problem(429, "too-often", { "Retry-After": "90" });
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  const asked = network.requests.length;
  network.twist = null;

  browser.online();
  browser.show("visible");
  await phone.journal.save([note("two")]);
  await phone.sync.syncNow();
  assert.equal(network.requests.length, asked);
  assert.ok(browser.waits().some((wait) => wait > 80_000 && wait <= 90_000), String(browser.waits()));

  browser.pass();
  await until(() => network.server.state.records.size === 2);
});

test("what could not be sent goes out when the app comes to the front, without waiting for its turn", async () => {
  const { network, phone } = await start();
  network.twist = noAnswer;
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  network.twist = null;

  browser.show("hidden");
  await phone.sync.alone(async () => undefined);
  assert.equal(network.server.state.records.size, 0);

  browser.show("visible");
  await until(() => network.server.state.records.size === 1);
});

test("a clock that was set back for years holds nothing up", async () => {
  const { network, phone } = await start();
  network.twist = ({ body }) => json({ epochs: [["e1", 0]], reset: null, results: [], records: [], cursor: "e1.0", more: false, now: 0, ops: body });
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  network.twist = null;
  await phone.sync.syncNow();
  assert.deepEqual(await states(phone), { one: "waiting" }); // its own wait is still on

  browser.misset(-10 * 365 * 86_400_000);
  await phone.sync.syncNow();

  assert.deepEqual(await states(phone), { one: "sent" });
});

for (const years of [-10, 10]) {
  test(`with a clock ${years} years off everything goes on, and what was felt stays as it was lived`, async () => {
    const { network, phone } = await start();
    browser.misset(years * 365 * 86_400_000);
    const felt = { felt_at: 1_700_000_000_000, zone: "Europe/Rome", day: "2023-11-14" };
    const [saved] = await phone.journal.save([{ ...note("one"), ...felt }]);

    await phone.sync.syncNow();

    const kept = network.server.state.records.get(saved?.id ?? "");
    assert.deepEqual([kept?.felt_at, kept?.zone, kept?.day, (await states(phone))["one"]], [...Object.values(felt), "sent"]);
  });
}

test("a snapshot stays with a clock that is ten years ahead, and goes by the server's day", async () => {
  const { network, phone } = await start();
  const id = "0197a000-0000-7000-8000-0000000000aa";
  network.server.put({ id, kind: "assignment", body: { title: "x", snapshot: { steps: [] }, expires_on: "2030-01-01" } });
  network.server.now = Date.parse("2029-12-30T12:00:00Z");
  await phone.sync.syncNow();
  const has = async () => (await phone.journal.get(id))?.body?.["snapshot"] !== undefined;

  browser.misset(10 * 365 * 86_400_000);
  await phone.sync.startSync();
  assert.equal(await has(), true);

  network.server.now = Date.parse("2030-01-02T12:00:00Z");
  await phone.sync.syncNow();
  assert.equal(await has(), false);
});

test("on a line too slow for a batch, less is sent until it fits", async () => {
  const { network, phone } = await start();
  network.twist = ({ body }, next) => {
    if (opsOf(body).length > 2) throw new DOMException("late", "TimeoutError");
    return next();
  };
  await phone.journal.save(Array.from({ length: 12 }, (_, i) => note(`note ${i}`)));

  await settle(phone, () => network.server.state.records.size === 12);

  assert.equal(network.server.state.records.size, 12);
});

test("after days without a network the first contact sends full batches", async () => {
  const { network, phone } = await start();
  network.twist = noAnswer;
  await phone.journal.save(Array.from({ length: 120 }, (_, i) => note(`note ${i}`)));
  for (let i = 0; i < 12; i += 1) {
    await phone.sync.syncNow();
    browser.pass();
  }
  await phone.sync.syncNow();
  network.twist = null;
  network.requests.length = 0;

  browser.online();
  await until(() => network.server.state.records.size === 120);

  assert.deepEqual(network.sent.slice(0, 2), [100, 20]);
});

test("an op that no longer opens holds nobody up", async () => {
  const { network, phone } = await start();
  network.twist = noAnswer;
  await phone.journal.save([note("broken"), note("one")]);
  await phone.sync.syncNow();
  await new Promise<void>((resolve) => {
    indexedDB.open("midweek").onsuccess = ({ target }) => {
      const outbox = (target as IDBOpenDBRequest).result.transaction("outbox", "readwrite").objectStore("outbox");
      outbox.get(1).onsuccess = (event) => {
        const row = (event.target as IDBRequest<{ sealed: { iv: Uint8Array } }>).result;
        outbox.put({ ...row, sealed: { ...row.sealed, iv: new Uint8Array(12) } }).onsuccess = () => resolve();
      };
    };
  });
  network.twist = null;

  await phone.sync.syncNow();

  assert.deepEqual(await states(phone), { broken: "waiting", one: "sent" });
});

test("a page that never moves on is not asked for without end", async () => {
  const { network, phone } = await start();
  network.twist = async (_asked, next) => json({ ...((await (await next()).json()) as object), more: true });
  await phone.sync.syncNow();
  assert.ok(network.sent.length < 3, String(network.sent));
});

test("what sending costs does not grow with the journal: only what goes out is opened", async () => {
  const { phone } = await start();
  const opened = async (): Promise<number> => {
    const { decrypt } = crypto.subtle;
    let count = 0;
    crypto.subtle.decrypt = (...how) => {
      count += 1;
      return decrypt.apply(crypto.subtle, how);
    };
    await phone.journal.save([note("one"), note("two"), note("three")]);
    await quiet();
    await phone.sync.syncNow();
    crypto.subtle.decrypt = decrypt;
    return count;
  };
  const before = await opened();
  await phone.journal.save(Array.from({ length: 200 }, (_, i) => note(`old ${i}`)));
  await phone.sync.syncNow();

  const after = await opened();

  assert.ok(after <= before * 1.5, `${before} before, ${after} after`);
});
