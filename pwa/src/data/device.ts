// What this device is called in the list of logins, and what it can do. Nothing else is derived from it.
import { t } from "../app/words.ts";

/** An iPhone or iPad, where an app on the home screen has its own store. */
export function isApple(agent: string = navigator.userAgent, touch: number = navigator.maxTouchPoints): boolean {
  return /iPhone|iPad|iPod/.test(agent) || (agent.includes("Macintosh") && touch > 1);
}

/** Opened from the home screen rather than in a browser tab. */
export function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true;
}

/** A name the person will recognise, such as "Android phone". */
export function deviceName(agent: string = navigator.userAgent): string {
  if (/iPad/.test(agent)) return t("foundation.device.ipad");
  if (/iPhone|iPod/.test(agent)) return t("foundation.device.iphone");
  if (/Android/.test(agent)) return t(/Mobile/.test(agent) ? "foundation.device.androidPhone" : "foundation.device.androidTablet");
  if (/Windows/.test(agent)) return t("foundation.device.windows");
  if (/Mac/.test(agent)) return t("foundation.device.mac");
  return t(/Linux/.test(agent) ? "foundation.device.linux" : "foundation.device.other");
}
