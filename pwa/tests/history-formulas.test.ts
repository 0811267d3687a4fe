// The phone's formulas against the vectors that hold the brief's to the same numbers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as body from "../src/history/formulas/body.ts";
import { notEnough } from "../src/history/formulas/enough.ts";
import * as practice from "../src/history/formulas/practice.ts";
import * as ratings from "../src/history/formulas/ratings.ts";
import * as scenes from "../src/history/formulas/scenes.ts";
import * as words from "../src/history/formulas/words.ts";

type Vector = { why: string; formula: string; args: unknown[]; gives: unknown };
const vectors = JSON.parse(readFileSync(new URL("../../tests/formulas/vectors.json", import.meta.url), "utf8")) as Vector[];
const formulas: Record<string, unknown> = { ...body, ...practice, ...ratings, ...scenes, ...words };

for (const { why, formula, args, gives } of vectors) {
  test(`${formula}: ${why}`, () => {
    const of = formulas[formula.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] as (...given: unknown[]) => unknown;
    assert.ok(nearly(of(...args), gives), JSON.stringify(of(...args)));
  });
}

test("S23: below its minimum n a formula says how many it needs, and no number", () => {
  const short = vectors.filter(({ gives }) => notEnough(gives));
  const named = new Set(short.map(({ formula }) => formula));
  const always = new Set(["picked_together", "not_visited", "always_skipped"]); // lists of what was counted: empty below it

  assert.deepEqual([...new Set(vectors.map(({ formula }) => formula))].filter((one) => !named.has(one) && !always.has(one)), []);
});

/** The same, numbers to nine digits. */
function nearly(one: unknown, other: unknown): boolean {
  if (typeof one === "number" && typeof other === "number") return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => nearly((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]));
}
