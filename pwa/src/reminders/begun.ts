// Forms of reminders, and of what holds for all of them, that were begun and not saved: kept as they are filled in, like everything
// that is written.
import { useEffect, useState } from "preact/hooks";
import { draftNames } from "../data/drafts.ts";
import { newId } from "../data/ids.ts";
import type { Plan } from "../data/types.ts";
import type { Hours } from "./clocks.ts";
import { formOf, type PlanForm } from "./form.ts";

/** What a form is of when it is of none that is there or suggested. */
export const NEW = "new";
const PREFIX = "reminder:";

/** The draft of a form: of a reminder by its id, of a suggestion by its assignment's, or of a new one. */
export const draftOf = (of: string): string => `${PREFIX}${of}`;

export interface Begun {
  /** The id of the reminder that comes of it: saved in two tabs it is there once. */
  id: string;
  form: PlanForm | null;
  /** The reminder as it was when this began, or as it was looked at since. */
  known: Plan | null;
}
export const NOTHING: Begun = { id: "", form: null, known: null };

/** What is begun once `part` of the form is changed; `start` is what it said before anything was. */
export function changed(begun: Begun, start: PlanForm, known: Plan | null, part: Partial<PlanForm>): Begun {
  const form = formIn(begun);
  return form === null ? { id: newId(), form: { ...start, ...part }, known } : { ...begun, form: { ...form, ...part } };
}

/** The form that was begun, whole also when an older app began it; null when nothing was. */
export function formIn({ form, known }: Begun): PlanForm | null {
  return form === null ? null : { ...formOf(known), ...form };
}

/** The draft of what holds for all reminders. */
export const LIMITS = "limits";

/** What was changed of it; of a pause, until when. */
export interface BegunLimits {
  quiet?: Hours;
  most?: number;
  pause?: string;
}

/** What the forms are of that were begun, the one touched last first; null until it was read. And how to say that one began, or is over. */
export function useBegun(): [of: readonly string[] | null, begins: (of: string) => void, ends: (of: string) => void] {
  const [begun, setBegun] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const read = async () => {
      const names = (await draftNames()).sort((one, other) => other.at - one.at).map(({ name }) => name);
      setBegun(names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
    };
    void read().catch(() => setBegun([]));
  }, []);
  const without = (of: string): string[] => (begun ?? []).filter((other) => other !== of);
  return [begun, (of) => setBegun([of, ...without(of)]), (of) => setBegun(without(of))];
}
