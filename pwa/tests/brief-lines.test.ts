import assert from "node:assert/strict";
import { test } from "node:test";
import { howLines, practisedLine, reasonsLine, turnLines } from "../src/brief/lines.ts";
import type { Labels } from "../src/screens/therapist/labels.ts";

const labels = { any: (id: string) => (id === "heard" ? "to be heard" : undefined) } as unknown as Labels;
const said = (scene: object): string[] => turnLines(scene, labels).map(({ label, text }) => `${label}: ${text}`);

test("a scene with a turn is told from the wish to what it said, and no further", () => {
  const scene = {
    title: "The call", when: "On Saturday", other: "my sister", they_did: "She sighed", felt: "small", wish: "heard", expected: "she laughs",
    my_move: "I say it is nothing ", about_me: "I am too much",
  };

  assert.deepEqual(said(scene), ["With: my sister", "Wish: to be heard", "Expected answer: she laughs", "Own move: I say it is nothing", "About me: I am too much"]);
});

test("a scene without a turn is told as it was written", () => {
  assert.deepEqual(said({ other: "my boss", they_did: "Looked at the clock", felt: " " }), ["With whom: my boss", "What they said or did: Looked at the clock"]);
});

test("ratings that were the same each time are said once", () => {
  const same = { n: 4, median: { n: 4, needs: 5 }, spread: { low: 0.2, high: 0.25 }, change: { n: 0, needs: 7 } };
  const how = { entries: 4, days: 1, strip: [], distress: { ...same, spread: { low: 5, high: 5 } }, pleasant: same, hard: { n: 0, parts: {} } };

  const lines = howLines(how, { own: 4, reminder: 0, held: 0, not_shared: [], versions: [] });

  assert.deepEqual(lines.slice(1), ["How hard things were to carry: 5 each time (n 4).", "How it felt: a little pleasant each time (n 4)."]);
});

test("what was opened and what was left for another day is said in one line, and why by how often", () => {
  const counts = { opened: 0, finished: 0, stopped: 0 };

  assert.equal(practisedLine({ ...counts, opened: 2, stopped: 1, not_today: 1 }), "opened 2 times, stopped once, “not today” once");
  assert.equal(practisedLine({ ...counts, not_today: 3 }), "“not today” 3 times");
  assert.equal(reasonsLine({ reasons: [{ word: "tired", n: 2 }, { word: "time", n: 1 }, { word: "of-a-newer-app", n: 1 }] }),
    "What spoke against it: Too tired (2) · No time · of a newer app.");
  assert.equal(reasonsLine({}), "");
});
