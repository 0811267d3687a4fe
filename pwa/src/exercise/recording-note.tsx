// On the start page: whose voice reads this exercise, and whether it is on this phone.
import { useEffect } from "preact/hooks";
import { keptSounds } from "../data/recordings.ts";
import { chosen, narration } from "./narration.ts";
import type { Exercise } from "./types.ts";
import { keepRecordings, soundsFor } from "./use-recorded.ts";
import { pt } from "./words.ts";

/** Nothing where there is no recording of exactly these words. It is fetched while the page is open. */
export function RecordingNote({ exercise }: { exercise: Exercise }) {
  useEffect(() => void keepRecordings(exercise), [exercise]);
  useEffect(() => void narration.load(), []);
  const all = soundsFor(exercise);
  const [one] = all;
  if (one === undefined) return null;
  const here = all.every(({ id }) => keptSounds.value.has(id));
  const words = [
    pt(all.some(({ step }) => step === "") ? "player.recording.whole" : "player.recording.parts", { name: one.by }),
    pt(here ? "player.recording.here" : "player.recording.coming"),
    ...(chosen().when === "off" ? [pt("player.recording.how")] : []),
  ];
  return <p class="muted">{words.join(" ")}</p>;
}
