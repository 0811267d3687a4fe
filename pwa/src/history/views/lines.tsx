import { useMemo } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import { shortDay, timeLabel } from "../day-words.ts";
import { addDays, zoneHere } from "../days.ts";
import { ENOUGH, type Measure, type Period, type Point, pointsOf } from "../series.ts";
import { lt } from "../words.ts";
import { LinePicture } from "../../ui/charts/line-picture.tsx";
import { centreWords, countWords, valueWords } from "../../ui/charts/said.ts";
import { ct } from "../../ui/charts/words.ts";
import { Figure, NotYet } from "./figure.tsx";
import type { Shown } from "./shown.ts";

const MEASURES: readonly Measure[] = ["pleasant", "distress"];
const RANGES = { pleasant: [-1, 1], distress: [0, 10] } as const;

/** How pleasant and how hard it was. Drawn again only when what it is drawn from changed: that entries were sent moves no
 *  point. */
export function Lines({ entries, period }: Shown) {
  return useMemo(() => (
    <>
      {MEASURES.map((measure) => <OneLine key={measure} measure={measure} points={pointsOf(entries, measure, period)} period={period} />)}
      <p class="hint">{lt("look.lines.key")} {lt("look.lines.note")}</p>
    </>
  ), [entries, period.from, period.to]);
}

function OneLine({ measure, points, period }: { measure: Measure; points: readonly Point[]; period: Period }) {
  const title = ct(`charts.${measure}`);
  const count = countWords(points, period);
  const enough = points.length >= ENOUGH;
  return (
    <Figure title={title} count={count} table={enough ? tableOf(measure, points) : null}>
      {enough ? (
        <>
          <p>{centreWords(measure, points)}</p>
          <div class="chart-box">
            <p class="chart-end">{ct(`charts.${measure}_high`)}</p>
            <LinePicture points={points} period={period} range={RANGES[measure]} name={`${title}. ${count}. ${centreWords(measure, points)}`} />
            <p class="chart-end">{ct(`charts.${measure}_low`)}</p>
            <p class="chart-days">
              {[period.from, addDays(period.from, Math.floor(period.length / 2)), period.to].map((day) => <span key={day}>{shortDay(day, dates)}</span>)}
            </p>
          </div>
        </>
      ) : <NotYet needs={ENOUGH} />}
    </Figure>
  );
}

function tableOf(measure: Measure, points: readonly Point[]) {
  return {
    columns: [ct("charts.day"), ct("charts.time"), ct("charts.value"), ct("charts.source")],
    rows: [...points].reverse().map(({ day, at, value, source }) => () =>
      [shortDay(day, dates).replaceAll(" ", "\u00a0"), timeLabel(at, zoneHere(), dates), valueWords(measure, value), ct(`charts.${source}`)]),
  };
}
