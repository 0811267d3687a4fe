// Fills a phone's store as years of use leave it, through the app's own door: for tests and measurements in a page.
import { change } from "../../src/data/door.ts";
import { newId } from "../../src/data/ids.ts";
import { pause } from "../../src/data/rows.ts";
import type { Body } from "../../src/data/types.ts";
import { blank, nothing, type Row } from "../../src/data/versions.ts";
import { addDays, localDay, zoneHere } from "../../src/history/days.ts";

const WORDS = ["scared", "sad", "annoyed", "ashamed", "tired", "calm", "curious", "unknown", "content", "lonely"];
const REGIONS = ["chest", "throat", "belly", "jaw", "shoulders", "nowhere"];
const NOTES = ["On the train I noticed it.", "They answered late.", "Später im Café war es leichter.", "I said what I wanted."];
const HOURS = [9, 14, 20];

/** So many days, up to yesterday, of three check-ins each, every third with a private note, and a run now and then: all sent. */
export async function fillYears(days: number): Promise<number> {
  const today = localDay(Date.now(), zoneHere());
  let made = 0;
  for (let ago = days; ago > 0; ago -= 20) {
    const rows = Array.from({ length: Math.min(20, ago) }, (_, at) => dayOf(addDays(today, at - ago), ago - at)).flat();
    await change([], () => ({ ...nothing(), rows }));
    made += rows.filter(({ shown: { body } }) => body !== null && !("part_of" in body)).length;
    await pause();
  }
  return made;
}

function dayOf(day: string, ago: number): Row[] {
  const rows = HOURS.flatMap((hour, nth) => {
    const [seed, at] = [ago * 3 + nth, Date.parse(`${day}T${String(hour).padStart(2, "0")}:10:00+01:00`)];
    const id = newId();
    const shared = row(id, "checkin", day, at, {
      when: "now", source: nth === 2 ? "reminder" : "own", distress: (seed * 7) % 11, affect: { v: ((seed * 5) % 9) / 4 - 1, a: ((seed * 3) % 7) / 3 - 1 },
      words: [{ id: WORDS[(seed * 13) % WORDS.length], strength: 3 }], regions: [REGIONS[(seed * 11) % REGIONS.length]], sensations: ["tight"],
      contexts: ["home", "alone"], seconds: 30,
    });
    return nth === 1 ? [shared, row(newId(), "checkin", day, at, { note: `${NOTES[seed % NOTES.length]} (${seed})`, own_words: ["grey"], part_of: id }, "me")] : [shared];
  });
  const at = Date.parse(`${day}T19:00:00+01:00`);
  const run = { exercise: "five-stop-scan", version: 1, title: "Five stops", ended: "finished", ratings: { distress_before: (ago * 5) % 11, distress_after: (ago * 3) % 11 } };
  return ago % 4 === 0 ? [...rows, row(newId(), "run", day, at, run)] : rows;
}

function row(id: string, kind: string, day: string, at: number, body: Body, audience: "therapist" | "me" = "therapist"): Row {
  const shown = {
    rev: audience === "me" ? null : `1.${at}`, schema: 1, audience, author: "client" as const, deleted: false, felt_at: at, zone: "Europe/Rome", day, saved_at: at,
    body, conflict_of: null, own: audience === "me",
  };
  return { ...blank(id, kind, shown), state: audience === "me" ? "only-here" : "sent" };
}
