// Which places of the body a step shows: as far as the exercise and the therapist allow. Pure.
import { isBlocked, type State } from "./state.ts";
import type { BodyMap, Named, Vocabulary } from "./types.ts";

const NOT_PLACES = new Set(["nowhere", "unknown"]);
/** All there is of the body for someone with a BODY block. */
const SAFE = ["hands", "feet"];

/** The regions of a body map, the same in its picture and in its list. */
export function regionsFor({ regions, hidden_regions: hidden }: BodyMap, state: State, vocabulary: Vocabulary): Named[] {
  return vocabulary.regions.filter(({ id }) => {
    if (NOT_PLACES.has(id) || hidden?.includes(id) === true || regions?.includes(id) === false) return false;
    return !isBlocked(state, "BODY") || SAFE.includes(id);
  });
}
