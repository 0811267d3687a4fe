// Asked where eyes may close: whether the words are read aloud then.
import { Switch } from "../ui/inputs/index.ts";
import { chosen, choose, isOn } from "./narration.ts";
import type { Answer } from "./types.ts";
import { pt } from "./words.ts";

/** Shown once closed eyes were picked, where there is a voice or a recording. Off stays off until it is chosen. */
export function VoiceForClosedEyes({ picked, can }: { picked: Answer | undefined; can: boolean }) {
  const now = chosen();
  if (picked !== "closed" || !can || now.when === "on") return null;
  return (
    <Switch label={pt("player.voice.when_closed")} description={pt("player.voice.when_closed_hint")} on={isOn(now, true)}
      onChange={(on) => void choose({ when: on ? "closed" : "off" }).catch(console.error)} />
  );
}
