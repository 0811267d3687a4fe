// What follows from a save comes after the frame that says so, or where nothing is painted, at once.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { afterPaint } from "../src/data/after-paint.ts";

const page = { visibilityState: "visible" };
let frames: (() => void)[] = [];
const paint = (): void => frames.splice(0).forEach((draw) => draw());

function screen(state: string): void {
  page.visibilityState = state;
  Object.assign(globalThis, { document: page, requestAnimationFrame: (draw: () => void) => frames.push(draw) });
}

afterEach(() => {
  frames = [];
  Object.assign(globalThis, { document: undefined, requestAnimationFrame: undefined });
});

test("it waits for the frame, and for the one after it, and is done once", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  screen("visible");
  let done = 0;
  afterPaint(() => (done += 1));
  paint();
  assert.equal(done, 0);

  paint();
  t.mock.timers.tick(1_000);

  assert.equal(done, 1);
});

test("a page that is put away before it was painted does it all the same", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  screen("visible");
  let done = 0;
  afterPaint(() => (done += 1));

  t.mock.timers.tick(1_000);

  assert.equal(done, 1);
});

test("where nothing is painted it is done at once", () => {
  let done = 0;
  afterPaint(() => (done += 1));
  screen("hidden");
  afterPaint(() => (done += 1));
  assert.equal(done, 2);
});
