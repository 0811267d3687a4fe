import { useMemo } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import { longDay, monthLabel, weekdayLabels } from "../../history/day-words.ts";
import type { Day } from "../../history/entries.ts";
import { type Cell, weeksOf } from "../../history/month.ts";
import { lt } from "../../history/words.ts";
import { Icon } from "../../ui/icon.tsx";

/** The nearest months that have entries. */
export function MonthLinks({ earlier, later }: { earlier: string | null; later: string | null }) {
  return (
    <div class="row">
      {earlier !== null && (
        <a class="quiet" href={`/history/${earlier}`} aria-label={lt("look.month.earlier", { month: monthLabel(earlier, dates) })}>
          <Icon name="back" turns />
        </a>
      )}
      {later !== null && (
        <a class="quiet" href={`/history/${later}`} aria-label={lt("look.month.later", { month: monthLabel(later, dates) })}>
          <Icon name="forward" turns />
        </a>
      )}
    </div>
  );
}

/** The days of a month that have entries, under their weekday. Nothing is drawn for the others. */
export function Calendar({ month, days }: { month: string; days: readonly Day[] }) {
  const weeks = weeksOf(days);
  return useMemo(() => (
    <figure class="card calendar">
      <figcaption class="hint">{monthLabel(month, dates)}: {lt("look.entries", { n: days.reduce((sum, { entries }) => sum + entries.length, 0) })}</figcaption>
      <div class="calendar-grid">
        <div class="calendar-week" aria-hidden="true">
          {weekdayLabels(dates).map((name) => <span key={name} class="calendar-weekday">{name}</span>)}
        </div>
        <ol class="calendar-days" aria-label={lt("look.calendar", { month: monthLabel(month, dates) })}>
          {weeks.flatMap(({ cells }, week) => cells.map((cell) => (
            <li key={cell.day} class={`calendar-day in-${cell.column}`} ref={inRow(week + 1)}><CellOf cell={cell} /></li>
          )))}
        </ol>
      </div>
      <p class="hint">{lt("look.calendar.key")}</p>
    </figure>
  ), [JSON.stringify(weeks)]); // that entries were sent changes no mark
}

/** Which week it stands in; the content security policy forbids the attribute. */
function inRow(row: number) {
  return (cell: HTMLElement | null) => cell?.style.setProperty("grid-row", String(row));
}

const MIDDLE = 12;

function CellOf({ cell: { day, n, hard, heat } }: { cell: Cell }) {
  const entries = lt("look.entries", { n });
  const name = hard.length === 0
    ? lt("look.calendar.day", { day: longDay(day, dates), entries })
    : lt("look.calendar.hard", { day: longDay(day, dates), entries, values: hard.join(", ") });
  return (
    <a class="calendar-link" href={`/history/${day}`} aria-label={name}>
      <span class="calendar-number">{Number(day.slice(8))}</span>
      <svg class="calendar-dot" viewBox="0 0 24 24" aria-hidden="true">
        {heat === null
          ? <circle class="dot-ring" cx={MIDDLE} cy={MIDDLE} r="4" />
          : <circle class={`dot-heat heat-${heat}`} cx={MIDDLE} cy={MIDDLE} r={3.5 + heat * 1.9} />}
      </svg>
    </a>
  );
}
