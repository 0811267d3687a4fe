// What the client holds back of the page before a session: one record, the same one on each of their devices.
import { derivedId } from "../data/ids.ts";
import { list, save, useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Body, LocalRecord } from "../data/types.ts";
import { KIND, NAMESPACE } from "../sharing/agreement.ts";

/** `server/store/briefs.py` has the same. */
const NAME = "brief";
const MOST = 200;

/** The names of parts and the ids of entries that are held back, and whether the server knows; null until it was read. */
export function useHeld(): { held: ReadonlySet<string>; arrived: boolean } | null {
  const records = useRecords({ kinds: [KIND] });
  if (records === null) return null;
  const record = heldRecord(records);
  return { held: new Set(namesIn(record)), arrived: (record?.state ?? "sent") === "sent" };
}

let last: Promise<void> = Promise.resolve();

/** Holds one part or entry back, or no longer; also when changes come fast. Throws NotSaved. */
export function hold(name: string, back: boolean): Promise<void> {
  const saving = last.then(() => keep(name, back));
  last = saving.catch(() => undefined);
  return saving;
}

async function keep(name: string, back: boolean): Promise<void> {
  const before = heldRecord(await list({ kinds: [KIND] }));
  const others = namesIn(before).filter((one) => one !== name);
  const body: Body = { ...before?.body, name: NAME, held: back ? [...others, name].slice(-MOST) : others };
  const id = await derivedId(NAMESPACE, `${NAME} ${me.peek()?.id ?? ""}`);
  await save([{ id, kind: KIND, audience: "service", body, base: before?.rev ?? null }]);
}

function heldRecord(records: readonly LocalRecord[]): LocalRecord | undefined {
  return records.find(({ body }) => body?.["name"] === NAME);
}

function namesIn(record: LocalRecord | undefined): string[] {
  const held = record?.body?.["held"];
  return Array.isArray(held) ? held.filter((one) => typeof one === "string") : [];
}
