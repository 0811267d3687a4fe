import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useId, useState } from "preact/hooks";
import { locale, t } from "../../app/words.ts";
import { shortDay, timeLabel } from "../../history/day-words.ts";
import { addDays, zoneHere } from "../../history/days.ts";
import { dailyMeans, ENOUGH, type Measure, type Period, placeOf, type Point, summaryOf } from "../../history/series.ts";
import { pleasantKey } from "../../ui/inputs/affect-words.ts";

type HistoryChartProps = { measure: Measure; points: readonly Point[]; period: Period };

const WIDTH = 600;
const HEIGHT = 170;
const EDGE = 12;
const RANGES = { pleasant: [-1, 1], distress: [0, 10] } as const;

/** One measure over a period, as a line with its gaps left open or as a table of the same values. */
export function HistoryChart({ measure, points, period }: HistoryChartProps) {
  const [table, setTable] = useState(false);
  const enough = points.length >= ENOUGH;
  return (
    <figure class="card chart">
      <figcaption>
        <strong>{t(`history.chart.${measure}`)}</strong>
        <span class="hint">{countWords(points)}</span>
        {enough && (
          <button type="button" class="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
            {t("history.chart.table")}<span class="visually-hidden">: {t(`history.chart.${measure}`)}</span>
          </button>
        )}
      </figcaption>
      {!enough && <p class="muted">{t("history.chart.not_enough", { n: ENOUGH })}</p>}
      {enough && (table ? <Values measure={measure} points={points} /> : <Line measure={measure} points={points} period={period} />)}
    </figure>
  );
}

function Line({ measure, points, period }: HistoryChartProps) {
  const title = useId();
  const x = scaleLinear([0, period.length - 1], [EDGE, WIDTH - EDGE]);
  const y = scaleLinear(RANGES[measure], [HEIGHT - EDGE, EDGE]);
  const path = line<number | null>().defined((value) => value !== null).x((_, at) => x(at)).y((value) => y(value ?? 0));
  const [low, high] = RANGES[measure];
  return (
    <>
      <p class="chart-end">{t(`history.chart.${measure}_high`)}</p>
      <svg class="chart-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={title}>
        <title id={title}>{spokenName(measure, points, period)}</title>
        {[low, (low + high) / 2, high].map((at) => <path key={at} class="chart-rule" d={`M0 ${y(at)}H${WIDTH}`} />)}
        <path class="chart-line" d={path(dailyMeans(points, period)) ?? ""} />
        {points.map((point, at) => (
          <circle key={at} class={point.source === "own" ? "chart-dot" : "chart-dot open"} r={6}
            cx={x(placeOf(point.day, period))} cy={y(point.value)} />
        ))}
      </svg>
      <p class="chart-end">{t(`history.chart.${measure}_low`)}</p>
      <p class="chart-days">
        {[period.from, addDays(period.from, Math.floor(period.length / 2)), period.to].map((day) => (
          <span key={day}>{shortDay(day, locale)}</span>
        ))}
      </p>
    </>
  );
}

function Values({ measure, points }: Omit<HistoryChartProps, "period">) {
  return (
    <div class="chart-table" tabIndex={0} role="group" aria-label={t(`history.chart.${measure}`)}>
      <table>
        <caption class="visually-hidden">{t(`history.chart.${measure}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t("history.chart.table_day")}</th>
            <th scope="col">{t("history.chart.table_time")}</th>
            <th scope="col">{t("history.chart.table_value")}</th>
            <th scope="col">{t("history.chart.table_source")}</th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map((point, at) => (
            <tr key={at}>
              <th scope="row">{shortDay(point.day, locale)}</th>
              <td>{timeLabel(point.at, zoneHere(), locale)}</td>
              <td>{valueWords(measure, point.value)}</td>
              <td>{t(`history.chart.source_${point.source}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function valueWords(measure: Measure, value: number): string {
  return measure === "pleasant" ? t(pleasantKey(value)) : t("history.distress", { n: value });
}

function countWords(points: readonly Point[]): string {
  const { n, days } = summaryOf(points);
  return n === 0 ? t("history.chart.count", { n }) : `${t("history.chart.count", { n })} ${t("history.chart.on_days", { n: days })}`;
}

function spokenName(measure: Measure, points: readonly Point[], { from, to }: Period): string {
  const name = t("history.chart.named", {
    measure: t(`history.chart.${measure}`), count: countWords(points), from: shortDay(from, locale), to: shortDay(to, locale),
  });
  const { centre } = summaryOf(points);
  if (centre === null) return name;
  const { median, low, high } = centre;
  const [middle, least, most] = [median, low, high].map((value) => valueWords(measure, value)) as [string, string, string];
  return `${name}. ${t("history.chart.middle", { median: middle, low: least, high: most })}`;
}
