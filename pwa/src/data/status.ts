// What the status line and the notices may say. Changed by the outbox and the sender only.
import { signal } from "@preact/signals";

export interface Status {
  /** Entries that still have to be sent. This and the next two are null until they were counted. */
  waiting: number | null;
  /** Entries the server turned away; they stay on this phone. */
  refused: number | null;
  /** Entries that are never sent. */
  onlyHere: number | null;
  sending: boolean;
  reachable: "yes" | "no" | "unknown";
  /** The server no longer knows this phone; nothing is dropped. */
  signedOut: boolean;
  /** Entries kept although the server did not list them (see the wipe guard), until the person has looked. */
  kept: number;
  /** The phone has no room: what is typed now may not survive the app being closed. */
  full: boolean;
  /** Another tab runs a newer version and needs this one to close its store. */
  stale: boolean;
}

export const status = signal<Status>({
  waiting: null,
  refused: null,
  onlyHere: null,
  sending: false,
  reachable: "unknown",
  signedOut: false,
  kept: 0,
  full: false,
  stale: false,
});

export function tell(change: Partial<Status>): void {
  const before = status.value;
  const keys = Object.keys(change) as (keyof Status)[];
  if (keys.some((key) => before[key] !== change[key])) status.value = { ...before, ...change };
}
