// What is read before it is asked for: it is read again whenever it changed, and never outlives what it was read from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Network } from "./support/network.ts";
import { forgetEverything, freshPhone, openTab, quiet, type Tab, until } from "./support/tab.ts";

const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });

/** The notes, read ahead in this tab. */
async function notesAhead({ journal, load }: Tab) {
  const { ahead } = await load<typeof import("../src/data/ahead.ts")>("ahead");
  let reads = 0;
  const { now, stop } = ahead(["note"], async () => {
    reads += 1;
    return (await journal.list({ kinds: ["note"] })).map(({ body }) => body?.["text"]).sort();
  });
  return { now, stop, reads: () => reads };
}

async function phone() {
  const network = new Network();
  const one = await freshPhone(network);
  const [saved] = await one.journal.save([note("one")]);
  await quiet();
  return { network, one, saved, notes: await notesAhead(one) };
}

test("what was read ahead is answered without reading again", async () => {
  const { notes } = await phone();
  assert.deepEqual([await notes.now(), await notes.now(), notes.reads()], [["one"], ["one"], 1]);
  notes.stop();
});

test("a save, an edit and a delete in this tab are in it", async () => {
  const { one, saved, notes } = await phone();
  await one.journal.save([note("two")]);
  assert.deepEqual(await notes.now(), ["one", "two"]);

  await one.journal.save([{ ...note("three"), id: saved?.id ?? "", base: saved?.rev ?? null }]);
  assert.deepEqual(await notes.now(), ["three", "two"]);

  await one.journal.remove([saved?.id ?? ""]);
  assert.deepEqual(await notes.now(), ["two"]);
  notes.stop();
});

test("what another tab saved, and what came from the server, is in it", async () => {
  const { network, notes, one } = await phone();
  const other = await openTab(network);
  await other.journal.save([note("two")]);
  await until(async () => (await notes.now()).includes("two"));

  network.server.put({ ...note("pulled"), id: "0197a000-0000-7000-8000-00000000000a", deleted: false, felt_at: null, zone: null, day: null, conflict_of: null });
  await one.sync.syncNow();
  assert.deepEqual(await notes.now(), ["one", "pulled", "two"]);
  notes.stop();
});

test("what could not be read is read when it is asked for", async () => {
  const { one } = await phone();
  const { ahead } = await one.load<typeof import("../src/data/ahead.ts")>("ahead");
  let works = false;
  const { now, stop } = ahead(["note"], () => (works ? Promise.resolve("read") : Promise.reject(new Error("not now"))));
  await assert.rejects(now());

  works = true;

  assert.equal(await now(), "read");
  stop();
});

test("once it is stopped nothing is read any more", async () => {
  const { one, notes } = await phone();
  await notes.now();
  notes.stop();

  await one.journal.save([note("two")]);

  assert.equal(notes.reads(), 1);
  forgetEverything();
});
