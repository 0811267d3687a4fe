// What a tap on a reminder left in the address. It is taken out at once, so that it stays in no history; the server is told
// later (data/tapped.ts), when it is known who is here.
import { signal } from "@preact/signals";

/** The opaque id of a reminder; with `nth`, "later today" was tapped on the one that was put off that often before. */
export interface Tap {
  id: string;
  nth: number | null;
}

/** What became of the tap: the plan it is about goes first on Today; or when it comes again, or why it does not. */
export interface Reminded {
  plan?: string | null;
  later?: { at: number | null; why: "done" | "used" | "often" | "over" | "unsent" | null };
}

export const tapped = signal<Tap | null>(null);
export const reminded = signal<Reminded | null>(null);

const LEFT = /^\?(?:reminder=([0-9a-f]{32})|later=([0-9a-f]{32})\.(\d))$/;

/** Takes it from the address of this page. */
export function watchTap(): void {
  if (!/^\?(reminder|later)=/.test(location.search)) return;
  const [, opened, later, nth] = LEFT.exec(location.search) ?? [];
  const id = opened ?? later;
  if (id !== undefined) tapped.value = { id, nth: nth === undefined ? null : Number(nth) };
  history.replaceState(null, "", location.pathname + location.hash);
}
