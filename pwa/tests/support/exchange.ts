import { batch } from "../../src/data/batch.ts";
import type { FakeServer } from "./fake-server.ts";
import type { Phone } from "./phone.ts";

/** Sends and fetches until there is nothing more to do. */
export async function sync(phone: Phone, server: FakeServer, limit = 200): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    const ops = phone.leave();
    const answer = await server.exchange({ cursor: phone.cursor, limit, ops });
    await phone.receive(ops, answer);
    if (!answer.more && batch(phone.ops, 0).length === 0) return;
  }
  throw new Error("The phone did not come to rest.");
}
