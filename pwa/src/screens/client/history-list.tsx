import { useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { locale, t } from "../../app/words.ts";
import { useRecords } from "../../data/journal.ts";
import { exerciseOf, library } from "../../data/library.ts";
import type { Exercise } from "../../exercise/types.ts";
import { dayLabel, timeLabel } from "../../history/day-words.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { byDay, entriesOf, type Entry, KINDS } from "../../history/entries.ts";
import { summaryLine, titleOf } from "../../history/fields.ts";
import { Icon } from "../../ui/icon.tsx";
import { HistoryCharts } from "./history-charts.tsx";
import { WhoSees } from "./history-marks.tsx";

const PAGE = 40;

/** The lines, then every entry by the day it was lived, newest first. */
export function HistoryList() {
  const [limit, setLimit] = useState(PAGE);
  const records = useRecords({ kinds: KINDS });
  const entries = records === null ? null : entriesOf(records);
  return (
    <Screen title={t("history.title")}>
      {entries?.length === 0 && <Empty />}
      {entries !== null && entries.length > 0 && (
        <>
          <HistoryCharts records={records ?? []} />
          <Days entries={entries.slice(0, limit)} />
          {entries.length > limit && (
            <button type="button" class="button wide-button" onClick={() => setLimit(limit + PAGE)}>{t("history.older")}</button>
          )}
        </>
      )}
    </Screen>
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

function Days({ entries }: { entries: readonly Entry[] }) {
  const today = localDay(Date.now(), zoneHere());
  return (
    <section class="stack" aria-labelledby="history-days">
      <h2 id="history-days">{t("history.list")}</h2>
      {byDay(entries).map(({ day, entries: of }) => (
        <div key={day} class="stack tight">
          <h3 class="day-name">{dayLabel(day, today, locale, t)}</h3>
          <ul class="rows">{of.map((entry) => <li key={entry.id}><EntryRow entry={entry} /></li>)}</ul>
        </div>
      ))}
    </section>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const line = summaryLine(entry);
  return (
    <a class="row-link entry" href={`/history/${entry.id}`}>
      <span class="entry-words">
        <span class="entry-title">{titleOf(entry, library.value?.vocabulary ?? null, exerciseIn(entry))}</span>
        {line !== "" && <span class="entry-line">{line}</span>}
        <span class="entry-marks">
          <span>{timeWords(entry)}</span>
          <WhoSees entry={entry} />
        </span>
      </span>
      <Icon name="forward" turns />
    </a>
  );
}

/** The exercise a run was made with, if it is on this phone. */
export function exerciseIn({ main }: Entry): Exercise | null {
  const id = main.body?.["exercise"];
  return typeof id === "string" ? (exerciseOf(id) ?? null) : null;
}

/** The time of day, or that it was said later: then the time is not known. */
export function timeWords({ main, at }: Entry): string {
  const when = main.body?.["when"];
  if (when === "yesterday") return t("history.yesterday_entry");
  if (when === "earlier") return t("history.earlier_entry");
  return timeLabel(at, main.zone ?? zoneHere(), locale);
}
