// Whether reminders come more rarely because nobody answered them: only the server knows what was sent.
import { signal } from "@preact/signals";
import { call } from "../data/api.ts";

export type Pace = "every 3 days" | "weekly" | "off";
const PACES: readonly string[] = ["every 3 days", "weekly", "off"] satisfies Pace[];

/** How often plans come now, by their id, where that is more rarely than planned. Empty until the server said so. */
export const resting = signal<Readonly<Record<string, Pace>>>({});

/** Asks the server. Without an answer nothing is claimed. */
export async function lookAtResting(): Promise<void> {
  const said = await call<{ resting?: Record<string, unknown> }>("GET", "/api/reminders");
  resting.value = restingIn(said.resting);
}

/** What is understood of an answer. */
export function restingIn(said: Record<string, unknown> | undefined): Record<string, Pace> {
  const known = Object.entries(said ?? {}).filter(([, pace]) => typeof pace === "string" && PACES.includes(pace));
  return Object.fromEntries(known) as Record<string, Pace>;
}

/** The client wants it as planned again. */
export function renewed(plan: string): void {
  const { [plan]: _, ...rest } = resting.value;
  resting.value = rest;
}
