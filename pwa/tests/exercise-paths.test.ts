// The turns that single exercises take.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsFor } from "../src/exercise/sources.ts";
import { current, valueOf } from "../src/exercise/state.ts";
import type { Answer, Emotions } from "../src/exercise/types.ts";
import { exercise, library, Run } from "./exercise-kit.ts";

const guess = exercise("guess-and-check");
const words = (...ids: string[]): Answer => ids.map((id) => ({ id }));
const offered = (run: Run): string[] => {
  const offer = wordsFor(run.exercise, run.state, current(run.exercise, run.state) as Emotions, library.vocabulary);
  return offer.all ? ["all"] : offer.words;
};
/** Guess and check up to "How does it fit?" for `word`. */
const fit = (word: string): Run => new Run(guess).to("picked").answer(words(word)).next();

test("the first guesses come from the dot and the pull", () => {
  const run = new Run(guess).to("affect_before").answer({ v: -0.7, a: 0.6 }).answer("hide");

  assert.deepEqual(offered(run), ["angry", "overwhelmed", "scared", "betrayed", "humiliated", "disgusted",
    "embarrassed", "self_conscious", "ashamed", "guilty"]);
});

test("words at the same distance come in the order of the alphabet", () => {
  const run = new Run(guess).to("affect_before").answer({ v: -0.5, a: 0.5 }).skip();
  const far = (id: string): number => {
    const word = library.vocabulary.families.flatMap((family) => family.words).find((one) => one.id === id);
    return word === undefined ? 9 : Math.round(1e6 * ((word.v + 0.5) ** 2 + (word.a - 0.5) ** 2));
  };
  const shown = offered(run);

  assert.equal(shown.length, 6);
  assert.deepEqual(shown, [...shown].sort((a, b) => far(a) - far(b) || a.localeCompare(b)));
});

test("without a dot and a pull every word is there", () => {
  assert.deepEqual(offered(new Run(guess).next().skip().skip().skip()), ["all"]);
});

test("a pull with two families offers some of each", () => {
  const run = new Run(guess).to("affect_before").skip().answer("get_close");

  assert.deepEqual(offered(run), ["tender", "hurt", "loving", "rejected"]);
});

test("a word that fits is rated", () => {
  const run = fit("sad").answer("fits");

  assert.equal(run.at, "strength");
});

test("too strong shows weaker words of the same family, too weak stronger ones", () => {
  const weaker = fit("angry").answer("too_strong");
  assert.equal(weaker.at, "weaker");
  assert.ok(offered(weaker).includes("annoyed") && !offered(weaker).includes("furious") && !offered(weaker).includes("angry"));

  const stronger = fit("angry").answer("too_weak");
  assert.equal(stronger.at, "stronger");
  assert.deepEqual(offered(stronger), ["furious"]);
});

test("the weakest word of a family still has others beside it", () => {
  const run = fit("defiant").answer("too_strong");

  assert.ok(offered(run).length > 0 && !offered(run).includes("defiant"));
});

test("a closer word takes the place of the first; keeping keeps it", () => {
  const closer = fit("angry").answer("too_strong").answer(words("annoyed"));
  const kept = fit("angry").answer("too_strong").answer(words("keep_first"));
  const skipped = fit("angry").answer("too_strong").skip();

  assert.deepEqual([closer, kept, skipped].map((run) => valueOf(guess, run.state, "picked")),
    [words("annoyed"), words("angry"), words("angry")]);
  assert.deepEqual([closer.at, kept.at, skipped.at], ["strength", "strength", "strength"]);
});

test("part of it asks for a second word and keeps the first", () => {
  const run = fit("angry").answer("part").answer(words("hurt"));

  assert.deepEqual(valueOf(guess, run.state, "picked"), words("angry", "hurt"));
  assert.equal(run.at, "strength");
});

test("not that opens the families, and what is picked there is rated", () => {
  const run = fit("angry").answer("not_that");
  assert.equal(run.at, "families");

  assert.equal(run.answer(words("hurt", "lonely")).at, "strength");
});

