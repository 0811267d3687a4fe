// A test that waits: only the device itself can say that it showed something.

/** How far a test is. `silent`: the push service took it and the device said nothing. */
export type Step =
  | { state: "sending" }
  | { state: "waiting" | "silent"; sent: number }
  | { state: "shown"; sent: number; shown: number }
  | { state: "refused"; detail: string };

export interface Ways {
  send(): Promise<{ id: string; sent_at: number; state: string; detail: string }>;
  look(id: string): Promise<number | null>;
  pause(time: number): Promise<void>;
}

export const WAIT = 60_000;
export const EVERY = 2_000;

/** Sends one and waits for up to a minute; `say` hears each step. What fails while sending is thrown. */
export async function testOne({ send, look, pause }: Ways, say: (step: Step) => void): Promise<void> {
  say({ state: "sending" });
  const { id, sent_at: sent, state, detail } = await send();
  if (state !== "accepted") return say({ state: "refused", detail });
  say({ state: "waiting", sent });
  for (let waited = 0; waited < WAIT; waited += EVERY) {
    await pause(EVERY);
    const shown = await look(id).catch(() => null); // the network may be away for a moment
    if (shown !== null) return say({ state: "shown", sent, shown });
  }
  say({ state: "silent", sent });
}
