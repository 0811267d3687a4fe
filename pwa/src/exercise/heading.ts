// The words at the top of each screen of a run: its title, and what stands under it. Pure.
import { turnAt, turnsBefore, voicesOf } from "./dialogue.ts";
import { cardOf, partOf } from "./engine.ts";
import type { State } from "./state.ts";
import type { Dialogue, Step } from "./types.ts";
import { pt } from "./words.ts";

export interface Heading {
  title: string;
  text: string;
}

/** A step's own words: the first paragraph is the title. The card after a hard rating has the app's words. */
export function headingOf(step: Step, state: State): Heading {
  if (step.type === "support") return supportWords(cardOf(step, state));
  if (step.type === "dialogue" && partOf(state) > 0) return partHeading(step, partOf(state));
  const [title = "", ...rest] = (step.text ?? "").split("\n\n");
  return { title, text: rest.join("\n\n") };
}

/** The words of a support card: its first sentence, and what follows. */
export function supportWords(level: "A" | "B"): Heading {
  return { title: pt(`player.support.${level}`), text: pt(`player.support.${level}_text`) };
}

/** Later turns are counted; before each, the exercise's words ask to change seats. */
function partHeading(step: Dialogue, part: number): Heading {
  const voices = voicesOf(step);
  const next = voices[turnsBefore(part)] ?? "";
  if (turnAt(part) !== null) return { title: pt("player.dialogue.turn", { at: turnsBefore(part) + 1, of: voices.length }), text: "" };
  return { title: step.words["move"] ?? "", text: pt("player.dialogue.next", { voice: step.words[next] ?? next }) };
}