test("not one of these opens the families", () => {
  assert.equal(new Run(guess).to("picked").answer(words("not_these")).at, "families");
});

test("I don't know yet and no answer are heard as not knowing", () => {
  assert.equal(new Run(guess).to("picked").answer(words("unknown")).at, "not_known");
  assert.equal(new Run(guess).to("picked").skip().at, "not_known");
  assert.equal(fit("angry").answer("not_that").answer(words("unknown")).at, "not_known");
  assert.equal(new Run(guess).to("picked").answer(words("unknown")).next().at, "before");
});

test("no word for it has no strength to ask for", () => {
  const run = fit("angry").answer("not_that").answer(words("no_word"));

  assert.equal(run.at, "before");
});

test("the question of fit skipped keeps the word", () => {
  assert.equal(fit("sad").skip().at, "strength");
});

test("a feeling at full strength is offered something steadying", () => {
  const run = fit("sad").answer("fits").answer({ sad: 5 }).skip().skip();
  assert.equal(run.at, "steadying");

  assert.equal(new Run(guess).to("close", { strength: { sad: 4 } }).at, "close");
  run.pick("steady");
  assert.deepEqual([run.state.ended?.how, run.state.ended?.then], ["finished", "exercise:five-senses"]);
});

test("stops that are left out are left out, and only those", () => {
  const run = new Run(exercise("five-stop-scan")).next().skip().answer(["belly", "face"]);
  const seen: string[] = [];
  for (; run.at !== "where"; run.next()) seen.push(run.at);

  assert.deepEqual(seen, ["distress_before", "feet", "feet_feel", "hands", "hands_feel", "chest", "all_five"]);
});

test("leave none out leaves none out, and so does no answer", () => {
  const all = ["feet", "hands", "belly", "chest", "face"];
  for (const run of [new Run(exercise("five-stop-scan")).next().skip().answer(["none"]), new Run(exercise("five-stop-scan")).next().skip().skip()]) {
    run.to("where");
    assert.deepEqual(all.filter((id) => run.state.path.includes(id)), all);
  }
});

test("sensations are asked for the places picked, and not for none", () => {
  const scan = exercise("five-stop-scan");

  assert.equal(new Run(scan).to("where").answer(["chest"]).at, "what_like");
  assert.equal(new Run(scan).to("where").answer(["nowhere"]).at, "one_word");
});

test("a calm place after 8 offers grounding, open eyes or another day", () => {
  const at = (value: number): Run => new Run(exercise("calm-place")).to("distress_before").answer(value);
  assert.deepEqual([7, 8, 9].map((value) => at(value).at), ["place", "a_lot", "a_lot"]);

  assert.equal(at(8).pick("ground_first").state.ended?.then, "exercise:five-senses");
  assert.deepEqual([at(8).pick("not_today").state.ended?.how, at(8).pick("not_today").state.ended?.then], ["left", "end"]);
  const open = at(8).pick("eyes_open").answer("outdoors");
  assert.deepEqual([open.at, open.state.eyes], ["settle_in", "open"]);
});

test("a borrowed place is only for who doesn't know yet", () => {
  const place = (): Run => new Run(exercise("calm-place")).to("place");

  assert.equal(place().answer("unknown").at, "borrow");
  assert.equal(place().answer("water").at, "eyes");
  assert.equal(place().skip().at, "eyes");
});

test("where eyes stay open they are not asked about", () => {
  const run = new Run(exercise("calm-place"), { openOnly: true }).to("place").answer("water");

  assert.deepEqual([run.at, run.state.eyes], ["settle_in", "open"]);
});

