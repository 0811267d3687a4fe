// The plan in the journal of this phone: one record, the person's own.
import { newId } from "../data/ids.ts";
import { save, useRecords, withdraw } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Body, LocalRecord } from "../data/types.ts";
import { localDay, zoneHere } from "../history/days.ts";
import { cleaned, KIND, type SafetyPlan } from "./plan.ts";

/** The name the plan in the making is kept under. */
export const DRAFT = "safety-plan";

/** A plan while it is being changed: null until a letter was typed. `base` is what was on screen then. */
export interface Begun {
  plan: SafetyPlan | null;
  id: string;
  base: string | null;
}

export const nothingBegun = (): Begun => ({ plan: null, id: newId(), base: null });

/** The plans on this phone, newest first; null until read. More than one only when two phones each began one. */
export function usePlans(): LocalRecord[] | null {
  return useRecords({ kinds: [KIND] });
}

/** Saves what the draft has become. What a newer app put into the plan stays. Throws NotSaved, with the draft still there. */
export async function savePlan({ id, base }: Begun, plan: SafetyPlan, record: LocalRecord | undefined): Promise<void> {
  const body: Body = { ...record?.body, ...cleaned(plan) };
  await save([{ ...itemOf(record?.id ?? id, body), audience: record?.audience ?? "me", base }], DRAFT);
}

/** Lets the therapist see the plan, or takes that back. */
export async function sharePlan({ id, rev, body }: LocalRecord, on: boolean): Promise<void> {
  if (on) await save([{ ...itemOf(id, body ?? {}), audience: "therapist", base: rev }]);
  else await withdraw(id);
}

function itemOf(id: string, body: Body) {
  const zone = zoneHere();
  return { id, kind: KIND, zone, day: localDay(Date.now(), zone), body };
}

/** Whether somebody is signed in here who may have a plan. */
export function mayHavePlan(): boolean {
  return me.value?.role === "client";
}
