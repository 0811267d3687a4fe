import assert from "node:assert/strict";
import { test } from "node:test";
import { oldNumbers } from "../build/numbers.ts";
import { checkedOn, numberOf, numbers } from "../src/app/emergency.ts";
import type { Line } from "../src/safety/contacts.ts";
import { chatAddress, dial, linesFor, write } from "../src/safety/lines.ts";
import { cleaned, EMPTY, filledParts, isBlank, PARTS, planOf } from "../src/safety/plan.ts";
import { checkAge } from "../src/screens/therapist/checked.ts";

const line = (some: Partial<Line>): Line => ({ id: "1", name: "Night line", number: "00 116", hours: "nights", checked_on: "2026-09-01", ...some });

for (const [written, address] of [
  ["112", "tel:112"], ["116 123", "tel:116123"], ["+39 02 2327-2327", "tel:+390223272327"], ["(02) 1234.5678", "tel:0212345678"],
  ["+44 (0)20 7946 0000", "tel:+442079460000"], ["0800/111 0 111", "tel:08001110111"],
] as const) {
  test(`s17: "${written}" calls ${address}`, () => assert.equal(dial(written), address));
}

for (const written of ["", " ", "ask me", "5", "*#06#", "112;ext=1", "javascript:alert(1)"]) {
  test(`"${written}" is no number: nothing is called`, () => {
    assert.equal(dial(written), null);
    assert.equal(write(written), null);
  });
}

test("s17: a text opens empty", () => assert.equal(write("00 85258"), "sms:0085258"));

test("a chat is only opened where it is reached safely", () => {
  assert.equal(chatAddress("https://chat.example.org/a"), "https://chat.example.org/a");
  assert.deepEqual(["http://chat.example.org", "javascript:alert(1)", "", undefined].map(chatAddress), [null, null, null, null]);
});

test("s15: a line without a number is never shown", () => {
  assert.deepEqual(linesFor([line({ number: "" }), line({ number: "ask" })], ""), []);
});

test("a line that names a country is shown there, and where no country was picked", () => {
  const lines = [line({ id: "it", country: "IT" }), line({ id: "all" })];

  assert.deepEqual(linesFor(lines, "IT").map(({ id }) => id), ["it", "all"]);
  assert.deepEqual(linesFor(lines, "").map(({ id }) => id), ["it", "all"]);
  assert.deepEqual(linesFor(lines, "GB").map(({ id }) => id), ["all"]);
  assert.deepEqual(linesFor(lines, "other").map(({ id }) => id), ["all"]);
});

for (const [day, age] of [["2026-09-11", "fresh"], ["2026-09-10", "fresh"], ["2026-09-09", "soon"], ["2026-08-31", "soon"], ["2026-08-30", "overdue"]] as const) {
  test(`s15: on 29 November, what was checked on ${day} is ${age}`, () => assert.equal(checkAge(day, "2026-11-29"), age));
}

test("s15: a build says when the public numbers were last checked more than 90 days ago", () => {
  assert.equal(oldNumbers("2026-08-31", "2026-11-29"), null);
  assert.match(oldNumbers("2026-08-30", "2026-11-29") ?? "", /last checked on 2026-08-30, more than 90 days ago/);
});

test("s15a: the public numbers ship with the day of their check, and every country has one", () => {
  assert.match(checkedOn, /^20\d\d-\d\d-\d\d$/);
  assert.deepEqual(numbers.map(([number]) => number), ["112", "911", "999", "000", "111"]);
  assert.deepEqual(["IT", "US", "GB", "AU", "NZ"].map(numberOf), ["112", "911", "999", "000", "111"]);
  const countries = numbers.flatMap(([, codes]) => codes);
  assert.equal(new Set(countries).size, countries.length);
});

test("s16: a country that is not in the list has no number of its own", () => {
  assert.deepEqual(["other", "", "XX"].map(numberOf), [null, null, null]);
});

test("s18: the six parts have one order, whatever order they were written in", () => {
  const plan = planOf({ around: "f", services: [{ name: "e", number: "" }], people: [{ name: "d", number: "1" }], places: "c", myself: "b", signs: "a" });

  assert.deepEqual(filledParts(plan), ["signs", "myself", "places", "people", "services", "around"]);
  assert.equal(PARTS.length, 6);
});

test("a plan of another build is read as far as it can be", () => {
  const plan = planOf({ signs: 5, people: [null, "x", { name: "Marta" }, {}, { number: "112" }], places: "a", more: true });

  assert.deepEqual(plan, { ...EMPTY, places: "a", people: [{ name: "Marta", number: "" }, { name: "", number: "112" }] });
});

test("empty rows and spaces are not saved, and make no plan", () => {
  const typed = { ...EMPTY, signs: "  \n", people: [{ name: " ", number: "" }, { name: " Marta ", number: " 1 " }] };

  assert.deepEqual(cleaned(typed), { ...EMPTY, people: [{ name: "Marta", number: "1" }] });
  assert.equal(isBlank({ ...EMPTY, signs: " ", people: [{ name: " ", number: "" }] }), true);
  assert.equal(isBlank(typed), false);
});
