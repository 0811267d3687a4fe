import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { DataTable } from "../../ui/charts/data-table.tsx";
import { ct } from "../../ui/charts/words.ts";
import { lt } from "../words.ts";
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
