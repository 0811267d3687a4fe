// Whatever comes back instead of an answer: nothing changes, nothing is called sent, and it goes on when the server is back.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireRecord } from "../src/data/types.ts";
import { json, Network, noAnswer, problem, type Twist } from "./support/network.ts";
import { browser, exported, freshPhone, holds, openTab } from "./support/tab.ts";

const note = (text: string) => ({ kind: "note", audience: "therapist" as const, body: { text } });
const html = (status: number) => new Response("<html>Welcome to the hotel</html>", { status, headers: { "Content-Type": "text/html" } });
const late = (): never => {
  throw new DOMException("The operation timed out.", "TimeoutError");
};

type Said = Record<string, unknown>;
/** The server's answer, changed on the way. The server itself has taken the ops. */
const changed = (how: (answer: Said) => unknown): Twist => async (_asked, next) => json(how((await (await next()).json()) as Said));
/** The answer of a server that has taken nothing. */
const taken = (more: Said): Twist => () =>
  json({ epochs: [["e1", 0]], reset: null, results: [], records: [], cursor: "e1.9", more: false, now: 0, ...more });

const instead: Record<string, Twist> = {
  "no network": noAnswer,
  "no answer in time": late,
  "a portal's page": () => html(200),
  "a portal's page, called JSON": () => new Response("<html>", { headers: { "Content-Type": "application/json" } }),
  "a redirect": () => {
    throw new TypeError("redirected");
  },
  "half of the answer": async (_asked, next) =>
    new Response((await (await next()).text()).slice(0, 40), { headers: { "Content-Type": "application/json" } }),
  "nothing": () => new Response(null, { status: 204 }),
  "null": () => json(null),
  "a list": () => json([]),
  "a word": () => json("ok"),
  "a portal's JSON": () => json({ status: "login required" }),
  "a portal's JSON 401": () => json({ error: "login required" }, 401),
  "a portal's JSON 410": () => json({ error: "erased" }, 410),
  "an answer without results": changed(({ results: _, ...rest }) => rest),
  "an answer without records": changed(({ records: _, ...rest }) => rest),
  "an answer without a cursor": changed(({ cursor: _, ...rest }) => rest),
  "epochs that are none": changed((said) => ({ ...said, epochs: ["e1", 0] })),
  "a page of the server's proxy": () => html(502),
  "a server that failed": () => problem(500, "internal"),
  "a server that is not ready": () => problem(503, "unavailable"),
  "a server without room": () => problem(507, "no-room"),
  "a server that refuses to talk": () => problem(403, "refused"),
};

for (const [name, twist] of Object.entries(instead)) {
  test(`${name}: nothing changes, and all is sent when the server is back`, async () => {
    const network = new Network();
    const phone = await freshPhone(network);
    await phone.journal.save([note("one")]);
    network.twist = twist;
    network.requests.length = 0;
    const before = await holds(phone);

    await phone.sync.syncNow();
    assert.ok(network.sent.length > 0);
    assert.deepEqual(await holds(phone), before);
    assert.equal(phone.session.me.value?.name, "Anna");

    await back(network, phone);
  });
}

async function back(network: Network, { journal, sync }: Awaited<ReturnType<typeof freshPhone>>): Promise<void> {
  network.twist = null;
  await sync.syncNow();
  assert.deepEqual((await journal.list({})).map(({ state }) => state), ["sent"]);
  assert.equal(network.server.state.records.size, 1);
}

const noResult: Record<string, Twist> = {
  "fewer results than ops": taken({ results: [] }),
  "a result that names another op": taken({ results: [{ op: "0197a000-0000-7000-8000-000000000001", status: "applied", rev: "e1.1" }] }),
  "results that are none": taken({ results: [null] }),
  "a status this build does not know": changed((said) => ({ ...said, results: (said["results"] as Said[]).map((one) => ({ ...one, status: "merged" })) })),
  "a result with a revision that is none": changed((said) => ({ ...said, results: (said["results"] as Said[]).map((one) => ({ ...one, rev: { seq: 1 } })) })),
};

for (const [name, twist] of Object.entries(noResult)) {
  test(`${name}: the op stays and is sent again after its own wait`, async () => {
    const network = new Network();
    const phone = await freshPhone(network);
    network.twist = twist;
    await phone.journal.save([note("one")]);
    await phone.sync.syncNow();
    const [record] = await phone.journal.list({});
    assert.deepEqual([record?.state, (await holds(phone)).ops.length], ["waiting", 1]);
    const wait = await phone.door.untilDue(Date.now());
    assert.ok(wait !== null && wait > 0, `it waits ${wait} ms`);

    network.twist = null;
    browser.pass();
    await phone.sync.syncNow();

    assert.equal((await phone.journal.list({}))[0]?.state, "sent");
  });
}

