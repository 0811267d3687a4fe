// Many phones at the end of a pipe: each line on stdin asks one phone to do one thing, and one line on stdout says how
// the phone stands then. Whoever asks is the network: what leaves a phone arrives only if it is handed back.
import { createInterface } from "node:readline";
import { understood } from "../../src/data/answer.ts";
import type { Audience, Body, Op, SyncAnswer } from "../../src/data/types.ts";
import { named, type Row } from "../../src/data/versions.ts";
import { Phone } from "./phone.ts";

type Ask = { phone: string } & (
  | { do: "look" | "forget" }
  | { do: "save"; id: string; body: Body; kind: string; audience: Audience; base: string | null; felt_at: number | null; op?: string }
  | { do: "remove" | "withdraw"; id: string }
  | { do: "leave"; most: number }
  | { do: "receive"; sent: Op[]; answer: unknown }
);

const phones = new Map<string, Phone>();

function phoneOf(name: string): Phone {
  const phone = phones.get(name) ?? new Phone();
  phones.set(name, phone);
  return phone;
}

async function done(ask: Ask, phone: Phone): Promise<Op[]> {
  switch (ask.do) {
    case "save": {
      const { id, body, kind, audience, base, felt_at, op } = ask;
      phone.save(id, "", { body, kind, audience, base, felt_at }, op);
      return [];
    }
    case "remove":
    case "withdraw":
      phone[ask.do](ask.id);
      return [];
    case "leave":
      return phone.leave(ask.most);
    case "receive":
      await phone.receive(ask.sent, readable(ask.answer));
      return [];
    case "forget":
      phones.delete(ask.phone);
      return [];
    case "look":
      return [];
  }
}

function readable(said: unknown): SyncAnswer {
  const answer = understood(said);
  if (!answer || answer.odd || answer.reset === "other") throw new Error(`No phone can read this answer: ${JSON.stringify(said)}`);
  return answer as SyncAnswer;
}

function told(row: Row) {
  const { id, kind, state, reason, expected, shown, before } = row;
  return { id, kind, state, reason, expected, ...shown, base: named(shown), before: before?.body ?? null };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer: object;
  try {
    const ask = JSON.parse(line) as Ask;
    const phone = phoneOf(ask.phone);
    const left = await done(ask, phone);
    answer = { left, rows: [...phone.rows.values()].map(told), ops: phone.ops, cursor: phone.cursor, kept: phone.kept };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
