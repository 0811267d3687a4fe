import { useEffect, useMemo, useState } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import { afterPaint } from "../../data/after-paint.ts";
import { library } from "../../data/library.ts";
import { pause } from "../../data/rows.ts";
import { useReading } from "../../data/use-by-day.ts";
import { dayLabel, monthLabel } from "../../history/day-words.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { type Day, KINDS } from "../../history/entries.ts";
import { latestAhead, type Month, readLatest, readMonth } from "../../history/read-month.ts";
import { oneStep } from "../../history/steady.ts";
import { lt } from "../../history/words.ts";
import { Calendar, MonthLinks } from "./history-calendar.tsx";
import { Look } from "./history-look.tsx";
import { Rows } from "./history-row.tsx";

export { exerciseIn, timeWords } from "./history-row.tsx";

/** One month: its calendar, then its entries by the day they were lived. Without a month the latest that has entries. */
export function HistoryList({ month }: { month: string | null }) {
  const read = useMonth(month);
  const [older, setOlder] = useState<readonly string[]>([]);
  return (
    <Look view="days" title={t("history.title")}>
      {read === "empty" ? <Empty /> : read !== null && (
        <>
          <section class="stack tight" aria-labelledby="history-month">
            <div class="month-head">
              <h2 id="history-month">{monthLabel(read.month, dates)}</h2>
              <MonthLinks earlier={read.earlier} later={read.later} />
            </div>
            {read.days.length === 0 ? <p class="muted">{lt("look.month.none")}</p> : <Calendar month={read.month} days={read.days} />}
          </section>
          {read.days.length > 0 && <h2 class="days-title">{t("history.list")}</h2>}
          <Days days={read.days} />
          {older.map((one) => <Older key={one} month={one} last={one === older.at(-1)} onMore={(next) => setOlder([...older, next])} />)}
          {older.length === 0 && <More month={read.earlier} onMore={(next) => setOlder([next])} />}
        </>
      )}
    </Look>
  );
}

function Empty() {
  return (
    <section class="card">
      <h2>{t("history.empty.title")}</h2>
      <p>{t("history.empty.text")}</p>
      <a class="primary" href="/check-in">{t("history.empty.link")}</a>
    </section>
  );
}

/** A month further back, under the one before. */
function Older({ month, last, onMore }: { month: string; last: boolean; onMore: (next: string) => void }) {
  const read = useMonth(month);
  if (read === null || read === "empty") return null;
  return (
    <>
      <h2>{monthLabel(month, dates)}</h2>
      <Days days={read.days} />
      {last && <More month={read.earlier} onMore={onMore} />}
    </>
  );
}

function More({ month, onMore }: { month: string | null; onMore: (next: string) => void }) {
  if (month === null) return null;
  return (
    <button type="button" class="button wide-button" onClick={() => onMore(month)}>
      {lt("look.month.more", { month: monthLabel(month, dates) })}
    </button>
  );
}

/** A day at a time, so that a full month never holds up the page; a day is drawn again only when it changed. */
function Days({ days }: { days: readonly Day[] }) {
  return <div>{useGradually(days).map((day) => <DayOf key={day.day} day={day} />)}</div>;
}

function DayOf({ day }: { day: Day }) {
  const today = localDay(Date.now(), zoneHere());
  const words = library.value;
  return useMemo(() => (
    <section class="stack tight day-group" aria-labelledby={`day-${day.day}`}>
      <h3 id={`day-${day.day}`} class="day-name">{dayLabel(day.day, today, dates, t)}</h3>
      <Rows entries={day.entries} />
    </section>
  ), [day, today, words]);
}

/** The days to draw now: after each pause one more, or one brought up to date. The calendar above them is painted first. */
function useGradually(days: readonly Day[]): readonly Day[] {
  const [drawn, setDrawn] = useState<readonly Day[]>([]);
  useEffect(() => {
    const next = oneStep(drawn, days);
    if (next === drawn) return undefined;
    let gone = false;
    const draw = () => gone || setDrawn(next);
    if (drawn.length === 0) afterPaint(draw);
    else void pause().then(draw);
    return () => {
      gone = true;
    };
  }, [drawn, days]);
  return drawn;
}

function useMonth(month: string | null): Month | "empty" | null {
  return useReading<Month | "empty">(KINDS, month ?? "latest", (_gone, before) => {
    const known = before === "empty" ? null : before;
    return month === null ? readLatest(known) : readMonth(month, known);
  }, month === null ? latestAhead() : null);
}
