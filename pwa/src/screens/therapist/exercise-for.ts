import type { Exercise, Library } from "../../exercise/types.ts";

/** The public exercise of that id, or the text a therapist-only one was sent with. */
export function exerciseFor(id: string, library: Library | null, snapshot?: unknown): Exercise | undefined {
  return (snapshot as Exercise | undefined) ?? library?.exercises.find((exercise) => exercise.id === id);
}
