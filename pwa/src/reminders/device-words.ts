// What is known of one device, in sentences. Pure.
import type { Device } from "../data/reminders.ts";
import { whenShort } from "./when.ts";
import { rt } from "./reaching-words.ts";

/** The most important first. */
export function deviceWords(device: Device, now: number): string[] {
  const { reached, broken_at: broken, accepted_at: accepted, shown_at: shown } = device;
  if (device.state === "denied") return [rt("reaching.device.denied")];
  if (!reached) return [unreached(device, now)];
  if (broken) return [rt(device.why === "key" ? "reaching.device.key" : "reaching.device.refused", { when: whenShort(broken, now) })];
  const last = accepted ? rt("reaching.device.accepted", { when: whenShort(accepted, now) }) : rt("reaching.device.notYet");
  const seen = shown ? [rt("reaching.device.shown", { when: whenShort(shown, now) })] : accepted ? [rt("reaching.device.silent")] : [];
  return [rt("reaching.device.on"), last, ...seen];
}

/** What the device said of itself counts where it says why; else what the server noted. */
function unreached({ state, why, broken_at: lost }: Device, now: number): string {
  if (state === "install" || state === "unsupported") return rt(`reaching.device.${state}`);
  if (lost && why !== "off") return rt("reaching.device.gone", { when: whenShort(lost, now) });
  if (lost) return rt("reaching.device.turnedOff", { when: whenShort(lost, now) });
  if (state === null) return rt("reaching.device.never");
  return rt(state === "off" ? "reaching.device.off" : "reaching.device.waiting");
}
