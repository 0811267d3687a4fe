// What goes when this phone is emptied: asked before anybody signs out, or joins as another person.
import { begunHere } from "./begun.ts";
import { counts } from "./door.ts";
import { keptCount } from "./kept.ts";

export interface AtStake {
  waiting: number;
  refused: number;
  onlyHere: number;
  /** Entries the server no longer lists. */
  kept: number;
  /** Things that were begun and not saved. */
  begun: number;
}

export async function atStake(): Promise<AtStake> {
  const [counted, kept, begun] = await Promise.all([counts(), keptCount(), begunHere()]);
  return { ...counted, kept, begun: begun.length };
}

export function inAll({ waiting, refused, onlyHere, kept, begun }: AtStake): number {
  return waiting + refused + onlyHere + kept + begun;
}

/** Whether anything was added since `before`. */
export function isMore(now: AtStake, before: AtStake): boolean {
  return (Object.keys(now) as (keyof AtStake)[]).some((what) => now[what] > before[what]);
}
