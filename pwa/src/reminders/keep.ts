// Plans and limits on this phone: read and kept.
import { newId } from "../data/ids.ts";
import { list, type Item, save, saveNew, useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import { Taken } from "../data/trouble.ts";
import type { Body, LocalRecord, Plan } from "../data/types.ts";
import { zoneHere } from "../history/days.ts";
import { idOf, KIND, type Limits, limitsIn, limitsRecord, NAME } from "./limits.ts";

/** The client's limits, kept up to date; null until they were read. */
export function useLimits(): Limits | null {
  const records = useRecords({ kinds: [KIND] });
  return records === null ? null : limitsIn(records);
}

/** Saves a plan, new or changed, and forgets the draft it came of. Throws NotSaved. */
export function keepPlan(plan: LocalRecord<Plan> | null, body: Plan, draft?: string): Promise<unknown> {
  return save([itemOf(plan, body)], draft);
}

/** Saves a new plan under this id. Saved twice it is there once; saved in another tab with other times it becomes two. Throws NotSaved. */
export async function keepNewPlan(id: string, body: Plan, draft: string): Promise<void> {
  const saved = (under: string): Promise<unknown> => saveNew([{ ...itemOf(null, body), id: under }], draft, ["renewed_at"]);
  await saved(id).catch((error: unknown) => {
    if (error instanceof Taken) return saved(newId());
    throw error;
  });
}

/** Saves several, in one go. Throws NotSaved. */
export function keepPlans(plans: readonly [LocalRecord<Plan>, Plan][]): Promise<unknown> {
  return save(plans.map(([plan, body]) => itemOf(plan, body)));
}

/** Saves what is changed of the limits, and with it, in one go, the plans that it changes, and forgets the draft it came of. Throws NotSaved. */
export async function keepLimits(change: Body, plans: readonly [LocalRecord<Plan>, Plan][] = [], draft?: string): Promise<void> {
  const before = limitsRecord(await list({ kinds: [KIND] }));
  const body: Body = { ...before?.body, name: NAME, ...change };
  const limits: Item = { id: await idOf(me.peek()?.id ?? ""), kind: KIND, audience: "service", body, base: before?.rev ?? null };
  await save([limits, ...plans.map(([plan, next]) => itemOf(plan, next))], draft);
}

function itemOf(plan: LocalRecord<Plan> | null, body: Plan): Item {
  const known = plan ? { id: plan.id, base: plan.rev } : {};
  return { ...known, kind: "plan", audience: "service", zone: zoneHere(), body };
}
