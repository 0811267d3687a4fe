// The charts of History: what each is drawn from on this phone. How they are drawn: history/views.
import type { ComponentType } from "preact";
import { useReading } from "../../data/use-by-day.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Entry, EntryKind } from "../../history/entries.ts";
import { periodUntil } from "../../history/series.ts";
import { entriesOver } from "../../history/stretch.ts";
import { PeriodChoice, shownLength } from "../../history/views/period-choice.tsx";
import { NO_WORDS, type Shown } from "../../history/views/shown.ts";
import { lt } from "../../history/words.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { Look, type View } from "./history-look.tsx";

type ChartedProps = { view: Exclude<View, "days" | "find">; kinds: readonly EntryKind[]; chart: ComponentType<Shown> };

/** A way to look back that is a chart over the time that is shown. */
export function Charted({ view, kinds, chart: Chart }: ChartedProps) {
  const shown = useShown(kinds);
  return (
    <Look view={view} title={lt(`look.view.${view}`)}>
      <PeriodChoice />
      {shown === null ? <Opening /> : <Chart {...shown} />}
    </Look>
  );
}

/** The entries of these kinds in the time that is shown; null while they are opened. */
function useShown(kinds: readonly EntryKind[]): Shown | null {
  const period = periodUntil(localDay(Date.now(), zoneHere()), shownLength.value);
  const entries = useReading<readonly Entry[]>(kinds, `${period.from} ${period.to}`, async (gone, before) =>
    sameEntries(await entriesOver(kinds, period.from, period.to, gone), before) ?? []);
  return entries === null ? null : { period, entries, vocabulary: vocabulary.value ?? NO_WORDS };
}

/** `before` where every record in it is the same: then nothing is drawn again. */
function sameEntries(now: readonly Entry[] | null, before: readonly Entry[] | null): readonly Entry[] | null {
  const flat = (entries: readonly Entry[]) => entries.flatMap(({ main, parts }) => [main, ...parts]).map(({ body }) => body);
  if (now === null || before === null || now.length !== before.length) return now;
  const [one, other] = [flat(now), flat(before)];
  return one.length === other.length && one.every((body, at) => JSON.stringify(body) === JSON.stringify(other[at])) ? before : now;
}

/** While a long stretch is opened. */
export function Opening() {
  return <p class="muted" role="status">{lt("look.opening")}</p>;
}
