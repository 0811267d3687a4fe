// Sending without a window: when the network is back and the app is closed, the browser wakes the worker for it. The
// same rules, the same store and the same lock as in the page; whatever is not plain is left for the page to say.
import { understood } from "../data/answer.ts";
import { MAX_OPS } from "../data/batch.ts";
import { getNamed, takeDue, untilDue } from "../data/door.ts";
import { asking } from "../data/exchange.ts";
import { receive } from "../data/receive.ts";
import { ask } from "./ask.ts";

const PAGE = 200;
const MOST_TURNS = 20;

/** Sends what waits. Rejects when something is left that may go later: then the browser tries again. */
export async function send(): Promise<void> {
  await navigator.locks.request("midweek-sync", async () => {
    if (!(await isOurs())) return;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const ops = await takeDue(Date.now(), MAX_OPS);
      if (ops.length === 0) break;
      const answer = understood(await (await ask("POST", "/api/sync", await asking(ops, PAGE))).json());
      if (!answer) throw new TypeError("This was no answer of the server.");
      await receive(ops, answer);
    }
    if ((await untilDue(Date.now())) !== null) throw new Error("Something waits still.");
  });
}

/** Whether there is something to send, for the person the server takes this phone for. */
async function isOurs(): Promise<boolean> {
  const [owner, leaving, due] = [await getNamed<string>("meta", "owner"), await getNamed("meta", "leaving"), await untilDue(Date.now())];
  if (owner === undefined || leaving || due !== 0) return false;
  const now = (await (await ask("GET", "/api/logins/current")).json()) as { id?: unknown };
  return now.id === owner;
}
