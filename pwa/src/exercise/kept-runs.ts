// Runs that are not finished yet: each is a draft under its own id until it is saved.
import { draftNames, readDraft, store } from "../data/drafts.ts";
import type { Kept } from "./resuming.ts";

const PREFIX = "run:";

/** The name a run's draft is kept under; `data/journal.save` clears it in the same transaction. */
export function draftOf(run: string): string {
  return `${PREFIX}${run}`;
}

/** Keeps where a run stands. Called at every step and every answer. */
export function keep(kept: Kept): void {
  store(draftOf(kept.run), kept);
}

export function keptRun(run: string): Promise<Kept | undefined> {
  return readDraft<Kept>(draftOf(run));
}

/** Every run that is not saved, the one touched last first. `elsewhere`: it is being done in another tab. */
export async function keptRuns(): Promise<(Kept & { elsewhere: boolean })[]> {
  const names = (await draftNames()).filter(({ name }) => name.startsWith(PREFIX)).sort((one, other) => other.at - one.at);
  const found = await Promise.all(names.map(async ({ name, elsewhere }) => {
    const kept = await readDraft<Kept>(name);
    return kept && { ...kept, elsewhere };
  }));
  return found.filter((one) => one !== undefined);
}
