// Exercises read aloud by the practice's own people. What this phone may hear is listed by the server; the sounds are
// fetched ahead, sealed with the phone's key, and kept in a cache of their own, so that they play without a network. A
// sound is known by the id of its recording: a new recording has a new one.
import { signal } from "@preact/signals";
import { locale } from "../app/words.ts";
import { call } from "./api.ts";
import { getNamed, putNamed, RECORDINGS } from "./door.ts";
import { list } from "./journal.ts";
import { theKey } from "./rows.ts";
import { sealBytes, unsealBytes } from "./sealed.ts";
import { me } from "./session.ts";
import type { Assignment } from "./types.ts";

export interface Recording {
  id: string;
  exercise: string;
  version: number;
  locale: string;
  /** Empty for the whole exercise. */
  step: string;
  type: string;
  size: number;
  /** Whose voice it is. */
  by: string;
  at: number;
}

/** What may be heard, as far as this phone knows. */
export const recordings = signal<readonly Recording[]>([]);
/** The ids of those whose sound is on this phone. */
export const keptSounds = signal<ReadonlySet<string>>(new Set());

const NAME = "recordings";
const PATIENCE = 600_000;
/** The list is asked for once in a while, not at every screen. */
const AGAIN = 60_000;
let askedAt = Number.NEGATIVE_INFINITY;
let asking: Promise<void> | undefined;

/** Those made for exactly these words: of this version, in the language of the app. */
export function recordingsOf({ id, version }: { id: string; version: number }): Recording[] {
  return recordings.value.filter((one) => one.exercise === id && one.version === version && one.locale === locale);
}

/** At the start: what is known is shown, asked for anew, and what was set for the person is fetched ahead. */
export async function startRecordings(): Promise<void> {
  if (me.peek()?.role !== "client") return;
  await refreshRecordings();
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  const given = await list<Assignment>({ kinds: ["assignment"] });
  const set = new Set(given.flatMap(({ body }) => (body === null || body.ended_at != null ? [] : [body.exercise])));
  await fetchSounds(recordings.peek().filter((one) => set.has(one.exercise) && one.locale === locale));
}

/** Asks for the list; without a network the one that is kept stays. Sounds that are listed no longer go. Never throws. */
export function refreshRecordings(): Promise<void> {
  asking ??= look().catch(() => undefined).finally(() => {
    asking = undefined;
  });
  return asking;
}

async function look(): Promise<void> {
  if (recordings.peek().length === 0) await load();
  if (Date.now() - askedAt < AGAIN) return;
  const { recordings: now } = await call<{ recordings: Recording[] }>("GET", "/api/recordings");
  if (!Array.isArray(now)) return; // some portal's JSON, not ours
  askedAt = Date.now();
  recordings.value = now;
  await putNamed("library", NAME, now);
  await letGo(now);
}

async function load(): Promise<void> {
  recordings.value = (await getNamed<Recording[]>("library", NAME).catch(() => undefined)) ?? [];
  const kept = await (await theCache())?.keys();
  keptSounds.value = new Set((kept ?? []).map(({ url }) => idOf(url)));
}

/** Fetches the sounds of these recordings that are not on this phone yet, one after another. Never throws. */
export async function fetchSounds(wanted: readonly Recording[]): Promise<void> {
  for (const one of wanted) {
    if (!keptSounds.peek().has(one.id)) await fetchSound(one).catch(() => undefined);
  }
}

async function fetchSound({ id, type, size }: Recording): Promise<void> {
  const owner = me.peek()?.id;
  const cache = await theCache();
  if (cache === undefined) return;
  const headers = { "X-Midweek": "1", Accept: "audio/*" };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(`/api/recordings/${id}`, { headers, credentials: "same-origin", redirect: "error", cache: "no-store", signal });
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith(type)) return;
  const plain = await answer.arrayBuffer();
  if (plain.byteLength !== size || me.peek()?.id !== owner) return; // cut short, or someone signed out meanwhile
  await cache.put(addressOf(id), new Response(await sealBytes(await theKey(), NAME + id, plain)));
  keptSounds.value = new Set([...keptSounds.peek(), id]);
}

/** The sound of a recording, if it is on this phone and opens. */
export async function soundOf({ id, type }: Recording): Promise<Blob | undefined> {
  try {
    const sealed = await (await theCache())?.match(addressOf(id));
    if (sealed === undefined) return undefined;
    return new Blob([await unsealBytes(await theKey(), NAME + id, await sealed.arrayBuffer())], { type });
  } catch {
    return undefined;
  }
}

async function letGo(now: readonly Recording[]): Promise<void> {
  const listed = new Set(now.map(({ id }) => id));
  const cache = await theCache();
  for (const { url } of (await cache?.keys()) ?? []) if (!listed.has(idOf(url))) await cache?.delete(url);
  keptSounds.value = new Set([...keptSounds.peek()].filter((id) => listed.has(id)));
}

/** Missing where the browser keeps nothing, as in some private windows. */
async function theCache(): Promise<Cache | undefined> {
  return globalThis.caches?.open(RECORDINGS).catch(() => undefined);
}

/** The name of a sound in the cache; nothing is ever asked for there. */
function addressOf(id: string): string {
  return `/kept/${id}`;
}

function idOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
