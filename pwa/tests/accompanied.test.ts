// Who accompanies the client and who can read: what the practice said and what the client answered, put together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openedBy, type ReadLog } from "../src/data/readings.ts";
import type { Body, LocalRecord } from "../src/data/types.ts";
import { isAlone, standingIn, toTell, unseen } from "../src/sharing/standing.ts";

const NOW = Date.parse("2026-11-22T18:00:00Z");
type Kept = Pick<LocalRecord, "kind" | "author" | "body" | "state">;
const said = (kind: string, body: Body): Kept => ({ kind, author: "therapist", body, state: "sent" });
const answer = (name: string, body: Body, state: LocalRecord["state"] = "sent"): Kept =>
  ({ kind: "preference", author: "client", body: { name, ...body }, state });
const standing = (...records: Kept[]) => standingIn(records, NOW);

const ASKED = said("relationship", { state: "asked", id: "h1", therapist: "Carlo", before: "Teresa" });
const ENDED = said("relationship", { state: "ended", id: "e1", before: "Teresa" });
const FROZEN = said("freeze", { on: true, id: "f1", by: "Teresa" });
const SUPERVISION = { id: "s1", by: "Teresa", supervisor: "Carlo", until: NOW + 1 };

test("with nothing said there is nothing to tell, and what is shared is seen", () => {
  const usual = standing(answer("sharing", { paused: false }));

  assert.deepEqual([toTell(usual, ""), unseen(usual), usual.choice, usual.frozen], [null, null, null, null]);
});

test("who comes sees nothing until it was answered, and then as it was answered", () => {
  const seen = (choice?: string, to = "h1") => unseen(standing(ASKED, ...(choice ? [answer("relationship", { to, choice })] : [])));

  assert.deepEqual([seen(), seen("nothing"), seen("all", "another"), seen("today"), seen("all")], ["nothing", "nothing", "nothing", null, null]);
});

test("an unanswered question is told on Today, an answered one no longer", () => {
  assert.equal(toTell(standing(ASKED), ""), "asked");
  assert.equal(toTell(standing(ASKED, answer("relationship", { to: "h1", choice: "nothing" })), ""), null);
});

test("an ending is told until it was read here", () => {
  assert.deepEqual([toTell(standing(ENDED), ""), toTell(standing(ENDED), "e1"), unseen(standing(ENDED))], ["ended", null, "alone"]);
});

test("who goes on alone is told so once the ending was read, and no longer when somebody comes", () => {
  assert.deepEqual([standing(), standing(ASKED), standing(ENDED)].map((one) => isAlone(one, "e1")), [false, false, true]);
  assert.equal(isAlone(standing(ENDED), "e0"), false);
});

test("a freeze of the therapist's is told, and ends by the client's word for that very one", () => {
  const lifted = (id: string) => standing(FROZEN, answer("freeze", { on: false, lifted: id }));

  assert.deepEqual([toTell(standing(FROZEN), ""), unseen(standing(FROZEN))], ["frozen", "frozen"]);
  assert.deepEqual([lifted("f1").frozen, lifted("f0").frozen?.by], [null, "Teresa"]);
});

test("the client's own freeze is no news on Today", () => {
  const own = standing(answer("freeze", { on: true }));

  assert.deepEqual([toTell(own, ""), unseen(own)], [null, "frozen"]);
});

test("supervision is asked, agreed or declined while its time lasts and nobody ended it", () => {
  const state = (more: Body, ...answers: Kept[]) => standing(said("supervision", { ...SUPERVISION, ...more }), ...answers).supervision?.state;
  const yes = (to: string, agreed = true) => answer("supervision", { to, agreed });

  assert.deepEqual(
    [state({}), state({}, yes("s1")), state({}, yes("s1", false)), state({}, yes("s0")), state({ until: NOW }), state({ ended_at: NOW })],
    ["asked", "agreed", "declined", "asked", undefined, undefined],
  );
});

test("a phone's own record can't say what only the practice says", () => {
  const forged = standing({ ...FROZEN, author: "client" }, { ...ENDED, author: "client" });

  assert.deepEqual([forged.frozen, forged.accompanied], [null, null]);
});

test("what was answered and has not arrived is known to wait", () => {
  assert.deepEqual([...standing(answer("freeze", { on: true }, "waiting")).waiting], ["freeze"]);
});

test("what was lived before the day a reader was shown was not opened by them", () => {
  const log: ReadLog = { epochs: [["e1", 0]], readings: [{ by: "Carlo", at: NOW, through: "e1.9", since: "2026-11-22" }] };
  const opened = (day: string | null) => openedBy(log, { audience: "therapist", state: "sent", rev: "e1.5", day })?.by ?? null;

  assert.deepEqual([opened("2026-11-21"), opened("2026-11-22"), opened(null)], [null, "Carlo", "Carlo"]);
});
