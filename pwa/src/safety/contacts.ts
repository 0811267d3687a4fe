// Whom the practice says a person can reach: its crisis lines and its contact. Kept in the phone's store, so that they are
// there without a network, and asked for when the app starts or comes back: never when Help is opened, which is nobody's
// business.
import { effect, signal } from "@preact/signals";
import { call } from "../data/api.ts";
import { getNamed, putNamed } from "../data/door.ts";
import { me } from "../data/session.ts";

/** A crisis line of the practice, as somebody there checked it. */
export interface Line {
  id: string;
  name: string;
  number: string;
  hours: string;
  /** An ISO day. */
  checked_on: string;
  sms?: string;
  chat?: string;
  /** ISO 3166-1; left out where it is for everyone. */
  country?: string;
  /** Told to the practice's own people only. */
  checked_by?: string;
}

/** How to reach the therapist, and when, in the practice's words. */
export interface Contact {
  words: string;
  number?: string;
  mail?: string;
}

export interface Contacts {
  lines: readonly Line[];
  contact: Contact | null;
}

const NONE: Contacts = { lines: [], contact: null };
const NAME = "contacts";
const AGAIN = 3_600_000;
let askedAt = Number.NEGATIVE_INFINITY;

/** What this phone knows. */
export const contacts = signal<Contacts>(NONE);

/** From now on: what is kept is shown, and asked for anew for whoever is signed in here. */
export function startContacts(): void {
  let whose: string | undefined;
  effect(() => {
    const now = me.value?.role === "client" ? me.value.id : undefined;
    if (now === whose) return;
    whose = now;
    askedAt = Number.NEGATIVE_INFINITY;
    if (now === undefined) contacts.value = NONE;
    else void load(now).then(() => refresh()).catch(() => undefined);
  });
  const look = (): void => {
    if (document.visibilityState === "visible") void refresh().catch(() => undefined);
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
}

async function load(owner: string): Promise<void> {
  const kept = await getNamed<Contacts>("meta", NAME).catch(() => undefined);
  if (me.peek()?.id === owner) contacts.value = kept ?? NONE;
}

async function refresh(): Promise<void> {
  const owner = me.peek()?.role === "client" ? me.peek()?.id : undefined;
  if (owner === undefined || Date.now() - askedAt < AGAIN) return;
  const now = await call<Contacts>("GET", "/api/crisis-lines");
  if (!Array.isArray(now.lines) || me.peek()?.id !== owner) return; // some portal's JSON, or someone signed out meanwhile
  askedAt = Date.now();
  contacts.value = now;
  await putNamed("meta", NAME, now);
}
