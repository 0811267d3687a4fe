import assert from "node:assert/strict";
import { test } from "node:test";
import { plannedToday } from "../src/data/due.ts";
import type { Device, Entry } from "../src/data/reminders.ts";
import type { Mark, Plan } from "../src/data/types.ts";
import { deviceWords } from "../src/reminders/device-words.ts";
import { byDay, entryWords } from "../src/reminders/log-words.ts";
import { EVERY, type Step, testOne, WAIT } from "../src/reminders/test-one.ts";
import { nextOf } from "../src/screens/client/next.ts";
import type { Assigned } from "../src/practise/lists.ts";

process.env["TZ"] = "Europe/Rome";
const NOW = Date.parse("2026-11-23T12:00:00+01:00");
const HOUR = 3_600_000;

const device = (said: Partial<Device>): Device => ({
  id: "d", name: "Android phone", current: false, state: "on", said_at: NOW, reached: true, ...said,
});
const words = (said: Partial<Device>) => deviceWords(device(said), NOW);

test("of a device that is reached it is said what is known and what is not", () => {
  assert.deepEqual(words({ accepted_at: NOW - HOUR, shown_at: NOW - HOUR }), [
    "Reminders reach it.", "The push service last took one 11:00 AM.", "It last showed one 11:00 AM.",
  ]);
  assert.match(words({ accepted_at: NOW - HOUR })[2] ?? "", /has not said that it showed one/);
  assert.deepEqual(words({}), ["Reminders reach it.", "None was sent to it yet."]);
});

for (const [name, said, expected] of [
  ["its push address ended", { reached: false, broken_at: NOW - HOUR, why: "gone" }, /^Not reached since 11:00 AM\. Its push address has ended/],
  ["its push service refuses it", { broken_at: NOW - HOUR, why: "answer" }, /^Not reached since 11:00 AM\. The push service does not take/],
  ["the server's key is not accepted", { broken_at: NOW - HOUR, why: "key" }, /Whoever runs it/],
  ["notifications are blocked", { reached: false, state: "denied", broken_at: NOW, why: "off" }, /^Notifications are blocked there/],
  ["notifications are blocked and the server does not know", { state: "denied" }, /^Notifications are blocked there/],
  ["it is an iPhone in a browser tab", { reached: false, state: "install" }, /home screen/],
  ["it was turned off", { reached: false, state: "off", broken_at: NOW - HOUR, why: "off" }, /turned off there 11:00 AM/],
  ["nothing was ever asked for", { reached: false, state: null }, /not turned on there/],
  ["it waits for the network", { reached: false, state: "waiting" }, /^Not reached yet/],
] as const) {
  test(`of a device that is not reached it is said that ${name}`, () => {
    const [first, ...more] = words(said as Partial<Device>);

    assert.match(first ?? "", expected);
    assert.deepEqual(more, []);
  });
}

const entry = (said: Partial<Entry>): Entry => ({
  id: "e", plan: "p", day: "2026-11-23", state: "sent", reason: null, at: NOW, sent_at: NOW, accepted: 1,
  shown_at: null, opened_at: null, put_off: 0, done: false, ...said,
});

for (const [name, said, expected] of [
  ["sent", {}, "Taken by the push service. No device said that it showed it."],
  ["shown on one of two", { accepted: 2, shown_at: NOW }, "Taken by the push service for 2 devices. Shown 12:00 PM."],
  ["opened and done", { shown_at: NOW, opened_at: NOW + HOUR, done: true }, "Taken by the push service. Shown 12:00 PM. Opened 1:00 PM. Done."],
  ["put off", { state: "planned", shown_at: NOW, put_off: 1, at: NOW + HOUR }, "Taken by the push service. Shown 12:00 PM. Put off once. It comes again at 1:00 PM."],
  ["put off too late", { reason: "window", shown_at: NOW, put_off: 2 }, "Taken by the push service. Shown 12:00 PM. Put off 2 times. There was no time left for it to come again."],
  ["done before", { state: "skipped", reason: "done", sent_at: null, accepted: 0, done: true }, "Not sent: it was done already."],
  ["changed", { state: "skipped", reason: "plan", sent_at: null, accepted: 0 }, "Not sent: you changed or stopped it before."],
  ["skipped for a reason of a newer server", { state: "skipped", reason: "moon", sent_at: null, accepted: 0 }, "Not sent."],
  ["too late", { state: "expired", reason: "window", sent_at: null, accepted: 0 }, "Not sent: its time was over before it could go out."],
  ["for no device", { state: "failed", reason: "no-device", sent_at: null, accepted: 0 }, "Not sent: no device was set up to get it."],
  ["not taken", { state: "failed", reason: "key", sent_at: null, accepted: 0 }, "Not sent: the push service did not take it."],
  ["on its way", { state: "claimed", sent_at: null, accepted: 0 }, "Being sent."],
] as const) {
  test(`of a reminder that was ${name} it is said so`, () => {
    assert.equal(entryWords(entry(said as Partial<Entry>)).join(" "), expected);
  });
}

