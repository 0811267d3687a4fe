// What browser tests look at from inside a page, through the app's own doors: runs that are kept, and records.
import { changed } from "../../src/data/changes.ts";
import { onDatabase } from "../../src/data/database.ts";
import { counts } from "../../src/data/door.ts";
import { list, save } from "../../src/data/journal.ts";
import { draftsKept, store } from "../../src/data/drafts.ts";
import { draftOf, keep, keptRuns } from "../../src/exercise/kept-runs.ts";
import type { Body } from "../../src/data/types.ts";
import type { Kept } from "../../src/exercise/resuming.ts";

/** The run that is being done. */
export async function underWay(): Promise<Kept | null> {
  return (await keptRuns()).find(({ state }) => state.ended === null) ?? null;
}

/** Keeps a run as the player does, and opens its address. Resolves once its step is on screen. */
export async function takeUp(kept: Kept): Promise<void> {
  const before = document.querySelector("h1");
  keep({ ...kept, at: Date.now() });
  await draftsKept();
  history.pushState(null, "", `/play/${kept.state.exercise}?run=${kept.run}`);
  dispatchEvent(new PopStateEvent("popstate"));
  await until(() => ![before, null].includes(document.querySelector("h1")));
}

/** Forgets a run that was `put`. */
export async function forget(run: string): Promise<void> {
  store(draftOf(run), undefined);
  await draftsKept();
}

/** Takes from the phone what was noted on it, so that the next exercise finds it as the first one did. */
export async function emptied(): Promise<void> {
  await onDatabase(async (db) => {
    const tx = db.transaction(["records", "drafts"], "readwrite");
    const rows = await tx.objectStore("records").getAll();
    const noted = rows.filter(({ kind }) => kind !== "assignment").map(({ id }) => tx.objectStore("records").delete(id));
    await Promise.all([...noted, tx.objectStore("drafts").clear(), tx.done]);
  });
  changed(["run", "mark", "scene", "card", "note"]);
}

/** So many scenes were written down on this phone before. */
export async function withScenes(count: number): Promise<void> {
  if (count === 0) return;
  const body = { when: "yesterday", they_did: "looked away", my_move: "went quiet" };
  await save(Array.from({ length: count }, () => ({ kind: "scene", audience: "me" as const, body })));
}

/** What the phone holds of these runs, the shared parts only. */
export async function runs(): Promise<Body[]> {
  const found = await list({ kinds: ["run"], limit: 400 });
  return found.flatMap(({ id, body }) => (body === null || "part_of" in body ? [] : [{ id, ...body }]));
}

/** Resolves once everything that is to be sent was sent. */
export async function untilSent(): Promise<void> {
  await until(async () => {
    const { waiting, refused } = await counts();
    return waiting + refused === 0;
  });
}

/** Resolves once the phone holds this run as one that ended so. */
export async function untilEnded(run: string, how: string): Promise<void> {
  await until(async () => (await runs()).some(({ id, ended }) => id === run && ended === how));
}

/** Resolves once the phone holds so many runs that ended with Stop. */
export async function untilStopped(count: number): Promise<void> {
  await until(async () => (await runs()).filter(({ ended }) => ended === "stopped").length === count);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 10));
}
