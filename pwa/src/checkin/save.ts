import { newId } from "../data/ids.ts";
import { saveNew } from "../data/journal.ts";
import { Taken } from "../data/trouble.ts";
import { localDay, localTime } from "../history/days.ts";
import { cardB } from "../safety/card-b.ts";
import { type After, afterCheckIn, callsForB, lookedAt, lookedIn } from "./after.ts";
import type { Before } from "./before.ts";
import { markDoneFor } from "./done.ts";
import { type CheckInDraft, DRAFT } from "./draft.ts";
import { type Moment, type NewRecord, recordsOf } from "./records.ts";

/** What was saved: what to show after it, whether any of it is shared, and whether it became a note. */
export type Saved = { after: After; shared: boolean; note: boolean };

/** Saves a check-in with its private part and the marks for today's reminders in one transaction.
 *  Saving the same draft twice keeps one; one that was saved in another tab with other answers becomes an entry of its
 *  own. Throws NotSaved, with the draft still there. */
export async function saveCheckIn(draft: CheckInDraft, moment: Moment, before: Before): Promise<Saved> {
  const records = await kept(draft, moment, before).catch((error: unknown) => {
    if (!(error instanceof Taken)) throw error;
    return kept({ ...draft, id: newId(), private_id: newId() }, moment, before);
  });
  const recent = before.checkIns.filter((one) => records.every(({ id }) => id !== one.id));
  const note = records[0]?.kind === "note";
  const { affect, distress, words } = draft;
  const looked = lookedAt(note ? {} : { affect: affect ?? undefined, distress: distress ?? undefined, words });
  const after = afterCheckIn(looked, lookedIn(recent), moment.now, callsForB(looked) ? await lastCardB() : null);
  // An exercise begun in the next hour shows no second card B.
  if (after.card === "B") void cardB.set(moment.now).catch(console.error);
  return { after, shared: records.some((record) => record.audience === "therapist"), note };
}

async function lastCardB(): Promise<number | null> {
  await cardB.load();
  return cardB.value.peek() ?? null;
}

/** When and how the same answers are saved again makes them no others. */
const ASIDE = ["seconds", "source"];

async function kept(draft: CheckInDraft, moment: Moment, { agreed, plans, marks }: Before): Promise<NewRecord[]> {
  const records = recordsOf(draft, moment, agreed.fields);
  const done = records[0]?.kind === "note" ? [] : markDoneFor(plans, marks, localDay(moment.now, moment.zone), localTime(moment.now, moment.zone), newId);
  await saveNew([...records, ...done], DRAFT, ASIDE);
  return records;
}
