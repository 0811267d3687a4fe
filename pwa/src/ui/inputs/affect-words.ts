import type { AffectValue } from "./types.ts";

/** Nine positions a side, as on the printed affect grid. */
export const STEP = 0.25;

const PLEASANT = ["unpleasant4", "unpleasant3", "unpleasant2", "unpleasant1", "pleasant0",
  "pleasant1", "pleasant2", "pleasant3", "pleasant4"] as const;
const ENERGY = ["energy_4", "energy_3", "energy_2", "energy_1", "energy0",
  "energy1", "energy2", "energy3", "energy4"] as const;

export type PleasantKey = `inputs.affect.${(typeof PLEASANT)[number]}`;
export type EnergyKey = `inputs.affect.${(typeof ENERGY)[number]}`;

/** The nearest of the nine positions, never outside -1..1. */
export function snapped(value: number): number {
  return Math.min(1, Math.max(-1, Math.round(value / STEP) * STEP)) + 0;
}

/** The value one step away; from nothing, a step away from the middle. */
export function moved(value: AffectValue | null, dv: number, da: number): AffectValue {
  const from = value ?? { v: 0, a: 0 };
  return { v: snapped(from.v + dv * STEP), a: snapped(from.a + da * STEP) };
}

/** The position of a point in a square: `x` and `y` from 0 to 1, from the top start corner. */
export function atPoint(x: number, y: number): AffectValue {
  return { v: snapped(x * 2 - 1), a: snapped(1 - y * 2) };
}

/** Which words say how pleasant a value is. */
export function pleasantKey(v: number): PleasantKey {
  return `inputs.affect.${PLEASANT[position(v)] ?? "pleasant0"}`;
}

/** Which words say how much energy a value holds. */
export function energyKey(a: number): EnergyKey {
  return `inputs.affect.${ENERGY[position(a)] ?? "energy0"}`;
}

function position(value: number): number {
  return Math.round((snapped(value) + 1) / STEP);
}
