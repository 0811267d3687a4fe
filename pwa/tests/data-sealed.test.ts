import assert from "node:assert/strict";
import { test } from "node:test";
import { gently } from "../src/data/rows.ts";
import { newKey, sameWriting, seal, unseal, Unreadable } from "../src/data/sealed.ts";

const note = { text: "Only mine: żółw 🌙" };

test("a sealed value opens where it was sealed", async () => {
  const key = await newKey();
  assert.deepEqual(await unseal(key, "records/1", await seal(key, "records/1", note)), note);
});

test("moved to another place it does not open", async () => {
  const key = await newKey();
  await assert.rejects(unseal(key, "records/2", await seal(key, "records/1", note)), Unreadable);
});

test("another key does not open it", async () => {
  await assert.rejects(unseal(await newKey(), "records/1", await seal(await newKey(), "records/1", note)), Unreadable);
});

test("the key can't be read out", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", await newKey()));
});

test("the same value sealed twice is two writings", async () => {
  const key = await newKey();
  const [one, other] = [await seal(key, "a", note), await seal(key, "a", note)];
  assert.deepEqual([sameWriting(one, one), sameWriting(one, other), sameWriting(one, undefined)], [true, false, false]);
});

test("a long list is worked through in turns, in order, and the screen gets its own between them", async () => {
  let turns = 0;
  const count = (): void => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);

  const done = await gently(Array.from({ length: 200 }, (_, i) => i), async (item) => item);
  clearImmediate(next);

  assert.deepEqual(done, Array.from({ length: 200 }, (_, i) => i));
  assert.ok(turns >= 20, `${turns} turns`);
});
