// Background Sync, where a browser has it: the page asks for it while something waits (data/sync.ts), and the worker is
// woken once there is a network, also with no window open. What sends is a script of its own (send.ts), taken along when
// the worker is installed and run only then: everything else the worker does stays small.

declare const midweekSend: typeof import("./send.ts");

/** What is used of a service worker's scope. */
export interface Scope {
  addEventListener(type: "install", listener: () => void): void;
  addEventListener(type: "sync", listener: (event: SyncDue) => void): void;
  registration: object;
  importScripts(url: string): void;
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } };
}
interface SyncDue {
  tag: string;
  waitUntil(work: Promise<unknown>): void;
}

const SENDER = "/send.js";

/** Answers the browser when it says that now is a time to send. */
export function sendLater(worker: Scope): void {
  if (!("sync" in worker.registration)) return;
  const address = trusted(worker);
  worker.addEventListener("install", () => take(worker, address));
  worker.addEventListener("sync", (event) => {
    if (event.tag !== "send") return;
    take(worker, address);
    event.waitUntil(midweekSend.send());
  });
}

/** The worker's own address is the page's to name; this is the only other one. */
function trusted({ trustedTypes }: Scope): string {
  const only = (url: string): string => {
    if (url !== SENDER) throw new TypeError("Only the sender may be loaded by address.");
    return url;
  };
  return trustedTypes ? trustedTypes.createPolicy("midweek", { createScriptURL: only }).createScriptURL(SENDER) : SENDER;
}

/** Once it was taken along at the install, a browser has it without a network too. */
function take(worker: Scope, address: string): void {
  if (!("midweekSend" in worker)) worker.importScripts(address);
}
