// A phone that is full, whose store was cleared, or whose database belongs to a newer build.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forceCloseDatabase } from "fake-indexeddb";
import { unwrap } from "idb";
import { json, Network, problem } from "./support/network.ts";
import { browser, exported, forgetEverything, freshPhone, openTab, quiet, type Tab, until } from "./support/tab.ts";

const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });
const mine = (text: string) => ({ ...note(text), audience: "me" as const });
const texts = async ({ journal }: Tab) => (await journal.list({})).map(({ body }) => body?.["text"]).sort();

interface Abortable {
  _abort(name: string | null): void;
}

/** While the store has no room, or until something is cleared: the transaction that writes ends, as browsers do it. */
async function whileFull(name: "QuotaExceededError" | null, work: () => Promise<void>): Promise<void> {
  const { put, clear } = IDBObjectStore.prototype;
  let free = false;
  IDBObjectStore.prototype.clear = function (this: IDBObjectStore) {
    free = true;
    return clear.call(this);
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
    const asked = put.apply(this, args);
    if (!free) queueMicrotask(() => (this.transaction as unknown as Abortable)._abort(name));
    return asked;
  };
  try {
    await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, { put, clear });
  }
}

for (const name of ["QuotaExceededError", null] as const) {
  test(`a full phone (${name ?? "a browser that doesn't say why"}) saves nothing half, says so, and keeps what was typed`, async () => {
    const phone = await freshPhone(new Network());
    phone.drafts.store("note", { text: "long words" });
    await phone.drafts.draftsKept();

    await whileFull(name, async () => {
      const words = name ? /no room left.*still on this screen/ : /could not be saved just now.*still on this screen/;
      await assert.rejects(phone.journal.save([note("one"), mine("two")], "note"), { name: "NotSaved", message: words });
    });

    assert.deepEqual([await texts(phone), await phone.door.counts()], [[], { waiting: 0, refused: 0, onlyHere: 0 }]);
    assert.deepEqual(await phone.drafts.readDraft("note"), { text: "long words" });
    await phone.journal.save([note("one"), mine("two")], "note");
    assert.deepEqual(await texts(phone), ["one", "two"]);
  });
}

test("a write that fails in the middle leaves nothing of itself", async () => {
  const phone = await freshPhone(new Network());
  const { put } = IDBObjectStore.prototype;
  let calls = 0;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
    calls += 1;
    if (calls === 12) throw new DOMException("can't be cloned", "DataCloneError");
    return put.apply(this, args);
  };
  await assert.rejects(phone.journal.save(Array.from({ length: 20 }, (_, i) => note(`${i}`))), { name: "NotSaved" });
  IDBObjectStore.prototype.put = put;

  assert.deepEqual([await texts(phone), await phone.door.counts()], [[], { waiting: 0, refused: 0, onlyHere: 0 }]);
});

test("what an entry no longer has goes with the save that says so, or stays with what was typed", async () => {
  const phone = await freshPhone(new Network());
  const [main, part] = await phone.journal.save([note("shared"), mine("to go")]);
  assert.ok(main && part);
  const change = { ...note("changed"), id: main.id, base: main.rev };
  phone.drafts.store("note", { text: "changed" });
  await phone.drafts.draftsKept();
  const { delete: taken } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...args: Parameters<typeof taken>) {
    if (this.name === "records") throw new DOMException("killed", "AbortError");
    return taken.apply(this, args);
  };
  await assert.rejects(phone.journal.save([change], "note", [part.id]), { name: "NotSaved" });
  IDBObjectStore.prototype.delete = taken;
  assert.deepEqual([await texts(phone), await phone.drafts.readDraft("note")], [["shared", "to go"], { text: "changed" }]);

  await phone.journal.save([change], "note", [part.id]);

  assert.deepEqual([await texts(phone), await phone.drafts.readDraft("note")], [["changed"], undefined]);
});

test("a full phone gives up the exercises it can fetch again before it turns a save away", async () => {
  const phone = await freshPhone(new Network());
  await phone.door.putNamed("library", "en", { exercises: ["much text"] });

  await whileFull("QuotaExceededError", async () => void (await phone.journal.save([note("one")])));

  assert.deepEqual([await texts(phone), await phone.door.namesIn("library")], [["one"], []]);
});

test("when what is typed can't be stored it is said, and no longer once it can", async () => {
  const phone = await freshPhone(new Network());
  await whileFull("QuotaExceededError", async () => {
    phone.drafts.store("note", { text: "on" });
    await phone.drafts.draftsKept();
    assert.equal(phone.status.status.value.full, true);
  });

  phone.drafts.store("note", { text: "one" });
  await phone.drafts.draftsKept();

  assert.deepEqual([phone.status.status.value.full, await phone.drafts.readDraft("note")], [false, { text: "one" }]);
});

test("what was typed a moment before a save that failed is stored after all", async () => {
  const phone = await freshPhone(new Network());
  phone.drafts.store("note", { text: "wor" });
  phone.drafts.store("note", { text: "words" });

  await assert.rejects(phone.journal.save([{ ...note("x"), body: { text: 1n } }], "note"), { name: "NotSaved" });
  await phone.drafts.draftsKept();

  assert.deepEqual(await phone.drafts.readDraft("note"), { text: "words" });
});

