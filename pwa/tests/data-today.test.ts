import assert from "node:assert/strict";
import { test } from "node:test";
import { numberOf, numbers } from "../src/app/emergency.ts";
import { translator } from "../src/app/catalogue.ts";
import { deviceName, isApple } from "../src/data/device.ts";
import type { Assignment, LocalRecord, Run } from "../src/data/types.ts";
import type { Assigned } from "../src/practise/lists.ts";
import { nextOf } from "../src/screens/client/next.ts";

const TODAY = "2026-11-19"; // a Thursday

function record<B extends object>(kind: string, body: B, day: string): LocalRecord<B> & { body: B } {
  return {
    id: `${kind}-${day}-${JSON.stringify(body).length}`, kind, schema: 1, audience: "therapist", author: "client", rev: "e1.1", deleted: false,
    felt_at: null, zone: null, day, saved_at: 0, body, conflict_of: null, state: "sent", reason: null,
  };
}
const assigned = (exercise: string, times_a_week?: number): Assigned =>
  record<Assignment>("assignment", { exercise, version: 1, title: exercise, by: "Teresa", ...(times_a_week && { times_a_week }) }, "2026-11-01");
const run = (exercise: string, day: string) => record<Run>("run", { exercise, version: 1, ended: "finished" }, day);

test("with nothing set there is nothing next", () => {
  assert.equal(nextOf([], [], TODAY), null);
});

test("what is still due this week comes before what was done", () => {
  const next = nextOf([assigned("calm-place", 1), assigned("feet-on-floor", 3)], [run("calm-place", "2026-11-17"), run("feet-on-floor", TODAY)], TODAY);
  assert.deepEqual([next?.assignment.body.exercise, next?.done, next?.enough], ["feet-on-floor", 1, false]);
});

test("among those due the one left longest is next", () => {
  const next = nextOf([assigned("a", 2), assigned("b", 2)], [run("a", "2026-11-17"), run("b", "2026-11-10")], TODAY);
  assert.equal(next?.assignment.body.exercise, "b");
});

test("twice on a day counts as one day, and last week does not count", () => {
  const next = nextOf([assigned("a", 2)], [run("a", TODAY), run("a", TODAY), run("a", "2026-11-15")], TODAY);
  assert.deepEqual([next?.done, next?.enough], [1, false]);
});

const named = (id: string, times = 2): Assigned => ({ ...assigned(id, times), id });
const menu = { order: ["b", "a"] };

test("of those due the order of the menu says which is next, and what was done today waits", () => {
  const live = [named("a"), named("b"), named("c")];

  assert.equal(nextOf(live, [run("b", "2026-11-17")], TODAY, { menu: menu })?.assignment.id, "b");
  assert.equal(nextOf(live, [run("b", TODAY)], TODAY, { menu: menu })?.assignment.id, "a");
  assert.equal(nextOf(live, [run("b", "2026-11-17"), run("b", "2026-11-18"), run("a", TODAY)], TODAY, { menu: menu })?.assignment.id, "c");
  assert.equal(nextOf(live, [run("b", "2026-11-17")], TODAY, { about: "c", menu })?.assignment.id, "c");
});

test("the one to begin with is next before the others that are due", () => {
  const live = [named("a"), named("b")];

  assert.equal(nextOf(live, [], TODAY, { menu: { ...menu, first: "a" } })?.assignment.id, "a");
  assert.equal(nextOf(live, [run("a", "2026-11-17"), run("a", "2026-11-18")], TODAY, { menu: { ...menu, first: "a" } })?.assignment.id, "b");
});

test("what was left for another day comes last, also when a reminder was about it, and says so", () => {
  const live = [named("a"), named("b")];

  assert.equal(nextOf(live, [], TODAY, { about: "a", aside: new Set(["a"]) })?.assignment.id, "b");
  assert.equal(nextOf(live, [run("b", TODAY), run("b", "2026-11-18")], TODAY, { aside: new Set(["a"]) })?.assignment.id, "b");
  assert.deepEqual([nextOf([named("a")], [], TODAY, { aside: new Set(["a"]) })?.aside, nextOf([named("a")], [], TODAY)?.aside], [true, false]);
});

test("every country has one emergency number", () => {
  const all = numbers.flatMap(([, countries]) => countries);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual([numberOf("IT"), numberOf("AU"), numberOf("other")], ["112", "000", null]);
});

test("a sentence is filled, and a plural chooses its form", () => {
  const t = translator({ hello: "Hello {name}", wait: { one: "{n} entry", other: "{n} entries" } }, "en");
  assert.deepEqual([t("hello", { name: "Anna" }), t("wait", { n: 1 }), t("wait", { n: 1200 })], ["Hello Anna", "1 entry", "1,200 entries"]);
});

test("a device is named as people call it", () => {
  assert.equal(deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X)"), "iPhone");
  assert.equal(deviceName("Mozilla/5.0 (Linux; Android 15; Pixel 8) Mobile Safari/537.36"), "Android phone");
  assert.ok(isApple("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 5));
  assert.ok(!isApple("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 0));
});
