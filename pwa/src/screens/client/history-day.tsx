import { Screen } from "../../app/shell.tsx";
import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import { dayAfter, dayBefore, recordsBetween } from "../../data/by-day.ts";
import { useReading } from "../../data/use-by-day.ts";
import { dayLabel } from "../../history/day-words.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { byDay, type Day, entriesOf, KINDS } from "../../history/entries.ts";
import { monthOf } from "../../history/month.ts";
import { steady } from "../../history/steady.ts";
import { lt } from "../../history/words.ts";
import { Icon } from "../../ui/icon.tsx";
import { Rows } from "./history-row.tsx";

type Read = { days: readonly Day[]; before: string | null; after: string | null };

/** What was lived on one day, with the nearest days before and after it that have entries. */
export function HistoryDay({ day }: { day: string }) {
  const today = localDay(Date.now(), zoneHere());
  const read = useReading<Read>(KINDS, day, async (_gone, known) => {
    const [records, before, after] = await Promise.all([recordsBetween(KINDS, day, day), dayBefore(KINDS, day), dayAfter(KINDS, day)]);
    return { days: steady(byDay(entriesOf(records)), known?.days ?? null), before, after };
  });
  const entries = read?.days[0]?.entries ?? [];
  return (
    <Screen title={dayLabel(day, today, dates, t)} backTo={`/history/${monthOf(day)}`}>
      {read !== null && entries.length === 0 && <p class="muted">{lt("look.day.none")}</p>}
      {entries.length > 0 && <Rows entries={entries} />}
      {read !== null && (
        <div class="month-links">
          {read.before !== null && <a class="quiet" href={`/history/${read.before}`}><Icon name="back" turns />{dayLabel(read.before, today, dates, t)}</a>}
          {read.after !== null && <a class="quiet later" href={`/history/${read.after}`}>{dayLabel(read.after, today, dates, t)}<Icon name="forward" turns /></a>}
        </div>
      )}
    </Screen>
  );
}
