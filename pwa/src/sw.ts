// The service worker: keeps the app's own files, answers navigations with the shell, shows reminders (sw/push.ts)
// and sends what waits when the app is closed (sw/later.ts). It stores no answers of the API and no personal data. A new
// version waits until the person asks for it.
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { type Scope, sendLater } from "./sw/later.ts";
import "./sw/push.ts";

declare const self: ServiceWorkerGlobalScope;
/** Written by the build: every file of the client's part, with its revision. */
declare const PRECACHE: PrecacheEntry[];

precacheAndRoute(PRECACHE);
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/api\//, /^\/(health|ready)z$/] }));

sendLater(self as unknown as Scope);
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const said = event.data as { type?: unknown } | null;
  if (said?.type === "skip-waiting") void self.skipWaiting();
});
