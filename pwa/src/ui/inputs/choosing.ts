/** The answer after a tap on `id`: taken away when it was there, added while there is room.
 *  With room for one, a new choice takes the place of the old. A full list stays as it is. */
export function toggled(chosen: readonly string[], id: string, max: number): string[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  if (max === 1) return [id];
  return chosen.length < max ? [...chosen, id] : [...chosen];
}

/** As `toggled`, for answers such as "Nowhere" that stand alone: they and the others replace each other. */
export function toggledWithAlone(
  chosen: readonly string[], id: string, max: number, alone: readonly string[],
): string[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  if (alone.includes(id)) return [id];
  return toggled(chosen.filter((other) => !alone.includes(other)), id, max);
}

/** True when a tap on `id` would change nothing because the list is full. */
export function isFull(chosen: readonly string[], id: string, max: number, alone: readonly string[] = []): boolean {
  if (max === 1 || chosen.includes(id) || alone.includes(id)) return false;
  return chosen.filter((other) => !alone.includes(other)).length >= max;
}
