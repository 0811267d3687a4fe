import assert from "node:assert/strict";
import { test } from "node:test";
import { afterCheckIn, type Looked } from "../src/checkin/after.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 22, 18, 0);

const rated = (distress: number, ago = 0): Looked => ({ distress, at: NOW - ago });
const named = (id: string, strength?: number): Looked => ({
  words: [strength === undefined ? { id } : { id, strength }], at: NOW,
});

for (const [distress, card] of [[0, null], [6, null], [7, "A"], [8, "A"], [9, "B"], [10, "B"]] as const) {
  test(`distress ${distress} shows ${card === null ? "no card" : `card ${card}`}`, () => {
    assert.equal(afterCheckIn(rated(distress), [], NOW).card, card);
  });
}

for (const word of ["numb", "empty", "frozen", "far_away", "panicky"]) {
  test(`${word} at full strength shows card A`, () => {
    assert.equal(afterCheckIn(named(word, 5), [], NOW).card, "A");
  });
  test(`${word} at strength 4, or without one, shows no card`, () => {
    assert.equal(afterCheckIn(named(word, 4), [], NOW).card, null);
    assert.equal(afterCheckIn(named(word), [], NOW).card, null);
  });
}

test("another word at full strength shows no card", () => {
  assert.equal(afterCheckIn(named("furious", 5), [], NOW).card, null);
});

test("hopeless shows card B at any strength", () => {
  assert.equal(afterCheckIn(named("hopeless", 1), [], NOW).card, "B");
});

test("hopeless beside a low distress still shows card B", () => {
  assert.equal(afterCheckIn({ distress: 2, words: [{ id: "hopeless" }] }, [], NOW).card, "B");
});

test("s19: a second hardest check-in within 60 minutes shows card A", () => {
  assert.equal(afterCheckIn(rated(9), [rated(10, 59 * MINUTE)], NOW).card, "A");
});

test("s19: after 60 minutes card B shows again", () => {
  assert.equal(afterCheckIn(rated(9), [rated(10, 60 * MINUTE)], NOW).card, "B");
});

test("s19: card B comes back an hour after it was shown, not after the last hard check-in", () => {
  const recent = [rated(9, 61 * MINUTE), rated(9, 30 * MINUTE)];

  assert.equal(afterCheckIn(rated(9), recent, NOW).card, "B");
});

test("s19: within 60 minutes of a card B in an exercise a check-in shows card A, after them card B", () => {
  assert.equal(afterCheckIn(rated(9), [], NOW, NOW - 60 * MINUTE + 1).card, "A");
  assert.equal(afterCheckIn(rated(9), [], NOW, NOW - 60 * MINUTE).card, "B");
});

test("s19: a card B that the clock puts into the future holds nothing back", () => {
  assert.equal(afterCheckIn(rated(9), [], NOW, NOW + MINUTE).card, "B");
});

test("hopeless within the hour of a card B shows card A", () => {
  assert.equal(afterCheckIn(named("hopeless"), [rated(9, MINUTE)], NOW).card, "A");
});

test("a check-in of 7 does not hold back card B", () => {
  assert.equal(afterCheckIn(rated(9), [rated(7, MINUTE)], NOW).card, "B");
});

test("three of the last five at 7 or more is a hard stretch", () => {
  const recent = [rated(7, 4 * DAY), rated(3, 3 * DAY), rated(7, 2 * DAY), rated(2, DAY)];

  assert.equal(afterCheckIn(rated(7), recent, NOW).hardStretch, true);
});

test("two of the last five is not", () => {
  const recent = [rated(6, 4 * DAY), rated(3, 3 * DAY), rated(7, 2 * DAY), rated(2, DAY)];

  assert.equal(afterCheckIn(rated(7), recent, NOW).hardStretch, false);
});

test("three of six is not when the first of them is the sixth back", () => {
  const recent = [rated(8, 5 * DAY), rated(1, 4 * DAY), rated(1, 3 * DAY), rated(8, 2 * DAY), rated(1, DAY)];

  assert.equal(afterCheckIn(rated(8), recent, NOW).hardStretch, false);
});

test("a hard check-in more than 10 days back does not count", () => {
  const recent = [rated(8, 10 * DAY + 1), rated(8, DAY)];

  assert.equal(afterCheckIn(rated(8), recent, NOW).hardStretch, false);
});

test("a hard check-in of exactly 10 days back counts", () => {
  assert.equal(afterCheckIn(rated(8), [rated(8, 10 * DAY), rated(8, DAY)], NOW).hardStretch, true);
});

test("the line about a hard stretch comes once in a week", () => {
  const recent = [rated(8, 4 * DAY), rated(8, 3 * DAY), rated(8, 2 * DAY)];

  assert.equal(afterCheckIn(rated(8), recent, NOW).hardStretch, false);
});

test("the line comes again seven days after it was shown", () => {
  const recent = [rated(8, 9 * DAY), rated(8, 8 * DAY), rated(8, 7 * DAY), rated(8, 3 * DAY)];

  assert.equal(afterCheckIn(rated(8), recent, NOW).hardStretch, true);
});

test("the line does not come a moment before the seven days are over", () => {
  const recent = [rated(8, 9 * DAY), rated(8, 8 * DAY), rated(8, 7 * DAY - 1), rated(8, 3 * DAY)];

  assert.equal(afterCheckIn(rated(8), recent, NOW).hardStretch, false);
});

test("of the last five the one just saved may be the easy one", () => {
  const recent = [rated(8, 4 * DAY), rated(8, 3 * DAY), rated(2, 2 * DAY), rated(2, DAY)];

  assert.equal(afterCheckIn(rated(6), recent, NOW).hardStretch, false);
  assert.equal(afterCheckIn(rated(7), recent, NOW).hardStretch, true);
});

test("a check-in without a rating counts among the five, and not as hard", () => {
  const recent = [rated(8, 5 * DAY), { at: NOW - 4 * DAY }, { at: NOW - 3 * DAY }, rated(8, 2 * DAY), { at: NOW - DAY }];

  assert.equal(afterCheckIn(rated(8), recent, NOW).hardStretch, false);
});

test("not knowing yet has its own line", () => {
  assert.equal(afterCheckIn(named("unknown"), [], NOW).line, "unknown");
});

test("a pleasant place on the square has its own line", () => {
  assert.equal(afterCheckIn({ affect: { v: 0.25, a: 0 } }, [], NOW).line, "pleasant");
});

test("pleasant beside a good deal to carry is thanked only", () => {
  assert.equal(afterCheckIn({ affect: { v: 0.5, a: 0 }, distress: 4 }, [], NOW).line, "thanks");
});

test("an ordinary check-in is thanked", () => {
  assert.deepEqual(afterCheckIn(rated(4), [], NOW), { card: null, line: "thanks", hardStretch: false });
});

test("a card takes the place of the line", () => {
  assert.equal(afterCheckIn({ distress: 8, words: [{ id: "unknown" }] }, [], NOW).line, null);
});

test("a check-in without a rating is judged without one", () => {
  assert.equal(afterCheckIn({ regions: [] } as Omit<Looked, "at">, [rated(8, DAY), rated(8, 2 * DAY)], NOW).hardStretch, false);
});
