import type { Saved } from "../saved.ts";
import type { State } from "../state.ts";
import type { Exercise, Step, Vocabulary } from "../types.ts";
import type { Send } from "../use-player.ts";

/** What every step component gets: the step, where the run stands, and how to send it events. */
export interface StepProps<S extends Step = Step> {
  exercise: Exercise;
  step: S;
  state: State;
  send: Send;
  /** The step's words, for the legend of an input. */
  label: string;
  /** Null until the exercises were fetched once. */
  vocabulary: Vocabulary | null;
  /** Things saved before: by name, as the agreed scene or a place; and scenes. */
  saved: Saved;
}

/** An option's words; an id without words is shown as it is. */
export function optionOf(step: Step, id: string): { id: string; label: string } {
  return { id, label: step.words[id] ?? id };
}
