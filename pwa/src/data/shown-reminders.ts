// Reminders that are still on the screen of this phone: put away once nothing is due any more.
import { localDay, zoneHere } from "../history/days.ts";
import { onChanged } from "./changes.ts";
import { plannedToday } from "./due.ts";
import { list } from "./journal.ts";
import type { Mark, Plan } from "./types.ts";

/** Looks now, whenever the app comes to the front, and when something was done. */
export function tidyReminders(): void {
  const look = () => void closeIfNothingIsDue().catch(console.error);
  onChanged((kinds) => kinds.includes("mark") && look());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  look();
}

/** Closes every reminder on the screen when all that was planned for today until now is done. */
export async function closeIfNothingIsDue(now: number = Date.now()): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const open = (await registration?.getNotifications()) ?? [];
  if (open.length === 0) return;
  const [plans, marks] = await Promise.all([list<Plan>({ kinds: ["plan"] }), list<Mark>({ kinds: ["mark"], limit: 100 })]);
  const due = plannedToday(plans, marks, now, zoneHere()).some((one) => one.due);
  const ofToday = (at: number) => localDay(at, zoneHere()) === localDay(now, zoneHere());
  for (const one of open) {
    const { timestamp: at = now } = one as { timestamp?: number };
    // One of later than now is left alone: this phone's clock is behind, and says nothing of it.
    if (at <= now && !(due && ofToday(at))) one.close();
  }
}
