import { dates } from "../../app/dates.ts";
import { locale } from "../../app/words.ts";
import type { Vocabulary } from "../../exercise/types.ts";
import { dateFormat } from "../formats.ts";
import { notEnough } from "../formulas/enough.ts";
import { counted, width } from "../formulas/words.ts";
import { partsOf, type Period } from "../series.ts";
import { picksOf, type Said } from "../tallies.ts";
import { lt } from "../words.ts";
import { Bars } from "../../ui/charts/bars.tsx";
import { periodWords } from "../../ui/charts/said.ts";
import { Figure } from "./figure.tsx";

const PICKS = 10;
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** The rarefied width of each part of the time shown, without comment: it stands beside the others and is not weighed. */
export function Widths({ checkIns, period, vocabulary }: { checkIns: readonly Said[]; period: Period; vocabulary: Vocabulary }) {
  const parts = partsOf(period).map((part) => {
    const within = checkIns.filter(({ entry: { day } }) => day >= part.from && day <= part.to);
    const picks = picksOf(within, vocabulary);
    return { part, n: picks.length, value: width([...counted(picks).values()], PICKS) };
  }).filter(({ n }) => n > 0);
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  const bars = parts.map(({ part, n: picks, value }) => ({
    key: part.from, label: stretch(part), own: notEnough(value) ? 0 : value, reminder: 0, said: widthWords(value, picks),
  }));
  return (
    <Figure title={lt("look.width")} count={periodWords(lt("look.width.picks", { n }), parts[0] === undefined ? period : { from: parts[0].part.from, to: period.to })} table={n === 0 ? null : {
      columns: [lt("look.width.time"), lt("look.width.column"), lt("look.width.picked")],
      rows: parts.map(({ part, n: picks, value }) => [stretch(part), widthWords(value, picks), String(picks)]),
    }}>
      {n === 0 ? <p class="muted">{lt("look.words.none")}</p> : (
        <>
          <p class="hint">{lt("look.width.what")}</p>
          <Bars bars={bars} most={PICKS} label={lt("look.width")} />
        </>
      )}
    </Figure>
  );
}

function widthWords(value: ReturnType<typeof width>, picks: number): string {
  if (notEnough(value)) return lt("look.width.short", value);
  return `${lt("look.width.value", { width: number.format(value) })} (${lt("look.width.picks", { n: picks })})`;
}

function stretch({ from, to }: Pick<Period, "from" | "to">): string {
  return dateFormat(dates, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
    .formatRange(new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`));
}
