// Records found by the day they were lived, whatever their day, zone or age; and the upgrade that makes them findable.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Network } from "./support/network.ts";
import { forgetEverything, freshPhone, openTab, type Tab } from "./support/tab.ts";

const ZONE = { zone: "Europe/Rome" };
const at = (time: string) => Date.parse(time);
const mine = (text: string, more: object = {}) => ({ kind: "note", audience: "me" as const, body: { text }, ...more });
const lived = (day: string, text = day) => mine(text, { ...ZONE, day, felt_at: at(`${day}T12:00:00Z`) });

async function doors(phone: Tab) {
  return phone.load<typeof import("../src/data/by-day.ts")>("by-day");
}
async function between(phone: Tab, from: string, to: string): Promise<unknown[]> {
  const records = await (await doors(phone)).recordsBetween(["note", "checkin"], from, to);
  return records.map(({ body }) => body?.["text"]).sort();
}

test("a stretch of days holds its first and last day and no other", async () => {
  const phone = await freshPhone(new Network());
  await phone.journal.save(["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"].map((day) => lived(day)));

  assert.deepEqual(await between(phone, "2026-11-01", "2026-11-30"), ["2026-11-01", "2026-11-30"]);
});

test("the day as lived counts, not the day of the instant where the phone is now", async () => {
  const phone = await freshPhone(new Network());
  await phone.journal.save([
    mine("in Auckland", { zone: "Pacific/Auckland", day: "2026-11-01", felt_at: at("2026-10-31T12:00:00Z") }),
    mine("in Honolulu", { zone: "Pacific/Honolulu", day: "2026-10-31", felt_at: at("2026-11-01T08:00:00Z") }),
    mine("a wrong clock", { ...ZONE, day: "2026-11-05", felt_at: at("2026-11-02T08:00:00Z") }),
  ]);

  assert.deepEqual(await between(phone, "2026-11-01", "2026-11-30"), ["a wrong clock", "in Auckland"]);
});

test("a record without a day is found on the day of its instant in its own zone", async () => {
  const phone = await freshPhone(new Network());
  await phone.journal.save([
    mine("late", { ...ZONE, felt_at: at("2026-10-31T23:30:00Z") }),
    mine("early", { ...ZONE, felt_at: at("2026-10-31T22:30:00Z") }),
  ]);

  assert.deepEqual([await between(phone, "2026-11-01", "2026-11-01"), await between(phone, "2026-10-31", "2026-10-31")], [["late"], ["early"]]);
});

test("the nearest days with entries are found over empty years, and what was deleted is none", async () => {
  const phone = await freshPhone(new Network());
  const { dayBefore, dayAfter } = await doors(phone);
  const [, deleted] = await phone.journal.save([lived("2021-02-03"), lived("2024-05-06"), lived("2026-11-20")]);
  await phone.journal.save([{ kind: "checkin", audience: "me", body: {}, ...ZONE, felt_at: at("2023-01-01T12:00:00Z") }]);
  await phone.journal.remove([deleted?.id ?? ""]);
  const kinds = ["note", "checkin"];

  assert.deepEqual(
    [await dayBefore(kinds, "9999-12-31"), await dayBefore(kinds, "2026-11-20"), await dayBefore(kinds, "2023-01-01"), await dayBefore(kinds, "2021-02-03"), await dayAfter(kinds, "2021-02-03"), await dayAfter(kinds, "2026-11-20")],
    ["2026-11-20", "2023-01-01", "2021-02-03", null, "2023-01-01", null],
  );
});

test("the latest month is this one, else the nearest before it, else one a wrong clock dated ahead", async () => {
  const phone = await freshPhone(new Network());
  const { readLatest } = await phone.load<typeof import("../src/history/read-month.ts")>("../history/read-month");
  const latest = async () => {
    const read = await readLatest();
    return read === "empty" ? read : [read.month, read.earlier, read.later];
  };
  const month = new Date().toISOString().slice(0, 7);
  const found = [await latest()];
  for (const day of ["2031-02-01", "2024-05-06", `${month}-01`]) {
    await phone.journal.save([lived(day)]);
    found.push(await latest());
  }

  assert.deepEqual(found, ["empty", ["2031-02", null, null], ["2024-05", null, "2031-02"], [month, "2024-05", "2031-02"]]);
});

