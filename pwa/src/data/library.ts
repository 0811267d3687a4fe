// The exercises: kept on the phone, refreshed when the server has newer ones, and the few that ship with the app.
import { signal } from "@preact/signals";
import { locale } from "../app/words.ts";
import type { Exercise, Vocabulary } from "../exercise/types.ts";
import shell from "../generated/shell.json" with { type: "json" };
import { ask } from "./api.ts";
import { getNamed, putNamed } from "./door.ts";

export interface Library {
  locale: string;
  version: string;
  exercises: Exercise[];
  vocabulary: Vocabulary;
}

/** Null until the exercises were fetched once. */
export const library = signal<Library | null>(null);

/** Exercises that need no server, no login and no store: Back in the room first. */
export const shellExercises = shell.exercises as unknown as readonly Exercise[];

/** The exercise of that id that anyone may open, or undefined. */
export function exerciseOf(id: string): Exercise | undefined {
  return library.value?.exercises.find((exercise) => exercise.id === id) ?? shellExercises.find((exercise) => exercise.id === id);
}

interface Kept {
  etag: string | null;
  library: Library;
}

/** Shows what is kept. */
export async function loadLibrary(): Promise<void> {
  const kept = await getNamed<Kept>("library", locale);
  if (kept && !library.value) library.value = kept.library;
}

/** Fetches the exercises when they changed. Throws Problem. */
export async function refreshLibrary(): Promise<void> {
  const kept = await getNamed<Kept>("library", locale);
  const known = kept?.etag ? { "If-None-Match": kept.etag } : undefined;
  const response = await ask(`/api/exercises?locale=${locale}`, { method: "GET", cache: "no-store", ...(known && { headers: known }) });
  if (response.status === 304) return;
  const fresh = (await response.json()) as Library;
  if (!Array.isArray(fresh.exercises) || !fresh.vocabulary) return; // some portal's JSON, not ours
  library.value = fresh;
  await putNamed("library", locale, { etag: response.headers.get("ETag"), library: fresh } satisfies Kept);
}
