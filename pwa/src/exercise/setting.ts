// What a therapist has set for one person, as their phone holds to it. Pure.
import type { Body } from "../data/types.ts";
import { type Hours, type Kept, keepsEyesOpen } from "./gates.ts";
import { blocksIn } from "./state.ts";

export interface Setting extends Required<Kept> {
  blocks: string[];
  /** The eyes stay open. */
  openOnly: boolean;
}

/** What a record of it says. What is not of its shape sets nothing. */
export function settingIn(body: Body): Setting {
  const blocks = blocksIn(body["blocks"]);
  return {
    blocks, openOnly: keepsEyesOpen(blocks, body["open_only"] === true), allowed: blocksIn(body["allowed"]), ok: blocksIn(body["ok"]),
    hours: hoursIn(body["hours"]),
  };
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

function hoursIn(said: unknown): Hours | null {
  const { from, to } = (said ?? {}) as { from?: unknown; to?: unknown };
  if (typeof from !== "string" || typeof to !== "string") return null;
  return CLOCK.test(from) && CLOCK.test(to) && from < to ? [from, to] : null;
}
