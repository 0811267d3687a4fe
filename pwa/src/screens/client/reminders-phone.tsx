// Whether reminders reach this device, turning them on and off here, and a test that waits until it is shown.
import { useState } from "preact/hooks";
import { isApple, isInstalled } from "../../data/device.ts";
import { pushState, testPush, testShownAt, turnOffPush, turnOnPush } from "../../data/push.ts";
import { type Step, testOne } from "../../reminders/test-one.ts";
import { clock } from "../../reminders/when.ts";
import { rt } from "../../reminders/reaching-words.ts";
import { sentence, useAction } from "../../ui/action.ts";

/** With its own title and the way to the page that tells more; `alone` on that page, where the server's word of `trouble`
 *  is known. */
export function ThisPhone({ alone = false, trouble = null, after }: { alone?: boolean; trouble?: string | null; after?: () => void }) {
  const state = pushState.value;
  const [said, setSaid] = useState<string | null>(null);
  const on = useAction(() => attempt(turnOnPush, setSaid).then(after));
  const off = useAction(() => attempt(turnOffPush, setSaid).then(after));
  const test = useAction(() => attempt(() => testOne(WAYS, (step) => setSaid(inWords(step))), setSaid).then(after));
  const busy = on.busy || off.busy || test.busy;
  if (state === undefined) return null;
  return (
    <div class="stack" aria-busy={busy}>
      {!alone && <h3>{rt("reaching.phone")}</h3>}
      <p>{state === "on" && trouble !== null ? trouble : rt(`reaching.phone.${state}`)}</p>
      {state === "denied" && <p>{rt(`reaching.unblock.${isApple() ? "apple" : isInstalled() ? "installed" : "browser"}`)}</p>}
      <div class="chips">
        {(state === "off" || state === "waiting") && (
          <button type="button" class="primary" onClick={on.run} disabled={busy}>
            {rt(state === "off" ? "reaching.phone.turnOn" : "reaching.phone.again")}
          </button>
        )}
        {state === "on" && <button type="button" class="button" onClick={test.run} disabled={busy}>{rt("reaching.phone.test")}</button>}
        {(state === "on" || state === "waiting") && (
          <button type="button" class="quiet" onClick={off.run} disabled={busy}>{rt("reaching.phone.turnOff")}</button>
        )}
      </div>
      <p class="muted" role="status">{said}</p>
      {!alone && <div class="chips"><a class="quiet" href="/settings/reminders">{rt("reaching.link")}</a></div>}
    </div>
  );
}

const WAYS = { send: testPush, look: testShownAt, pause: (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time)) };

function inWords(step: Step): string {
  if (step.state === "refused") return step.detail;
  if (step.state === "sending") return rt("reaching.test.sending");
  const sent = clock(step.sent);
  return step.state === "shown" ? rt("reaching.test.shown", { sent, shown: clock(step.shown) }) : rt(`reaching.test.${step.state}`, { sent });
}

/** A browser's own failure to subscribe is said in our words. */
async function attempt(work: () => Promise<unknown>, say: (text: string | null) => void): Promise<void> {
  say(null);
  try {
    await work();
  } catch (error) {
    say(error instanceof DOMException ? rt("reaching.phone.failed") : sentence(error));
  }
}
