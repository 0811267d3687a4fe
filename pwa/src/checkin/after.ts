import type { CheckIn, LocalRecord } from "../data/types.ts";
import { entriesOf, wholeBody } from "../history/entries.ts";

/** A check-in with the time it was saved. */
export type Looked = Pick<CheckIn, "affect" | "distress" | "words"> & { at: number };

/** What shows after a check-in: a support card or one line, and whether the stretch has been hard. */
export type After = {
  card: "A" | "B" | null;
  line: "thanks" | "unknown" | "pleasant" | null;
  hardStretch: boolean;
};

const HARD = 7;
const HARDEST = 9;
const FULL_STRENGTH = 5;
const AT_FULL_STRENGTH = new Set(["numb", "empty", "frozen", "far_away", "panicky"]);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What to show after saving `checkin` at `now`. `recent` are the check-ins saved before it, of a month or so, in any order;
 *  `cardBAt` is when card B was last shown on this phone, in an exercise too. Card B comes at most once in 60 minutes (card A
 *  in between), the line about a hard stretch once in seven days. */
export function afterCheckIn(checkin: Omit<Looked, "at">, recent: readonly Looked[], now: number, cardBAt: number | null = null): After {
  const before = recent.filter((one) => one.at < now).sort((x, y) => x.at - y.at);
  const latest = { ...checkin, at: now };
  const card = cardFor(latest, before, cardBAt);
  return { card, line: card === null ? lineFor(checkin) : null, hardStretch: saysHardStretch([...before, latest]) };
}

function cardFor(latest: Looked, before: readonly Looked[], cardBAt: number | null): After["card"] {
  if (!callsForB(latest)) return callsForA(latest) ? "A" : null;
  const since = latest.at - (cardBAt ?? Number.NEGATIVE_INFINITY);
  return (since >= 0 && since < HOUR) || lastShownB(before, latest.at) ? "A" : "B";
}

/** Whether card B was shown in the hour before `now`, told from the check-ins themselves. */
function lastShownB(before: readonly Looked[], now: number): boolean {
  let shown = Number.NEGATIVE_INFINITY;
  for (const one of before) if (callsForB(one) && one.at - shown >= HOUR) shown = one.at;
  return now - shown < HOUR;
}

/** Whether card B is what it calls for; one that was shown in the last hour may stand against it. */
export function callsForB({ distress, words = [] }: Omit<Looked, "at">): boolean {
  return (distress ?? 0) >= HARDEST || words.some((word) => word.id === "hopeless");
}

function callsForA({ distress, words = [] }: Looked): boolean {
  return (distress ?? 0) >= HARD
    || words.some((word) => AT_FULL_STRENGTH.has(word.id) && (word.strength ?? 0) >= FULL_STRENGTH);
}

function lineFor({ affect, distress, words = [] }: Omit<Looked, "at">): After["line"] {
  if (words.some((word) => word.id === "unknown")) return "unknown";
  return (affect?.v ?? 0) > 0 && (distress ?? 0) <= 3 ? "pleasant" : "thanks";
}

/** Goes through the check-ins in order, so that no note of what was shown has to be kept. */
function saysHardStretch(inOrder: readonly Looked[]): boolean {
  let said = Number.NEGATIVE_INFINITY;
  inOrder.forEach((one, at) => {
    const lastFive = inOrder.slice(Math.max(0, at - 4), at + 1).filter((other) => one.at - other.at <= 10 * DAY);
    const hard = lastFive.filter((other) => (other.distress ?? 0) >= HARD).length;
    if (hard >= 3 && one.at - said >= 7 * DAY) said = one.at;
  });
  return said === inOrder.at(-1)?.at;
}

/** The check-ins among these records, with what of them is private; no copies that nobody has looked at yet. */
export function lookedIn(records: readonly LocalRecord[]): Looked[] {
  return entriesOf(records).filter(({ main }) => main.body !== null && main.body["part_of"] === undefined && main.conflict_of === null)
    .map((entry) => ({ ...lookedAt(wholeBody<CheckIn>(entry)), at: entry.main.saved_at }));
}

/** What of a check-in is looked at. */
export function lookedAt({ affect, distress, words }: { [K in keyof CheckIn]?: CheckIn[K] | undefined }): Omit<Looked, "at"> {
  return {
    ...(affect !== undefined && { affect }), ...(distress !== undefined && { distress }),
    ...(words !== undefined && { words }),
  };
}
