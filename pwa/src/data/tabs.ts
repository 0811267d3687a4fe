// Which tab this is, and which tabs are there. A tab keeps its name over a reload, and holds a lock of that name for as
// long as it lives: so a tab that was killed is known by its absence.
import { newId } from "./ids.ts";

const LOCK = "midweek-tab:";
let known: Promise<string> | undefined;

/** The name of this tab. */
export function thisTab(): Promise<string> {
  known ??= named();
  return known;
}

/** The names of the tabs that are open. Where a browser can't tell, none. */
export async function livingTabs(): Promise<ReadonlySet<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}

/** A tab that was duplicated is told the name of the other, which holds it: it takes a new one. */
async function named(): Promise<string> {
  const before = onThisTab((store) => store.getItem("tab"));
  if (before && (await taken(before))) return before;
  const fresh = newId();
  await taken(fresh);
  onThisTab((store) => store.setItem("tab", fresh));
  return fresh;
}

function taken(tab: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => undefined);
    };
    navigator.locks.request(LOCK + tab, { ifAvailable: true }, held).catch(() => resolve(true));
  });
}

function onThisTab<T>(work: (store: Storage) => T): T | null {
  try {
    return work(sessionStorage);
  } catch {
    return null; // a browser that keeps nothing for this site: then every load is a tab of its own
  }
}
