import { pt } from "../words.ts";

/** How much room a field has left, said only near its end. */
export function roomLeft(most: number, value: string): string {
  const n = most - value.length;
  return n <= 20 && value !== "" ? pt("player.text.left", { n }) : "";
}
