import type { Item } from "../data/journal.ts";
import type { Body, CheckIn } from "../data/types.ts";
import { addDays, localDay, sinceMidnight } from "../history/days.ts";
import { type Agreement, USUAL } from "../sharing/agreement.ts";
import { type CheckInDraft, type Field, hasAnswer, hasNote } from "./draft.ts";

/** One record to save, with its id made before. */
export type NewRecord = Item & { id: string; body: Body };

/** What the phone knows at the tap on Save. */
export type Moment = { now: number; zone: string; seconds: number; source: "own" | "reminder" };

const EARLIER = 3 * 3_600_000;
const LONGEST = 3_600;

/** The records of one check-in: a shared part and, only when there is something private, a part that stays here. What is
 *  shared was agreed, or chosen for this one. "Only on this phone" makes it one private record, and so does an agreement
 *  that leaves nothing to share; a note alone, or a moment of longer ago, is a note. */
export function recordsOf(draft: CheckInDraft, moment: Moment, agreed: Agreement["fields"] = USUAL.fields): NewRecord[] {
  if (draft.when === "older") return [note(draft)];
  if (!hasAnswer(draft)) return [note(draft, moment)];
  const answers = answersOf(draft);
  const shared = whole(answers.filter(([field]) => isShared(field, draft, agreed)));
  const kept = whole(answers.filter(([field]) => !isShared(field, draft, agreed)));
  const lived = livedAt(draft, moment);
  const around = { ...(draft.bring && { bring: true }), ...circumstances(draft, moment) };
  if (Object.keys(shared).length === 0) {
    return [{ id: draft.id, kind: "checkin", audience: "me", ...lived, body: { ...kept, ...around } }];
  }
  const records: NewRecord[] = [{ id: draft.id, kind: "checkin", audience: "therapist", ...lived, body: { ...shared, ...around } }];
  if (Object.keys(kept).length > 0) {
    records.push({ id: draft.private_id, kind: "checkin", audience: "me", ...lived, body: { ...kept, part_of: draft.id } });
  }
  return records;
}

/** Whether an answer goes to the therapist: as it was chosen for this one, else as it was agreed. A wish, a note and words
 *  of one's own go only when that was chosen. */
export function isShared(field: Field, { just_me, choice }: Pick<CheckInDraft, "just_me" | "choice">, agreed: Agreement["fields"]): boolean {
  if (just_me) return false;
  return choice?.[field] ?? (field in agreed && agreed[field as keyof typeof agreed]);
}

/** When it was felt: the instant as near as it is known, and the calendar day as lived. */
export function livedAt(draft: CheckInDraft, { now, zone }: Moment): { felt_at: number; zone: string; day: string } {
  const today = localDay(now, zone);
  if (draft.when === "yesterday") return { felt_at: now - 86_400_000, zone, day: addDays(today, -1) };
  const back = draft.when === "earlier" ? Math.min(EARLIER, sinceMidnight(now, zone) / 2) : 0;
  return { felt_at: Math.round(now - back), zone, day: today };
}

/** What was answered, by field. */
export function answersOf(draft: CheckInDraft): [Field, CheckIn][] {
  const words = draft.words.filter((pick) => pick.own === undefined);
  const own = draft.words.flatMap((pick) => pick.own ?? []);
  const { affect, distress, regions, sensations, contexts, wish } = draft;
  const body = { ...(regions.length > 0 && { regions }), ...(sensations.length > 0 && { sensations }) };
  return [
    ...answer("affect", affect !== null, { affect: affect ?? { v: 0, a: 0 } }),
    ...answer("distress", distress !== null, { distress: distress ?? 0 }),
    ...answer("words", words.length > 0, { words }),
    ...answer("body", regions.length + sensations.length > 0, body),
    ...answer("contexts", contexts.length > 0, { contexts }),
    ...answer("wish", wish !== null, { wish: wish ?? "" }),
    ...answer("note", hasNote(draft), { note: draft.note.trim() }),
    ...answer("own_words", own.length > 0, { own_words: own }),
  ];
}

function answer(field: Field, given: boolean, said: CheckIn): [Field, CheckIn][] {
  return given ? [[field, said]] : [];
}

function whole(answers: readonly [Field, CheckIn][]): CheckIn {
  return Object.assign({}, ...answers.map(([, said]) => said)) as CheckIn;
}

function circumstances(draft: CheckInDraft, { seconds, source }: Moment): CheckIn {
  const when = draft.when === null || draft.when === "older" ? "now" : draft.when;
  return { when, source, ...(seconds >= 0 && seconds <= LONGEST && { seconds: Math.round(seconds) }) };
}

function note(draft: CheckInDraft, moment?: Moment): NewRecord {
  const lived = moment === undefined ? {} : livedAt(draft, moment);
  const shared = isShared("note", draft, USUAL.fields);
  const body = { text: draft.note.trim(), ...(shared && draft.bring && { bring: true }) };
  return { id: draft.id, kind: "note", audience: shared ? "therapist" : "me", ...lived, body };
}
