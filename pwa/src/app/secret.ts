// The secret of an invite link. It is taken out of the address at once, so that it is in no history and no share sheet.
import { signal } from "@preact/signals";

export const inviteSecret = signal<string | null>(null);

/** Takes the secret from the address of this page, now and when a link is opened into this tab. */
export function watchSecret(): void {
  takeSecret();
  addEventListener("hashchange", takeSecret);
}

function takeSecret(): void {
  if (location.pathname !== "/join" || location.hash.length < 2) return;
  inviteSecret.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", "/join");
}
