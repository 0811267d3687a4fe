// Entries the server no longer lists: kept, said, and settled as the person decides. And the texts that were replaced.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Twist } from "./support/network.ts";
import { json, Network, noAnswer, problem } from "./support/network.ts";
import { freshPhone, type Tab } from "./support/tab.ts";

type Kept = typeof import("../src/data/kept.ts");
type Earlier = typeof import("../src/data/earlier.ts");
const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });
const texts = async ({ journal }: Tab) => (await journal.list({})).map(({ body }) => body?.["text"]).sort();

/** A phone with twelve notes and two messages, of which the server has lost all but the first message. */
async function doubted() {
  const network = new Network();
  const phone = await freshPhone(network);
  await phone.journal.save(Array.from({ length: 12 }, (_, i) => note(`note ${i}`)));
  network.server.put({ id: "0197a000-0000-7000-8000-0000000000ab", kind: "message", body: { text: "hello" } });
  network.server.put({ id: "0197a000-0000-7000-8000-0000000000ac", kind: "message", body: { text: "bye" } });
  await phone.sync.syncNow();
  const [first] = network.server.state.records.values();
  network.server.state.records.clear();
  if (first) network.server.state.records.set(first.id, first);
  network.server.floor = 100;
  await phone.sync.syncNow();
  network.server.floor = 0;
  return { network, phone, kept: await phone.load<Kept>("kept") };
}

test("what the server no longer lists is kept when it is much, and counted", async () => {
  const { phone, kept } = await doubted();
  assert.deepEqual([(await texts(phone)).length, phone.status.status.value.kept, (await kept.keptRecords()).length], [14, 13, 13]);
});

test("removed here too, only what the server lists is left", async () => {
  const { network, phone, kept } = await doubted();

  await kept.releaseKept();
  await phone.sync.syncNow();

  assert.deepEqual([await texts(phone), phone.status.status.value.kept, network.server.state.records.size], [["hello"], 0, 1]);
});

test("kept and sent again, the person's own are on the server once more, once, and the therapist's stay here", async () => {
  const { network, phone, kept } = await doubted();

  await kept.resendKept();
  await kept.resendKept();
  await phone.sync.syncNow();

  assert.deepEqual([network.server.state.records.size, (await texts(phone)).length, phone.status.status.value.kept], [13, 14, 0]);
  assert.ok((await phone.journal.list({})).every(({ state }) => state === "sent"));
  assert.deepEqual(await kept.keptRecords(), []);
});

test("a whole pull afterwards is believed again", async () => {
  const { network, phone, kept } = await doubted();
  await kept.resendKept();
  await phone.sync.syncNow();
  const gone = [...network.server.state.records.values()][3];
  network.server.state.records.delete(gone?.id ?? "");
  network.server.floor = 1_000;

  await phone.sync.syncNow();

  assert.equal((await texts(phone)).includes(gone?.body?.["text"]), false);
});

// --- Earlier versions

const versions = (...said: [rev: string, text: string, saved_at: number][]) =>
  said.map(([rev, text, saved_at]) => ({ rev, kind: "note", schema: 1, audience: "therapist", saved_at, felt_at: null, zone: null, day: null, body: { text } }));

async function edited(otherwise: Twist | null) {
  const network = new Network();
  const phone = await freshPhone(network);
  const [saved] = await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  network.twist = noAnswer;
  const shown = await phone.journal.get(saved?.id ?? "");
  await phone.journal.save([{ ...note("two"), id: shown?.id ?? "", base: shown?.rev ?? null }]);
  network.otherwise = otherwise;
  const { earlierVersions } = await phone.load<Earlier>("earlier");
  const { versions: found, complete } = await earlierVersions(shown?.id ?? "");
  return { texts: found.map(({ body }) => body["text"]), complete, asked: network.requests.filter(({ path }) => path.includes("/versions")) };
}

test("without a network the text this phone still holds is shown, and that there may be more", async () => {
  const { texts, complete } = await edited(noAnswer);
  assert.deepEqual([texts, complete], [["one"], false]);
});

test("all pages of earlier texts are shown, the newest first, none twice", async () => {
  const pages = [
    { versions: versions(["e1.1", "one", Date.now()], ["e1.0", "zero", 5]), older: "e1.0" },
    { versions: versions(["e0.9", "before", 2]), older: null },
  ];
  const { texts, complete, asked } = await edited(({ path }) => json(pages[path.includes("before=e1.0") ? 1 : 0]));
  assert.deepEqual([texts, complete, asked.length], [["one", "zero", "before"], true, 2]);
});

test("an entry the server never had, and an answer that is none", async () => {
  assert.deepEqual((await edited(() => problem(404, "not-found"))).complete, true);
  assert.deepEqual((await edited(() => json({ status: "login" }))).texts, ["one"]);
});

test("the text on screen is none of the earlier ones", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  const [saved] = await phone.journal.save([note("two")]);
  await phone.sync.syncNow();
  network.otherwise = () => json({ versions: versions(["e1.1", "two", 2], ["e1.0", "one", 1]), older: null });

  const { versions: found } = await (await phone.load<Earlier>("earlier")).earlierVersions(saved?.id ?? "");

  assert.deepEqual(found.map(({ body }) => body["text"]), ["one"]);
});

test("both texts of a conflict find each other", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  const { conflictsOf, originalOf } = await phone.load<Earlier>("earlier");
  const [saved] = await phone.journal.save([note("first")]);
  await phone.sync.syncNow();
  const shown = await phone.journal.get(saved?.id ?? "");
  const there = network.server.state.records.get(shown?.id ?? "");
  if (there) network.server.state.records.set(there.id, { ...there, rev: "e1.2", body: { text: "from the tablet" } });
  network.server.state.seq = 2;
  await phone.journal.save([{ ...note("mine"), id: shown?.id ?? "", base: shown?.rev ?? null }]);
  await phone.sync.syncNow();

  const [copy] = await conflictsOf({ id: shown?.id ?? "", kind: "note" });

  assert.equal(copy?.body?.["text"], "mine");
  assert.equal((await originalOf({ conflict_of: copy?.conflict_of ?? null }))?.body?.["text"], "from the tablet");
});

test("what the server lists again is no longer said to be kept", async () => {
  const { network, phone, kept } = await doubted();
  for (const { id } of await kept.keptRecords()) network.server.put({ id, kind: "note", body: { text: id } });
  await phone.sync.syncNow();

  await kept.lookAgain();

  assert.deepEqual([await kept.keptRecords(), phone.status.status.value.kept], [[], 0]);
});
