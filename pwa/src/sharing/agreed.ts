// The agreement on this phone: one record, the same one on each of the client's devices.
import { list, save, useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Body } from "../data/types.ts";
import { type Agreed, type Agreement, agreementIn, agreementRecord, idOf, KIND, NAME } from "./agreement.ts";

/** The agreement as it is now. */
export async function readAgreement(): Promise<Agreement> {
  return agreementIn(await list({ kinds: [KIND] }));
}

/** The same, kept up to date, and whether the server knows it; null until it was read. */
export function useAgreement(): (Agreement & { arrived: boolean }) | null {
  const records = useRecords({ kinds: [KIND] });
  if (records === null) return null;
  return { ...agreementIn(records), arrived: (agreementRecord(records)?.state ?? "sent") === "sent" };
}

type Change = { fields?: Partial<Record<Agreed, boolean>>; paused?: boolean };

let last: Promise<void> = Promise.resolve();

/** Saves what is changed; the rest stays as it was agreed, also when changes come fast. Throws NotSaved. */
export function agree(change: Change): Promise<void> {
  const saving = last.then(() => keep(change));
  last = saving.catch(() => undefined);
  return saving;
}

async function keep(change: Change): Promise<void> {
  const records = await list({ kinds: [KIND] });
  const [before, now] = [agreementRecord(records), agreementIn(records)];
  const body: Body = {
    ...before?.body, name: NAME, fields: { ...now.fields, ...change.fields }, paused: change.paused ?? now.paused,
  };
  await save([{ id: await idOf(me.peek()?.id ?? ""), kind: KIND, audience: "service", body, base: before?.rev ?? null }]);
}
