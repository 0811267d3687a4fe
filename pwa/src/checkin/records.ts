import type { Item } from "../data/journal.ts";
import type { Body, CheckIn } from "../data/types.ts";
import { addDays, localDay, sinceMidnight } from "../history/days.ts";
import { type CheckInDraft, hasAnswer, hasNote } from "./draft.ts";

/** One record to save, with its id made before. */
export type NewRecord = Item & { id: string; body: Body };

/** What the phone knows at the tap on Save. */
export type Moment = { now: number; zone: string; seconds: number; source: "own" | "reminder" };

const EARLIER = 3 * 3_600_000;
const LONGEST = 3_600;

/** The records of one check-in: a shared part and, only when there is something private, a part that stays here.
 *  "Only on this phone" makes it one private record; a note alone, or a moment of longer ago, is a note. */
export function recordsOf(draft: CheckInDraft, moment: Moment): NewRecord[] {
  if (draft.when === "older") return [note(draft)];
  if (!hasAnswer(draft)) return [note(draft, moment)];
  const shared = { ...sharedAnswers(draft), ...circumstances(draft, moment) };
  const kept = privateAnswers(draft);
  const lived = livedAt(draft, moment);
  if (draft.just_me) return [{ id: draft.id, kind: "checkin", audience: "me", ...lived, body: { ...shared, ...kept } }];
  if (Object.keys(sharedAnswers(draft)).length === 0) {
    return [{ id: draft.private_id, kind: "checkin", audience: "me", ...lived, body: { ...circumstances(draft, moment), ...kept } }];
  }
  const records: NewRecord[] = [{ id: draft.id, kind: "checkin", audience: "therapist", ...lived, body: shared }];
  if (Object.keys(kept).length > 0) {
    records.push({ id: draft.private_id, kind: "checkin", audience: "me", ...lived, body: { ...kept, part_of: draft.id } });
  }
  return records;
}

/** When it was felt: the instant as near as it is known, and the calendar day as lived. */
export function livedAt(draft: CheckInDraft, { now, zone }: Moment): { felt_at: number; zone: string; day: string } {
  const today = localDay(now, zone);
  if (draft.when === "yesterday") return { felt_at: now - 86_400_000, zone, day: addDays(today, -1) };
  const back = draft.when === "earlier" ? Math.min(EARLIER, sinceMidnight(now, zone) / 2) : 0;
  return { felt_at: Math.round(now - back), zone, day: today };
}

function sharedAnswers(draft: CheckInDraft): CheckIn {
  const words = draft.words.filter((pick) => pick.own === undefined);
  return {
    ...(draft.affect !== null && { affect: draft.affect }),
    ...(draft.distress !== null && { distress: draft.distress }),
    ...(words.length > 0 && { words }),
    ...(draft.regions.length > 0 && { regions: draft.regions }),
    ...(draft.sensations.length > 0 && { sensations: draft.sensations }),
    ...(draft.contexts.length > 0 && { contexts: draft.contexts }),
    ...(draft.wish !== null && draft.share_wish && { wish: draft.wish }),
    ...(draft.bring && { bring: true }),
  };
}

function privateAnswers(draft: CheckInDraft): CheckIn {
  const own = draft.words.flatMap((pick) => pick.own ?? []);
  return {
    ...(hasNote(draft) && { note: draft.note.trim() }),
    ...(own.length > 0 && { own_words: own }),
    ...(draft.wish !== null && !draft.share_wish && { wish: draft.wish }),
  };
}

function circumstances(draft: CheckInDraft, { seconds, source }: Moment): CheckIn {
  const when = draft.when === null || draft.when === "older" ? "now" : draft.when;
  return { when, source, ...(seconds <= LONGEST && { seconds: Math.round(seconds) }) };
}

function note(draft: CheckInDraft, moment?: Moment): NewRecord {
  const lived = moment === undefined ? {} : livedAt(draft, moment);
  return { id: draft.id, kind: "note", audience: "me", ...lived, body: { text: draft.note.trim() } };
}
