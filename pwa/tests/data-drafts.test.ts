// Drafts of several tabs: none takes another's words, a killed tab's come back, and a draft saved twice is told apart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Network } from "./support/network.ts";
import { forgetEverything, freshPhone, keptForTab, openTab, type Tab } from "./support/tab.ts";

const ID = "0197a000-0000-7000-8000-000000000001";
const note = (text: string, more: object = {}) => ({ id: ID, kind: "note", audience: "me" as const, body: { text, ...more } });
const texts = async ({ journal }: Tab) => (await journal.list({})).map(({ body }) => body?.["text"]).sort();
const type = async ({ drafts }: Tab, text: string) => {
  drafts.store("note", text);
  await drafts.draftsKept();
};
const taken = { name: "Taken" };

async function two() {
  const network = new Network();
  const one = await freshPhone(network);
  return { network, one, other: await openTab(network) };
}

test("each tab has its own draft", async () => {
  const { one, other } = await two();
  await type(one, "one's");
  await type(other, "other's");
  assert.deepEqual([await one.drafts.readDraft("note"), await other.drafts.readDraft("note")], ["one's", "other's"]);
});

test("a save in one tab leaves the draft of the other, and of itself nothing", async () => {
  const { one, other } = await two();
  await type(one, "one's");
  await type(other, "other's");

  await one.journal.saveNew([note("one's")], "note");

  assert.equal(await other.drafts.readDraft("note"), "other's");
  assert.deepEqual((await one.door.namesIn("drafts")).map(({ name }) => name), [`note@${other.name}`]);
});

test("a tab that is loaded again has its own words, whatever was typed elsewhere since", async () => {
  const network = new Network();
  await freshPhone(network);
  const kept = keptForTab();
  const before = await openTab(network, kept);
  const other = await openTab(network);
  await type(before, "mine");
  await type(other, "later, elsewhere");
  await before.end();

  const again = await openTab(network, kept);

  assert.deepEqual([again.name, await again.drafts.readDraft("note")], [before.name, "mine"]);
});

test("a duplicated tab goes on under a name of its own", async () => {
  const network = new Network();
  await freshPhone(network);
  const kept = keptForTab();
  const first = await openTab(network, kept);
  await type(first, "typed");

  const copy = await openTab(network, kept);
  await type(copy, "typed on");

  assert.deepEqual([await first.drafts.readDraft("note"), await copy.drafts.readDraft("note")], ["typed", "typed on"]);
});

test("a killed tab's draft comes back, however often, and is gone once it is saved", async () => {
  const network = new Network();
  let tab = await freshPhone(network);
  for (const text of ["words", "words and", "words and more"]) {
    await type(tab, text);
    await tab.end();
    tab = await openTab(network);
    assert.equal(await tab.drafts.readDraft("note"), text);
  }

  await tab.journal.saveNew([note("words and more")], "note");

  assert.deepEqual(await tab.door.namesIn("drafts"), []);
});

test("the draft of an open tab is shown in another and stays with its own", async () => {
  const { one, other } = await two();
  await type(one, "typed");
  assert.equal(await other.drafts.readDraft("note"), "typed");

  await type(other, "typed on");
  await other.journal.saveNew([note("typed on")], "note");

  assert.equal(await one.drafts.readDraft("note"), "typed");
});

test("a draft another tab went on with goes when its own tab has gone, unless more was typed there", async () => {
  for (const [more, left] of [[null, undefined], ["typed, and more", "typed, and more"]] as const) {
    const { one, other } = await two();
    await type(one, "typed");
    await other.drafts.readDraft("note");
    await type(other, "typed on");
    if (more) await type(one, more);
    await one.end();

    await other.journal.saveNew([note("typed on")], "note");

    assert.equal(await other.drafts.readDraft("note"), left);
  }
});

test("a draft without a tab, from an older build, is gone on with and leaves nothing behind", async () => {
  const phone = await freshPhone(new Network());
  await phone.door.putNamed("drafts", "note", "old");
  assert.equal(await phone.drafts.readDraft("note"), "old");

  await type(phone, "old and new");

  assert.deepEqual((await phone.door.namesIn("drafts")).map(({ name }) => name), [`note@${phone.name}`]);
});

test("what is begun is listed once, and whether only another open tab has it", async () => {
  const { one, other } = await two();
  await type(one, "typed");
  const seen = async ({ drafts }: Tab) => (await drafts.draftNames()).map(({ name, elsewhere }) => [name, elsewhere]);
  assert.deepEqual([await seen(one), await seen(other)], [[["note", false]], [["note", true]]]);

  await one.end();

  assert.deepEqual(await seen(other), [["note", false]]);
});

test("a draft that is taken back while it is being stored is not stored", async () => {
  const phone = await freshPhone(new Network());
  phone.drafts.store("note", "a");
  phone.drafts.store("note", undefined);
  await phone.drafts.draftsKept();
  assert.deepEqual(await phone.door.namesIn("drafts"), []);

  phone.drafts.store("note", undefined);
  phone.drafts.store("note", "b");
  await phone.drafts.draftsKept();
  assert.equal(await phone.drafts.readDraft("note"), "b");
});

// --- The same draft, saved in two tabs

test("the same words saved in two tabs are there once", async () => {
  const { one, other } = await two();
  await one.journal.saveNew([note("the same", { seconds: 3 })], "note", ["seconds"]);
  await other.journal.saveNew([note("the same", { seconds: 9 })], "note", ["seconds"]);
  assert.deepEqual((await one.journal.list({})).map(({ body }) => body), [{ text: "the same", seconds: 3 }]);
});

test("other words under the same id are turned away whole, and the draft stays", async () => {
  const { one, other } = await two();
  await type(other, "other's");
  await one.journal.saveNew([note("one's")], "note");

  await assert.rejects(other.journal.saveNew([{ ...note("new"), id: `${ID.slice(0, -1)}2` }, note("other's")], "note"), taken);

  assert.deepEqual([await texts(one), await other.drafts.readDraft("note")], [["one's"], "other's"]);
});

test("of two tabs that save other words at the same moment, one is turned away", async () => {
  const { one, other } = await two();
  const saves = [one, other].map((tab, i) => tab.journal.saveNew([note(`text ${i}`)], "note"));

  const ended = await Promise.allSettled(saves);

  assert.deepEqual(ended.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal((await texts(one)).length, 1);
});

test("what was deleted meanwhile is no longer there to be the same", async () => {
  const { network, one, other } = await two();
  await one.journal.saveNew([{ ...note("shared"), audience: "therapist" }], "note");
  await one.sync.syncNow();
  await one.journal.remove([ID]);

  await assert.rejects(other.journal.saveNew([{ ...note("shared"), audience: "therapist" }], "note"), taken);
  assert.equal(network.server.state.records.size, 1);
  forgetEverything();
});
