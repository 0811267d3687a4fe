// The recordings of an exercise in a run: which one belongs to what is on screen.
import { useEffect, useState } from "preact/hooks";
import { fetchSounds, keptSounds, type Recording, recordingsOf, refreshRecordings, soundOf } from "../data/recordings.ts";
import type { Exercise } from "./types.ts";

/** The sounds that are here, by step; that of the whole exercise under an empty name. */
export type Sounds = ReadonlyMap<string, Blob>;

type Spoken = Pick<Exercise, "id" | "version" | "tailored">;

const NONE: Sounds = new Map();

/** The sounds of an exercise's own words that this phone has and can play. Undefined until it was looked; none in a
 *  preview, which keeps nothing. */
export function useSounds(exercise: Exercise, preview: boolean): Sounds | undefined {
  const [sounds, setSounds] = useState<Sounds | undefined>(undefined);
  const kept = keptSounds.value;
  useEffect(() => {
    let gone = false;
    void readSounds(exercise).then((found) => gone || setSounds(found), () => gone || setSounds(NONE));
    return () => {
      gone = true;
    };
  }, [exercise, kept]);
  useEffect(() => {
    if (!preview) void keepRecordings(exercise);
  }, [exercise, preview]);
  return preview ? NONE : sounds;
}

/** Those made for exactly these words. Where a step has other words, neither its recording nor one of the whole exercise has
 *  them. */
export function soundsFor({ tailored = [], ...exercise }: Spoken): Recording[] {
  const others = tailored.length === 0 ? [] : ["", ...tailored];
  return recordingsOf(exercise).filter(({ step }) => !others.includes(step));
}

/** Sees to it that the recordings of an exercise are on this phone, as far as there is a network. */
export async function keepRecordings(exercise: Spoken): Promise<void> {
  await refreshRecordings();
  await fetchSounds(soundsFor(exercise));
}

async function readSounds(exercise: Exercise): Promise<Sounds> {
  const found: [string, Blob][] = [];
  for (const one of soundsFor(exercise)) {
    const sound = isPlayable(one) ? await soundOf(one) : undefined;
    if (sound !== undefined) found.push([one.step, sound]);
  }
  return found.length === 0 ? NONE : new Map(found);
}

function isPlayable({ type }: Recording): boolean {
  return new Audio().canPlayType(type) !== "";
}
