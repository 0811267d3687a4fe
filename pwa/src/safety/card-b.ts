import { remembered } from "../data/flags.ts";

/** When support card B was last shown on this phone, after a check-in or in an exercise. Loaded by whoever may show it. */
export const cardB = remembered<number | null>("card-b", null);
