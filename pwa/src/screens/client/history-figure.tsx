import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { library } from "../../data/library.ts";
import { useReading } from "../../data/use-by-day.ts";
import type { Vocabulary } from "../../exercise/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Entry, EntryKind } from "../../history/entries.ts";
import { type Period, periodUntil } from "../../history/series.ts";
import { entriesOver } from "../../history/stretch.ts";
import { lt } from "../../history/words.ts";
import { DataTable } from "../../ui/charts/data-table.tsx";
import { ct } from "../../ui/charts/words.ts";
import { shownLength } from "./history-look.tsx";
import "../../styles/charts.css";

type Cells = readonly ComponentChildren[];
/** A row may be put into words when it is shown: most never are. */
type Table = { columns: readonly string[]; rows: readonly (Cells | (() => Cells))[] };
type FigureProps = { title: string; count: string; table: Table | null; children: ComponentChildren };

/** A chart with its n and its days, or the table of the same values. Without a table there was not enough for a chart. */
export function Figure({ title, count, table, children }: FigureProps) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure class="card chart" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{title}</h2>
        <span class="hint">{count}</span>
        {table !== null && (
          <button type="button" class="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {ct("charts.table")}<span class="visually-hidden">: {title}</span>
          </button>
        )}
      </figcaption>
      {table !== null && asTable ? <Paged title={title} table={table} /> : children}
    </figure>
  );
}

const ROWS = 40;

/** A few rows at a time: a year of them at once would hold up the page. */
function Paged({ title, table: { columns, rows } }: { title: string; table: Table }) {
  const [shown, setShown] = useState(ROWS);
  const box = useRef<HTMLDivElement>(null);
  return (
    <div class="chart-table" ref={box} tabIndex={0} role="group" aria-label={title}>
      <DataTable caption={title} columns={columns} rows={rows.slice(0, shown).map((row) => (typeof row === "function" ? row() : row))} />
      {rows.length > shown && (
        <button type="button" class="quiet" onClick={() => { setShown(shown + ROWS); box.current?.focus(); }}>{lt("look.more_rows")}</button>
      )}
    </div>
  );
}

/** Too little to draw or to say, and what would be enough. */
export function NotYet({ needs }: { needs: number }) {
  return <p class="muted">{ct("charts.not_enough", { n: needs })}</p>;
}

export type Shown = { period: Period; entries: readonly Entry[]; vocabulary: Vocabulary };

/** Before the vocabulary was ever fetched: ids are shown, not nothing. */
const NO_WORDS: Vocabulary = { families: [], special: [], regions: [], sensations: [], wishes: [], contexts: { where: [], with: [], people: [] } };

/** The entries of these kinds in the time that is shown; null while they are opened. */
export function useShown(kinds: readonly EntryKind[]): Shown | null {
  const period = periodUntil(localDay(Date.now(), zoneHere()), shownLength.value);
  const entries = useReading<readonly Entry[]>(kinds, `${period.from} ${period.to}`, async (gone, before) =>
    sameEntries(await entriesOver(kinds, period.from, period.to, gone), before) ?? []);
  return entries === null ? null : { period, entries, vocabulary: library.value?.vocabulary ?? NO_WORDS };
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
