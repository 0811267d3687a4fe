// The real data layer in node: a database in memory, a scripted network, a clock and timers that a test turns by hand.
// A tab is its own copy of every module under src/, as in a browser; tabs of one phone share the database, the locks
// and the channels.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { registerHooks } from "node:module";
import type { Network } from "./network.ts";

const SRC = new URL("../../src/", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const tab = context.parentURL === undefined ? null : new URL(context.parentURL).searchParams.get("tab");
    return tab !== null && found.url.startsWith(SRC) ? { ...found, url: `${found.url}?tab=${tab}` } : found;
  },
});

// --- What a browser has and node has not

class Channel extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    (this as unknown as { unref(): void }).unref();
  }
}
/** The listeners of tabs that were closed are no longer heard. */
let listening = new EventTarget();
const listen = (...heard: Parameters<EventTarget["addEventListener"]>): void => listening.addEventListener(...heard);
const page = { visibilityState: "visible", addEventListener: listen };
const later: { run: () => void; after: number }[] = [];
const soon = globalThis.setTimeout;

/** Waits of a second and more never pass by themselves: a test reads how long they would be, and ends them. */
function timer(run: () => void, after = 0, ...rest: unknown[]): unknown {
  if (after < 500) return soon(run, after, ...rest);
  const entry = { run, after };
  later.push(entry);
  return entry;
}
function cleared(entry: unknown): void {
  const at = later.indexOf(entry as (typeof later)[number]);
  if (at >= 0) later.splice(at, 1);
  else globalThis.clearInterval(entry as NodeJS.Timeout);
}
const [date, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
let passed = 0;
let wrong = 0;
Date.now = () => date() + passed + wrong;
performance.now = () => steady() + passed;
Object.assign(globalThis, {
  BroadcastChannel: Channel,
  document: page,
  location: { replace: () => undefined, pathname: "/" },
  addEventListener: listen,
  setTimeout: timer,
  clearTimeout: cleared,
});

/** What ends the lock a tab holds for as long as it lives, by the tab's name. */
const ends = new Map<string, () => void>();
const { request } = navigator.locks;
const locked = (name: string, options: LockOptions, work: LockGrantedCallback<unknown>): Promise<unknown> => {
  const tab = name.startsWith("midweek-tab:") ? name.slice("midweek-tab:".length) : null;
  if (tab === null) return request.call(navigator.locks, name, options, work) as Promise<unknown>;
  return request.call(navigator.locks, name, options, (lock: Lock | null) => {
    const closed = new Promise<void>((resolve) => lock && ends.set(tab, resolve));
    return Promise.race([work(lock), closed]);
  }) as Promise<unknown>;
};
Object.assign(navigator.locks, { request: locked });

export const browser = {
  /** How long each wait is that has not ended, in milliseconds. */
  waits: (): number[] => later.map(({ after }) => after),
  /** Ends every wait that is on: as much time passes as the longest of them needs. */
  pass(): void {
    passed += Math.max(0, ...later.map(({ after }) => after));
    for (const { run } of later.splice(0)) run();
  },
  /** Sets the clock this far from the truth, as a person or a phone may at any time. */
  misset(by: number): void {
    wrong = by;
  },
  show(state: "visible" | "hidden"): void {
    page.visibilityState = state;
    listening.dispatchEvent(new Event("visibilitychange"));
  },
  online: (): boolean => listening.dispatchEvent(new Event("online")),
};

// --- Tabs

const open: { session: typeof import("../../src/data/session.ts") }[] = [];
let tabs = 0;

/** What the browser keeps for one tab, over its reloads. */
export function keptForTab(): Storage {
  const values = new Map<string, string>();
  return { getItem: (name: string) => values.get(name) ?? null, setItem: (name: string, value: string) => void values.set(name, value) } as Storage;
}

/** A tab that was just opened, or loaded again with what was `kept` for it. Nothing is started yet. */
export async function openTab(network: Network, kept: Storage = keptForTab()) {
  globalThis.fetch = network.fetch;
  tabs += 1;
  const load = async <M>(name: string): Promise<M> => (await import(`${SRC}data/${name}.ts?tab=${tabs}`)) as M;
  const tab = {
    journal: await load<typeof import("../../src/data/journal.ts")>("journal"),
    session: await load<typeof import("../../src/data/session.ts")>("session"),
    sync: await load<typeof import("../../src/data/sync.ts")>("sync"),
    door: await load<typeof import("../../src/data/door.ts")>("door"),
    drafts: await load<typeof import("../../src/data/drafts.ts")>("drafts"),
    status: await load<typeof import("../../src/data/status.ts")>("status"),
    load,
    name: "",
    /** The tab is killed, or is about to be loaded again. */
    end: () => {
      ends.get(tab.name)?.();
      return request.call(navigator.locks, `midweek-tab:${tab.name}`, {}, () => undefined);
    },
  };
  globalThis.sessionStorage = kept;
  tab.name = await (await load<typeof import("../../src/data/tabs.ts")>("tabs")).thisTab();
  open.push(tab);
  return tab;
}
export type Tab = Awaited<ReturnType<typeof openTab>>;

/** Resolves when no tab sends any more. */
export async function quiet(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await navigator.locks.request("midweek-sync", () => undefined);
}

async function closeTabs(): Promise<void> {
  for (const { session } of open.splice(0)) session.me.value = null;
  for (const end of ends.values()) end();
  await quiet();
  listening = new EventTarget();
  later.length = 0;
  wrong = 0;
  page.visibilityState = "visible";
}

/** A phone with nothing on it, joined as the network's person, and at rest. */
export async function freshPhone(network: Network): Promise<Tab> {
  await closeTabs();
  forgetEverything();
  const tab = await openTab(network);
  await tab.session.startSession();
  await tab.sync.startSync();
  await tab.session.joinByCode("ABCD-2345");
  await quiet();
  await quiet();
  network.requests.length = 0;
  return tab;
}

/** The browser clears what it keeps for this site. */
export function forgetEverything(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** Everything a phone holds: what each record says and where it stands, and the ops that wait. */
export async function holds({ door }: Tab) {
  const rows = (await door.allRows()).map(({ id, state, reason, shown }) => ({ id, state, reason, ...shown }));
  const { rows: _, ops } = await seen(door, rows.map(({ id }) => id));
  return {
    rows: rows.sort((one, other) => (one.id < other.id ? -1 : 1)),
    ops: [...ops.values()].flat().map(({ id, state, op }) => ({ id, state, op })).sort((one, other) => (one.id < other.id ? -1 : 1)),
    cursor: (await door.getNamed<{ cursor: string }>("meta", "sync"))?.cursor ?? null,
  };
}

/** The copy a phone makes, as text. */
export async function exported({ load }: Tab): Promise<string> {
  return (await load<typeof import("../../src/data/everything.ts")>("everything")).exportAll();
}

async function seen(door: Tab["door"], ids: string[]) {
  let found: Parameters<Parameters<typeof door.change>[1]>[0] | undefined;
  await door.change(ids, (all) => {
    found = all;
    return null;
  });
  return found ?? { rows: new Map(), ops: new Map() };
}

/** Nanoseconds, by a clock that no test sets. */
const LONGEST = 60_000_000_000n;

/** Tries until `met` holds, a minute at most. */
export async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  const end = process.hrtime.bigint() + LONGEST;
  while (!(await met())) {
    if (process.hrtime.bigint() > end) throw new Error(`It never came to this: ${met.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
