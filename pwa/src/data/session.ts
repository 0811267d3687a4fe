// Who this phone belongs to. Kept sealed, so that the app starts signed in without the network.
import { signal } from "@preact/signals";
import { call, Problem } from "./api.ts";
import { dropNamed, getNamed, putNamed, wipe } from "./door.ts";
import { alone, syncSoon } from "./sync.ts";
import { loadFlags } from "./flags.ts";
import { recount } from "./outbox.ts";
import { tell } from "./status.ts";
import type { Me } from "./types.ts";
import { deviceName } from "./device.ts";
import { t } from "../app/words.ts";

/** Undefined until it is known; null when nobody is signed in here. */
export const me = signal<Me | null | undefined>(undefined);

/** The server knows this phone, but the phone's own store was empty: the browser had cleared it. */
export const cleared = signal(false);

/** Why this phone was emptied by the server's word: signed out from another device, or all of the person's data erased. */
export const ended = signal<null | "elsewhere" | "erased">(null);

const PATIENCE = 2_500;
const doorbell = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("midweek-session");
if (doorbell) doorbell.onmessage = ({ data }: MessageEvent<string>) => (data === "again" ? backAgain() : location.replace("/"));

/** The same person joined again in another tab. */
function backAgain(): void {
  tell({ signedOut: false });
  syncSoon();
}

let agreed = false;

/** Shows who is kept here, then asks the server whether it still agrees. Never waits for the network for long. */
export async function startSession(): Promise<void> {
  const kept = await getNamed<Me>("meta", "me");
  if (kept) me.value = kept;
  const asked = agree(kept ?? null).catch(unlessProblem);
  if (kept) return;
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  if (me.value === undefined) me.value = null;
}

/** Whether the server takes this phone for the person it holds: nothing is sent before. Throws Problem. */
export async function isOurs(): Promise<boolean> {
  if (!agreed && me.value) await agree(me.value);
  return agreed;
}

/** Takes up again a login whose store the browser has cleared while the app was open. Throws Problem. */
export function recognise(): Promise<void> {
  return agree(null);
}

async function agree(kept: Me | null): Promise<void> {
  if (await getNamed<boolean>("meta", "leaving")) return leave();
  try {
    const now = someone(await call<Me | null>("GET", "/api/logins/current"));
    if (kept && kept.id !== now.id) tell({ signedOut: true });
    else await recognised(now, kept);
  } catch (error) {
    if (whyEnded(error)) void endedElsewhere().catch(console.error);
    if (!kept) {
      if (error instanceof Problem && error.status === 401) tell({ signedOut: false });
      me.value ??= null;
    }
    throw error;
  }
}

/** What some portal says in JSON is nobody. Throws Problem. */
function someone(now: Me | null): Me {
  if (typeof now?.id === "string" && typeof now.role === "string") return now;
  throw new Problem(0, t("foundation.problem.unreachable.title"), t("foundation.problem.unreachable.text"));
}

function unlessProblem(error: unknown): void {
  if (!(error instanceof Problem)) console.error(error);
}

async function recognised(now: Me, kept: Me | null): Promise<void> {
  if (now.role === "client" && !kept) {
    cleared.value = (await getNamed<string>("meta", "owner")) === undefined;
    await belongsTo(now);
  }
  await welcome(now);
}

/** Signs this phone in by the secret of an invite link. Throws Problem. */
export function joinByInvite(secret: string): Promise<Me> {
  return join({ with: "invite", secret });
}

/** Signs this phone in by a short code. Throws Problem. */
export function joinByCode(code: string): Promise<Me> {
  return join({ with: "code", code });
}

/** While it is unclear whose phone this is, nothing is sent. */
async function join(by: Record<string, string>): Promise<Me> {
  const now = await alone(async () => {
    const fresh = someone(await call<Me | null>("POST", "/api/logins", { ...by, device: deviceName() }));
    if (fresh.role === "client") await belongsTo(fresh);
    return fresh;
  });
  await welcome(now);
  if (now.role === "client") void import("./push.ts").then(({ reconcilePush }) => reconcilePush()).catch(console.error);
  return now;
}

/** The same person again keeps everything; another person starts empty, but never over what is nowhere else. */
async function belongsTo(now: Me): Promise<void> {
  const owner = await getNamed<string>("meta", "owner");
  if (owner !== undefined && owner !== now.id) {
    const { atStake, inAll } = await import("./at-stake.ts");
    const n = inAll(await atStake());
    if (n > 0) {
      await call("DELETE", "/api/logins/current").catch(() => undefined);
      throw new Problem(409, t("foundation.join.other.title"), t("foundation.join.other.text", { n }));
    }
    await wipe();
  }
  await putNamed("meta", "owner", now.id);
}

/** Takes a fresh login as this phone's. */
export async function welcome(now: Me): Promise<void> {
  await Promise.all([putNamed("meta", "me", now), dropNamed("meta", "leaving")]);
  const other = me.value?.id !== now.id;
  me.value = now;
  agreed = true;
  doorbell?.postMessage(other ? "someone else" : "again");
  tell({ signedOut: false });
  syncSoon();
}

/**
 * Ends the login. A client's phone is emptied; without the network the login ends at the next contact. A therapist's
 * sign-out leaves alone what a client keeps in the same browser.
 */
export async function signOut(): Promise<void> {
  await alone(async () => {
    await forget();
    await putNamed("meta", "leaving", true);
  });
  await nobodyHere();
  await leave().catch(() => undefined);
}

/** Whether the server says, with its own word for it, that this phone is to be emptied, and why. */
export function whyEnded(error: unknown): "elsewhere" | "erased" | null {
  if (!(error instanceof Problem)) return null;
  return error.slug === "login-revoked" ? "elsewhere" : error.status === 410 && error.slug === "erased" ? "erased" : null;
}

/**
 * This phone was signed out from another device, or everything of the person was erased: it is emptied, and the page of
 * help stays. Asked once more while nobody joins or sends, since the answer may be about the login before the present one.
 */
export async function endedElsewhere(): Promise<void> {
  const why = await alone(async () => {
    const still = await call("GET", "/api/logins/current").catch((error: unknown) => error);
    if (whyEnded(still)) await forget();
    return whyEnded(still);
  });
  if (!why) return;
  ended.value = why;
  await nobodyHere();
}

/**
 * Erases everything of the person: on the server first, then here; `gone` is called before the login goes, too. Throws
 * Problem, and then nothing here was touched. Asked again after an answer that was lost on the way, it goes on from there.
 */
export async function eraseEverything(gone: () => void = () => undefined): Promise<void> {
  await alone(async () => {
    await call("DELETE", "/api/journal").catch((error: unknown) => {
      if (whyEnded(error) !== "erased") throw error;
    });
    await forget();
  });
  gone();
  ended.value = "erased";
  await nobodyHere();
}

async function forget(): Promise<void> {
  if (me.value?.role === "client") {
    await endPush();
    await wipe();
  }
  await dropNamed("meta", "me");
}

async function nobodyHere(): Promise<void> {
  me.value = null;
  agreed = false;
  cleared.value = false;
  await Promise.all([recount(), loadFlags()]);
  tell({ signedOut: false, kept: 0 });
  doorbell?.postMessage("out");
}

async function leave(): Promise<void> {
  try {
    await call("DELETE", "/api/logins/current");
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
  }
  await dropNamed("meta", "leaving");
  tell({ signedOut: false });
  me.value ??= null;
}

async function endPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const subscription = await registration?.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
  await navigator.clearAppBadge?.().catch(() => undefined);
}
