// Whether reminders about what was set reach the client: that alone, never when they come or whether they were answered.
import { useEffect, useState } from "preact/hooks";
import { localDay, zoneHere } from "../../history/days.ts";
import { api } from "./api.ts";
import { shortDay } from "./times.ts";
import { tt } from "./words.ts";

export interface Reach {
  assignment: string;
  state: "reaches" | "paused" | "unreached";
  since: number | null;
}

/** By assignment; empty until it is known, and where it can't be known. */
export function useReaches(client: string, wanted: boolean): ReadonlyMap<string, Reach> {
  const [found, setFound] = useState<ReadonlyMap<string, Reach>>(new Map());
  useEffect(() => {
    let gone = false;
    if (!wanted) return;
    api<{ assignments: Reach[] }>("GET", `/api/clients/${client}/reminders`).then(
      ({ assignments }) => gone || setFound(new Map(assignments.map((one) => [one.assignment, one]))),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [client, wanted]);
  return found;
}

/** In words. */
export function reachWords({ state, since }: Reach, today: string): string {
  if (state === "unreached" && since !== null) return tt("therapist.reach.since", { day: shortDay(localDay(since, zoneHere()), today) });
  return tt(`therapist.reach.${state}`);
}