test("the newest day comes first, and its newest reminder", () => {
  const found = byDay([entry({ id: "b" }), entry({ id: "a" }), entry({ id: "c", day: "2026-11-24" })]);

  assert.deepEqual(found.map(([day, of]) => [day, of.map(({ id }) => id)]), [["2026-11-24", ["c"]], ["2026-11-23", ["b", "a"]]]);
});

async function tested(shownAfter: number, state = "accepted"): Promise<Step[]> {
  const steps: Step[] = [];
  let waited = 0;
  await testOne({
    send: () => Promise.resolve({ id: "t", sent_at: NOW, state, detail: "It did not." }),
    look: () => (waited === EVERY ? Promise.reject(new Error("offline")) : Promise.resolve(waited >= shownAfter ? NOW + waited : null)),
    pause: (time) => Promise.resolve(void (waited += time)),
  }, (step) => steps.push(step));
  return [...steps.slice(0, 2), { state: "silent", sent: waited }, ...steps.slice(2)];
}

test("a test waits until the device says that it showed it", async () => {
  assert.deepEqual((await tested(3 * EVERY)).at(-1), { state: "shown", sent: NOW, shown: NOW + 3 * EVERY });
});

test("after a minute of silence a test says that nobody knows", async () => {
  const steps = await tested(Infinity);

  assert.deepEqual([steps[2], steps.at(-1)], [{ state: "silent", sent: WAIT }, { state: "silent", sent: NOW }]);
});

test("a test that was not taken does not wait", async () => {
  assert.deepEqual((await tested(0, "gone"))[1], { state: "refused", detail: "It did not." });
});

const plan = (body: Partial<Plan> & object = {}, id = "p") => ({ id, body: { at: "09:00", days: [1, 2, 3, 4, 5, 6, 7], about: "checkin", on: true, ...body } });
const done = (name: string) => ({ id: `done ${name}`, body: { what: "done", plan: name, day: "2026-11-23", slot: 0 } satisfies Mark });
const today = (plans: Parameters<typeof plannedToday>[0], marks: Parameters<typeof plannedToday>[1] = []) =>
  plannedToday(plans, marks, NOW, "Europe/Rome").map(({ plan, due }) => [plan, due]);

test("what is planned for today is there until it is done, due or still to come", () => {
  assert.deepEqual(today([plan({ at: "18:00" }, "q"), plan()]), [["p", true], ["q", false]]);
  assert.deepEqual(today([plan({ at: "18:00" }, "q"), plan()], [done("p")]), [["q", false]]);
});

test("what is off, paused, over or for other days is not planned for today", () => {
  const out = [plan({ on: false }), plan({ paused_until: "2026-11-24" }), plan({ days: [2] }), plan({ until: "2026-11-22" } as object), plan({ from: "2026-11-24" } as object)];

  assert.deepEqual(today([...out, { id: "broken", body: null }]), []);
});

test("the assignment that a reminder is about goes first", () => {
  const live = ["a", "b"].map((id) => ({ id, body: { exercise: id } }) as unknown as Assigned);

  assert.equal(nextOf(live, [], "2026-11-23")?.assignment.id, "a");
  assert.equal(nextOf(live, [], "2026-11-23", { about: "b" })?.assignment.id, "b");
  assert.equal(nextOf(live, [], "2026-11-23", { about: "checkin" })?.assignment.id, "a");
});
