// The service worker: registered, and replaced only when the person asks for it.
import { signal } from "@preact/signals";

/** A new version that waits for a tap. */
export const waitingWorker = signal<ServiceWorker | null>(null);
/** The app was stored for the first time: from now on it works offline. */
export const offlineReady = signal(false);

const CHECK_EVERY = 60 * 60 * 1000;
let reloading = false;

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The one address this app ever runs code from by name. */
function workerAddress(): string {
  const policies = (window as { trustedTypes?: Policies }).trustedTypes;
  const only = (url: string): string => {
    if (url !== "/sw.js") throw new TypeError("Only the worker may be loaded by address.");
    return url;
  };
  return policies ? policies.createPolicy("midweek", { createScriptURL: only }).createScriptURL("/sw.js") : "/sw.js";
}

export async function registerWorker(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => reloading && location.reload());
  const registration = await navigator.serviceWorker.register(workerAddress(), { updateViaCache: "none" });
  waitingWorker.value = registration.waiting;
  registration.addEventListener("updatefound", () => follow(registration));
  follow(registration);
  if (first) {
    await navigator.serviceWorker.ready;
    offlineReady.value = true;
  }
  const look = () => document.visibilityState === "visible" && void registration.update().catch(() => undefined);
  document.addEventListener("visibilitychange", look);
  setInterval(look, CHECK_EVERY);
}

function follow(registration: ServiceWorkerRegistration): void {
  const coming = registration.installing;
  coming?.addEventListener("statechange", () => {
    if (coming.state === "installed" && navigator.serviceWorker.controller) waitingWorker.value = coming;
    if (coming.state === "redundant" && waitingWorker.value === coming) waitingWorker.value = null;
  });
}

/** Takes the waiting version into use and reloads once; by itself after three seconds where the browser forgets to tell. */
export function useNewVersion(): void {
  if (reloading) return;
  reloading = true;
  waitingWorker.value?.postMessage({ type: "skip-waiting" });
  setTimeout(() => location.reload(), 3_000);
}