test("the latest month read ahead is there at once, until something in it changes or this phone is signed out", async () => {
  const phone = await freshPhone(new Network());
  const { latestAhead, readAhead } = await phone.load<typeof import("../src/history/read-month.ts")>("../history/read-month");
  const there = () => {
    const read = latestAhead();
    return read === null || read === "empty" ? read : read.days.length;
  };
  await phone.journal.save([lived("2026-11-01")]);
  const found = [there()];
  await readAhead();
  found.push(there());
  await phone.journal.save([lived("2026-11-02")]);
  found.push(there());
  await readAhead();
  found.push(there());
  const reading = readAhead();
  await phone.journal.save([lived("2026-11-03")]);
  await reading;
  found.push(there());
  await readAhead();
  await phone.session.signOut();
  found.push(there());

  assert.deepEqual(found, [null, 1, null, 2, null, null]);
});

test("S29: what is deleted is in no stretch of days any more", async () => {
  const phone = await freshPhone(new Network());
  const [one] = await phone.journal.save([lived("2026-11-01", "one"), lived("2026-11-01", "two")]);
  assert.deepEqual(await between(phone, "2026-11-01", "2026-11-01"), ["one", "two"]);

  await phone.journal.remove([one?.id ?? ""]);

  assert.deepEqual(await between(phone, "2026-11-01", "2026-11-01"), ["two"]);
});

test("a record read again is the same object until it is written, and then what was written", async () => {
  const phone = await freshPhone(new Network());
  const { recordsBetween } = await doors(phone);
  const read = async () => (await recordsBetween(["note"], "2026-11-01", "2026-11-01")).sort((one, other) => (one.id < other.id ? -1 : 1));
  const [kept, edited] = (await phone.journal.save([lived("2026-11-01", "one"), lived("2026-11-01", "two")])).sort((one, other) => (one.id < other.id ? -1 : 1));
  const before = await read();

  await phone.journal.save([{ ...lived("2026-11-01", "three"), id: edited?.id ?? "", base: edited?.rev ?? null }]);
  const after = await read();

  assert.deepEqual([after[0] === before[0], after[0]?.id, after[1]?.body], [true, kept?.id, { text: "three" }]);
});

test("the last few records, and those of some days, are found as before", async () => {
  const phone = await freshPhone(new Network());
  await phone.journal.save(["2026-11-01", "2026-11-03", "2026-11-02"].map((day) => lived(day)));
  const days = async (query: object) => (await phone.journal.list({ kinds: ["note"], ...query })).map(({ day }) => day);

  assert.deepEqual([await days({ limit: 2 }), await days({ from: "2026-11-02" }), await days({ to: "2026-11-01", limit: 5 })],
    [["2026-11-03", "2026-11-02"], ["2026-11-03", "2026-11-02"], ["2026-11-01"]]);
});

test("a store of the first build is upgraded with every entry in it, and then read by day", async () => {
  const phone = await freshPhone(new Network());
  await phone.journal.save([lived("2026-11-01", "one")]);
  await asTheFirstBuild();

  const next = await openTab(new Network());

  assert.deepEqual([await between(next, "2026-11-01", "2026-11-01"), (await next.journal.list({})).length], [["one"], 1]);
});

/** The store as the first build made it: the same rows and key, version 1, and no index by time. */
async function asTheFirstBuild(): Promise<void> {
  const names = ["keys", "records", "outbox", "drafts", "meta", "library"];
  const held = new Map(await Promise.all(names.map(async (name) => [name, await everything(name)] as const)));
  forgetEverything();
  const asked = indexedDB.open("midweek", 1);
  asked.onupgradeneeded = () => {
    const db = asked.result;
    const records = db.createObjectStore("records", { keyPath: "id" });
    for (const name of ["kind", "state"]) records.createIndex(name, name);
    const outbox = db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
    for (const name of ["id", "record", "state"]) outbox.createIndex(name, name, { unique: name === "id" });
    for (const name of ["keys", "drafts", "meta", "library"]) db.createObjectStore(name, { keyPath: "name" });
    for (const [name, rows] of held) for (const row of rows) asked.transaction?.objectStore(name).put(row);
  };
  await new Promise((resolve, reject) => {
    asked.onsuccess = resolve;
    asked.onerror = reject;
  });
  asked.result.close();
}

function everything(name: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("midweek");
    asked.onerror = reject;
    asked.onsuccess = () => {
      const rows = asked.result.transaction(name).objectStore(name).getAll();
      rows.onsuccess = () => {
        asked.result.close();
        resolve(rows.result);
      };
      rows.onerror = reject;
    };
  });
}
