import assert from "node:assert/strict";
import { test } from "node:test";
import { atPoint, energyKey, moved, pleasantKey, snapped } from "../src/ui/inputs/affect-words.ts";
import { drawn, figures } from "../src/ui/inputs/body-figures.ts";
import { isFull, toggled, toggledWithAlone } from "../src/ui/inputs/choosing.ts";
import { byDistance, search, toggledPick, withOwnWord, withStrength } from "../src/ui/inputs/emotion-words.ts";
import type { Word } from "../src/ui/inputs/types.ts";

const word = (id: string, v: number, a: number, definition = ""): Word => ({ id, label: id, v, a, definition });
const ANGER = [word("annoyed", -0.5, 0.2, "Something keeps bothering you."), word("angry", -0.7, 0.6), word("furious", -0.8, 0.9)];
const CALM = [word("calm", 0.5, -0.7), word("safe", 0.6, -0.5)];
const VOCABULARY = {
  families: [
    { id: "anger", label: "Anger", definition: "", words: ANGER },
    { id: "calm_interest", label: "Calm", definition: "", words: CALM },
  ],
};
const ids = (words: readonly { id: string }[]) => words.map((one) => one.id);

test("a tap adds, a second tap takes away", () => {
  assert.deepEqual(toggled([], "a", 3), ["a"]);
  assert.deepEqual(toggled(["a"], "a", 3), []);
});

test("with room for one the new choice takes the old one's place", () => {
  assert.deepEqual(toggled(["a"], "b", 1), ["b"]);
});

test("a full list stays as it is", () => {
  assert.deepEqual(toggled(["a", "b"], "c", 2), ["a", "b"]);
  assert.equal(isFull(["a", "b"], "c", 2), true);
  assert.equal(isFull(["a", "b"], "a", 2), false);
});

test("nowhere and a place replace each other", () => {
  assert.deepEqual(toggledWithAlone(["chest"], "nowhere", 3, ["nowhere"]), ["nowhere"]);
  assert.deepEqual(toggledWithAlone(["nowhere"], "chest", 3, ["nowhere"]), ["chest"]);
  assert.equal(isFull(["nowhere"], "chest", 1, ["nowhere"]), false);
});

test("a point of the square becomes the nearest of nine places", () => {
  assert.deepEqual(atPoint(0, 0), { v: -1, a: 1 });
  assert.deepEqual(atPoint(0.5, 0.5), { v: 0, a: 0 });
  assert.deepEqual(atPoint(0.8, 0.3), { v: 0.5, a: 0.5 });
});

test("a finger beyond the edge stays on the edge", () => {
  assert.deepEqual(atPoint(1.4, -0.2), { v: 1, a: 1 });
});

test("an arrow moves one place and stops at the edge", () => {
  assert.deepEqual(moved({ v: 0, a: 0 }, 1, 0), { v: 0.25, a: 0 });
  assert.deepEqual(moved({ v: 1, a: 0 }, 1, 0), { v: 1, a: 0 });
  assert.deepEqual(moved(null, 0, -1), { v: 0, a: -0.25 });
});

test("zero is never minus zero", () => {
  assert.ok(Object.is(snapped(-0.05), 0));
});

test("each of the nine places has its own words", () => {
  const places = Array.from({ length: 9 }, (_, at) => -1 + at * 0.25);

  assert.equal(new Set(places.map(pleasantKey)).size, 9);
  assert.equal(new Set(places.map(energyKey)).size, 9);
});

test("the middle and the ends are named as such", () => {
  assert.deepEqual([pleasantKey(-1), pleasantKey(0), pleasantKey(1)],
    ["inputs.affect.unpleasant4", "inputs.affect.pleasant0", "inputs.affect.pleasant4"]);
});

test("words near the dot come first, ties by the alphabet", () => {
  assert.deepEqual(ids(byDistance(VOCABULARY.families.flatMap((family) => family.words), { v: 0.6, a: -0.6 }).slice(0, 3)), ["safe", "calm", "annoyed"]);
  assert.deepEqual(ids(byDistance([word("b", 0.5, 0), word("a", 0.5, 0)], { v: 0, a: 0 })), ["a", "b"]);
});

test("search looks at names first, then at meanings", () => {
  assert.deepEqual(ids(search(VOCABULARY.families, "An")), ["annoyed", "angry"]);
  assert.deepEqual(ids(search(VOCABULARY.families, "bother")), ["annoyed"]);
  assert.deepEqual(search(VOCABULARY.families, "  "), []);
});

test("not knowing and words replace each other", () => {
  assert.deepEqual(toggledPick([{ id: "angry", strength: 3 }], "unknown", 3, ["unknown"]), [{ id: "unknown" }]);
  assert.deepEqual(toggledPick([{ id: "unknown" }], "angry", 3, ["unknown"]), [{ id: "angry" }]);
});

test("a mix can stand beside a word", () => {
  assert.deepEqual(ids(toggledPick([{ id: "angry" }], "mixed", 3, ["unknown"])), ["angry", "mixed"]);
});

test("a fourth word is not taken", () => {
  const three = [{ id: "a" }, { id: "b" }, { id: "c" }];

  assert.deepEqual(toggledPick(three, "d", 3, []), three);
});

test("an own word is kept once and trimmed", () => {
  const once = withOwnWord([], " grey ", 3, []);

  assert.deepEqual(once, [{ id: "own_word", own: "grey" }]);
  assert.deepEqual(withOwnWord(once, "grey", 3, []), once);
});

test("a strength can be given and taken back", () => {
  assert.deepEqual(withStrength([{ id: "sad" }], 0, 4), [{ id: "sad", strength: 4 }]);
  assert.deepEqual(withStrength([{ id: "sad", strength: 4 }], 0, null), [{ id: "sad" }]);
});

test("every place of the outline is at least 48 px across on a narrow phone and stays on the figure", () => {
  for (const { width, height, zones } of Object.values(figures)) {
    for (const spot of zones.flatMap((zone) => zone.spots)) {
      assert.ok(spot.rx * 2 >= 54 && spot.ry * 2 >= 54);
      assert.ok(spot.x - spot.rx >= 0 && spot.x + spot.rx <= width && spot.y + spot.ry <= height);
    }
  }
});

test("no two places of the outline lie on each other", () => {
  for (const { zones } of Object.values(figures)) {
    const spots = zones.flatMap((zone) => zone.spots);
    spots.forEach((one, at) => spots.slice(at + 1).forEach((other) => {
      assert.ok(Math.hypot((one.x - other.x) / (one.rx + other.rx), (one.y - other.y) / (one.ry + other.ry)) >= 0.999);
    }));
  }
});

test("the pelvis and the breasts are no places to tap", () => {
  assert.equal(["pelvis", "breast", "genitals"].some((id) => drawn.has(id)), false);
});
