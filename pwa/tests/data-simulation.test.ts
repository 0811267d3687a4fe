// Several phones, one server, lost replies, restores, edits in any order: nothing anyone wrote last may be lost, and at
// rest every phone shows the same. Seeded: a failure names its seed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../src/data/ids.ts";
import { sync } from "./support/exchange.ts";
import { FakeServer } from "./support/fake-server.ts";
import { Phone } from "./support/phone.ts";

const SEEDS = 150;
const STEPS = 40;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A text a person wrote and has not replaced or deleted since, where they could see it. */
type Leaf = string;

class World {
  server = new FakeServer();
  phones = [new Phone(), new Phone(), new Phone()];
  leaves = new Set<Leaf>();
  #roll: () => number;
  #texts = 0;
  #backup = this.server.backup();

  constructor(seed: number) {
    this.#roll = random(seed);
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#roll() * from.length)] as T;
  }

  async step(): Promise<void> {
    const phone = this.pick(this.phones);
    const roll = this.#roll();
    if (roll < 0.4) this.#write(phone);
    else if (roll < 0.45) this.#remove(phone);
    else if (roll < 0.48) this.#withdraw(phone);
    else if (roll < 0.65) await this.#lose(phone);
    else if (roll < 0.94) await sync(phone, this.server, this.pick([1, 3, 200]));
    else if (roll < 0.97) this.#backup = this.server.backup();
    else this.server.restore(this.#backup);
  }

  #write(phone: Phone): void {
    const id = this.pick([newId(), newId(), ...phone.rows.keys()]);
    const row = phone.rows.get(id);
    if (row?.shown.deleted || row?.shown.audience === "me") return;
    if (row?.shown.body) this.leaves.delete(String(row.shown.body["text"]));
    this.#texts += 1;
    const text = `text ${this.#texts}`;
    phone.save(id, text, { base: row?.shown.rev ?? null });
    this.leaves.add(text);
  }

  #remove(phone: Phone): void {
    const row = phone.rows.get(this.pick([...phone.rows.keys()]));
    if (!row || row.shown.deleted || row.shown.audience === "me") return;
    this.leaves.delete(String(row.shown.body?.["text"]));
    phone.remove(row.id);
  }

  /** Taking back a share empties whatever the server holds, so nothing is done to that record here afterwards. */
  #withdraw(phone: Phone): void {
    const row = phone.rows.get(this.pick([...phone.rows.keys()]));
    if (row && !row.shown.deleted && row.shown.audience !== "me") phone.withdraw(row.id);
  }

  /** The request arrives, the answer does not. */
  async #lose(phone: Phone): Promise<void> {
    await this.server.exchange({ cursor: phone.cursor, limit: 200, ops: phone.leave(2) });
  }

  async rest(): Promise<void> {
    for (let round = 0; round < 4; round += 1) for (const phone of this.phones) await sync(phone, this.server);
  }
}

test("phones converge and no one's last words are lost", async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const world = new World(seed);
    for (let i = 0; i < STEPS; i += 1) await world.step();
    await world.rest();
    const [first, ...others] = world.phones;
    const mine = new Set(world.phones.flatMap((phone) => [...phone.rows.values()].filter(({ shown }) => shown.audience === "me").map(({ id }) => id)));
    const shared = (phone: Phone | undefined) => phone?.texts(({ id }) => !mine.has(id));
    for (const phone of others) assert.deepEqual(shared(phone), shared(first), `seed ${seed}: the phones differ`);
    for (const phone of world.phones) assert.equal(phone.ops.length, 0, `seed ${seed}: an outbox did not drain`);
    const texts = new Set(world.phones.flatMap((phone) => phone.texts()));
    for (const leaf of world.leaves) assert.ok(texts.has(leaf), `seed ${seed}: "${leaf}" was lost`);
  }
});
