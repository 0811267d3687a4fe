// What a check-in has to know to be saved: what is shared, which reminders it answers, and the check-ins before it.
import { useEffect, useRef } from "preact/hooks";
import { ahead, type Ahead } from "../data/ahead.ts";
import { list } from "../data/journal.ts";
import type { CheckIn, LocalRecord, Mark, Plan } from "../data/types.ts";
import { readAgreement } from "../sharing/agreed.ts";
import { type Agreement, KIND } from "../sharing/agreement.ts";

export interface Before {
  agreed: Agreement;
  plans: LocalRecord<Plan>[];
  marks: LocalRecord<Mark>[];
  checkIns: LocalRecord<CheckIn>[];
}

export async function readBefore(): Promise<Before> {
  const [agreed, plans, marks, checkIns] = await Promise.all([
    readAgreement(), list<Plan>({ kinds: ["plan"] }), list<Mark>({ kinds: ["mark"], limit: 100 }), lately(),
  ]);
  return { agreed, plans, marks, checkIns };
}

/** Should this fail, a check-in is saved all the same, and says so. */
function lately(): Promise<LocalRecord<CheckIn>[]> {
  return list<CheckIn>({ kinds: ["checkin"], limit: 120 }).catch((error: unknown) => {
    console.error(error);
    return [];
  });
}

/** The same, read while the form is open, so that Save need not wait for it. */
export function useBefore(): () => Promise<Before> {
  const reading = useRef<Ahead<Before> | null>(null);
  useEffect(() => {
    const { now, stop } = ahead([KIND, "plan", "mark", "checkin"], readBefore);
    reading.current = { now, stop };
    return stop;
  }, []);
  return () => reading.current?.now() ?? readBefore();
}
