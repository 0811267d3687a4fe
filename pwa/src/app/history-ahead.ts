// History is what Today is most often left for after a check-in: while Today rests, its code and its latest month are fetched.
import { screen } from "./shell.tsx";

const load = () => import("../screens/client/history.tsx");

/** The screen, as the addresses name it. */
export const History = screen(load);

const NO_IDLE = 1_000;

/** Once nothing else is to be done. Only what this phone has already: before the worker keeps the app, nothing is fetched. */
export function historyAhead(): void {
  if (!navigator.serviceWorker?.controller) return;
  const ready = () => void History.load().then(load).then(({ readAhead }) => readAhead()).catch(console.error);
  if ("requestIdleCallback" in window) requestIdleCallback(ready);
  else setTimeout(ready, NO_IDLE);
}