const absurd: Record<string, unknown> = {
  "null": null,
  "a word": "record",
  "a list": [],
  "an empty object": {},
  "a record whose revision is a number": { id: "a", kind: "note", audience: "therapist", author: "client", rev: 7 },
  "a record whose body is a list": { id: "a", kind: "note", audience: "therapist", author: "client", rev: "e1.7", body: [1] },
};

for (const [name, record] of Object.entries(absurd)) {
  test(`among the records ${name}: what is sent is settled, and the page is asked for again`, async () => {
    const network = new Network();
    const phone = await freshPhone(network);
    const { cursor } = await holds(phone);
    network.server.put({ id: "0197a000-0000-7000-8000-0000000000bb", kind: "session-date", body: { at: 1 } });
    network.twist = changed((said) => ({ ...said, records: [...(said["records"] as unknown[]), record] }));
    await phone.journal.save([note("one")]);

    await phone.sync.syncNow();
    const now = await holds(phone);
    assert.deepEqual([now.rows.length, now.rows[0]?.state, now.cursor], [1, "sent", cursor]);

    network.twist = null;
    await phone.sync.syncNow();
    assert.equal((await phone.journal.list({})).length, 2);
  });
}

test("a newer server's fields, kinds and reasons change nothing for an older build, which goes on sending", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  const newer: WireRecord & Said = {
    id: "0197a000-0000-7000-8000-0000000000cc", kind: "hologram", schema: 9, audience: "group" as never, author: "supervisor" as never,
    rev: "e1.1", saved_at: 5, body: { shape: { of: ["things", 1] } }, colour: "teal",
  };
  network.server.state.records.set(newer.id, newer);
  network.server.state.seq = 1;
  network.twist = changed((said) => ({
    ...said,
    epochs: (said["epochs"] as unknown[][]).map((one) => [...one, "why"]),
    results: (said["results"] as Said[]).map((one) => ({ ...one, hint: "x" })),
    hints: [1],
  }));
  const [mine] = await phone.journal.save([note("one")]);

  await phone.sync.syncNow();

  assert.equal((await phone.journal.get(mine?.id ?? ""))?.state, "sent");
  assert.deepEqual((await phone.journal.get(newer.id))?.body, newer.body);
  assert.match(await exported(phone), /hologram/);
});

test("an edit by an older build keeps the fields it does not know", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  network.server.put({ id: "0197a000-0000-7000-8000-0000000000dd", kind: "note", body: { text: "one", mood_of_the_moon: 3 } });
  await phone.sync.syncNow();
  const shown = await phone.journal.get("0197a000-0000-7000-8000-0000000000dd");
  await phone.journal.save([{ ...note("two"), id: shown?.id ?? "", base: shown?.rev ?? null, body: { ...shown?.body, text: "two" } }]);

  await phone.sync.syncNow();

  assert.deepEqual(network.server.state.records.get(shown?.id ?? "")?.body, { text: "two", mood_of_the_moon: 3 });
});

test("told to start over for a reason it does not know, an older build pulls everything and drops nothing", async () => {
  const network = new Network();
  const phone = await freshPhone(network);
  await phone.journal.save([note("one")]);
  await phone.sync.syncNow();
  const all = [...network.server.state.records.values()];
  network.server.state.records.clear();
  network.twist = changed((said) => ({ ...said, reset: "moved" }));
  await phone.sync.syncNow();
  assert.equal((await phone.journal.list({})).length, 1);

  network.twist = null;
  for (const record of all) network.server.state.records.set(record.id, record);
  await phone.journal.save([note("two")]);
  await phone.sync.syncNow();

  assert.deepEqual((await phone.journal.list({})).map(({ state }) => state), ["sent", "sent"]);
});

test("a portal's JSON is nobody, and no library: who is signed in and what is kept stay as they are", async () => {
  const network = new Network();
  const before = await freshPhone(network);
  const { refreshLibrary, library } = await before.load<typeof import("../src/data/library.ts")>("library");
  network.otherwise = () => json({ status: "login required" });
  await refreshLibrary().catch(() => undefined);
  assert.deepEqual([library.value, await before.door.namesIn("library")], [null, []]);

  const phone = await openTab(network);
  await phone.session.startSession();
  await phone.sync.syncNow();
  assert.deepEqual([phone.session.me.value?.name, phone.status.status.value.signedOut], ["Anna", false]);

  network.otherwise = null;
  await phone.journal.save([note("one")]);
  await back(network, phone);
});