test("a new ending starts only with every box ticked and distress at the gate or under it", () => {
  const ready = (): Run => new Run(exercise("new-ending-recent")).to("ready");
  const all = ["private", "time", "not_driving", "sober"];
  assert.equal(ready().answer(all.slice(1)).state.between?.kind, "gate");
  assert.equal(ready().next().state.between?.kind, "gate");
  assert.equal(ready().skip().at, "ready");

  const at = (value: number, limit: number | null = null): Run =>
    new Run(exercise("new-ending-recent"), { limit }).to("ready").answer(all).answer(value);
  assert.deepEqual([at(5).at, at(5).state.between], ["eyes", null]);
  assert.equal(at(6).state.between?.kind, "gate");
  assert.equal(at(4, 3).state.between?.kind, "gate");
  assert.equal(at(6, 6).state.between?.kind, "gate");
  assert.equal(at(3, 3).at, "eyes");
  assert.equal(at(6).back().state.between?.kind, "gate");
  assert.deepEqual([at(6).pick("go").state.ended?.how, at(6).pick("go").state.ended?.then], ["left", "exercise:five-senses"]);
  assert.deepEqual([at(6).pick("leave").state.ended?.how, at(6).pick("leave").state.ended?.then], ["left", "end"]);
});

test("the gate's question has to be answered", () => {
  const run = new Run(exercise("new-ending-recent")).to("distress_before").next().skip();

  assert.equal(run.at, "distress_before");
});

test("a new ending ends at 7 or a rise of 2, at both checks", () => {
  const mid = (id: string, value: number, before: Record<string, Answer> = {}): Run =>
    new Run(exercise("new-ending-recent")).to(id, before).answer(value);
  assert.equal(mid("mid_1", 6).at, "where");
  assert.deepEqual([mid("mid_1", 7).state.ended?.how, mid("mid_1", 7).state.ended?.waits], ["stopped", true]);

  assert.equal(mid("mid_2", 4, { mid_1: 3 }).at, "scene_ends");
  assert.equal(mid("mid_2", 5, { mid_1: 3 }).state.ended?.waits, true);
});

test("how are you now leads on, to more grounding, or to help", () => {
  const now = (id: string): Run => new Run(exercise("back-in-the-room")).to("how_now").answer(id);

  assert.equal(now("more_here").at, "close");
  assert.equal(now("same").state.ended?.then, "exercise:five-senses");
  assert.equal(now("still_too_much").state.ended?.then, "help");
  assert.equal(new Run(exercise("back-in-the-room")).to("how_now").skip().at, "close");
});

test("the goodbye of Back in the room leads where it says", () => {
  const then = (id: string): string | undefined => new Run(exercise("back-in-the-room")).to("close").pick(id).state.ended?.then;

  assert.deepEqual(["done", "ground", "help"].map(then), ["end", "exercise:five-senses", "help"]);
});

test("not quite asks again, and keeping the first words keeps them", () => {
  const run = new Run(exercise("name-it-gently")).to("picked").answer(words("sad")).answer("not_quite");
  assert.equal(run.at, "look_again");

  run.answer(words("keep_first"));
  assert.deepEqual([run.at, valueOf(run.exercise, run.state, "picked")], ["strength", words("sad")]);
});

test("an answer on a way not taken any more does not count, and comes back with it", () => {
  const run = fit("angry").answer("too_strong").answer(words("annoyed")).back().back().answer("fits");
  assert.deepEqual(valueOf(guess, run.state, "picked"), words("angry"));

  run.back().answer("too_strong");
  assert.deepEqual(run.state.answers["weaker"], words("annoyed"));
});

test("do it again ends this run and asks for another", () => {
  const { ended } = new Run(exercise("feet-on-floor")).to("close").pick("again").state;

  assert.deepEqual([ended?.how, ended?.then], ["finished", "again"]);
});

test("an exercise that leads nowhere ends instead of breaking", () => {
  const broken = { ...exercise("feet-on-floor"), steps: exercise("feet-on-floor").steps.map((step) => ({ ...step, next: "nowhere" })) };

  assert.equal(new Run(broken).next().state.ended?.how, "finished");
});

test("distress asked before the start is not asked again, and counts as the first rating", () => {
  const run = new Run(exercise("feet-on-floor"), { distress: 6 });

  assert.deepEqual([run.at, valueOf(run.exercise, run.state, "distress_before")], ["sit_or_stand", 6]);
});
