// How old the check of a number may be. Pure; the day is passed in.
import { daysBetween } from "../../history/days.ts";

const SOON_AFTER = 80;
const OVERDUE_AFTER = 90;

/** Whether a number that was checked on that day should be called again soon, or should have been. */
export function checkAge(checkedOn: string, today: string): "fresh" | "soon" | "overdue" {
  const days = daysBetween(checkedOn, today);
  return days > OVERDUE_AFTER ? "overdue" : days > SOON_AFTER ? "soon" : "fresh";
}
