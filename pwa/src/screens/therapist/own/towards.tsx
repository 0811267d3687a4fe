// Picking where something leads: a later step by its title, a way out, or a light exercise that is open to all.
import type { Exercise } from "../../../exercise/types.ts";
import { useLibrary } from "../library.ts";
import { own } from "../words.ts";
import { Pick } from "./inputs.tsx";
import { stepWords } from "./naming.ts";
import { later, type Place, placeOf, WAYS_OUT } from "./leading.ts";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

type Props = { form: Form; step: FormStep; label: string; value: string; onPick: (target: string) => void };

/** `next` is what is picked where nothing was. */
export function Towards({ form, step, label, value, onPick }: Props) {
  const exercises = useLibrary()?.exercises ?? [];
  const ids = ["next", ...later(form, step).map(({ id }) => id), ...WAYS_OUT, ...exercises.filter(isOpen).map(({ id }) => `exercise:${id}`)];
  const all = ids.includes(value) ? ids : [value, ...ids];
  return <Pick label={label} value={value} options={all.map((id) => [id, placeWords(form, placeOf(form, step, id), exercises)] as const)} onPick={onPick} />;
}

function placeWords(form: Form, place: Place, exercises: readonly Exercise[]): string {
  switch (place.kind) {
    case "next": return ot("own.leads.next");
    case "out": return ot(`own.place.${place.id}`);
    case "step": return stepWords(form, place.step);
    case "above": return ot("own.place.above", { step: stepWords(form, place.step) });
    case "gone": return ot("own.place.gone", { id: own(place.id) });
    case "exercise": {
      const found = exercises.find(({ id }) => id === place.id);
      return found ? ot("own.place.exercise", { title: own(found.title) }) : ot("own.place.exercise_gone", { id: own(place.id) });
    }
  }
}

function isOpen({ intensity, access }: Exercise): boolean {
  return intensity === "low" && (access === "always" || access === "self");
}
