// Saving by itself: one text at a time, each on top of the one before; nothing written is forgotten, and no "saved" too early.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Autosave } from "../src/screens/therapist/own/autosave.ts";

interface There {
  rev: number;
  text: string;
}

/** A server that takes a text on top of the revision it has, when it is let; and what was told. */
function page() {
  let there: There = { rev: 1, text: "first" };
  const asked: (() => void)[] = [];
  const told: string[] = [];
  const saving = new Autosave<string, There>(there, 1, "first", async (base, text) => {
    await new Promise<void>((resolve) => asked.push(resolve));
    if (base !== there.rev) throw new Error(`base ${base}, there ${there.rev}`);
    there = { rev: there.rev + 1, text };
    return there;
  }, {
    sending: () => told.push("sending"),
    taken: ({ text }, more) => told.push(`taken ${text}${more ? ", more waits" : ""}`),
    refused: (error) => told.push(`refused ${(error as Error).message}`),
  });
  /** Lets the oldest request through. */
  const answer = async (): Promise<void> => {
    asked.shift()?.();
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
  };
  return { saving, told, answer, asked, there: () => there, elsewhere: (text: string) => (there = { rev: there.rev + 1, text }) };
}

test("nothing is sent while nothing was written", async () => {
  const { saving, told, there } = page();

  assert.equal(await saving.flush(), saving.unsaved ? null : there());
  assert.deepEqual(told, []);
});

test("what is written while a text is on its way goes after it, and all of it is there before a flush is over", async () => {
  const { saving, told, answer, there } = page();
  saving.change("one");
  const over = saving.flush();
  saving.change("two");
  saving.change("three");

  await answer();
  assert.equal(saving.unsaved, true);
  await answer();

  assert.deepEqual([await over, there().text, saving.unsaved], [{ rev: 3, text: "three" }, "three", false]);
  assert.deepEqual(told, ["sending", "taken one, more waits", "sending", "taken three"]);
});

test("asked from everywhere at once it sends each text once", async () => {
  const { saving, told, answer, asked } = page();
  saving.change("one");
  const all = [saving.flush(), saving.flush(), saving.flush()];
  assert.equal(asked.length, 1);

  await answer();

  assert.deepEqual((await Promise.all(all)).map((one) => one?.rev), [2, 2, 2]);
  assert.deepEqual([told, saving.unsaved], [["sending", "taken one"], false]);
});

test("a text that was refused waits on, and is the next one that is sent", async () => {
  const { saving, told, answer, elsewhere, there } = page();
  saving.change("mine");
  const over = saving.flush();
  elsewhere("theirs");
  await answer();

  assert.deepEqual([await over, saving.unsaved, saving.written, there().text], [null, true, "mine", "theirs"]);
  assert.deepEqual(told, ["sending", "refused base 1, there 2"]);
});

test("what is taken from there is the base of what is written next", async () => {
  const { saving, answer, elsewhere, there } = page();
  saving.change("mine");
  saving.take(elsewhere("theirs"), "theirs");
  assert.deepEqual([saving.unsaved, saving.base], [false, 2]);

  saving.change("theirs, and more");
  const over = saving.flush();
  await answer();

  assert.deepEqual([(await over)?.rev, there().text], [3, "theirs, and more"]);
});
