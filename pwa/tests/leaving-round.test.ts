// Out of one phone and into another, on the real store: what was exported comes back, once, private, and whole or not at all.
// And everything goes when the person says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Everything } from "../src/data/everything.ts";
import { filesOf, zipped } from "../src/leaving/archive.ts";
import type { Brought } from "../src/leaving/checks.ts";
import { materialOf } from "../src/leaving/material.ts";
import { readFile } from "../src/leaving/read.ts";
import { aJournal } from "./support/a-journal.ts";
import { Network, noAnswer, problem } from "./support/network.ts";
import { freshPhone, holds, quiet, type Tab } from "./support/tab.ts";

const bringer = (phone: Tab) => phone.load<typeof import("../src/data/bring-in.ts")>("bring-in");
const everything = async (phone: Tab) => (await phone.load<typeof import("../src/data/everything.ts")>("everything")).everything();
const bringIn = async (phone: Tab, records: readonly Brought[]) => (await bringer(phone)).bringIn(records);
const journalIn = async (phone: Tab) => {
  for (const { id, kind, audience, author, body, felt_at, zone, day } of aJournal().records) {
    if (author === "client") await phone.journal.save([{ id, kind, audience, body: body ?? {}, felt_at: felt_at ?? 0, zone: zone ?? "Europe/Rome", day: day ?? "2026-11-22" }]);
  }
  await quiet();
};
const copyOf = async (phone: Tab): Promise<File> => {
  const parts = await zipped(filesOf(materialOf(await everything(phone), "", null), null), new Date());
  return new File(parts, "midweek-2026-11-28.zip");
};
const ofFile = async (file: File): Promise<Brought[]> => (await readFile(file)).records;

/** What a record says, whoever may see it and wherever it stands. */
function said({ records }: Everything): object[] {
  return records.map(({ id, kind, schema, author, felt_at, zone, day, saved_at, body, conflict_of }) => ({ id, kind, schema, author, felt_at, zone, day, saved_at, body, conflict_of }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

test("export, import, export again: everything of the person's is equal", async () => {
  const first = await freshPhone(new Network());
  await journalIn(first);
  const [before, copy] = [await everything(first), await copyOf(first)];
  const second = await freshPhone(new Network());

  const brought = await bringIn(second, await ofFile(copy));

  assert.equal(brought, before.records.length);
  assert.ok(brought >= 13);
  assert.deepEqual(said(await everything(second)), said(before));
});

test("test_s25: what comes in is private and never sent, also what was shared before; only a reminder goes to the server", async () => {
  const first = await freshPhone(new Network());
  await journalIn(first);
  const copy = await copyOf(first);
  const network = new Network();
  const second = await freshPhone(network);

  await bringIn(second, await ofFile(copy));
  await quiet();

  const { records } = await everything(second);
  assert.deepEqual(new Set(records.filter(({ kind }) => kind !== "plan").map(({ audience, state }) => `${audience} ${state}`)), new Set(["me only-here"]));
  assert.deepEqual(network.requests.flatMap(({ path, body }) => (path === "/api/sync" ? (body as { ops: { kind: string }[] }).ops : [])).map(({ kind }) => kind), ["plan"]);
});

test("brought in twice, nothing is there twice; what was changed or deleted here since stays so", async () => {
  const phone = await freshPhone(new Network());
  await journalIn(phone);
  const records = await ofFile(await copyOf(phone));
  const [changed, deleted] = records.filter(({ kind, body }) => kind === "checkin" && "distress" in body);
  await phone.journal.save([{ id: changed!.id, kind: "checkin", audience: "therapist", body: { distress: 1 } }]);
  await phone.journal.remove([deleted!.id]);
  await quiet();
  const before = await holds(phone);

  const { fresh, there } = await (await bringer(phone)).sorted(records);
  const brought = await bringIn(phone, records);

  assert.deepEqual([fresh.length, there, brought], [0, records.length, 0]);
  assert.deepEqual(await holds(phone), before);
});

test("how the app was set is not brought in", async () => {
  const phone = await freshPhone(new Network());
  const [record] = await ofFile(new File([JSON.stringify(aJournal())], "x.json"));

  assert.equal(await bringIn(phone, [{ ...record!, kind: "preference" }]), 0);
});

test("when the phone has no room, none of it comes in", async () => {
  const phone = await freshPhone(new Network());
  const records = await ofFile(new File([JSON.stringify(aJournal())], "x.json"));
  const { put } = IDBObjectStore.prototype;
  let puts = 0;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
    puts += 1;
    if (puts === 7) (this.transaction as unknown as { _abort(name: string): void })._abort("QuotaExceededError");
    return put.apply(this, args);
  };
  try {
    await assert.rejects(bringIn(phone, records), { name: "NotSaved", message: /no room left/ });
  } finally {
    Object.assign(IDBObjectStore.prototype, { put });
  }
  assert.deepEqual((await everything(phone)).records, []);
  assert.equal(await bringIn(phone, records), records.length);
});

// --- Deleting everything

const entries = async (phone: Tab) => (await phone.journal.list({})).length;

test("deleted: the server first, then this phone, and nobody is signed in", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await journalIn(phone);
  network.otherwise = ({ method, path }, next) => (method === "DELETE" && path === "/api/journal" ? new Response(null, { status: 204 }) : next());
  let [told, still] = [0, 0];

  await phone.session.eraseEverything(() => {
    told += 1;
    still = phone.session.me.value === null ? 0 : 1;
  });

  assert.deepEqual([told, still, await entries(phone), phone.session.me.value, phone.session.ended.value], [1, 1, 0, null, "erased"]);
  assert.deepEqual(await holds(phone), { rows: [], ops: [], cursor: null });
});

for (const [name, answer] of [["no network", noAnswer], ["a server in trouble", () => problem(503, "busy")], ["some portal", () => new Response("<p>", { status: 200, headers: { "Content-Type": "text/html" } })]] as const) {
  test(`${name}: nothing is deleted here`, async () => {
    const network = new Network();
    const phone = await freshPhone(network);
    await journalIn(phone);
    const before = await holds(phone);
    network.otherwise = answer;

    await assert.rejects(phone.session.eraseEverything(() => assert.fail("it said that all is gone")), { name: "Problem" });

    assert.deepEqual(await holds(phone), before);
    assert.notEqual(phone.session.me.value, null);
  });
}

test("when the answer was lost, asking again goes on: the server says that it is erased", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await journalIn(phone);
  network.otherwise = noAnswer;
  await assert.rejects(phone.session.eraseEverything());

  network.otherwise = () => problem(410, "erased");
  await phone.session.eraseEverything();

  assert.deepEqual([await entries(phone), phone.session.me.value], [0, null]);
});
