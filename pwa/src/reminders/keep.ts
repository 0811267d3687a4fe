// Plans and limits on this phone: read and kept.
import { list, type Item, save, useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Body, LocalRecord, Plan } from "../data/types.ts";
import { zoneHere } from "../history/days.ts";
import { idOf, KIND, type Limits, limitsIn, limitsRecord, NAME } from "./limits.ts";

/** The client's limits, kept up to date; null until they were read. */
export function useLimits(): Limits | null {
  const records = useRecords({ kinds: [KIND] });
  return records === null ? null : limitsIn(records);
}

/** Saves a plan, new or changed. Throws NotSaved. */
export function keepPlan(plan: LocalRecord<Plan> | null, body: Plan): Promise<unknown> {
  return save([itemOf(plan, body)]);
}

/** Saves several, in one go. Throws NotSaved. */
export function keepPlans(plans: readonly [LocalRecord<Plan>, Plan][]): Promise<unknown> {
  return save(plans.map(([plan, body]) => itemOf(plan, body)));
}

/** Saves what is changed of the limits, and with it, in one go, the plans that it changes. Throws NotSaved. */
export async function keepLimits(change: Body, plans: readonly [LocalRecord<Plan>, Plan][] = []): Promise<void> {
  const before = limitsRecord(await list({ kinds: [KIND] }));
  const body: Body = { ...before?.body, name: NAME, ...change };
  const limits: Item = { id: await idOf(me.peek()?.id ?? ""), kind: KIND, audience: "service", body, base: before?.rev ?? null };
  await save([limits, ...plans.map(([plan, next]) => itemOf(plan, next))]);
}

function itemOf(plan: LocalRecord<Plan> | null, body: Plan): Item {
  const known = plan ? { id: plan.id, base: plan.rev } : {};
  return { ...known, kind: "plan", audience: "service", zone: zoneHere(), body };
}
