// The exercises and the words clients pick from, for reading what they shared. Public text, read once a visit.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../data/api.ts";
import { locale } from "../../app/words.ts";
import type { Library } from "../../exercise/types.ts";

const library = signal<Library | null>(null);
let coming: Promise<void> | null = null;

/** Null until it came. Without it everything is still shown, in plainer words. */
export function useLibrary(): Library | null {
  useEffect(() => {
    if (library.peek() || coming) return;
    coming = call<Library>("GET", `/api/exercises?locale=${locale}`).then(
      (fresh) => {
        library.value = fresh;
      },
      () => {
        coming = null;
      },
    );
  }, []);
  return library.value;
}

export { exerciseFor } from "./exercise-for.ts";
