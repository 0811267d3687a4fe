// The whole text of an exercise that is being set, to write other words for it and to see it played.
import { useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import type { Exercise } from "../../exercise/types.ts";
import { useReading } from "./action.tsx";
import { api } from "./api.ts";
import type { Shown } from "./preview-live.ts";

/** As it is now, or `set`: the text an assignment was set with. Null until it came. */
export function useWhole(id: string, set?: Exercise): { exercise: Exercise | null; trouble: string | null; again: () => void } {
  const [fresh, setFresh] = useState<Exercise | null>(null);
  const { trouble, again } = useReading(id, async () => {
    if (set === undefined) setFresh((await api<Shown>("GET", `/api/practice/exercises/${id}/preview?locale=${locale}`)).exercise);
  });
  return { exercise: set ?? fresh, trouble, again };
}
