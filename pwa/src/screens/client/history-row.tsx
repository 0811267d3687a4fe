import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import { exerciseOf } from "../../data/library.ts";
import type { Exercise } from "../../exercise/types.ts";
import { timeLabel } from "../../history/day-words.ts";
import { zoneHere } from "../../history/days.ts";
import type { Entry } from "../../history/entries.ts";
import { summaryLine, titleOf } from "../../history/fields.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { Icon } from "../../ui/icon.tsx";
import { WhoSees } from "./history-marks.tsx";

/** Entries as rows to open, each with who can see it. `when` says more than the time of day where the day is not said above. */
export function Rows({ entries, when = timeWords }: { entries: readonly Entry[]; when?: (entry: Entry) => string }) {
  return <ul class="rows">{entries.map((entry) => <li key={entry.id}><EntryRow entry={entry} when={when} /></li>)}</ul>;
}

function EntryRow({ entry, when }: { entry: Entry; when: (entry: Entry) => string }) {
  const line = summaryLine(entry);
  return (
    <a class="row-link entry" href={`/history/${entry.id}`}>
      <span class="entry-words">
        <span class="entry-title">{titleOf(entry, vocabulary.value, exerciseIn(entry))}</span>
        {line !== "" && <span class="entry-line">{line}</span>}
        <span class="entry-marks">
          <span>{when(entry)}</span>
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
  return timeLabel(at, main.zone ?? zoneHere(), dates);
}
