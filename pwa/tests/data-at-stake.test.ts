// What goes when a phone is emptied: counted whole before anybody signs out, and nobody else joins over it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDraft } from "../src/checkin/draft.ts";
import { newId } from "../src/data/ids.ts";
import { formOf } from "../src/reminders/form.ts";
import { ANNA, Network, noAnswer } from "./support/network.ts";
import { freshPhone, openTab, quiet, type Tab } from "./support/tab.ts";

const BRUNO = { ...ANNA, id: "0197a000-0000-7000-8000-00000000000b", name: "Bruno" };
const NOTHING = { waiting: 0, refused: 0, onlyHere: 0, kept: 0, begun: 0 };
const note = (text: string, audience: "me" | "therapist" = "therapist") => ({ kind: "note", audience, body: { text } });
const atStake = async (phone: Tab) => (await phone.load<typeof import("../src/data/at-stake.ts")>("at-stake")).atStake();
const begin = async ({ drafts }: Tab, begun: Record<string, unknown>) => {
  for (const [name, value] of Object.entries(begun)) drafts.store(name, value);
  await drafts.draftsKept();
};
const checkIn = (note: string) => ({ ...emptyDraft(newId), note });
const run = (state: object) => ({ run: newId(), title: "Five stops", state: { path: ["arrive"], answers: {}, ended: null, ...state } });

/** The server lists none of these any more, and they were many: the phone keeps them. */
async function doubted(entries: number) {
  const network = new Network();
  const phone = await freshPhone(network);
  await phone.journal.save(Array.from({ length: entries }, (_, at) => note(`note ${at}`)));
  await phone.sync.syncNow();
  network.server.state.records.clear();
  network.server.floor = 100;
  await phone.sync.syncNow();
  return { network, phone };
}

test("on a phone whose entries are all with the server nothing is at stake", async () => {
  const phone = await freshPhone(new Network());
  await phone.journal.save([note("sent")]);
  await phone.sync.syncNow();

  assert.deepEqual(await atStake(phone), NOTHING);
});

test("what waits, what is private, what the server no longer lists and what was begun are each counted", async () => {
  const { network, phone } = await doubted(12);
  network.twist = noAnswer;
  await phone.journal.save([note("waits"), note("mine", "me")]);
  await begin(phone, { "check-in": checkIn("half a thought"), "session-note": { text: "to say", id: newId(), of: null } });

  assert.deepEqual(await atStake(phone), { waiting: 1, refused: 0, onlyHere: 1, kept: 12, begun: 2 });
});

test("while a pull from the start is on its way, as many count as were kept before it", async () => {
  const { network, phone } = await doubted(12);
  const { placeHere } = await phone.load<typeof import("../src/data/receive.ts")>("receive");
  await phone.door.putNamed("meta", "sync", { ...(await placeHere()), pull: 9, whole: "age" });
  network.twist = noAnswer;

  assert.equal((await atStake(phone)).kept, 12);
});

for (const [what, begun] of Object.entries({
  "a check-in": { "check-in": checkIn("words") },
  "a check-in being changed": { [`check-in:${newId()}`]: { ...checkIn(""), distress: 4 } },
  "a safety plan": { "safety-plan": { plan: { signs: ["pacing"] }, id: newId(), base: null } },
  "a note for the session": { "session-note": { text: "to say", id: newId(), of: null } },
  "words being changed": { [`rewrite:${newId()}`]: { fields: { text: "better" }, base: null } },
  "why something is left": { "not-today:calm-place": { id: newId(), of: null, reasons: ["tired"], text: "" } },
  "a reminder": { [`reminder:${newId()}`]: { id: newId(), form: formOf(null), known: null } },
  "limits of all reminders": { limits: { most: 2 } },
  "a run with an answer": { [`run:${newId()}`]: run({ answers: { before: 6 } }) },
  "a run on its second step": { [`run:${newId()}`]: run({ path: ["arrive", "look"] }) },
  "what only a newer app knows": { hologram: { depth: 3 } },
})) {
  test(`${what} is begun`, async () => {
    const phone = await freshPhone(new Network());
    await begin(phone, begun);
    assert.equal((await atStake(phone)).begun, 1);
  });
}

test("forms that were opened and left empty are nothing begun", async () => {
  const phone = await freshPhone(new Network());
  await begin(phone, {
    "check-in": { ...emptyDraft(newId), more: true }, "safety-plan": { plan: null, id: newId(), base: null }, "session-note": { text: " ", id: newId(), of: null },
    [`rewrite:${newId()}`]: { fields: null, base: null }, "not-today:calm-place": { id: newId(), of: null, reasons: [], text: "" }, [`run:${newId()}`]: run({}),
    limits: {}, "reminder:new": { id: "", form: null, known: null },
  });
  assert.deepEqual(await atStake(phone), NOTHING);
});

test("two windows with other words count twice, with the same words once", async () => {
  const network = new Network();
  const one = await freshPhone(network);
  const other = await openTab(network);
  const draft = checkIn("as I began it");
  await begin(one, { "check-in": draft });
  await begin(other, { "check-in": draft });
  assert.equal((await atStake(one)).begun, 1);

  await begin(other, { "check-in": { ...draft, note: "as I went on" } });
  assert.equal((await atStake(one)).begun, 2);
});

// --- Joining as another person

async function begunOnly() {
  const network = new Network();
  const phone = await freshPhone(network);
  await begin(phone, { "check-in": checkIn("half a thought") });
  return { network, phone };
}

for (const [what, n, left] of [["what was begun", 1, begunOnly], ["what the server no longer lists", 12, () => doubted(12)]] as const) {
  test(`nobody else joins over ${what}, and they are told how much it is`, async () => {
    const { network, phone } = await left();
    const before = await atStake(phone);
    network.me = BRUNO;

    await assert.rejects(phone.session.joinByCode("ABCD-2345"), { name: "Problem", status: 409, detail: new RegExp(`\\b${n} things? .*nowhere else`) });

    assert.deepEqual([await atStake(phone), phone.session.me.value?.name], [before, "Anna"]);
  });
}

test("over forms that were left empty another person joins, and starts with nothing", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await begin(phone, { "session-note": { text: "", id: newId(), of: null } });
  network.me = BRUNO;

  await phone.session.joinByCode("ABCD-2345");
  await quiet();

  assert.deepEqual([phone.session.me.value?.name, await phone.door.namesIn("drafts")], ["Bruno", []]);
});