test("a full phone still sends, and reads on when there is room", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  const [saved] = await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  network.server.put({ id: "0197a000-0000-7000-8000-0000000000ab", kind: "message", body: { text: "hello" } });
  await whileFull("QuotaExceededError", () => phone.sync.syncNow());
  assert.deepEqual(await texts(phone), ["one"]);
  assert.ok(browser.waits().some((wait) => wait <= 4_000), "it tries again by itself");

  await phone.sync.syncNow();

  assert.deepEqual([await texts(phone), (await phone.journal.get(saved?.id ?? ""))?.state], [["hello", "one"], "sent"]);
});

test("a store that was cleared while nobody looked is noticed at the start and pulled again", async () => {
  const network = new Network();
  const before = await freshPhone(network);
  await before.journal.save([note("one")]);
  await before.sync.syncNow();
  before.session.me.value = null;
  forgetEverything();

  const phone = await openTab(network);
  await phone.session.startSession();
  await phone.sync.startSync();
  await until(async () => (await texts(phone)).length === 1);

  assert.deepEqual([phone.session.cleared.value, phone.session.me.value?.name], [true, "Anna"]);
});

test("a store that was cleared while the app is open is noticed at the next contact and pulled again", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  await evict(phone);
  assert.equal(phone.session.cleared.value, false);
  await phone.journal.save([note("two"), mine("three")]);

  await phone.sync.syncNow();
  await quiet();

  assert.deepEqual([phone.session.cleared.value, await texts(phone)], [true, ["one", "three", "two"]]);
  assert.equal(network.server.state.records.size, 2);
  const next = await openTab(network);
  await next.session.startSession();
  assert.deepEqual(await texts(next), ["one", "three", "two"]);
});

/** The browser takes the database away under the open app. */
async function evict({ load }: Tab): Promise<void> {
  const { onDatabase } = await load<typeof import("../src/data/database.ts")>("database");
  await onDatabase(async (db) => forceCloseDatabase(unwrap(db) as never));
  forgetEverything();
}

test("a phone that someone else joined is not taken for a cleared one", async () => {
  const phone = await freshPhone(new Network());
  await phone.session.joinByCode("ABCD-2345");
  assert.equal(phone.session.cleared.value, false);
});

test("when a newer build upgrades the database the old tab lets go, says so, and keeps what is typed and saved", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  phone.drafts.store("note", { text: "before" });

  const newer = await upgraded(3);
  assert.equal(phone.status.status.value.stale, true);
  phone.drafts.store("note", { text: "before and after" });
  await phone.drafts.draftsKept();
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  newer.close();

  assert.deepEqual(await phone.drafts.readDraft("note"), { text: "before and after" });
  assert.equal(network.server.state.records.size, 1);
});

test("an older build opens a newer build's database and wipes nothing", async () => {
  const network = new Network();
  const before = await freshPhone(network);
  await before.journal.save([mine("one")]);
  before.session.me.value = null;
  (await upgraded(7)).close();

  const phone = await openTab(network);
  await phone.session.startSession();
  await phone.journal.save([note("two")]);

  assert.deepEqual(await texts(phone), ["one", "two"]);
});

function upgraded(version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("midweek", version);
    asked.onupgradeneeded = () => asked.result.createObjectStore(`store-${version}`);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

test("private entries outlive a reset, a restore and a pull that lists nothing; they are counted and exported", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await phone.journal.save([mine("one"), note("two")]);
  await phone.sync.syncNow();
  network.server.restore(network.server.backup());
  network.server.state.records.clear();
  network.server.floor = 100;

  await phone.sync.syncNow();

  assert.ok((await texts(phone)).includes("one"));
  assert.equal(phone.status.status.value.onlyHere, 1);
  assert.match(await exported(phone), /"text": "one"/);
  assert.ok([...network.server.state.records.values()].every(({ body }) => body?.["text"] !== "one"));
});

for (const [slug, status, why] of [["erased", 410, "erased"], ["login-revoked", 401, "elsewhere"]] as const) {
  test(`${slug}: the phone is emptied whatever it holds, and says why`, async () => {
    const network = new Network();
    const phone = await freshPhone(network);
    await phone.journal.save([mine("one"), note("two")]);
    await phone.door.putNamed("drafts", "note", { text: "typed" });
    network.twist = network.otherwise = () => problem(status, slug);

    await phone.sync.syncNow();
    await until(() => phone.session.ended.value !== null);

    assert.deepEqual([phone.session.ended.value, phone.session.me.value], [why, null]);
    assert.deepEqual([await texts(phone), await phone.drafts.readDraft("note")], [[], undefined]);
    await until(() => phone.status.status.value.onlyHere === 0);
  });
}

test("the word that everything was erased is asked for twice: one about an earlier login empties nothing", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await phone.journal.save([mine("one")]);
  network.twist = () => problem(410, "erased");
  network.otherwise = () => json(network.me);

  await phone.sync.syncNow();
  await quiet();

  assert.deepEqual([phone.session.ended.value, await texts(phone)], [null, ["one"]]);
});
