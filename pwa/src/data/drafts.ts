// Drafts: what is being typed, sealed and stored on every change, so that nothing is lost when the app goes away.
//
// Each tab keeps its own, so no tab takes away what is typed in another. What a tab that is gone has left behind is
// gone on with by the next one that looks; what another open tab holds is shown too, and stays with that tab.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { isFull } from "./database.ts";
import { dropNamed, getNamed, namesIn, putNamed } from "./door.ts";
import { tell } from "./status.ts";
import { livingTabs, thisTab } from "./tabs.ts";

interface Pending {
  /** Undefined: there is to be no draft any more. */
  latest: unknown;
  dirty: boolean;
  writing: Promise<void>;
}
interface Named {
  name: string;
  at: number;
}

const pending = new Map<string, Pending>();
/** The draft of another tab that this tab's own began from, by key. */
const begunFrom = new Map<string, Named>();

/** What a draft is of, without the tab that keeps it. */
export const keyOf = (name: string): string => name.split("@")[0] ?? name;
const tabOf = (name: string): string => name.split("@")[1] ?? "";
const ownName = async (key: string): Promise<string> => `${key}@${await thisTab()}`;

/** A draft: `value` is null until it was read. `set` stores it as typed; `clear` forgets it. */
export interface Draft<T> {
  value: Signal<T | null>;
  set(next: T): void;
  clear(): Promise<void>;
}

/** The draft kept under `key`, or `empty` when there is none, or when a `fresh` one is wanted. */
export function useDraft<T>(key: string, empty: T, fresh = false): Draft<T> {
  const value = useSignal<T | null>(fresh ? empty : null);
  useEffect(() => {
    let gone = false;
    const fallback = (): undefined => undefined;
    if (!fresh) {
      void readDraft<T>(key).catch(fallback).then((kept) => {
        if (!gone && value.peek() === null) value.value = kept ?? empty;
      });
    }
    return () => {
      gone = true;
    };
  }, [key]);
  return useMemo(
    () => ({
      value,
      set(next: T) {
        value.value = next;
        store(key, next);
      },
      clear() {
        value.value = empty;
        store(key, undefined);
        return draftsKept();
      },
    }),
    [key],
  );
}

/** Stores a draft without a screen. */
export function store(key: string, value: unknown): void {
  const known = pending.get(key);
  if (known) {
    known.latest = value;
    known.dirty = true;
    return;
  }
  const entry: Pending = { latest: value, dirty: true, writing: Promise.resolve() };
  pending.set(key, entry);
  entry.writing = writeAll(key, entry);
}

async function writeAll(key: string, entry: Pending): Promise<void> {
  while (entry.dirty) {
    entry.dirty = false;
    await write(key, entry.latest).catch(notKept);
  }
  if (pending.get(key) === entry) pending.delete(key);
}

async function write(key: string, value: unknown): Promise<void> {
  const [own, ...left] = await namesToDrop(key);
  if (value === undefined) await dropNamed("drafts", [own, ...left]);
  else await putNamed("drafts", own, value, left);
  if (left.length > 0) begunFrom.delete(key);
  tell({ full: false });
}

function notKept(error: unknown): void {
  tell({ full: isFull(error) });
  console.error(error);
}

/** Resolves when everything typed so far is stored. */
export async function draftsKept(): Promise<void> {
  await Promise.all([...pending.values()].map(({ writing }) => writing));
}

/** Drops what is typed and not yet written, so that a draft being cleared is not written again. Answers its way back. */
export async function forgetPending(key: string): Promise<() => void> {
  const entry = pending.get(key);
  if (!entry) return () => undefined;
  entry.dirty = false;
  await entry.writing;
  return () => store(key, entry.latest);
}

/**
 * What goes when this tab's draft goes: its own, and the one it began from, if the tab of that is gone and nothing more
 * was typed there.
 */
export async function namesToDrop(key: string): Promise<[own: string, ...left: string[]]> {
  const own = await ownName(key);
  const from = begunFrom.get(key);
  if (!from || (await livingTabs()).has(tabOf(from.name))) return [own];
  const unchanged = (await namesIn("drafts")).some(({ name, at }) => name === from.name && at === from.at);
  return unchanged ? [own, from.name] : [own];
}

/** What is begun, whichever tab holds it, with the time it was last touched. `elsewhere`: only in other open tabs. */
export async function draftNames(): Promise<(Named & { elsewhere: boolean })[]> {
  const [own, living] = [await thisTab(), await livingTabs()];
  const found = new Map<string, Named & { elsewhere: boolean }>();
  for (const { name, at } of await namesIn("drafts")) {
    const key = keyOf(name);
    const before = found.get(key) ?? { name: key, at, elsewhere: true };
    const elsewhere = before.elsewhere && tabOf(name) !== own && living.has(tabOf(name));
    found.set(key, { name: key, at: Math.max(at, before.at), elsewhere });
  }
  return [...found.values()];
}

/** This tab's draft; else the newest that was left behind; else the newest of another open tab. */
export async function readDraft<T>(key: string): Promise<T | undefined> {
  const [own, living] = [await ownName(key), await livingTabs()];
  const mine = await getNamed<T>("drafts", own);
  if (mine !== undefined) return mine;
  const others = (await namesIn("drafts")).filter(({ name }) => name !== own && keyOf(name) === key);
  const open = ({ name }: Named): number => Number(living.has(tabOf(name)));
  for (const other of others.sort((one, two) => open(one) - open(two) || two.at - one.at)) {
    const value = await getNamed<T>("drafts", other.name);
    if (value === undefined) continue;
    begunFrom.set(key, other);
    return value;
  }
  return undefined;
}
