import { daysBetween } from "../history/days.ts";

/** How a check-in opens. After a week or more away: a second hello, and no count of days. */
export function greeting(lastDay: string | null, today: string): "hello" | "again" {
  return lastDay !== null && daysBetween(lastDay, today) >= 7 ? "again" : "hello";
}
