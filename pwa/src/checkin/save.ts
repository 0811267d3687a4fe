import { newId } from "../data/ids.ts";
import { list, saveNew } from "../data/journal.ts";
import { Taken } from "../data/trouble.ts";
import type { CheckIn, Mark, Plan } from "../data/types.ts";
import { localDay } from "../history/days.ts";
import { readAgreement } from "../sharing/agreed.ts";
import { type After, afterCheckIn, lookedAt, lookedIn } from "./after.ts";
import { markDoneFor } from "./done.ts";
import { cardB } from "../safety/card-b.ts";
import { type CheckInDraft, DRAFT } from "./draft.ts";
import { type Moment, type NewRecord, recordsOf } from "./records.ts";

/** What was saved: what to show after it, whether any of it is shared, and whether it became a note. */
export type Saved = { after: After; shared: boolean; note: boolean };

/** Saves a check-in with its private part and the marks for today's reminders in one transaction.
 *  Saving the same draft twice keeps one; one that was saved in another tab with other answers becomes an entry of its
 *  own. Throws NotSaved, with the draft still there. */
export async function saveCheckIn(draft: CheckInDraft, moment: Moment): Promise<Saved> {
  // What was before is read meanwhile. Should that fail, the check-in is saved all the same, and says so.
  const looking = list<CheckIn>({ kinds: ["checkin"], limit: 120 }).catch((error: unknown) => {
    console.error(error);
    return [];
  });
  const records = await kept(draft, moment).catch((error: unknown) => {
    if (!(error instanceof Taken)) throw error;
    return kept({ ...draft, id: newId(), private_id: newId() }, moment);
  });
  const recent = (await looking).filter((one) => records.every(({ id }) => id !== one.id));
  const note = records[0]?.kind === "note";
  const answers = note ? {} : { ...draft, distress: draft.distress ?? undefined, affect: draft.affect ?? undefined };
  return {
    after: await noted(afterCheckIn(lookedAt(answers), lookedIn(recent), moment.now, await lastCardB()), moment.now),
    shared: records.some((record) => record.audience === "therapist"),
    note,
  };
}

async function lastCardB(): Promise<number | null> {
  await cardB.load();
  return cardB.value.peek() ?? null;
}

/** An exercise begun in the next hour shows no second card B. */
async function noted(after: After, now: number): Promise<After> {
  if (after.card === "B") await cardB.set(now).catch(console.error);
  return after;
}

/** When and how the same answers are saved again makes them no others. */
const ASIDE = ["seconds", "source"];

async function kept(draft: CheckInDraft, moment: Moment): Promise<NewRecord[]> {
  const [agreed, marks] = await Promise.all([readAgreement(), marksToday(moment)]);
  const records = recordsOf(draft, moment, agreed.fields);
  await saveNew([...records, ...(records[0]?.kind === "note" ? [] : marks)], DRAFT, ASIDE);
  return records;
}

async function marksToday({ now, zone }: Moment) {
  const [plans, marks] = await Promise.all([
    list<Plan>({ kinds: ["plan"] }), list<Mark>({ kinds: ["mark"], limit: 100 }),
  ]);
  return markDoneFor(plans, marks, localDay(now, zone), newId);
}
