// The copy holds everything that waits, also what is not on screen; and what was never sent comes back from it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDraft } from "../src/checkin/draft.ts";
import { newId } from "../src/data/ids.ts";
import { codebook, tablesOf } from "../src/leaving/columns.ts";
import { fhirOf } from "../src/leaving/fhir.ts";
import { materialOf } from "../src/leaving/material.ts";
import { readFile } from "../src/leaving/read.ts";
import { reportOf } from "../src/leaving/report.ts";
import { aJournal, ANNA, record, whole } from "./support/a-journal.ts";
import { Network, noAnswer, problem } from "./support/network.ts";
import { exported, freshPhone, quiet, type Tab } from "./support/tab.ts";

const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });
const everything = async (phone: Tab) => (await phone.load<typeof import("../src/data/everything.ts")>("everything")).everything();
const texts = async ({ journal }: Tab) => (await journal.list({})).map(({ body }) => body?.["text"]).sort();
const bringer = (phone: Tab) => phone.load<typeof import("../src/data/bring-in.ts")>("bring-in");
const bringIn = async (phone: Tab, copy: string) => (await bringer(phone)).bringIn((await readFile(new File([copy], "copy.json"))).records);

/** A note that is sent, and then changed twice from that text without a network, as two tabs do: two wait, one is on screen. */
async function changedTwice() {
  const network = new Network();
  const phone = await freshPhone(network);
  const [saved] = await phone.journal.save([note("as it was sent")]);
  await phone.sync.syncNow();
  await quiet();
  const shown = await phone.journal.get(saved?.id ?? "");
  const id = shown?.id ?? "";
  network.twist = noAnswer;
  await phone.journal.save([{ ...note("from the first"), id, base: shown?.rev ?? null }]);
  await phone.journal.save([{ ...note("from the second"), id, base: shown?.rev ?? null }]);
  return { network, phone, id };
}

test("of two texts that wait, the copy holds both, the one that is not on screen as a record of its own", async () => {
  const { phone, id } = await changedTwice();

  const { records } = await everything(phone);

  assert.deepEqual(records.map(({ body, conflict_of, unsent, state }) => [body?.["text"], conflict_of, unsent, state]), [
    ["from the second", null, true, "waiting"], ["from the first", id, true, "waiting"],
  ]);
  assert.equal((await phone.door.counts()).waiting, 2);
});

test("what was replaced before it left, and what is sent, is there once", async () => {
  const { network, phone, id } = await changedTwice();
  const shown = await phone.journal.get(id);
  await phone.journal.save([{ ...note("the second, again"), id, base: shown?.rev ?? null }]);
  assert.deepEqual((await everything(phone)).records.map(({ body }) => body?.["text"]), ["the second, again", "from the first"]);

  network.twist = null;
  await phone.sync.syncNow();

  assert.deepEqual((await everything(phone)).records.map(({ body }) => body?.["text"]).sort(), ["from the first", "the second, again"]);
});

test("a text the server refused is in the copy behind the one on screen", async () => {
  const { network, phone } = await changedTwice();
  network.twist = () => problem(400, "odd");
  await phone.sync.syncNow();

  assert.deepEqual((await everything(phone)).records.map(({ body, unsent }) => [body?.["text"], unsent]), [["from the second", true], ["from the first", true]]);
});

test("signed out with the copy and joined again, everything that waited comes back beside what was sent, once", async () => {
  const { network, phone, id } = await changedTwice();
  const copy = await exported(phone);
  await phone.session.signOut();
  network.twist = null;
  await phone.session.joinByCode("ABCD-2345");
  await phone.sync.syncNow();
  assert.deepEqual(await texts(phone), ["as it was sent"]);

  assert.equal(await bringIn(phone, copy), 2);
  assert.equal(await bringIn(phone, copy), 0);

  const records = await phone.journal.list({});
  assert.deepEqual(records.map(({ body, conflict_of, state }) => `${body?.["text"]} ${conflict_of} ${state}`).sort(), [
    `as it was sent null sent`, `from the first ${id} only-here`, `from the second ${id} only-here`,
  ]);
});

test("on the phone where it was sent meanwhile, nothing of it comes in again", async () => {
  const { network, phone } = await changedTwice();
  const copy = await exported(phone);
  network.twist = null;
  await phone.sync.syncNow();
  await quiet();

  assert.equal(await bringIn(phone, copy), 0);
  assert.deepEqual(await texts(phone), ["from the first", "from the second"]);
});

test("what was deleted here since stays deleted, and a reminder is not doubled", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  const plan = { kind: "plan", audience: "service" as const, body: { at: "18:30", days: [1], about: "checkin", on: true } };
  const [kept, reminder] = await phone.journal.save([note("sent"), plan]);
  await phone.sync.syncNow();
  network.twist = noAnswer;
  for (const [id, item] of [[kept?.id, note("changed")], [reminder?.id, { ...plan, body: { ...plan.body, at: "19:00" } }]] as const) {
    await phone.journal.save([{ ...item, id: id ?? "", base: (await phone.journal.get(id ?? ""))?.rev ?? null }]);
  }
  const copy = await exported(phone);
  await phone.journal.remove([kept?.id ?? ""]);
  await phone.journal.save([{ ...plan, id: reminder?.id ?? "", base: (await phone.journal.get(reminder?.id ?? ""))?.rev ?? null }]);

  assert.equal(await bringIn(phone, copy), 0);
});

test("what was begun and not saved is in the copy, by the name of its form", async () => {
  const phone = await freshPhone(new Network());
  phone.drafts.store("check-in", { ...emptyDraft(newId), note: "half a thought" });
  phone.drafts.store("session-note", { text: null, id: newId(), of: null });

  const { drafts } = JSON.parse(await exported(phone)) as { drafts: { name: string; value: { note: string } }[] };

  assert.deepEqual(drafts.map(({ name, value }) => [name, value.note]), [["check-in", "half a thought"]]);
});

// --- Another text of an entry in the other files of a copy

function withOtherText() {
  const one = record("checkin", { when: "now", distress: 7 });
  const other = record("checkin", { when: "now", distress: 3 }, { conflict_of: one.id });
  return { one, other, material: materialOf(whole([one, other]), ANNA, null) };
}

test("in the tables it is a row that says of which entry it is another text, as the codebook explains", () => {
  const { one, material } = withOtherText();
  const tables = tablesOf(material);
  const found = tables.find(({ file }) => file === "check-ins.csv");
  const at = found?.columns.findIndex(({ name }) => name === "other_text_of") ?? -1;

  assert.deepEqual([...(found?.rows ?? [])].map((row) => row[at]).sort(), [null, one.id].sort());
  assert.ok([...codebook(tables).rows].some(([, column, , means]) => column === "other_text_of" && /when you count/.test(String(means))));
});

test("for other health software one text of an entry counts, and the page shows both and counts one", () => {
  const { one, material } = withOtherText();
  const bundle = JSON.parse([...fhirOf(material)].join("")) as { entry: { resource: { resourceType: string; id: string } }[] };
  const page = [...reportOf(material)].join("");

  assert.deepEqual(bundle.entry.filter(({ resource }) => resource.resourceType === "QuestionnaireResponse").map(({ resource }) => resource.id), [one.id]);
  assert.match(page, /7 of 10[^]*3 of 10|3 of 10[^]*7 of 10/);
  assert.equal(page.match(/another text of an entry/g)?.length, 1);
  assert.match(page, /\b1 entry\b/);
});

test("a journal without another text says nothing of it", () => {
  assert.doesNotMatch([...reportOf(materialOf(aJournal(), ANNA, null))].join(""), /another text/);
});
