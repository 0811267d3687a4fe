// Leaving an exercise for another day, and taking that back: the entry and its reminders' rest, in one transaction.
import { newId } from "../data/ids.ts";
import { list, remove, save, saveNew } from "../data/journal.ts";
import { Taken } from "../data/trouble.ts";
import type { Audience, Mark, Plan } from "../data/types.ts";
import { localDay, localTime, zoneHere } from "../history/days.ts";
import { doneFor } from "../reminders/done.ts";
import { bodyOf, KIND, type Leaving, type Left, restOf } from "./not-today.ts";

/** The draft of what is being written, by exercise. */
export const draftOf = (exercise: string): string => `not-today:${exercise}`;

/** What it is about. */
export interface About {
  exercise: string;
  title: string;
  assignment: string;
}
export interface Kept {
  id: string;
  audience: Audience;
  reasons: readonly string[];
  /** Whether reminders of today rest for it. */
  rests: boolean;
}

/** Saves it, shared or not; `before` is the entry that the form changes. Saved twice it is there once; saved in another tab with other words it becomes two. Throws NotSaved. */
export async function leaveForToday(form: Leaving, about: About, audience: "me" | "therapist", before: Left | undefined): Promise<Kept> {
  return keep(form, about, audience, before).catch((error: unknown) => {
    if (error instanceof Taken) return keep({ ...form, id: newId() }, about, audience, before);
    throw error;
  });
}

async function keep(form: Leaving, about: About, audience: "me" | "therapist", there: Left | undefined): Promise<Kept> {
  const before = form.of === null ? undefined : there;
  const [now, zone] = [Date.now(), zoneHere()];
  const day = localDay(now, zone);
  const id = form.of?.id ?? form.id;
  const [plans, marks] = await Promise.all([list<Plan>({ kinds: ["plan"] }), list<Mark>({ kinds: ["mark"], limit: 100 })]);
  const rests = restOf(doneFor(about.assignment, plans, marks, day, localTime(now, zone)), id);
  const lived = before === undefined ? { felt_at: now, zone, day } : { felt_at: before.felt_at ?? now, zone: before.zone ?? zone, day: before.day ?? day };
  const body = bodyOf(form, about, before?.body);
  if (form.of === null) await saveNew([{ id, kind: KIND, audience, ...lived, body }, ...rests], draftOf(about.exercise));
  else await save([{ id, kind: KIND, audience, ...lived, body, base: form.of.rev }, ...rests], draftOf(about.exercise));
  return { id, audience, reasons: form.reasons, rests: rests.length > 0 || marks.some(({ body: mark }) => mark?.record === id) };
}

/** It goes, here and with who could read it. Its reminders rest for that day all the same: what is done does not come again. */
export function takeBack(id: string): Promise<void> {
  return remove([id]);
}
